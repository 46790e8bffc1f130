import { formatMoney } from '../../shared/domain/money.ts';
import { blockSize } from './block.ts';
import { moneyUnitOf } from './format-cell.ts';
import type { Sheet } from './sheet.ts';
import type { SelectionFigures } from './status-bar.tsx';
import { type SummedValue, summarise } from './summary.ts';
import { plainNumber } from './totals.ts';

/** 计数, 求和, 平均 of the selection, as Excel's status bar; null for a single cell. Money is summed in one unit. */
export function figuresOf<R extends { readonly id: string }>(sheet: Sheet<R>): SelectionFigures | null {
  const { block } = sheet;
  if (block === null || blockSize(block) < 2) return null;
  const columns = sheet.shown.slice(block.left, block.right + 1);
  const money = columns.filter(({ field }) => field?.type === 'money');
  const units = new Set(money.flatMap(({ field }) => (field === null ? [] : [moneyUnitOf(field)])));
  const [unit] = units;
  // Yuan beside numbers of another kind, or two units, have no common sum.
  const otherNumbers = columns.some(({ kind, field }) => kind === 'number' && field?.type !== 'money');
  const summable = units.size === 0 || (units.size === 1 && !otherNumbers);
  const values = (function* (): Iterable<SummedValue> {
    for (let row = block.top; row <= block.bottom; row += 1) {
      const data = sheet.rowAt(row);
      if (data === undefined) continue;
      for (const column of columns) yield { value: column.value(data), numeric: column.kind === 'number' };
    }
  })();
  const { count, numbers, sum } = summarise(values);
  const parts = [`计数 ${plainNumber(count)}`];
  if (summable && numbers > 0) {
    const text = (amount: number): string =>
      unit === undefined
        ? plainNumber(amount)
        : `${formatMoney(Math.round(amount), unit, Number.isInteger(amount) ? 'exact' : 2)} ${unit}`;
    parts.push(
      `求和 ${text(sum)}`,
      `平均 ${unit === undefined ? text(sum / numbers) : `${formatMoney(Math.round(sum / numbers), unit, 2)} ${unit}`}`,
    );
  }
  return { parts };
}
