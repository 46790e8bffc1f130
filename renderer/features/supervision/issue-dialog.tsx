import { useMutation } from '@tanstack/react-query';
import { Alert, App, DatePicker, Modal } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import type { SheetLine } from '../../../shared/contract/supervision.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useNextNumbers } from './next-numbers.ts';
import { kindName } from './words.ts';

interface IssueDialogProps {
  readonly open: boolean;
  readonly sheets: readonly SheetLine[];
  onClose(): void;
  onDone(): void;
}

/** 编号印发: the one step that is not taken back, so it says first which numbers will be given. */
export function IssueDialog({ open, sheets, onClose, onDone }: IssueDialogProps) {
  const { message } = App.useApp();
  const { today } = useLedger();
  const id = useId();
  const [issuedOn, setIssuedOn] = useState(today);
  const { numbers, noWord } = useNextNumbers(sheets.length, Number(issuedOn.slice(0, 4)), open);
  const issue = useMutation(
    api.supervision.issue.mutationOptions({
      onSuccess: ({ numbers: given }) => {
        message.success(`已编号：${given.map((item) => item.number).join('、')}`);
        onDone();
      },
      onError: (error) => {
        message.error(messageOf(error), 8);
      },
    }),
  );
  return (
    <Modal
      open={open}
      width={720}
      title={`编号印发（${sheets.length} 份）`}
      okText="编号印发"
      cancelText="取消"
      okButtonProps={{ disabled: numbers === null }}
      confirmLoading={issue.isPending}
      onOk={() => issue.mutate({ ids: sheets.map((sheet) => sheet.id), issuedOn })}
      onCancel={onClose}
      destroyOnHidden
    >
      {noWord ? (
        <Alert
          type="warning"
          showIcon
          title="还没有设置发文字号代字。请在“组织 → 领导小组”中填写后再编号，文稿没有改动。"
        />
      ) : (
        <Alert type="warning" showIcon title="编号后不能撤销，文稿内容不能再改。将给出下列字号：" />
      )}
      <ul className="numbers-list">
        {sheets.map((sheet, index) => (
          <li key={sheet.id}>
            <strong>{numbers?.[index] ?? '—'}</strong>
            <span>{kindName(sheet.kind)}</span>
            <span>
              {sheet.unitName}：{sheet.title}
            </span>
          </li>
        ))}
      </ul>
      <div>
        <label htmlFor={`${id}-day`}>印发日期　</label>
        <DatePicker
          id={`${id}-day`}
          allowClear={false}
          showNow={false}
          value={dayjs(issuedOn)}
          onChange={(day) => setIssuedOn(day?.format('YYYY-MM-DD') ?? today)}
        />
      </div>
    </Modal>
  );
}
