import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ForceCheck, SixOnesRow, StewardRow } from '../../../shared/contract/teams.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { SIX_ONES } from '../../../shared/domain/six-ones.ts';
import { api, ledger } from '../../app/api.ts';
import { newId } from '../../app/new-id.ts';
import '../../components/row-findings.css';
import { ImportList } from '../../components/import-list.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { type Saver, useSave } from '../../components/use-save.tsx';
import { type CellEdit, type EditOutcome, type GridColumn, LedgerGrid } from '../../grid/index.ts';
import './teams.css';

type View = 'six' | 'rule' | 'steward';
const { fields } = dictionary.project;
const STATES = { has: '√', lacks: '缺', notYet: '—' } as const;

const sixColumns: readonly GridColumn<SixOnesRow>[] = [
  { key: 'name', label: '项目名称', width: 300, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 90 },
  { key: 'stage', field: fields.stage, editable: false },
  { key: 'gaps', label: '缺项', kind: 'number', unit: '项', width: 70 },
  ...SIX_ONES.map(
    ({ key, label }): GridColumn<SixOnesRow> => ({
      key,
      label,
      width: 116,
      value: (row) => STATES[row.six.find((each) => each.key === key)?.state ?? 'lacks'],
      cellClass: (row) => (row.six.find((each) => each.key === key)?.state === 'lacks' ? 'cell-question' : undefined),
      tooltip: (row) => row.six.find((each) => each.key === key)?.text,
    }),
  ),
];

const ruleColumns: readonly GridColumn<ForceCheck>[] = [
  { key: 'name', label: '项目名称', width: 300, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 90 },
  { key: 'leader', label: '班长', width: 90 },
  { key: 'expectedLeader', label: '应为', group: '班长', width: 90 },
  { key: 'officer', label: '专班责任人', width: 96 },
  { key: 'expectedOfficer', label: '应为', group: '专班责任人', width: 90 },
  { key: 'problem', label: '差异', width: 330, tooltip: (row) => row.problem },
  { key: 'rule', label: '规定', width: 380, tooltip: (row) => row.rule },
];

const stewardColumns: readonly GridColumn<StewardRow>[] = [
  { key: 'name', label: '项目名称', width: 300, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 90 },
  { key: 'annualPlan', field: fields.annualPlan, editable: false },
  { key: 'stewardId', field: dictionary.projectService.fields.stewardId },
  { key: 'team', label: '推进团队', width: 180 },
  { key: 'chiefServiceOfficer', label: '首席服务员', width: 96 },
  { key: 'liaison', label: '联络员', width: 84 },
  { key: 'problem', label: '提示', width: 320, cellClass: (row) => (row.problem === '' ? undefined : 'cell-question') },
];

function SixView({ gapsOnly }: { readonly gapsOnly: boolean }) {
  const [, navigate] = useLocation();
  const { data } = useQuery(api.teams.sixOnes.queryOptions());
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => !gapsOnly || row.gaps > 0), [data, gapsOnly]);
  const all = data?.rows ?? [];
  return (
    <>
      <div className="team-figures" role="status">
        <span>
          未竣工项目 <b>{all.length}</b> 个，六个一齐全 <b>{all.filter((row) => row.gaps === 0).length}</b> 个
        </span>
        {SIX_ONES.map(({ key, label }) => (
          <span key={key}>
            缺{label}{' '}
            <b>{all.filter((row) => row.six.some((each) => each.key === key && each.state === 'lacks')).length}</b>
          </span>
        ))}
      </div>
      <div className="team-grid">
        <LedgerGrid<SixOnesRow>
          label="六个一"
          storageKey="six-ones"
          columns={sixColumns}
          rows={rows}
          readOnly
          loading={data === undefined}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.id}`)}
          emptyText="没有缺项。"
        />
      </div>
    </>
  );
}

function RuleView({ gapsOnly, saver }: { readonly gapsOnly: boolean; readonly saver: Saver }) {
  const [, navigate] = useLocation();
  const { data } = useQuery(api.teams.checks.queryOptions());
  const rows = useMemo(() => (data ?? []).filter((row) => !gapsOnly || row.problem !== ''), [data, gapsOnly]);
  const [ticked, setTicked] = useState<readonly ForceCheck[]>([]);
  const fixable = ticked.filter((row) => row.fixable);
  return (
    <>
      <div className="team-bar">
        <span className="quiet">
          省百大、市本级：班长为分管副市长，责任人为责任单位主要领导；市百大：班长为属地主要领导，责任人为县级包保领导。
        </span>
        <span style={{ flex: 1 }} />
        <Button
          type="primary"
          disabled={fixable.length === 0}
          onClick={() =>
            void saver.run(
              () => ledger.teams.applyRule({ projectIds: fixable.map((row) => row.id) }),
              `已按规定设置 ${fixable.length} 个项目的专班`,
            )
          }
        >
          按规定设置（{fixable.length}）
        </Button>
      </div>
      <div className="team-grid">
        <LedgerGrid<ForceCheck>
          label="专班组成"
          storageKey="force-rule"
          columns={ruleColumns}
          rows={rows}
          readOnly
          selectable
          loading={data === undefined}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.id}`)}
          onSelectionChange={setTicked}
          emptyText="专班组成都符合清单的规定。"
        />
      </div>
    </>
  );
}

function StewardView({ gapsOnly, saver }: { readonly gapsOnly: boolean; readonly saver: Saver }) {
  const [, navigate] = useLocation();
  const refs = useRefs();
  const { data } = useQuery(api.teams.stewards.queryOptions());
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => !gapsOnly || row.problem !== ''), [data, gapsOnly]);
  const fresh = useRef(new Map<string, string>());
  const freshFor = (rowId: string): string => {
    const id = fresh.current.get(rowId) ?? newId();
    fresh.current.set(rowId, id);
    return id;
  };
  const edit = async (edits: readonly CellEdit[], title: string): Promise<EditOutcome> => {
    const known = new Map(rows.map((row) => [row.id, row.serviceId]));
    return saver.save(
      title,
      edits.map(({ rowId, key, value }) => {
        const service = known.get(rowId) ?? null;
        return {
          entity: 'projectService' as const,
          id: service ?? freshFor(rowId),
          set: service === null ? { voided: 0, projectId: rowId, [key]: value } : { [key]: value },
        };
      }),
    );
  };
  return (
    <div className="team-grid">
      <LedgerGrid<StewardRow>
        label="项目管家"
        storageKey="stewards"
        columns={stewardColumns}
        rows={rows}
        refs={refs}
        loading={data === undefined}
        openLabel="打开项目页"
        onOpenRow={(row) => navigate(`/projects/${row.id}`)}
        onEdit={edit}
        emptyText="每个项目都有管家。"
      />
    </div>
  );
}

/** 六个一, 专班组成, 项目管家: what each project should have, and lacks (B4, C4, D11). */
export function SixOnesTab() {
  const saver = useSave();
  const [view, setView] = useState<View>('six');
  const [gapsOnly, setGapsOnly] = useState(true);
  return (
    <div className="team-column">
      <div className="team-bar">
        <Segmented<View>
          aria-label="检查"
          value={view}
          onChange={setView}
          options={[
            { value: 'six', label: '六个一' },
            { value: 'rule', label: '专班组成' },
            { value: 'steward', label: '项目管家' },
          ]}
        />
        {view === 'steward' ? <ImportList entity="projectService" /> : null}
        <Checkbox checked={gapsOnly} onChange={(event) => setGapsOnly(event.target.checked)}>
          只看有缺项的
        </Checkbox>
      </div>
      {view === 'six' ? <SixView gapsOnly={gapsOnly} /> : null}
      {view === 'rule' ? <RuleView gapsOnly={gapsOnly} saver={saver} /> : null}
      {view === 'steward' ? <StewardView gapsOnly={gapsOnly} saver={saver} /> : null}
    </div>
  );
}
