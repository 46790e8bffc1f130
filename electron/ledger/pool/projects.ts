import { Fault } from '../../../shared/contract/faults.ts';
import type { Stage } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { DEFAULT_POOL_RULE, type PoolProject, type PoolRule, poolRuleSchema } from '../../../shared/domain/pool.ts';
import { readLists } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

/** A project of the pool with the words a row shows. */
export interface KnownProject extends PoolProject {
  readonly unitId: string;
  readonly unitName: string;
  readonly isBundle: boolean;
  readonly plannedStart: IsoDate | null;
}

/** Short names of all units, 作废 ones included. */
export async function shortNames(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query.selectFrom('responsibilityUnit').select(['id', 'name', 'shortName']).execute();
  return new Map(rows.map((row) => [row.id, row.shortName ?? row.name]));
}

/** Every project not 作废 with the lists it is in now, by id. */
export async function poolProjects(store: Store): Promise<ReadonlyMap<string, KnownProject>> {
  const names = await shortNames(store);
  const rows = await store.query
    .selectFrom('project')
    .select([
      'id',
      'name',
      'unitId',
      'stage',
      'lists',
      'totalInvestment',
      'annualPlan',
      'actualCompletion',
      'plannedStart',
      'bundleId',
      'isBundle',
    ])
    .where('voided', '=', 0)
    .orderBy('unitId')
    .orderBy('id')
    .execute();
  return new Map(
    rows.map(({ lists, isBundle, stage, ...row }) => [
      row.id,
      {
        ...row,
        stage: stage as Stage | null,
        lists: readLists(lists),
        isBundle: isBundle === 1,
        unitName: names.get(row.unitId) ?? '',
      },
    ]),
  );
}

/** The rule of adjustments in force on a day. @throws Fault RULE_BROKEN where it cannot be read */
export async function poolRuleOn(store: Store, date: IsoDate): Promise<PoolRule> {
  const row = await store.query
    .selectFrom('rule')
    .select(['name', 'body'])
    .where('kind', '=', 'pool')
    .where('voided', '=', 0)
    .where('effectiveFrom', '<=', date)
    .orderBy('effectiveFrom', 'desc')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (row === undefined) return DEFAULT_POOL_RULE;
  try {
    return poolRuleSchema.parse(JSON.parse(row.body ?? '{}'));
  } catch (error) {
    throw new Fault(
      'RULE_BROKEN',
      {
        why: `规则“${row.name}”的内容无法使用`,
        cure: '请由市级在“储备调整 → 调整口径”中另存一版，或作废这一版；县区等市级的下行文件到后再试',
      },
      { cause: error },
    );
  }
}
