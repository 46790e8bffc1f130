import { standardSuite } from '../../electron/ledger/exchange/bundle/suite-standard.ts';

const CALLS = ['sign', 'verify', 'wrap', 'unwrap', 'seal', 'open', 'mac'] as const;

/**
 * Counts from now on the time that the standard suite takes in this process: signature, key agreement, cipher, digests of
 * the file and its parts.
 *
 * @returns tells the ms so far
 */
export function timeCrypto(): () => number {
  let total = 0;
  const timed = <A extends readonly unknown[], R>(call: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      const start = performance.now();
      try {
        return call(...args);
      } finally {
        total += performance.now() - start;
      }
    };
  };
  const suite = standardSuite as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of CALLS) {
    const call = suite[name];
    if (call) suite[name] = timed(call);
  }
  const newDigest = standardSuite.newDigest;
  suite['newDigest'] = () => {
    const digest = newDigest();
    return { update: timed(digest.update), hex: timed(digest.hex) };
  };
  return () => total;
}
