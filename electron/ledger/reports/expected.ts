import type { Stage } from '../../../shared/dictionary/index.ts';
import type { Period } from '../../../shared/domain/period.ts';
import { type Unit, unitsInOrder } from '../rates/index.ts';
import { type Identity, readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { Scope } from '../store/scope.ts';
import type { Tables } from '../store/tables.ts';

/** Not yet under way, or over: nothing to report every ten days. */
const SILENT: ReadonlySet<Stage> = new Set<Stage>(['reserve', 'planned', 'inProduction']);

/**
 * 应报: whether a project has to report a period (B7). All stages but 储备, 谋划 and 投产 do, and a project without a stage. A
 * completed one reports for the last time for the period it was completed in; 竣工 without a date reports no more.
 */
export function isExpected(
  project: { readonly stage: Stage | null; readonly actualCompletion: string | null },
  period: Period,
): boolean {
  const { stage, actualCompletion } = project;
  if (stage !== null && SILENT.has(stage)) return false;
  if (actualCompletion !== null) return actualCompletion >= period.start;
  return stage !== 'completed';
}

export interface OfficeUnit extends Unit {
  /** Whether this office fills the unit's reports. */
  readonly mayFill: boolean;
}

/** Units in order with who fills them: every unit for the city, its own for any other office. */
export async function officeUnits(store: Store): Promise<readonly OfficeUnit[]> {
  const identity: Identity = readIdentity(store);
  const scope = new Scope(store, identity);
  const units = await unitsInOrder(store);
  const mine = (unit: Unit): boolean => {
    const office = scope.officeOfUnit(unit.id);
    return identity.level === 'city' ? office === null : office === identity.officeId;
  };
  const all = units.map((unit) => ({ ...unit, mayFill: mine(unit) }));
  return identity.level === 'city' ? all : all.filter((unit) => unit.mayFill);
}

export type ReportProject = Pick<
  Tables['project'],
  | 'id'
  | 'name'
  | 'code'
  | 'unitId'
  | 'stage'
  | 'content'
  | 'builder'
  | 'totalInvestment'
  | 'annualPlan'
  | 'actualStart'
  | 'actualCompletion'
  | 'cityLeaderId'
  | 'countyLeaderId'
  | 'officerId'
  | 'bundleId'
>;

/** Projects not 作废 of some units, in the order of unit and making. */
export async function projectsOf(store: Store, unitIds: readonly string[]): Promise<readonly ReportProject[]> {
  if (unitIds.length === 0) return [];
  const rows = await store.query
    .selectFrom('project')
    .select([
      'id',
      'name',
      'code',
      'unitId',
      'stage',
      'content',
      'builder',
      'totalInvestment',
      'annualPlan',
      'actualStart',
      'actualCompletion',
      'cityLeaderId',
      'countyLeaderId',
      'officerId',
      'bundleId',
    ])
    .where('voided', '=', 0)
    .where('unitId', 'in', [...unitIds])
    .orderBy('id')
    .execute();
  const order = new Map(unitIds.map((id, index) => [id, index]));
  return rows.sort((left, right) => (order.get(left.unitId) ?? 0) - (order.get(right.unitId) ?? 0));
}
