import type { TableColumn, TableSheet } from '../../shared/contract/workbook.ts';
import { ledger, platform } from '../app/api.ts';
import type { ExportedColumn, ExportedGrid } from '../grid/index.ts';

type CellKind = TableColumn['kind'];
type Cell = string | number | null;

export interface ExportWords {
  /** Name of the sheet and, with the day, of the file. */
  readonly name: string;
  readonly title: string;
  /** Day of the data, office. */
  readonly note: string;
  /** Computed columns that are shares of 1. */
  readonly percents?: readonly string[];
  /** Columns that belong to the screen only. */
  readonly leaveOut?: readonly string[];
}

function kindOf({ field, kind, unit, key, plain }: ExportedColumn, percents: readonly string[]): CellKind {
  if (percents.includes(key)) return 'percent';
  if (
    field?.type === 'money' ||
    (field === null && kind === 'number' && (unit === '万元' || unit === '亿元' || unit === '元'))
  ) {
    return 'money';
  }
  if (field === null && kind === 'number' && plain) return 'decimal';
  if (field?.type === 'integer' || field?.type === 'decimal') return field.type;
  return field?.type === 'date' ? 'date' : 'text';
}

function moneyUnit(column: ExportedColumn): '元' | '万元' | '亿元' {
  return column.unit === '元' || column.unit === '亿元' ? column.unit : '万元';
}

/** A grid as it is shown, as one sheet of a workbook: numbers as numbers, choices and names as words. */
export function tableOf<R>(grid: ExportedGrid<R>, words: ExportWords): TableSheet {
  const percents = words.percents ?? [];
  const kept = grid.columns
    .map((column, index) => ({ column, index, kind: kindOf(column, percents) }))
    .filter(({ column }) => words.leaveOut?.includes(column.key) !== true);
  const cellOf = (row: ExportedGrid<R>['rows'][number], index: number, kind: CellKind): Cell =>
    kind === 'text' ? (row.texts[index] ?? '') : (row.values[index] ?? null);
  const totalOf = (index: number, kind: CellKind): Cell => {
    const text = grid.totals?.[index] ?? '';
    if (text === '' || kind !== 'money') return text === '' ? null : text;
    return grid.rows.reduce((sum, row) => sum + (row.counted ? Number(row.values[index] ?? 0) : 0), 0);
  };
  return {
    name: words.name,
    title: words.title,
    note: words.note,
    unit: kept.some(({ kind }) => kind === 'money') ? '万元' : null,
    columns: kept.map(({ column, kind }) => ({
      heading: column.label,
      group: column.group,
      kind,
      unit: kind === 'money' ? moneyUnit(column) : null,
      width: Math.round(column.width / 7.5),
    })),
    rows: grid.rows.map((row) => kept.map(({ index, kind }) => cellOf(row, index, kind))),
    totals: grid.totals === null ? null : kept.map(({ index, kind }) => totalOf(index, kind)),
    frozenColumns: 2,
    paper: kept.length > 14 ? 'A3' : 'A4',
  };
}

/** Asks where to, and writes the sheet there. Null when the operator changed his mind. */
export async function exportExcel(sheet: TableSheet, day: string): Promise<string | null> {
  const path = await platform.pickSaveFile({
    title: '导出 Excel',
    defaultName: `${sheet.name}（${day}）.xlsx`,
    filters: [{ name: 'Excel 工作簿', extensions: ['xlsx'] }],
  });
  if (path === null) return null;
  await ledger.workbook.exportTables({ path, sheets: [sheet] });
  return path;
}
