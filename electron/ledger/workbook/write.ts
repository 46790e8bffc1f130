import type { Cell, CellValue, PaperSize, Worksheet } from 'exceljs';
import type { TableColumn, TableSheet } from '../../../shared/contract/workbook.ts';
import type { MoneyUnit } from '../../../shared/dictionary/field.ts';
import { columnName } from '../../../shared/domain/workbook/grid.ts';
import { saveWorkbook } from './save.ts';

const YUAN: Readonly<Record<MoneyUnit, number>> = { 元: 1, 万元: 10_000, 亿元: 100_000_000 };
const FORMATS: Readonly<Record<TableColumn['kind'], string>> = {
  text: '@',
  integer: '#,##0',
  decimal: '#,##0',
  money: '#,##0',
  percent: '0.0%',
  date: 'yyyy-mm-dd',
};
const LINE = { style: 'thin', color: { argb: 'FF808080' } } as const;
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const BODY_FONT = { name: '宋体', size: 11 };
const TITLE_FONT = { name: '宋体', size: 18, bold: true };

function toCellValue(value: string | number | null, column: TableColumn): CellValue {
  if (value === null || value === '') return null;
  if (column.kind === 'money' && typeof value === 'number') return value / YUAN[column.unit ?? '万元'];
  if (column.kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return new Date(`${value}T00:00:00Z`);
  }
  return value;
}

const headingOf = (column: TableColumn, sheet: TableSheet): string =>
  column.kind === 'money' && column.unit !== sheet.unit
    ? `${column.heading}（${column.unit ?? '万元'}）`
    : column.heading;

/** As many decimals as the amount has: a fixed '0.##' would leave '10,000.' with a dangling point. */
function formatOf(value: CellValue, { kind }: TableColumn): string {
  const counted = kind === 'money' || kind === 'decimal';
  if (!counted || typeof value !== 'number' || Number.isInteger(value)) return FORMATS[kind];
  const decimals = String(Number(value.toFixed(8))).split('.')[1]?.length ?? 0;
  return decimals === 0 ? FORMATS.money : `${FORMATS.money}.${'0'.repeat(decimals)}`;
}

function styleHead(cell: Cell): void {
  cell.font = { ...BODY_FONT, bold: true };
  cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  cell.border = BORDER;
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } };
}

/** Headings in one row, or two when columns have groups: the group over its columns, others over both rows. */
function writeHeadings(ws: Worksheet, sheet: TableSheet, top: number): number {
  const { columns } = sheet;
  const grouped = columns.some(({ group }) => group !== null);
  const bottom = grouped ? top + 1 : top;
  columns.forEach((column, index) => {
    ws.getCell(bottom, index + 1).value = headingOf(column, sheet);
    if (grouped) ws.getCell(top, index + 1).value = column.group ?? headingOf(column, sheet);
  });
  for (let start = 0; grouped && start < columns.length; ) {
    const { group } = columns[start] ?? { group: null };
    let end = start;
    while (group !== null && columns[end + 1]?.group === group) end++;
    if (group === null) ws.mergeCells(top, start + 1, bottom, start + 1);
    else if (end > start) ws.mergeCells(top, start + 1, top, end + 1);
    start = end + 1;
  }
  for (let row = top; row <= bottom; row++) {
    for (let column = 1; column <= columns.length; column++) styleHead(ws.getCell(row, column));
  }
  return bottom;
}

function styleBody(cell: Cell, column: TableColumn, value: CellValue): void {
  cell.font = BODY_FONT;
  cell.border = BORDER;
  cell.numFmt = formatOf(value, column);
  const horizontal = column.kind === 'text' ? 'left' : column.kind === 'date' ? 'center' : 'right';
  cell.alignment = { horizontal, vertical: 'middle', wrapText: column.kind === 'text' };
}

function writeTotals(ws: Worksheet, sheet: TableSheet, row: number, first: number): void {
  const { columns, totals } = sheet;
  if (totals === null) return;
  columns.forEach((column, index) => {
    const cell = ws.getCell(row, index + 1);
    const value = toCellValue(totals[index] ?? null, column);
    const letter = columnName(index);
    // SUBTOTAL follows a filter set in Excel; the result is there for readers that do not compute. Totals that leave rows
    // out (a bundle counted once) are no sum of the column.
    const sum = sheet.rows.reduce((all, cells) => all + Number(cells[index] ?? 0), 0);
    const adds = typeof value === 'number' && column.kind !== 'percent' && row > first && sum === totals[index];
    cell.value = adds ? { formula: `SUBTOTAL(109,${letter}${first}:${letter}${row - 1})`, result: value } : value;
    styleBody(cell, column, value);
    cell.font = { ...BODY_FONT, bold: true };
  });
}

function writeSheet(ws: Worksheet, sheet: TableSheet): void {
  const { columns, rows } = sheet;
  const width = columns.length;
  ws.getCell(1, 1).value = sheet.title;
  ws.getCell(1, 1).font = TITLE_FONT;
  ws.getCell(1, 1).alignment = { horizontal: 'center', vertical: 'middle' };
  if (width > 1) ws.mergeCells(1, 1, 1, width);
  ws.getRow(1).height = 32;
  const line = [sheet.note, sheet.unit === null ? '' : `单位：${sheet.unit}`]
    .filter((part) => part !== null && part !== '')
    .join('    ');
  ws.getCell(2, 1).value = line;
  ws.getCell(2, 1).font = BODY_FONT;
  ws.getCell(2, 1).alignment = { horizontal: 'right' };
  if (width > 1) ws.mergeCells(2, 1, 2, width);

  const head = writeHeadings(ws, sheet, 3);
  rows.forEach((row, offset) => {
    columns.forEach((column, index) => {
      const cell = ws.getCell(head + 1 + offset, index + 1);
      const value = toCellValue(row[index] ?? null, column);
      cell.value = value;
      styleBody(cell, column, value);
    });
  });
  writeTotals(ws, sheet, head + 1 + rows.length, head + 1);

  columns.forEach((column, index) => {
    ws.getColumn(index + 1).width = Math.min(60, Math.max(6, column.width));
  });
  const last = head + rows.length;
  if (rows.length > 0) ws.autoFilter = { from: { row: head, column: 1 }, to: { row: last, column: width } };
  ws.views = [{ state: 'frozen', xSplit: Math.min(sheet.frozenColumns, width), ySplit: head }];
  ws.pageSetup = {
    paperSize: (sheet.paper === 'A3' ? 8 : 9) as number as PaperSize,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    printTitlesRow: `3:${head}`,
  };
  ws.headerFooter.oddFooter = '第 &P 页，共 &N 页';
}

/** Excel refuses these in the name of a sheet, and more than 31 characters. */
export function sheetName(text: string): string {
  const name = text
    .replace(/[\\/?*[\]:]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31);
  return name === '' ? 'Sheet1' : name;
}

/** Tables as the bytes of an .xlsx workbook, one sheet each. */
export async function tableWorkbook(sheets: readonly TableSheet[]): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.creator = '包保台账';
  const names = new Set<string>();
  for (const sheet of sheets) {
    let name = sheetName(sheet.name);
    for (let copy = 2; names.has(name.toLowerCase()); copy++) name = `${sheetName(sheet.name).slice(0, 27)}(${copy})`;
    names.add(name.toLowerCase());
    writeSheet(book.addWorksheet(name), sheet);
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/**
 * Writes tables to an .xlsx file, whole or not at all.
 *
 * @throws Fault FILE_LOCKED, DISK_FULL, READ_ONLY, FILE_GONE
 */
export async function writeTables(path: string, sheets: readonly TableSheet[]): Promise<void> {
  saveWorkbook(path, await tableWorkbook(sheets));
}
