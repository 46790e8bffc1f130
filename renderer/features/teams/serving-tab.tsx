import { useQuery } from '@tanstack/react-query';
import { Checkbox, Segmented, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { type ChannelRow, SERVING_ROLES, type ServingRow } from '../../../shared/contract/teams.ts';
import { dictionary, type Field } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import '../../components/row-findings.css';
import { useAuthority } from '../../components/use-authority.ts';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';
import './teams.css';

const { fields } = dictionary.project;
const KEYS = ['chiefServiceOfficerId', 'liaisonId', 'greenChannel', 'greenChannelOn', 'greenChannelNote'] as const;

const serverColumns: readonly GridColumn<ServingRow>[] = [
  { key: 'role', label: '服务人员', width: 110, pinned: 'left', value: (row) => SERVING_ROLES[row.role] },
  { key: 'name', label: '姓名', width: 90, pinned: 'left' },
  { key: 'title', label: '职务', width: 220 },
  { key: 'unitName', label: '单位', width: 110 },
  { key: 'phone', label: '联系电话', width: 130 },
  { key: 'count', label: '服务项目', kind: 'number', unit: '个', width: 90, total: 'sum' },
  {
    key: 'projects',
    label: '项目名称',
    width: 560,
    value: (row) => row.projects.join('、'),
    tooltip: (row) => row.projects.join('、'),
  },
];

/** 服务名单 (A10): who serves whom, what is served by nobody, and the 绿色通道 of each project. */
export function ServingTab() {
  const { today } = useLedger();
  const { ownerOfColumn } = useAuthority('project');
  const [, navigate] = useLocation();
  const { data } = useQuery(api.teams.serving.queryOptions());
  const refs = useRefs();
  const saver = useSave();
  const [view, setView] = useState<'servers' | 'projects'>('servers');
  const [gapsOnly, setGapsOnly] = useState(true);
  const rows = useMemo(() => (data?.projects ?? []).filter((row) => !gapsOnly || row.problem !== ''), [data, gapsOnly]);
  const columns = useMemo(
    (): readonly GridColumn<ChannelRow>[] => [
      { key: 'name', label: '项目名称', width: 280, pinned: 'left' },
      { key: 'unitName', label: '责任单位', width: 90 },
      {
        key: 'problem',
        label: '提示',
        width: 250,
        cellClass: (row) => (row.problem === '' ? undefined : 'cell-question'),
      },
      ...KEYS.map((key): GridColumn<ChannelRow> => {
        const field: Field = fields[key];
        const owner = ownerOfColumn(key);
        return { key, field, hidden: false, ...(owner === null ? {} : { ownerMark: owner.mark, help: owner.help }) };
      }),
    ],
    [ownerOfColumn],
  );
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  const lacking = (words: string): number => data.projects.filter(({ problem }) => problem.includes(words)).length;
  return (
    <div className="team-column">
      <div className="team-figures" role="status">
        <span>
          未竣工项目 <b>{data.projects.length}</b> 个
        </span>
        <span>
          没有首席服务员 <b>{lacking('首席服务员')}</b> 个
        </span>
        <span>
          没有联络员 <b>{lacking('联络员')}</b> 个
        </span>
        <span>
          没有开通绿色通道 <b>{lacking('绿色通道')}</b> 个
        </span>
      </div>
      <div className="team-bar">
        <Segmented<'servers' | 'projects'>
          aria-label="显示"
          value={view}
          onChange={setView}
          options={[
            { value: 'servers', label: '谁服务谁' },
            { value: 'projects', label: '按项目' },
          ]}
        />
        {view === 'servers' ? null : (
          <Checkbox checked={gapsOnly} onChange={(event) => setGapsOnly(event.target.checked)}>
            只看有缺项的
          </Checkbox>
        )}
      </div>
      <div className="team-grid">
        {view === 'servers' ? (
          <LedgerGrid<ServingRow>
            key="servers"
            label="服务名单"
            storageKey="serving"
            columns={serverColumns}
            rows={data.servers}
            readOnly
            totals
            emptyText="还没有首席服务员和联络员。在“按项目”中逐个项目填写。"
          />
        ) : (
          <LedgerGrid<ChannelRow>
            key="projects"
            label="项目服务"
            storageKey="serving-projects"
            columns={columns}
            rows={rows}
            refs={refs}
            today={today}
            openLabel="打开项目页"
            onOpenRow={(row) => navigate(`/projects/${row.id}`)}
            onEdit={(edits, title) => saver.saveCells('project', edits, title)}
            emptyText="每个项目都有首席服务员、联络员和绿色通道。"
          />
        )}
      </div>
    </div>
  );
}
