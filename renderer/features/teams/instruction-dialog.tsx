import { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { useRefs } from '../../components/use-refs.ts';
import type { Saver } from '../../components/use-save.tsx';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

interface InstructionDialogProps {
  /** Known on the page of a project. */
  readonly projectId?: string;
  readonly saver: Saver;
  onClose(): void;
}

/** 登记领导指示 (C3): the leader and the liaison are those of the project unless said otherwise. */
export function InstructionDialog({ projectId: known, saver, onClose }: InstructionDialogProps) {
  const { today } = useLedger();
  const refs = useRefs();
  const { data } = useQuery(
    api.records.list.queryOptions({
      input: { entity: 'project', ...(known === undefined ? {} : { where: { id: known } }) },
    }),
  );
  const [projectId, setProjectId] = useState<string | null>(known ?? null);
  const [leader, setLeader] = useState<string | null>(null);
  const [givenOn, setGivenOn] = useState(today);
  const [deadline, setDeadline] = useState<string | null>(null);
  const [content, setContent] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const project = data?.find(({ id }) => id === projectId);
  const leaderId = leader ?? textOf(project?.['cityLeaderId']) ?? textOf(project?.['countyLeaderId']);
  const people = (refs['person']?.options ?? []).map(({ id, label, hint }) => ({
    value: id,
    label: hint === undefined ? label : `${label}（${hint}）`,
  }));
  const submit = async (): Promise<void> => {
    const missing =
      projectId === null ? '项目' : leaderId === null ? '挂点领导' : content.trim() === '' ? '指示和要求' : null;
    if (missing !== null) {
      setFault(`请填写${missing}。`);
      return;
    }
    const set = {
      projectId,
      leaderId,
      givenOn,
      content: content.trim(),
      deadline,
      liaisonId: textOf(project?.['liaisonId']),
    };
    const saved = await saver.save('登记领导指示', [{ entity: 'leaderInstruction', id: newId(), set }]);
    if (saved.ok) onClose();
    else setFault(saved.message);
  };
  return (
    <Modal
      open
      title="登记领导指示"
      okText="登记"
      cancelText="取消"
      width={600}
      onCancel={onClose}
      onOk={() => void submit()}
    >
      <div className="fields" style={{ gridTemplateColumns: '1fr 1fr' }}>
        {known === undefined ? (
          <div className="field field-wide">
            <label htmlFor="instruction-project">项目</label>
            <Select<string>
              id="instruction-project"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="哪一个项目"
              value={projectId}
              options={(data ?? []).map((each) => ({ value: each.id, label: String(each['name'] ?? '') }))}
              onChange={setProjectId}
            />
          </div>
        ) : null}
        <div className="field field-wide">
          <label htmlFor="instruction-leader">挂点领导</label>
          <Select<string>
            id="instruction-leader"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="哪一位领导"
            value={leaderId}
            options={people}
            onChange={setLeader}
          />
        </div>
        <div className="field">
          <label htmlFor="instruction-day">指示日期</label>
          <DatePicker
            id="instruction-day"
            allowClear={false}
            value={dayjs(givenOn)}
            format={['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D']}
            onChange={(value) => setGivenOn(value?.format('YYYY-MM-DD') ?? today)}
          />
        </div>
        <div className="field">
          <label htmlFor="instruction-deadline">办理期限</label>
          <DatePicker
            id="instruction-deadline"
            value={deadline === null ? null : dayjs(deadline)}
            format={['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D']}
            onChange={(value) => setDeadline(value?.format('YYYY-MM-DD') ?? null)}
          />
        </div>
        <div className="field field-wide">
          <label htmlFor="instruction-content">指示和要求</label>
          <Input.TextArea
            id="instruction-content"
            rows={3}
            maxLength={1000}
            value={content}
            onChange={(event) => setContent(event.target.value)}
          />
        </div>
      </div>
      {fault === null ? null : <Alert style={{ marginTop: 10 }} type="error" showIcon title={fault} />}
    </Modal>
  );
}
