import { assertNever } from './assert-never.ts';
import { formatChinese, type IsoDate, yearOf } from './date.ts';
import type { ProjectId } from './ids.ts';
import { formatMoney, LARGEST_BELIEVABLE, type MoneyUnit, sumMoney } from './money.ts';
import { formatRate, type Rate } from './rate.ts';

/** What the four rates (A4) need of a project. Amounts are integer yuan as of the date asked about. */
export interface RateProject<ProjectKey extends string = ProjectId> {
  readonly id: ProjectKey;
  readonly plannedStart: IsoDate | null;
  readonly actualStart: IsoDate | null;
  readonly plannedCompletion: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  /** 年度计划投资. */
  readonly annualPlan: number | null;
  /** 自年初累计完成投资 on the date; null when nothing was reported. */
  readonly yearToDate: number | null;
  /** 年度计划到位资金, where a scheme sets one. */
  readonly fundsPlan?: number | null;
  /** 资金到位 on the date; null when nothing was reported. */
  readonly fundsInPlace: number | null;
  readonly voided?: boolean;
}

export const RATE_KINDS = ['commencementRate', 'investmentRate', 'fundsRate', 'completionRate'] as const;
export type RateKind = (typeof RATE_KINDS)[number];

export const RATE_NAMES: Readonly<Record<RateKind, string>> = {
  commencementRate: '开工率',
  investmentRate: '投资率',
  fundsRate: '资金到位率',
  completionRate: '竣工率',
};

/** Why a project is in neither part of a rate. */
export type ExclusionReason =
  | 'voided'
  | 'noPlannedStart'
  | 'startsLater'
  | 'noAnnualPlan'
  | 'noFundsPlan'
  | 'amountOutOfRange'
  | 'noPlannedCompletion'
  | 'completesLater'
  | 'completionDueEarlier'
  | 'completedEarlier';

export const EXCLUSION_TEXT: Readonly<Record<ExclusionReason, string>> = {
  voided: '项目已作废',
  noPlannedStart: '未填计划开工日期，且未开工',
  startsLater: '未到计划开工时间',
  noAnnualPlan: '没有年度计划投资',
  noFundsPlan: '没有计划到位资金',
  amountOutOfRange: '金额明显有误（为负数或超过10万亿元），请核对单位',
  noPlannedCompletion: '未填计划竣工日期，且未竣工',
  completesLater: '未到计划竣工时间',
  completionDueEarlier: '计划竣工时间在往年',
  completedEarlier: '往年已竣工',
};

/** How a scheme counts. The defaults are those of `DEFAULT_RATE_OPTIONS`. */
export interface RateOptions {
  /**
   * 应开工 projects. `dueInYear` (default): planned to start by 31 December of the date's year. `dueByDate`: planned to
   * start by the date. In both, a project that has started counts as well.
   */
  readonly commencementBase: 'dueInYear' | 'dueByDate';
  /** What the funds in place are divided by: the annual plan (default; may exceed 100 %) or the plan for the funds. */
  readonly fundsBase: 'annualPlan' | 'fundsPlan';
  /**
   * 应竣工 projects. `plannedInYear` (default): planned to be completed in the date's year. `dueByYearEnd`: also those due in
   * earlier years and still open on 1 January. In both, one completed in the year ahead of plan counts as well.
   */
  readonly completionBase: 'plannedInYear' | 'dueByYearEnd';
  readonly unit: MoneyUnit;
  /** Decimals of the percentage. */
  readonly digits: number;
}

export const DEFAULT_RATE_OPTIONS: RateOptions = {
  commencementBase: 'dueInYear',
  fundsBase: 'annualPlan',
  completionBase: 'plannedInYear',
  unit: '万元',
  digits: 1,
};

export interface Exclusion<ProjectKey extends string = ProjectId> {
  readonly id: ProjectKey;
  readonly reason: ExclusionReason;
}

export interface RateResult<ProjectKey extends string = ProjectId> extends Rate {
  readonly kind: RateKind;
  /** Projects in the denominator, in the order given. */
  readonly includedIds: readonly ProjectKey[];
  /** Projects counted as done, for rates of projects; empty for rates of money. */
  readonly achievedIds: readonly ProjectKey[];
  readonly excluded: readonly Exclusion<ProjectKey>[];
  /** Included projects whose figure was not reported and is counted as 0. */
  readonly assumedZeroIds: readonly ProjectKey[];
  /** '投资率 = 12,300 ÷ 55,100 万元 = 22.3 %'. */
  readonly formula: string;
}

export type FourRates<ProjectKey extends string = ProjectId> = Readonly<Record<RateKind, RateResult<ProjectKey>>>;

interface Asked {
  readonly date: IsoDate;
  readonly year: number;
  readonly yearStart: IsoDate;
  readonly yearEnd: IsoDate;
  readonly options: RateOptions;
}

/** How one project enters one rate. */
type Part =
  | { readonly in: false; readonly reason: ExclusionReason }
  | { readonly in: true; readonly numerator: number; readonly denominator: number; readonly assumedZero: boolean };

const out = (reason: ExclusionReason): Part => ({ in: false, reason });
const counted = (achieved: boolean): Part => ({
  in: true,
  numerator: achieved ? 1 : 0,
  denominator: 1,
  assumedZero: false,
});

const by = (date: IsoDate | null, limit: IsoDate): boolean => date !== null && date <= limit;

function commencement(project: RateProject<string>, { date, yearEnd, options }: Asked): Part {
  if (by(project.actualStart, date)) return counted(true);
  if (project.plannedStart === null) return out('noPlannedStart');
  const limit = options.commencementBase === 'dueInYear' ? yearEnd : date;
  return project.plannedStart <= limit ? counted(false) : out('startsLater');
}

function completion(project: RateProject<string>, { date, yearStart, yearEnd, options }: Asked): Part {
  const { plannedCompletion: planned, actualCompletion: actual } = project;
  if (actual !== null && actual < yearStart) return out('completedEarlier');
  const done = by(actual, date);
  if (planned === null) return done ? counted(true) : out('noPlannedCompletion');
  if (planned < yearStart && options.completionBase === 'plannedInYear') return out('completionDueEarlier');
  return done || planned <= yearEnd ? counted(done) : out('completesLater');
}

const believable = (amount: number): boolean =>
  Number.isSafeInteger(amount) && amount >= 0 && amount <= LARGEST_BELIEVABLE;

function money(done: number | null, plan: number | null | undefined, missing: ExclusionReason): Part {
  if (plan === null || plan === undefined || plan === 0) return out(missing);
  if (!believable(plan) || !believable(done ?? 0)) return out('amountOutOfRange');
  return { in: true, numerator: done ?? 0, denominator: plan, assumedZero: done === null };
}

function partOf(kind: RateKind, project: RateProject<string>, asked: Asked): Part {
  if (project.voided === true) return out('voided');
  switch (kind) {
    case 'commencementRate':
      return commencement(project, asked);
    case 'investmentRate':
      return money(project.yearToDate, project.annualPlan, 'noAnnualPlan');
    case 'fundsRate':
      return asked.options.fundsBase === 'annualPlan'
        ? money(project.fundsInPlace, project.annualPlan, 'noAnnualPlan')
        : money(project.fundsInPlace, project.fundsPlan, 'noFundsPlan');
    case 'completionRate':
      return completion(project, asked);
    default:
      return assertNever(kind);
  }
}

const isMoneyRate = (kind: RateKind): boolean => kind === 'investmentRate' || kind === 'fundsRate';

function formulaOf(kind: RateKind, rate: Rate, { unit, digits }: RateOptions): string {
  const show = (figure: number): string =>
    isMoneyRate(kind) ? formatMoney(figure, unit, 'exact') : formatMoney(figure, '元', 0);
  const measure = isMoneyRate(kind) ? unit : '项';
  const figures = `${show(rate.numerator)} ÷ ${show(rate.denominator)} ${measure}`;
  return `${RATE_NAMES[kind]} = ${figures} = ${formatRate(rate, digits)}`;
}

function rateOf<ProjectKey extends string>(
  kind: RateKind,
  projects: readonly RateProject<ProjectKey>[],
  asked: Asked,
): RateResult<ProjectKey> {
  const includedIds: ProjectKey[] = [];
  const achievedIds: ProjectKey[] = [];
  const assumedZeroIds: ProjectKey[] = [];
  const excluded: Exclusion<ProjectKey>[] = [];
  const numerators: number[] = [];
  const denominators: number[] = [];
  for (const project of projects) {
    const part = partOf(kind, project, asked);
    if (!part.in) {
      excluded.push({ id: project.id, reason: part.reason });
      continue;
    }
    includedIds.push(project.id);
    numerators.push(part.numerator);
    denominators.push(part.denominator);
    if (part.assumedZero) assumedZeroIds.push(project.id);
    if (!isMoneyRate(kind) && part.numerator === 1) achievedIds.push(project.id);
  }
  const rate = { numerator: sumMoney(numerators), denominator: sumMoney(denominators) };
  const formula = formulaOf(kind, rate, asked.options);
  return { kind, ...rate, includedIds, achievedIds, excluded, assumedZeroIds, formula };
}

/**
 * 开工率, 投资率, 资金到位率 and 竣工率 of a set of projects on a date (A4). Sums are divided, not rates averaged. A figure
 * that was not reported counts as 0; a project without a plan is in neither part.
 * Throws RangeError for a malformed date and for sums beyond 9e15 yuan.
 */
export function fourRates<ProjectKey extends string>(
  projects: readonly RateProject<ProjectKey>[],
  date: IsoDate,
  options: Partial<RateOptions> = {},
): FourRates<ProjectKey> {
  const year = yearOf(date);
  const asked: Asked = {
    date,
    year,
    yearStart: `${year}-01-01`,
    yearEnd: `${year}-12-31`,
    options: { ...DEFAULT_RATE_OPTIONS, ...options },
  };
  return {
    commencementRate: rateOf('commencementRate', projects, asked),
    investmentRate: rateOf('investmentRate', projects, asked),
    fundsRate: rateOf('fundsRate', projects, asked),
    completionRate: rateOf('completionRate', projects, asked),
  };
}

/**
 * The four rates of each group, in order of first appearance. A project may have several keys (it may be in several
 * lists) or none.
 */
export function ratesBy<Project extends RateProject<string>, Key>(
  projects: readonly Project[],
  keysOf: (project: Project) => readonly Key[],
  date: IsoDate,
  options: Partial<RateOptions> = {},
): ReadonlyMap<Key, FourRates<Project['id']>> {
  const groups = new Map<Key, Project[]>();
  for (const project of projects) {
    for (const key of new Set(keysOf(project))) {
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [project]);
      else members.push(project);
    }
  }
  return new Map([...groups].map(([key, members]) => [key, fourRates<Project['id']>(members, date, options)]));
}

/** Definitions as printed under a table of rates, for the options in use. */
export function rateDefinitions(date: IsoDate, options: Partial<RateOptions> = {}): Readonly<Record<RateKind, string>> {
  const { commencementBase, fundsBase, completionBase } = { ...DEFAULT_RATE_OPTIONS, ...options };
  const year = yearOf(date);
  const day = formatChinese(date);
  const startBy = commencementBase === 'dueInYear' ? `${year}年底前` : `${day}前`;
  const completeBy = completionBase === 'plannedInYear' ? `计划${year}年竣工` : `计划${year}年底前竣工（含往年结转）`;
  return {
    commencementRate: `开工率＝截至${day}已开工项目数÷应开工项目数（计划${startBy}开工及已开工）`,
    investmentRate: `投资率＝截至${day}自年初累计完成投资÷年度计划投资，未报按0计`,
    fundsRate: `资金到位率＝截至${day}资金到位÷${fundsBase === 'annualPlan' ? '年度计划投资' : '计划到位资金'}，可超过100 %`,
    completionRate: `竣工率＝${year}年1月1日至${day}竣工项目数÷应竣工项目数（${completeBy}及提前竣工）`,
  };
}
