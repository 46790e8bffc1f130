import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Cadence,
  cadenceSchema,
  chooseCadence,
  DEFAULT_TEN_DAY_CADENCE,
  dueDate,
  dueInstant,
  lateness,
} from '../../../shared/domain/cadence.ts';
import { daysBetween, instantOf, isoWeekday } from '../../../shared/domain/date.ts';
import { type Period, parsePeriod, periodOf } from '../../../shared/domain/period.ts';
import { anyDate } from './arbitrary.ts';

function period(key: string): Period {
  const found = parsePeriod(key);
  if (found === null) throw new Error(key);
  return found;
}

const monthly: Cadence = {
  ...DEFAULT_TEN_DAY_CADENCE,
  kind: 'month',
  deadlines: [{ kind: 'dayOfMonth', day: 6, monthOffset: 1 }],
  onDayOff: 'after',
};

describe('deadlines', () => {
  test('ten-day reports on 9, 19 and 28, on weekends the Friday before (domain facts §3.7)', () => {
    expect(dueDate(period('2021-05-1'), DEFAULT_TEN_DAY_CADENCE)).toEqual({ date: '2021-05-07', time: '17:00' });
    expect(dueDate(period('2021-05-2'), DEFAULT_TEN_DAY_CADENCE)).toEqual({ date: '2021-05-19', time: '17:00' });
    expect(dueDate(period('2021-05-3'), DEFAULT_TEN_DAY_CADENCE)).toEqual({ date: '2021-05-28', time: '17:00' });
    expect(dueDate(period('2021-02-3'), DEFAULT_TEN_DAY_CADENCE).date).toBe('2021-02-26');
  });

  test('the deadline minute is still on time', () => {
    const second = period('2021-05-2');
    const due = instantOf('2021-05-19', '17:00');
    expect(lateness(second, due, DEFAULT_TEN_DAY_CADENCE)).toBe('onTime');
    expect(lateness(second, due + 59_999, DEFAULT_TEN_DAY_CADENCE)).toBe('onTime');
    expect(lateness(second, due + 60_000, DEFAULT_TEN_DAY_CADENCE)).toBe('late');
  });

  test('month and week cadences, holidays and exchanged working days', () => {
    expect(dueDate(period('2021-05'), monthly).date).toBe('2021-06-07');
    expect(dueDate(period('2021-12'), monthly).date).toBe('2022-01-06');
    const weekly: Cadence = { ...monthly, kind: 'week', deadlines: [{ kind: 'afterEnd', days: -2 }], onDayOff: 'stay' };
    expect(dueDate(period('2021-W19'), weekly).date).toBe('2021-05-14');
    const withHolidays: Cadence = {
      ...DEFAULT_TEN_DAY_CADENCE,
      holidays: ['2021-05-03', '2021-05-04', '2021-05-05', '2021-05-07'],
      workdays: ['2021-05-08'],
    };
    expect(dueDate(period('2021-05-1'), withHolidays).date).toBe('2021-05-08');
    expect(dueDate(period('2021-05-1'), { ...withHolidays, workdays: [] }).date).toBe('2021-05-06');
  });

  test('half months have a deadline each', () => {
    const halves: Cadence = {
      ...monthly,
      kind: 'halfMonth',
      deadlines: [
        { kind: 'dayOfMonth', day: 15, monthOffset: 0 },
        { kind: 'dayOfMonth', day: 31, monthOffset: 0 },
      ],
      onDayOff: 'stay',
    };
    expect(dueDate(period('2021-02-H1'), halves).date).toBe('2021-02-15');
    expect(dueDate(period('2021-02-H2'), halves).date).toBe('2021-02-28');
  });

  test('a cadence for another kind of period is a mistake of the caller', () => {
    expect(() => dueDate(period('2021-05'), DEFAULT_TEN_DAY_CADENCE)).toThrow(RangeError);
  });

  test('the latest effective cadence of the kind is chosen', () => {
    const later: Cadence = { ...DEFAULT_TEN_DAY_CADENCE, effectiveFrom: '2021-06-01', time: '12:00' };
    const cadences = [later, monthly, DEFAULT_TEN_DAY_CADENCE];
    expect(chooseCadence(cadences, 'tenDay', '2021-05-31')).toBe(DEFAULT_TEN_DAY_CADENCE);
    expect(chooseCadence(cadences, 'tenDay', '2021-06-01')).toBe(later);
    expect(chooseCadence(cadences, 'week', '2021-06-01')).toBeNull();
  });

  test('stored settings are checked', () => {
    expect(cadenceSchema.parse(JSON.parse(JSON.stringify(DEFAULT_TEN_DAY_CADENCE)))).toEqual(DEFAULT_TEN_DAY_CADENCE);
    expect(cadenceSchema.safeParse({ ...monthly, time: '25:00' }).success).toBe(false);
    expect(cadenceSchema.safeParse({ ...monthly, deadlines: [] }).success).toBe(false);
  });

  test('deadlines never fall on a weekend and never move by more than two days', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const tenDay = periodOf('tenDay', date);
        const { date: due } = dueDate(tenDay, DEFAULT_TEN_DAY_CADENCE);
        const stays = dueDate(tenDay, { ...DEFAULT_TEN_DAY_CADENCE, onDayOff: 'stay' }).date;
        expect(isoWeekday(due)).toBeLessThan(6);
        expect(daysBetween(due, stays)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(due, stays)).toBeLessThanOrEqual(2);
        expect(dueInstant(tenDay, DEFAULT_TEN_DAY_CADENCE)).toBe(instantOf(due, '17:00') + 59_999);
      }),
    );
  });

  test('a calendar without working days does not hang', () => {
    const workless = Array.from({ length: 90 }, (_, index) =>
      new Date(Date.UTC(2021, 3, index)).toISOString().slice(0, 10),
    );
    expect(dueDate(period('2021-05-2'), { ...DEFAULT_TEN_DAY_CADENCE, holidays: workless }).date).toBe('2021-05-19');
  });
});
