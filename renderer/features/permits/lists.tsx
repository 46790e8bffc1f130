import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type {
  PermitKindRow,
  PermitLine,
  SpecialPermitRow,
  StatisticsRow,
  StatisticsStandingName,
} from '../../../shared/contract/permits.ts';
import { dictionary, STATISTICS_PAPERS } from '../../../shared/dictionary/index.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { ImportList } from '../../components/import-list.tsx';
import { NewRow } from '../../components/new-row.tsx';
import { AddButton, VoidButton } from '../../components/row-buttons.tsx';
import { markFindings, useCheckedEdit } from '../../components/row-findings.tsx';
import { UnitSelect } from '../../components/unit-select.tsx';
import { useKept } from '../../components/use-kept.ts';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';
import { listColumns } from './permit-columns.tsx';
import { TONE_CLASS } from './permit-mark.tsx';

function useUnit() {
  const { path } = useLedger();
  const [unitId, setUnitId] = useKept<string | null>(`permits.unit ${path}`, null);
  const question = useMemo(() => (unitId === null ? {} : { unitId }), [unitId]);
  return { unitId, setUnitId, question };
}

const WITHIN = [
  { value: 30, label: '30 天内到期' },
  { value: 90, label: '90 天内到期' },
  { value: 365, label: '一年内到期' },
];

/** 有效期: approvals that expire soon, or have. */
export function ExpiryList() {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const refs = useRefs();
  const { unitId, setUnitId, question } = useUnit();
  const [within, setWithin] = useKept('permits.within', 90);
  const { data } = useQuery({
    ...api.permits.expiring.queryOptions({ input: { ...question, withinDays: within } }),
    placeholderData: keepPreviousData,
  });
  const edit = useCheckedEdit('permit');
  const columns = useMemo(
    () =>
      listColumns(
        ['kindName', 'expiry', 'actualApproval', 'validUntil', 'department', 'documentNumber', 'note'],
        (id) => navigate(`/projects/${id}`),
      ),
    [navigate],
  );
  return (
    <div className="view">
      <div className="bar">
        <Select aria-label="期限" style={{ width: 140 }} options={WITHIN} value={within} onChange={setWithin} />
        <UnitSelect value={unitId} onChange={setUnitId} />
        <span className="quiet">有效期按批文填写；没有填的按手续目录推算，只提醒尚未开工的项目。</span>
      </div>
      <div className="grow">
        <LedgerGrid<PermitLine>
          label="到期的手续"
          storageKey="permits-expiring"
          columns={columns}
          rows={data ?? []}
          refs={refs}
          today={today}
          loading={data === undefined}
          onEdit={edit}
          onUndo={() => runCommand('undo')}
          emptyText="没有快到期或已过期的手续。"
        />
      </div>
    </div>
  );
}

/** 容缺: what was approved with a paper still owed, by the day it is due. */
export function CommitmentList() {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const refs = useRefs();
  const { unitId, setUnitId, question } = useUnit();
  const { data } = useQuery({
    ...api.permits.commitments.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
  });
  const edit = useCheckedEdit('permit');
  const columns = useMemo(
    () =>
      listColumns(['kindName', 'commitment', 'commitmentDue', 'words', 'commitmentMet', 'department', 'note'], (id) =>
        navigate(`/projects/${id}`),
      ),
    [navigate],
  );
  return (
    <div className="view">
      <div className="bar">
        <UnitSelect value={unitId} onChange={setUnitId} />
        <span className="quiet">容缺办理、材料尚未补齐的手续，先到期的在前。填了补齐日期就从这里去掉。</span>
      </div>
      <div className="grow">
        <LedgerGrid<PermitLine>
          label="容缺承诺"
          storageKey="permits-commitments"
          columns={columns}
          rows={data ?? []}
          refs={refs}
          today={today}
          loading={data === undefined}
          onEdit={edit}
          onUndo={() => runCommand('undo')}
          emptyText="没有容缺未补的手续。"
        />
      </div>
    </div>
  );
}

const special = dictionary.specialPermit.fields;
const keysOf = (...keys: readonly (keyof typeof special)[]): readonly GridColumn<SpecialPermitRow>[] =>
  keys.map((key) => ({ key, field: special[key] }));

export const specialColumns = markFindings<SpecialPermitRow>([
  ...keysOf('season', 'state'),
  { key: 'standing', label: '现在', width: 150, cellClass: (row) => TONE_CLASS[row.tone] },
  ...keysOf('scope', 'validFrom', 'validUntil', 'documentNumber', 'department', 'measures', 'appliedOn', 'note'),
]);

/** 特许施工 (E4) of all projects. */
export function SpecialList() {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const { unitId, setUnitId, question } = useUnit();
  const { data } = useQuery({
    ...api.permits.specials.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
  });
  const edit = useCheckedEdit('specialPermit');
  const saver = useSave();
  const [active, setActive] = useState<string | null>(null);
  const current = data?.find((row) => row.id === active);
  const add = (projectId: string): void => {
    const set = { projectId, state: 'applied', appliedOn: today };
    void saver.save('增加特许施工', [{ entity: 'specialPermit', id: newId(), set }]);
  };
  const columns = useMemo(
    (): readonly GridColumn<SpecialPermitRow>[] => [
      { key: 'projectName', label: '项目', width: 260, pinned: 'left' },
      { key: 'unitName', label: '责任单位', width: 100 },
      ...specialColumns,
    ],
    [],
  );
  return (
    <div className="view">
      <div className="bar">
        <UnitSelect value={unitId} onChange={setUnitId} />
        <NewRow label="增加特许施工" onAdd={add} />
        <VoidButton entity="specialPermit" id={current?.id ?? null} name={current?.season ?? ''} />
        <ImportList entity="specialPermit" />
        <span className="quiet">采暖季等管控时段内继续施工的许可：范围、起止、文号。</span>
      </div>
      <div className="grow">
        <LedgerGrid<SpecialPermitRow>
          label="特许施工"
          storageKey="permits-specials"
          columns={columns}
          rows={data ?? []}
          today={today}
          loading={data === undefined}
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row.id ?? null)}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.projectId}`)}
          onUndo={() => runCommand('undo')}
          emptyText="没有特许施工。"
        />
      </div>
    </div>
  );
}

const STANDINGS: Readonly<Record<StatisticsStandingName, string>> = {
  missing: '应入未入',
  ready: '可以申报',
  included: '已入统',
  notYet: '尚未开工',
  exempt: '不需入统',
};
const STANDING_ORDER: readonly StatisticsStandingName[] = ['missing', 'ready', 'notYet', 'included', 'exempt'];

const statisticsColumns: readonly GridColumn<StatisticsRow>[] = [
  { key: 'projectName', label: '项目', width: 280, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 100 },
  {
    key: 'standing',
    label: '入统',
    width: 100,
    kind: 'number',
    total: 'none',
    value: (row) => STANDING_ORDER.indexOf(row.standing),
    format: (_, row) => STANDINGS[row.standing],
    cellClass: (row) =>
      `cell-left ${row.standing === 'missing' ? 'cell-late' : row.standing === 'ready' ? 'cell-soon' : ''}`,
  },
  { key: 'words', label: '说明', width: 320, tooltip: (row) => row.words },
  ...STATISTICS_PAPERS.map(
    ({ value, label }): GridColumn<StatisticsRow> => ({
      key: value,
      label,
      width: 118,
      value: (row) =>
        row.standing === 'included' || row.standing === 'exempt' ? '' : row.missing.includes(value) ? '× 缺' : '✓ 齐',
      cellClass: (row) => (row.missing.includes(value) && row.standing === 'missing' ? 'cell-late' : undefined),
    }),
  ),
  { key: 'totalInvestment', field: dictionary.project.fields.totalInvestment, editable: false },
  { key: 'actualStart', field: dictionary.project.fields.actualStart, editable: false },
];

/** 入统 (D14): what can be included, what is, what is missing and which paper. */
export function StatisticsList() {
  const [, navigate] = useLocation();
  const { unitId, setUnitId, question } = useUnit();
  const [shown, setShown] = useKept<readonly StatisticsStandingName[]>('permits.statistics', ['missing', 'ready']);
  const { data } = useQuery({
    ...api.permits.statistics.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => (data ?? []).filter((row) => shown.includes(row.standing)), [data, shown]);
  return (
    <div className="view">
      <div className="bar">
        <fieldset className="chip-group" aria-label="入统情况">
          {STANDING_ORDER.map((standing) => (
            <button
              key={standing}
              type="button"
              className="chip"
              aria-pressed={shown.includes(standing)}
              onClick={() =>
                setShown(shown.includes(standing) ? shown.filter((each) => each !== standing) : [...shown, standing])
              }
            >
              {STANDINGS[standing]} <b>{(data ?? []).filter((row) => row.standing === standing).length}</b>
            </button>
          ))}
        </fieldset>
        <UnitSelect value={unitId} onChange={setUnitId} />
        <ImportList entity="statisticsPaper" />
        <span className="quiet">总投资 500 万元以上、已开工的应当入统；材料在项目页的“手续”里逐项勾。</span>
      </div>
      <div className="grow">
        <LedgerGrid<StatisticsRow>
          label="入统情况"
          storageKey="permits-statistics"
          columns={statisticsColumns}
          rows={rows}
          readOnly
          totals
          loading={data === undefined}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.id}`)}
          emptyText="没有符合条件的项目。"
        />
      </div>
    </div>
  );
}

const kindFields = dictionary.permitKind.fields;
const kindColumns: readonly GridColumn<PermitKindRow>[] = (
  ['sequence', 'name', 'shortName', 'stage', 'department', 'limitDays', 'validMonths', 'joint', 'note'] as const
).map((key) => ({ key, field: kindFields[key], ...(key === 'name' ? { pinned: 'left' as const } : {}) }));

/** 手续目录: the city's catalogue with editable limits. */
export function KindList() {
  const { level } = useLedger();
  const { data } = useQuery(api.permits.kinds.queryOptions());
  const saver = useSave();
  const edit = useCheckedEdit('permitKind');
  const [active, setActive] = useKept<PermitKindRow | null>('permits.kind', null);
  const isCity = level === 'city';
  const add = (): void => {
    const sequence = Math.max(0, ...(data ?? []).map((kind) => kind.sequence ?? 0)) + 1;
    void saver.save('增加手续', [{ entity: 'permitKind', id: newId(), set: { name: '新手续', sequence } }]);
  };
  return (
    <div className="view">
      <div className="bar">
        {isCity ? (
          <>
            <AddButton label="增加手续" onClick={add} />
            <VoidButton entity="permitKind" id={active?.id ?? null} name={active?.name ?? ''} />
            <ImportList entity="permitKind" />
          </>
        ) : null}
        {isCity && data?.length === 0 ? (
          <AddButton label="登记自带的目录" onClick={() => void saver.run(() => ledger.permits.seedKinds())} />
        ) : null}
        <span className="quiet">
          {isCity
            ? '时限为工作日，是各地做法的参考值，按本市规定修改；已登记的手续没有单独填时限的，随目录一起变。'
            : '手续目录由市级登记。'}
        </span>
      </div>
      <div className="grow">
        <LedgerGrid<PermitKindRow>
          label="手续目录"
          storageKey="permit-kinds"
          columns={kindColumns}
          rows={data ?? []}
          readOnly={!isCity}
          loading={data === undefined}
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          emptyText="这里登记本市的审批手续、部门和时限。"
        />
      </div>
    </div>
  );
}
