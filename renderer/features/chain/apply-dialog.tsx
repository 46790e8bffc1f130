import { useQuery } from '@tanstack/react-query';
import { App, Checkbox, DatePicker, Modal, Radio } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { ProjectPicker } from '../../components/project-picker.tsx';

interface ApplyProps {
  readonly open: boolean;
  /** Only for this project; else the operator chooses projects. */
  readonly projectId?: string;
  onClose(): void;
}

/** 套用模板: a template for one or many projects, its days counted in working days from a start. */
export function ApplyDialog({ open, projectId, onClose }: ApplyProps) {
  const { today } = useLedger();
  const { message } = App.useApp();
  const templates = useQuery(api.chain.templates.queryOptions({ enabled: open }));
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [start, setStart] = useState(today);
  const [replace, setReplace] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [running, setRunning] = useState(false);
  const template = templates.data?.find((each) => each.id === templateId) ?? templates.data?.[0];
  const ids = projectId === undefined ? chosen : [projectId];

  const apply = async (): Promise<void> => {
    if (template === undefined) return;
    setRunning(true);
    try {
      const done = await ledger.chain.apply({ templateId: template.id, projectIds: [...ids], start, replace });
      const left = done.skipped.length > 0 ? `；已有链条、没有改动的 ${done.skipped.length} 个` : '';
      if (done.applied === 0) message.warning('所选项目都已有推进链条，没有改动。勾选“替换”后再套用。', 6);
      else {
        message.success(`已给 ${done.applied} 个项目排出 ${done.links} 个环节${left}，可以撤销`, 6);
        onClose();
      }
    } catch (error) {
      message.error(messageOf(error), 8);
    } finally {
      setRunning(false);
    }
  };

  return (
    <Modal
      open={open}
      title="套用链条模板"
      width={620}
      onCancel={onClose}
      destroyOnHidden
      okText={`套用${ids.length > 1 ? `到 ${ids.length} 个项目` : ''}`}
      okButtonProps={{ disabled: template === undefined || ids.length === 0, loading: running }}
      onOk={() => void apply()}
    >
      <div style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
        <Radio.Group
          aria-label="模板"
          value={template?.id}
          onChange={(event) => setTemplateId(String(event.target.value))}
          options={(templates.data ?? []).map((each) => ({
            value: each.id,
            label: `${each.name}，${each.links.length} 个环节`,
          }))}
          vertical
        />
        {templates.data?.length === 0 ? <p className="quiet">还没有模板。请先在“链条模板”里登记。</p> : null}
        <div className="bar">
          <label htmlFor="chain-start">从哪一天开始</label>
          <DatePicker
            id="chain-start"
            allowClear={false}
            value={dayjs(start)}
            onChange={(value) => setStart((value ?? dayjs(today)).format('YYYY-MM-DD'))}
          />
          <span className="quiet">时限按工作日推算，节假日和调休照放假安排。</span>
        </div>
        {projectId === undefined ? <ProjectPicker value={chosen} onChange={setChosen} /> : null}
        <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
          替换已有的链条（原有环节作废，可以撤销）
        </Checkbox>
      </div>
    </Modal>
  );
}
