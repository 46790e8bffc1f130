import type { Value } from '../../../../shared/dictionary/index.ts';
import { Lineage } from '../export/lineage.ts';
import type { MergeTools } from './merge-tools.ts';

interface Placed {
  readonly unit: Value;
  readonly stamp: string;
}

/**
 * An office below has a project where we had once put it and have forgotten, for our disk failed since. That it was there is
 * put into the journal before what we hold, so that the office is told where it is now (see `PastScope`).
 *
 * @param rowStamp of our row
 */
export function noteLostPlace(
  { store, log }: MergeTools,
  { project, rowStamp }: { readonly project: string; readonly rowStamp: string },
  lost: Placed,
  ours: Placed,
): void {
  // Nobody else has heard of it either: to them ours replaced what it did before.
  const base = new Lineage(store).basesOf('project', project, rowStamp)?.['unitId'] ?? rowStamp;
  const note = (now: Placed, before: Placed): void =>
    log.add(
      'project',
      project,
      JSON.stringify(['project', project, rowStamp, { unitId: now.unit }, { unitId: now.stamp }, { unitId: base }]),
      JSON.stringify({ unitId: [before.unit, before.stamp] }),
    );
  note(lost, ours);
  note(ours, lost);
}
