import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PageReport } from '../../../shared/contract/projects.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { Chart, type ChartOption } from '../../components/chart.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

const { fields } = dictionary.report;

const columns: readonly GridColumn<PageReport>[] = [
  {
    key: 'periodLabel',
    label: '报告期',
    width: 128,
    pinned: 'left',
    value: (row) => row.period,
    format: (_value, row) => `${row.periodLabel}${row.corrected ? '（更正）' : ''}`,
  },
  { key: 'periodInvestment', field: fields.periodInvestment, total: 'none' },
  { key: 'yearToDate', field: fields.yearToDate, total: 'none' },
  { key: 'fundsInPlace', field: fields.fundsInPlace, total: 'none' },
  { key: 'visibleProgress', field: fields.visibleProgress, width: 260 },
  { key: 'problems', field: fields.problems, width: 220 },
  { key: 'nextSteps', field: fields.nextSteps, width: 220 },
  { key: 'submittedAt', field: dictionary.submission.fields.submittedAt },
  { key: 'operator', field: dictionary.submission.fields.operator },
];

function Curve({ projectId, date }: { readonly projectId: string; readonly date: string }) {
  const { data } = useQuery(api.rates.explain.queryOptions({ input: { projectId, date } }));
  const option = useMemo((): ChartOption | null => {
    if (data === undefined) return null;
    return {
      grid: { left: 8, right: 16, top: 30, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, data: ['序时进度', '实际完成'] },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value.toFixed(1)} %` : '—'),
      },
      xAxis: { type: 'category', data: data.curve.map((point) => `${point.month}月`), axisLabel: { color: '#374151' } },
      yAxis: {
        type: 'value',
        axisLabel: { formatter: '{value} %', color: '#374151' },
        splitLine: { lineStyle: { color: '#eceff3' } },
      },
      series: [
        {
          name: '序时进度',
          type: 'line',
          symbol: 'none',
          lineStyle: { type: 'dashed', color: '#6b7280' },
          itemStyle: { color: '#6b7280' },
          data: data.curve.map((point) => point.due),
        },
        {
          name: '实际完成',
          type: 'line',
          symbolSize: 7,
          lineStyle: { color: '#1f4e8c', width: 2 },
          itemStyle: { color: '#1f4e8c' },
          data: data.curve.map((point) => point.done),
        },
      ],
    };
  }, [data]);
  return (
    <div className="panel" style={{ padding: '6px 10px' }}>
      <strong style={{ fontSize: 13 }}>自年初累计占年度计划，与序时进度对照（各月末）</strong>
      {option === null ? (
        <div style={{ height: 210 }} />
      ) : (
        <Chart option={option} height={210} label="实际完成与序时进度对照曲线" />
      )}
    </div>
  );
}

/** 进度报告: the periods as they were handed in, and how far the year has come. */
export function ReportsTab({
  projectId,
  date,
  reports,
}: {
  readonly projectId: string;
  readonly date: string;
  readonly reports: readonly PageReport[];
}) {
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      {reports.length > 0 ? <Curve projectId={projectId} date={date} /> : null}
      <div style={{ flex: 1, minHeight: 160 }}>
        <LedgerGrid<PageReport>
          label="进度报告"
          storageKey="project-reports"
          columns={columns}
          rows={reports}
          readOnly
          emptyText="还没有报送过旬报。在“旬报”中填报并提交后，这里列出最近十二期。"
        />
      </div>
    </div>
  );
}
