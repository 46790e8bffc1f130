import type { CalendarYear } from '../../../shared/contract/calendar.ts';
import { yearOf } from '../../../shared/domain/date.ts';
import { type CalendarDay, KNOWN_HOLIDAYS, KNOWN_YEARS } from '../../../shared/domain/known-holidays.ts';
import { type WorkCalendar, workCalendar } from '../../../shared/domain/workday.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';

export interface HolidayRow extends CalendarDay {
  readonly id: string;
}

/** 放假安排 kept in the ledger, in the order of days. */
export function holidayRows(store: Store): Promise<HolidayRow[]> {
  return store.query
    .selectFrom('holiday')
    .select(['id', 'date', 'kind', 'name'])
    .where('voided', '=', 0)
    .orderBy('date')
    .orderBy('id')
    .execute();
}

/** The working calendar of this ledger. */
export async function readCalendar(store: Store): Promise<WorkCalendar> {
  return workCalendar(await holidayRows(store));
}

function rowOf(day: CalendarDay, id: string): Change {
  return { entity: 'holiday', id, set: { date: day.date, kind: day.kind, name: day.name } };
}

/** Rows for the years the program knows and the ledger does not. */
export function knownHolidayChanges(nextId: () => string, present: readonly CalendarDay[] = []): readonly Change[] {
  const years = new Set(present.map((day) => yearOf(day.date)));
  return KNOWN_HOLIDAYS.filter((day) => !years.has(yearOf(day.date))).map((day) => rowOf(day, nextId()));
}

export interface HolidayChange {
  readonly changes: readonly Change[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * How the ledger comes to these days. A year in `whole` is replaced as a whole; of another year only the days named change,
 * and what the program knows of it is taken along, so that it does not become a year with one holiday.
 */
export function planDays(
  present: readonly HolidayRow[],
  days: readonly CalendarDay[],
  whole: readonly number[],
  nextId: () => string,
): HolidayChange {
  const byDate = new Map(present.map((row) => [row.date, row]));
  const ownYears = new Set(present.map((row) => yearOf(row.date)));
  const wanted = new Map(days.map((day) => [day.date, day]));
  for (const day of KNOWN_HOLIDAYS) {
    const year = yearOf(day.date);
    const isPartial = days.some((each) => yearOf(each.date) === year) && !whole.includes(year);
    if (isPartial && !ownYears.has(year) && !wanted.has(day.date)) wanted.set(day.date, day);
  }
  const changes: Change[] = [];
  let [added, changed, removed] = [0, 0, 0];
  for (const day of wanted.values()) {
    const known = byDate.get(day.date);
    if (known === undefined) {
      changes.push(rowOf(day, nextId()));
      added += 1;
    } else if (known.kind !== day.kind || (known.name ?? '') !== (day.name ?? '')) {
      changes.push({ entity: 'holiday', id: known.id, set: { kind: day.kind, name: day.name } });
      changed += 1;
    }
  }
  for (const row of present) {
    if (wanted.has(row.date) || !whole.includes(yearOf(row.date))) continue;
    changes.push({ entity: 'holiday', id: row.id, set: { voided: 1 } });
    removed += 1;
  }
  return { changes, added, changed, removed };
}

/** Each year that can be asked for, newest first. */
export async function calendarYears(store: Store, today: string): Promise<CalendarYear[]> {
  const rows = await holidayRows(store);
  const own = new Set(rows.map((row) => yearOf(row.date)));
  const current = yearOf(today);
  const years = new Set([...own, ...KNOWN_YEARS, current, current + 1]);
  return [...years]
    .sort((left, right) => right - left)
    .map((year) => {
      const source = own.has(year) ? 'ledger' : KNOWN_YEARS.includes(year) ? 'program' : 'none';
      const list: readonly CalendarDay[] = source === 'ledger' ? rows : KNOWN_HOLIDAYS;
      const days = list
        .filter((day) => yearOf(day.date) === year)
        .map(({ date, kind, name }) => ({ date, kind, name }));
      return { year, source, days };
    });
}
