import * as z from 'zod';
import { assertNever } from './assert-never.ts';
import { daysInMonth, type IsoDate, isDate, partsOf } from './date.ts';
import type { Rate } from './rate.ts';

const isoDate = z.string().refine(isDate);
const percent = z.number().min(0).max(1000);

function rises(values: readonly number[]): boolean {
  return values.every((value, index) => value >= (values[index - 1] ?? 0));
}

const curveSchema = z.discriminatedUnion('kind', [
  /** Month/12. */
  z.object({ kind: z.literal('linear') }).readonly(),
  /** Cumulative percent due by the end of each quarter, straight lines between. */
  z
    .object({ kind: z.literal('quarterly'), cumulative: z.array(percent).length(4).refine(rises).readonly() })
    .readonly(),
  /** Cumulative percent due by the end of each month, straight lines between. */
  z.object({ kind: z.literal('monthly'), cumulative: z.array(percent).length(12).refine(rises).readonly() }).readonly(),
]);

/**
 * One version of the rule for red, yellow and green lights: data with an effective date, so that an old bulletin can be
 * shown as it was made (domain facts §4, §9.4). A figure exactly on a line keeps the better colour.
 */
export const lightRuleSchema = z
  .object({
    id: z.string().min(1),
    name: z.string().min(1),
    version: z.number().int().min(1),
    effectiveFrom: isoDate,
    /** `absolute`: percentage points behind the time progress. `relative`: percent of the time progress that is done. */
    basis: z.enum(['absolute', 'relative']),
    /** Absolute: yellow when more points behind than this. Relative: yellow when less than this percent is done. */
    yellowBelow: percent,
    /** Absolute: red when more points behind than this. Relative: red when less than this percent is done. */
    redBelow: percent,
    curve: curveSchema,
    /** Smallest step of the time progress; a step counts once it has fully passed. */
    granularity: z.enum(['month', 'tenDay', 'day']),
    /** Projects with a smaller annual plan (integer yuan) get no light; null: the rule is for all. */
    minAnnualPlan: z.number().int().min(0).nullable(),
    /** This many yellow periods in a row, the present one included, make red; null: never. */
    escalateAfter: z.number().int().min(2).nullable(),
    /** Not started when the planned month has passed is yellow, and red after this many further months; null: never red. */
    startRedAfterMonths: z.number().int().min(0).nullable(),
    /** Whether investment is judged before the planned start. */
    judgeBeforeStart: z.boolean(),
    /** Whether a project that has started and is not completed by the planned day is yellow. */
    judgeCompletion: z.boolean(),
    /** A link of the promotion chain past its deadline is yellow, and red when over by more days than this; null: never red. */
    linkRedAfterDays: z.number().int().min(0).nullable(),
    /** A deadline this many days ahead or nearer is pointed out, without changing the light. */
    remindDays: z.number().int().min(0),
    /** Who grants a waiver, as the reason names it: '市政府'. */
    waiverAuthority: z.string().min(1),
  })
  .readonly()
  .refine((rule) =>
    rule.basis === 'absolute' ? rule.yellowBelow <= rule.redBelow : rule.redBelow <= rule.yellowBelow,
  );

export type LightRule = z.infer<typeof lightRuleSchema>;
export type LightCurve = LightRule['curve'];

/** Up to 10 points behind is green, up to 30 yellow, more is red (Yinchuan 2025, domain facts §4); three days' notice. */
export const DEFAULT_LIGHT_RULE: LightRule = {
  id: 'default',
  name: '序时进度亮灯规则',
  version: 1,
  effectiveFrom: '2000-01-01',
  basis: 'absolute',
  yellowBelow: 10,
  redBelow: 30,
  curve: { kind: 'linear' },
  granularity: 'tenDay',
  minAnnualPlan: null,
  escalateAfter: null,
  startRedAfterMonths: 3,
  judgeBeforeStart: false,
  judgeCompletion: true,
  linkRedAfterDays: 30,
  remindDays: 3,
  waiverAuthority: '市政府',
};

/** The rule in force on a day: the latest effective by then, the higher version on a tie; null when there is none. */
export function chooseRule(rules: readonly LightRule[], date: IsoDate): LightRule | null {
  const later = (left: LightRule, right: LightRule): boolean =>
    left.effectiveFrom === right.effectiveFrom
      ? left.version > right.version
      : left.effectiveFrom > right.effectiveFrom;
  return rules
    .filter((rule) => rule.effectiveFrom <= date)
    .reduce<LightRule | null>((best, rule) => (best === null || later(rule, best) ? rule : best), null);
}

/** Part of the month that has fully passed at the end of the day, as a fraction of integers. */
function monthPart(date: IsoDate, granularity: LightRule['granularity']): Rate {
  const { year, month, day } = partsOf(date);
  const length = daysInMonth(year, month);
  switch (granularity) {
    case 'month':
      return { numerator: day === length ? 1 : 0, denominator: 1 };
    case 'tenDay': {
      const thirds = day === length ? 3 : Math.floor(Math.min(day, 20) / 10);
      return { numerator: thirds, denominator: 3 };
    }
    case 'day':
      return { numerator: day, denominator: length };
    default:
      return assertNever(granularity);
  }
}

/** Cumulative percent due at the end of each month in hundredths of a percent, with the zero before January. */
function monthEnds(curve: LightCurve): readonly number[] {
  const hundredths = (value: number): number => Math.round(value * 100);
  switch (curve.kind) {
    case 'linear':
      // In 12ths, not hundredths of a percent: 1/12 has no finite decimals. See `timeProgress`.
      return Array.from({ length: 13 }, (_, month) => month);
    case 'quarterly': {
      const ends = [0, ...curve.cumulative.map(hundredths)];
      return Array.from({ length: 13 }, (_, month) => {
        const [before, after] = [ends[Math.floor(month / 3)] ?? 0, ends[Math.ceil(month / 3)] ?? 0];
        return before * 3 + (after - before) * (month % 3);
      });
    }
    case 'monthly':
      return [0, ...curve.cumulative.map(hundredths)];
    default:
      return assertNever(curve);
  }
}

/** What `monthEnds` gives for 100 %. */
function fullScale(curve: LightCurve): number {
  switch (curve.kind) {
    case 'linear':
      return 12;
    case 'quarterly':
      return 30_000;
    case 'monthly':
      return 10_000;
    default:
      return assertNever(curve);
  }
}

/**
 * 序时进度 at the end of a day, exact: by default month/12 with thirds of a month between (the end of 中旬 of May is
 * (4 + 2/3)/12). Ask with the last day of a period to judge that period.
 */
export function timeProgress(rule: Pick<LightRule, 'curve' | 'granularity'>, date: IsoDate): Rate {
  const { month } = partsOf(date);
  const part = monthPart(date, rule.granularity);
  const ends = monthEnds(rule.curve);
  const [before, after] = [ends[month - 1] ?? 0, ends[month] ?? 0];
  return {
    numerator: before * part.denominator + (after - before) * part.numerator,
    denominator: fullScale(rule.curve) * part.denominator,
  };
}
