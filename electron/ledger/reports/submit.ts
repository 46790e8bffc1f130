import { Fault } from '../../../shared/contract/faults.ts';
import type { CheckResult, SubmitResult } from '../../../shared/contract/reports.ts';
import { lateness } from '../../../shared/domain/cadence.ts';
import { type Period, periodLabel, reportName } from '../../../shared/domain/period.ts';
import { cadenceOn, cadences, groupBy, type ReportKind } from '../rates/index.ts';
import { type Actor, type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { closedUnits } from './closed-units.ts';
import type { OfficeUnit } from './expected.ts';
import { readPeriod } from './periods.ts';
import { countsOf, entriesOf, hasErrors, type PeriodEntry, pickUnits } from './sheet.ts';

interface PeriodQuery {
  readonly kind: ReportKind;
  readonly period: string;
  readonly unitIds?: readonly string[] | undefined;
}

export interface SubmitRequest extends PeriodQuery {
  readonly reason?: string | undefined;
  readonly incomplete?: boolean | undefined;
}

async function entriesToSubmit(store: Store, query: PeriodQuery): Promise<readonly PeriodEntry[]> {
  const period = readPeriod(query.kind, query.period);
  const units = (await pickUnits(store, query.unitIds)).filter((unit) => unit.mayFill);
  if (units.length === 0) throw new Fault('NOT_ALLOWED', { why: '本单位没有需要填报的责任单位' });
  return entriesOf(store, period, units);
}

const isPending = (entry: PeriodEntry): boolean => entry.status === 'draft' || entry.status === 'correcting';
const isMissing = (entry: PeriodEntry): boolean => entry.expected && entry.status === 'empty';

/** 校验: what is wrong, doubtful or missing in what would be submitted; nothing is written. */
export async function checkPeriod(store: Store, query: PeriodQuery): Promise<CheckResult> {
  const entries = await entriesToSubmit(store, query);
  return {
    counts: countsOf(entries),
    rows: entries
      .filter((entry) => isPending(entry) && entry.findings.length > 0)
      .map((entry) => ({
        projectId: entry.project.id,
        name: entry.project.name,
        unitName: entry.unit.name,
        findings: entry.findings.map((finding) => ({ ...finding })),
        needsExplanation: !hasErrors(entry) && !entry.ready,
      })),
    missing: entries
      .filter(isMissing)
      .map((entry) => ({ projectId: entry.project.id, name: entry.project.name, unitName: entry.unit.name })),
  };
}

/** '甲项目、乙项目等5个项目'. */
function nameSome(entries: readonly PeriodEntry[]): string {
  const names = entries.slice(0, 3).map((entry) => entry.project.name);
  return entries.length > 3 ? `${names.join('、')}等${entries.length}个项目` : names.join('、');
}

/** @throws Fault RULE_BROKEN saying what stands in the way */
function refuse(entries: readonly PeriodEntry[], pending: readonly PeriodEntry[], request: SubmitRequest): void {
  const wrong = pending.filter(hasErrors);
  if (wrong.length > 0) {
    throw new Fault('RULE_BROKEN', {
      why: `${nameSome(wrong)}有须更正的错误，不能报送`,
      cure: '请按“校验结果”一栏逐项更正后再提交',
    });
  }
  const unexplained = pending.filter((entry) => !entry.ready);
  if (unexplained.length > 0) {
    throw new Fault('RULE_BROKEN', {
      why: `${nameSome(unexplained)}有需核实的疑点，尚未说明`,
      cure: '核实无误的，请在“核实说明”中写明情况后再提交',
    });
  }
  if (pending.length === 0) throw new Fault('RULE_BROKEN', { why: '没有需要报送的内容', cure: '请先填写本期数据' });
  const missing = entries.filter(isMissing);
  if (missing.length > 0 && request.incomplete !== true) {
    throw new Fault('RULE_BROKEN', {
      why: `应报项目中还有${missing.length}项未填（${nameSome(missing)}）`,
      cure: '请补齐，或确认“缺报提交”',
    });
  }
  const corrections = pending.filter((entry) => entry.status === 'correcting');
  if (corrections.length > 0 && (request.reason ?? '') === '') {
    throw new Fault('RULE_BROKEN', {
      why: `本次更正已报送的${corrections.length}项，须写明更正理由`,
      cure: '请填写理由后再提交',
    });
  }
}

function findingsJson(entries: readonly PeriodEntry[]): string | null {
  const doubts = entries
    .filter((entry) => entry.findings.length > 0)
    .map((entry) => ({
      projectId: entry.project.id,
      findings: entry.findings.map(({ code, text }) => ({ code, text })),
      explanation: entry.figures.explanation,
    }));
  return doubts.length > 0 ? JSON.stringify(doubts) : null;
}

function changesOf(
  submissionId: string,
  unit: OfficeUnit,
  entries: readonly PeriodEntry[],
  pending: readonly PeriodEntry[],
  request: SubmitRequest,
  actor: Actor,
): Change[] {
  const { kind, period } = request;
  const correcting = pending.some((entry) => entry.status === 'correcting');
  const submission: Change = {
    entity: 'submission',
    id: submissionId,
    set: {
      unitId: unit.id,
      kind,
      period,
      submittedAt: actor.now,
      operator: actor.operator,
      count: pending.length,
      expected: entries.filter((entry) => entry.expected).length,
      findings: findingsJson(pending),
      reason: correcting ? (request.reason ?? null) : null,
    },
  };
  const reports = pending.map(
    (entry): Change => ({
      entity: 'report',
      id: newId(),
      set: {
        projectId: entry.project.id,
        submissionId,
        kind,
        period,
        ...entry.figures,
        supersedes: entry.standing?.report.id ?? null,
      },
    }),
  );
  const drafts = entries.flatMap(({ draft }): Change[] =>
    draft === null ? [] : [{ entity: 'reportDraft', id: draft.id, set: { voided: 1 } }],
  );
  return [submission, ...reports, ...drafts];
}

function titleOf(period: Period, units: readonly OfficeUnit[], added: number, corrected: number): string {
  const [first] = units;
  const name = units.length === 1 ? (first?.name ?? '') : `${first?.name ?? ''}等${units.length}个单位`;
  const report = `${name} ${periodLabel(period)}${reportName(period.kind)}`;
  if (added === 0) return `更正 ${report} ${corrected} 项`;
  return corrected === 0 ? `报送 ${report} ${added} 项` : `报送 ${report} ${added} 项，更正 ${corrected} 项`;
}

/**
 * 报送 (B7): seals the drafts as reports, one submission a unit, all in one commit. A project submitted before and changed
 * since gets a new report that supersedes the old one; the old one stays (C14).
 *
 * @throws Fault RULE_BROKEN, NOT_ALLOWED, UNKNOWN_ROW
 */
export async function submitPeriod(store: Store, request: SubmitRequest, actor: Actor): Promise<SubmitResult> {
  const period = readPeriod(request.kind, request.period);
  const entries = await entriesToSubmit(store, request);
  refuse(entries, entries.filter(isPending), request);
  const cadence = cadenceOn(await cadences(store), request.kind, period.end);
  const late = lateness(period, actor.now, cadence) === 'late';
  const changes: Change[] = [];
  const submissions: SubmitResult['submissions'] = [];
  const units: OfficeUnit[] = [];
  for (const [unit, ofUnit] of groupBy(entries, (entry) => entry.unit)) {
    const pending = ofUnit.filter(isPending);
    if (pending.length === 0) continue;
    const submissionId = newId();
    changes.push(...changesOf(submissionId, unit, ofUnit, pending, request, actor));
    submissions.push({ submissionId, unitId: unit.id, unitName: unit.name, count: pending.length, late });
    units.push(unit);
  }
  const closed = await closedUnits(store, request);
  const pending = entries.filter(isPending);
  const corrected = pending.filter((entry) => entry.status === 'correcting').length;
  const added = pending.length - corrected;
  const title = titleOf(period, units, added, corrected);
  const { n } = commit(store, { kind: 'report', title, changes }, actor);
  const requests = pending.filter(({ unit }) => closed.has(unit.id)).length;
  return { n: n ?? 0, title, added, corrected, missing: entries.filter(isMissing).length, requests, submissions };
}
