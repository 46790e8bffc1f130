import { type Period, parsePeriod, previousPeriod } from '../../../shared/domain/period.ts';
import { groupBy, inForce, isNotAmong, notSuperseded, reviewed } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import type { Tables } from '../store/tables.ts';

export const FIGURE_FIELDS = [
  'periodInvestment',
  'yearToDate',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
  'explanation',
] as const;
export type FigureField = (typeof FIGURE_FIELDS)[number];

export type FigureValues = Pick<Tables['report'], FigureField>;

export type ReportRow = FigureValues &
  Pick<Tables['report'], 'id' | 'projectId' | 'submissionId' | 'period' | 'supersedes'>;

export const NO_FIGURES: FigureValues = {
  periodInvestment: null,
  yearToDate: null,
  fundsInPlace: null,
  visibleProgress: null,
  problems: null,
  nextSteps: null,
  explanation: null,
};

export function pickFigures(row: FigureValues): FigureValues {
  return {
    periodInvestment: row.periodInvestment,
    yearToDate: row.yearToDate,
    fundsInPlace: row.fundsInPlace,
    visibleProgress: row.visibleProgress,
    problems: row.problems,
    nextSteps: row.nextSteps,
    explanation: row.explanation,
  };
}

export function isBlank(figures: FigureValues): boolean {
  return FIGURE_FIELDS.every((field) => figures[field] === null || figures[field] === '');
}

export function differs(left: FigureValues, right: FigureValues): boolean {
  return FIGURE_FIELDS.some((field) => (left[field] ?? null) !== (right[field] ?? null));
}

/** What one project reported for one period: the report in force, how often it was corrected, others that stand beside it. */
export interface Standing {
  readonly report: ReportRow;
  readonly corrections: number;
  readonly others: number;
}

/** 更正申请 of one project and period: the latest report that came after the review and does not count. */
export interface Requested {
  readonly report: ReportRow;
  readonly state: 'requested' | 'declined';
  /** Why it was not taken. */
  readonly answer: string | null;
}

const COLUMNS = ['id', 'projectId', 'submissionId', 'period', 'supersedes', ...FIGURE_FIELDS] as const;

function standing(all: readonly ReportRow[], heldBack: ReadonlyMap<string, unknown>): Standing | null {
  const report = inForce(all, heldBack);
  if (report === null) return null;
  const rows = heldBack.size === 0 ? all : all.filter((row) => !heldBack.has(row.id));
  return {
    report,
    corrections: rows.filter((row) => row.supersedes !== null).length,
    others: rows.length === 1 ? 0 : notSuperseded(rows).length - 1,
  };
}

/** Reports in force of one period, by project. */
export async function reportsOf(store: Store, period: Period): Promise<ReadonlyMap<string, Standing>> {
  const rows = await store.query
    .selectFrom('report')
    .select(COLUMNS)
    .where('kind', '=', period.kind as 'tenDay')
    .where('period', '=', period.key)
    .where('voided', '=', 0)
    .execute();
  const { heldBack } = reviewed(store);
  const found = new Map<string, Standing>();
  for (const [projectId, group] of groupBy(rows, (row) => row.projectId)) {
    const one = standing(group, heldBack);
    if (one !== null) found.set(projectId, one);
  }
  return found;
}

/** 更正申请 of one period, by project; none where no period was reviewed. */
export async function requestsOf(store: Store, period: Period): Promise<ReadonlyMap<string, Requested>> {
  const held = [...reviewed(store).heldBack.values()].filter(
    ({ batch }) => batch.kind === period.kind && batch.period === period.key,
  );
  const found = new Map<string, Requested>();
  if (held.length === 0) return found;
  const states = new Map(held.map((each) => [each.reportId, each]));
  const rows = await store.query
    .selectFrom('report')
    .select(COLUMNS)
    .where('id', 'in', [...states.keys()])
    .orderBy('id')
    .execute();
  for (const report of rows) {
    const one = states.get(report.id);
    if (one !== undefined) found.set(report.projectId, { report, state: one.standing, answer: one.reason });
  }
  return found;
}

/** How many periods back plausibility looks. */
const RECENT = 6;

export interface Before {
  /** The latest report before the period. */
  readonly latest: ReportRow & { readonly of: Period };
  /** 本期完成投资 of up to six earlier periods, newest first. */
  readonly recent: readonly (number | null)[];
}

/**
 * What was reported before a period, by project: the latest report in force, and recent investments.
 * Looks six periods back first; a project silent for longer costs one more query for all such projects.
 */
export async function reportsBefore(
  store: Store,
  period: Period,
  projectIds: readonly string[],
): Promise<ReadonlyMap<string, Before>> {
  let oldest = period;
  for (let steps = 0; steps < RECENT; steps += 1) oldest = previousPeriod(oldest);
  const recent = await store.query
    .selectFrom('report')
    .select(COLUMNS)
    .where('kind', '=', period.kind as 'tenDay')
    .where('period', '>=', oldest.key)
    .where('period', '<', period.key)
    .where('voided', '=', 0)
    .execute();
  const wanted = new Set(projectIds);
  const held = reviewed(store).heldBack;
  const byProject = groupBy(
    recent.filter((row) => wanted.has(row.projectId) && !held.has(row.id)),
    (row) => row.projectId,
  );
  const silent = projectIds.filter((id) => !byProject.has(id));
  for (const row of await olderReports(store, period, oldest, silent)) {
    byProject.set(row.projectId, [...(byProject.get(row.projectId) ?? []), row]);
  }
  const before = new Map<string, Before>();
  for (const [projectId, rows] of byProject) {
    const periods = [...groupBy(rows, (row) => row.period)].sort(([left], [right]) => (left < right ? 1 : -1));
    const standing = periods.flatMap(([, group]) => inForce(group, held) ?? []);
    const [latest] = standing;
    const of = latest && parsePeriod(latest.period);
    if (latest && of)
      before.set(projectId, { latest: { ...latest, of }, recent: standing.map((row) => row.periodInvestment) });
  }
  return before;
}

/** Reports of the latest period each of these projects reported before `oldest`. */
async function olderReports(
  store: Store,
  period: Period,
  oldest: Period,
  projectIds: readonly string[],
): Promise<readonly ReportRow[]> {
  if (projectIds.length === 0) return [];
  const kind = period.kind as 'tenDay';
  const held = [...reviewed(store).heldBack.keys()];
  const latest = await store.query
    .selectFrom('report')
    .select(['projectId', (e) => e.fn.max('period').as('period')])
    .where('projectId', 'in', [...projectIds])
    .where('kind', '=', kind)
    .where('voided', '=', 0)
    .where('period', '<', oldest.key)
    .$if(held.length > 0, (query) => query.where(isNotAmong('id', held)))
    .groupBy('projectId')
    .execute();
  if (latest.length === 0) return [];
  const periods = new Map(latest.map((row) => [row.projectId, row.period]));
  const rows = await store.query
    .selectFrom('report')
    .select(COLUMNS)
    .where('projectId', 'in', [...periods.keys()])
    .where('kind', '=', kind)
    .where('period', 'in', [...new Set(periods.values())])
    .where('voided', '=', 0)
    .execute();
  return rows.filter((row) => periods.get(row.projectId) === row.period);
}

export type DraftRow = FigureValues & { readonly id: string; readonly projectId: string };

/** Drafts of one period, by project. */
export async function draftsOf(store: Store, period: Period): Promise<ReadonlyMap<string, DraftRow>> {
  const rows = await store.query
    .selectFrom('reportDraft')
    .select(['id', 'projectId', ...FIGURE_FIELDS])
    .where('kind', '=', period.kind as 'tenDay')
    .where('period', '=', period.key)
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.projectId, row]));
}
