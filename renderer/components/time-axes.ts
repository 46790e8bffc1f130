import type { ChartOption } from './chart.tsx';

interface TimeRows {
  /** Days of everything drawn; the axis spans them and today. */
  readonly days: readonly string[];
  readonly today: string;
  /** Names of the rows, from the top. */
  readonly names: readonly string[];
  /** px. */
  readonly labelWidth: number;
}

/** Rows over months: grid and axes of a bar picture in time. */
export function timeAxes({ days, today, names, labelWidth }: TimeRows): ChartOption {
  const all = [...days, today].sort();
  return {
    // Room on the right for the words behind the last bars.
    grid: { left: 8, right: 104, top: 10, bottom: 22, containLabel: true },
    xAxis: {
      type: 'time',
      position: 'top',
      min: all[0],
      max: all.at(-1),
      axisLabel: { color: '#374151', formatter: '{yyyy}年{M}月', hideOverlap: true },
      splitLine: { show: true, lineStyle: { color: '#eceff3' } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisLabel: { color: '#1f2937', width: labelWidth, overflow: 'truncate' },
      axisTick: { show: false },
    },
  };
}

/** A series of bars drawn by `renderItem`, with today as a line; data are [row, from, to]. */
export function timeSeries(
  bars: readonly { readonly from: string; readonly to: string }[],
  today: string,
  renderItem: unknown,
): ChartOption {
  return {
    type: 'custom',
    clip: false,
    renderItem,
    encode: { x: [1, 2], y: 0 },
    data: bars.map((bar, index) => [index, bar.from, bar.to]),
    markLine: {
      symbol: 'none',
      silent: true,
      lineStyle: { color: '#1f4e8c', type: 'solid', width: 1.5 },
      label: { formatter: '今天', color: '#1f4e8c' },
      data: [{ xAxis: today }],
    },
  };
}

/** Words behind a bar: what its colour says, for who reads it in black and white. */
export function barWords(text: string, right: number, y: number, color: string): object {
  return { type: 'text', style: { text, x: right + 5, y: y - 7, fill: color, fontSize: 13, fontWeight: 600 } };
}
