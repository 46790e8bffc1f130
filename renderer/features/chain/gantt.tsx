import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { useMemo } from 'react';
import type { ChainLinkRow } from '../../../shared/contract/chain.ts';
import { addDays } from '../../../shared/domain/date.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { barWords, timeAxes, timeSeries } from '../../components/time-axes.ts';
import { LOOKS } from './states.tsx';

const ROW = 24;

interface Bar {
  readonly link: ChainLinkRow;
  readonly from: string;
  readonly to: string;
}

/** A link without a start is drawn from ten days ahead of its deadline. */
function barsOf(links: readonly ChainLinkRow[]): readonly Bar[] {
  return links.flatMap((link) => {
    const to = link.deadline ?? link.doneOn;
    if (to === null) return [];
    const start = link.plannedStart;
    return [{ link, to, from: start !== null && start <= to ? start : addDays(to, -10) }];
  });
}

/** '■ 逾期 3 天', '✓': what is pressing in words, what is done by its sign. */
function saidOf({ state, days }: ChainLinkRow): string {
  const look = LOOKS[state];
  if (state === 'overdue' || state === 'dueSoon') return `${look.sign} ${look.words(days)}`;
  return state === 'done' ? look.sign : '';
}

type Shape = { readonly type: string; readonly shape: object; readonly style: object };

function draw(bars: readonly Bar[]) {
  const place = new Map(bars.map((bar, index) => [bar.link.id, index]));
  return (_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const index = Number(api.value(0));
    const bar = bars[index];
    if (bar === undefined) return undefined;
    const { link } = bar;
    const [left = 0, y = 0] = api.coord([bar.from, index]);
    const [right = 0] = api.coord([addDays(bar.to, 1), index]);
    const children: Shape[] = [
      {
        type: 'rect',
        shape: { x: left, y: y - 6, width: Math.max(3, right - left), height: 12 },
        style: { fill: LOOKS[link.state].fill },
      },
    ];
    const before = link.predecessorId === null ? undefined : place.get(link.predecessorId);
    const earlier = before === undefined ? undefined : bars[before];
    if (earlier !== undefined && before !== undefined) {
      const [x1 = 0, y1 = 0] = api.coord([addDays(earlier.to, 1), before]);
      const points = [
        [x1, y1],
        [x1 + 6, y1],
        [x1 + 6, y],
        [left, y],
      ];
      children.unshift({
        type: 'polyline',
        shape: { points },
        style: { stroke: '#8793a5', lineWidth: 1, fill: 'none' },
      });
    }
    let doneAt = 0;
    if (link.doneOn !== null) {
      const [x = 0] = api.coord([link.doneOn, index]);
      doneAt = x + 4;
      children.push({
        type: 'circle',
        shape: { cx: x, cy: y, r: 5 },
        style: { fill: '#1a7f37', stroke: '#fff', lineWidth: 1 },
      });
    }
    const said = saidOf(link);
    const doubt = link.findings.length > 0 ? '？' : '';
    const words = [said, doubt].filter(Boolean).join(' ');
    const color = said === '' ? '#8a4b00' : LOOKS[link.state].color;
    return {
      type: 'group' as const,
      children: words === '' ? children : [...children, barWords(words, Math.max(right, doneAt), y, color)],
    } as never;
  };
}

function tip(bar: Bar | undefined): string {
  if (bar === undefined) return '';
  const { link } = bar;
  const lines = [
    `<b>${link.name}</b>`,
    `${bar.from} — ${bar.to}`,
    LOOKS[link.state].words(link.days),
    [link.unitText, link.personName].filter(Boolean).join('，'),
    ...link.findings.map((finding) => finding.reason),
  ];
  return lines.filter((line) => line !== '').join('<br/>');
}

/** 时间表: planned spans as bars, what waits for what as lines, completion as points, today as a line. */
export function Gantt({ links, today }: { readonly links: readonly ChainLinkRow[]; readonly today: string }) {
  const bars = useMemo(() => barsOf(links), [links]);
  const option = useMemo((): ChartOption => {
    const days = bars.flatMap((bar) => [bar.from, addDays(bar.to, 3), bar.link.doneOn ?? bar.to]);
    return {
      ...timeAxes({ days, today, names: bars.map((bar) => bar.link.name), labelWidth: 170 }),
      tooltip: { formatter: ({ dataIndex }: { readonly dataIndex: number }) => tip(bars[dataIndex]) },
      series: [timeSeries(bars, today, draw(bars))],
    };
  }, [bars, today]);
  if (bars.length === 0) return <p className="quiet">还没有一个环节定了时限，没有可以画的时间表。</p>;
  const late = bars.filter((bar) => bar.link.state === 'overdue').length;
  return (
    <div className="panel" style={{ padding: '4px 10px' }}>
      <div style={{ display: 'flex', gap: 16, fontSize: 13, color: '#374151', flexWrap: 'wrap' }}>
        <span>色条：计划时段</span>
        <span>折线：前置关系</span>
        <span>
          <span style={{ color: '#1a7f37' }}>●</span> 完成日期
        </span>
        {(['overdue', 'dueSoon', 'open', 'done'] as const).map((state) => (
          <span key={state}>
            <span style={{ color: LOOKS[state].fill }}>▬</span> {LOOKS[state].sign} {LOOKS[state].label}
          </span>
        ))}
        <span>？ 有疑点</span>
      </div>
      <Chart
        option={option}
        height={58 + bars.length * ROW}
        label={`推进链条时间表，${bars.length} 个环节，逾期 ${late} 个。数字见环节表。`}
      />
    </div>
  );
}
