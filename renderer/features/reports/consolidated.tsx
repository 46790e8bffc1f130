import { ExportOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Input, Segmented, Spin, Table } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ConsolidatedRow } from '../../../shared/contract/reports.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { COUNTING_NAMES, leftOutOf } from '../../../shared/domain/bundle.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { CountingChoice, useCounting } from '../../components/counting-choice.tsx';
import { exportExcel, tableOf } from '../../components/export-excel.ts';
import { useSayWritten } from '../../components/use-say-written.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';

interface Row extends ConsolidatedRow {
  readonly id: string;
}

const { project, report } = dictionary;

const heading = (name: string, unit: string) => (
  <>
    {name}
    <small className="reports-unit">{unit}</small>
  </>
);

function totalShare(rows: readonly Row[]): string {
  if (rows.every((row) => row.yearToDate === null)) return '';
  const sum = (of: (row: Row) => number | null): number => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  return formatRate({ numerator: sum((row) => row.yearToDate), denominator: sum((row) => row.annualPlan) });
}

function columnsOf(overdue: boolean): readonly GridColumn<Row>[] {
  return [
    { key: 'sequence', label: '序号', width: 62, kind: 'number', pinned: 'left', total: 'none' },
    { key: 'unitName', label: '责任单位', width: 92, pinned: 'left' },
    { key: 'name', field: project.fields.name, width: 220, pinned: 'left' },
    {
      key: 'mark',
      label: '报送',
      group: '项目',
      width: 150,
      cellClass: (row) => (row.expected && !row.reported && overdue ? 'report-error-text' : 'report-quiet'),
    },
    { key: 'stage', field: project.fields.stage, group: '项目', width: 90 },
    { key: 'totalInvestment', field: project.fields.totalInvestment, group: '投资', width: 96 },
    { key: 'annualPlan', field: project.fields.annualPlan, group: '投资', label: '年度计划', width: 100 },
    { key: 'periodInvestment', field: report.fields.periodInvestment, group: '投资', label: '本旬完成', width: 100 },
    { key: 'yearToDate', field: report.fields.yearToDate, group: '投资', width: 108 },
    {
      key: 'planShare',
      label: '占年度计划',
      group: '投资',
      width: 108,
      kind: 'number',
      value: (row) => (row.yearToDate === null || !row.annualPlan ? null : row.yearToDate / row.annualPlan),
      format: (_, row) => (row.yearToDate === null ? '' : row.planShare),
      totalOf: totalShare,
    },
    { key: 'fundsInPlace', field: report.fields.fundsInPlace, group: '投资', width: 100 },
    { key: 'visibleProgress', field: report.fields.visibleProgress, group: '进展', width: 240 },
    { key: 'problems', field: report.fields.problems, group: '进展', width: 200 },
    { key: 'nextSteps', field: report.fields.nextSteps, group: '进展', width: 180 },
    { key: 'content', field: project.fields.content, group: '基本情况', width: 240 },
    { key: 'builder', field: project.fields.builder, group: '基本情况', width: 180 },
    { key: 'cityLeader', label: '市级责任领导', group: '责任', width: 120 },
    { key: 'countyLeader', label: '县级包保领导', group: '责任', width: 120 },
    { key: 'officer', label: '责任人', group: '责任', width: 90 },
  ];
}

/** 旬报汇总表 (domain facts §3.1): by project, or summed by unit. */
export function Consolidated({ period }: { readonly period: string }) {
  const { officeName, today } = useLedger();
  const { message } = App.useApp();
  const sayWritten = useSayWritten();
  const grid = useRef<LedgerGridApi<Row>>(null);
  const [, navigate] = useLocation();
  const [by, setBy] = useState<'project' | 'unit'>('project');
  const [search, setSearch] = useState('');
  const [counting, setCounting] = useCounting();
  const table = useQuery({
    ...api.reports.consolidated.queryOptions({ input: { kind: 'tenDay', period, counting } }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => table.data?.rows.map((row): Row => ({ ...row, id: row.projectId })) ?? [], [table.data]);
  const overdue = table.data?.period.overdue ?? false;
  const columns = useMemo(() => columnsOf(overdue), [overdue]);
  const counted = table.data?.counting ?? 'whole';
  const totalsOver = useMemo(
    () => ({ note: COUNTING_NAMES[counted], leftOut: (shown: readonly Row[]) => leftOutOf(shown, counted) }),
    [counted],
  );
  if (table.isError) return <Alert type="error" showIcon title={messageOf(table.error)} />;
  if (table.data === undefined) return <Spin />;
  const { units, total } = table.data;
  const periodName = table.data.period.label;
  const hasBundles = table.data.bothWays !== '';
  const exportShown = async (): Promise<void> => {
    const shown = grid.current?.exportRows();
    if (shown === undefined) return;
    const words = {
      name: `旬报汇总表（${periodName}）`,
      title: `重点项目${periodName}推进情况汇总表`,
      note: [officeName, today, hasBundles ? `合计${COUNTING_NAMES[counting]}` : ''].filter(Boolean).join('　'),
      percents: ['planShare'],
    };
    try {
      const path = await exportExcel(tableOf(shown, words), today);
      if (path === null) return;
      sayWritten(`已导出 ${shown.rows.length} 个项目`, path);
    } catch (fault) {
      message.error(messageOf(fault), 8);
    }
  };
  type Sum = typeof total;
  const money = (
    key: 'totalInvestment' | 'annualPlan' | 'periodInvestment' | 'yearToDate' | 'fundsInPlace',
    title: string,
  ) => ({
    key,
    title: heading(title, '万元'),
    align: 'right' as const,
    render: (_: unknown, row: Sum) => formatMoney(row[key], '万元', 0),
  });
  return (
    <>
      <div className="page-head">
        <Segmented
          aria-label="汇总方式"
          value={by}
          onChange={setBy}
          options={[
            { value: 'project', label: '按项目' },
            { value: 'unit', label: '按单位' },
          ]}
        />
        {by === 'project' ? (
          <Input.Search
            enterButton="查找"
            allowClear
            aria-label="查找项目"
            placeholder="查找项目、单位、领导"
            style={{ width: 220 }}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        ) : null}
        {by === 'project' ? (
          <Button
            icon={<ExportOutlined aria-hidden />}
            onClick={() => void exportShown()}
            title="按现在显示的列、筛选和顺序"
          >
            导出 Excel
          </Button>
        ) : null}
        {hasBundles ? <CountingChoice value={counting} onChange={setCounting} /> : null}
        <span className="quiet" title={table.data.bothWays}>
          共 {total.projects} 项，应报 {total.expected} 项，已报 {total.reported} 项，自年初累计{' '}
          {formatMoney(total.yearToDate, '万元', 0)} 万元，占年度计划 {total.planShare}
        </span>
      </div>
      {by === 'project' ? (
        <div className="reports-grid">
          <LedgerGrid<Row>
            apiRef={grid}
            columns={columns}
            rows={rows}
            storageKey="reports.consolidated"
            label="旬报汇总表"
            readOnly
            totals
            quickSearch={search}
            {...(hasBundles ? { totalsOver } : {})}
            excel={false}
            openLabel="打开项目页"
            onOpenRow={(row) => navigate(`/projects/${row.id}`)}
            emptyText="本期没有应报的项目"
          />
        </div>
      ) : (
        <div className="page-body">
          <Table<Sum & { unitId: string }>
            size="small"
            rowKey="unitId"
            sticky
            pagination={false}
            dataSource={[{ unitId: '', ...total }, ...units]}
            rowClassName={(row) => (row.unitId === '' ? 'reports-total' : '')}
            columns={[
              { key: 'label', title: '责任单位', dataIndex: 'label' },
              { key: 'projects', title: heading('项目数', '项'), dataIndex: 'projects', align: 'right' },
              { key: 'expected', title: heading('应报', '项'), dataIndex: 'expected', align: 'right' },
              { key: 'reported', title: heading('已报', '项'), dataIndex: 'reported', align: 'right' },
              money('totalInvestment', '总投资'),
              money('annualPlan', '年度计划'),
              money('periodInvestment', '本旬完成'),
              money('yearToDate', '自年初累计'),
              { key: 'planShare', title: '占年度计划', dataIndex: 'planShare', align: 'right' },
              money('fundsInPlace', '资金到位'),
            ]}
          />
        </div>
      )}
    </>
  );
}
