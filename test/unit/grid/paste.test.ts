import { describe, expect, it } from 'vitest';
import { planPaste } from '../../../renderer/grid/paste.ts';

const bounds = { rows: 4, cols: 3 };
const cell = (row: number, col: number) => ({ top: row, left: col, bottom: row, right: col });

describe('place of pasted texts', () => {
  it('goes to the corner of the selection and beyond it', () => {
    const plan = planPaste([['a', 'b'], ['c']], cell(1, 1), bounds);
    expect(plan?.cells).toEqual([
      { row: 1, col: 1, text: 'a' },
      { row: 1, col: 2, text: 'b' },
      { row: 2, col: 1, text: 'c' },
      { row: 2, col: 2, text: '' },
    ]);
    expect(plan?.block).toEqual({ top: 1, left: 1, bottom: 2, right: 2 });
  });

  it('fills the selection with one text, or with a block that fits whole', () => {
    const block = { top: 0, left: 0, bottom: 3, right: 1 };
    expect(
      planPaste([['a']], block, bounds)
        ?.cells.map(({ text }) => text)
        .join(''),
    ).toBe('aaaaaaaa');
    expect(
      planPaste([['a'], ['b']], block, bounds)
        ?.cells.map(({ text }) => text)
        .join(''),
    ).toBe('aabbaabb');
  });

  it('does not repeat a block that does not fit', () => {
    const plan = planPaste([['a'], ['b'], ['c']], { top: 0, left: 0, bottom: 3, right: 0 }, bounds);
    expect(plan?.cells.map(({ text }) => text).join('')).toBe('abc');
  });

  it('stops at the end of the grid and says how much is left', () => {
    const plan = planPaste(
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
        ['g', 'h', 'i'],
      ],
      cell(3, 1),
      bounds,
    );
    expect(plan?.cells.map(({ text }) => text).join('')).toBe('ab');
    expect(plan).toMatchObject({ rowsBeyond: 2, colsBeyond: 1 });
  });

  it('is nothing for an empty clipboard', () => {
    expect(planPaste([], cell(0, 0), bounds)).toBeNull();
  });
});
