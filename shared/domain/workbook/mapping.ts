import type { MoneyUnit } from '../../dictionary/field.ts';
import { readDate } from './date-text.ts';
import { type Cell, columnName, type MergedGrid } from './grid.ts';
import { type HeaderRows, headingPath, type TitleFacts } from './header.ts';
import { type Candidate, candidatesOf, isComputed, readHeading, unitOfPath } from './heading.ts';
import { areColumnNumbers, isCategoryNumber, isTotal } from './row-kind.ts';
import { importField, SEQUENCE, titleKey, YEARS } from './target.ts';
import { isPlaceholder, squeeze } from './text.ts';
import type { UnitFinder } from './units.ts';
import { findChoice } from './value.ts';
import { readYears } from './year-span.ts';

/** What one column of the sheet is taken for. */
export interface ColumnMapping {
  /** 0-based. */
  readonly column: number;
  readonly letter: string;
  /** Heading as written, parent and child joined by ' / '. */
  readonly heading: string;
  /** Key of an `ImportField`, or null when the column is not imported. */
  readonly field: string | null;
  /** For money columns. */
  readonly unit: MoneyUnit | null;
  readonly unitFrom: 'heading' | 'title' | 'default' | 'operator' | null;
  /** Unit of a column that is no money, such as 万平方米; put after numbers that become text. */
  readonly measure: string | null;
  /** 0 to 1; 1 when the operator chose. */
  readonly confidence: number;
  /** Another column claims the same field: the operator has to choose. */
  readonly claimedTwice: boolean;
  /** Up to three values met in the column. */
  readonly samples: readonly string[];
  /** Why the column is not imported, or what is doubtful about it. */
  readonly note: string | null;
}

/** The operator's choice for one column. */
export interface ColumnChoice {
  readonly column: number;
  readonly field: string | null;
  readonly unit: MoneyUnit | null;
}

const ACCEPTED = 0.5;
/** Claims closer than this to each other are for the operator to decide. */
const CLEARLY_BETTER = 0.12;
const ROWS_SAMPLED = 400;
const CELLS_SAMPLED = 40;
const NUMBER_TEXT = /^-?[\d,]+(?:\.\d+)?(?:亿元?|万元?|元)?$/;

interface Column {
  readonly column: number;
  readonly path: readonly string[];
  readonly cells: readonly Cell[];
}

/** Rows to judge columns by: no column numbers, totals or lines of a single cell. */
function typicalRows(sheet: MergedGrid, header: HeaderRows): readonly number[] {
  const found: number[] = [];
  const last = Math.min(sheet.rowCount, header.bottom + 1 + ROWS_SAMPLED);
  for (let row = header.bottom + 1; row < last; row++) {
    const texts = (sheet.grid.rows[row] ?? [])
      .flatMap((cell) => (cell === undefined ? [] : [cell.text]))
      .filter((text) => text.trim() !== '');
    if (texts.length < 2 || areColumnNumbers(texts) || texts.slice(0, 2).some(isTotal)) continue;
    if (isCategoryNumber(texts[0] ?? '')) continue;
    found.push(row);
  }
  return found;
}

function sampleColumn(sheet: MergedGrid, rows: readonly number[], column: number): readonly Cell[] {
  const cells: Cell[] = [];
  for (const row of rows) {
    if (cells.length >= CELLS_SAMPLED) break;
    const cell = sheet.own(row, column);
    if (cell !== undefined && !isPlaceholder(cell.text)) cells.push(cell);
  }
  return cells;
}

const share = (cells: readonly Cell[], fits: (cell: Cell) => boolean): number =>
  cells.filter(fits).length / cells.length;
const isNumeric = (cell: Cell): boolean => cell.type === 'number' || NUMBER_TEXT.test(squeeze(cell.text));
const rawOf = (cell: Cell): string | number => (typeof cell.value === 'number' ? cell.value : cell.text);

/** How well the values suit a field: 0 to 1, or null when there are none to judge by. */
function fitness(key: string, cells: readonly Cell[], findUnit: UnitFinder): number | null {
  if (cells.length === 0) return null;
  if (key === SEQUENCE) return null;
  if (key === YEARS) return share(cells, (cell) => readYears(rawOf(cell), cell.type === 'date').kind !== 'unreadable');
  const field = importField(key)?.field;
  switch (field?.type) {
    case 'money':
    case 'integer':
    case 'decimal':
      return share(cells, isNumeric);
    case 'date':
      return share(cells, (cell) => cell.type === 'date' || readDate(rawOf(cell), 2020, 'first').kind === 'date');
    case 'choice':
    case 'choices':
      return share(cells, (cell) => findChoice(cell.text, field.choices ?? []) !== null);
    case 'ref':
      // Units may be missing from the ledger yet: an unknown name speaks only half against the column.
      if (field.ref !== 'person') return 0.5 + 0.5 * share(cells, (cell) => findUnit(cell.text).kind === 'found');
      return share(cells, (cell) => !isNumeric(cell));
    case 'text':
    case 'longText':
      if (key === 'code') return 1 - share(cells, (cell) => /^\d{1,4}$/.test(squeeze(cell.text)));
      return field.pattern !== undefined || /phone|contact/i.test(key) ? 1 : 1 - 0.8 * share(cells, isNumeric);
    case undefined:
    case 'flag':
    case 'instant':
    case 'json':
      return null;
  }
}

function judge(column: Column, findUnit: UnitFinder): readonly Candidate[] {
  return candidatesOf(column.path)
    .map(({ field, confidence }) => {
      const fit = fitness(field, column.cells, findUnit);
      // A few cells that do not fit are errors in the table, not a reason to doubt the column.
      return {
        field,
        confidence: fit === null ? confidence * 0.98 : confidence * (0.55 + 0.45 * Math.min(1, fit / 0.7)),
      };
    })
    .map((candidate) =>
      candidate.field === 'code' && candidate.confidence < 0.8 ? { field: SEQUENCE, confidence: 0.8 } : candidate,
    )
    .filter(({ field, confidence }) => confidence >= ACCEPTED && fitsUnit(field, column.path))
    .sort((a, b) => b.confidence - a.confidence);
}

/** 万吨 and 万平方米 are not money (domain facts §3.5). */
function fitsUnit(key: string, path: readonly string[]): boolean {
  return importField(key)?.field?.type !== 'money' || unitOfPath(path) !== 'other';
}

function headingYear(path: readonly string[]): number | null {
  const match = /(?:19|20)\d\d(?=年)/.exec(squeeze(path.join(' ')));
  return match === null ? null : Number(match[0]);
}

interface Claim {
  readonly field: string;
  readonly confidence: number;
  readonly contested: boolean;
}

/** Gives each field to the column that claims it best; equal claims stay contested. */
function settle(
  columns: readonly Column[],
  lists: readonly (readonly Candidate[])[],
  sheetYear: number,
): readonly (Claim | null)[] {
  const position = lists.map(() => 0);
  const current = (index: number): Candidate | undefined => lists[index]?.[position[index] ?? 0];
  // '2020年计划投资' beside '2021年计划投资': the year of the sheet wins; an empty column loses.
  const strength = (index: number): number => {
    const year = headingYear(columns[index]?.path ?? []);
    const otherYear = year !== null && year !== sheetYear ? 0.3 : 0;
    return (current(index)?.confidence ?? 0) - otherYear - (columns[index]?.cells.length === 0 ? 0.2 : 0);
  };
  for (let moved = true; moved; ) {
    moved = false;
    for (const index of lists.keys()) {
      const mine = current(index);
      if (mine === undefined) continue;
      const rivals = [...lists.keys()].filter((other) => other !== index && current(other)?.field === mine.field);
      const firstSequence = mine.field === SEQUENCE && rivals.some((other) => other < index);
      if (!firstSequence && !rivals.some((other) => strength(other) > strength(index) + CLEARLY_BETTER)) continue;
      position[index] = (position[index] ?? 0) + 1;
      moved = true;
    }
  }
  return lists.map((_, index) => {
    const mine = current(index);
    if (mine === undefined) return null;
    const contested = [...lists.keys()].some((other) => other !== index && current(other)?.field === mine.field);
    return { field: mine.field, confidence: mine.confidence, contested };
  });
}

/** A bare 职务 belongs to the person to its left. */
function bareTitles(columns: readonly Column[], claims: readonly (Claim | null)[]): readonly (Claim | null)[] {
  return claims.map((claim, index) => {
    if (claim !== null || !/^职务$|职务及?(?:职级)?$/.test(readHeading(columns[index]?.path.at(-1) ?? '').key))
      return claim;
    const left = claims[index - 1];
    const isPerson = left !== null && left !== undefined && importField(left.field)?.field?.ref === 'person';
    return isPerson ? { field: titleKey(left.field), confidence: 0.8, contested: false } : claim;
  });
}

function numbersOf(cells: readonly Cell[]): readonly number[] {
  return cells
    .map((cell) => (typeof cell.value === 'number' ? cell.value : Number(squeeze(cell.text).replace(/,/g, ''))))
    .filter((value) => Number.isFinite(value) && value > 0)
    .sort((a, b) => a - b);
}

/** In 万元 a project is rarely under a hundred; a column of such figures is likely in 亿元, one of huge figures in 元. */
export function doubtUnit(key: string, unit: MoneyUnit, cells: readonly Cell[]): string | null {
  if (key !== 'totalInvestment' && key !== 'annualPlan') return null;
  const numbers = numbersOf(cells);
  const median = numbers[Math.floor(numbers.length / 2)];
  if (median === undefined || numbers.length < 3) return null;
  if (unit === '万元' && median < 50) return `多数数值只有 ${median} 左右，疑似以亿元为单位，请核对`;
  if (unit === '万元' && median >= 20_000_000) return `多数数值在 ${median} 左右，疑似以元为单位，请核对`;
  if (unit === '亿元' && median >= 5000) return `多数数值在 ${median} 左右，疑似以万元为单位，请核对`;
  if (unit === '元' && median < 1_000_000) return `多数数值只有 ${median} 左右，疑似以万元为单位，请核对`;
  return null;
}

function moneyUnit(
  path: readonly string[],
  title: TitleFacts,
  fallback: string | undefined,
): Pick<ColumnMapping, 'unit' | 'unitFrom'> {
  const written = unitOfPath(path);
  if (written !== null && written !== 'other') return { unit: written, unitFrom: 'heading' };
  if (title.unit !== null) return { unit: title.unit, unitFrom: 'title' };
  const unit = fallback === '元' || fallback === '亿元' ? fallback : '万元';
  return { unit, unitFrom: 'default' };
}

function noteOf(column: Column, claim: Claim | null): string | null {
  if (claim !== null) return null;
  if (column.path.length === 0) return '没有表头，不导入';
  const last = readHeading(column.path.at(-1) ?? '');
  return isComputed(last) ? '计算列，不导入' : '不认识的列，不导入；如需导入请选择字段';
}

function describeColumn(column: Column, claim: Claim | null, title: TitleFacts): ColumnMapping {
  const field = claim === null ? null : (importField(claim.field)?.field ?? null);
  const money = field?.type === 'money' ? moneyUnit(column.path, title, field.unit) : { unit: null, unitFrom: null };
  const doubt =
    money.unit === null || claim === null || money.unitFrom === 'heading'
      ? null
      : doubtUnit(claim.field, money.unit, column.cells);
  return {
    column: column.column,
    letter: columnName(column.column),
    heading: column.path.join(' / '),
    field: claim?.field ?? null,
    ...money,
    measure: readHeading(column.path.at(-1) ?? '').measure,
    confidence: claim?.confidence ?? 0,
    claimedTwice: claim?.contested ?? false,
    samples: column.cells.slice(0, 3).map((cell) => cell.text),
    note: doubt ?? noteOf(column, claim),
  };
}

function columnsOf(sheet: MergedGrid, header: HeaderRows): readonly Column[] {
  const rows = typicalRows(sheet, header);
  return Array.from({ length: sheet.columnCount }, (_, column) => ({
    column,
    path: headingPath(sheet, header, column),
    cells: sampleColumn(sheet, rows, column),
  })).filter(({ path, cells }) => path.length > 0 || cells.length > 0);
}

/** Maps the columns under a header to fields by their headings and values. */
export function mapColumns(
  sheet: MergedGrid,
  header: HeaderRows,
  title: TitleFacts,
  findUnit: UnitFinder,
  sheetYear: number,
): readonly ColumnMapping[] {
  const columns = columnsOf(sheet, header);
  const claims = bareTitles(
    columns,
    settle(
      columns,
      columns.map((column) => judge(column, findUnit)),
      sheetYear,
    ),
  );
  return columns.map((column, index) => describeColumn(column, claims[index] ?? null, title));
}

/** The columns as the operator mapped them; a column without a choice is not imported. */
export function mapByChoice(
  sheet: MergedGrid,
  header: HeaderRows,
  title: TitleFacts,
  choices: readonly ColumnChoice[],
): readonly ColumnMapping[] {
  const chosen = new Map(choices.map((choice) => [choice.column, choice]));
  return columnsOf(sheet, header).map((column) => {
    const choice = chosen.get(column.column);
    const key = choice?.field ?? null;
    const contested = key !== null && choices.some((other) => other.column !== column.column && other.field === key);
    const claim = key === null ? null : { field: key, confidence: 1, contested };
    const plain = describeColumn(column, claim, title);
    if (choice?.unit === undefined || choice.unit === null || plain.unit === null || choice.unit === plain.unit)
      return plain;
    return { ...plain, unit: choice.unit, unitFrom: 'operator', note: doubtUnit(key ?? '', choice.unit, column.cells) };
  });
}
