import { disk, type Medium } from '../../../electron/ledger/exchange/medium.ts';

/** A stick of a program that says other things of its files than this one does. */
export function saying(facts: object): Medium {
  return {
    ...disk,
    writer(suite, bundleId, signal) {
      const real = disk.writer(suite, bundleId, signal);
      return {
        get rows() {
          return real.rows;
        },
        get counts() {
          return real.counts;
        },
        add: (...row) => real.add(...row),
        write: (path, given, ...rest) => real.write(path, { ...given, ...facts }, ...rest),
        close: () => real.close(),
      };
    },
  };
}
