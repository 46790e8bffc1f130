import { assertNever } from './assert-never.ts';
import { addDays, dateOf, daysInMonth, type IsoDate, isDate, isoWeekday, partsOf } from './date.ts';
import type { Brand } from './ids.ts';

export const PERIOD_KINDS = ['day', 'week', 'tenDay', 'halfMonth', 'month', 'quarter', 'halfYear', 'year'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/**
 * Text of a period as stored: day '2021-05-11', ISO week '2021-W19', tenDay '2021-05-2', halfMonth '2021-05-H1',
 * month '2021-05', quarter '2021-Q2', halfYear '2021-H1', year '2021'. Within one kind, text order is time order.
 */
export type PeriodKey = Brand<string, 'PeriodKey'>;

/** A calendar period. `start` and `end` are its first and last day, both inside. Made only by this module. */
export type Period = Brand<
  { readonly kind: PeriodKind; readonly key: PeriodKey; readonly start: IsoDate; readonly end: IsoDate },
  'Period'
>;

const KIND_NAMES: Readonly<Record<PeriodKind, string>> = {
  day: '日报',
  week: '周报',
  tenDay: '旬报',
  halfMonth: '半月报',
  month: '月报',
  quarter: '季报',
  halfYear: '半年报',
  year: '年报',
};

const SHAPES: readonly (readonly [PeriodKind, RegExp])[] = [
  ['day', /^\d{4}-\d{2}-\d{2}$/],
  ['week', /^\d{4}-W\d{2}$/],
  ['tenDay', /^\d{4}-\d{2}-[123]$/],
  ['halfMonth', /^\d{4}-\d{2}-H[12]$/],
  ['month', /^\d{4}-\d{2}$/],
  ['quarter', /^\d{4}-Q[1-4]$/],
  ['halfYear', /^\d{4}-H[12]$/],
  ['year', /^\d{4}$/],
];

/** Years a key may name; one inside those of `isDate`, as a week can reach into the next year. */
const FIRST_YEAR = 1801;
const LAST_YEAR = 2997;

const THIRDS = ['上旬', '中旬', '下旬'] as const;
const QUARTERS = ['一', '二', '三', '四'] as const;

/** Name of the report of such periods, such as '旬报'. */
export function reportName(kind: PeriodKind): string {
  return KIND_NAMES[kind];
}

function make(kind: PeriodKind, key: string, start: IsoDate, end: IsoDate): Period {
  return { kind, key: key as PeriodKey, start, end } as Period;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function monthsSpan(year: number, first: number, last: number): readonly [IsoDate, IsoDate] {
  return [dateOf(year, first, 1), dateOf(year, last, daysInMonth(year, last))];
}

function weekOf(date: IsoDate): Period {
  const monday = addDays(date, 1 - isoWeekday(date));
  const thursday = partsOf(addDays(monday, 3));
  const monthsBefore = Array.from({ length: thursday.month - 1 }, (_, index) => daysInMonth(thursday.year, index + 1));
  const dayOfYear = monthsBefore.reduce((sum, days) => sum + days, thursday.day);
  return make('week', `${thursday.year}-W${pad(Math.ceil(dayOfYear / 7))}`, monday, addDays(monday, 6));
}

/** Which third of the month a day falls in: 1 上旬 (1–10), 2 中旬 (11–20), 3 下旬 (21–end). */
export function thirdOf(date: IsoDate): 1 | 2 | 3 {
  const { day } = partsOf(date);
  if (day <= 10) return 1;
  return day <= 20 ? 2 : 3;
}

/** The period of a kind that holds a day. A week belongs to the year of its Thursday (ISO 8601). */
export function periodOf(kind: PeriodKind, date: IsoDate): Period {
  const { year, month, day } = partsOf(date);
  const monthKey = `${year}-${pad(month)}`;
  switch (kind) {
    case 'day':
      return make(kind, date, date, date);
    case 'week':
      return weekOf(date);
    case 'tenDay': {
      const third = thirdOf(date);
      const last = third === 3 ? daysInMonth(year, month) : third * 10;
      return make(kind, `${monthKey}-${third}`, dateOf(year, month, third * 10 - 9), dateOf(year, month, last));
    }
    case 'halfMonth':
      return day <= 15
        ? make(kind, `${monthKey}-H1`, dateOf(year, month, 1), dateOf(year, month, 15))
        : make(kind, `${monthKey}-H2`, dateOf(year, month, 16), dateOf(year, month, daysInMonth(year, month)));
    case 'month':
      return make(kind, monthKey, ...monthsSpan(year, month, month));
    case 'quarter': {
      const quarter = Math.ceil(month / 3);
      return make(kind, `${year}-Q${quarter}`, ...monthsSpan(year, quarter * 3 - 2, quarter * 3));
    }
    case 'halfYear': {
      const half = month <= 6 ? 1 : 2;
      return make(kind, `${year}-H${half}`, ...monthsSpan(year, half * 6 - 5, half * 6));
    }
    case 'year':
      return make(kind, String(year), ...monthsSpan(year, 1, 12));
    default:
      return assertNever(kind);
  }
}

/** A day inside the period that a well-shaped key names; it may not exist in the calendar. */
function dayInside(kind: PeriodKind, key: string): string {
  const year = key.slice(0, 4);
  const tail = Number(key.slice(-1));
  switch (kind) {
    case 'day':
      return key;
    case 'week':
      return addDays(`${year}-01-04`, (Number(key.slice(-2)) - 1) * 7);
    case 'tenDay':
      return `${key.slice(0, 7)}-${pad(tail * 10 - 9)}`;
    case 'halfMonth':
      return `${key.slice(0, 7)}-${tail === 1 ? '01' : '16'}`;
    case 'month':
      return `${key}-01`;
    case 'quarter':
      return `${year}-${pad(tail * 3 - 2)}-01`;
    case 'halfYear':
      return `${year}-${tail === 1 ? '01' : '07'}-01`;
    case 'year':
      return `${year}-01-01`;
    default:
      return assertNever(kind);
  }
}

/** The period a key names, or null when there is none such ('2021-13', '2021-W53', '2021-02-30'). */
export function parsePeriod(key: string): Period | null {
  const kind = SHAPES.find(([, shape]) => shape.test(key))?.[0];
  if (kind === undefined) return null;
  const year = Number(key.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const date = dayInside(kind, key);
  if (!isDate(date)) return null;
  const period = periodOf(kind, date);
  return period.key === key ? period : null;
}

export function nextPeriod(period: Period): Period {
  return periodOf(period.kind, addDays(period.end, 1));
}

export function previousPeriod(period: Period): Period {
  return periodOf(period.kind, addDays(period.start, -1));
}

/** Year the period is counted in: that of its key. A week across New Year counts in its ISO year. */
export function periodYear(period: Period): number {
  return Number(period.key.slice(0, 4));
}

/** Whether it is the first period of its kind in its year, where 自年初累计 begins anew. */
export function isFirstOfYear(period: Period): boolean {
  return periodYear(previousPeriod(period)) < periodYear(period);
}

/** Name as printed: '2021年5月中旬', '2021年5月上半月', '2021年第19周', '2021年二季度', '2021年上半年'. */
export function periodLabel(period: Period): string {
  const year = periodYear(period);
  const { month, day } = partsOf(period.start);
  switch (period.kind) {
    case 'day':
      return `${year}年${month}月${day}日`;
    case 'week':
      return `${year}年第${Number(period.key.slice(-2))}周`;
    case 'tenDay':
      return `${year}年${month}月${THIRDS[thirdOf(period.start) - 1]}`;
    case 'halfMonth':
      return `${year}年${month}月${day === 1 ? '上' : '下'}半月`;
    case 'month':
      return `${year}年${month}月`;
    case 'quarter':
      return `${year}年${QUARTERS[Math.ceil(month / 3) - 1]}季度`;
    case 'halfYear':
      return `${year}年${month === 1 ? '上' : '下'}半年`;
    case 'year':
      return `${year}年`;
    default:
      return assertNever(period.kind);
  }
}

export function contains(period: Period, date: IsoDate): boolean {
  return period.start <= date && date <= period.end;
}

/** All periods of a kind that touch the days `from` to `to`, both inside, in order; empty when `to` is earlier. */
export function periodsBetween(kind: PeriodKind, from: IsoDate, to: IsoDate): readonly Period[] {
  const periods: Period[] = [];
  if (to < from) return periods;
  for (let period = periodOf(kind, from); period.start <= to; period = nextPeriod(period)) periods.push(period);
  return periods;
}
