import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  compareDates,
  dateAt,
  dateOf,
  daysBetween,
  formatChinese,
  fromExcelSerial,
  instantOf,
  isDate,
  isoWeekday,
  lastDayOfMonth,
  partsOf,
} from '../../../shared/domain/date.ts';
import { anyDate } from './arbitrary.ts';

describe('dates', () => {
  test('only days of the calendar are dates', () => {
    expect(isDate('2021-05-11')).toBe(true);
    expect(isDate('2020-02-29')).toBe(true);
    for (const text of [
      '2021-02-29',
      '2021-13-01',
      '2021-5-1',
      '2021-05-11 ',
      '',
      '202148',
      '9999-01-01',
      20210511,
      null,
    ]) {
      expect(isDate(text)).toBe(false);
    }
  });

  test('a malformed date is refused, not computed with', () => {
    expect(() => addDays('2021-02-30', 1)).toThrow(RangeError);
    expect(() => dateOf(2021, 2, 29)).toThrow(RangeError);
    expect(() => instantOf('2021-05-11', '24:00')).toThrow(RangeError);
  });

  test('Chinese form has no leading zeros', () => {
    expect(formatChinese('2021-05-11')).toBe('2021年5月11日');
    expect(formatChinese('2021-04-08')).toBe('2021年4月8日');
  });

  test('months are added within the shorter month', () => {
    expect(addMonths('2021-01-31', 1)).toBe('2021-02-28');
    expect(addMonths('2021-03-31', -13)).toBe('2020-02-29');
    expect(lastDayOfMonth('2024-02-03')).toBe('2024-02-29');
  });

  test('Excel serials of the 1900 system', () => {
    expect(fromExcelSerial(1)).toBe('1900-01-01');
    expect(fromExcelSerial(59)).toBe('1900-02-28');
    expect(fromExcelSerial(60)).toBeNull();
    expect(fromExcelSerial(61)).toBe('1900-03-01');
    expect(fromExcelSerial(45_597)).toBe('2024-11-01');
    expect(fromExcelSerial(44_327.75)).toBe('2021-05-11');
    expect(fromExcelSerial(401_768)).toBe('2999-12-31');
    for (const serial of [0, -1, 401_769, Number.NaN, Number.POSITIVE_INFINITY])
      expect(fromExcelSerial(serial)).toBeNull();
  });

  test('instants are read on the wall of Beijing', () => {
    expect(dateAt(Date.UTC(2021, 4, 10, 16, 0))).toBe('2021-05-11');
    expect(dateAt(Date.UTC(2021, 4, 10, 15, 59))).toBe('2021-05-10');
    expect(instantOf('2021-05-11', '17:00')).toBe(Date.UTC(2021, 4, 11, 9, 0));
  });

  test('weekday', () => {
    expect(isoWeekday('2021-05-09')).toBe(7);
    expect(isoWeekday('2021-05-10')).toBe(1);
  });

  test('adding and counting days undo each other', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(daysBetween(date, moved)).toBe(days);
        expect(addDays(moved, -days)).toBe(date);
        expect(compareDates(date, moved)).toBe(-Math.sign(days) + 0);
      }),
    );
  });

  test('parts and instants lead back to the date', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const { year, month, day } = partsOf(date);
        expect(dateOf(year, month, day)).toBe(date);
        expect(dateAt(instantOf(date, '00:00'))).toBe(date);
        expect(dateAt(instantOf(date, '23:59'))).toBe(date);
      }),
    );
  });
});
