import type { IsoDate } from '../../../shared/domain/date.ts';
import { listsOn } from '../../../shared/domain/list-membership.ts';
import type { Store } from '../store/open.ts';

/**
 * The lists that projects were in on a day (B6), where those are not the ones they are in now: old bulletins add up after
 * any adjustment. Projects not in the map have been in their present lists all along.
 */
export async function listsThen(store: Store, date: IsoDate): Promise<ReadonlyMap<string, readonly string[]>> {
  const changed = store.query
    .selectFrom('listMembership')
    .select('projectId')
    .where('voided', '=', 0)
    .where((on) => on.or([on('effectiveTo', 'is not', null), on('effectiveFrom', '>', date)]));
  const spans = await store.query
    .selectFrom('listMembership')
    .select(['id', 'projectId', 'list', 'effectiveFrom', 'effectiveTo'])
    .where('voided', '=', 0)
    .where('projectId', 'in', changed)
    .execute();
  return listsOn(spans, date);
}
