import { describe, expect, it } from 'vitest';
import {
  blockOf,
  blockSize,
  clampSelection,
  fillTarget,
  inBlock,
  jump,
  type Position,
  single,
  step,
  tabStep,
} from '../../../renderer/grid/block.ts';

const bounds = { rows: 5, cols: 4 };
const at = (row: number, col: number): Position => ({ row, col });

describe('block of cells', () => {
  it('is the rectangle between two corners, whichever way it was dragged', () => {
    const block = blockOf({ anchor: at(3, 2), head: at(1, 0) });
    expect(block).toEqual({ top: 1, left: 0, bottom: 3, right: 2 });
    expect(blockSize(block)).toBe(9);
    expect(inBlock(block, 3, 0)).toBe(true);
    expect(inBlock(block, 4, 0)).toBe(false);
  });

  it('stays inside the grid', () => {
    expect(step(at(0, 0), 'up', bounds)).toEqual(at(0, 0));
    expect(step(at(1, 3), 'down', bounds, 10)).toEqual(at(4, 3));
    expect(clampSelection({ anchor: at(9, 9), head: at(-1, 2) }, bounds)).toEqual({ anchor: at(4, 3), head: at(0, 2) });
    expect(clampSelection(single(at(0, 0)), { rows: 0, cols: 4 })).toBeNull();
  });

  it('jumps with Ctrl as Excel does: to the end of a run, over a gap, to the edge', () => {
    const filled = ({ row }: Position): boolean => [0, 1, 3].includes(row);
    expect(jump(at(0, 0), 'down', bounds, filled)).toEqual(at(1, 0));
    expect(jump(at(1, 0), 'down', bounds, filled)).toEqual(at(3, 0));
    expect(jump(at(3, 0), 'down', bounds, filled)).toEqual(at(4, 0));
    expect(jump(at(4, 0), 'down', bounds, filled)).toEqual(at(4, 0));
  });

  it('goes on to the next row with Tab and back with Shift+Tab', () => {
    expect(tabStep(at(0, 3), false, bounds)).toEqual(at(1, 0));
    expect(tabStep(at(1, 0), true, bounds)).toEqual(at(0, 3));
    expect(tabStep(at(4, 3), false, bounds)).toEqual(at(4, 3));
  });

  it('fills along the longer way the handle was dragged', () => {
    const block = { top: 1, left: 1, bottom: 1, right: 2 };
    expect(fillTarget(block, at(3, 2))).toEqual({ block: { ...block, top: 2, bottom: 3 }, direction: 'down' });
    expect(fillTarget(block, at(0, 1))).toEqual({ block: { ...block, top: 0, bottom: 0 }, direction: 'up' });
    expect(fillTarget(block, at(1, 3))).toEqual({ block: { ...block, left: 3, right: 3 }, direction: 'right' });
    expect(fillTarget(block, at(1, 0))).toEqual({ block: { ...block, left: 0, right: 0 }, direction: 'left' });
    expect(fillTarget(block, at(1, 2))).toBeNull();
  });
});
