import { sql } from 'kysely';
import type { IsoDate } from '../../../shared/domain/date.ts';
import type { Store } from '../store/open.ts';

export interface LinkCounts {
  readonly total: number;
  readonly done: number;
  readonly overdue: number;
}

/** 推进链条 in numbers, by project. A link is overdue when its deadline lies before the day and it is not done by then. */
export async function linkCounts(
  store: Store,
  date: IsoDate,
  ids: readonly string[] | null,
): Promise<ReadonlyMap<string, LinkCounts>> {
  const rows = await store.query
    .selectFrom('link')
    .select((on) => [
      'projectId',
      on.fn.countAll<number>().as('total'),
      sql<number>`sum(case when "doneOn" is not null and "doneOn" <= ${date} then 1 else 0 end)`.as('done'),
      sql<number>`sum(case when ("doneOn" is null or "doneOn" > ${date}) and "deadline" < ${date} then 1 else 0 end)`.as(
        'overdue',
      ),
    ])
    .where('voided', '=', 0)
    .$if(ids !== null, (query) => query.where('projectId', 'in', ids ?? []))
    .groupBy('projectId')
    .execute();
  return new Map(rows.map(({ projectId, ...counts }) => [projectId, counts]));
}

/** Open 建议修改 on each project. */
export async function openProposals(store: Store, ids: readonly string[] | null): Promise<ReadonlyMap<string, number>> {
  const rows = await store.query
    .selectFrom('proposal')
    .select((on) => ['rowId', on.fn.countAll<number>().as('count')])
    .where('voided', '=', 0)
    .where('state', '=', 'open')
    .where('entity', '=', 'project')
    .$if(ids !== null, (query) => query.where('rowId', 'in', ids ?? []))
    .groupBy('rowId')
    .execute();
  return new Map(rows.map((row) => [row.rowId, row.count]));
}

export interface UnitNames {
  readonly unitName: string;
  readonly groupName: string | null;
}

/** Short name of each unit, 作废 ones included, and the promotion group it is in on the day. */
export async function unitNames(store: Store, date: IsoDate): Promise<ReadonlyMap<string, UnitNames>> {
  const units = await store.query.selectFrom('responsibilityUnit').select(['id', 'name', 'shortName']).execute();
  const memberships = await store.query
    .selectFrom('groupUnit as m')
    .innerJoin('promotionGroup as g', 'g.id', 'm.groupId')
    .select(['m.unitId', 'g.name'])
    .where('m.voided', '=', 0)
    .where('g.voided', '=', 0)
    .where('m.effectiveFrom', '<=', date)
    .where((on) => on.or([on('m.effectiveTo', 'is', null), on('m.effectiveTo', '>=', date)]))
    .orderBy('m.effectiveFrom')
    .execute();
  const groups = new Map(memberships.map((row) => [row.unitId, row.name]));
  return new Map(
    units.map((unit) => [unit.id, { unitName: unit.shortName ?? unit.name, groupName: groups.get(unit.id) ?? null }]),
  );
}
