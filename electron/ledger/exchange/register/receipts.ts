import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { formatInstant } from './report.ts';

/** What became of a file of ours at the other side, in words for our register. A file that came twice had been read before. */
const RESULTS: Readonly<Record<string, string>> = {
  applied: '对方已导入',
  undone: '对方导入后又撤销',
  refused: '对方没有收下',
  forked: '对方没有收下，疑似两台电脑同一身份',
};

/** Whether the note on a file of ours says that it was read. */
export const wasRead = (note: string | null): boolean => note?.startsWith(`${RESULTS['applied']}（`) === true;

type Told = NonNullable<Manifest['acknowledgement']>['bundles'];

/** Notes in the register which of our files the other side has read, and which it has refused (exchange design, Acknowledgement). */
export function learnReceipts(store: Store, bundles: Told): void {
  const note = prepared(
    store,
    `UPDATE "exchange" SET "note" = @note WHERE "direction" = 'out' AND "bundleId" = @bundleId AND "note" IS NOT @note`,
  );
  for (const { bundleId, outcome, at } of [...bundles].sort((left, right) => left.at - right.at)) {
    const result = RESULTS[outcome];
    if (result !== undefined) note.run({ bundleId, note: `${result}（${formatInstant(at)}）` });
  }
}
