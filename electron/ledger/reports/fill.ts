import { Fault } from '../../../shared/contract/faults.ts';
import type { FillField } from '../../../shared/contract/reports.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { isFirstOfYear, type Period, periodLabel, periodYear, reportName } from '../../../shared/domain/period.ts';
import { groupBy, type ReportKind } from '../rates/index.ts';
import { type Actor, type Change, type CommitResult, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { officeUnits } from './expected.ts';
import { readPeriod } from './periods.ts';
import type { FigureField, FigureValues } from './reports-of.ts';
import { entriesOf, isSubmitted, type PeriodEntry, pickUnits } from './sheet.ts';

export interface CellFill {
  readonly projectId: string;
  readonly field: FillField;
  readonly value: Value;
}

export interface FillRequest {
  readonly kind: ReportKind;
  readonly period: string;
  readonly edits: readonly CellFill[];
  readonly title?: string | undefined;
  readonly correcting?: boolean | undefined;
}

export interface Suggestion {
  readonly projectId: string;
  readonly field: 'yearToDate';
  readonly value: number;
}

/** '5月中旬旬报': the period without its year, for undo titles. */
function shortTitle(period: Period): string {
  return `${periodLabel(period).replace(/^\d+年/u, '')}${reportName(period.kind)}`;
}

/** 自年初累计 before the period, or null where it cannot be known: no report yet this year though the year is under way. */
function yearBefore(entry: PeriodEntry, period: Period): number | null {
  if (isFirstOfYear(period)) return 0;
  const { before } = entry;
  if (before === null || periodYear(before.latest.of) !== periodYear(period)) return null;
  return before.latest.yearToDate;
}

/**
 * 自年初累计 that follows from what was just typed: last period's plus this one's. Only into an empty cell, or over a value that
 * was itself last period's plus the old amount; never over another figure that someone typed.
 */
function suggest(entry: PeriodEntry, was: FigureValues, now: FigureValues, period: Period): number | null {
  const before = yearBefore(entry, period);
  if (before === null || now.periodInvestment === null || now.periodInvestment === was.periodInvestment) return null;
  const followed = was.periodInvestment !== null && now.yearToDate === before + was.periodInvestment;
  if (now.yearToDate !== null && !followed) return null;
  const total = before + now.periodInvestment;
  // More taken back than the year holds: the operator must say what the total is.
  return total < 0 ? null : total;
}

const SEALED_CURE = '该项目本期已报送';

function draftChange(entry: PeriodEntry, period: Period, kind: ReportKind, now: FigureValues): Change {
  if (entry.draft !== null) return { entity: 'reportDraft', id: entry.draft.id, set: { ...now } };
  return {
    entity: 'reportDraft',
    id: newId(),
    set: { projectId: entry.project.id, kind, period: period.key, ...now },
  };
}

/** Cell edits into the period's drafts, one commit and one undo step. @throws Fault UNKNOWN_ROW, NOT_ALLOWED, SEALED_ROW, INVALID_VALUE */
export async function fillCells(store: Store, request: FillRequest, actor: Actor) {
  const period = readPeriod(request.kind, request.period);
  const entries = new Map(
    (await entriesOf(store, period, await officeUnits(store), true)).map((entry) => [entry.project.id, entry]),
  );
  const suggested: Suggestion[] = [];
  const changes: Change[] = [];
  for (const [projectId, edits] of groupBy(request.edits, (edit) => edit.projectId)) {
    const entry = entries.get(projectId);
    if (entry === undefined) throw new Fault('UNKNOWN_ROW', { what: '项目' });
    if (!entry.unit.mayFill) {
      throw new Fault('NOT_ALLOWED', {
        why: `“${entry.unit.name}”的旬报由该单位自行填报`,
        cure: '如有疑问，请与该单位核对',
      });
    }
    const was = entry.figures;
    const typed = Object.fromEntries(edits.map((edit) => [edit.field, edit.value === '' ? null : edit.value]));
    const now = { ...was, ...typed } as FigureValues;
    if (
      isSubmitted(entry) &&
      request.correcting !== true &&
      edits.some((edit) => was[edit.field] !== now[edit.field])
    ) {
      throw new Fault('SEALED_ROW', { what: `${entry.project.name}（${SEALED_CURE}）` });
    }
    const total = 'yearToDate' in typed ? null : suggest(entry, was, now, period);
    if (total !== null) suggested.push({ projectId, field: 'yearToDate', value: total });
    changes.push(draftChange(entry, period, request.kind, total === null ? now : { ...now, yearToDate: total }));
  }
  const title = request.title ?? `填写 ${shortTitle(period)} ${request.edits.length} 个单元格`;
  const result = commit(store, { kind: 'edit', title, changes }, actor);
  return { ...result, suggested, title };
}

const WORDS: readonly FigureField[] = ['visibleProgress', 'problems', 'nextSteps'];

/** 参照上期: words of the last report into empty cells of rows not yet submitted. */
export async function copyLast(
  store: Store,
  request: {
    readonly kind: ReportKind;
    readonly period: string;
    readonly unitId?: string | undefined;
    readonly projectIds?: readonly string[] | undefined;
    readonly fields: readonly FigureField[];
  },
  actor: Actor,
): Promise<CommitResult & { readonly cells: number; readonly title: string }> {
  const period = readPeriod(request.kind, request.period);
  const units = await pickUnits(store, request.unitId === undefined ? undefined : [request.unitId]);
  const wanted = request.projectIds && new Set(request.projectIds);
  const fields = request.fields.filter((field) => WORDS.includes(field));
  let cells = 0;
  const changes: Change[] = [];
  for (const entry of await entriesOf(store, period, units)) {
    if (!entry.unit.mayFill || isSubmitted(entry) || wanted?.has(entry.project.id) === false) continue;
    const { before, figures } = entry;
    const copied = fields.filter((field) => (figures[field] ?? '') === '' && (before?.latest[field] ?? '') !== '');
    if (before === null || copied.length === 0) continue;
    cells += copied.length;
    const now = { ...figures, ...Object.fromEntries(copied.map((field) => [field, before.latest[field]])) };
    changes.push(draftChange(entry, period, request.kind, now as FigureValues));
  }
  const title = `参照上期填写 ${shortTitle(period)} ${cells} 个单元格`;
  return { ...commit(store, { kind: 'edit', title, changes }, actor), cells, title };
}

/** Throws away drafts: unsubmitted rows become empty, submitted ones what was submitted. One undo step. */
export async function discardDrafts(
  store: Store,
  request: { readonly kind: ReportKind; readonly period: string; readonly unitId?: string | undefined },
  actor: Actor,
): Promise<CommitResult> {
  const period = readPeriod(request.kind, request.period);
  const units = await pickUnits(store, request.unitId === undefined ? undefined : [request.unitId]);
  const entries = await entriesOf(store, period, units);
  const changes = entries.flatMap(({ draft, unit, status }): Change[] =>
    draft !== null && unit.mayFill && status === 'correcting'
      ? [{ entity: 'reportDraft', id: draft.id, set: { voided: 1 } }]
      : [],
  );
  return commit(
    store,
    { kind: 'edit', title: `放弃 ${shortTitle(period)} ${changes.length} 项未提交的更正`, changes },
    actor,
  );
}
