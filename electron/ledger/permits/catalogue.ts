import type { PermitKindRow } from '../../../shared/contract/permits.ts';
import { KNOWN_PERMITS } from '../../../shared/domain/permit-catalogue.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';

/** The catalogue every new ledger starts with (domain facts §3.6). */
export function knownPermitChanges(nextId: () => string): readonly Change[] {
  return KNOWN_PERMITS.map(({ joint, ...known }, index) => ({
    entity: 'permitKind',
    id: nextId(),
    set: { ...known, joint: joint ? 1 : 0, sequence: index + 1 },
  }));
}

/** 手续目录 in its order. */
export async function readKinds(store: Store): Promise<PermitKindRow[]> {
  const rows = await store.query
    .selectFrom('permitKind')
    .select(['id', 'name', 'shortName', 'department', 'stage', 'limitDays', 'validMonths', 'joint', 'sequence', 'note'])
    .where('voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('sequence', on.lit(999)))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, shortName: row.shortName ?? row.name }));
}
