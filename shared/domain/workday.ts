import { addDays, dateOf, daysBetween, type IsoDate, isoWeekday, yearOf } from './date.ts';
import { type CalendarDay, KNOWN_HOLIDAYS } from './known-holidays.ts';

export type { CalendarDay };

/** Working days: Monday to Friday without 放假, and the weekend days worked for it (调休上班). */
export interface WorkCalendar {
  isWorkday(date: IsoDate): boolean;
  /** Working days after `from` up to `to`, as a time limit counts: the first day is not in it. Negative backwards. */
  between(from: IsoDate, to: IsoDate): number;
  /** The `days`-th working day after the day; 0: the day itself, or the next working day. Negative: before. */
  shift(date: IsoDate, days: number): IsoDate;
  /** Whether the arrangement of that year is known; without it only weekends are left out. */
  knows(year: number): boolean;
}

interface Year {
  /** Working days of the year in order. */
  readonly dates: readonly IsoDate[];
  /** For each day of the year from 0: working days up to and with it. */
  readonly upTo: readonly number[];
}

function layYear(year: number, kinds: ReadonlyMap<IsoDate, CalendarDay['kind']>): Year {
  const dates: IsoDate[] = [];
  const upTo: number[] = [];
  const first = dateOf(year, 1, 1);
  let weekday = isoWeekday(first);
  for (let date = first; date.startsWith(String(year)); date = addDays(date, 1)) {
    const kind = kinds.get(date);
    if (kind === 'work' || (kind === undefined && weekday <= 5)) dates.push(date);
    upTo.push(dates.length);
    weekday = weekday === 7 ? 1 : weekday + 1;
  }
  return { dates, upTo };
}

/**
 * The calendar of a ledger: its own 放假安排; a year it says nothing of is taken from what the program knows (2018–2026).
 *
 * @param days rows of the ledger, in any order; of two for one day the later counts
 */
export function workCalendar(days: readonly CalendarDay[] = []): WorkCalendar {
  const own = new Set(days.map((day) => yearOf(day.date)));
  const known = new Set(own);
  const kinds = new Map<IsoDate, CalendarDay['kind']>();
  for (const day of KNOWN_HOLIDAYS) {
    const year = yearOf(day.date);
    known.add(year);
    if (!own.has(year)) kinds.set(day.date, day.kind);
  }
  for (const day of days) kinds.set(day.date, day.kind);
  const years = new Map<number, Year>();
  const yearAt = (year: number): Year => {
    let laid = years.get(year);
    if (laid === undefined) {
      laid = layYear(year, kinds);
      years.set(year, laid);
    }
    return laid;
  };
  /** Working days of the year up to and with the day. */
  const inYear = (date: IsoDate): number => {
    const year = yearOf(date);
    return yearAt(year).upTo[daysBetween(dateOf(year, 1, 1), date)] ?? 0;
  };
  const between = (from: IsoDate, to: IsoDate): number => {
    if (to < from) return -between(to, from);
    let count = inYear(to) - inYear(from);
    for (let year = yearOf(from); year < yearOf(to); year += 1) count += yearAt(year).dates.length;
    return count;
  };
  const isWorkday = (date: IsoDate): boolean => {
    const kind = kinds.get(date);
    return kind === undefined ? isoWeekday(date) <= 5 : kind === 'work';
  };
  return {
    isWorkday,
    between,
    shift(date, days) {
      if (days === 0 && isWorkday(date)) return date;
      let year = yearOf(date);
      // Place in the list of the year's working days, from 0, that is wanted.
      let at = days > 0 ? inYear(date) + days - 1 : inYear(date) - (isWorkday(date) ? 1 : 0) + days;
      if (days === 0) at = inYear(date);
      while (at >= yearAt(year).dates.length) {
        at -= yearAt(year).dates.length;
        year += 1;
      }
      while (at < 0) {
        year -= 1;
        at += yearAt(year).dates.length;
      }
      return yearAt(year).dates[at] ?? date;
    },
    knows: (year) => known.has(year),
  };
}
