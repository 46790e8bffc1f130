import { Alert, DatePicker, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { ProjectStages } from '../../../shared/contract/stages.ts';
import type { Stage } from '../../../shared/dictionary/index.ts';
import { type StageFault, stageFaults, stageName } from '../../../shared/domain/stage.ts';
import { ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useSave } from '../../components/use-save.tsx';

function FaultLine({ faults, field }: { readonly faults: readonly StageFault[]; readonly field: StageFault['field'] }) {
  const fault = faults.find((each) => each.field === field);
  return fault === undefined ? null : (
    <div className="field-fault" role="alert">
      {fault.reason}
      {fault.cure === '' ? '' : `。${fault.cure}`}
    </div>
  );
}

/** 登记阶段变动: the next stage, its day, what it rests on; what is wrong is said at the field. */
export function MoveDialog({ stages, onClose }: { readonly stages: ProjectStages; onClose(): void }) {
  const { today } = useLedger();
  const saver = useSave();
  const [to, setTo] = useState<Stage | null>((stages.moves[0]?.to ?? null) as Stage | null);
  const [date, setDate] = useState(today);
  const [evidence, setEvidence] = useState('');
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const dates = { ...stages.dates, stage: stages.stage as Stage | null };
  const all = to === null ? [] : stageFaults(dates, { to, date, evidence, note }, today, stages.lastEvent);
  // Empty fields are named only once 登记 was tried; a wrong day at once.
  const faults = asked ? all : all.filter((each) => each.field === 'date' || each.field === 'to');
  const chosen = stages.moves.find((move) => move.to === to);
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (to === null || all.length > 0) return;
    const done = await saver.run(
      async () => {
        try {
          await ledger.stages.move({
            projectId: stages.projectId,
            to,
            date,
            evidence: evidence.trim() === '' ? null : evidence.trim(),
            note: note.trim() === '' ? null : note.trim(),
          });
        } catch (error) {
          setFault(messageOf(error));
          throw error;
        }
      },
      `已登记：${stageName(to)}`,
    );
    if (done) onClose();
  };
  return (
    <Modal
      open
      title={`登记阶段变动（当前：${stageName(stages.stage)}）`}
      okText="登记"
      cancelText="取消"
      width={560}
      onCancel={onClose}
      onOk={() => void submit()}
    >
      <div className="fields" style={{ gridTemplateColumns: '1fr 1fr' }}>
        <div className="field">
          <label htmlFor="stage-to">转为</label>
          <Select<string>
            id="stage-to"
            value={to}
            options={stages.moves.map((move) => ({
              value: move.to,
              label: move.kind === 'back' ? `退回${move.label}` : move.label,
            }))}
            onChange={(value) => setTo(value as Stage)}
          />
          <FaultLine faults={faults} field="to" />
        </div>
        <div className="field">
          <label htmlFor="stage-date">日期</label>
          <DatePicker
            id="stage-date"
            allowClear={false}
            value={dayjs(date)}
            format={['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D']}
            onChange={(value) => setDate(value?.format('YYYY-MM-DD') ?? today)}
          />
          <FaultLine faults={faults} field="date" />
        </div>
        <div className="field field-wide">
          <label htmlFor="stage-evidence">
            依据{chosen?.evidence ? <span className="field-required">必填</span> : null}
          </label>
          <Input
            id="stage-evidence"
            maxLength={200}
            placeholder="施工许可证、开工令、竣工验收报告等及文号"
            value={evidence}
            onChange={(event) => setEvidence(event.target.value)}
          />
          <FaultLine faults={faults} field="evidence" />
        </div>
        <div className="field field-wide">
          <label htmlFor="stage-note">
            说明
            {chosen?.kind === 'back' || chosen?.kind === 'stop' ? <span className="field-required">必填</span> : null}
          </label>
          <Input.TextArea
            id="stage-note"
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <FaultLine faults={faults} field="note" />
        </div>
      </div>
      {fault === null ? null : <Alert style={{ marginTop: 10 }} type="error" showIcon title={fault} />}
    </Modal>
  );
}
