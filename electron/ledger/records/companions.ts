import type { IsoDate } from '../../../shared/domain/date.ts';
import { bundleCompanions } from '../bundles/index.ts';
import { listCompanions } from '../pool/index.ts';
import { stageCompanions } from '../stages/index.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { checkRanks } from '../teams/index.ts';

/**
 * The changes of an operator with what must be written beside them in the same commit: stage events, list memberships, the
 * mark of a bundle.
 *
 * @throws Fault RULE_BROKEN where a rule across rows forbids them: nothing is written then
 */
export function withCompanions(store: Store, changes: readonly Change[], today: IsoDate): readonly Change[] {
  if (!changes.some((change) => change.entity === 'project')) return changes;
  checkRanks(store, changes);
  const beside = [
    ...bundleCompanions(store, changes),
    ...stageCompanions(store, changes, today),
    ...listCompanions(store, changes, today),
  ];
  return beside.length === 0 ? changes : [...changes, ...beside];
}
