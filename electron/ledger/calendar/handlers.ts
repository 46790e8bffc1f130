import { yearOf } from '../../../shared/domain/date.ts';
import { KNOWN_HOLIDAYS } from '../../../shared/domain/known-holidays.ts';
import { withLedger } from '../procedure.ts';
import { commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import { calendarYears, holidayRows, knownHolidayChanges, planDays } from './days.ts';
import { importHolidays, previewHolidays } from './import.ts';

export const calendarHandlers = {
  years: withLedger.calendar.years.handler(({ context: { session } }) => calendarYears(session.store, session.today())),
  seed: withLedger.calendar.seed.handler(async ({ context: { session } }) => {
    const changes = knownHolidayChanges(newId, await holidayRows(session.store));
    commit(session.store, { kind: 'edit', title: '登记程序自带的放假安排', changes }, session.actor());
    return { added: changes.length };
  }),
  preview: withLedger.calendar.preview.handler(({ context: { session }, input }) =>
    previewHolidays(session.store, input.path),
  ),
  import: withLedger.calendar.import.handler(({ context: { session }, input }) =>
    importHolidays(session.store, input.path, session.actor()),
  ),
  setDay: withLedger.calendar.setDay.handler(async ({ context: { session }, input }) => {
    const { date, kind, name } = input;
    const rows = await holidayRows(session.store);
    const year = yearOf(date);
    const own = rows.some((row) => yearOf(row.date) === year);
    const base = own ? rows : KNOWN_HOLIDAYS;
    const days = base.filter((day) => yearOf(day.date) === year && day.date !== date);
    const wanted = kind === null ? days : [...days, { date, kind, name }];
    const { changes } = planDays(rows, wanted, [year], newId);
    commit(session.store, { kind: 'edit', title: `更正 ${date} 的放假安排`, changes }, session.actor());
    return { changed: changes.length };
  }),
};
