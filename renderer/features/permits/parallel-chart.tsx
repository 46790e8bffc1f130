import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { useMemo } from 'react';
import type { PermitBar } from '../../../shared/contract/permits.ts';
import { addDays } from '../../../shared/domain/date.ts';
import { PERMIT_SIGNS } from '../../../shared/domain/permit.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { barWords, timeAxes, timeSeries } from '../../components/time-axes.ts';
import { stateLabel } from './permit-mark.tsx';

const ROW = 22;
const FILL = { done: '#7fa98a', open: '#9db2cd', conditional: '#c98a1b', blocked: '#c01c28' } as const;

function fillOf(bar: PermitBar): string {
  if (bar.state === 'blocked') return FILL.blocked;
  if (bar.state === 'conditional') return FILL.conditional;
  return bar.expected ? FILL.open : FILL.done;
}

/** What the colour says: '√', '× 受阻', '△ 容缺'; nothing for what is only expected. */
function saidOf(bar: PermitBar): string {
  if (bar.state === 'blocked' || bar.state === 'conditional')
    return `${PERMIT_SIGNS[bar.state]} ${stateLabel(bar.state)}`;
  return bar.expected ? '' : PERMIT_SIGNS.done;
}

function draw(bars: readonly PermitBar[]) {
  return (_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const index = Number(api.value(0));
    const bar = bars[index];
    if (bar === undefined) return undefined;
    const [left = 0, y = 0] = api.coord([bar.from, index]);
    const [right = 0] = api.coord([addDays(bar.to, 1), index]);
    const shape = { x: left, y: y - 6, width: Math.max(3, right - left), height: 12 };
    const critical = bar.critical
      ? [
          {
            type: 'rect',
            shape: { ...shape, x: shape.x - 2, y: shape.y - 2, width: shape.width + 4, height: 16 },
            style: { fill: 'none', stroke: '#7a1f1f', lineWidth: 2 },
          },
        ]
      : [];
    const words = [saidOf(bar), bar.critical ? '关键' : ''].filter(Boolean).join(' ');
    const said = words === '' ? [] : [barWords(words, right, y, bar.critical ? '#7a1f1f' : '#374151')];
    return {
      type: 'group' as const,
      children: [{ type: 'rect', shape, style: { fill: fillOf(bar) } }, ...critical, ...said],
    } as never;
  };
}

function criticalWords(bar: PermitBar): string {
  return bar.state === 'blocked' ? '受阻，后面的阶段都等它' : `预计 ${bar.to} 办结`;
}

/** 并联审批 (D12): permits side by side; the one that holds the rest is framed. The table beside it has the dates. */
export function ParallelChart({ bars, today }: { readonly bars: readonly PermitBar[]; readonly today: string }) {
  const option = useMemo((): ChartOption => {
    const days = bars.flatMap((bar) => [bar.from, addDays(bar.to, 6)]);
    return {
      ...timeAxes({ days, today, names: bars.map((bar) => bar.name), labelWidth: 150 }),
      tooltip: {
        formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
          const bar = bars[dataIndex];
          if (bar === undefined) return '';
          const end = bar.expected ? `预计 ${bar.to}` : bar.to;
          return `${bar.name}（${stateLabel(bar.state)}）<br/>${bar.from} — ${end}<br/>${bar.department ?? ''}`;
        },
      },
      series: [timeSeries(bars, today, draw(bars))],
    };
  }, [bars, today]);
  if (bars.length === 0) return <p className="quiet">还没有填计划或实际日期，没有可以画的并联图。</p>;
  const critical = bars.find((bar) => bar.critical);
  return (
    <div className="panel" style={{ padding: '4px 10px' }}>
      <div style={{ display: 'flex', gap: 16, fontSize: 13, color: '#374151', flexWrap: 'wrap' }}>
        <strong>
          {critical === undefined ? '手续已办齐' : `关键手续：${critical.name}，${criticalWords(critical)}`}
        </strong>
        <span>
          <span style={{ color: FILL.done }}>▬</span> {PERMIT_SIGNS.done} 已批复
        </span>
        <span>
          <span style={{ color: FILL.open }}>▬</span> 办理中、计划（按时限推算）
        </span>
        <span>
          <span style={{ color: FILL.conditional }}>▬</span> {PERMIT_SIGNS.conditional} 容缺
        </span>
        <span>
          <span style={{ color: FILL.blocked }}>▬</span> {PERMIT_SIGNS.blocked} 受阻
        </span>
      </div>
      <Chart
        option={option}
        height={56 + bars.length * ROW}
        label={`并联审批图，${bars.length} 项手续${critical === undefined ? '' : `，关键的是${critical.name}，预计 ${critical.to} 办结`}。日期见上表。`}
      />
    </div>
  );
}
