import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatMoney,
  MONEY_FAULT_TEXT,
  type MoneyUnit,
  moneyFromNumber,
  moneyText,
  parseMoney,
  sumMoney,
} from '../../../shared/domain/money.ts';

const anyAmount = fc.integer({ min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 });
const anyUnit = fc.constantFrom<MoneyUnit>('元', '万元', '亿元');

function yuan(text: string, unit: MoneyUnit = '万元'): number | null | string {
  const result = parseMoney(text, unit);
  return result.ok ? result.yuan : result.reason;
}

describe('reading money', () => {
  test.each([
    ['12,300', 123_000_000],
    ['12300', 123_000_000],
    ['1,234.5', 12_345_000],
    ['１２，３４５．６', 123_456_000],
    [' 12 300 ', 123_000_000],
    ['12300元', 12_300],
    ['3.2亿', 320_000_000],
    ['3.2亿元', 320_000_000],
    ['5万', 50_000],
    ['¥ 5,000.00元', 5_000],
    ['￥-5元', -5],
    ['人民币5元', 5],
    ['(120)', -1_200_000],
    ['（120）万元', -1_200_000],
    ['(120万元)', -1_200_000],
    ['－120', -1_200_000],
    ['−0.5元', -1],
    ['.5', 5_000],
    ['12.', 120_000],
    ['1.2E+3', 12_000_000],
    ['0', 0],
    ['-0', 0],
    ['-0.2元', 0],
    ['900719925474.0991', 9_007_199_254_740_991],
  ])('%s', (text, expected) => {
    expect(yuan(text)).toBe(expected);
  });

  test.each(['', '  ', '—', '——', '-', '－', '–', '/', '／', '待定', '暂无', '\u3000'])('no figure: %j', (text) => {
    expect(yuan(text)).toBeNull();
  });

  test.each([
    ['若干', 'notANumber'],
    ['1000-2000', 'notANumber'],
    ['12、5', 'notANumber'],
    ['1.2.3', 'notANumber'],
    ['--5', 'notANumber'],
    ['#REF!', 'notANumber'],
    ['12%', 'notANumber'],
    ['.', 'notANumber'],
    ['1,23', 'badGrouping'],
    ['1,2345', 'badGrouping'],
    ['5万吨', 'otherUnit'],
    ['300平方米', 'otherUnit'],
    ['1,000美元', 'otherUnit'],
    ['90071992547410', 'tooLarge'],
    ['1e300', 'tooLarge'],
    ['9'.repeat(5000), 'tooLarge'],
  ])('%s is %s', (text, reason) => {
    expect(yuan(text)).toBe(reason);
    expect(MONEY_FAULT_TEXT).toHaveProperty(reason);
  });

  test('fractions of a yuan are rounded and flagged; finer than a fen is flagged too', () => {
    expect(parseMoney('1.00005', '万元')).toMatchObject({ yuan: 10_001, rounded: true, finerThanFen: false });
    expect(parseMoney('1.00004', '万元')).toMatchObject({ yuan: 10_000, rounded: true, finerThanFen: false });
    expect(parseMoney('12.345', '元')).toMatchObject({ yuan: 12, rounded: true, finerThanFen: true });
    expect(parseMoney('12.340', '元')).toMatchObject({ rounded: true, finerThanFen: false });
    expect(parseMoney('12.000', '元')).toMatchObject({ rounded: false, finerThanFen: false });
    expect(parseMoney('3.2亿', '万元')).toMatchObject({ unit: '亿元', unitWritten: true });
    expect(parseMoney('3.2', '万元')).toMatchObject({ unit: '万元', unitWritten: false });
  });

  test('number cells lose the noise of the double', () => {
    expect(moneyFromNumber(0.1 + 0.2, '万元')).toMatchObject({ yuan: 3_000, rounded: false });
    expect(moneyFromNumber(0.07 * 100, '万元')).toMatchObject({ yuan: 70_000, rounded: false });
    expect(moneyFromNumber(-1e-7, '亿元')).toMatchObject({ yuan: -10 });
    expect(moneyFromNumber(Number.NaN, '元')).toEqual({ ok: false, reason: 'notANumber' });
    expect(moneyFromNumber(1e21, '元')).toEqual({ ok: false, reason: 'tooLarge' });
  });

  test('no text makes the reader throw', () => {
    const chars = fc.constantFrom(...'0123456789.,-+()（）万亿元eE ，．—/¥待定吨');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: chars, maxLength: 30 })), anyUnit, (text, unit) => {
        const result = parseMoney(text, unit);
        if (result.ok && result.yuan !== null) {
          expect(Number.isSafeInteger(result.yuan)).toBe(true);
          expect(Object.is(result.yuan, -0)).toBe(false);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('writing money', () => {
  test('thousands marks and half up', () => {
    expect(formatMoney(123_000_000, '万元', 0)).toBe('12,300');
    expect(formatMoney(123_000_000, '万元', 1)).toBe('12,300.0');
    expect(formatMoney(5_000, '万元', 0)).toBe('1');
    expect(formatMoney(-5_000, '万元', 0)).toBe('-1');
    expect(formatMoney(4_999, '万元', 0)).toBe('0');
    expect(formatMoney(-4_999, '万元', 0)).toBe('0');
    expect(formatMoney(1_005_000, '万元', 2)).toBe('100.50');
    expect(formatMoney(123_456_789, '亿元', 4)).toBe('1.2346');
    expect(formatMoney(9_007_199_254_740_991, '元', 2)).toBe('9,007,199,254,740,991.00');
    expect(formatMoney(null, '万元', 2)).toBe('—');
    expect(moneyText(12_345_000)).toBe('1,234.5 万元');
    expect(moneyText(1, '亿元')).toBe('0.00000001 亿元');
    expect(() => formatMoney(0.5, '元', 0)).toThrow(RangeError);
  });

  test('what is written exactly is read back, to the yuan', () => {
    fc.assert(
      fc.property(anyAmount, anyUnit, (amount, unit) => {
        expect(yuan(formatMoney(amount, unit, 'exact'), unit)).toBe(amount);
        expect(yuan(moneyText(amount, unit), '元')).toBe(amount);
      }),
    );
  });

  test('rounding is off by at most half a place', () => {
    fc.assert(
      fc.property(anyAmount, anyUnit, fc.integer({ min: 0, max: 8 }), (amount, unit, digits) => {
        const back = yuan(formatMoney(amount, unit, digits), unit);
        const place = 10 ** Math.max({ 元: 0, 万元: 4, 亿元: 8 }[unit] - digits, 0);
        if (typeof back === 'number') expect(Math.abs(back - amount)).toBeLessThanOrEqual(place / 2);
        else expect(back).toBe('tooLarge');
      }),
    );
  });

  test('sums are exact or refused', () => {
    expect(sumMoney([1, null, 2])).toBe(3);
    expect(sumMoney([])).toBe(0);
    expect(() => sumMoney([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });
});
