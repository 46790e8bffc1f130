import { checkValue } from '../../dictionary/check.ts';
import type { Value } from '../../dictionary/field.ts';
import { dictionary } from '../../dictionary/index.ts';
import { type Cell, cellName } from './grid.ts';
import type { ColumnMapping } from './mapping.ts';
import type { PersonText } from './people.ts';
import { checkProject, checkReport } from './plausible.ts';
import { isMapped, type RecognisedRow, type RecognitionContext, type RowProblem } from './recognition.ts';
import { type RowKind, readCategory } from './row-kind.ts';
import { projectCell, type RowContext, type SortedRow, sortRows } from './rows.ts';
import { type ImportTarget, importField, SEQUENCE, titleOwner, YEARS } from './target.ts';
import { cleanLine, cleanText, isPlaceholder, quote } from './text.ts';
import { findChoice, type Issue, readValue, type Severity } from './value.ts';
import { readYears } from './year-span.ts';

interface Collected {
  readonly values: Record<string, Value>;
  readonly people: Record<string, PersonText>;
  readonly problems: RowProblem[];
}

interface Inherited {
  readonly level: number;
  readonly field: string;
  readonly value: Value;
}

/** Fields that a category row above can give to the projects below it. */
export const INHERITABLE = ['stage', 'category', 'lists', 'manageClass'] as const;
/** What a report sheet needs of the project: enough to find it. */
const FINDS_PROJECT = new Set(['name', 'code', 'unitId']);

function wanted(key: string, target: ImportTarget): boolean {
  const of = importField(key)?.of;
  if (of === undefined || key === SEQUENCE) return false;
  return target === 'project' ? of !== 'report' : of === 'report' || FINDS_PROJECT.has(key);
}

function problem(cell: string, field: string | null, issue: Issue): RowProblem {
  const label = field === null ? '' : (importField(field)?.label ?? '');
  return { cell, field, severity: issue.severity, text: `${label}（${cell}）${issue.text}` };
}

/** The distinct cells a project shows in a column over all of its rows. */
function cellsOf(
  context: RowContext,
  row: SortedRow,
  column: number,
): readonly { readonly row: number; readonly cell: Cell; readonly sharedWith: string | null }[] {
  const found: { row: number; cell: Cell; sharedWith: string | null }[] = [];
  for (let at = row.row; at <= row.lastRow; at++) {
    const { cell, sharedWith } = projectCell(context.sheet, at, column);
    if (cell === undefined || isPlaceholder(cell.text)) continue;
    if (found.some((other) => other.cell === cell || other.cell.text === cell.text)) continue;
    found.push({ row: at, cell, sharedWith: at === row.row ? sharedWith : null });
  }
  return found;
}

/** A project over several rows has one value in a column: prose is joined, of anything else the first counts. */
function oneCell(
  cells: readonly { readonly cell: Cell }[],
  isProse: boolean,
  isLong: boolean,
): { readonly cell: Cell | undefined; readonly issue: Issue | null } {
  const [first, ...more] = cells;
  if (first === undefined || more.length === 0) return { cell: first?.cell, issue: null };
  if (isProse) {
    const text = cells.map(({ cell }) => cleanText(cell.text)).join(isLong ? '\n' : '');
    return { cell: { type: 'text', value: text, text }, issue: null };
  }
  const others = more.map(({ cell }) => cleanLine(cell.text)).join('、');
  return {
    cell: first.cell,
    issue: { severity: 'warn', text: `本项目占几行，本列另有${quote(others)}，只取第一个${quote(first.cell.text)}` },
  };
}

function readYearsInto(collected: Collected, cell: Cell, at: string): void {
  const raw = typeof cell.value === 'number' ? cell.value : cell.text;
  const reading = readYears(raw, cell.type === 'date');
  const add = (severity: Severity, text: string): void => {
    collected.problems.push(problem(at, YEARS, { severity, text }));
  };
  if (cell.type === 'error') add('error', `是公式错误 ${cell.text}，请在 Excel 里改正`);
  else if (reading.kind === 'unreadable') add('error', `${quote(cell.text)}看不出起止年份，请写成 2021-2023`);
  else if (reading.kind === 'length') add('warn', `${quote(cell.text)}只有工期，没有起止年份，不导入`);
  else {
    if (reading.note !== null) add('warn', reading.note);
    if (reading.start !== null) collected.values['startYear'] = reading.start;
    if (reading.end !== null) collected.values['endYear'] = reading.end;
  }
}

/** Offices write 新建 under 建设阶段 and 续建 under 建设性质; the word tells which of the two is meant. */
const SIBLINGS: Readonly<Record<string, 'stage' | 'nature'>> = { stage: 'nature', nature: 'stage' };

function readAsSibling(cell: Cell, key: string, at: string, collected: Collected): boolean {
  const sibling = SIBLINGS[key];
  if (sibling === undefined || findChoice(cell.text, importField(key)?.field?.choices ?? []) !== null) return false;
  const { choices = [], label } = dictionary.project.fields[sibling];
  const choice = findChoice(cell.text, choices);
  if (choice === null) return false;
  collected.values[sibling] ??= choice.value;
  collected.problems.push(
    problem(at, key, { severity: 'warn', text: `${quote(cell.text)}是${label}，已记入${label}` }),
  );
  return true;
}

function readColumn(
  context: RowContext,
  row: SortedRow,
  column: ColumnMapping,
  sheetYear: number,
  collected: Collected,
): void {
  const key = column.field;
  if (key === null || key in collected.values || key in collected.people) return;
  const field = importField(key)?.field ?? null;
  const cells = cellsOf(context, row, column.column);
  const at = cellName(cells[0]?.row ?? row.row, column.column);
  const isLong = field?.type === 'longText';
  const { cell, issue } = oneCell(cells, isLong || (field?.type === 'text' && key !== 'name'), isLong);
  if (cell === undefined || titleOwner(key) !== null) return;
  if (key === YEARS) {
    readYearsInto(collected, cell, at);
    return;
  }
  if (field === null) return;
  const shared = cells[0]?.sharedWith ?? null;
  if (field.type === 'money' && shared !== null) {
    collected.problems.push(
      problem(at, key, { severity: 'warn', text: `与 ${shared} 合并为一格，金额只计在 ${shared} 的项目上` }),
    );
    return;
  }
  if (field.type === 'choice' && readAsSibling(cell, key, at, collected)) return;
  const measured = column.measure !== null && cell.type === 'number' && (isLong || field.type === 'text');
  const shown: Cell = measured ? { ...cell, type: 'text', text: `${cell.text}${column.measure}` } : cell;
  const reading = readValue(shown, key, field, { unit: column.unit ?? '万元', findUnit: context.findUnit, sheetYear });
  // What the ledger's door would refuse is said here, while the cell can still be named.
  const refused = reading.value === null ? null : checkValue(field, reading.value);
  if (refused !== null) collected.problems.push(problem(at, key, { severity: 'error', text: `${refused}，请改正` }));
  else if (reading.value !== null) collected.values[key] = reading.value;
  if (reading.person !== null) collected.people[key] = reading.person;
  for (const found of [...reading.issues, ...(issue === null ? [] : [issue])])
    collected.problems.push(problem(at, key, found));
}

/** Titles from a column of their own go to the person beside it. */
function addTitles(context: RowContext, row: SortedRow, collected: Collected): void {
  for (const column of context.mapping) {
    const owner = column.field === null ? null : titleOwner(column.field);
    const person = owner === null ? undefined : collected.people[owner];
    if (owner === null || person === undefined) continue;
    const text = cleanLine(cellsOf(context, row, column.column)[0]?.cell.text ?? '');
    if (text !== '') collected.people[owner] = { ...person, title: person.title ?? text };
  }
}

function inheritedBy(label: string, level: number, context: RowContext, kind: RowKind): readonly Inherited[] {
  if (kind === 'unitGroup') {
    const match = context.findUnit(label);
    return match.kind === 'found'
      ? [{ level, field: 'unitId', value: match.id }]
      : [{ level, field: 'unitId', value: null }];
  }
  for (const field of INHERITABLE) {
    const description = dictionary.project.fields[field];
    const choice = findChoice(label, description.choices ?? []);
    if (choice === null) continue;
    return [{ level, field, value: description.type === 'choices' ? JSON.stringify([choice.value]) : choice.value }];
  }
  return [];
}

function evaluate(
  context: RowContext,
  row: SortedRow,
  inherited: readonly Inherited[],
  options: RecognitionContext,
  sheetYear: number,
): RecognisedRow {
  const collected: Collected = { values: {}, people: {}, problems: [] };
  for (const column of context.mapping) {
    if (column.field !== null && wanted(column.field, options.target))
      readColumn(context, row, column, sheetYear, collected);
  }
  addTitles(context, row, collected);
  const misread = (field: string): boolean =>
    collected.problems.some((found) => found.field === field && found.severity === 'error');
  for (const { field, value } of inherited) {
    if (value !== null && wanted(field, options.target) && !(field in collected.values) && !misread(field))
      collected.values[field] = value;
  }
  if (!('unitId' in collected.values) && !misread('unitId') && options.defaultUnitId !== null)
    collected.values['unitId'] = options.defaultUnitId;
  collected.problems.push(...missing(context, row, collected, options.target, misread));
  const where = (field: string): string => {
    const column = context.mapping.find((mapped) => mapped.field === field)?.column;
    return column === undefined ? `第${row.row + 1}行` : cellName(row.row, column);
  };
  const checks = options.target === 'project' ? checkProject(collected.values) : checkReport(collected.values);
  for (const { field, issue } of checks) collected.problems.push(problem(where(field), field, issue));
  const name = collected.values['name'];
  return {
    rowNumber: row.row + 1,
    lastRow: row.lastRow + 1,
    kind: row.kind,
    label: typeof name === 'string' ? name : row.label,
    ...collected,
  };
}

function missing(
  context: RowContext,
  row: SortedRow,
  collected: Collected,
  target: ImportTarget,
  misread: (field: string) => boolean,
): readonly RowProblem[] {
  const found: RowProblem[] = [];
  const at = (field: string): string =>
    cellName(row.row, context.mapping.find((column) => column.field === field)?.column ?? 0);
  if (!('name' in collected.values) && !misread('name')) {
    found.push(problem(at('name'), 'name', { severity: 'error', text: '是空的，请补填' }));
  }
  if (target === 'project' && !('unitId' in collected.values) && !misread('unitId')) {
    const mapped = isMapped(context.mapping, 'unitId');
    const text = mapped ? '是空的，请补填' : '表里没有，请在导入时指定本表的责任单位';
    found.push(problem(mapped ? at('unitId') : `第${row.row + 1}行`, 'unitId', { severity: 'error', text }));
  }
  return found;
}

/** Reads every row below the header; projects take what the category and unit rows above them say. */
export function readRows(
  context: RowContext,
  options: RecognitionContext,
  sheetYear: number,
): readonly RecognisedRow[] {
  let inherited: readonly Inherited[] = [];
  return sortRows(context).map((row) => {
    if (row.kind === 'data') return evaluate(context, row, inherited, options, sheetYear);
    if (row.kind === 'category' || row.kind === 'unitGroup') {
      const { level, label } = readCategory(row.label);
      const found = inheritedBy(label, row.kind === 'unitGroup' ? Math.min(level, 8) : level, context, row.kind);
      inherited = [
        ...inherited.filter((other) => other.level < level && found.every(({ field }) => field !== other.field)),
        ...found,
      ];
    }
    return {
      rowNumber: row.row + 1,
      lastRow: row.lastRow + 1,
      kind: row.kind,
      label: row.label,
      values: {},
      people: {},
      problems: [],
    };
  });
}
