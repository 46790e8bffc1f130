import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { BundleLine } from '../../../shared/contract/pool.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

const { fields } = dictionary.project;
const report = dictionary.report.fields;

const columns: readonly GridColumn<BundleLine>[] = [
  {
    key: 'name',
    label: '打包项目和子项',
    width: 340,
    pinned: 'left',
    value: (line) => (line.bundleId === '' ? line.name : `　└ ${line.name}`),
  },
  { key: 'unitName', label: '责任单位', width: 90 },
  {
    key: 'parts',
    label: '子项',
    width: 70,
    kind: 'number',
    unit: '个',
    value: (line) => (line.bundleId === '' ? line.parts : null),
  },
  { key: 'totalInvestment', field: fields.totalInvestment, total: 'none' },
  { key: 'annualPlan', field: fields.annualPlan, total: 'none' },
  { key: 'yearToDate', field: report.yearToDate, total: 'none' },
  {
    key: 'difference',
    label: '与子项合计比较',
    width: 420,
    value: (line) => (line.bundleId !== '' ? '' : line.difference === '' ? '一致' : line.difference),
    cellClass: (line) => (line.bundleId === '' && line.difference !== '' ? 'cell-question' : undefined),
    tooltip: (line) => line.difference,
  },
];

/** 打包项目: each whole with its parts, and where their sums differ. */
export function BundlesTab() {
  const [, navigate] = useLocation();
  const { data } = useQuery(api.pool.bundles.queryOptions());
  const rows = useMemo(() => data?.rows ?? [], [data]);
  return (
    <div className="pool-column">
      <div className="quiet">
        在项目台账的“所属打包项目”列填写，即成为子项。四率、清单合计可选“打包计一个”或“按子项计”，两种口径都写明。
      </div>
      <div className="pool-grid">
        <LedgerGrid<BundleLine>
          label="打包项目"
          storageKey="pool-bundles"
          columns={columns}
          rows={rows}
          readOnly
          loading={data === undefined}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.id}`)}
          emptyText="没有打包项目。"
        />
      </div>
    </div>
  );
}
