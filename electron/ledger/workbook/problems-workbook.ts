import type { CellValue, Worksheet } from 'exceljs';
import { columnName, type Grid } from '../../../shared/domain/workbook/grid.ts';
import type { RecognisedRow, Recognition, RowProblem } from '../../../shared/domain/workbook/recognition.ts';
import { sheetName } from './write.ts';

/** Heading of the column with the reasons; the recognition knows it and does not import it. */
export const REASON_HEADING = '导入问题说明';

const FILL = {
  error: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } },
  warn: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFEB9C' } },
} as const;
const LINE = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;

/** What is said of a row beside its cells: why it was not imported, where no cell is to blame. */
export interface ReturnedRow {
  readonly row: RecognisedRow;
  readonly reason: string | null;
}

function cellValueOf(grid: Grid, row: number, column: number): CellValue {
  const cell = grid.rows[row]?.[column];
  if (cell === undefined) return null;
  switch (cell.type) {
    case 'text':
      return cell.text;
    case 'number':
      return Number(cell.value);
    case 'date':
      return new Date(`${cell.text}T00:00:00Z`);
    case 'flag':
    case 'error':
      return cell.text;
  }
}

/** Copies a row of the original with the merges that lie wholly inside the rows copied together. */
function copyRows(ws: Worksheet, grid: Grid, from: number, to: number, target: number): void {
  for (let row = from; row <= to; row++) {
    for (let column = 0; column < grid.columnCount; column++) {
      const cell = ws.getCell(target + row - from, column + 1);
      cell.value = cellValueOf(grid, row, column);
      if (grid.rows[row]?.[column]?.type === 'date') cell.numFmt = 'yyyy-mm-dd';
      cell.border = { top: LINE, left: LINE, bottom: LINE, right: LINE };
      cell.alignment = { vertical: 'middle', wrapText: true };
    }
  }
  for (const { top, left, bottom, right } of grid.merges) {
    if (top < from || bottom > to) continue;
    ws.mergeCells(target + top - from, left + 1, target + bottom - from, right + 1);
  }
}

function mark(ws: Worksheet, problem: RowProblem, shift: number): void {
  const match = /^([A-Z]+)(\d+)$/.exec(problem.cell);
  if (match === null) return;
  const cell = ws.getCell(`${match[1]}${Number(match[2]) + shift}`);
  cell.fill = FILL[problem.severity];
  const before = typeof cell.note === 'string' ? `${cell.note}\n` : '';
  cell.note = before + problem.text;
}

function reasonOf({ row, reason }: ReturnedRow): string {
  const lines = [...(reason === null ? [] : [reason]), ...row.problems.map(({ text }) => text)];
  return lines.map((line, index) => (lines.length > 1 ? `${index + 1}. ${line}` : line)).join('\n');
}

/** Rows that decide what the following ones mean: without them a returned row would lose its unit or category. */
function isContext(row: RecognisedRow): boolean {
  return row.kind === 'category' || row.kind === 'unitGroup';
}

function writeRows(
  ws: Worksheet,
  grid: Grid,
  recognition: Recognition,
  returned: readonly ReturnedRow[],
  start: number,
): void {
  const wanted = new Map(returned.map((entry) => [entry.row.rowNumber, entry]));
  let next = start;
  let pending: RecognisedRow[] = [];
  for (const row of recognition.rows) {
    if (isContext(row)) pending.push(row);
    const entry = wanted.get(row.rowNumber);
    if (entry === undefined) continue;
    for (const context of pending) copyRows(ws, grid, context.rowNumber - 1, context.rowNumber - 1, next++);
    pending = [];
    copyRows(ws, grid, row.rowNumber - 1, row.lastRow - 1, next);
    for (const problem of row.problems) mark(ws, problem, next - row.rowNumber);
    const cell = ws.getCell(next, grid.columnCount + 1);
    cell.value = reasonOf(entry);
    cell.alignment = { vertical: 'top', wrapText: true };
    next += row.lastRow - row.rowNumber + 1;
  }
}

/**
 * The rows that were not imported, as an .xlsx: the header as it was, each row as it was, its bad cells coloured with a
 * comment, and the reasons in a column of their own. Corrected, the file can be imported again as it is.
 */
export async function problemsWorkbook(
  grid: Grid,
  recognition: Recognition,
  returned: readonly ReturnedRow[],
): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  const ws = book.addWorksheet(sheetName(grid.name));
  const [top, bottom] = recognition.headerRows ?? [1, 1];
  // From the first row, so that title, unit line and cell names above the header stay what they were.
  copyRows(ws, grid, 0, bottom - 1, 1);
  const heading = ws.getCell(top, grid.columnCount + 1);
  heading.value = REASON_HEADING;
  if (bottom > top) ws.mergeCells(top, grid.columnCount + 1, bottom, grid.columnCount + 1);
  heading.font = { bold: true };
  heading.alignment = { vertical: 'middle' };
  writeRows(ws, grid, recognition, returned, bottom + 1);
  for (let column = 0; column < grid.columnCount; column++) ws.getColumn(columnName(column)).width = 16;
  ws.getColumn(grid.columnCount + 1).width = 60;
  ws.views = [{ state: 'frozen', xSplit: 0, ySplit: bottom }];
  return Buffer.from(await book.xlsx.writeBuffer());
}
