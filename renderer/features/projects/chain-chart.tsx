import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { useMemo } from 'react';
import type { PageLink } from '../../../shared/contract/projects.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';

const COLORS = {
  done: '#7fa98a',
  overdue: '#c01c28',
  dueSoon: '#c98a1b',
  open: '#9db2cd',
  undated: '#c9d0da',
} as const;
const ROW = 30;

interface Bar {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly state: PageLink['state'];
  readonly doneOn: string | null;
}

/** A link without a start begins where the one before ends, else ten days ahead of its deadline. */
function barsOf(links: readonly PageLink[]): readonly Bar[] {
  let previous: string | null = null;
  return links.flatMap((link) => {
    const { deadline } = link;
    if (deadline === null) return [];
    const tenBefore = new Date(Date.parse(deadline) - 10 * 86_400_000).toISOString().slice(0, 10);
    const chained: string = previous !== null && previous < deadline ? previous : tenBefore;
    const from = link.plannedStart !== null && link.plannedStart < deadline ? link.plannedStart : chained;
    previous = deadline;
    return [{ name: link.name ?? '', from, to: deadline, state: link.state, doneOn: link.doneOn }];
  });
}

function drawBar(bars: readonly Bar[]) {
  return (_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const index = Number(api.value(0));
    const bar = bars[index];
    if (bar === undefined) return undefined;
    const [left = 0, y = 0] = api.coord([bar.from, index]);
    const [right = 0] = api.coord([bar.to, index]);
    const done = bar.doneOn === null ? null : api.coord([bar.doneOn, index]);
    return {
      type: 'group' as const,
      children: [
        {
          type: 'rect' as const,
          shape: { x: left, y: y - 6, width: Math.max(3, right - left), height: 12 },
          style: { fill: COLORS[bar.state] },
        },
        ...(done === null
          ? []
          : [
              {
                type: 'circle' as const,
                shape: { cx: done[0] ?? 0, cy: y, r: 5 },
                style: { fill: '#1a7f37', stroke: '#fff', lineWidth: 1 },
              },
            ]),
      ],
    };
  };
}

/** Planned spans as bars, completion as points, today as a line. */
export function ChainChart({ links, today }: { readonly links: readonly PageLink[]; readonly today: string }) {
  const option = useMemo((): ChartOption => {
    const bars = barsOf(links);
    const days = bars.flatMap((bar) => [bar.from, bar.to, ...(bar.doneOn === null ? [] : [bar.doneOn])]);
    return {
      grid: { left: 8, right: 40, top: 26, bottom: 4, containLabel: true },
      xAxis: {
        type: 'time',
        min: [...days, today].sort()[0],
        max: [...days, today].sort().at(-1),
        axisLabel: { color: '#374151', formatter: '{yyyy}年{M}月', hideOverlap: true },
        splitLine: { show: true, lineStyle: { color: '#eceff3' } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((bar) => bar.name),
        axisLabel: { color: '#1f2937', width: 150, overflow: 'truncate' },
        axisTick: { show: false },
      },
      tooltip: {
        formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
          const bar = bars[dataIndex];
          return bar === undefined
            ? ''
            : `${bar.name}<br/>时限 ${bar.to}${bar.doneOn === null ? '' : `<br/>完成 ${bar.doneOn}`}`;
        },
      },
      series: [
        {
          type: 'custom',
          renderItem: drawBar(bars),
          encode: { x: [1, 2], y: 0 },
          data: bars.map((bar, index) => [index, bar.from, bar.to]),
          markLine: {
            symbol: 'none',
            silent: true,
            lineStyle: { color: '#1f4e8c', type: 'solid', width: 1 },
            label: { formatter: '今天', color: '#1f4e8c', position: 'start' },
            data: [{ xAxis: today }],
          },
        },
      ],
    };
  }, [links, today]);
  if (links.every((link) => link.deadline === null)) {
    return <p className="lg-empty panel">填写办理时限后，这里画出计划与完成的对照。</p>;
  }
  const dated = links.filter((link) => link.deadline !== null).length;
  return (
    <div className="panel" style={{ padding: '4px 10px', flex: 1, minHeight: 0, overflow: 'auto' }}>
      <div style={{ display: 'flex', gap: 16, fontSize: 13, color: '#374151' }}>
        <strong>时间表</strong>
        <span>色条：计划时段</span>
        <span>
          <span style={{ color: '#1a7f37' }}>●</span> 完成日期
        </span>
        <span>
          <span style={{ color: COLORS.overdue }}>■</span> 逾期
        </span>
        <span>
          <span style={{ color: COLORS.dueSoon }}>■</span> 临期
        </span>
        <span>竖线：今天</span>
      </div>
      <Chart option={option} height={60 + dated * ROW} label={`推进链条时间表，${dated} 个环节`} />
    </div>
  );
}
