import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Segmented, Select, Spin } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { ForceLine, ForceMember, UnitGroupLine } from '../../../shared/contract/teams.ts';
import { dictionary, TASK_FORCE_LEVELS, type Value } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import '../../components/row-findings.css';
import { ImportList } from '../../components/import-list.tsx';
import { VoidButton } from '../../components/row-buttons.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { type Saver, useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi, type Refs } from '../../grid/index.ts';
import './teams.css';

type Level = (typeof TASK_FORCE_LEVELS)[number]['value'];
type View = Level | 'units';

const force = dictionary.taskForce.fields;
const member = dictionary.taskForceMember.fields;
const group = dictionary.unitGroup.fields;

function forceColumns(level: Level): readonly GridColumn<ForceLine>[] {
  return [
    { key: 'name', field: force.name, pinned: 'left', width: level === 'site' ? 300 : 230 },
    ...(level === 'city' ? [] : [{ key: 'unitId', field: force.unitId }]),
    ...(level === 'site'
      ? [{ key: 'projectId', field: force.projectId, help: '只负责一个项目的专班填；选了项目，“六个一”就有了专班' }]
      : []),
    ...(level === 'city' ? [] : [{ key: 'parentId', field: force.parentId }]),
    { key: 'leaderId', field: force.leaderId },
    { key: 'officerId', field: force.officerId },
    { key: 'members', label: '成员', kind: 'number', unit: '人', width: 70, value: (line) => line.members.length },
    { key: 'dailyReport', field: force.dailyReport },
    { key: 'formedOn', field: force.formedOn },
    { key: 'document', field: force.document },
    { key: 'duties', field: force.duties },
  ];
}

const memberColumns: readonly GridColumn<ForceMember>[] = [
  { key: 'role', field: member.role },
  { key: 'personId', field: member.personId },
  { key: 'title', label: '单位及职务', width: 220, value: (line) => line.title },
  { key: 'phone', label: '联系电话', width: 140, value: (line) => line.phone },
  { key: 'sequence', field: member.sequence },
];

const groupColumns: readonly GridColumn<UnitGroupLine>[] = [
  { key: 'unitId', field: group.unitId, pinned: 'left', editable: false },
  { key: 'name', field: group.name },
  { key: 'leaderId', field: group.leaderId },
  { key: 'deputyId', field: group.deputyId },
  { key: 'members', field: group.members },
  { key: 'officeHost', field: group.officeHost },
  { key: 'directorId', field: group.directorId },
  { key: 'liaisonId', field: group.liaisonId },
  { key: 'document', field: group.document },
  { key: 'formedOn', field: group.formedOn },
];

function Members({ line, refs, saver }: { readonly line: ForceLine; readonly refs: Refs; readonly saver: Saver }) {
  const [active, setActive] = useState<ForceMember | null>(null);
  const taken = new Set(line.members.map((each) => each.personId));
  const add = async (personId: string): Promise<void> => {
    const set: Record<string, Value> = {
      taskForceId: line.id,
      personId,
      role: 'member',
      sequence: line.members.length + 1,
      ...(line.unitId === null ? {} : { unitId: line.unitId }),
    };
    await saver.act(`“${line.name}”增加成员`, [{ entity: 'taskForceMember', id: newId(), set }], '已增加成员');
  };
  return (
    <div className="team-column" style={{ flex: 1 }}>
      <div className="team-bar">
        <strong>{line.name}</strong>
        <span className="quiet">成员 {line.members.length} 人</span>
        <span style={{ flex: 1 }} />
        <Select<string | null>
          aria-label="增加成员"
          style={{ width: 220 }}
          value={null}
          placeholder="增加成员：输入姓名"
          showSearch={{ optionFilterProp: 'label' }}
          options={(refs['person']?.options ?? [])
            .filter((option) => !taken.has(option.id))
            .map((option) => ({
              value: option.id,
              label: option.hint ? `${option.label}（${option.hint}）` : option.label,
            }))}
          onChange={(id) => {
            if (id !== null) void add(id);
          }}
        />
        <Button
          icon={<DeleteOutlined aria-hidden />}
          disabled={active === null}
          onClick={() => {
            if (active !== null)
              void saver.act(
                `移出成员“${active.name}”`,
                [{ entity: 'taskForceMember', id: active.id, set: { voided: 1 } }],
                '已移出',
              );
          }}
        >
          移出
        </Button>
      </div>
      <div className="team-grid">
        <LedgerGrid<ForceMember>
          label="专班成员"
          storageKey="force-members"
          columns={memberColumns}
          rows={line.members}
          refs={refs}
          onEdit={(edits, title) => saver.saveCells('taskForceMember', edits, title)}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          emptyText="还没有成员。"
        />
      </div>
    </div>
  );
}

/** 专班 of the three levels with their members, and the units' own leading groups (A7, D2). */
export function ForcesTab() {
  const { level: office, officeId } = useLedger();
  const { data } = useQuery(api.teams.overview.queryOptions());
  const units = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' } }));
  const { message } = App.useApp();
  const saver = useSave();
  const [view, setView] = useState<View>(office === 'city' ? 'city' : 'county');
  const plainRefs = useRefs({ projects: view === 'site' });
  const refs = useMemo(
    (): Refs => ({
      ...plainRefs,
      taskForce: { options: (data?.forces ?? []).map(({ id, name }) => ({ id, label: name })) },
    }),
    [plainRefs, data],
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  const [activeGroup, setActiveGroup] = useState<string | null>(null);
  const grid = useRef<LedgerGridApi<ForceLine>>(null);
  const forces = useMemo(() => (data?.forces ?? []).filter((line) => line.level === view), [data, view]);
  const columns = useMemo(() => forceColumns(view === 'units' ? 'city' : view), [view]);
  const active = forces.find((line) => line.id === activeId);
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  const ownUnits = new Set((units.data ?? []).filter((unit) => unit['officeId'] === officeId).map(({ id }) => id));
  const [own = null] = ownUnits;
  const unitGroup = data.unitGroups.find((line) => line.id === activeGroup);
  const count = (level: Level): number => data.forces.filter((line) => line.level === level).length;
  const addForce = async (): Promise<void> => {
    if (view === 'units') return;
    const id = newId();
    const unitId = view === 'city' ? null : (own ?? units.data?.[0]?.id ?? null);
    const saved = await saver.save('增加专班', [
      { entity: 'taskForce', id, set: { level: view, name: '新专班', ...(unitId === null ? {} : { unitId }) } },
    ]);
    if (saved.ok) setTimeout(() => grid.current?.focusCell(id, 'name'), 250);
    else message.error(saved.message, 8);
  };
  // A county registers its own unit's group, the city those of all.
  const missing = data.unitsWithoutGroup.filter((unit) => office === 'city' || ownUnits.has(unit.id));
  const addGroups = (): void => {
    void saver.act(
      `登记单位领导小组 ${missing.length} 个`,
      missing.map((unit) => ({
        entity: 'unitGroup' as const,
        id: newId(),
        set: { unitId: unit.id, name: `${unit.name}重点项目推进工作领导小组` },
      })),
      '已登记，请补填组长和办公室',
    );
  };
  return (
    <div className="team-column">
      <div className="team-bar">
        <Segmented<View>
          aria-label="层级"
          value={view}
          onChange={(next) => {
            setView(next);
            setActiveId(null);
          }}
          options={[
            ...TASK_FORCE_LEVELS.map(({ value, label }) => ({
              value: value as View,
              label: `${label}（${count(value)}）`,
            })),
            { value: 'units' as View, label: `单位领导小组（${data.unitGroups.length}）` },
          ]}
        />
        {view === 'units' ? (
          <>
            {missing.length > 0 ? (
              <Button icon={<PlusOutlined aria-hidden />} onClick={addGroups}>
                {office === 'city' ? `为 ${missing.length} 个未建的单位登记` : '登记本单位领导小组'}
              </Button>
            ) : null}
            <ImportList entity="unitGroup" />
            <VoidButton entity="unitGroup" id={unitGroup?.id ?? null} name={unitGroup?.name ?? ''} />
          </>
        ) : office !== 'city' && view === 'city' ? null : (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => void addForce()}>
            增加专班
          </Button>
        )}
        {view === 'units' && data.unitsWithoutGroup.length > 0 ? (
          <span className="quiet">还没有领导小组：{data.unitsWithoutGroup.map((unit) => unit.name).join('、')}</span>
        ) : null}
        {active === undefined ? null : (
          <Button
            icon={<DeleteOutlined aria-hidden />}
            onClick={() =>
              void saver.act(
                `作废专班“${active.name}”`,
                [{ entity: 'taskForce', id: active.id, set: { voided: 1 } }],
                '已作废',
              )
            }
          >
            作废专班
          </Button>
        )}
      </div>
      {view === 'units' ? (
        <div className="team-grid">
          <LedgerGrid<UnitGroupLine>
            label="单位领导小组"
            storageKey="unit-groups"
            columns={groupColumns}
            rows={data.unitGroups}
            refs={refs}
            onEdit={(edits, title) => saver.saveCells('unitGroup', edits, title)}
            onActiveCellChange={(cell) => setActiveGroup(cell?.row.id ?? null)}
            emptyText="各单位自己的领导小组和办公室登记在这里。"
          />
        </div>
      ) : (
        <>
          <div className="team-grid" style={{ flex: 3 }}>
            <LedgerGrid<ForceLine>
              key={view}
              apiRef={grid}
              label="专班"
              storageKey={`forces-${view}`}
              columns={columns}
              rows={forces}
              refs={refs}
              onEdit={(edits, title) => saver.saveCells('taskForce', edits, title)}
              onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
              emptyText="还没有这一层级的专班。"
            />
          </div>
          {active === undefined ? (
            <div className="row-strip">
              <span className="quiet">选中一个专班，这里显示和增减成员。</span>
            </div>
          ) : (
            <div style={{ flex: 2, minHeight: 0, display: 'flex' }}>
              <Members key={active.id} line={active} refs={refs} saver={saver} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
