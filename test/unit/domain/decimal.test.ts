import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCell } from '../../../renderer/grid/format-cell.ts';
import { parseCell } from '../../../renderer/grid/parse-cell.ts';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { addDecimals, decimalText, isDecimal, roundDecimal, subtractDecimals } from '../../../shared/domain/decimal.ts';
import { factorGap } from '../../../shared/domain/factor.ts';

const { needed } = dictionary.factor.fields;
const units = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('[C6] quantities with decimals', () => {
  it('are reckoned exactly', () => {
    expect(addDecimals(0.1, 0.2)).toBe(0.3);
    expect(subtractDecimals(66.7, 66.6)).toBe(0.1);
    expect(factorGap({ needed: 66.7, obtained: 40.25 })).toBe(26.45);
    expect(factorGap({ needed: 66.7, obtained: 70 })).toBe(0);
    fc.assert(
      fc.property(units, units, (left, right) => {
        expect(addDecimals(left / 10_000, right / 10_000)).toBe((left + right) / 10_000);
        expect(isDecimal(left / 10_000)).toBe(true);
      }),
    );
  });

  it('come back from their text as the same number', () => {
    fc.assert(
      fc.property(units, (count) => {
        expect(Number(decimalText(count / 10_000, false))).toBe(count / 10_000);
      }),
    );
    expect([
      decimalText(1234.5),
      decimalText(66.7),
      decimalText(120),
      decimalText(-0.0001),
      decimalText(1_000_000),
    ]).toEqual(['1,234.5', '66.7', '120', '-0.0001', '1,000,000']);
  });

  it('have at most four decimals; others are refused in words', () => {
    expect(checkValue(needed, 66.7)).toBeNull();
    expect(checkValue(needed, 66.70001)).toBe('“需求”应为数字，最多 4 位小数');
    expect(checkValue(needed, Number.NaN)).toContain('应为数字');
    expect(checkValue(needed, -1)).toContain('不能小于 0');
    expect(roundDecimal(1 / 3)).toBe(0.3333);
  });

  it('are typed and shown as people write them', () => {
    expect(parseCell('66.7', needed)).toEqual({ ok: true, value: 66.7 });
    expect(parseCell('1,234.50', needed)).toEqual({ ok: true, value: 1234.5 });
    expect(parseCell('0.12345', needed)).toEqual({ ok: false, reason: '“0.12345”超过 4 位小数，或数字过大' });
    expect(parseCell('十亩', needed)).toMatchObject({ ok: false });
    expect(formatCell(1234.5, needed)).toBe('1,234.5');
  });
});

describe('[B7] 核减', () => {
  it('may be negative in 本旬完成, not in the totals', () => {
    const { periodInvestment, yearToDate } = dictionary.reportDraft.fields;
    expect(checkValue(periodInvestment, -5_000_000)).toBeNull();
    expect(parseCell('-500', periodInvestment)).toEqual({ ok: true, value: -5_000_000 });
    expect(parseCell('-500', yearToDate)).toEqual({ ok: false, reason: '“-500”是负数' });
  });
});
