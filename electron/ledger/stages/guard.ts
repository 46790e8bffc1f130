import { Fault } from '../../../shared/contract/faults.ts';
import type { Stage, Value } from '../../../shared/dictionary/index.ts';
import { authority } from '../../../shared/domain/authority.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { datesAfter, isRefusal, type StageDates, stageMove, stageName } from '../../../shared/domain/stage.ts';
import type { Change } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { Scope } from '../store/scope.ts';
import { type StoredRow, selectRow } from '../store/statements.ts';

const asText = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function stageDatesOf(row: StoredRow): StageDates {
  return {
    stage: asText(row['stage']) as Stage | null,
    actualStart: asText(row['actualStart']),
    actualCompletion: asText(row['actualCompletion']),
    productionDate: asText(row['productionDate']),
    suspendedSince: asText(row['suspendedSince']),
  };
}

/** Whether this office decides the stage of a project; else an edit becomes a 建议修改. */
export function maySetStage(store: Store, row: StoredRow): boolean {
  const identity = readIdentity(store);
  return authority('unit', identity, new Scope(store, identity).officeOf('project', row)) === 'may';
}

const DAY_FIELDS: Readonly<Partial<Record<Stage, keyof StageDates>>> = {
  started: 'actualStart',
  suspended: 'suspendedSince',
  completed: 'actualCompletion',
  inProduction: 'productionDate',
};

function companionsOf(row: StoredRow, change: Change, today: IsoDate): Change[] {
  const dates = stageDatesOf(row);
  const to = asText(change.set['stage']) as Stage | null;
  const from = dates.stage;
  const name = String(row['name'] ?? '');
  if (to === from) return [];
  if (to === null)
    throw new Fault('RULE_BROKEN', { why: `“${name}”的建设阶段不能清空`, cure: '登记有误的，请改为正确的阶段' });
  const move = stageMove(from, to);
  if (isRefusal(move)) throw new Fault('RULE_BROKEN', { why: `“${name}”：${move.reason}`, cure: move.cure });
  if (move === 'back')
    throw new Fault('RULE_BROKEN', {
      why: `“${name}”由“${stageName(from)}”退回“${stageName(to)}”要写明理由`,
      cure: '请在项目页“阶段”中登记，理由与日期一并保存',
    });
  const field = DAY_FIELDS[to];
  const date = (field && (asText(change.set[field]) ?? (field === 'suspendedSince' ? null : dates[field]))) ?? today;
  const set: Record<string, Value> = {};
  for (const [key, value] of Object.entries(datesAfter(dates, { to, date }))) {
    if (!(key in change.set)) set[key] = value ?? null;
  }
  return [
    ...(Object.keys(set).length === 0 ? [] : [{ entity: 'project', id: change.id, set } satisfies Change]),
    {
      entity: 'stageEvent',
      id: newId(),
      set: { projectId: change.id, from, to, date, note: '在台账中直接修改' },
    },
  ];
}

/**
 * What must be written with a stage that is set in a project itself: the event, and the dates that follow from it. A project
 * that is only being made brings its stage along.
 *
 * @throws Fault RULE_BROKEN for a move that is not allowed, with the way on; nothing is written then
 */
export function stageCompanions(store: Store, changes: readonly Change[], today: IsoDate): Change[] {
  return changes.flatMap((change) => {
    if (change.entity !== 'project' || !('stage' in change.set)) return [];
    const row = selectRow(store, 'project', change.id);
    return row && maySetStage(store, row) ? companionsOf(row, change, today) : [];
  });
}
