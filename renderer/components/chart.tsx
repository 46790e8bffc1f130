import { BarChart, CustomChart, LineChart, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import { type ECharts, init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([
  BarChart,
  LineChart,
  CustomChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export type { LineSeriesOption };
export type ChartOption = EChartsCoreOption;

const BASE = {
  animation: false,
  textStyle: { fontFamily: '"Microsoft YaHei", "Noto Sans CJK SC", sans-serif', fontSize: 13, color: '#1f2937' },
} as const;

/** A chart that fits its box. `label` says in words what is seen; the table beside it has the figures. */
export function Chart({
  option,
  height,
  label,
}: {
  readonly option: ChartOption;
  readonly height: number;
  readonly label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const drawn = init(element);
    chart.current = drawn;
    const watcher = new ResizeObserver(() => drawn.resize());
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ ...BASE, ...option }, { notMerge: true });
  }, [option]);
  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
