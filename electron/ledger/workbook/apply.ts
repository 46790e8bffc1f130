import { Fault } from '../../../shared/contract/faults.ts';
import type { ApplyInput, ImportResult } from '../../../shared/contract/workbook.ts';
import type { RowAction } from '../../../shared/domain/workbook/match.ts';
import { fillCells } from '../reports/index.ts';
import type { Session } from '../session/session.ts';
import { type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import { selectRow } from '../store/statements.ts';
import type { OpenImport } from './imports.ts';
import { judgeRows, projectValues, type Target } from './judge-rows.ts';
import { hasErrors, isFatal, type PlannedImport, type PlannedRow, withFindings } from './plan.ts';

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

interface Prepared {
  readonly changes: readonly Change[];
  /** The decisions, with those that the rules refuse turned into returned rows. */
  readonly decisions: readonly Decision[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly people: number;
}

/** What is written of a row: all it says, or what differs from the project it updates; null where that is gone. */
function valuesOf(session: Session, { planned, outcome, projectId }: Decision, badCells: ApplyInput['badCells']) {
  const kept = Object.entries(projectValues(planned.set)).filter(
    ([key]) => badCells === 'skipRow' || !planned.broken.includes(key),
  );
  if (outcome === 'create') return { id: newId(), set: Object.fromEntries(kept) };
  const existing = projectId === null ? undefined : selectRow(session.store, 'project', projectId);
  if (existing === undefined || existing.voided === 1) return null;
  return { id: existing.id, set: Object.fromEntries(kept.filter(([key, value]) => (existing[key] ?? null) !== value)) };
}

function prepare(
  session: Session,
  opened: OpenImport,
  plan: PlannedImport,
  decisions: readonly Decision[],
  badCells: ApplyInput['badCells'],
): Prepared {
  const targets: Target[] = [];
  const unchanged = new Set<PlannedRow>();
  const gone = new Set<PlannedRow>();
  for (const decision of decisions) {
    const { planned, outcome } = decision;
    if (outcome !== 'create' && outcome !== 'update') continue;
    const values = valuesOf(session, decision, badCells);
    if (values === null) gone.add(planned);
    else if (Object.keys(values.set).length === 0) unchanged.add(planned);
    else targets.push({ planned, ...values });
  }
  const { changes, refused } = judgeRows(session, opened, targets, plan.newPeople);
  const after = decisions.map((decision): Decision => {
    const { planned } = decision;
    if (gone.has(planned)) return { ...decision, outcome: 'returned', reason: '要更新的项目已作废' };
    const findings = refused.get(planned);
    return findings === undefined
      ? decision
      : { ...decision, planned: withFindings(plan.recognition, planned, findings), outcome: 'returned' };
  });
  const written = (outcome: Decision['outcome']): number =>
    after.filter((decision) => decision.outcome === outcome && !unchanged.has(decision.planned)).length;
  return {
    changes,
    decisions: after,
    created: written('create'),
    updated: written('update'),
    unchanged: unchanged.size,
    people: changes.filter(({ entity }) => entity === 'person').length,
  };
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

const MOST_REASONS = 200;

/** Why rows were given back, in the order of the sheet. */
function reasonsOf(decisions: readonly Decision[]): ImportResult['reasons'] {
  return decisions
    .filter(({ outcome }) => outcome === 'returned')
    .slice(0, MOST_REASONS)
    .map(({ planned: { row }, reason }) => ({
      rowNumber: row.rowNumber,
      label: row.label,
      text: [
        ...row.problems.filter(({ severity }) => severity === 'error').map(({ text }) => text),
        ...(reason === null ? [] : [reason]),
      ].join('；'),
    }));
}

interface Imported {
  readonly result: ImportResult;
  readonly decisions: readonly Decision[];
}

const countOf = (decisions: readonly Decision[], outcome: Decision['outcome']): number =>
  decisions.filter((decision) => decision.outcome === outcome).length;

function applyProjects(
  session: Session,
  opened: OpenImport,
  plan: PlannedImport,
  planned: readonly Decision[],
  badCells: ApplyInput['badCells'],
): Imported {
  const { changes, decisions, created, updated, unchanged, people } = prepare(session, opened, plan, planned, badCells);
  if (created + updated + unchanged === 0) throw nothingToDo(decisions);
  const title = `导入 Excel：${shortened(opened.content.fileName)}，新增 ${created} 项，更新 ${updated} 项`;
  const { n, proposals } = commit(session.store, { kind: 'excel', title, changes }, session.actor());
  const result: ImportResult = {
    n,
    title,
    created,
    updated,
    unchanged,
    skipped: countOf(decisions, 'skip'),
    returned: countOf(decisions, 'returned'),
    people,
    proposals,
    reasons: reasonsOf(decisions),
  };
  return { result, decisions };
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
): Promise<Imported> {
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
  const result: ImportResult = {
    n: filled.n,
    title,
    created: 0,
    updated: filled.changed,
    unchanged: rows.length - filled.changed,
    skipped: countOf(decisions, 'skip'),
    returned: countOf(decisions, 'returned'),
    people: 0,
    proposals: filled.proposals,
    reasons: reasonsOf(decisions),
  };
  return { result, decisions };
}

/**
 * Imports what the last preview showed, in one commit and one undo step. A row that breaks a rule of the ledger stays out,
 * with its cell and the reason, and comes back in the problems workbook.
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
  const { actions, badCells } = input;
  const decided = decide(plan, actions, badCells);
  const { result, decisions } =
    plan.input.target === 'project'
      ? applyProjects(session, opened, plan, decided, badCells)
      : await applyReports(session, opened, plan, decided);
  opened.decisions = decisions;
  return result;
}
