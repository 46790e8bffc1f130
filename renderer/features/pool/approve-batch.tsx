import { Alert, DatePicker, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import type { Saver } from '../../components/use-save.tsx';

interface BatchDialogProps {
  readonly batch: string;
  readonly label: string;
  readonly count: number;
  readonly saver: Saver;
  onClose(): void;
}

function DayField({
  id,
  label,
  value,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  onChange(day: string): void;
}) {
  const { today } = useLedger();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <DatePicker
        id={id}
        allowClear={false}
        value={dayjs(value)}
        format={['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D']}
        onChange={(day) => onChange(day?.format('YYYY-MM-DD') ?? today)}
      />
    </div>
  );
}

/** 登记批准: who approved the run, when, on what. */
export function ApproveBatch({ batch, label, count, saver, onClose }: BatchDialogProps) {
  const { today } = useLedger();
  const [approvedBy, setApprovedBy] = useState('');
  const [approvedOn, setApprovedOn] = useState(today);
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const ready = approvedBy.trim() !== '' && note.trim().length >= 2;
  const save = async (): Promise<void> => {
    const done = await saver.run(async () => {
      try {
        await ledger.pool.approve({ batch, approvedBy, approvedOn, note });
      } catch (error) {
        setFault(messageOf(error));
        throw error;
      }
    }, `已登记批准 ${count} 条`);
    if (done) onClose();
  };
  return (
    <Modal
      open
      title={`登记批准：${label}（${count} 条）`}
      okText="登记批准"
      cancelText="取消"
      okButtonProps={{ disabled: !ready }}
      onCancel={onClose}
      onOk={() => void save()}
    >
      <div className="fields" style={{ gridTemplateColumns: '1fr 1fr' }}>
        <div className="field">
          <label htmlFor="batch-approver">批准人</label>
          <Input
            id="batch-approver"
            maxLength={40}
            value={approvedBy}
            onChange={(event) => setApprovedBy(event.target.value)}
          />
        </div>
        <DayField id="batch-approved-on" label="批准日期" value={approvedOn} onChange={setApprovedOn} />
        <div className="field field-wide">
          <label htmlFor="batch-note">批准依据</label>
          <Input
            id="batch-note"
            maxLength={200}
            placeholder="会议纪要、批示及文号"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      </div>
      {fault === null ? null : <Alert style={{ marginTop: 10 }} type="error" showIcon title={fault} />}
    </Modal>
  );
}

/** 调整到位: from which day on the lists are what the run says. */
export function ExecuteBatch({ batch, label, count, saver, onClose }: BatchDialogProps) {
  const { today } = useLedger();
  const [date, setDate] = useState(today);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const done = await saver.run(async () => {
      try {
        await ledger.pool.execute({ batch, date });
      } catch (error) {
        setFault(messageOf(error));
        throw error;
      }
    }, `已调整到位 ${count} 条`);
    if (done) onClose();
  };
  return (
    <Modal
      open
      title={`调整到位：${label}（${count} 条）`}
      okText="调整到位"
      cancelText="取消"
      onCancel={onClose}
      onOk={() => void save()}
    >
      <div className="fields" style={{ gridTemplateColumns: '1fr 1fr' }}>
        <DayField id="batch-date" label="调整日期" value={date} onChange={setDate} />
      </div>
      <p>自这一天起按新清单统计；以前的通报、四率仍按当时的清单计算。</p>
      {fault === null ? null : <Alert style={{ marginTop: 10 }} type="error" showIcon title={fault} />}
    </Modal>
  );
}
