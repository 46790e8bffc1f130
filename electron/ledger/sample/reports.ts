import { type Cadence, dueInstant } from '../../../shared/domain/cadence.ts';
import { daysBetween, monthOf } from '../../../shared/domain/date.ts';
import { type Period, periodsBetween, periodYear } from '../../../shared/domain/period.ts';
import type { Change } from '../store/commit.ts';
import type { SampleUnit } from './organisation.ts';
import type { SampleProject } from './project.ts';
import { fraction, type IdMaker } from './random.ts';
import { NEXT_STEP_PROBLEM, NEXT_STEPS, NEXT_STEPS_BEFORE, PROBLEMS, PROGRESS, SUSPENDED_PROGRESS } from './words.ts';

const WAN = 10_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** How much of the works a ten-day period of each month takes in the north: little in winter. */
const SEASON = [0.35, 0.3, 0.6, 1.1, 1.5, 1.6, 1.6, 1.6, 1.5, 1.3, 0.8, 0.5];

/** A project with the running shares of the year at hand. */
interface Course {
  readonly project: SampleProject;
  year: number;
  /** Share of the year's investment that is done at the end of each period, 0 to 1. */
  shares: Float64Array;
  amount: number;
  /** Investment before the year. */
  before: number;
}

export interface ReportOptions {
  readonly seed: number;
  /** Ten-day periods in order; the last is the latest reported one. */
  readonly periods: readonly Period[];
  readonly cadence: Cadence;
  readonly units: readonly SampleUnit[];
  readonly idOf: IdMaker;
}

/** All reports of one period: first the submissions of the units, in the order they came in. */
export interface PeriodReports {
  readonly period: Period;
  /** UTC ms just after the last submission came in. */
  readonly at: number;
  readonly changes: readonly Change[];
}

const startCourse = (project: SampleProject): Course => ({
  project,
  year: 0,
  shares: new Float64Array(0),
  amount: 0,
  before: 0,
});

function enterYear(course: Course, year: number, options: ReportOptions): void {
  const { project } = course;
  const last = options.periods[options.periods.length - 1];
  const all = periodsBetween('tenDay', `${year}-01-01`, `${year}-12-31`);
  const shares = new Float64Array(all.length);
  let sum = 0;
  for (const [index, period] of all.entries()) {
    const active =
      project.actualStart !== null &&
      project.actualStart <= period.end &&
      (project.until === null || project.until >= period.start) &&
      (last === undefined || period.end <= last.end);
    if (active) {
      const season = SEASON[monthOf(period.start) - 1] ?? 1;
      sum += season * (0.75 + 0.5 * fraction(options.seed, project.index, year, index));
    }
    shares[index] = sum;
  }
  if (sum > 0) for (let index = 0; index < shares.length; index += 1) shares[index] = (shares[index] ?? 0) / sum;
  course.year = year;
  course.shares = shares;
  course.amount = sum > 0 ? (project.byYear.get(year) ?? 0) : 0;
  course.before = [...project.byYear].reduce((total, [each, amount]) => (each < year ? total + amount : total), 0);
}

function placeInYear(period: Period): number {
  return (monthOf(period.start) - 1) * 3 + Number(period.key.slice(-1)) - 1;
}

/** Figures in whole 万元, so that the periods add up to the year. */
function figuresOf(course: Course, place: number): { readonly period: number; readonly year: number } {
  const until = (index: number): number =>
    index < 0 ? 0 : Math.round((course.amount * (course.shares[index] ?? 0)) / WAN) * WAN;
  const year = until(place);
  return { period: year - until(place - 1), year };
}

function turn<T>(items: readonly T[], n: number): T | undefined {
  return items[n % items.length];
}

function phrasesOf(kind: keyof typeof PROGRESS, percent: number): readonly string[] {
  return PROGRESS[kind].find(([limit]) => percent < limit)?.[1] ?? [];
}

/** How far the preparations are, 0 to 100: all done when the works are to start, a year long. */
function nearness(project: SampleProject, period: Period): number {
  const start = project.actualStart ?? project.plannedStart;
  if (start === null) return 0;
  const late = project.actualStart === null ? 40 : 0;
  return Math.min(100 - late, Math.max(0, 100 - daysBetween(period.end, start) / 3.65));
}

function progressOf(course: Course, period: Period, place: number, yearToDate: number): string {
  const { project } = course;
  const n = place + project.index;
  if (project.actualStart === null || project.actualStart > period.end) {
    return `${turn(phrasesOf('before', nearness(project, period)), n) ?? ''}。`;
  }
  if (project.profile === 'suspended' && project.until !== null && project.until < period.start) {
    return `${turn(SUSPENDED_PROGRESS, n) ?? ''}。`;
  }
  const finished = project.profile !== 'suspended' && project.until !== null && project.until <= period.end;
  const percent = finished ? 100 : Math.min(99, ((course.before + yearToDate) / project.totalInvestment) * 100);
  return `${turn(phrasesOf(project.works, percent), n) ?? ''}，累计完成工程量的${Math.floor(percent)}%。`;
}

/** Share of reports that name a problem. */
function troubled(project: SampleProject): number {
  switch (project.profile) {
    case 'red':
    case 'lateRed':
    case 'suspended':
      return 0.8;
    case 'yellow':
    case 'lateYellow':
      return 0.45;
    default:
      return 0.04;
  }
}

function reportOf(
  course: Course,
  period: Period,
  place: number,
  submissionId: string,
  options: ReportOptions,
): Change['set'] {
  const { project } = course;
  const { seed } = options;
  const chance = fraction(seed, project.index, placeKey(period), 3);
  const figures = figuresOf(course, place);
  const funds = Math.round((figures.year * (0.92 + 0.3 * fraction(seed, project.index, 5))) / WAN) * WAN;
  const problem = chance < troubled(project);
  const hasStarted = project.actualStart !== null && project.actualStart <= period.end;
  const steps = hasStarted ? NEXT_STEPS : NEXT_STEPS_BEFORE;
  return {
    projectId: project.id,
    submissionId,
    kind: 'tenDay',
    period: period.key,
    periodInvestment: figures.period,
    yearToDate: figures.year,
    fundsInPlace: Math.min(funds, project.totalInvestment),
    visibleProgress: progressOf(course, period, place, figures.year),
    ...(problem ? { problems: turn(PROBLEMS, project.index + Math.floor(placeKey(period) / 4)) ?? '' } : {}),
    nextSteps: problem ? NEXT_STEP_PROBLEM : (turn(steps, project.index + place) ?? ''),
  };
}

function placeKey(period: Period): number {
  return periodYear(period) * 36 + placeInYear(period);
}

/** Mostly in the working hours before the deadline, now and then up to two days late (D6). */
function submittedAt(unit: number, period: Period, options: ReportOptions): number {
  const due = dueInstant(period, options.cadence) - 59_999;
  const draw = fraction(options.seed, unit, placeKey(period), 11);
  const spread = fraction(options.seed, unit, placeKey(period), 12);
  if (draw < 0.06) return due + Math.round(spread * 46 * 60 + 20) * MINUTE;
  const daysBefore = draw < 0.35 ? 1 : 0;
  return due - daysBefore * 24 * HOUR - Math.round(spread * 7.5 * 60 + 5) * MINUTE;
}

function reportsIn(project: SampleProject, period: Period): boolean {
  return project.reports && (project.reportsUntil === null || project.reportsUntil >= period.start);
}

/** Period after period, so that time and ids rise together; holds the projects and one period's reports at a time. */
export function* reportsOf(projects: readonly SampleProject[], options: ReportOptions): Generator<PeriodReports> {
  const byUnit = options.units.map((unit, index) => ({
    unit,
    index,
    courses: projects.filter((project) => project.unit === unit).map(startCourse),
  }));
  for (const period of options.periods) {
    const year = periodYear(period);
    const place = placeInYear(period);
    const submissions: Change[] = [];
    const reports: Change[] = [];
    const incoming = byUnit
      .map((each) => ({ ...each, at: submittedAt(each.index, period, options) }))
      .sort((left, right) => left.at - right.at || left.index - right.index);
    for (const { unit, courses, at } of incoming) {
      const due = courses.filter(({ project }) => reportsIn(project, period));
      if (due.length === 0) continue;
      const submissionId = options.idOf(at);
      submissions.push({
        entity: 'submission',
        id: submissionId,
        set: {
          unitId: unit.id,
          kind: 'tenDay',
          period: period.key,
          submittedAt: at,
          operator: unit.operator,
          count: due.length,
          expected: due.length,
        },
      });
      for (const course of due) {
        if (course.year !== year) enterYear(course, year, options);
        reports.push({
          entity: 'report',
          id: options.idOf(at),
          set: reportOf(course, period, place, submissionId, options),
        });
      }
    }
    const lastAt = incoming[incoming.length - 1]?.at ?? dueInstant(period, options.cadence);
    yield { period, at: lastAt + 5 * MINUTE, changes: [...submissions, ...reports] };
  }
}
