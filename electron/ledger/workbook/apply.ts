import { Fault } from '../../../shared/contract/faults.ts';
import type { ApplyInput, ImportResult } from '../../../shared/contract/workbook.ts';
import type { Value } from '../../../shared/dictionary/field.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import type { RowAction } from '../../../shared/domain/workbook/match.ts';
import { fillCells } from '../reports/index.ts';
import type { Session } from '../session/session.ts';
import { type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import { selectRow } from '../store/statements.ts';
import type { OpenImport } from './imports.ts';
import { hasErrors, isFatal, type PlannedImport, type PlannedRow } from './plan.ts';

/** What finally becomes of a row. */
export interface Decision {
  readonly planned: PlannedRow;
  /** `returned`: left out because of problems or doubts, not because the operator said so. */
  readonly outcome: RowAction | 'returned';
  readonly projectId: string | null;
  readonly reason: string | null;
}

type Choice = ApplyInput['actions'][number];

function decideRow(planned: PlannedRow, choice: Choice | undefined, badCells: ApplyInput['badCells']): Decision {
  const { match } = planned;
  const action = choice?.action ?? match?.action ?? 'skip';
  const projectId = choice?.projectId ?? match?.projectId ?? null;
  const decision = (outcome: Decision['outcome'], reason: string | null = null): Decision => ({
    planned,
    outcome,
    projectId,
    reason,
  });
  if (action === 'skip') return choice === undefined ? decision('returned', match?.reason ?? null) : decision('skip');
  if (action === 'update' && projectId === null) return decision('returned', '没有指定要更新的项目');
  if (isFatal(planned, action) || (hasErrors(planned) && badCells === 'skipRow')) return decision('returned');
  return decision(action);
}

/** Decides every project row from the defaults, the operator's choices and what to do with bad cells. */
export function decide(
  plan: PlannedImport,
  choices: ApplyInput['actions'],
  badCells: ApplyInput['badCells'],
): readonly Decision[] {
  const chosen = new Map(choices.map((choice) => [choice.rowNumber, choice]));
  return plan.rows
    .filter(({ row }) => row.kind === 'data')
    .map((planned) => decideRow(planned, chosen.get(planned.row.rowNumber), badCells));
}

function shortened(fileName: string): string {
  return fileName.length > 50 ? `${fileName.slice(0, 47)}…` : fileName;
}

const PROJECT_FIELDS: ReadonlySet<string> = new Set(Object.keys(dictionary.project.fields));

/** Figures of a report in a list of projects never reach the project. */
function projectValues(set: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(set).filter(([key]) => PROJECT_FIELDS.has(key)));
}

interface Prepared {
  readonly changes: readonly Change[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly gone: number;
  readonly people: number;
}

function prepare(session: Session, plan: PlannedImport, decisions: readonly Decision[]): Prepared {
  const changes: Change[] = [];
  const used = new Set<Value>();
  const counts = { created: 0, updated: 0, unchanged: 0, gone: 0 };
  for (const { planned, outcome, projectId } of decisions) {
    if (outcome !== 'create' && outcome !== 'update') continue;
    const set = projectValues(planned.set);
    if (outcome === 'create') {
      changes.push({ entity: 'project', id: newId(), set });
      counts.created += 1;
    } else {
      const existing = projectId === null ? undefined : selectRow(session.store, 'project', projectId);
      if (existing === undefined || existing.voided === 1 || projectId === null) {
        counts.gone += 1;
        continue;
      }
      const differing = Object.fromEntries(
        Object.entries(set).filter(([key, value]) => (existing[key] ?? null) !== value),
      );
      if (Object.keys(differing).length === 0) {
        counts.unchanged += 1;
        continue;
      }
      changes.push({ entity: 'project', id: projectId, set: differing });
      counts.updated += 1;
    }
    for (const value of Object.values(set)) used.add(value);
  }
  const people = plan.newPeople.filter(({ id }) => used.has(id));
  const added = people.map(
    ({ id, name, title, phone }): Change => ({ entity: 'person', id, set: { name, title, phone } }),
  );
  return { ...counts, changes: [...added, ...changes], people: people.length };
}

function refuseSheet(plan: PlannedImport): void {
  const [problem] = plan.recognition.problems.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Fault('RULE_BROKEN', { why: problem.text });
}

function nothingToDo(decisions: readonly Decision[]): Fault {
  const returned = decisions.filter(({ outcome }) => outcome === 'returned').length;
  return new Fault('RULE_BROKEN', {
    why: returned > 0 ? `没有可以导入的行，${returned} 行有问题或需要选择` : '没有选择要导入的行',
    cure: '请处理有问题的行，或选择“问题单元格留空”后再导入',
  });
}

function applyProjects(
  session: Session,
  opened: OpenImport,
  plan: PlannedImport,
  decisions: readonly Decision[],
): ImportResult {
  const prepared = prepare(session, plan, decisions);
  if (prepared.created + prepared.updated + prepared.unchanged === 0) throw nothingToDo(decisions);
  const { created, updated, unchanged, people, gone } = prepared;
  const title = `导入 Excel：${shortened(opened.content.fileName)}，新增 ${created} 项，更新 ${updated} 项`;
  const result = commit(session.store, { kind: 'excel', title, changes: prepared.changes }, session.actor());
  const count = (outcome: Decision['outcome']): number =>
    decisions.filter((decision) => decision.outcome === outcome).length;
  return {
    n: result.n,
    title,
    created,
    updated,
    unchanged,
    skipped: count('skip'),
    returned: count('returned') + gone,
    people,
    proposals: result.proposals,
  };
}

const FIGURES = [
  'periodInvestment',
  'yearToDate',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
  'explanation',
] as const;

async function applyReports(
  session: Session,
  opened: OpenImport,
  plan: PlannedImport,
  decisions: readonly Decision[],
): Promise<ImportResult> {
  const { period } = plan;
  if (period === null) throw new Fault('RULE_BROKEN', { why: '没有指定报告期' });
  const rows = decisions.filter(({ outcome }) => outcome === 'update');
  const edits = rows.flatMap(({ planned, projectId }) =>
    FIGURES.flatMap((field) => {
      const value = planned.set[field];
      return value === undefined || projectId === null ? [] : [{ projectId, field, value }];
    }),
  );
  if (edits.length === 0) throw nothingToDo(decisions);
  const title = `导入 Excel：${shortened(opened.content.fileName)}，${period.label}旬报 ${rows.length} 项`;
  const filled = await fillCells(
    session.store,
    { kind: period.kind, period: period.key, edits, title },
    session.actor(),
  );
  const count = (outcome: Decision['outcome']): number =>
    decisions.filter((decision) => decision.outcome === outcome).length;
  return {
    n: filled.n,
    title,
    created: 0,
    updated: filled.changed,
    unchanged: rows.length - filled.changed,
    skipped: count('skip'),
    returned: count('returned'),
    people: 0,
    proposals: filled.proposals,
  };
}

/**
 * Imports what the last preview showed, in one commit and one undo step.
 *
 * @throws Fault RULE_BROKEN when the sheet has an unresolved problem, was imported already, or nothing is left to import;
 *   and whatever `commit` throws. Nothing is written then.
 */
export async function applyImport(
  session: Session,
  opened: OpenImport,
  input: Omit<ApplyInput, 'importId'>,
): Promise<ImportResult> {
  const { plan } = opened;
  if (plan === null) throw new Fault('RULE_BROKEN', { why: '还没有预览', cure: '请先预览再导入' });
  if (opened.decisions !== null)
    throw new Fault('RULE_BROKEN', { why: '这张表已经导入过', cure: '如需再导，请重新选择文件' });
  refuseSheet(plan);
  const decisions = decide(plan, input.actions, input.badCells);
  const result =
    plan.input.target === 'project'
      ? applyProjects(session, opened, plan, decisions)
      : await applyReports(session, opened, plan, decisions);
  opened.decisions = decisions;
  return result;
}
