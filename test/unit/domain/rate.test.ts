import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareDifference,
  compareShare,
  differenceInPoints,
  formatPoints,
  formatRate,
  fromPercent,
  type Rate,
  rateValue,
  ratioOf,
} from '../../../shared/domain/rate.ts';

const rate = (numerator: number, denominator: number): Rate => ({ numerator, denominator });
const anyPart = fc.integer({ min: 0, max: 10_000_000_000_000 });
const anyRate = fc.record({ numerator: anyPart, denominator: fc.integer({ min: 1, max: 10_000_000_000_000 }) });

describe('rates', () => {
  test('a missing denominator is a dash, not 0 %', () => {
    expect(rateValue(rate(0, 0))).toBeNull();
    expect(formatRate(rate(5, 0))).toBe('—');
    expect(formatRate(rate(0, 5))).toBe('0.0 %');
    expect(differenceInPoints(rate(1, 0), rate(1, 2))).toBeNull();
    expect(compareDifference(rate(1, 2), rate(1, 0), 0)).toBeNull();
    expect(compareShare(rate(1, 2), rate(1, 0), 0)).toBeNull();
    expect(ratioOf(rate(1, 2), rate(0, 1))).toBeNull();
  });

  test('rounded once, half up; over 100 % allowed', () => {
    expect(formatRate(rate(12_300, 55_100))).toBe('22.3 %');
    expect(formatRate(rate(115, 100))).toBe('115.0 %');
    expect(formatRate(rate(1, 2000))).toBe('0.1 %');
    expect(formatRate(rate(1005, 1000), 0)).toBe('101 %');
    expect(formatRate(rate(-1, 8), 2)).toBe('-12.50 %');
  });

  test('points are subtracted unrounded and rounded last (Jiangmen: 13.8, not 13.9; domain facts §3.7)', () => {
    const done = rate(97_160, 100_000);
    const due = rate(10, 12);
    expect([formatRate(done), formatRate(due)]).toEqual(['97.2 %', '83.3 %']);
    expect(differenceInPoints(done, due)).toBe(13.8);
    expect(formatPoints(due, done)).toBe('-13.8');
  });

  test('lines are met exactly', () => {
    expect(compareDifference(rate(5, 12), rate(5, 12), 0)).toBe(0);
    expect(compareDifference(rate(1, 2), rate(1, 5), 30)).toBe(0);
    expect(compareDifference(rate(500_001, 1_000_000), rate(1, 5), 30)).toBe(1);
    expect(compareShare(rate(4, 10), rate(1, 2), 80)).toBe(0);
    expect(compareShare(rate(399_999, 1_000_000), rate(1, 2), 80)).toBe(-1);
    expect(fromPercent(12.5)).toEqual({ numerator: 125_000, denominator: 1_000_000 });
  });

  test('the printed rate is within half a place of the true one', () => {
    fc.assert(
      fc.property(anyRate, (value) => {
        const shown = Number(formatRate(value).replace(' %', ''));
        const exact = (value.numerator / value.denominator) * 100;
        expect(Math.abs(shown - exact)).toBeLessThanOrEqual(0.05 + exact * 1e-12);
      }),
    );
  });

  test('differences change sign with their sides', () => {
    fc.assert(
      fc.property(anyRate, anyRate, (left, right) => {
        const [there, back] = [differenceInPoints(left, right) ?? 0, differenceInPoints(right, left) ?? 0];
        expect(there + back).toBe(0);
        expect(compareDifference(left, right, 0)).toBe((compareShare(left, right, 100) ?? 0) + 0);
      }),
    );
  });
});
