/** A cell by its place on the screen: row and column as shown, from 0. */
export interface Position {
  readonly row: number;
  readonly col: number;
}

/** A rectangle of cells, edges included. */
export interface Block {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `anchor` is where the selection began and where typing goes; `head` is the corner that moves. */
export interface Selection {
  readonly anchor: Position;
  readonly head: Position;
}

export interface Bounds {
  readonly rows: number;
  readonly cols: number;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

export function blockOf({ anchor, head }: Selection): Block {
  return {
    top: Math.min(anchor.row, head.row),
    left: Math.min(anchor.col, head.col),
    bottom: Math.max(anchor.row, head.row),
    right: Math.max(anchor.col, head.col),
  };
}

export function blockSize(block: Block): number {
  return (block.bottom - block.top + 1) * (block.right - block.left + 1);
}

export function inBlock(block: Block, row: number, col: number): boolean {
  return row >= block.top && row <= block.bottom && col >= block.left && col <= block.right;
}

export function single(position: Position): Selection {
  return { anchor: position, head: position };
}

export function isSingle({ anchor, head }: Selection): boolean {
  return anchor.row === head.row && anchor.col === head.col;
}

/** Null when there is no cell at all. */
export function clampSelection(selection: Selection, bounds: Bounds): Selection | null {
  if (bounds.rows === 0 || bounds.cols === 0) return null;
  return { anchor: clamp(selection.anchor, bounds), head: clamp(selection.head, bounds) };
}

export function clamp({ row, col }: Position, { rows, cols }: Bounds): Position {
  return { row: Math.max(0, Math.min(rows - 1, row)), col: Math.max(0, Math.min(cols - 1, col)) };
}

const STEP: Readonly<Record<Direction, Position>> = {
  up: { row: -1, col: 0 },
  down: { row: 1, col: 0 },
  left: { row: 0, col: -1 },
  right: { row: 0, col: 1 },
};

/** The cell `count` steps away, held at the edge. */
export function step(from: Position, direction: Direction, bounds: Bounds, count = 1): Position {
  const { row, col } = STEP[direction];
  return clamp({ row: from.row + row * count, col: from.col + col * count }, bounds);
}

/**
 * Where Ctrl+arrow goes: the last filled cell of a run, or the next filled cell after a gap, or the edge (as Excel).
 */
export function jump(
  from: Position,
  direction: Direction,
  bounds: Bounds,
  filled: (at: Position) => boolean,
): Position {
  let at = from;
  let next = step(at, direction, bounds);
  if (same(next, at)) return at;
  const inRun = filled(at) && filled(next);
  for (;;) {
    at = next;
    next = step(at, direction, bounds);
    if (same(next, at)) return at;
    if (inRun ? !filled(next) : filled(at)) return at;
  }
}

export function same(left: Position, right: Position): boolean {
  return left.row === right.row && left.col === right.col;
}

/** Tab: the next cell, going on in the next row; held at the ends. */
export function tabStep(from: Position, backwards: boolean, { rows, cols }: Bounds): Position {
  const index = from.row * cols + from.col + (backwards ? -1 : 1);
  const held = Math.max(0, Math.min(rows * cols - 1, index));
  return { row: Math.floor(held / cols), col: held % cols };
}

/** The larger block when a fill handle is dragged from `block` to `to`: along the longer way, down or right or back. */
export function fillTarget(
  block: Block,
  to: Position,
): { readonly block: Block; readonly direction: Direction } | null {
  const down = to.row - block.bottom;
  const up = block.top - to.row;
  const right = to.col - block.right;
  const left = block.left - to.col;
  const most = Math.max(down, up, right, left);
  if (most <= 0) return null;
  if (most === down) return { block: { ...block, top: block.bottom + 1, bottom: to.row }, direction: 'down' };
  if (most === up) return { block: { ...block, top: to.row, bottom: block.top - 1 }, direction: 'up' };
  if (most === right) return { block: { ...block, left: block.right + 1, right: to.col }, direction: 'right' };
  return { block: { ...block, left: to.col, right: block.left - 1 }, direction: 'left' };
}
