import type { MoneyUnit } from '../../dictionary/field.ts';
import type { MergedGrid } from './grid.ts';
import { candidatesOf, unitOfTitle } from './heading.ts';
import { cleanLine, squeeze } from './text.ts';

/** Rows of a header, 0-based, both ends inside. */
export interface HeaderRows {
  readonly top: number;
  readonly bottom: number;
}

const ROWS_LOOKED_AT = 60;
const TALLEST_HEADER = 3;
/** A column counts as recognised from here on. */
const CONFIDENT = 0.6;
const LONG_HEADING = 30;

/** Whether a number can stand in a heading: a year, or the number of a column. */
function isHeadingNumber(text: string): boolean {
  return /^(?:19|20)\d\d(?:年.*)?$/.test(text);
}

/** A parent heading without a merge stands in the first of its columns only; it is read on to the right over blanks. */
function parentAt(sheet: MergedGrid, row: number, bottom: number, column: number): string {
  const here = sheet.seen(row, column);
  if (here !== undefined && here.text.trim() !== '') return here.text;
  if (row === bottom || (sheet.own(row + 1, column)?.text ?? '').trim() === '') return '';
  for (let left = column - 1; left >= 0; left--) {
    const cell = sheet.seen(row, left);
    if (cell === undefined || cell.text.trim() === '') continue;
    const below = sheet.own(row + 1, left)?.text ?? '';
    return sheet.areaAt(row, left) === undefined && below.trim() !== '' ? cell.text : '';
  }
  return '';
}

/** The texts of a column's heading from the parent down; what is merged downwards counts once. */
export function headingPath(sheet: MergedGrid, header: HeaderRows, column: number): readonly string[] {
  const path: string[] = [];
  for (let row = header.top; row <= header.bottom; row++) {
    const text = cleanLine(parentAt(sheet, row, header.bottom, column));
    if (text !== '' && squeeze(text) !== squeeze(path.at(-1) ?? '')) path.push(text);
  }
  return path;
}

function cutsAMerge(sheet: MergedGrid, header: HeaderRows): boolean {
  for (let column = 0; column < sheet.columnCount; column++) {
    const area = sheet.areaAt(header.bottom, column);
    if (area !== undefined && area.bottom > header.bottom && area.bottom - area.top < TALLEST_HEADER) return true;
  }
  return false;
}

function unlikeHeading(sheet: MergedGrid, header: HeaderRows): number {
  let penalty = 0;
  for (let row = header.top; row <= header.bottom; row++) {
    for (let column = 0; column < sheet.columnCount; column++) {
      const cell = sheet.own(row, column);
      if (cell === undefined || cell.text.trim() === '') continue;
      if (cell.type !== 'text' && !isHeadingNumber(cell.text)) penalty += 0.6;
      else if (cell.type === 'text' && /^[\d.,%-]+$/.test(squeeze(cell.text)) && !isHeadingNumber(cell.text))
        penalty += 0.6;
      else if (cell.text.length > LONG_HEADING) penalty += 0.3;
      // '单位：万元', '填报单位：…' belong to the lines above.
      else if (/^.{2,6}[:：]./.test(squeeze(cell.text)) && !/^其中/.test(cell.text)) penalty += 0.8;
    }
  }
  return penalty;
}

/** Cells with text in a row; a title or unit line has one. */
function filledCells(sheet: MergedGrid, row: number): number {
  return (sheet.grid.rows[row] ?? []).filter((cell) => cell !== undefined && cell.text.trim() !== '').length;
}

function score(sheet: MergedGrid, header: HeaderRows): number {
  const fields = new Map<string, number>();
  let repeated = 0;
  for (let column = 0; column < sheet.columnCount; column++) {
    const path = headingPath(sheet, header, column);
    const best = path.length === 0 ? undefined : candidatesOf(path)[0];
    if (best === undefined || best.confidence < CONFIDENT) continue;
    if (fields.has(best.field)) repeated += 0.2;
    fields.set(best.field, Math.max(fields.get(best.field) ?? 0, best.confidence));
  }
  if (fields.size < 2) return 0;
  const sum = [...fields.values()].reduce((total, confidence) => total + confidence, 0);
  return sum + repeated + (fields.has('name') ? 1.5 : 0) - unlikeHeading(sheet, header);
}

/**
 * Finds the header under title rows: the one to three rows whose texts mean most fields of the dictionary.
 * Null when fewer than two columns are known anywhere.
 */
export function findHeader(sheet: MergedGrid): HeaderRows | null {
  let best: HeaderRows | null = null;
  let bestScore = 1.2;
  const last = Math.min(sheet.rowCount, ROWS_LOOKED_AT);
  for (let top = 0; top < last; top++) {
    if (filledCells(sheet, top) < 2) continue;
    for (let height = 1; height <= TALLEST_HEADER && top + height <= sheet.rowCount; height++) {
      const header = { top, bottom: top + height - 1 };
      if (height > 1 && filledCells(sheet, header.bottom) === 0) break;
      if (cutsAMerge(sheet, header)) continue;
      const found = score(sheet, header);
      // A taller or later header must be clearly better: the row below may just happen to hold a known word.
      if (found > bestScore + 0.25) {
        best = header;
        bestScore = found;
      }
    }
  }
  return best;
}

/** What the rows above the header say. */
export interface TitleFacts {
  readonly title: string | null;
  readonly unit: MoneyUnit | null;
  readonly year: number | null;
}

export function readTitle(sheet: MergedGrid, header: HeaderRows): TitleFacts {
  let title: string | null = null;
  let unit: MoneyUnit | null = null;
  for (let row = 0; row < header.top; row++) {
    for (const cell of sheet.grid.rows[row] ?? []) {
      if (cell?.type !== 'text') continue;
      unit ??= unitOfTitle(cell.text);
      const line = cleanLine(cell.text);
      if (line.length > (title?.length ?? 3) && !/单位[:：]/.test(line)) title = line;
    }
  }
  // Some tables say 单位：万元 inside the header's corner.
  for (let row = header.top; row <= header.bottom; row++) {
    for (const cell of sheet.grid.rows[row] ?? []) if (cell?.type === 'text') unit ??= unitOfTitleCell(cell.text);
  }
  const year = title === null ? null : /(20\d\d)\s*年/.exec(title.normalize('NFKC'));
  return { title, unit, year: year === null ? null : Number(year?.[1]) };
}

/** Only a cell that holds nothing but the unit speaks for the whole table. */
function unitOfTitleCell(text: string): MoneyUnit | null {
  return /^[([]?(?:金额)?单位/.test(squeeze(text)) ? unitOfTitle(text) : null;
}
