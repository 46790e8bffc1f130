import type { Value } from '../../shared/dictionary/field.ts';
import { type Block, blockSize, fillTarget, type Position } from './block.ts';
import type { ResolvedColumn } from './column.ts';
import { fillSeries } from './fill.ts';
import { planPaste } from './paste.ts';
import type { Sheet } from './sheet.ts';
import type { TextMatrix } from './tsv.ts';
import type { CellEdit, GridNotice, RefusedEdit } from './types.ts';

/** What one action of the operator comes to: one batch, a line for the footer, and what is selected afterwards. */
export interface Action {
  readonly edits: readonly CellEdit[];
  readonly title: string;
  readonly notice: GridNotice | null;
  readonly block: Block | null;
  /** Cells that could not take what was meant for them; locked ones are only told in the line. */
  readonly refused: readonly RefusedEdit[];
}

type Row = { readonly id: string };

/** Texts typed or pasted into cells. A text the column cannot take is left out and told, the others go in. */
class Collector<R extends Row> {
  readonly edits: CellEdit[] = [];
  readonly problems: string[] = [];
  readonly refused: RefusedEdit[] = [];
  /** Cells that took the value, those that had it already included. */
  taken = 0;
  readonly #sheet: Sheet<R>;

  constructor(sheet: Sheet<R>) {
    this.#sheet = sheet;
  }

  text(at: Position, text: string, today: string): void {
    const found = this.#open(at);
    if (found === null) return;
    const result = found.column.parse(text, found.row, today);
    if (result.ok) this.#put(found.column, found.row, result.value);
    else this.#problem(at, found.column, result.reason);
  }

  value(at: Position, value: Value): void {
    const found = this.#open(at);
    if (found === null) return;
    if (value === null && found.column.field?.required === true) {
      this.#problem(at, found.column, '不能为空');
      return;
    }
    this.#put(found.column, found.row, value);
  }

  #open(at: Position): { readonly column: ResolvedColumn<R>; readonly row: R } | null {
    const column = this.#sheet.columnAt(at.col);
    const row = this.#sheet.rowAt(at.row);
    if (column === undefined || row === undefined) return null;
    if (column.editable(row)) return { column, row };
    this.#problem(at, column, column.lockedReason(row));
    return null;
  }

  #put(column: ResolvedColumn<R>, row: R, value: Value): void {
    this.taken += 1;
    if (column.value(row) !== value) this.edits.push({ rowId: row.id, key: column.key, value });
  }

  #problem(at: Position, column: ResolvedColumn<R>, reason: string): void {
    this.problems.push(`第 ${at.row + 1} 行“${column.label}”：${reason}`);
    const row = this.#sheet.rowAt(at.row);
    // A locked cell is no place to correct anything.
    if (row !== undefined && column.editable(row)) this.refused.push({ rowId: row.id, key: column.key, reason });
  }
}

function* cellsOf(block: Block): Iterable<Position> {
  for (let row = block.top; row <= block.bottom; row += 1) {
    for (let col = block.left; col <= block.right; col += 1) yield { row, col };
  }
}

function problemNotice(problems: readonly string[], total: number, verb: string): GridNotice | null {
  const [first] = problems;
  if (first === undefined) return null;
  const text = total === 1 ? `未${verb}。${first}` : `${total} 个单元格中 ${problems.length} 个未${verb}：${first}`;
  return { kind: 'warning', text, ...(problems.length > 1 ? { details: problems } : {}) };
}

/** One cell typed by hand. */
export function typedAction<R extends Row>(column: ResolvedColumn<R>, row: R, value: Value): Action | null {
  if (column.value(row) === value) return null;
  return {
    edits: [{ rowId: row.id, key: column.key, value }],
    title: `修改“${column.label}”`,
    notice: null,
    block: null,
    refused: [],
  };
}

export function pasteAction<R extends Row>(
  sheet: Sheet<R>,
  matrix: TextMatrix,
  target: Block,
  today: string,
  verb: '粘贴' | '填充' = '粘贴',
): Action | null {
  const lanes = lanesOf(sheet, target.left);
  const inLanes = lanes.flatMap((col, lane) => (col >= target.left && col <= target.right ? [lane] : []));
  const [left] = inLanes;
  const right = inLanes.at(-1);
  if (left === undefined || right === undefined) return null;
  const plan = planPaste(matrix, { ...target, left, right }, { rows: sheet.bounds.rows, cols: lanes.length });
  if (plan === null) return null;
  const colOf = (lane: number): number => lanes[lane] ?? lane;
  const collector = new Collector(sheet);
  for (const cell of plan.cells) collector.text({ row: cell.row, col: colOf(cell.col) }, cell.text, today);
  const beyond = beyondText(plan.rowsBeyond, plan.colsBeyond);
  const problems = problemNotice(collector.problems, plan.cells.length, verb);
  const notice: GridNotice | null =
    beyond === null
      ? problems
      : {
          kind: 'warning',
          text: problems === null ? beyond : `${problems.text}。${beyond}`,
          details: [...collector.problems, beyond],
        };
  const block = { ...plan.block, left: colOf(plan.block.left), right: colOf(plan.block.right) };
  const { edits, refused } = collector;
  return { edits, title: `${verb} ${edits.length} 个单元格`, notice, block, refused };
}

/** Columns a paste goes into, from left to right: all, or without those that only stand beside. */
function lanesOf<R extends Row>(sheet: Sheet<R>, first: number): readonly number[] {
  const beginsAside = sheet.shown[first]?.column.aside === true;
  return sheet.shown.flatMap(({ column }, col) => (column.aside === true && !beginsAside ? [] : [col]));
}

function beyondText(rows: number, cols: number): string | null {
  if (rows === 0 && cols === 0) return null;
  const parts = [rows > 0 ? `${rows} 行` : '', cols > 0 ? `${cols} 列` : ''].filter((part) => part !== '');
  return `超出表格末尾的 ${parts.join('、')}没有粘贴`;
}

export function clearAction<R extends Row>(sheet: Sheet<R>, block: Block, verb: '清除' | '剪切' = '清除'): Action {
  const collector = new Collector(sheet);
  for (const at of cellsOf(block)) if (sheet.filled(at)) collector.value(at, null);
  return {
    edits: collector.edits,
    title: `${verb} ${collector.edits.length} 个单元格`,
    notice: problemNotice(collector.problems, collector.problems.length + collector.taken, verb),
    block: null,
    refused: collector.refused,
  };
}

/** Ctrl+D: the first row of the block into the others; of a single row, the row above into it. */
export function fillDownAction<R extends Row>(sheet: Sheet<R>, block: Block): Action | null {
  const source = block.top === block.bottom ? block.top - 1 : block.top;
  if (source < 0) return null;
  const collector = new Collector(sheet);
  for (const at of cellsOf({ ...block, top: source + 1 })) {
    collector.value(at, sheet.valueAt({ row: source, col: at.col }));
  }
  return fillResult(collector, '向下填充', null, blockSize({ ...block, top: source + 1 }));
}

const FILL_TITLE = { down: '向下填充', up: '向上填充', right: '向右填充', left: '向左填充' } as const;

/** The fill handle pulled from `block` to `to`. Series go on along columns; across columns values are copied. */
export function fillDragAction<R extends Row>(
  sheet: Sheet<R>,
  block: Block,
  to: Position,
  today: string,
): Action | null {
  const found = fillTarget(block, to);
  if (found === null) return null;
  const { block: target, direction } = found;
  const collector = new Collector(sheet);
  if (direction === 'down' || direction === 'up') {
    const rows = range(block.top, block.bottom);
    for (let col = target.left; col <= target.right; col += 1) {
      const values = fillSeries(
        rows.map((row) => sheet.valueAt({ row, col })),
        target.bottom - target.top + 1,
        direction === 'up',
      );
      values.forEach((value, index) => {
        collector.value({ row: direction === 'down' ? target.top + index : target.bottom - index, col }, value);
      });
    }
  } else {
    // Neighbouring columns differ in type and unit, so a value is read again as the text it shows.
    const width = block.right - block.left + 1;
    for (const at of cellsOf(target)) {
      const offset =
        direction === 'right' ? (at.col - target.left) % width : width - 1 - ((target.right - at.col) % width);
      const from = sheet.columnAt(block.left + offset);
      const row = sheet.rowAt(at.row);
      if (from !== undefined && row !== undefined) collector.text(at, from.plain(from.value(row), row), today);
    }
  }
  const whole = {
    top: Math.min(block.top, target.top),
    left: Math.min(block.left, target.left),
    bottom: Math.max(block.bottom, target.bottom),
    right: Math.max(block.right, target.right),
  };
  return fillResult(collector, FILL_TITLE[direction], whole, blockSize(target));
}

function fillResult<R extends Row>(collector: Collector<R>, verb: string, block: Block | null, total: number): Action {
  return {
    edits: collector.edits,
    title: `${verb} ${collector.edits.length} 个单元格`,
    notice: problemNotice(collector.problems, total, '填充'),
    block,
    refused: collector.refused,
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
