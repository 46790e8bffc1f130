import { Fault } from '../../../shared/contract/faults.ts';
import type { CorrectionRequest } from '../../../shared/contract/reports.ts';
import { periodLabel, reportName } from '../../../shared/domain/period.ts';
import { type HeldBack, type ReportKind, reviewed } from '../rates/index.ts';
import { type Actor, type Change, type CommitResult, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { closedUnits, type PeriodQuery, reviewsOf, type StoredReview } from './closed-units.ts';
import { readPeriod } from './periods.ts';
import { FIGURE_FIELDS, pickFigures, reportsOf } from './reports-of.ts';
import { pickUnits } from './sheet.ts';

function requireReviewer(store: Store): void {
  if (readIdentity(store).level !== 'city')
    throw new Fault('NOT_ALLOWED', { why: '旬报由市领导小组办公室审核', cure: '请联系领导小组办公室' });
}

const titleOf = (query: PeriodQuery, unitNames: readonly string[]): string => {
  const period = readPeriod(query.kind, query.period);
  const [first = ''] = unitNames;
  const units = unitNames.length === 1 ? first : `${first}等${unitNames.length}个单位`;
  return `${units} ${periodLabel(period)}${reportName(period.kind)}`;
};

/**
 * 审核: what these units have reported of a period stands; what comes later is a 更正申请. Those reviewed already stay as they
 * are.
 *
 * @throws Fault NOT_ALLOWED, UNKNOWN_ROW, RULE_BROKEN where a unit has reported nothing
 */
export async function reviewPeriod(
  store: Store,
  request: PeriodQuery & { readonly unitIds: readonly string[] },
  actor: Actor,
): Promise<CommitResult & { readonly title: string }> {
  requireReviewer(store);
  const { kind, period } = request;
  const units = await pickUnits(store, request.unitIds);
  const rows = await reviewsOf(store, request);
  const submissions = await store.query
    .selectFrom('submission')
    .select(['id', 'unitId'])
    .where('kind', '=', kind)
    .where('period', '=', period)
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const closed = await closedUnits(store, request);
  const open = units.filter((unit) => !closed.has(unit.id));
  const changes = open.map((unit): Change => {
    const ids = submissions.filter(({ unitId }) => unitId === unit.id).map(({ id }) => id);
    if (ids.length === 0)
      throw new Fault('RULE_BROKEN', { why: `“${unit.name}”本期还没有报送`, cure: '报送以后再审核' });
    const old = rows.find((row) => row.unitId === unit.id);
    return {
      entity: 'periodReview',
      id: old?.id ?? newId(),
      set: {
        unitId: unit.id,
        kind,
        period,
        state: 'reviewed',
        reviewedAt: actor.now,
        operator: actor.operator,
        submissions: JSON.stringify(ids),
        reason: null,
      },
    };
  });
  const names = open.map(({ name }) => name);
  if (names.length === 0) throw new Fault('RULE_BROKEN', { why: '所选单位本期都已审核', cure: '不需要再审核' });
  const title = `审核 ${titleOf(request, names)}`;
  return { ...commit(store, { kind: 'decision', title, changes }, actor), title };
}

/**
 * 取消审核: reports that came after the review count again as any other; those that were expressly not taken do not.
 *
 * @throws Fault NOT_ALLOWED, UNKNOWN_ROW, RULE_BROKEN
 */
export async function withdrawReview(
  store: Store,
  request: PeriodQuery & { readonly unitId: string; readonly reason: string },
  actor: Actor,
): Promise<CommitResult & { readonly title: string }> {
  requireReviewer(store);
  const [unit] = await pickUnits(store, [request.unitId]);
  const rows = (await reviewsOf(store, request)).filter(
    (row) => row.unitId === request.unitId && row.state === 'reviewed',
  );
  if (rows.length === 0) throw new Fault('RULE_BROKEN', { why: '该单位本期没有审核', cure: '不需要取消' });
  const title = `取消审核 ${titleOf(request, [unit?.name ?? ''])}`;
  const changes = rows.map(
    ({ id }): Change => ({ entity: 'periodReview', id, set: { state: 'withdrawn', reason: request.reason } }),
  );
  return { ...commit(store, { kind: 'decision', title, changes }, actor), title };
}

/** Requests of a period that a later one of the same project has replaced are not shown. */
function latestOf(held: readonly HeldBack[]): readonly HeldBack[] {
  const latest = new Map<string, HeldBack>();
  for (const each of held) {
    const key = `${each.projectId} ${each.batch.kind} ${each.batch.period}`;
    const other = latest.get(key);
    if (other === undefined || each.reportId > other.reportId) latest.set(key, each);
  }
  return [...latest.values()];
}

/** 更正申请: reports that came after the review, with what counts and what is asked for; newest first. */
export async function correctionRequests(
  store: Store,
  query: { readonly kind: ReportKind; readonly period?: string | undefined },
): Promise<CorrectionRequest[]> {
  const held = latestOf([...reviewed(store).heldBack.values()]).filter(
    ({ batch }) => batch.kind === query.kind && (query.period === undefined || batch.period === query.period),
  );
  if (held.length === 0) return [];
  const byId = new Map(held.map((each) => [each.reportId, each]));
  const rows = await store.query
    .selectFrom('report as r')
    .innerJoin('project as p', 'p.id', 'r.projectId')
    .innerJoin('submission as s', 's.id', 'r.submissionId')
    .leftJoin('responsibilityUnit as u', 'u.id', 's.unitId')
    .select(['r.id', 'r.projectId', 'r.period', 'p.name', 's.unitId', 'u.name as unitName'])
    .select(['s.submittedAt', 's.operator', 's.reason', ...FIGURE_FIELDS.map((field) => `r.${field}` as const)])
    .where('r.id', 'in', [...byId.keys()])
    .orderBy('r.id', 'desc')
    .execute();
  const counting = new Map<string, Awaited<ReturnType<typeof reportsOf>>>();
  for (const period of new Set(rows.map((row) => row.period)))
    counting.set(period, await reportsOf(store, readPeriod(query.kind, period)));
  return rows.flatMap((row): CorrectionRequest[] => {
    const one = byId.get(row.id);
    if (one === undefined) return [];
    const standing = counting.get(row.period)?.get(row.projectId)?.report ?? null;
    return [
      {
        reportId: row.id,
        projectId: row.projectId,
        projectName: row.name,
        unitId: row.unitId,
        unitName: row.unitName ?? '',
        period: row.period,
        label: periodLabel(readPeriod(query.kind, row.period)),
        state: one.standing,
        submittedAt: row.submittedAt,
        operator: row.operator,
        reason: row.reason,
        answer: one.reason,
        asked: pickFigures(row),
        counted: standing === null ? null : pickFigures(standing),
      },
    ];
  });
}

interface Decided {
  readonly accepted: Set<string>;
  readonly declined: Map<string, string>;
}

function decidedOf(row: StoredReview): Decided {
  const accepted = JSON.parse(row.accepted ?? '[]') as string[];
  const declined = JSON.parse(row.declined ?? '{}') as Record<string, string>;
  return { accepted: new Set(accepted), declined: new Map(Object.entries(declined)) };
}

/**
 * 采纳 or 不采纳 更正申请. What was left may be taken later after all.
 *
 * @param reason why they are not taken
 * @throws Fault NOT_ALLOWED, UNKNOWN_ROW
 */
export async function decideRequests(
  store: Store,
  request: { readonly reportIds: readonly string[]; readonly accept: boolean; readonly reason?: string | undefined },
  actor: Actor,
): Promise<{ readonly decided: number }> {
  requireReviewer(store);
  const { heldBack } = reviewed(store);
  const asked = request.reportIds.map((id) => {
    const one = heldBack.get(id);
    if (one === undefined) throw new Fault('UNKNOWN_ROW', { what: '更正申请' });
    return one;
  });
  const byReview = new Map<string, { readonly row: StoredReview } & Decided>();
  for (const { reportId, batch } of asked) {
    const { kind, period, unitId } = batch;
    const [row] = (await reviewsOf(store, { kind: kind as ReportKind, period })).filter(
      (each) => each.unitId === unitId,
    );
    if (row === undefined) throw new Fault('UNKNOWN_ROW', { what: '旬报审核' });
    const entry = byReview.get(row.id) ?? { row, ...decidedOf(row) };
    byReview.set(row.id, entry);
    if (request.accept) {
      entry.accepted.add(reportId);
      entry.declined.delete(reportId);
    } else entry.declined.set(reportId, request.reason ?? '');
  }
  const changes = [...byReview.values()].map(
    ({ row, accepted, declined }): Change => ({
      entity: 'periodReview',
      id: row.id,
      set: {
        accepted: JSON.stringify([...accepted].sort()),
        declined: JSON.stringify(Object.fromEntries([...declined].sort(([left], [right]) => (left < right ? -1 : 1)))),
      },
    }),
  );
  const title = `${request.accept ? '采纳' : '不采纳'}更正申请 ${asked.length} 项`;
  commit(store, { kind: 'decision', title, changes }, actor);
  return { decided: asked.length };
}
