import { useMutation } from '@tanstack/react-query';
import { App, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { SheetLine } from '../../../shared/contract/supervision.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { sheetName } from './words.ts';

const LAST_APPROVER = 'baobao.supervision.approver';
const BASIS = '经请示市政府同意';

interface Values {
  readonly approvedBy: string;
  readonly approvedOn: Dayjs;
  readonly note: string;
}

interface ApproveDialogProps {
  readonly open: boolean;
  readonly sheets: readonly SheetLine[];
  onClose(): void;
  onDone(): void;
}

/** 登记批准: who approved the papers, when and on what ground; without it no number is given (B8). */
export function ApproveDialog({ open, sheets, onClose, onDone }: ApproveDialogProps) {
  const { message } = App.useApp();
  const { today } = useLedger();
  const [form] = Form.useForm<Values>();
  const approve = useMutation(
    api.supervision.approve.mutationOptions({
      onSuccess: ({ approved }, { approvedBy }) => {
        localStorage.setItem(LAST_APPROVER, approvedBy);
        message.success(`已登记批准 ${approved} 份，可在顶部撤销`);
        onDone();
      },
      onError: (error) => {
        message.error(messageOf(error), 8);
      },
    }),
  );
  const [only] = sheets;
  const submit = ({ approvedBy, approvedOn, note }: Values): void =>
    approve.mutate({
      ids: sheets.map((sheet) => sheet.id),
      approvedBy,
      approvedOn: approvedOn.format('YYYY-MM-DD'),
      note,
    });
  return (
    <Modal
      open={open}
      title={`登记批准（${sheets.length} 份）`}
      okText="登记批准"
      cancelText="取消"
      confirmLoading={approve.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="sheet-note">
        {sheets.length === 1 && only ? `“${sheetName(only)}”` : `选中的 ${sheets.length} 份文稿`}
        登记批准后才能编号印发；批准后正文不再改动，需要修改时先退回拟稿。
      </p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ approvedBy: localStorage.getItem(LAST_APPROVER) ?? '', approvedOn: dayjs(today), note: BASIS }}
        onFinish={submit}
      >
        <Form.Item
          name="approvedBy"
          label="批准人"
          rules={[{ required: true, whitespace: true, message: '请填写批准人' }]}
        >
          <Input
            maxLength={40}
            autoFocus
            placeholder="姓名及职务，如：王某 副市长"
            onPressEnter={() => form.submit()}
          />
        </Form.Item>
        <Form.Item name="approvedOn" label="批准日期" rules={[{ required: true, message: '请选择批准日期' }]}>
          <DatePicker style={{ width: '100%' }} allowClear={false} showNow={false} />
        </Form.Item>
        <Form.Item name="note" label="批准依据" rules={[{ required: true, min: 2, message: '请填写批准依据' }]}>
          <Input maxLength={200} placeholder="可加批示文号" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
