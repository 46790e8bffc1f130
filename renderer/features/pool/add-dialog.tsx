import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { AdjustmentKindName } from '../../../shared/contract/pool.ts';
import { ADJUSTMENT_KINDS, PROJECT_LISTS } from '../../../shared/dictionary/index.ts';
import { ledger } from '../../app/api.ts';
import { useRefs } from '../../components/use-refs.ts';
import type { Saver } from '../../components/use-save.tsx';

const HELP: Readonly<Record<AdjustmentKindName, string>> = {
  admit: '前期工作基本完备的项目列入清单',
  drop: '不再列入清单；同批要有入库，合计不得减少',
  replace: '换成投资规模相当的项目；列入后用“选替换”选定',
  promote: '市百大项目在窗口期升为省百大',
  retire: '竣工项目移出清单，不计为减少',
};

/** 列入项目: one row of a run by hand. */
export function AddDialog({
  batch,
  saver,
  onClose,
}: {
  readonly batch: string;
  readonly saver: Saver;
  onClose(): void;
}) {
  const refs = useRefs({ projects: true });
  const [kind, setKind] = useState<AdjustmentKindName>('admit');
  const [projectId, setProjectId] = useState<string | null>(null);
  const [list, setList] = useState<string>('cityHundred');
  const [reason, setReason] = useState('');
  const save = async (): Promise<void> => {
    if (projectId === null) return;
    const done = await saver.run(
      () =>
        ledger.pool.add({
          batch,
          items: [{ kind, projectId, list, replacementId: null, reason: reason.trim() === '' ? null : reason.trim() }],
        }),
      '已列入本批',
    );
    if (done) onClose();
  };
  return (
    <Modal
      open
      title="列入项目"
      okText="列入"
      cancelText="取消"
      width={560}
      okButtonProps={{ disabled: projectId === null }}
      onCancel={onClose}
      onOk={() => void save()}
    >
      <div className="fields" style={{ gridTemplateColumns: '1fr 1fr' }}>
        <div className="field">
          <label htmlFor="add-kind">调整类别</label>
          <Select<AdjustmentKindName>
            id="add-kind"
            value={kind}
            options={ADJUSTMENT_KINDS.map(({ value, label }) => ({ value, label }))}
            onChange={setKind}
          />
          <div className="quiet">{HELP[kind]}</div>
        </div>
        <div className="field">
          <label htmlFor="add-list">清单</label>
          <Select<string>
            id="add-list"
            value={list}
            options={PROJECT_LISTS.map(({ value, label }) => ({ value, label }))}
            onChange={setList}
          />
        </div>
        <div className="field field-wide">
          <label htmlFor="add-project">项目</label>
          <Select<string>
            id="add-project"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="输入项目名称"
            {...(projectId === null ? {} : { value: projectId })}
            options={(refs['project']?.options ?? []).map((option) => ({ value: option.id, label: option.label }))}
            onChange={setProjectId}
          />
        </div>
        <div className="field field-wide">
          <label htmlFor="add-reason">调整理由</label>
          <Input.TextArea
            id="add-reason"
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      </div>
    </Modal>
  );
}
