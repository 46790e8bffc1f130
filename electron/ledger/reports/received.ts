import type { PeriodInfo, UnitState, UnitStatus } from '../../../shared/contract/reports.ts';
import { type Cadence, lateness } from '../../../shared/domain/cadence.ts';
import { type Period, previousPeriod } from '../../../shared/domain/period.ts';
import { cadenceOn, cadences, groupBy, notSuperseded, type ReportKind, reviewed } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { closedUnits } from './closed-units.ts';
import { isExpected, type OfficeUnit, officeUnits, projectsOf, type ReportProject } from './expected.ts';
import { describePeriod, type Moment, readPeriod } from './periods.ts';
import { draftsOf, isBlank } from './reports-of.ts';

const STATE_TEXT: Readonly<Record<UnitState, string>> = {
  reported: '已报',
  late: '迟报',
  partial: '部分报送',
  missing: '未报',
  open: '未到期',
  none: '无应报项目',
};

interface Reported {
  readonly id: string;
  readonly projectId: string;
  readonly period: string;
  readonly supersedes: string | null;
}

interface Submitted {
  readonly unitId: string;
  readonly period: string;
  readonly submittedAt: number | null;
  readonly operator: string | null;
  readonly expected: number | null;
}

function stateOf(expected: number, reported: number, late: boolean, overdue: boolean): UnitState {
  if (reported === 0) {
    if (expected === 0) return 'none';
    return overdue ? 'missing' : 'open';
  }
  if (reported < expected) return 'partial';
  return late ? 'late' : 'reported';
}

function unitStatus(
  unit: OfficeUnit,
  projects: readonly ReportProject[],
  reports: readonly Reported[],
  submissions: readonly Submitted[],
  drafted: ReadonlySet<string>,
  review: Pick<UnitStatus, 'reviewed' | 'requests'>,
  period: Period,
  cadence: Cadence,
  now: number,
  incomplete: boolean,
): UnitStatus {
  const expectedNow = projects.filter((project) => isExpected(project, period)).length;
  const reported = new Set(reports.map((report) => report.projectId)).size;
  const [first] = submissions;
  const last = submissions.at(-1);
  // What had to be reported then is what the submission says: a project entered later is not missing from old periods.
  const expected = last?.expected ?? expectedNow;
  const late = typeof first?.submittedAt === 'number' && lateness(period, first.submittedAt, cadence) === 'late';
  const overdue = lateness(period, now, cadence) === 'late';
  const state = stateOf(expected, reported, late, overdue);
  return {
    unitId: unit.id,
    unitName: unit.name,
    state,
    stateText: STATE_TEXT[state],
    expected,
    reported,
    drafts: projects.filter((project) => drafted.has(project.id)).length,
    submittedAt: first?.submittedAt ?? null,
    operator: first?.operator ?? null,
    late,
    corrected: reports.filter((report) => report.supersedes !== null).length,
    doubled: reports.length === reported ? 0 : notSuperseded(reports).length - reported,
    incomplete,
    ...review,
  };
}

/** Units of offices of whose files some never came: what they reported may not all be here. */
async function unitsWithGap(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.query
    .selectFrom('responsibilityUnit')
    .innerJoin('peer', 'peer.officeId', 'responsibilityUnit.officeId')
    .select('responsibilityUnit.id')
    .where('peer.gapFrom', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** How each unit stands with each of the periods; a handful of queries for all. */
async function statusTable(store: Store, kind: ReportKind, periods: readonly Period[], moment: Moment) {
  const units = await officeUnits(store);
  const all = await cadences(store);
  const keys = periods.map((period) => period.key);
  const projects = await projectsOf(
    store,
    units.map((unit) => unit.id),
  );
  const unitOf = new Map(projects.map((project) => [project.id, project.unitId]));
  const { heldBack } = reviewed(store);
  const every = await store.query
    .selectFrom('report')
    .select(['id', 'projectId', 'period', 'supersedes'])
    .where('kind', '=', kind)
    .where('period', 'in', keys)
    .where('voided', '=', 0)
    .execute();
  const reports = heldBack.size === 0 ? every : every.filter((report) => !heldBack.has(report.id));
  const submissions = await store.query
    .selectFrom('submission')
    .select(['unitId', 'period', 'submittedAt', 'operator', 'expected'])
    .where('kind', '=', kind)
    .where('period', 'in', keys)
    .where('voided', '=', 0)
    .orderBy('submittedAt')
    .orderBy('id')
    .execute();
  const incomplete = await unitsWithGap(store);
  const drafted = new Map<string, ReadonlySet<string>>();
  for (const period of periods) {
    const drafts = await draftsOf(store, period);
    drafted.set(
      period.key,
      new Set([...drafts.values()].filter((draft) => !isBlank(draft)).map((draft) => draft.projectId)),
    );
  }
  const closed = new Map(
    await Promise.all(keys.map(async (key) => [key, await closedUnits(store, { kind, period: key })] as const)),
  );
  const cellKey = (unitId: string, period: string): string => `${unitId} ${period}`;
  const projectsByUnit = groupBy(projects, (project) => project.unitId);
  const reportsByCell = groupBy(reports, (report) => cellKey(unitOf.get(report.projectId) ?? '', report.period));
  const submissionsByCell = groupBy(submissions, (submission) => cellKey(submission.unitId, submission.period));
  // One a project: a later request of the same project replaces the one before.
  const requests = new Map<string, Set<string>>();
  for (const { standing, batch, projectId } of heldBack.values()) {
    if (standing !== 'requested' || batch.kind !== kind) continue;
    const cell = cellKey(batch.unitId, batch.period);
    requests.set(cell, (requests.get(cell) ?? new Set()).add(projectId));
  }
  const infos = periods.map((period): PeriodInfo => describePeriod(period, all, moment));
  const rows = units.map((unit) => ({
    unitId: unit.id,
    unitName: unit.name,
    cells: periods.map((period) =>
      unitStatus(
        unit,
        projectsByUnit.get(unit.id) ?? [],
        reportsByCell.get(cellKey(unit.id, period.key)) ?? [],
        submissionsByCell.get(cellKey(unit.id, period.key)) ?? [],
        drafted.get(period.key) ?? new Set(),
        {
          reviewed: closed.get(period.key)?.get(unit.id) ?? null,
          requests: requests.get(cellKey(unit.id, period.key))?.size ?? 0,
        },
        period,
        cadenceOn(all, kind, period.end),
        moment.now,
        incomplete.has(unit.id),
      ),
    ),
  }));
  return { periods: infos, units: rows };
}

interface PeriodQuery {
  readonly kind: ReportKind;
  readonly period: string;
}

/** Unit × period with 已报, 迟报, 未报 (B7, D6), oldest period first. */
export async function receivedMatrix(store: Store, query: PeriodQuery & { readonly count: number }, moment: Moment) {
  const periods: Period[] = [];
  let period = readPeriod(query.kind, query.period);
  for (let taken = 0; taken < query.count; taken += 1) {
    periods.unshift(period);
    period = previousPeriod(period);
  }
  return statusTable(store, query.kind, periods, moment);
}

/** How each unit stands with one period, and the count of them. Units without an expected project are not counted. */
export async function periodOverview(store: Store, query: PeriodQuery, moment: Moment) {
  const table = await statusTable(store, query.kind, [readPeriod(query.kind, query.period)], moment);
  const [period] = table.periods;
  if (period === undefined) throw new RangeError('No period');
  const units = table.units.flatMap((unit) => unit.cells).filter((unit) => unit.state !== 'none');
  const having = (state: UnitState): number => units.filter((unit) => unit.state === state).length;
  const sum = (of: (unit: UnitStatus) => number): number => units.reduce((total, unit) => total + of(unit), 0);
  return {
    period,
    units,
    totals: {
      units: units.length,
      reported: having('reported'),
      late: having('late'),
      partial: having('partial'),
      missing: having('missing'),
      open: having('open'),
      corrected: units.filter((unit) => unit.corrected > 0).length,
      expectedProjects: sum((unit) => unit.expected),
      reportedProjects: sum((unit) => unit.reported),
      filledProjects: sum((unit) => Math.max(unit.drafts, unit.reported)),
    },
  };
}
