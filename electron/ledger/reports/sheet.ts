import { Fault } from '../../../shared/contract/faults.ts';
import type { PeriodInfo, SheetRow } from '../../../shared/contract/reports.ts';
import { type Period, periodLabel } from '../../../shared/domain/period.ts';
import { checkReport, type Finding, maySubmit, type ReportFigures } from '../../../shared/domain/report-check.ts';
import { cadences, judgeAll, type ReportKind } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { closedUnits } from './closed-units.ts';
import { isExpected, type OfficeUnit, officeUnits, projectsOf, type ReportProject } from './expected.ts';
import { describePeriod, type Moment, readPeriod } from './periods.ts';
import {
  type Before,
  type DraftRow,
  differs,
  draftsOf,
  type FigureValues,
  isBlank,
  NO_FIGURES,
  pickFigures,
  type Requested,
  reportsBefore,
  reportsOf,
  requestsOf,
  type Standing,
} from './reports-of.ts';

/** One project in a period: what stands, what is being filled, what came before, and what is doubtful. */
export interface PeriodEntry {
  readonly project: ReportProject;
  readonly unit: OfficeUnit;
  readonly expected: boolean;
  readonly draft: DraftRow | null;
  readonly standing: Standing | null;
  /** 更正申请, where the period was reviewed before it came. */
  readonly request: Requested | null;
  readonly before: Before | null;
  /** What the grid shows: the draft, else the report. */
  readonly figures: FigureValues;
  readonly status: SheetRow['status'];
  readonly findings: readonly Finding[];
  /** Errors gone and doubts explained; true for an empty row. */
  readonly ready: boolean;
}

/** @param reported what is asked for, else what stands */
function statusOf(draft: DraftRow | null, reported: Pick<Standing, 'report'> | null): SheetRow['status'] {
  if (reported !== null) return draft !== null && differs(draft, reported.report) ? 'correcting' : 'sealed';
  return draft !== null && !isBlank(draft) ? 'draft' : 'empty';
}

function asChecked(figures: FigureValues, period: Period): ReportFigures {
  return { ...figures, period };
}

function findingsOf(
  project: ReportProject,
  figures: FigureValues,
  period: Period,
  before: Before | null,
): readonly Finding[] {
  return checkReport(asChecked(figures, period), {
    project,
    previous: before === null ? null : asChecked(before.latest, before.latest.of),
    recentInvestments: before?.recent ?? [],
  });
}

/** Units asked for; @throws Fault UNKNOWN_ROW when one is not among the office's */
export async function pickUnits(store: Store, unitIds: readonly string[] | undefined): Promise<readonly OfficeUnit[]> {
  const units = await officeUnits(store);
  if (unitIds === undefined) return units;
  return unitIds.map((id) => {
    const unit = units.find((each) => each.id === id);
    if (unit === undefined) throw new Fault('UNKNOWN_ROW', { what: '责任单位' });
    return unit;
  });
}

/** Every project of some units in a period, expected or with figures (or just all), in the order of the grid. */
export async function entriesOf(
  store: Store,
  period: Period,
  units: readonly OfficeUnit[],
  all = false,
): Promise<readonly PeriodEntry[]> {
  const unitById = new Map(units.map((unit) => [unit.id, unit]));
  const projects = await projectsOf(store, [...unitById.keys()]);
  const [drafts, reports] = [await draftsOf(store, period), await reportsOf(store, period)];
  const requests = await requestsOf(store, period);
  const before = await reportsBefore(
    store,
    period,
    projects.map((project) => project.id),
  );
  return projects.flatMap((project): PeriodEntry[] => {
    const unit = unitById.get(project.unitId);
    if (unit === undefined) return [];
    const draft = drafts.get(project.id) ?? null;
    const standing = reports.get(project.id) ?? null;
    const expected = isExpected(project, period);
    const request = requests.get(project.id) ?? null;
    // Who filled it sees what it asks for; others what counts.
    const reported = unit.mayFill && request?.state === 'requested' ? request : standing;
    if (!all && !expected && draft === null && standing === null && request === null) return [];
    const earlier = before.get(project.id) ?? null;
    const figures = pickFigures(draft ?? reported?.report ?? NO_FIGURES);
    const status = statusOf(draft, reported);
    const findings = status === 'empty' ? [] : findingsOf(project, figures, period, earlier);
    const ready = status === 'empty' || maySubmit(findings, figures.explanation);
    return [{ project, unit, expected, draft, standing, request, before: earlier, figures, status, findings, ready }];
  });
}

/** Submitted, be it counted or 更正申请. */
export function isSubmitted({ standing, request }: PeriodEntry): boolean {
  return standing !== null || request?.state === 'requested';
}

export function hasErrors(entry: PeriodEntry): boolean {
  return entry.findings.some((finding) => finding.severity === 'error');
}

/** How far a sheet is filled. Sealed rows with doubts count no more: they were submitted as they are. */
export function countsOf(entries: readonly PeriodEntry[]) {
  const waiting = entries.filter((entry) => entry.status === 'draft' || entry.status === 'correcting');
  return {
    expected: entries.filter((entry) => entry.expected).length,
    filled: entries.filter((entry) => entry.status !== 'empty').length,
    submitted: entries.filter(isSubmitted).length,
    errors: waiting.filter(hasErrors).length,
    unexplained: waiting.filter((entry) => !hasErrors(entry) && !entry.ready).length,
  };
}

function statusText(entry: PeriodEntry): string {
  const corrected = entry.standing?.corrections ?? 0;
  const settled = entry.status === 'sealed' || entry.status === 'empty';
  if (settled && entry.request?.state === 'requested') return '更正申请待采纳';
  if (settled && entry.request?.state === 'declined')
    return entry.standing === null ? '更正申请未采纳' : '已报（更正申请未采纳）';
  switch (entry.status) {
    case 'empty':
      return entry.expected ? '未填' : '不用报';
    case 'draft':
      return '已填';
    case 'sealed':
      if ((entry.standing?.others ?? 0) > 0) return '已报（两份，用后一份）';
      return corrected > 0 ? `已报（更正${corrected}次）` : '已报';
    case 'correcting':
      return '更正中';
  }
}

function asSheetRow(entry: PeriodEntry, light: { light: SheetRow['light']; text: string }): SheetRow {
  const { project, before } = entry;
  return {
    id: project.id,
    name: project.name,
    code: project.code,
    unitId: project.unitId,
    unitName: entry.unit.name,
    stage: project.stage,
    light: light.light,
    lightText: light.text,
    optional: !entry.expected,
    totalInvestment: project.totalInvestment,
    annualPlan: project.annualPlan,
    ...entry.figures,
    previous:
      before === null
        ? null
        : {
            period: before.latest.period,
            label: periodLabel(before.latest.of),
            periodInvestment: before.latest.periodInvestment,
            yearToDate: before.latest.yearToDate,
            fundsInPlace: before.latest.fundsInPlace,
            visibleProgress: before.latest.visibleProgress,
            problems: before.latest.problems,
            nextSteps: before.latest.nextSteps,
          },
    status: entry.status,
    statusText: statusText(entry),
    corrections: entry.standing?.corrections ?? 0,
    request: entry.request === null ? null : { state: entry.request.state, answer: entry.request.answer },
    findings: entry.findings.map((finding) => ({ ...finding })),
    needsExplanation: !hasErrors(entry) && !entry.ready,
  };
}

/** The filling grid of a period (B7). Without a unit: all units this office fills, or every unit in the city's ledger. */
export async function readSheet(
  store: Store,
  query: {
    readonly kind: ReportKind;
    readonly period: string;
    readonly unitId?: string | undefined;
    readonly all?: boolean | undefined;
  },
  moment: Moment,
) {
  const period = readPeriod(query.kind, query.period);
  const info: PeriodInfo = describePeriod(period, await cadences(store), moment);
  const all = await officeUnits(store);
  const units = query.unitId === undefined ? all : await pickUnits(store, [query.unitId]);
  const entries = await entriesOf(store, period, units, query.all);
  const { projects } = await judgeAll(
    store,
    moment.today,
    entries.length > 500 ? undefined : entries.map((entry) => entry.project.id),
  );
  const reviews = await closedUnits(store, query);
  const lights = new Map(projects.map(({ figures, result }) => [figures.id, result]));
  return {
    period: info,
    units: all.map((unit) => ({ unitId: unit.id, name: unit.name, mayFill: unit.mayFill })),
    mayFill: units.some((unit) => unit.mayFill),
    reviewed: units.flatMap((unit) => {
      const closed = reviews.get(unit.id);
      return closed === undefined ? [] : [{ unitId: unit.id, name: unit.name, ...closed }];
    }),
    counts: countsOf(entries),
    rows: entries.map((entry) => asSheetRow(entry, lights.get(entry.project.id) ?? { light: 'none', text: '' })),
  };
}
