import { describe, expect, it } from 'vitest';
import { fillSeries } from '../../../renderer/grid/fill.ts';

describe('values of the fill handle', () => {
  it('repeats what is no series', () => {
    expect(fillSeries(['在建'], 2)).toEqual(['在建', '在建']);
    expect(fillSeries([5], 3)).toEqual([5, 5, 5]);
    expect(fillSeries(['甲', '乙'], 3)).toEqual(['甲', '乙', '甲']);
    expect(fillSeries([1, 2, 4], 2)).toEqual([1, 2]);
    expect(fillSeries(['2021-05-11'], 2)).toEqual(['2021-05-11', '2021-05-11']);
  });

  it('goes on with numbers and days of a constant step', () => {
    expect(fillSeries([1, 2], 3)).toEqual([3, 4, 5]);
    expect(fillSeries(['2021-05-10', '2021-05-20'], 2)).toEqual(['2021-05-30', '2021-06-09']);
  });

  it('walks backwards when dragged up', () => {
    expect(fillSeries([3, 4], 2, true)).toEqual([2, 1]);
    expect(fillSeries(['甲', '乙'], 3, true)).toEqual(['乙', '甲', '乙']);
  });

  it('repeats blanks and mixtures', () => {
    expect(fillSeries([null, 3], 2)).toEqual([null, 3]);
  });
});
