import { dictionary } from '../../dictionary/index.ts';
import { INHERITABLE, readRows } from './evaluate.ts';
import { type Grid, withMerges } from './grid.ts';
import { findHeader, type HeaderRows, readTitle, type TitleFacts } from './header.ts';
import { type ColumnChoice, type ColumnMapping, mapByChoice, mapColumns } from './mapping.ts';
import type { Recognition, RecognitionContext } from './recognition.ts';
import type { RowContext } from './rows.ts';
import { sheetProblems } from './sheet-problems.ts';
import { type UnitFinder, unitFinder } from './units.ts';
import { findChoice } from './value.ts';

function nothingFound(grid: Grid): Recognition {
  const empty = !grid.rows.some((row) => row?.some((cell) => cell !== undefined && cell.text.trim() !== ''));
  const text = empty
    ? `工作表“${grid.name}”是空的，请选择另一张工作表`
    : `工作表“${grid.name}”里没有找到表头（应有“项目名称”“总投资”等列名），请核对工作表，或指定表头在第几行`;
  return {
    sheet: grid.name,
    title: null,
    headerRows: null,
    mapping: [],
    rows: [],
    unknownColumns: [],
    problems: [{ kind: 'noHeader', severity: 'error', text }],
  };
}

function build(
  grid: Grid,
  options: RecognitionContext,
  header: HeaderRows,
  map: (title: TitleFacts, findUnit: UnitFinder, year: number) => readonly ColumnMapping[],
): Recognition {
  const sheet = withMerges(grid);
  const findUnit = unitFinder(options.units);
  const title = readTitle(sheet, header);
  const sheetYear = title.year ?? options.year;
  const mapping = map(title, findUnit, sheetYear);
  const isChoiceLabel = (label: string): boolean =>
    INHERITABLE.some((field) => findChoice(label, dictionary.project.fields[field].choices ?? []) !== null);
  const context: RowContext = { sheet, header, title: title.title, mapping, findUnit, isChoiceLabel };
  const rows = readRows(context, options, sheetYear);
  return {
    sheet: grid.name,
    title: title.title,
    headerRows: [header.top + 1, header.bottom + 1],
    mapping,
    rows,
    unknownColumns: mapping
      .filter((column) => column.field === null && column.samples.length > 0)
      .map(({ column }) => column),
    problems: sheetProblems(context, rows, options.target),
  };
}

/** Recognises a sheet: header, columns, rows, values and what is wrong with them. Writes nothing. */
export function recognise(grid: Grid, options: RecognitionContext): Recognition {
  const sheet = withMerges(grid);
  const header = findHeader(sheet);
  if (header === null) return nothingFound(grid);
  return build(grid, options, header, (title, findUnit, year) => mapColumns(sheet, header, title, findUnit, year));
}

/** Evaluates the sheet anew with the header rows given and, when `columns` is not null, the operator's columns. */
export function applyMapping(
  grid: Grid,
  options: RecognitionContext,
  choice: { readonly headerRows: readonly [number, number]; readonly columns: readonly ColumnChoice[] | null },
): Recognition {
  const sheet = withMerges(grid);
  const last = Math.max(0, grid.rows.length - 1);
  const top = Math.min(Math.max(choice.headerRows[0] - 1, 0), last);
  const header = { top, bottom: Math.min(Math.max(choice.headerRows[1] - 1, top), top + 4, last) };
  const { columns } = choice;
  return build(grid, options, header, (title, findUnit, year) =>
    columns === null ? mapColumns(sheet, header, title, findUnit, year) : mapByChoice(sheet, header, title, columns),
  );
}
