import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { newId } from '../../app/new-id.ts';
import type { Saver } from '../../components/use-save.tsx';
import type { Refs } from '../../grid/index.ts';
import { EntityForm } from './entity-form.tsx';
import { MembersGrid } from './members-grid.tsx';
import { type Overview, useIsCity } from './use-overview.ts';

const KEYS = ['name', 'officeHost', 'directorId', 'issuer', 'numberWord', 'duties'];

interface TabProps {
  readonly overview: Overview;
  readonly refs: Refs;
  readonly saver: Saver;
}

/** 领导小组 (A1): its office, its members with their roles. */
export function LeadingGroupTab({ overview, refs, saver }: TabProps) {
  const isCity = useIsCity();
  const [group] = overview.leadingGroups;
  if (group === undefined) {
    const add = (): void => {
      void saver.save('登记领导小组', [
        { entity: 'leadingGroup', id: newId(), set: { name: '重点项目包保推进工作领导小组' } },
      ]);
    };
    return (
      <div className="lg-empty">
        <p>这里登记领导小组的组长、副组长、成员，办公室设在哪里、主任是谁，以及文书抬头和发文字号代字。</p>
        {isCity ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={add}>
            登记领导小组
          </Button>
        ) : (
          <p>由市级登记，随下行文件更新。</p>
        )}
      </div>
    );
  }
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      <section className="form-group" style={{ marginBottom: 0 }} aria-label="领导小组">
        <EntityForm entity="leadingGroup" row={group} keys={KEYS} refs={refs} saver={saver} readOnly={!isCity} />
      </section>
      <div style={{ flex: 1, minHeight: 200 }}>
        <MembersGrid
          entity="leadingGroupMember"
          groupId={group.id}
          members={group.members}
          refs={refs}
          saver={saver}
          readOnly={!isCity}
        />
      </div>
    </div>
  );
}
