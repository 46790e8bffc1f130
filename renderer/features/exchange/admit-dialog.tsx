import { useMutation } from '@tanstack/react-query';
import { App, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';

interface Props {
  readonly report: FileReport | null;
  readonly onClose: () => void;
  readonly onAdmitted: () => void;
}

/** 核准入网: the fingerprint is read over the telephone before a new office's files are trusted. */
export function AdmitDialog({ report, onClose, onAdmitted }: Props) {
  const { message } = App.useApp();
  const [compared, setCompared] = useState(false);
  const admit = useMutation(
    api.exchange.admit.mutationOptions({
      onSuccess: ({ name }) => {
        message.success(`${name}已入网`);
        setCompared(false);
        onClose();
        onAdmitted();
      },
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  return (
    <Modal
      title={`核准 ${report?.sender?.name ?? ''} 入网`}
      open={report !== null}
      okText="核准入网"
      okButtonProps={{ disabled: !compared, loading: admit.isPending }}
      onOk={() => {
        if (report?.fingerprint) admit.mutate({ path: report.path, fingerprint: report.fingerprint });
      }}
      onCancel={() => {
        setCompared(false);
        onClose();
      }}
    >
      <p>请打电话给该单位，请对方打开“交换 → 往来单位”，读出本单位指纹，逐组核对：</p>
      <p style={{ fontSize: 28, letterSpacing: 2, textAlign: 'center', margin: '12px 0' }}>{report?.fingerprint}</p>
      <Checkbox checked={compared} onChange={(event) => setCompared(event.target.checked)}>
        已电话核对，四组完全一致
      </Checkbox>
    </Modal>
  );
}
