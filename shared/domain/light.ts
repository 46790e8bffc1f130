import type { Stage } from '../dictionary/entities/project.ts';
import { assertNever } from './assert-never.ts';
import { addDays, addMonths, daysBetween, formatChinese, type IsoDate, lastDayOfMonth, partsOf } from './date.ts';
import { type LightRule, timeProgress } from './light-rule.ts';
import { moneyText } from './money.ts';
import {
  compareDifference,
  compareShare,
  differenceInPoints,
  formatPoints,
  formatRate,
  type Rate,
  ratioOf,
} from './rate.ts';

/** `none`: the rule does not apply (不适用). */
export type Light = 'green' | 'yellow' | 'red' | 'none';

export const LIGHT_NAMES: Readonly<Record<Light, string>> = {
  green: '绿灯',
  yellow: '黄灯',
  red: '红灯',
  none: '不适用',
};

const LIGHT_MARKS: Readonly<Record<Light, string>> = { green: '●', yellow: '▲', red: '■', none: '○' };

/** '■ 红灯': a sign and a word, for paper and plain text, where colour may be missing. */
export const lightMark = (light: Light): string => `${LIGHT_MARKS[light]} ${LIGHT_NAMES[light]}`;

/** An unfinished link of the promotion chain that has a deadline. */
export interface OpenLink {
  readonly name: string;
  readonly deadline: IsoDate;
}

/** What a light is judged by, all as of one day. Amounts are integer yuan. */
export interface LightFigures {
  readonly stage: Stage | null;
  readonly annualPlan: number | null;
  /** 自年初累计完成投资; null when nothing was reported, counted as 0. */
  readonly yearToDate: number | null;
  readonly plannedStart: IsoDate | null;
  readonly actualStart: IsoDate | null;
  readonly plannedCompletion: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  /** Unfinished links, overdue or not yet due. */
  readonly openLinks: readonly OpenLink[];
  /** `ownLight` of the periods before, oldest first, the last one being the period just before. */
  readonly previousLights?: readonly Light[];
}

/** 免责: a good reason, accepted; holds through `until`. */
export interface Waiver {
  readonly until: IsoDate;
  readonly cause: string | null;
}

/** Why a light is what it is, with the figures it was judged by; `light` is what this reason alone asks for. */
export type LightReason =
  | {
      readonly code: 'behindSchedule' | 'aheadOrOnSchedule';
      readonly light: Light;
      readonly due: Rate;
      readonly done: Rate;
      /** Points behind, negative when ahead; rounded once, to one decimal. */
      readonly pointsBehind: number;
      /** Share of the due progress that is done, in percent, where the rule judges by it. */
      readonly shareDone: number | null;
    }
  | { readonly code: 'notReported'; readonly light: 'none' }
  | {
      readonly code: 'shouldHaveStarted';
      readonly light: 'yellow' | 'red';
      readonly plannedStart: IsoDate;
      /** Days since the last day of the planned month. */
      readonly daysLate: number;
    }
  | { readonly code: 'notYetDue'; readonly light: 'none'; readonly plannedStart: IsoDate }
  | { readonly code: 'suspended'; readonly light: 'red' }
  | { readonly code: 'completed'; readonly light: 'green'; readonly on: IsoDate | null }
  | { readonly code: 'noPlan'; readonly light: 'none' }
  | { readonly code: 'belowThreshold'; readonly light: 'none'; readonly annualPlan: number; readonly least: number }
  | {
      readonly code: 'linkOverdue';
      readonly light: 'yellow' | 'red';
      readonly name: string;
      readonly deadline: IsoDate;
      readonly daysLate: number;
    }
  | {
      readonly code: 'linkDueSoon';
      readonly light: 'none';
      readonly name: string;
      readonly deadline: IsoDate;
      readonly daysLeft: number;
    }
  | {
      readonly code: 'completionOverdue';
      readonly light: 'yellow';
      readonly plannedCompletion: IsoDate;
      readonly daysLate: number;
    }
  | { readonly code: 'escalated'; readonly light: 'red'; readonly periods: number }
  | {
      readonly code: 'waived';
      readonly light: 'green';
      readonly authority: string;
      readonly until: IsoDate;
      readonly cause: string | null;
    };

export type LightReasonCode = LightReason['code'];

export interface LightResult {
  readonly light: Light;
  /** Before escalation and after waiver: what to hand on in `previousLights`. */
  readonly ownLight: Light;
  /** What would be shown without the waiver. */
  readonly lightWithoutWaiver: Light;
  readonly reasons: readonly LightReason[];
  /** The reasons in words, parted by '；'. */
  readonly text: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
}

const SEVERITY: Readonly<Record<Light, number>> = { none: 0, green: 1, yellow: 2, red: 3 };

function worst(lights: readonly Light[]): Light {
  return lights.reduce<Light>((worse, light) => (SEVERITY[light] > SEVERITY[worse] ? light : worse), 'none');
}

function scheduleText(reason: Extract<LightReason, { code: 'behindSchedule' | 'aheadOrOnSchedule' }>): string {
  const { due, done, pointsBehind, shareDone } = reason;
  const head = `序时进度 ${formatRate(due)}，完成 ${formatRate(done)}`;
  const share = shareDone === null ? '' : `，为序时进度的 ${shareDone.toFixed(1)} %`;
  if (pointsBehind === 0) {
    return `${head}，${reason.code === 'behindSchedule' ? '差不足 0.1 个百分点' : '与序时进度持平'}${share}`;
  }
  return pointsBehind > 0
    ? `${head}，差 ${formatPoints(due, done)} 个百分点${share}`
    : `${head}，超 ${formatPoints(done, due)} 个百分点${share}`;
}

/** A reason in the field's words. */
export function lightReasonText(reason: LightReason): string {
  switch (reason.code) {
    case 'behindSchedule':
    case 'aheadOrOnSchedule':
      return scheduleText(reason);
    case 'notReported':
      return '未报完成投资，按 0 计';
    case 'shouldHaveStarted': {
      const { year, month } = partsOf(reason.plannedStart);
      return `计划${year}年${month}月开工，至今未开工，逾期${reason.daysLate}天`;
    }
    case 'notYetDue': {
      const { year, month } = partsOf(reason.plannedStart);
      return `计划${year}年${month}月开工，未到开工时间`;
    }
    case 'suspended':
      return '项目停工';
    case 'completed':
      return reason.on === null ? '项目已竣工' : `项目已于${formatChinese(reason.on)}竣工`;
    case 'noPlan':
      return '没有年度计划投资，进度不适用';
    case 'belowThreshold':
      return `年度计划投资 ${moneyText(reason.annualPlan)}，未达 ${moneyText(reason.least)}，不适用`;
    case 'linkOverdue':
      return `环节“${reason.name}”逾期${reason.daysLate}天`;
    case 'linkDueSoon':
      return reason.daysLeft === 0
        ? `环节“${reason.name}”今天到期`
        : `环节“${reason.name}”还有${reason.daysLeft}天到期`;
    case 'completionOverdue':
      return `计划${formatChinese(reason.plannedCompletion)}竣工，至今未竣工，逾期${reason.daysLate}天`;
    case 'escalated':
      return `连续${reason.periods}期黄灯，升为红灯`;
    case 'waived':
      return `经${reason.authority}同意免责至${formatChinese(reason.until)}${reason.cause === null ? '' : `（${reason.cause}）`}`;
    default:
      return assertNever(reason);
  }
}

function hasStarted(figures: LightFigures, date: IsoDate): boolean {
  if (figures.actualStart !== null) return figures.actualStart <= date;
  return figures.stage === 'started' || figures.stage === 'building' || figures.stage === 'resumed';
}

function isCompleted(figures: LightFigures, date: IsoDate): boolean {
  if (figures.actualCompletion !== null) return figures.actualCompletion <= date;
  return figures.stage === 'completed' || figures.stage === 'inProduction';
}

function scheduleLight(rule: LightRule, due: Rate, done: Rate): Light {
  const passes = (line: number): boolean =>
    rule.basis === 'absolute' ? compareDifference(due, done, line) === 1 : compareShare(done, due, line) === -1;
  if (passes(rule.redBelow)) return 'red';
  return passes(rule.yellowBelow) ? 'yellow' : 'green';
}

function scheduleReasons(rule: LightRule, figures: LightFigures, date: IsoDate): readonly LightReason[] {
  const { annualPlan, yearToDate, plannedStart } = figures;
  if (annualPlan === null || annualPlan <= 0) return [{ code: 'noPlan', light: 'none' }];
  if (!rule.judgeBeforeStart && plannedStart !== null && plannedStart > date && !hasStarted(figures, date)) {
    return [{ code: 'notYetDue', light: 'none', plannedStart }];
  }
  const due = timeProgress(rule, date);
  const done: Rate = { numerator: yearToDate ?? 0, denominator: annualPlan };
  const share = rule.basis === 'relative' ? ratioOf(done, due) : null;
  const schedule: LightReason = {
    code: compareDifference(due, done, 0) === 1 ? 'behindSchedule' : 'aheadOrOnSchedule',
    light: scheduleLight(rule, due, done),
    due,
    done,
    pointsBehind: differenceInPoints(due, done) ?? 0,
    shareDone: share === null ? null : share * 100,
  };
  return yearToDate === null ? [schedule, { code: 'notReported', light: 'none' }] : [schedule];
}

/** Late from the first day after the planned month: the field plans starts by month. */
function startReasons(rule: LightRule, figures: LightFigures, date: IsoDate): readonly LightReason[] {
  const { plannedStart } = figures;
  if (plannedStart === null || hasStarted(figures, date)) return [];
  const due = lastDayOfMonth(plannedStart);
  const daysLate = daysBetween(due, date);
  if (daysLate <= 0) return [];
  const months = rule.startRedAfterMonths;
  const red = months !== null && date > lastDayOfMonth(addMonths(plannedStart, months));
  return [{ code: 'shouldHaveStarted', light: red ? 'red' : 'yellow', plannedStart, daysLate }];
}

function completionReasons(rule: LightRule, figures: LightFigures, date: IsoDate): readonly LightReason[] {
  const { plannedCompletion } = figures;
  if (!rule.judgeCompletion || plannedCompletion === null || !hasStarted(figures, date)) return [];
  const daysLate = daysBetween(plannedCompletion, date);
  return daysLate > 0 ? [{ code: 'completionOverdue', light: 'yellow', plannedCompletion, daysLate }] : [];
}

function linkReasons(rule: LightRule, links: readonly OpenLink[], date: IsoDate): readonly LightReason[] {
  const soon = addDays(date, rule.remindDays);
  return [...links]
    .filter((link) => link.deadline <= soon)
    .sort((left, right) => (left.deadline < right.deadline ? -1 : 1))
    .map(({ name, deadline }): LightReason => {
      const daysLate = daysBetween(deadline, date);
      if (daysLate <= 0) return { code: 'linkDueSoon', light: 'none', name, deadline, daysLeft: -daysLate };
      const red = rule.linkRedAfterDays !== null && daysLate > rule.linkRedAfterDays;
      return { code: 'linkOverdue', light: red ? 'red' : 'yellow', name, deadline, daysLate };
    });
}

/** Every reason that speaks about the project on its own, before waiver and escalation. */
function ownReasons(rule: LightRule, figures: LightFigures, date: IsoDate): readonly LightReason[] {
  if (isCompleted(figures, date)) return [{ code: 'completed', light: 'green', on: figures.actualCompletion }];
  const { annualPlan } = figures;
  if (rule.minAnnualPlan !== null && annualPlan !== null && annualPlan > 0 && annualPlan < rule.minAnnualPlan) {
    return [{ code: 'belowThreshold', light: 'none', annualPlan, least: rule.minAnnualPlan }];
  }
  const suspended: readonly LightReason[] = figures.stage === 'suspended' ? [{ code: 'suspended', light: 'red' }] : [];
  return [
    ...suspended,
    ...scheduleReasons(rule, figures, date),
    ...(suspended.length > 0 ? [] : startReasons(rule, figures, date)),
    ...completionReasons(rule, figures, date),
    ...linkReasons(rule, figures.openLinks, date),
  ];
}

/** Yellow periods in a row up to now. */
function yellowRun(previous: readonly Light[], now: Light): number {
  const newestFirst = [now, ...[...previous].reverse()];
  const firstOther = newestFirst.findIndex((light) => light !== 'yellow');
  return firstOther === -1 ? newestFirst.length : firstOther;
}

function escalate(rule: LightRule, figures: LightFigures, own: Light): LightReason | null {
  const periods = yellowRun(figures.previousLights ?? [], own);
  return rule.escalateAfter !== null && own === 'yellow' && periods >= rule.escalateAfter
    ? { code: 'escalated', light: 'red', periods }
    : null;
}

/**
 * The light of one project at the end of a day under one version of the rule (C12; domain facts §4).
 * The worst reason decides. A waiver in force turns yellow and red to green and keeps the reasons; waived periods do not
 * count towards escalation. Throws RangeError for malformed dates.
 */
export function lightOf(
  rule: LightRule,
  figures: LightFigures,
  date: IsoDate,
  waiver: Waiver | null = null,
): LightResult {
  const reasons = ownReasons(rule, figures, date);
  const judged = worst(reasons.map((reason) => reason.light));
  const escalation = escalate(rule, figures, judged);
  const lightWithoutWaiver = escalation?.light ?? judged;
  const bad = lightWithoutWaiver === 'yellow' || lightWithoutWaiver === 'red';
  const waived: LightReason | null =
    waiver !== null && bad && date <= waiver.until
      ? { code: 'waived', light: 'green', authority: rule.waiverAuthority, until: waiver.until, cause: waiver.cause }
      : null;
  const all = [waived, ...reasons, escalation].filter((reason) => reason !== null);
  return {
    light: waived?.light ?? lightWithoutWaiver,
    ownLight: waived?.light ?? judged,
    lightWithoutWaiver,
    reasons: all,
    text: all.map(lightReasonText).join('；'),
    ruleId: rule.id,
    ruleVersion: rule.version,
  };
}
