import type { Stage } from '../dictionary/entities/project.ts';
import { formatChinese, type IsoDate } from './date.ts';
import { moneyText } from './money.ts';
import { isFirstOfYear, nextPeriod, type Period, periodLabel, periodYear } from './period.ts';
import { formatRate } from './rate.ts';

export const REPORT_FIELDS = [
  'periodInvestment',
  'yearToDate',
  'sinceStart',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
] as const;
export type ReportField = (typeof REPORT_FIELDS)[number];

/** One project's figures for one period (B7). Amounts are integer yuan; null: not filled in. */
export interface ReportFigures {
  readonly period: Period;
  /** 本期完成投资. */
  readonly periodInvestment: number | null;
  /** 自年初累计. */
  readonly yearToDate: number | null;
  /** 自开工累计, where it is known. */
  readonly sinceStart?: number | null;
  readonly fundsInPlace: number | null;
  readonly visibleProgress: string | null;
  readonly problems?: string | null;
  readonly nextSteps?: string | null;
}

export interface CheckedProject {
  readonly stage: Stage | null;
  readonly totalInvestment: number | null;
  /** 年度计划投资 of the period's year. */
  readonly annualPlan: number | null;
  readonly actualStart: IsoDate | null;
}

export interface CheckContext {
  readonly project: CheckedProject;
  /** The latest report in force before this period, or null when there is none. */
  readonly previous: ReportFigures | null;
  /** 本期完成投资 of recent earlier periods of the same kind, any order; used only for plausibility. */
  readonly recentInvestments: readonly (number | null)[];
  /** Fields the office demands; default: 本期完成, 自年初累计, 形象进度. */
  readonly required?: readonly ReportField[];
}

export type FindingCode =
  | 'requiredMissing'
  | 'negative'
  | 'negativePeriod'
  | 'cumulativeFell'
  | 'cumulativeReduced'
  | 'cumulativeMismatch'
  | 'cumulativeNotRestarted'
  | 'periodAboveCumulative'
  | 'sinceStartFell'
  | 'sinceStartBelowYear'
  | 'aboveTotalInvestment'
  | 'farAboveTotalInvestment'
  | 'fundsAboveTotalInvestment'
  | 'annualPlanExceeded'
  | 'unitSuspected'
  | 'progressUnchanged'
  | 'investedBeforeStart'
  | 'investedWhileSuspended';

/** `error`: cannot be right, blocks submitting. `warn` (需核实): may be submitted with an explanation. */
export type Severity = 'error' | 'warn';

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly field: ReportField;
  /** Names the figure with its unit and the cure, in Chinese. */
  readonly text: string;
}

export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = { error: '须更正', warn: '需核实' };

const FIELD_NAMES: Readonly<Record<ReportField, string>> = {
  periodInvestment: '本期完成投资',
  yearToDate: '自年初累计',
  sinceStart: '自开工累计',
  fundsInPlace: '资金到位',
  visibleProgress: '形象进度',
  problems: '存在问题',
  nextSteps: '下步计划',
};

const DEFAULT_REQUIRED: readonly ReportField[] = ['periodInvestment', 'yearToDate', 'visibleProgress'];
/** A figure this many times what is usual is taken for a slip of the unit. */
const UNIT_JUMP = 10;
/** Share of the annual plan, in percent, beyond which the figure must be confirmed. */
const PLAN_LIMIT = 150;

const NOT_STARTED: ReadonlySet<Stage> = new Set<Stage>(['reserve', 'planned', 'signed', 'preparing']);

type Check = (report: ReportFigures, context: CheckContext) => readonly Finding[];

function finding(code: FindingCode, severity: Severity, field: ReportField, text: string): readonly Finding[] {
  return [{ code, severity, field, text }];
}

const NONE: readonly Finding[] = [];

const isBlank = (value: string | number | null | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** 上期 named by its period: '上期（2021年5月上旬）'. */
const lastTime = (previous: ReportFigures): string => `上期（${periodLabel(previous.period)}）`;

const sign = (amount: number): string => (amount > 0 ? '多' : '少');

const checkRequired: Check = (report, { required = DEFAULT_REQUIRED }) =>
  required
    .filter((field) => isBlank(report[field]))
    .flatMap((field) => finding('requiredMissing', 'error', field, `${FIELD_NAMES[field]}未填，请填写。`));

const checkNegative: Check = (report) => {
  const fields = ['yearToDate', 'sinceStart', 'fundsInPlace'] as const;
  const impossible = fields.flatMap((field) => {
    const amount = report[field] ?? 0;
    if (amount >= 0) return NONE;
    return finding('negative', 'error', field, `${FIELD_NAMES[field]} ${moneyText(amount)}为负数，请更正。`);
  });
  const period = report.periodInvestment ?? 0;
  if (period >= 0) return impossible;
  const text = `本期完成投资 ${moneyText(period)}为负数。如系核减往期数，请说明原因；否则请更正。`;
  return [...impossible, ...finding('negativePeriod', 'warn', 'periodInvestment', text)];
};

/** 自年初累计 in a year's first period begins anew and equals 本期完成. */
function checkRestart(
  report: ReportFigures,
  period: number,
  total: number,
  previous: ReportFigures | null,
): readonly Finding[] {
  if (total === period) return NONE;
  const year = periodYear(report.period);
  const carried = previous?.yearToDate ?? null;
  if (carried !== null && carried !== 0 && total === carried + period) {
    const text = `自年初累计 ${moneyText(total)}仍接着上年的 ${moneyText(carried)}累加；${year}年从零起算，本期应为 ${moneyText(period)}。`;
    return finding('cumulativeNotRestarted', 'error', 'yearToDate', text);
  }
  const gap = total - period;
  const text =
    `本期是${year}年第一期，自年初累计应等于本期完成投资 ${moneyText(period)}，` +
    `现为 ${moneyText(total)}，${sign(gap)} ${moneyText(Math.abs(gap))}。请核对这两个数。`;
  return finding('cumulativeMismatch', 'error', 'yearToDate', text);
}

/** A later period of the same year against the report before, which may lie several periods back. */
function checkContinuation(
  report: ReportFigures,
  period: number | null,
  total: number,
  previous: ReportFigures,
  before: number,
): readonly Finding[] {
  const adjacent = nextPeriod(previous.period).key === report.period.key;
  const expected = period === null ? null : before + period;
  if (total < before) {
    const fall = `自年初累计 ${moneyText(total)}，比${lastTime(previous)}的 ${moneyText(before)}少 ${moneyText(before - total)}`;
    if (adjacent && period !== null && period < 0 && total === expected) {
      return finding('cumulativeReduced', 'warn', 'yearToDate', `${fall}，与本期核减数一致。请说明核减原因。`);
    }
    const cure = '累计数不应减少，请更正；如上期报错，请先更正上期。';
    return finding('cumulativeFell', 'error', 'yearToDate', `${fall}。${cure}`);
  }
  if (period === null || expected === null || total === expected) return NONE;
  const gap = total - expected;
  const sum = `${lastTime(previous)}累计 ${moneyText(before)}＋本期完成 ${moneyText(period)}＝${moneyText(expected)}`;
  const found = `自年初累计 ${moneyText(total)}，${sign(gap)} ${moneyText(Math.abs(gap))}`;
  if (adjacent) {
    return finding('cumulativeMismatch', 'error', 'yearToDate', `${sum}，${found}。请核对本期完成和自年初累计。`);
  }
  if (gap > 0) return NONE;
  return finding('cumulativeMismatch', 'warn', 'yearToDate', `${sum}，${found}；其间还有未报的期次。请核实。`);
}

const checkCumulative: Check = (report, { previous }) => {
  const { periodInvestment: period, yearToDate: total } = report;
  if (total === null) return NONE;
  if (isFirstOfYear(report.period)) return period === null ? NONE : checkRestart(report, period, total, previous);
  const sameYear = previous !== null && periodYear(previous.period) === periodYear(report.period);
  const before = sameYear ? previous.yearToDate : null;
  if (sameYear && before !== null) return checkContinuation(report, period, total, previous, before);
  if (period === null || total >= period) return NONE;
  const text = `自年初累计 ${moneyText(total)}，小于本期完成投资 ${moneyText(period)}。请核对这两个数。`;
  return finding('periodAboveCumulative', 'error', 'yearToDate', text);
};

const checkSinceStart: Check = (report, { previous }) => {
  const total = report.sinceStart ?? null;
  if (total === null) return NONE;
  const before = previous?.sinceStart ?? null;
  const reduced = (report.periodInvestment ?? 0) < 0;
  const fell =
    previous !== null && before !== null && total < before && !reduced
      ? finding(
          'sinceStartFell',
          'error',
          'sinceStart',
          `自开工累计 ${moneyText(total)}，比${lastTime(previous)}的 ${moneyText(before)}少 ${moneyText(before - total)}。累计数不应减少，请更正。`,
        )
      : NONE;
  if (report.yearToDate === null || total >= report.yearToDate) return fell;
  const text = `自开工累计 ${moneyText(total)}，小于自年初累计 ${moneyText(report.yearToDate)}。请核对这两个数。`;
  return [...fell, ...finding('sinceStartBelowYear', 'error', 'sinceStart', text)];
};

const checkTotalInvestment: Check = (report, { project }) => {
  const whole = project.totalInvestment;
  if (whole === null || whole <= 0) return NONE;
  const done = (['yearToDate', 'sinceStart'] as const).flatMap((field) => {
    const amount = report[field] ?? 0;
    const name = `${FIELD_NAMES[field]} ${moneyText(amount)}`;
    if (amount >= whole * UNIT_JUMP) {
      const text = `${name}，达到总投资 ${moneyText(whole)}的十倍以上，单位必有一处填错，请更正。`;
      return finding('farAboveTotalInvestment', 'error', field, text);
    }
    if (amount <= whole) return NONE;
    const text = `${name}，超过总投资 ${moneyText(whole)}。请核对单位；如总投资已调整，请先更正总投资。`;
    return finding('aboveTotalInvestment', 'warn', field, text);
  });
  const funds = report.fundsInPlace ?? 0;
  if (funds <= whole) return done;
  const text = `资金到位 ${moneyText(funds)}，超过总投资 ${moneyText(whole)}。请核对单位和口径。`;
  return [...done, ...finding('fundsAboveTotalInvestment', 'warn', 'fundsInPlace', text)];
};

const checkAnnualPlan: Check = ({ yearToDate }, { project: { annualPlan } }) => {
  if (annualPlan === null || annualPlan <= 0 || yearToDate === null) return NONE;
  if (yearToDate * 100 <= annualPlan * PLAN_LIMIT) return NONE;
  const share = formatRate({ numerator: yearToDate, denominator: annualPlan });
  const text = `自年初累计 ${moneyText(yearToDate)}，为年度计划 ${moneyText(annualPlan)}的 ${share}，超过 ${PLAN_LIMIT} %。请核对单位。`;
  return finding('annualPlanExceeded', 'warn', 'yearToDate', text);
};

const checkUnit: Check = ({ periodInvestment: period }, { previous, recentInvestments }) => {
  if (period === null || period <= 0) return NONE;
  const slip = '疑似单位填错（元、万元、亿元），请核实。';
  const last = previous?.periodInvestment ?? 0;
  if (last > 0 && period >= last * UNIT_JUMP) {
    const times = (period / last).toFixed(1);
    const text = `本期完成投资 ${moneyText(period)}，是上期 ${moneyText(last)}的 ${times} 倍，${slip}`;
    return finding('unitSuspected', 'warn', 'periodInvestment', text);
  }
  const usual = recentInvestments.filter((amount) => amount !== null && amount > 0) as readonly number[];
  if (usual.length === 0) return NONE;
  const mean = usual.reduce((sum, amount) => sum + amount / usual.length, 0);
  if (period < mean * UNIT_JUMP) return NONE;
  const meanText = moneyText(Math.round(mean / 10_000) === 0 ? Math.round(mean) : Math.round(mean / 10_000) * 10_000);
  const text = `本期完成投资 ${moneyText(period)}，是前${usual.length}期平均 ${meanText}的 ${(period / mean).toFixed(1)} 倍，${slip}`;
  return finding('unitSuspected', 'warn', 'periodInvestment', text);
};

/** Words alone: spaces and punctuation do not make a report new. */
const words = (text: string | null): string => (text ?? '').normalize('NFKC').replace(/[\s\p{P}]/gu, '');

const checkProgress: Check = (report, { previous }) => {
  const period = report.periodInvestment ?? 0;
  const now = words(report.visibleProgress);
  if (previous === null || period <= 0 || now === '' || now !== words(previous.visibleProgress)) return NONE;
  const text = `形象进度与${lastTime(previous)}相同，而本期完成投资 ${moneyText(period)}。请写明本期进展。`;
  return finding('progressUnchanged', 'warn', 'visibleProgress', text);
};

const checkStage: Check = (report, { project }) => {
  const period = report.periodInvestment ?? 0;
  const { actualStart, stage } = project;
  if (period <= 0) return NONE;
  const invested = `本期完成投资 ${moneyText(period)}`;
  if (stage === 'suspended') {
    const text = `项目停工，而${invested}。如已复工，请先更正建设阶段；否则请核实。`;
    return finding('investedWhileSuspended', 'warn', 'periodInvestment', text);
  }
  if (actualStart !== null && actualStart > report.period.end) {
    const text = `实际开工日期为${formatChinese(actualStart)}，而此前${invested}。请核对开工日期；开工前的平整场地不计投资。`;
    return finding('investedBeforeStart', 'warn', 'periodInvestment', text);
  }
  if (stage === null || !NOT_STARTED.has(stage) || actualStart !== null) return NONE;
  const text = `项目尚未开工，而${invested}。如已开工，请先填实际开工日期；开工前的平整场地不计投资。`;
  return finding('investedBeforeStart', 'warn', 'periodInvestment', text);
};

const CHECKS: readonly Check[] = [
  checkRequired,
  checkNegative,
  checkCumulative,
  checkSinceStart,
  checkTotalInvestment,
  checkAnnualPlan,
  checkUnit,
  checkProgress,
  checkStage,
];

/** Everything doubtful in one project's report (B7, C14), errors first. An empty list: nothing to remark. */
export function checkReport(report: ReportFigures, context: CheckContext): readonly Finding[] {
  const findings = CHECKS.flatMap((check) => check(report, context));
  return [
    ...findings.filter((item) => item.severity === 'error'),
    ...findings.filter((item) => item.severity === 'warn'),
  ];
}

/** Whether the report may be submitted: no errors, and an explanation where something needs to be confirmed. */
export function maySubmit(findings: readonly Finding[], explanation: string | null): boolean {
  if (findings.some((item) => item.severity === 'error')) return false;
  return findings.length === 0 || !isBlank(explanation);
}
