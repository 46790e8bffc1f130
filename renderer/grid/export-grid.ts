import type { Sheet } from './sheet.ts';
import type { ExportedGrid } from './types.ts';

/** What is on the screen, as data: visible columns in their order, rows filtered and sorted. */
export function exportGrid<R extends { readonly id: string }>(
  sheet: Sheet<R>,
  rows: readonly R[],
  totals: ReadonlyMap<string, string> | null,
  leftOut: ReadonlySet<string> = new Set(),
): ExportedGrid<R> {
  const columns = sheet.shown;
  return {
    columns: columns.map(({ key, label, group, unit, kind, field, width, column }) => ({
      key,
      label,
      group,
      unit,
      kind,
      field,
      plain: column.format === undefined,
      width: sheet.api?.getColumn(key)?.getActualWidth() ?? width,
    })),
    rows: rows.map((row) => {
      const values = columns.map((column) => column.value(row));
      return {
        row,
        counted: !leftOut.has(row.id),
        values,
        texts: columns.map((column, index) => column.text(values[index] ?? null, row)),
      };
    }),
    totals: totals === null ? null : columns.map(({ key }) => totals.get(key) ?? ''),
  };
}
