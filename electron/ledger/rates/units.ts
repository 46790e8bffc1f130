import type { IsoDate } from '../../../shared/domain/date.ts';
import type { Store } from '../store/open.ts';

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  readonly officeId: string | null;
}

/** Responsible units not 作废, in the city's order. */
export function unitsInOrder(store: Store): Promise<Unit[]> {
  return store.query
    .selectFrom('responsibilityUnit')
    .select(['id', 'name', 'kind', 'officeId'])
    .where('voided', '=', 0)
    .orderBy((e) => e.fn.coalesce('sequence', e.lit(99_999)))
    .orderBy('id')
    .execute();
}

/** Name of every unit, 作废 ones included: old rows still name them. */
export async function unitNames(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query.selectFrom('responsibilityUnit').select(['id', 'name']).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * The promotion group each unit belongs to on a day (A3). Both ends of a row are inside; of two rows that hold, the one that
 * began later counts.
 */
export async function groupOfUnits(store: Store, date: IsoDate): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query
    .selectFrom('groupUnit')
    .select(['unitId', 'groupId'])
    .where('voided', '=', 0)
    .where('effectiveFrom', '<=', date)
    .where((e) => e.or([e('effectiveTo', 'is', null), e('effectiveTo', '>=', date)]))
    .orderBy('effectiveFrom')
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.unitId, row.groupId]));
}

export interface GroupOn {
  readonly groupId: string;
  readonly name: string;
  readonly leader: string | null;
  readonly units: readonly { readonly unitId: string; readonly name: string }[];
}

/** Promotion groups in order, with the units each has on the day (A2, A3). */
export async function groupsOn(store: Store, date: IsoDate): Promise<readonly GroupOn[]> {
  const groups = await store.query
    .selectFrom('promotionGroup')
    .leftJoin('person', 'person.id', 'promotionGroup.leaderId')
    .select(['promotionGroup.id', 'promotionGroup.name', 'person.name as leader'])
    .where('promotionGroup.voided', '=', 0)
    .orderBy((e) => e.fn.coalesce('promotionGroup.sequence', e.lit(999)))
    .orderBy('promotionGroup.id')
    .execute();
  const membership = await groupOfUnits(store, date);
  const units = await unitsInOrder(store);
  return groups.map(({ id, name, leader }) => ({
    groupId: id,
    name,
    leader,
    units: units.filter((unit) => membership.get(unit.id) === id).map((unit) => ({ unitId: unit.id, name: unit.name })),
  }));
}
