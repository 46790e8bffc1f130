import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoWeekday } from '../../../shared/domain/date.ts';
import { KNOWN_HOLIDAYS, KNOWN_YEARS } from '../../../shared/domain/known-holidays.ts';
import { workCalendar } from '../../../shared/domain/workday.ts';

const calendar = workCalendar();
const day = fc.integer({ min: 0, max: 3200 }).map((days) => addDays('2018-01-05', days));

describe('working days', () => {
  it('knows the arrangement of 2018 to 2026: off days are no workdays, make-up days fall on weekends', () => {
    expect(KNOWN_YEARS).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    expect(KNOWN_HOLIDAYS.length).toBeGreaterThan(300);
    expect(new Set(KNOWN_HOLIDAYS.map(({ date }) => date)).size).toBe(KNOWN_HOLIDAYS.length);
    for (const { date, kind } of KNOWN_HOLIDAYS) {
      expect(calendar.isWorkday(date)).toBe(kind === 'work');
      if (kind === 'work') expect(isoWeekday(date)).toBeGreaterThan(5);
    }
  });

  it('counts make-up days and leaves out holidays', () => {
    expect(calendar.isWorkday('2026-02-14')).toBe(true);
    expect(calendar.isWorkday('2021-05-08')).toBe(true);
    expect(calendar.isWorkday('2021-05-04')).toBe(false);
    expect(calendar.shift('2026-09-28', 10)).toBe('2026-10-16');
    expect(calendar.between('2026-09-28', '2026-10-16')).toBe(10);
    // 20 working days over the Spring Festival of 2021, with 7 and 20 February worked.
    expect(calendar.shift('2021-02-01', 20)).toBe('2021-03-04');
  });

  it('takes a day off for the next working day, and counts backwards too', () => {
    expect(calendar.shift('2021-10-01', 0)).toBe('2021-10-08');
    expect(calendar.shift('2021-09-30', 0)).toBe('2021-09-30');
    expect(calendar.shift('2021-10-08', -1)).toBe('2021-09-30');
    expect(calendar.shift('2021-10-03', -1)).toBe('2021-09-30');
    expect(calendar.shift('2021-12-31', 1)).toBe('2022-01-04');
    expect(calendar.shift('2022-01-04', -1)).toBe('2021-12-31');
    expect(calendar.between('2021-10-08', '2021-09-30')).toBe(-1);
  });

  it('follows the ledger where it says something of a year, and only weekends in a year nobody knows', () => {
    const own = workCalendar([{ date: '2027-01-01', kind: 'off', name: '元旦' }]);
    expect([own.isWorkday('2027-01-01'), own.knows(2027), own.knows(2028), calendar.knows(2027)]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(calendar.isWorkday('2027-01-01')).toBe(true);
    const changed = workCalendar([{ date: '2021-05-08', kind: 'off', name: null }]);
    expect([changed.isWorkday('2021-05-08'), changed.isWorkday('2021-05-03')]).toEqual([false, true]);
  });

  it('shift and between are each other inside out, on any day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 300 }), (date, count) => {
        const later = calendar.shift(date, count);
        expect(calendar.isWorkday(later)).toBe(true);
        expect(calendar.between(date, later)).toBe(count);
        expect(calendar.shift(addDays(later, 1), -count)).toBe(calendar.shift(date, 1));
      }),
    );
  });
});
