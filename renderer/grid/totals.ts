import type { Field } from '../../shared/dictionary/field.ts';
import { sumMoney } from '../../shared/domain/money.ts';
import type { ResolvedColumn } from './column.ts';
import { formatCell } from './format-cell.ts';

/** Texts of the totals row, by column key, over these rows. '合计' goes to `labelKey`, with `note` behind the count. */
export function totalsOf<R>(
  columns: readonly ResolvedColumn<R>[],
  rows: readonly R[],
  labelKey: string | null,
  note = '',
): ReadonlyMap<string, string> {
  const totals = new Map<string, string>();
  for (const resolved of columns) {
    const text = totalOf(resolved, rows);
    if (text !== '') totals.set(resolved.key, text);
  }
  if (labelKey !== null && !totals.has(labelKey)) totals.set(labelKey, `合计（${rows.length} 项${note}）`);
  return totals;
}

function totalOf<R>(resolved: ResolvedColumn<R>, rows: readonly R[]): string {
  const { column, total, field } = resolved;
  if (column.totalOf !== undefined) return column.totalOf(rows);
  if (total === 'none') return '';
  const values = rows.map((row) => resolved.value(row));
  if (total === 'count') return String(values.filter((value) => value !== null && value !== '').length);
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.length === 0) return '';
  return sumText(numbers, field);
}

/** A sum in the wording of its column: money in its unit, exact. */
function sumText(numbers: readonly number[], field: Field | null): string {
  if (field?.type === 'money') {
    try {
      return formatCell(sumMoney(numbers), field);
    } catch {
      return '数额过大';
    }
  }
  const sum = numbers.reduce((left, right) => left + right, 0);
  if (field !== null) return formatCell(sum, field);
  return plainNumber(sum);
}

/** At most four decimals, thousands marks. */
export function plainNumber(value: number): string {
  return new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 4 }).format(value);
}
