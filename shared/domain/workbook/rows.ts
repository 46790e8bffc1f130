import { type Cell, cellName, type MergedGrid } from './grid.ts';
import { type HeaderRows, headingPath } from './header.ts';
import type { ColumnMapping } from './mapping.ts';
import {
  areColumnNumbers,
  hasEnumerator,
  hasStrongEnumerator,
  isCategoryNumber,
  isCount,
  isNote,
  isTotal,
  looksLikeUnit,
  type RowKind,
  readCategory,
} from './row-kind.ts';
import { SEQUENCE } from './target.ts';
import { cleanLine, isPlaceholder, squeeze, stripMarks } from './text.ts';
import type { UnitFinder } from './units.ts';

/** One row below the header, told apart. Rows are 0-based. */
export interface SortedRow {
  readonly row: number;
  /** Last row of a project that spans several; the row itself otherwise. */
  readonly lastRow: number;
  readonly kind: RowKind;
  /** For rows that are no project: what they say. */
  readonly label: string;
}

/** What the classification needs to know of the sheet. */
export interface RowContext {
  readonly sheet: MergedGrid;
  readonly header: HeaderRows;
  readonly title: string | null;
  readonly mapping: readonly ColumnMapping[];
  readonly findUnit: UnitFinder;
  /** Whether a text names a choice that a category row can give to the projects under it. */
  readonly isChoiceLabel: (label: string) => boolean;
}

interface Facts {
  readonly row: number;
  readonly cells: readonly { readonly column: number; readonly cell: Cell }[];
  readonly first: string;
  readonly sequence: string;
  readonly name: string;
  readonly numbered: boolean;
  /** Cells that describe a project: neither numbers nor counts, nor the name itself. */
  readonly descriptive: number;
  /** One cell alone, or merged over three columns and more. */
  readonly alone: boolean;
}

const MOST_ROWS_OF_A_PROJECT = 12;
const NUMBER = /^-?[\d,.]+%?$/;

function columnOf(mapping: readonly ColumnMapping[], field: string): number | null {
  return mapping.find((column) => column.field === field)?.column ?? null;
}

function factsOf(context: RowContext, row: number, nameColumn: number | null, sequenceColumn: number | null): Facts {
  const { sheet } = context;
  const cells = (sheet.grid.rows[row] ?? []).flatMap((cell, column) =>
    cell === undefined || cell.text.trim() === '' ? [] : [{ column, cell }],
  );
  const first = cells[0];
  const sequence = sequenceColumn === null ? '' : (sheet.own(row, sequenceColumn)?.text ?? '').trim();
  const name = nameColumn === null ? '' : cleanLine(sheet.own(row, nameColumn)?.text ?? '');
  const described = cells.filter(({ column, cell }) => {
    if (column === nameColumn || column === sequenceColumn || column === first?.column) return false;
    const text = squeeze(cell.text);
    return (
      cell.type === 'date' || (cell.type === 'text' && !NUMBER.test(text) && !isPlaceholder(text) && !isCount(text))
    );
  });
  const area = first === undefined ? undefined : sheet.areaAt(row, first.column);
  return {
    row,
    cells,
    first: first === undefined ? '' : cleanLine(first.cell.text),
    sequence,
    name,
    numbered: /^\d{1,4}(?:[-.]\d{1,3})*$/.test(stripMarks(squeeze(sequence)).replace(/[.、]$/, '')),
    descriptive: described.length,
    // A single cell further right belongs to the project above, not to a line of its own.
    alone:
      (cells.length === 1 && (first?.column ?? 0) <= (nameColumn ?? 0)) ||
      (area !== undefined && area.right - area.left >= 2),
  };
}

function repeatsHeader(
  facts: Facts,
  headings: ReadonlyMap<number, ReadonlySet<string>>,
  title: string | null,
): boolean {
  if (facts.cells.length === 0) return false;
  if (facts.cells.length === 1 && title !== null && squeeze(facts.first) === squeeze(title)) return true;
  const same = facts.cells.filter(({ column, cell }) => headings.get(column)?.has(squeeze(cell.text)) ?? false).length;
  return same >= 2 && same >= facts.cells.length * 0.6;
}

function isCategory(facts: Facts, label: string, context: RowContext, hasSequence: boolean): boolean {
  if (facts.numbered || facts.descriptive > 0) return false;
  const text = facts.name === '' ? facts.first : facts.name;
  if (isCategoryNumber(facts.sequence) || hasStrongEnumerator(facts.first) || hasStrongEnumerator(text)) return true;
  const { count } = readCategory(text);
  if (count !== null) return true;
  if (facts.alone && context.mapping.length >= 4) return true;
  if (hasEnumerator(text) && hasSequence) return true;
  return hasSequence && squeeze(facts.sequence) === '' && context.isChoiceLabel(label);
}

function isUnitGroup(facts: Facts, label: string, context: RowContext): boolean {
  if (facts.numbered || facts.descriptive > 0 || label === '') return false;
  if (context.findUnit(label).kind === 'found') return true;
  const counted = facts.cells.some(({ cell }) => isCount(cell.text)) || readCategory(facts.first).count !== null;
  return looksLikeUnit(label) && counted;
}

function kindOf(
  facts: Facts,
  context: RowContext,
  headings: ReadonlyMap<number, ReadonlySet<string>>,
  hasSequence: boolean,
): RowKind {
  const { row } = facts;
  if (facts.cells.length === 0) return 'blank';
  if (
    areColumnNumbers(facts.cells.map(({ cell }) => cell.text)) &&
    facts.cells.length >= Math.min(4, context.mapping.length)
  ) {
    if (row <= context.header.bottom + 2 || facts.name === '' || /^\d{1,2}$/.test(squeeze(facts.name)))
      return 'columnNumbers';
  }
  if (repeatsHeader(facts, headings, context.title)) return 'header';
  if (isNote(facts.first) && facts.cells.length <= 4) return 'note';
  if ([facts.first, facts.sequence, facts.name].some((text) => text !== '' && isTotal(text))) return 'subtotal';
  const label = readCategory(facts.name === '' ? facts.first : facts.name).label;
  if (isUnitGroup(facts, label, context)) return 'unitGroup';
  if (isCategory(facts, label, context, hasSequence)) return 'category';
  return 'data';
}

/** Without a name or a number, text alone carries on the project above; a row with figures is a project without a name. */
function carriesOn(facts: Facts, above: SortedRow | undefined): boolean {
  if (facts.name !== '' || facts.numbered) return false;
  if (above === undefined || (above.kind !== 'data' && above.kind !== 'continued')) return false;
  return facts.cells.every(({ cell }) => cell.type === 'text' && !NUMBER.test(squeeze(cell.text)));
}

function labelOf({ name, first }: Facts, kind: RowKind): string {
  if (kind === 'data' || kind === 'blank') return name;
  if (kind === 'subtotal' && name !== first && first !== '') return `${first}${name}`;
  return name === '' ? first : name;
}

/** Tells the rows below the header apart. */
export function sortRows(context: RowContext): readonly SortedRow[] {
  const { sheet, header, mapping } = context;
  const nameColumn = columnOf(mapping, 'name');
  const sequenceColumn = columnOf(mapping, SEQUENCE) ?? columnOf(mapping, 'code');
  const headings = new Map<number, ReadonlySet<string>>();
  for (const { column } of mapping) {
    headings.set(
      column,
      new Set([...headingPath(sheet, header, column), headingPath(sheet, header, column).join('')].map(squeeze)),
    );
  }
  const sorted: SortedRow[] = [];
  for (let row = header.bottom + 1; row < sheet.rowCount; row++) {
    const above = sorted.at(-1);
    const area = nameColumn === null ? undefined : sheet.areaAt(row, nameColumn);
    const spans = area !== undefined && area.bottom > area.top && area.bottom - area.top < MOST_ROWS_OF_A_PROJECT;
    if (spans && row > area.top && above !== undefined && (above.kind === 'data' || above.kind === 'continued')) {
      sorted.push({ row, lastRow: row, kind: 'continued', label: '' });
      continue;
    }
    const facts = factsOf(context, row, nameColumn, sequenceColumn);
    const kind = kindOf(facts, context, headings, sequenceColumn !== null);
    const sequenceArea = sequenceColumn === null ? undefined : sheet.areaAt(row, sequenceColumn);
    const underNumber = facts.name === '' && sequenceArea !== undefined && row > sequenceArea.top;
    if (
      kind === 'data' &&
      nameColumn !== null &&
      above !== undefined &&
      (carriesOn(facts, above) || (underNumber && facts.cells.length > 0))
    ) {
      sorted.push({ row, lastRow: row, kind: 'continued', label: '' });
      continue;
    }
    const label = labelOf(facts, kind);
    sorted.push({ row, lastRow: spans && kind === 'data' ? area.bottom : row, kind, label });
  }
  return stretch(sorted);
}

/** A project lasts to the end of the rows that carry it on. */
function stretch(rows: readonly SortedRow[]): readonly SortedRow[] {
  const out: SortedRow[] = [];
  let owner = -1;
  for (const row of rows) {
    if (row.kind === 'continued' && owner >= 0) {
      const project = out[owner];
      if (project !== undefined) out[owner] = { ...project, lastRow: Math.max(project.lastRow, row.row) };
    } else if (row.kind === 'data') {
      owner = out.length;
    } else if (row.kind !== 'blank') {
      owner = -1;
    }
    out.push(row);
  }
  return out;
}

/** The cell a project's row shows in a column: merged downwards counts for each row, merged sideways for the first column only. */
export function projectCell(
  sheet: MergedGrid,
  row: number,
  column: number,
): { readonly cell: Cell | undefined; readonly sharedWith: string | null } {
  const area = sheet.areaAt(row, column);
  if (area === undefined) return { cell: sheet.own(row, column), sharedWith: null };
  if (column > area.left) return { cell: undefined, sharedWith: null };
  return { cell: sheet.own(area.top, area.left), sharedWith: row > area.top ? cellName(area.top, area.left) : null };
}
