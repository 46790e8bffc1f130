import { DeleteOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { UnitRow } from '../../../shared/contract/organisation.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { ledger } from '../../app/api.ts';
import { newId } from '../../app/new-id.ts';
import { ImportList } from '../../components/import-list.tsx';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi, type Refs } from '../../grid/index.ts';
import { type MoveTarget, MoveUnit } from './move-unit.tsx';
import { CITY_KEEPS, type Overview, useIsCity } from './use-overview.ts';

const { fields } = dictionary.responsibilityUnit;

const columns: readonly GridColumn<UnitRow>[] = [
  { key: 'name', field: fields.name, pinned: 'left', width: 220, lockedReason: CITY_KEEPS },
  { key: 'shortName', field: fields.shortName, width: 110, lockedReason: CITY_KEEPS },
  { key: 'kind', field: fields.kind, width: 120, lockedReason: CITY_KEEPS },
  {
    key: 'officeId',
    field: fields.officeId,
    width: 220,
    lockedReason: CITY_KEEPS,
    help: '由哪个填报端填报本单位的项目；空着的由市级代填',
  },
  {
    key: 'groupName',
    label: '包保推进组',
    width: 230,
    value: (unit) => unit.groupName,
    format: (value) => (value === null ? '未归组' : String(value)),
    lockedReason: '归组有起止日期，请用“调整归组”',
  },
  {
    key: 'projects',
    label: '项目数',
    kind: 'number',
    unit: '个',
    width: 80,
    value: (unit) => unit.projects,
    total: 'sum',
  },
  { key: 'sequence', field: fields.sequence, width: 76, lockedReason: CITY_KEEPS },
];

/** 责任单位 (A3): who owns the data of which projects, and at which office it is filled in. */
export function UnitsTab({
  overview,
  refs,
  saver,
}: {
  readonly overview: Overview;
  readonly refs: Refs;
  readonly saver: Saver;
}) {
  const isCity = useIsCity();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const grid = useRef<LedgerGridApi<UnitRow>>(null);
  const [active, setActive] = useState<UnitRow | null>(null);
  const [moving, setMoving] = useState<MoveTarget | null>(null);
  const rows = useMemo(() => overview.units, [overview.units]);
  const add = async (): Promise<void> => {
    const id = newId();
    const outcome = await saver.save('增加责任单位', [
      { entity: 'responsibilityUnit', id, set: { name: '新单位', kind: 'county', sequence: rows.length + 1 } },
    ]);
    if (!outcome.ok) message.error(outcome.message, 8);
    else setTimeout(() => grid.current?.focusCell(id, 'name'), 250);
  };
  const retire = (): void => {
    if (active === null) return;
    void saver.run(
      () => ledger.organisation.retire({ entity: 'responsibilityUnit', id: active.id }),
      `已作废责任单位“${active.name}”`,
    );
  };
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      {isCity ? (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => void add()}>
            增加责任单位
          </Button>
          <Button
            icon={<SwapOutlined aria-hidden />}
            disabled={active === null}
            onClick={() => setMoving({ unitId: active?.id ?? null, groupId: null })}
          >
            调整归组
          </Button>
          <Button icon={<DeleteOutlined aria-hidden />} disabled={active === null} onClick={retire}>
            作废
          </Button>
          <ImportList entity="responsibilityUnit" />
        </div>
      ) : null}
      <div style={{ flex: 1, minHeight: 0 }}>
        <LedgerGrid<UnitRow>
          apiRef={grid}
          label="责任单位"
          storageKey="units"
          columns={columns}
          rows={rows}
          refs={refs}
          totals
          readOnly={!isCity}
          openLabel="看这个单位的项目"
          onOpenRow={(unit) => navigate(`/projects?unit=${unit.id}`)}
          onEdit={(edits, title) => saver.saveCells('responsibilityUnit', edits, title)}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          emptyText="这里登记县（市、区）、开发区、市直单位和镇街，每个项目都有一个责任单位。"
        />
      </div>
      {moving === null ? null : (
        <MoveUnit target={moving} overview={overview} saver={saver} onClose={() => setMoving(null)} />
      )}
    </div>
  );
}
