import { DeleteOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import type { GroupRow, MembershipRow } from '../../../shared/contract/organisation.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { ledger } from '../../app/api.ts';
import { newId } from '../../app/new-id.ts';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type Refs } from '../../grid/index.ts';
import { EntityForm } from './entity-form.tsx';
import { MembersGrid } from './members-grid.tsx';
import { type MoveTarget, MoveUnit } from './move-unit.tsx';
import { CITY_KEEPS, type Overview, useIsCity } from './use-overview.ts';

const KEYS = ['name', 'sequence', 'leaderId', 'liaisonId', 'officeHost', 'directorId', 'duties'];
const { effectiveFrom, effectiveTo } = dictionary.groupUnit.fields;

const unitColumns: readonly GridColumn<MembershipRow>[] = [
  { key: 'unitName', label: '被包保单元', width: 128, value: (row) => row.unitName },
  {
    key: 'state',
    label: '状态',
    width: 92,
    value: (row) => (row.current ? '现在本组' : row.effectiveTo === null ? '尚未生效' : '以前在本组'),
  },
  { key: 'effectiveFrom', field: effectiveFrom, width: 102, lockedReason: CITY_KEEPS },
  { key: 'effectiveTo', field: effectiveTo, width: 102, lockedReason: CITY_KEEPS },
  { key: 'projects', label: '项目', kind: 'number', unit: '个', width: 64, value: (row) => row.projects },
];

interface TabProps {
  readonly overview: Overview;
  readonly refs: Refs;
  readonly saver: Saver;
}

function GroupList({
  groups,
  chosen,
  refs,
  onChoose,
}: {
  readonly groups: readonly GroupRow[];
  readonly chosen: string | undefined;
  readonly refs: Refs;
  onChoose(id: string): void;
}) {
  const names = useMemo(
    () => new Map((refs['person']?.options ?? []).map((option) => [option.id, option.label])),
    [refs],
  );
  return (
    <ul className="master-list" aria-label="包保推进组">
      {groups.map((group) => {
        const present = group.units.filter((unit) => unit.current);
        return (
          <li key={group.id}>
            <button type="button" aria-current={group.id === chosen} onClick={() => onChoose(group.id)}>
              <strong>{group.name}</strong>
              <span>组长：{group.leaderId === null ? '未定' : (names.get(group.leaderId) ?? '')}</span>
              <span>
                {present.length} 个单元，{present.reduce((sum, unit) => sum + unit.projects, 0)} 个项目
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** 包保推进组 (A2) and the units of each, now and before (A3). */
export function GroupsTab({ overview, refs, saver }: TabProps) {
  const isCity = useIsCity();
  const { message } = App.useApp();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [moving, setMoving] = useState<MoveTarget | null>(null);
  const [active, setActive] = useState<MembershipRow | null>(null);
  const { groups } = overview;
  const group = groups.find((one) => one.id === chosenId) ?? groups[0];
  const add = async (): Promise<void> => {
    const id = newId();
    const set = { name: `第${groups.length + 1}包保推进组`, sequence: groups.length + 1 };
    const outcome = await saver.save('增加包保推进组', [{ entity: 'promotionGroup', id, set }]);
    if (outcome.ok) setChosenId(id);
    else message.error(outcome.message, 8);
  };
  if (group === undefined) {
    return (
      <div className="lg-empty">
        <p>这里登记各包保推进组的组长、成员、联络员，以及每组包保哪些单元。</p>
        {isCity ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void add()}>
            增加第一个推进组
          </Button>
        ) : (
          <p>由市级登记，随下行文件更新。</p>
        )}
      </div>
    );
  }
  const retire = (): void => {
    void saver.run(
      () => ledger.organisation.retire({ entity: 'promotionGroup', id: group.id }),
      `已作废“${group.name}”`,
    );
  };
  const retireMembership = (): void => {
    if (active === null) return;
    void saver.run(
      () => ledger.organisation.retire({ entity: 'groupUnit', id: active.id }),
      `已作废“${active.unitName}”自 ${active.effectiveFrom} 起的归组`,
    );
  };
  return (
    <div style={{ display: 'flex', gap: 8, height: '100%', minHeight: 0 }}>
      <aside style={{ width: 216, display: 'flex', flexDirection: 'column', gap: 6, minHeight: 0 }}>
        {isCity ? (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => void add()}>
            增加推进组
          </Button>
        ) : null}
        <GroupList groups={groups} chosen={group.id} refs={refs} onChoose={setChosenId} />
      </aside>
      <div style={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 8, minHeight: 0 }}>
        <section className="form-group" style={{ marginBottom: 0 }} aria-label={group.name}>
          <EntityForm entity="promotionGroup" row={group} keys={KEYS} refs={refs} saver={saver} readOnly={!isCity} />
        </section>
        <div className="split">
          <section
            style={{ display: 'flex', flexDirection: 'column', gap: 6, minHeight: 0, minWidth: 0 }}
            aria-label="被包保单元"
          >
            <div style={{ display: 'flex', gap: 8, alignItems: 'center', minHeight: 32 }}>
              <strong style={{ flex: 1 }}>被包保单元</strong>
              {isCity ? (
                <>
                  <Button
                    icon={<PlusOutlined aria-hidden />}
                    onClick={() => setMoving({ unitId: null, groupId: group.id })}
                  >
                    加入单元
                  </Button>
                  <Button
                    icon={<SwapOutlined aria-hidden />}
                    disabled={active?.current !== true}
                    onClick={() => setMoving({ unitId: active?.unitId ?? null, groupId: null })}
                  >
                    调到其他组
                  </Button>
                  <Button
                    icon={<DeleteOutlined aria-hidden />}
                    disabled={active === null}
                    title="登记错了的才作废；单元换组请用“调到其他组”，以前的归组要留着"
                    onClick={retireMembership}
                  >
                    作废归组
                  </Button>
                </>
              ) : null}
            </div>
            <div style={{ flex: 1, minHeight: 120 }}>
              <LedgerGrid<MembershipRow>
                label="被包保单元"
                storageKey="group-units"
                columns={unitColumns}
                rows={group.units}
                readOnly={!isCity}
                onEdit={(edits, title) => saver.saveCells('groupUnit', edits, title)}
                onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
                rowClass={(row) => (row.current ? undefined : 'row-past')}
                emptyText="本组还没有被包保单元。点“加入单元”，写明生效日期。"
              />
            </div>
          </section>
          <section
            style={{ display: 'flex', flexDirection: 'column', gap: 6, minHeight: 0, minWidth: 0 }}
            aria-label="推进组成员"
          >
            <div style={{ display: 'flex', gap: 8, alignItems: 'center', minHeight: 32 }}>
              <strong style={{ flex: 1 }}>成员</strong>
              {isCity ? (
                <Button icon={<DeleteOutlined aria-hidden />} onClick={retire}>
                  作废本组
                </Button>
              ) : null}
            </div>
            <div style={{ flex: 1, minHeight: 120 }}>
              <MembersGrid
                entity="groupMember"
                groupId={group.id}
                members={group.members}
                refs={refs}
                saver={saver}
                readOnly={!isCity}
              />
            </div>
          </section>
        </div>
      </div>
      {moving === null ? null : (
        <MoveUnit target={moving} overview={overview} saver={saver} onClose={() => setMoving(null)} />
      )}
    </div>
  );
}
