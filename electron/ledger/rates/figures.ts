import { sql } from 'kysely';
import type { Stage } from '../../../shared/dictionary/index.ts';
import { addDays, type IsoDate, instantOf, yearOf } from '../../../shared/domain/date.ts';
import type { OpenLink } from '../../../shared/domain/light.ts';
import { type PeriodKey, periodOf } from '../../../shared/domain/period.ts';
import { SharedTexts } from '../../../shared/domain/shared-texts.ts';
import type { Store } from '../store/open.ts';
import type { Tables } from '../store/tables.ts';
import { listsThen } from './lists.ts';
import { remembered } from './remembered.ts';
import { reviewed } from './reviews.ts';
import type { ReportKind } from './rules.ts';

/** What lights and rates need of a project, as of a day. Amounts are yuan. */
export interface ProjectFigures {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly unitId: string;
  readonly lists: readonly string[];
  readonly stage: Stage | null;
  readonly isBundle: boolean;
  readonly bundleId: string | null;
  readonly totalInvestment: number | null;
  readonly annualPlan: number | null;
  readonly plannedStart: IsoDate | null;
  readonly actualStart: IsoDate | null;
  readonly plannedCompletion: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  readonly waiverReason: string | null;
  readonly waiverUntil: IsoDate | null;
  readonly cityLeaderId: string | null;
  readonly countyLeaderId: string | null;
  readonly officerId: string | null;
  /** Of the latest report in force; null when nothing was reported this year. */
  readonly reportId: string | null;
  readonly period: PeriodKey | null;
  readonly periodInvestment: number | null;
  readonly yearToDate: number | null;
  /** Of the latest report of the year that names it: an empty cell later on does not take funds away. */
  readonly fundsInPlace: number | null;
  readonly visibleProgress: string | null;
  readonly problems: string | null;
  readonly nextSteps: string | null;
  readonly openLinks: readonly OpenLink[];
}

/** Which reports count on a day. */
export interface ReportWindow {
  readonly kind: ReportKind;
  /** First period of the day's year. */
  readonly first: string;
  /** The period that holds the day. */
  readonly running: string;
  /** Submissions of the running period that had been handed in by the end of the day; null: all count, it ends that day. */
  readonly handedIn: ReadonlySet<string> | null;
}

type ReportRow = Pick<
  Tables['report'],
  | 'id'
  | 'projectId'
  | 'submissionId'
  | 'period'
  | 'periodInvestment'
  | 'yearToDate'
  | 'fundsInPlace'
  | 'visibleProgress'
  | 'problems'
  | 'nextSteps'
  | 'supersedes'
>;

const REPORT_COLUMNS = [
  'id',
  'projectId',
  'submissionId',
  'period',
  'periodInvestment',
  'yearToDate',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
  'supersedes',
] as const;

/**
 * Reports that count on a day: those of periods ended by then, and of the running period those handed in by the end of
 * the day, since ten-day reports are due before their period ends.
 */
export async function reportWindow(store: Store, date: IsoDate, kind: ReportKind): Promise<ReportWindow> {
  const running = periodOf(kind, date);
  const first = periodOf(kind, `${yearOf(date)}-01-01`).key;
  if (running.end === date) return { kind, first, running: running.key, handedIn: null };
  const handed = await store.query
    .selectFrom('submission')
    .select('id')
    .where('kind', '=', kind)
    .where('period', '=', running.key)
    .where('voided', '=', 0)
    .where('submittedAt', '<', instantOf(addDays(date, 1), '00:00'))
    .execute();
  return { kind, first, running: running.key, handedIn: new Set(handed.map((row) => row.id)) };
}

/** More than one where two PCs reported a project for one period, each without the other (exchange design, Append-only rows). */
export function notSuperseded<R extends { readonly id: string; readonly supersedes: string | null }>(
  rows: readonly R[],
): readonly R[] {
  const superseded = new Set(rows.map((row) => row.supersedes));
  return rows.filter((row) => !superseded.has(row.id));
}

/**
 * The one report in force among those of one project and period: not held back by a review, not superseded, the latest made.
 *
 * @param heldBack see `reviewed`; a report that does not count supersedes nothing
 */
export function inForce<R extends { readonly id: string; readonly supersedes: string | null }>(
  all: readonly R[],
  heldBack: ReadonlyMap<string, unknown>,
): R | null {
  const rows = heldBack.size === 0 ? all : all.filter((row) => !heldBack.has(row.id));
  if (rows.length < 2) return rows[0] ?? null;
  return notSuperseded(rows).reduce<R | null>(
    (latest, row) => (latest === null || row.id > latest.id ? row : latest),
    null,
  );
}

/** A condition on ids however many, without a parameter for each. */
export function isNotAmong(column: string, ids: readonly string[]) {
  return sql<boolean>`${sql.ref(column)} NOT IN (SELECT "value" FROM json_each(${JSON.stringify(ids)}))`;
}

/** Groups rows by a key, in order of appearance. */
export function groupBy<R, K>(rows: readonly R[], keyOf: (row: R) => K): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return groups;
}

/** The latest period each project reported within the window: one seek per project in `report_project`. */
async function latestPeriods(
  store: Store,
  window: ReportWindow,
  withFunds: boolean,
  only: readonly string[] | undefined,
): Promise<ReadonlyMap<string, string>> {
  const handedIn = [...(window.handedIn ?? [])];
  const whole = window.handedIn === null;
  const held = [...reviewed(store).heldBack.keys()];
  const rows = await store.query
    .selectFrom('project')
    .select('project.id')
    .select((builder) =>
      builder
        .selectFrom('report as r')
        .select((e) => e.fn.max('r.period').as('period'))
        .whereRef('r.projectId', '=', 'project.id')
        .where('r.kind', '=', window.kind)
        .where('r.voided', '=', 0)
        .where('r.period', '>=', window.first)
        .where('r.period', whole || handedIn.length > 0 ? '<=' : '<', window.running)
        .$if(withFunds, (query) => query.where('r.fundsInPlace', 'is not', null))
        .$if(held.length > 0, (query) => query.where(isNotAmong('r.id', held)))
        .$if(handedIn.length > 0, (query) =>
          query.where((e) => e.or([e('r.period', '<', window.running), e('r.submissionId', 'in', handedIn)])),
        )
        .as('latest'),
    )
    .where('project.voided', '=', 0)
    .$if(only !== undefined, (query) => query.where('project.id', 'in', only ?? []))
    .execute();
  return new Map(rows.flatMap((row): [string, string][] => (row.latest === null ? [] : [[row.id, row.latest]])));
}

/**
 * The latest report in force of each project within the window. Two queries on purpose: joined into one, SQLite walks all
 * reports instead of the projects; and by project and period, for projects that are behind would bring in all reports of
 * the periods they reported last (tried: ten times as many rows as are wanted).
 */
async function latestReports(
  store: Store,
  window: ReportWindow,
  withFunds: boolean,
  only: readonly string[] | undefined,
): Promise<Map<string, ReportRow>> {
  const latest = new Map<string, ReportRow>();
  const periods = await latestPeriods(store, window, withFunds, only);
  if (periods.size === 0) return latest;
  const columns = sql.join(REPORT_COLUMNS.map((column) => sql.ref(`r.${column}`)));
  const { rows } = await sql<ReportRow>`
    SELECT ${columns}
      FROM json_each(${JSON.stringify([...periods])}) AS "a"
      CROSS JOIN "report" AS "r" ON "r"."projectId" = "a"."value" ->> 0 AND "r"."kind" = ${window.kind}
        AND "r"."period" = "a"."value" ->> 1
     WHERE "r"."voided" = 0`.execute(store.query);
  const { handedIn } = window;
  const { heldBack } = reviewed(store);
  const counting = rows.filter(
    (row) => handedIn === null || row.period < window.running || handedIn.has(row.submissionId),
  );
  for (const [projectId, group] of groupBy(counting, (row) => row.projectId)) {
    const report = inForce(group, heldBack);
    if (report !== null) latest.set(projectId, report);
  }
  return latest;
}

/** Links not finished on the day. */
async function openLinks(
  store: Store,
  date: IsoDate,
  only: readonly string[] | undefined,
): Promise<Map<string, OpenLink[]>> {
  const rows = await store.query
    .selectFrom('link')
    .select(['projectId', 'name', 'deadline'])
    .where('voided', '=', 0)
    .where('deadline', 'is not', null)
    .where((e) => e.or([e('doneOn', 'is', null), e('doneOn', '>', date)]))
    .$if(only !== undefined, (query) => query.where('projectId', 'in', only ?? []))
    .execute();
  const links = new Map<string, OpenLink[]>();
  const shared = new SharedTexts();
  for (const { projectId, name, deadline } of rows) {
    if (deadline === null) continue;
    const link = { name: shared.of(name), deadline: shared.of(deadline) };
    const list = links.get(projectId);
    if (list === undefined) links.set(projectId, [link]);
    else list.push(link);
  }
  return links;
}

export function readLists(text: string | null): readonly string[] {
  if (text === null) return [];
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : [];
}

/** A project stopped only after the day was still being built on it. */
function stageOn(stage: Stage | null, suspendedSince: IsoDate | null, date: IsoDate): Stage | null {
  return stage === 'suspended' && suspendedSince !== null && suspendedSince > date ? 'building' : stage;
}

/**
 * Every project not 作废 with its figures as of a day: plan and dates as the ledger has them now, investment and funds of the
 * latest report in force in the day's year (see `reportWindow`). In the order of unit and making.
 *
 * @param only ids of a few projects, where not all are asked about
 */
export function figuresAt(
  store: Store,
  date: IsoDate,
  kind: ReportKind = 'tenDay',
  only?: readonly string[],
): Promise<readonly ProjectFigures[]> {
  if (only !== undefined) return readFigures(store, date, kind, only);
  return remembered(store, 'figures', `${kind} ${date}`, {
    answer: () => readFigures(store, date, kind, undefined),
    count: ({ length }) => length,
  });
}

const FEW_TEXTS = [
  'unitId',
  'plannedStart',
  'actualStart',
  'plannedCompletion',
  'actualCompletion',
  'waiverReason',
  'waiverUntil',
  'cityLeaderId',
  'countyLeaderId',
  'officerId',
] as const;

async function readFigures(
  store: Store,
  date: IsoDate,
  kind: ReportKind,
  only: readonly string[] | undefined,
): Promise<readonly ProjectFigures[]> {
  const window = await reportWindow(store, date, kind);
  const projects = await store.query
    .selectFrom('project')
    .select([
      'id',
      'name',
      'code',
      'unitId',
      'lists',
      'stage',
      'isBundle',
      'bundleId',
      'totalInvestment',
      'annualPlan',
      'plannedStart',
      'actualStart',
      'plannedCompletion',
      'actualCompletion',
      'suspendedSince',
      'waiverReason',
      'waiverUntil',
      'cityLeaderId',
      'countyLeaderId',
      'officerId',
    ])
    .where('voided', '=', 0)
    .$if(only !== undefined, (query) => query.where('id', 'in', only ?? []))
    .orderBy('unitId')
    .orderBy('id')
    .execute();
  const latest = await latestReports(store, window, false, only);
  const lacksFunds = [...latest.values()].some((report) => report.fundsInPlace === null);
  const funds = lacksFunds ? await latestReports(store, window, true, only) : latest;
  const links = await openLinks(store, date, only);
  const then = await listsThen(store, date);
  const shared = new SharedTexts();
  return projects.map(({ suspendedSince, lists, isBundle, stage, ...project }): ProjectFigures => {
    shared.in(project, FEW_TEXTS);
    const report = latest.get(project.id);
    if (report !== undefined) shared.in(report, ['period', 'visibleProgress', 'problems', 'nextSteps']);
    return {
      ...project,
      stage: stageOn(stage, suspendedSince, date),
      lists: then.get(project.id) ?? readLists(lists),
      isBundle: isBundle === 1,
      reportId: report?.id ?? null,
      period: (report?.period as PeriodKey | undefined) ?? null,
      periodInvestment: report?.periodInvestment ?? null,
      yearToDate: report?.yearToDate ?? null,
      fundsInPlace: report?.fundsInPlace ?? funds.get(project.id)?.fundsInPlace ?? null,
      visibleProgress: report?.visibleProgress ?? null,
      problems: report?.problems ?? null,
      nextSteps: report?.nextSteps ?? null,
      openLinks: links.get(project.id) ?? [],
    };
  });
}
