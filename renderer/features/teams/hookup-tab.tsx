import { useQuery } from '@tanstack/react-query';
import { Segmented, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { HookLeader, Hookup } from '../../../shared/contract/teams.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import '../../components/row-findings.css';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';
import { Instructions } from './instructions.tsx';
import './teams.css';

type Uncovered = Hookup['uncovered'][number];
type View = 'city' | 'county' | 'uncovered' | 'instructions';

const person = dictionary.person.fields;

const leaderColumns: readonly GridColumn<HookLeader>[] = [
  { key: 'name', field: person.name, pinned: 'left', width: 90 },
  { key: 'title', field: person.title, width: 240 },
  { key: 'rank', field: person.rank, width: 140 },
  { key: 'unitName', label: '单位', width: 120 },
  { key: 'projects', label: '挂点项目', kind: 'number', unit: '个', width: 90, total: 'sum' },
  { key: 'annualPlan', field: dictionary.project.fields.annualPlan },
  { key: 'red', label: '红灯', kind: 'number', unit: '个', width: 76, total: 'sum' },
  { key: 'problem', label: '提示', width: 320, cellClass: (row) => (row.problem === '' ? undefined : 'cell-question') },
];

const uncoveredColumns: readonly GridColumn<Uncovered>[] = [
  { key: 'name', label: '项目名称', width: 360, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 110 },
  { key: 'lacksCity', label: '市级责任领导', width: 130, value: (row) => (row.lacksCity ? '缺' : '已定') },
  { key: 'lacksCounty', label: '县级包保领导', width: 130, value: (row) => (row.lacksCounty ? '缺' : '已定') },
];

/** 挂点帮扶 both ways (C3, E12): leaders with their projects, projects without a leader, and what leaders asked for. */
export function HookupTab() {
  const [, navigate] = useLocation();
  const { data } = useQuery(api.teams.hookup.queryOptions());
  const instructions = useQuery(api.teams.instructions.queryOptions()).data ?? [];
  const [view, setView] = useState<View>('city');
  const leaders = useMemo(() => (data?.leaders ?? []).filter((leader) => leader.level === view), [data, view]);
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  return (
    <div className="team-column">
      <div className="team-figures" role="status">
        {data.levels.map((level) => (
          <span key={level.level}>
            {level.label}：{level.projects} 个未竣工项目已挂点 <b>{level.covered}</b> 个，覆盖率 <b>{level.text}</b>；
            {level.leaders} 名领导中 <b>{level.idle}</b> 名没有挂点项目
          </span>
        ))}
      </div>
      <div className="team-bar">
        <Segmented<View>
          aria-label="显示"
          value={view}
          onChange={setView}
          options={[
            { value: 'city', label: '市级领导' },
            { value: 'county', label: '县级领导' },
            { value: 'uncovered', label: `未挂点项目（${data.uncovered.length}）` },
            { value: 'instructions', label: `领导指示（${instructions.length}）` },
          ]}
        />
      </div>
      {view === 'instructions' ? <Instructions rows={instructions} /> : null}
      {view === 'uncovered' ? (
        <div className="team-grid">
          <LedgerGrid<Uncovered>
            label="未挂点项目"
            storageKey="uncovered"
            columns={uncoveredColumns}
            rows={data.uncovered}
            readOnly
            openLabel="打开项目页"
            onOpenRow={(row) => navigate(`/projects/${row.id}`)}
            emptyText="所有未竣工项目都有市、县两级领导挂点。"
          />
        </div>
      ) : null}
      {view === 'city' || view === 'county' ? (
        <div className="team-grid">
          <LedgerGrid<HookLeader>
            label="挂点领导"
            storageKey="hook-leaders"
            columns={leaderColumns}
            rows={leaders}
            readOnly
            totals
            emptyText="还没有登记这一级的领导。"
          />
        </div>
      ) : null}
    </div>
  );
}
