import type { Block, Bounds, Position } from './block.ts';
import type { TextMatrix } from './tsv.ts';

export interface PastedCell extends Position {
  readonly text: string;
}

export interface PastePlan {
  readonly cells: readonly PastedCell[];
  /** Block that is selected afterwards. */
  readonly block: Block;
  /** Rows and columns of the clipboard that found no place. */
  readonly rowsBeyond: number;
  readonly colsBeyond: number;
}

/**
 * Where each text of the clipboard goes. One text, or a block that fits a whole number of times, fills the selection;
 * otherwise the block goes to the selection's corner and may reach beyond it, never beyond the grid.
 * Null when there is nothing to paste.
 */
export function planPaste(matrix: TextMatrix, target: Block, bounds: Bounds): PastePlan | null {
  const height = matrix.length;
  const width = Math.max(0, ...matrix.map((row) => row.length));
  if (height === 0 || width === 0) return null;
  const rows = repeated(target.bottom - target.top + 1, height);
  const cols = repeated(target.right - target.left + 1, width);
  const bottom = Math.min(target.top + rows, bounds.rows) - 1;
  const right = Math.min(target.left + cols, bounds.cols) - 1;
  const cells: PastedCell[] = [];
  for (let row = target.top; row <= bottom; row += 1) {
    const line = matrix[(row - target.top) % height] ?? [];
    for (let col = target.left; col <= right; col += 1) {
      cells.push({ row, col, text: line[(col - target.left) % width] ?? '' });
    }
  }
  return {
    cells,
    block: { top: target.top, left: target.left, bottom, right },
    rowsBeyond: target.top + rows - 1 - bottom,
    colsBeyond: target.left + cols - 1 - right,
  };
}

/** Length to fill: the selection's when the clipboard fits into it a whole number of times, else the clipboard's. */
function repeated(selected: number, copied: number): number {
  return selected % copied === 0 ? selected : copied;
}
