import { ImportOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ReserveLine } from '../../../shared/contract/pool.ts';
import { dictionary, POOL_CLASSES, POOL_STEPS } from '../../../shared/dictionary/index.ts';
import { api, ledger } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { ImportList } from '../../components/import-list.tsx';
import { NewRow } from '../../components/new-row.tsx';
import { VoidButton } from '../../components/row-buttons.tsx';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

const { fields } = dictionary.poolEntry;
const { fields: projectFields } = dictionary.project;

const columns: readonly GridColumn<ReserveLine>[] = [
  { key: 'name', label: '项目名称', width: 290, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 90 },
  { key: 'poolClass', field: fields.poolClass },
  { key: 'step', field: fields.step },
  { key: 'stage', field: projectFields.stage, editable: false },
  { key: 'totalInvestment', field: projectFields.totalInvestment, editable: false },
  { key: 'enteredOn', field: fields.enteredOn },
  { key: 'ripeOn', field: fields.ripeOn },
  { key: 'ripe', label: '已成熟', width: 76, value: (line) => (line.ripe ? '是' : '') },
  { key: 'leftOn', field: fields.leftOn },
  { key: 'outcome', field: fields.outcome },
  { key: 'note', field: fields.note },
];

/** 储备库 (E9): three classes, 谋划 → 上报 → 落实 → 储备. */
export function ReserveTab({ saver }: { readonly saver: Saver }) {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const { data } = useQuery(api.pool.reserve.queryOptions());
  const [poolClass, setPoolClass] = useState<string | null>(null);
  const [step, setStep] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const gone = useMemo(() => (data?.rows ?? []).filter((row) => row.leftOn !== null).length, [data]);
  const all = useMemo(() => (data?.rows ?? []).filter((row) => (row.leftOn !== null) === left), [data, left]);
  const current = all.find((row) => row.id === active);
  const rows = useMemo(
    () =>
      all.filter((row) => (poolClass === null || row.poolClass === poolClass) && (step === null || row.step === step)),
    [all, poolClass, step],
  );
  const add = (projectId: string): void => {
    const set = { projectId, poolClass: poolClass ?? 'planning', step: step ?? 'planned', enteredOn: today };
    void saver.act('列入储备库', [{ entity: 'poolEntry', id: newId(), set }], '已列入储备库，请核对类别和进展');
  };
  return (
    <div className="pool-column">
      <div className="pool-bar">
        <fieldset className="chip-group" aria-label="储备类别">
          {POOL_CLASSES.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="chip"
              aria-pressed={poolClass === value}
              onClick={() => setPoolClass(poolClass === value ? null : value)}
            >
              {label} <b>{all.filter((row) => row.poolClass === value).length}</b>
            </button>
          ))}
        </fieldset>
        <fieldset className="chip-group" aria-label="储备进展">
          {POOL_STEPS.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="chip"
              aria-pressed={step === value}
              onClick={() => setStep(step === value ? null : value)}
            >
              {label} <b>{all.filter((row) => row.step === value).length}</b>
            </button>
          ))}
        </fieldset>
        <button type="button" className="chip" aria-pressed={left} onClick={() => setLeft(!left)}>
          已出库 <b>{gone}</b>
        </button>
        <span style={{ flex: 1 }} />
        <ImportList entity="poolEntry" />
        <NewRow label="列入储备库" onAdd={add} />
        <VoidButton entity="poolEntry" id={current?.id ?? null} name={current?.name ?? ''} />
        <Button
          icon={<ImportOutlined aria-hidden />}
          title="储备、谋划、签约阶段而未在库的项目"
          onClick={() => void saver.run(() => ledger.pool.takeIn(), '已按阶段入库')}
        >
          按阶段入库
        </Button>
      </div>
      <div className="pool-grid">
        <LedgerGrid<ReserveLine>
          label="储备库"
          storageKey="pool-reserve"
          columns={columns}
          rows={rows}
          loading={data === undefined}
          totals
          today={today}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.projectId}`)}
          onEdit={(edits, title) => saver.saveCells('poolEntry', edits, title)}
          onActiveCellChange={(cell) => setActive(cell?.row.id ?? null)}
          emptyText="储备库还是空的。用“按阶段入库”把储备、谋划、签约阶段的项目列进来。"
        />
      </div>
    </div>
  );
}
