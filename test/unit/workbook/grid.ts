import type { Cell, Grid } from '../../../shared/domain/workbook/grid.ts';

type Plain = string | number | null;

function toCell(value: Plain): Cell | undefined {
  if (value === null || value === '') return undefined;
  return typeof value === 'number'
    ? { type: 'number', value, text: String(value) }
    : { type: 'text', value, text: value };
}

/** A sheet without merges from plain values. */
export function gridOf(rows: readonly (readonly Plain[])[], merges: Grid['merges'] = []): Grid {
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  return { name: '表', hidden: false, columnCount, merges, rows: rows.map((row) => row.map(toCell)) };
}
