import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ListSummary, MembershipLine, PoolOverview } from '../../../shared/contract/pool.ts';
import { dictionary, PROJECT_LISTS } from '../../../shared/dictionary/index.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

const { fields } = dictionary.listMembership;
const { fields: projectFields } = dictionary.project;

const columns: readonly GridColumn<MembershipLine>[] = [
  { key: 'name', label: '项目名称', width: 300, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 90 },
  { key: 'list', field: fields.list, editable: false },
  { key: 'year', field: fields.year, editable: false },
  {
    key: 'effectiveFrom',
    field: fields.effectiveFrom,
    editable: false,
    lockedReason: '列入和移出由调整批次决定',
    format: (value) => (value === null ? '建账以来' : String(value)),
    value: (line) => line.effectiveFrom,
  },
  { key: 'effectiveTo', field: fields.effectiveTo, editable: false },
  { key: 'current', label: '现在', width: 72, value: (line) => (line.current ? '在列' : '已移出') },
  { key: 'totalInvestment', field: projectFields.totalInvestment, editable: false },
  { key: 'annualPlan', field: projectFields.annualPlan, editable: false },
  { key: 'note', field: fields.note },
];

const wan = (yuan: number): string => formatMoney(yuan, '万元', 'exact');

function Counts({ lists }: { readonly lists: readonly ListSummary[] }) {
  return (
    <table className="plain-table pool-table" style={{ background: '#fff', border: '1px solid #e0e4ea' }}>
      <thead>
        <tr>
          <th scope="col">现行清单</th>
          <th scope="col" className="number">
            项目数（打包计一个）
          </th>
          <th scope="col" className="number">
            年度计划投资（万元）
          </th>
          <th scope="col" className="number">
            项目数（按子项）
          </th>
          <th scope="col" className="number">
            年度计划投资（万元）
          </th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <tr key={list.list}>
            <th scope="row">{list.label}</th>
            <td className="number">{list.whole.count}</td>
            <td className="number">{wan(list.whole.annualPlan)}</td>
            <td className="number">{list.parts.count}</td>
            <td className="number">{wan(list.parts.annualPlan)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 清单归属 (B6): which project was in which list from when to when. */
export function MembershipsTab({ overview, saver }: { readonly overview: PoolOverview; readonly saver: Saver }) {
  const isCity = useLedger().level === 'city';
  const [, navigate] = useLocation();
  const { data } = useQuery(api.pool.memberships.queryOptions({ input: {} }));
  const [list, setList] = useState<string>('all');
  const [year, setYear] = useState<string>('all');
  const years = useMemo(() => {
    const known = new Set(
      (data?.rows ?? []).flatMap((row) => (row.effectiveFrom === null ? [] : [row.effectiveFrom.slice(0, 4)])),
    );
    return [...known].sort().reverse();
  }, [data]);
  const rows = useMemo(
    () =>
      (data?.rows ?? []).filter(
        (row) =>
          (list === 'all' || row.list === list) &&
          (year === 'all' ||
            ((row.effectiveFrom ?? '').slice(0, 4) <= year && (row.effectiveTo ?? '9999').slice(0, 4) >= year)),
      ),
    [data, list, year],
  );
  return (
    <div className="pool-column">
      <Counts lists={overview.lists} />
      <div className="pool-bar">
        <span>清单</span>
        <Select<string>
          aria-label="清单"
          style={{ width: 150 }}
          value={list}
          options={[
            { value: 'all', label: '全部清单' },
            ...PROJECT_LISTS.map(({ value, label }) => ({ value, label })),
          ]}
          onChange={setList}
        />
        <span>年度</span>
        <Select<string>
          aria-label="年度"
          style={{ width: 120 }}
          value={year}
          options={[
            { value: 'all', label: '全部年度' },
            ...years.map((each) => ({ value: each, label: `${each}年在列` })),
          ]}
          onChange={setYear}
        />
        <span className="quiet">以前日期的四率、通报按当时在列的项目计算。</span>
      </div>
      <div className="pool-grid">
        <LedgerGrid<MembershipLine>
          label="清单归属"
          storageKey="pool-memberships"
          columns={columns}
          rows={rows}
          loading={data === undefined}
          readOnly={!isCity}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.projectId}`)}
          onEdit={(edits, title) => saver.saveCells('listMembership', edits, title)}
          emptyText="还没有项目列入清单。"
        />
      </div>
    </div>
  );
}
