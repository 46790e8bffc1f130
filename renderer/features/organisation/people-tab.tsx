import { DeleteOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { App, Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { PersonRow } from '../../../shared/contract/organisation.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { ledger } from '../../app/api.ts';
import { newId } from '../../app/new-id.ts';
import { ImportList } from '../../components/import-list.tsx';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi, type Refs } from '../../grid/index.ts';
import type { Overview } from './use-overview.ts';

const { fields } = dictionary.person;

const columns: readonly GridColumn<PersonRow>[] = [
  { key: 'name', field: fields.name, pinned: 'left', width: 110 },
  { key: 'title', field: fields.title, width: 210 },
  { key: 'rank', field: fields.rank, width: 150 },
  { key: 'unitId', field: fields.unitId, width: 150 },
  { key: 'workplace', field: fields.workplace, hidden: true, width: 180 },
  { key: 'phone', field: fields.phone, width: 130 },
  {
    key: 'projects',
    label: '涉及项目',
    kind: 'number',
    unit: '个',
    width: 90,
    value: (person) => (person.projects === 0 ? null : person.projects),
  },
  {
    key: 'duties',
    label: '担任什么',
    width: 320,
    value: (person) => person.duties,
    tooltip: (person) => person.duties,
  },
  { key: 'note', field: fields.note, hidden: true },
];

interface TabProps {
  readonly overview: Overview;
  readonly refs: Refs;
  readonly saver: Saver;
  /** Person to go to. */
  readonly focus: string | null;
}

/** 人员: the only place with names, titles and telephone numbers, and what each person answers for. */
export function PeopleTab({ overview, refs, saver, focus }: TabProps) {
  const { message } = App.useApp();
  const grid = useRef<LedgerGridApi<PersonRow>>(null);
  const [words, setWords] = useState('');
  const [active, setActive] = useState<PersonRow | null>(null);
  useEffect(() => {
    if (focus === null) return undefined;
    const timer = setTimeout(() => grid.current?.focusCell(focus, 'name'), 200);
    return () => clearTimeout(timer);
  }, [focus]);
  const add = async (): Promise<void> => {
    const id = newId();
    const outcome = await saver.save('登记人员', [{ entity: 'person', id, set: { name: '新人员' } }]);
    if (!outcome.ok) message.error(outcome.message, 8);
    else setTimeout(() => grid.current?.focusCell(id, 'name'), 300);
  };
  const retire = (): void => {
    if (active === null) return;
    void saver.run(() => ledger.organisation.retire({ entity: 'person', id: active.id }), `已作废人员“${active.name}”`);
  };
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      <div style={{ display: 'flex', gap: 8 }}>
        <Input
          style={{ width: 260 }}
          prefix={<SearchOutlined aria-hidden />}
          placeholder="姓名、职务：汉字或首字母"
          aria-label="查找人员"
          allowClear
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => void add()}>
          登记人员
        </Button>
        <Button icon={<DeleteOutlined aria-hidden />} disabled={active === null} onClick={retire}>
          作废
        </Button>
        <ImportList entity="person" />
      </div>
      <div style={{ flex: 1, minHeight: 0 }}>
        <LedgerGrid<PersonRow>
          apiRef={grid}
          label="人员"
          storageKey="people"
          columns={columns}
          rows={overview.people}
          refs={refs}
          quickSearch={words}
          onEdit={(edits, title) => saver.saveCells('person', edits, title)}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          emptyText="这里登记所有人员的职务、职级和电话，项目、推进组、领导小组都从这里选人。"
        />
      </div>
    </div>
  );
}
