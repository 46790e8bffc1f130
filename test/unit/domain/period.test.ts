import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/domain/date.ts';
import {
  contains,
  isFirstOfYear,
  nextPeriod,
  PERIOD_KINDS,
  parsePeriod,
  periodLabel,
  periodOf,
  periodsBetween,
  periodYear,
  previousPeriod,
} from '../../../shared/domain/period.ts';
import { anyDate } from './arbitrary.ts';

const anyKind = fc.constantFrom(...PERIOD_KINDS);

describe('periods', () => {
  test.each([
    ['day', '2021-05-11', '2021-05-11', '2021-05-11', '2021年5月11日'],
    ['week', '2021-W19', '2021-05-10', '2021-05-16', '2021年第19周'],
    ['tenDay', '2021-05-2', '2021-05-11', '2021-05-20', '2021年5月中旬'],
    ['halfMonth', '2021-05-H1', '2021-05-01', '2021-05-15', '2021年5月上半月'],
    ['month', '2021-05', '2021-05-01', '2021-05-31', '2021年5月'],
    ['quarter', '2021-Q2', '2021-04-01', '2021-06-30', '2021年二季度'],
    ['halfYear', '2021-H1', '2021-01-01', '2021-06-30', '2021年上半年'],
    ['year', '2021', '2021-01-01', '2021-12-31', '2021年'],
  ] as const)('%s of 11 May 2021', (kind, key, start, end, label) => {
    const period = periodOf(kind, '2021-05-11');
    expect(period).toEqual({ kind, key, start, end });
    expect(periodLabel(period)).toBe(label);
    expect(parsePeriod(key)).toEqual(period);
  });

  test('the last third runs to the end of the month', () => {
    expect(periodOf('tenDay', '2021-02-21').end).toBe('2021-02-28');
    expect(periodOf('tenDay', '2020-02-21').end).toBe('2020-02-29');
    expect(periodOf('tenDay', '2021-05-31').key).toBe('2021-05-3');
    expect(periodOf('tenDay', '2021-05-10').key).toBe('2021-05-1');
    expect(periodOf('halfMonth', '2021-02-16')).toMatchObject({ key: '2021-02-H2', end: '2021-02-28' });
  });

  test('weeks follow ISO 8601 across New Year', () => {
    expect(periodOf('week', '2021-01-03').key).toBe('2020-W53');
    expect(periodOf('week', '2021-01-04').key).toBe('2021-W01');
    expect(periodOf('week', '2018-12-31').key).toBe('2019-W01');
  });

  test('keys that name no period are refused', () => {
    for (const key of [
      '2021-13',
      '2021-00',
      '2021-05-4',
      '2021-02-30',
      '2021-W00',
      '2021-W53',
      '2021-Q5',
      '2021-H3',
      '2021-05-H3',
      '',
      '21',
      '0999',
      '1800',
      '2999-W52',
      '9999-W01',
      '2021-5-2',
      ' 2021',
    ]) {
      expect(parsePeriod(key)).toBeNull();
    }
  });

  test('first of the year', () => {
    expect(isFirstOfYear(periodOf('tenDay', '2021-01-05'))).toBe(true);
    expect(isFirstOfYear(periodOf('tenDay', '2021-01-15'))).toBe(false);
    expect(isFirstOfYear(periodOf('week', '2021-01-04'))).toBe(true);
    expect(isFirstOfYear(periodOf('year', '2021-06-01'))).toBe(true);
  });

  test('three ten-day periods a month', () => {
    expect(periodsBetween('tenDay', '2021-05-05', '2021-06-01').map(({ key }) => key)).toEqual([
      '2021-05-1',
      '2021-05-2',
      '2021-05-3',
      '2021-06-1',
    ]);
    expect(periodsBetween('tenDay', '2021-06-01', '2021-05-05')).toEqual([]);
  });

  test('a period holds its day, and its key leads back to it', () => {
    fc.assert(
      fc.property(anyKind, anyDate, (kind, date) => {
        const period = periodOf(kind, date);
        expect(contains(period, date)).toBe(true);
        expect(parsePeriod(period.key)).toEqual(period);
        expect(periodOf(kind, period.start)).toEqual(period);
        expect(periodOf(kind, period.end)).toEqual(period);
      }),
    );
  });

  test('periods follow each other without gap, in the order of their keys', () => {
    fc.assert(
      fc.property(anyKind, anyDate, (kind, date) => {
        const period = periodOf(kind, date);
        const next = nextPeriod(period);
        expect(next.start).toBe(addDays(period.end, 1));
        expect(previousPeriod(next)).toEqual(period);
        expect(next.key > period.key).toBe(true);
        expect(periodYear(next) - periodYear(period)).toBe(isFirstOfYear(next) ? 1 : 0);
      }),
    );
  });

  test('no text makes the parser throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}(-[WQH]?\d{1,2}){0,2}$/)), (text) => {
        const period = parsePeriod(text);
        if (period !== null) expect(period.key).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
