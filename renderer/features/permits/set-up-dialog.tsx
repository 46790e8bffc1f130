import { useQuery } from '@tanstack/react-query';
import { App, Checkbox, DatePicker, InputNumber, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { PERMIT_STAGES } from '../../../shared/dictionary/index.ts';
import { JOINT_LIMIT } from '../../../shared/domain/permit-catalogue.ts';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { ProjectPicker } from '../../components/project-picker.tsx';

interface SetUpProps {
  readonly open: boolean;
  /** Only this project; else the operator chooses. */
  readonly projectId?: string;
  onClose(): void;
}

/** 登记手续: chosen permits of one or many projects with planned days, and the joint clock. */
export function SetUpDialog({ open, projectId, onClose }: SetUpProps) {
  const { today } = useLedger();
  const { message } = App.useApp();
  const kinds = useQuery(api.permits.kinds.queryOptions({ enabled: open }));
  const [chosenKinds, setChosenKinds] = useState<readonly string[] | null>(null);
  const [start, setStart] = useState(today);
  const [joint, setJoint] = useState(false);
  const [limit, setLimit] = useState(JOINT_LIMIT);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [running, setRunning] = useState(false);
  const all = kinds.data ?? [];
  const kindIds = chosenKinds ?? all.filter((kind) => kind.joint === 1).map((kind) => kind.id);
  const ids = projectId === undefined ? chosen : [projectId];
  const run = async (): Promise<void> => {
    setRunning(true);
    try {
      const done = await ledger.permits.setUp({
        projectIds: [...ids],
        kindIds: [...kindIds],
        start,
        jointLimit: joint ? limit : null,
      });
      if (done.added === 0) message.warning('所选手续都已登记，没有增加。', 6);
      else message.success(`已给 ${done.projects} 个项目登记 ${done.added} 项手续，可以撤销`, 6);
      onClose();
    } catch (error) {
      message.error(messageOf(error), 8);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Modal
      open={open}
      title="登记手续"
      width={760}
      onCancel={onClose}
      destroyOnHidden
      okText="登记"
      okButtonProps={{ disabled: ids.length === 0 || kindIds.length === 0, loading: running }}
      onOk={() => void run()}
    >
      <div className="view" style={{ height: 'auto' }}>
        {PERMIT_STAGES.map((stage) => {
          const own = all.filter((kind) => (kind.stage ?? 'other') === stage.value);
          if (own.length === 0) return null;
          return (
            <fieldset key={stage.value} className="chip-group" aria-label={stage.label}>
              <strong style={{ width: 120 }}>{stage.label}</strong>
              {own.map((kind) => (
                <button
                  key={kind.id}
                  type="button"
                  className="chip"
                  aria-pressed={kindIds.includes(kind.id)}
                  title={`${kind.name}，${kind.department ?? ''}，${kind.limitDays ?? '—'} 个工作日`}
                  onClick={() =>
                    setChosenKinds(
                      kindIds.includes(kind.id) ? kindIds.filter((id) => id !== kind.id) : [...kindIds, kind.id],
                    )
                  }
                >
                  {kind.shortName}
                </button>
              ))}
            </fieldset>
          );
        })}
        <div className="bar">
          <label htmlFor="permit-start">从哪一天开始</label>
          <DatePicker
            id="permit-start"
            allowClear={false}
            value={dayjs(start)}
            onChange={(value) => setStart((value ?? dayjs(today)).format('YYYY-MM-DD'))}
          />
          <span className="quiet">同一阶段并联办理，阶段之间依次推算，都按工作日。</span>
        </div>
        <div className="bar">
          <Checkbox checked={joint} onChange={(event) => setJoint(event.target.checked)}>
            同时启动联审计时，总时限
          </Checkbox>
          <InputNumber
            aria-label="联审总时限（工作日）"
            min={1}
            max={400}
            precision={0}
            style={{ width: 80 }}
            value={limit}
            onChange={(value) => setLimit(value ?? JOINT_LIMIT)}
          />
          个工作日
        </div>
        {projectId === undefined ? <ProjectPicker value={chosen} onChange={setChosen} /> : null}
      </div>
    </Modal>
  );
}
