import { useMemo } from 'react';
import type { RateSummary } from '../../../shared/contract/rates.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';

const BAR = 28;

const points = (value: number | null): number => Math.round((value ?? 0) * 1000) / 10;

function optionOf(summary: RateSummary, rows: RateSummary['rows']): ChartOption {
  const { due } = summary;
  return {
    grid: { left: 8, right: 70, top: 30, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'item',
      formatter: (item: { dataIndex: number }) => rows[item.dataIndex]?.rates.investmentRate.formula ?? '',
    },
    xAxis: { type: 'value', axisLabel: { formatter: '{value} %' }, splitLine: { lineStyle: { color: '#e5e7eb' } } },
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.label),
      axisTick: { show: false },
      axisLabel: { color: '#1f2937', fontSize: 13 },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        data: rows.map((row) => ({
          value: points(row.rates.investmentRate.value),
          itemStyle: { color: (row.rates.investmentRate.value ?? 0) < due.value ? '#9fb0c7' : '#1f4e8c' },
        })),
        label: {
          show: true,
          position: 'right',
          color: '#1f2937',
          backgroundColor: '#fff',
          padding: [0, 3],
          formatter: (item: { dataIndex: number }) => rows[item.dataIndex]?.rates.investmentRate.text ?? '',
        },
        markLine: {
          symbol: 'none',
          silent: true,
          z: 1,
          lineStyle: { color: '#374151', type: 'dashed', width: 1.5 },
          label: { formatter: `序时进度 ${due.text}`, color: '#374151', position: 'end' },
          data: [{ xAxis: points(due.value) }],
        },
      },
    ],
  };
}

/** 投资率 of each row against 序时进度, highest first; those behind are paler. The same figures are in the table. */
export function RatesChart({ summary }: { readonly summary: RateSummary }) {
  const rows = useMemo(
    () =>
      summary.rows
        .filter((row) => row.rates.investmentRate.value !== null)
        .sort((left, right) => (left.rates.investmentRate.value ?? 0) - (right.rates.investmentRate.value ?? 0)),
    [summary],
  );
  const option = useMemo(() => optionOf(summary, rows), [summary, rows]);
  const [lowest, highest] = [rows[0], rows.at(-1)];
  if (highest === undefined || lowest === undefined) return <p>没有可以作图的投资率：没有年度计划投资。</p>;
  const label = `投资率排列图：最高${highest.label} ${highest.rates.investmentRate.text}，最低${lowest.label} ${lowest.rates.investmentRate.text}，序时进度 ${summary.due.text}。数字见四率表。`;
  return (
    <div style={{ background: '#fff', padding: '8px 4px' }}>
      <Chart option={option} height={rows.length * BAR + 60} label={label} />
    </div>
  );
}
