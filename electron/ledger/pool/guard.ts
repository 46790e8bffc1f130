import type { Value } from '../../../shared/dictionary/index.ts';
import { authority } from '../../../shared/domain/authority.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import type { ListSpan } from '../../../shared/domain/list-membership.ts';
import { readLists } from '../rates/index.ts';
import type { Change } from '../store/commit.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { membershipChanges } from './batch.ts';

function spansOf(store: Store, projectId: string): ListSpan[] {
  return store.db
    .prepare(
      'SELECT "id", "projectId", "list", "effectiveFrom", "effectiveTo" FROM "listMembership" WHERE "projectId" = ? AND "voided" = 0',
    )
    .all(projectId) as ListSpan[];
}

const listsOf = (value: Value | undefined): readonly string[] =>
  typeof value === 'string' && value !== '' ? readLists(value) : [];

/** The memberships that follow where the lists of a project are set in the project itself: in and out from today on. */
export function listCompanions(store: Store, changes: readonly Change[], today: IsoDate): Change[] {
  if (authority('city', readIdentity(store), null) !== 'may') return [];
  return changes.flatMap((change) => {
    if (change.entity !== 'project' || !('lists' in change.set)) return [];
    const row = selectRow(store, 'project', change.id);
    if (!row) return [];
    const [before, wanted] = [listsOf(row['lists']), listsOf(change.set['lists'])];
    const same = before.length === wanted.length && before.every((list) => wanted.includes(list));
    return same
      ? []
      : membershipChanges(spansOf(store, change.id), change.id, before, wanted, today, '在台账中直接修改');
  });
}
