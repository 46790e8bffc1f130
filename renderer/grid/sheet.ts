import type { GridApi, IRowNode } from 'ag-grid-community';
import type { Value } from '../../shared/dictionary/field.ts';
import {
  type Block,
  type Bounds,
  blockOf,
  clampSelection,
  inBlock,
  isSingle,
  type Position,
  type Selection,
  single,
} from './block.ts';
import type { ResolvedColumn } from './column.ts';
import type { RefusedEdit } from './types.ts';

/** Column of row numbers; not part of the sheet's columns. */
export const NUMBER_COLUMN = 'baobao-row-number';

const PAINTED = [
  'lg-sel',
  'lg-sel-top',
  'lg-sel-bottom',
  'lg-sel-left',
  'lg-sel-right',
  'lg-active',
  'lg-corner',
] as const;
type Painted = (typeof PAINTED)[number];

/**
 * The selection layer over AG Grid: which cells are selected, where they are on the screen, how they are marked.
 * Positions count rows and columns as shown. AG Grid draws, sorts and filters; it does not own focus or editing.
 */
export class Sheet<R extends { readonly id: string }> {
  api: GridApi<R> | null = null;
  root: HTMLElement | null = null;
  columns: ReadonlyMap<string, ResolvedColumn<R>> = new Map();
  fillable = true;
  /** Cells that cannot be edited are shown paler; not in a grid that is only read. */
  dimLocked = true;
  #selection: Selection | null = null;
  #fillPreview: Block | null = null;
  #shown: readonly ResolvedColumn<R>[] | null = null;
  /** Reasons by row and column; a cell stays marked until it is filled anew. */
  readonly #refused = new Map<string, Map<string, string>>();
  readonly #listeners = new Set<() => void>();

  get selection(): Selection | null {
    return this.#selection;
  }

  get block(): Block | null {
    return this.#selection === null ? null : blockOf(this.#selection);
  }

  get active(): Position | null {
    return this.#selection?.anchor ?? null;
  }

  /** Columns as shown, from left to right, without row numbers and tick boxes. */
  get shown(): readonly ResolvedColumn<R>[] {
    if (this.#shown === null) {
      const displayed = this.api?.getAllDisplayedColumns() ?? [];
      this.#shown = displayed
        .map((column) => this.columns.get(column.getColId()))
        .filter((column) => column !== undefined);
    }
    return this.#shown;
  }

  get bounds(): Bounds {
    return { rows: this.api?.getDisplayedRowCount() ?? 0, cols: this.shown.length };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  nodeAt(row: number): IRowNode<R> | undefined {
    return this.api?.getDisplayedRowAtIndex(row);
  }

  rowAt(row: number): R | undefined {
    return this.nodeAt(row)?.data;
  }

  columnAt(col: number): ResolvedColumn<R> | undefined {
    return this.shown[col];
  }

  valueAt({ row, col }: Position): Value {
    const data = this.rowAt(row);
    const column = this.columnAt(col);
    return data === undefined || column === undefined ? null : column.value(data);
  }

  filled(at: Position): boolean {
    const value = this.valueAt(at);
    return value !== null && value !== '';
  }

  select(selection: Selection | null, scroll = true): void {
    this.#selection = selection === null ? null : clampSelection(selection, this.bounds);
    if (scroll && this.#selection !== null) this.reveal(this.#selection.head);
    this.paint();
    this.#tell();
  }

  selectCell(position: Position): void {
    this.select(single(position));
  }

  previewFill(block: Block | null): void {
    this.#fillPreview = block;
    this.paint();
  }

  /** Scrolls until a cell is in view. */
  reveal({ row, col }: Position): void {
    const column = this.columnAt(col);
    if (this.api === null || column === undefined) return;
    this.api.ensureIndexVisible(row);
    this.api.ensureColumnVisible(column.key);
  }

  /** Home leads to a frozen column; what follows it must come into view too. */
  scrollToStart(): void {
    const first = this.shown.find(({ key }) => this.api?.getColumn(key)?.isPinned() === false);
    if (first !== undefined) this.api?.ensureColumnVisible(first.key, 'start');
  }

  /** Columns were shown, hidden, moved or pinned. */
  columnsChanged(): void {
    const before = this.#shown;
    const active = this.active;
    const key = active === null ? undefined : before?.[active.col]?.key;
    this.#shown = null;
    if (active === null) {
      this.paint();
      return;
    }
    const col = key === undefined ? -1 : this.shown.findIndex((column) => column.key === key);
    const moved = col !== -1 && col !== active.col;
    const selection = this.#selection;
    this.select(moved || selection === null ? single({ row: active.row, col: Math.max(0, col) }) : selection, false);
  }

  /** Rows were sorted, filtered, added or removed: the active cell stays with its row when that is still shown. */
  rowsChanged(activeRowId: string | null): void {
    const selection = this.#selection;
    if (selection === null) {
      this.paint();
      return;
    }
    const { anchor } = selection;
    const here = this.rowAt(anchor.row)?.id;
    if (activeRowId === null || here === activeRowId) {
      this.select(selection, false);
      return;
    }
    const row = this.api?.getRowNode(activeRowId)?.rowIndex ?? null;
    this.select(single({ row: row ?? anchor.row, col: anchor.col }), false);
  }

  positionOf(rowId: string, key: string): Position | null {
    const row = this.api?.getRowNode(rowId)?.rowIndex ?? null;
    const col = this.shown.findIndex((column) => column.key === key);
    return row === null || col === -1 ? null : { row, col };
  }

  /** The element of a cell, or null while it is scrolled out of view. */
  elementAt({ row, col }: Position): HTMLElement | null {
    const key = this.columnAt(col)?.key;
    return key === undefined ? null : this.#cell(row, key);
  }

  #cell(row: number, key: string): HTMLElement | null {
    if (this.root === null) return null;
    return this.root.querySelector(`.ag-row[row-index="${row}"] .ag-cell[col-id="${CSS.escape(key)}"]`);
  }

  /** The cell an element belongs to; null for headings, totals, row numbers and everything outside. */
  positionAt(target: EventTarget | null): Position | null {
    const place = placeOf(target);
    if (place === null) return null;
    const col = this.shown.findIndex((column) => column.key === place.key);
    return col === -1 ? null : { row: place.row, col };
  }

  /** Takes away the classes that a cell had for its old row and gives it those of the new one. */
  restyle(node: IRowNode<R>, old: R, row: R, before = this.columns): void {
    for (const { key, column } of this.columns.values()) {
      const was = before.get(key)?.column.cellClass?.(old) ?? '';
      const is = column.cellClass?.(row) ?? '';
      if (was === is || node.rowIndex === null) continue;
      const cell = this.#cell(node.rowIndex, key);
      if (was !== '') cell?.classList.remove(...was.split(/\s+/));
      if (is !== '') cell?.classList.add(...is.split(/\s+/));
    }
  }

  /** The columns' own functions have changed: every drawn cell takes its new classes. */
  restyleAll(before: ReadonlyMap<string, ResolvedColumn<R>>): void {
    for (const node of this.api?.getRenderedNodes() ?? []) {
      if (node.data !== undefined && !node.rowPinned) this.restyle(node, node.data, node.data, before);
    }
  }

  /** Marks cells whose value was not taken. Without any: takes every mark away. */
  refuse(cells: readonly RefusedEdit[]): void {
    const changed = new Set(cells.map(({ rowId }) => rowId));
    if (cells.length === 0) {
      for (const id of this.#refused.keys()) changed.add(id);
      this.#refused.clear();
    }
    for (const { rowId, key, reason } of cells) {
      const ofRow = this.#refused.get(rowId) ?? new Map<string, string>();
      ofRow.set(key, reason);
      this.#refused.set(rowId, ofRow);
    }
    this.paint();
    this.#retell(changed);
  }

  /** These cells are filled anew. */
  forgive(cells: readonly { readonly rowId: string; readonly key: string }[]): void {
    const changed = new Set(
      cells.filter(({ rowId, key }) => this.#refused.get(rowId)?.delete(key)).map(({ rowId }) => rowId),
    );
    this.#retell(changed);
  }

  refusedCells(): readonly { readonly rowId: string; readonly key: string }[] {
    return [...this.#refused].flatMap(([rowId, ofRow]) => [...ofRow.keys()].map((key) => ({ rowId, key })));
  }

  /** A drawn cell keeps the tooltip it was drawn with until it is refreshed. */
  #retell(ids: ReadonlySet<string>): void {
    const drawn = (this.api?.getRenderedNodes() ?? []).filter(({ data }) => data !== undefined && ids.has(data.id));
    if (drawn.length > 0) this.api?.refreshCells({ rowNodes: drawn, force: true });
  }

  refusal(rowId: string, key: string): string | undefined {
    return this.#refused.get(rowId)?.get(key);
  }

  /** Marks of a cell that AG Grid is about to draw. */
  isPainted(name: Painted, row: number, key: string): boolean {
    const block = this.block;
    if (block === null || row < block.top || row > block.bottom) return false;
    const col = this.shown.findIndex((column) => column.key === key);
    return col !== -1 && this.#marks(row, col).includes(name);
  }

  #marks(row: number, col: number): readonly Painted[] {
    const preview = this.#fillPreview;
    const marks: Painted[] = [];
    const block = this.block;
    const selection = this.#selection;
    if (block === null || selection === null) return marks;
    const outlined = preview === null ? block : union(block, preview);
    if (inBlock(block, row, col) && !isSingle(selection)) marks.push('lg-sel');
    if (inBlock(outlined, row, col)) {
      if (row === outlined.top) marks.push('lg-sel-top');
      if (row === outlined.bottom) marks.push('lg-sel-bottom');
      if (col === outlined.left) marks.push('lg-sel-left');
      if (col === outlined.right) marks.push('lg-sel-right');
    }
    if (row === selection.anchor.row && col === selection.anchor.col) marks.push('lg-active');
    if (this.fillable && preview === null && row === block.bottom && col === block.right) marks.push('lg-corner');
    return marks;
  }

  /** Brings the marks of all drawn cells up to date. Works on the elements: a refresh of the grid would be too slow. */
  paint(): void {
    if (this.root === null) return;
    const cols = new Map(this.shown.map((column, index) => [column.key, index]));
    const block = this.block;
    for (const line of this.root.querySelectorAll<HTMLElement>('.ag-row[row-index]')) {
      const row = Number(line.getAttribute('row-index'));
      if (!Number.isInteger(row)) continue;
      for (const cell of line.querySelectorAll<HTMLElement>('.ag-cell')) {
        const key = cell.getAttribute('col-id');
        if (key === NUMBER_COLUMN) {
          cell.classList.toggle('lg-number-on', block !== null && row >= block.top && row <= block.bottom);
          continue;
        }
        const col = key === null ? undefined : cols.get(key);
        const marks = col === undefined ? [] : this.#marks(row, col);
        for (const name of PAINTED) cell.classList.toggle(name, marks.includes(name));
        const id = this.#refused.size === 0 ? undefined : this.rowAt(row)?.id;
        cell.classList.toggle('lg-refused', id !== undefined && key !== null && this.refusal(id, key) !== undefined);
      }
    }
  }
}

function union(left: Block, right: Block): Block {
  return {
    top: Math.min(left.top, right.top),
    left: Math.min(left.left, right.left),
    bottom: Math.max(left.bottom, right.bottom),
    right: Math.max(left.right, right.right),
  };
}

export interface Place {
  readonly row: number;
  readonly key: string;
}

/** Row index and column id of the cell around an element of AG Grid. */
export function placeOf(target: EventTarget | null): Place | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest('.ag-cell');
  const row = Number(cell?.closest('.ag-row')?.getAttribute('row-index') ?? Number.NaN);
  const key = cell?.getAttribute('col-id') ?? null;
  return key === null || !Number.isInteger(row) ? null : { row, key };
}

export { PAINTED };
