import * as z from 'zod';
import { assertNever } from './assert-never.ts';
import {
  addDays,
  addMonths,
  BEIJING_OFFSET,
  dateOf,
  daysInMonth,
  type IsoDate,
  instantOf,
  isDate,
  isoWeekday,
  partsOf,
} from './date.ts';
import { PERIOD_KINDS, type Period, type PeriodKind, thirdOf } from './period.ts';

const isoDate = z.string().refine(isDate);

/**
 * Where the deadline of one period lies: a day of the month its last day falls in (a later month with `monthOffset`,
 * the month's last day where it is shorter), or `days` after its last day (negative: before).
 */
const deadlineDay = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('dayOfMonth'),
      day: z.number().int().min(1).max(31),
      monthOffset: z.number().int().min(0).max(12),
    })
    .readonly(),
  z.object({ kind: z.literal('afterEnd'), days: z.number().int().min(-366).max(366) }).readonly(),
]);

/** When reports are due: a setting with an effective date, as offices differ (domain facts §3.7). */
export const cadenceSchema = z
  .object({
    kind: z.enum(PERIOD_KINDS),
    effectiveFrom: isoDate,
    /** One entry for every period, or one for each place within the month (three for ten-day, two for half-month). */
    deadlines: z.array(deadlineDay).min(1).max(3).readonly(),
    /** Wall-clock time 'HH:mm'; that minute still counts as on time. */
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** A deadline on a day off moves to the last working day before, the first after, or stays. */
    onDayOff: z.enum(['before', 'after', 'stay']),
    /** Public holidays besides weekends. */
    holidays: z.array(isoDate).readonly(),
    /** Weekend days worked in exchange for holidays. */
    workdays: z.array(isoDate).readonly(),
  })
  .readonly();

export type Cadence = z.infer<typeof cadenceSchema>;

export interface Deadline {
  readonly date: IsoDate;
  /** 'HH:mm', wall clock. */
  readonly time: string;
}

/** Ten-day reports are due on the 9th, 19th and 28th at 17:00, on a weekend the Friday before (domain facts §3.7). */
export const DEFAULT_TEN_DAY_CADENCE: Cadence = {
  kind: 'tenDay',
  effectiveFrom: '2000-01-01',
  deadlines: [
    { kind: 'dayOfMonth', day: 9, monthOffset: 0 },
    { kind: 'dayOfMonth', day: 19, monthOffset: 0 },
    { kind: 'dayOfMonth', day: 28, monthOffset: 0 },
  ],
  time: '17:00',
  onDayOff: 'before',
  holidays: [],
  workdays: [],
};

/** No office rests longer in one piece; bounds the search when every day is listed as a holiday. */
const LONGEST_REST = 31;

function isDayOff(date: IsoDate, cadence: Cadence): boolean {
  if (cadence.workdays.includes(date)) return false;
  return isoWeekday(date) >= 6 || cadence.holidays.includes(date);
}

function settle(date: IsoDate, cadence: Cadence): IsoDate {
  if (cadence.onDayOff === 'stay') return date;
  const step = cadence.onDayOff === 'before' ? -1 : 1;
  for (let moved = 0; moved <= LONGEST_REST; moved += 1) {
    const candidate = addDays(date, step * moved);
    if (!isDayOff(candidate, cadence)) return candidate;
  }
  return date;
}

/** Place of a period among those of its kind within the month, from 0. */
function placeOf(period: Period): number {
  if (period.kind === 'tenDay') return thirdOf(period.start) - 1;
  return period.kind === 'halfMonth' && period.key.endsWith('2') ? 1 : 0;
}

/** Whether the cadence speaks of periods of this kind. */
function assertKind(kind: PeriodKind, cadence: Cadence): void {
  if (kind !== cadence.kind) throw new RangeError(`Cadence for ${cadence.kind} asked about a ${kind} period`);
}

/** When the report of a period is due. Throws RangeError when the cadence is for another kind of period. */
export function dueDate(period: Period, cadence: Cadence): Deadline {
  assertKind(period.kind, cadence);
  const rule = cadence.deadlines[placeOf(period)] ?? cadence.deadlines[0];
  if (rule === undefined) throw new RangeError('Cadence without deadlines');
  switch (rule.kind) {
    case 'dayOfMonth': {
      const { year, month } = partsOf(addMonths(period.end, rule.monthOffset));
      const date = dateOf(year, month, Math.min(rule.day, daysInMonth(year, month)));
      return { date: settle(date, cadence), time: cadence.time };
    }
    case 'afterEnd':
      return { date: settle(addDays(period.end, rule.days), cadence), time: cadence.time };
    default:
      return assertNever(rule);
  }
}

/** The last instant (UTC ms) that is on time: the end of the deadline's minute. */
export function dueInstant(period: Period, cadence: Cadence, offsetMinutes = BEIJING_OFFSET): number {
  const { date, time } = dueDate(period, cadence);
  return instantOf(date, time, offsetMinutes) + 59_999;
}

/** Whether a report handed in at `submittedAtMs` (UTC ms) met its deadline (B7). */
export function lateness(
  period: Period,
  submittedAtMs: number,
  cadence: Cadence,
  offsetMinutes = BEIJING_OFFSET,
): 'onTime' | 'late' {
  return submittedAtMs <= dueInstant(period, cadence, offsetMinutes) ? 'onTime' : 'late';
}

/** The cadence of a kind in force on a day: the latest one effective by then, or null. */
export function chooseCadence(cadences: readonly Cadence[], kind: PeriodKind, date: IsoDate): Cadence | null {
  return cadences
    .filter((cadence) => cadence.kind === kind && cadence.effectiveFrom <= date)
    .reduce<Cadence | null>(
      (latest, cadence) => (latest === null || latest.effectiveFrom <= cadence.effectiveFrom ? cadence : latest),
      null,
    );
}
