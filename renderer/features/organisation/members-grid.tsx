import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { MemberRow } from '../../../shared/contract/organisation.ts';
import { dictionary, type Value } from '../../../shared/dictionary/index.ts';
import { newId } from '../../app/new-id.ts';
import { buildSearchText, matches } from '../../components/search-match.ts';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi, type Refs } from '../../grid/index.ts';
import { CITY_KEEPS } from './use-overview.ts';

interface MembersProps {
  /** Which entity a member is a row of, and the group it belongs to. */
  readonly entity: 'leadingGroupMember' | 'groupMember';
  readonly groupId: string;
  readonly members: readonly MemberRow[];
  readonly refs: Refs;
  readonly saver: Saver;
  readonly readOnly: boolean;
}

const CREATE = 'create:';

/** Picks a person, or registers the name that was typed. */
function PersonPicker({
  refs,
  taken,
  onPick,
}: {
  readonly refs: Refs;
  readonly taken: ReadonlySet<string>;
  onPick(id: string): Promise<void>;
}) {
  const [words, setWords] = useState('');
  const source = refs['person'];
  const options = useMemo(
    () =>
      (source?.options ?? [])
        .filter((option) => !taken.has(option.id))
        .map((option) => ({
          value: option.id,
          label: option.hint === undefined ? option.label : `${option.label}（${option.hint}）`,
        })),
    [source, taken],
  );
  const typed = words.trim();
  const canCreate = typed !== '' && !(source?.options ?? []).some((option) => option.label === typed);
  const pick = async (chosen: string): Promise<void> => {
    setWords('');
    const id = chosen.startsWith(CREATE) ? ((await source?.create?.(chosen.slice(CREATE.length))) ?? null) : chosen;
    if (id !== null) await onPick(id);
  };
  return (
    <Select<string | null>
      style={{ width: 240 }}
      value={null}
      placeholder="增加成员：输入姓名"
      aria-label="增加成员"
      suffixIcon={<PlusOutlined aria-hidden />}
      showSearch={{
        onSearch: setWords,
        filterOption: (query, option) =>
          option !== undefined &&
          (String(option.value).startsWith(CREATE) || matches(buildSearchText(String(option.label)), query)),
      }}
      notFoundContent="输入姓名后可以登记新人员"
      options={canCreate ? [...options, { value: `${CREATE}${typed}`, label: `登记新人员“${typed}”并加入` }] : options}
      onChange={(chosen) => {
        if (chosen !== null) void pick(chosen);
      }}
    />
  );
}

const roleField = dictionary.leadingGroupMember.fields.role;

/** Members of a group in their order, with roles where the group has them (A1, A2). */
export function MembersGrid({ entity, groupId, members, refs, saver, readOnly }: MembersProps) {
  const grid = useRef<LedgerGridApi<MemberRow>>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = members.find((member) => member.id === activeId);
  const withRoles = entity === 'leadingGroupMember';
  const taken = useMemo(() => new Set(members.map((member) => member.personId)), [members]);
  const columns = useMemo(
    (): readonly GridColumn<MemberRow>[] => [
      ...(withRoles ? [{ key: 'role', field: roleField, width: 116, lockedReason: CITY_KEEPS }] : []),
      {
        key: 'personId',
        field: dictionary.groupMember.fields.personId,
        width: withRoles ? 120 : 90,
        lockedReason: CITY_KEEPS,
      },
      {
        key: 'title',
        label: '职务',
        width: withRoles ? 420 : 158,
        lockedReason: '职务在“人员”中修改',
        value: (member) => member.title,
      },
      {
        key: 'phone',
        label: '联系电话',
        width: 126,
        lockedReason: '电话在“人员”中修改',
        value: (member) => member.phone,
      },
      { key: 'sequence', field: dictionary.groupMember.fields.sequence, width: 76, lockedReason: CITY_KEEPS },
    ],
    [withRoles],
  );
  const add = async (personId: string): Promise<void> => {
    const sequence = Math.max(0, ...members.map((member) => member.sequence ?? 0)) + 1;
    const set: Record<string, Value> = withRoles
      ? { leadingGroupId: groupId, personId, role: members.length === 0 ? 'leader' : 'member', sequence }
      : { groupId, personId, sequence };
    await saver.save('增加成员', [{ entity, id: newId(), set }]);
  };
  const remove = (): void => {
    if (active === undefined) return;
    void saver.act(
      `移出成员“${active.name}”`,
      [{ entity, id: active.id, set: { voided: 1 } }],
      `已移出成员“${active.name}”`,
    );
  };
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 6, height: '100%', minHeight: 0 }}>
      {readOnly ? null : (
        <div style={{ display: 'flex', gap: 8 }}>
          <PersonPicker refs={refs} taken={taken} onPick={add} />
          <Button icon={<DeleteOutlined aria-hidden />} disabled={active === undefined} onClick={remove}>
            移出成员
          </Button>
        </div>
      )}
      <div style={{ flex: 1, minHeight: 140 }}>
        <LedgerGrid<MemberRow>
          apiRef={grid}
          label="成员"
          storageKey={`members-${entity}`}
          columns={columns}
          rows={members}
          refs={refs}
          readOnly={readOnly}
          onEdit={(edits, title) => saver.saveCells(entity, edits, title)}
          onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
          emptyText={readOnly ? '还没有成员。' : '还没有成员。在上面输入姓名增加，没有登记过的人员会同时登记。'}
        />
      </div>
    </div>
  );
}
