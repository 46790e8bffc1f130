import { useQuery } from '@tanstack/react-query';
import { App, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { monthOf, yearOf } from '../../../shared/domain/date.ts';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';

interface BreakDownProps {
  readonly open: boolean;
  /** Only this project; else all projects, or those of a unit. */
  readonly projectId?: string;
  onClose(): void;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => ({ value: index + 1, label: `${index + 1}月` }));

/** 分解到月: the annual plan broken into months; months that have a task stay. */
export function BreakDownDialog({ open, projectId, onClose }: BreakDownProps) {
  const { today } = useLedger();
  const { message } = App.useApp();
  const units = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' }, enabled: open }));
  const projects = useQuery(api.records.list.queryOptions({ input: { entity: 'project' }, enabled: open }));
  const [year, setYear] = useState(yearOf(today));
  const [from, setFrom] = useState(monthOf(today));
  const [to, setTo] = useState(12);
  const [unitIds, setUnitIds] = useState<readonly string[]>([]);
  const [running, setRunning] = useState(false);
  const rows = (projects.data ?? []).filter(
    (project) =>
      project['annualPlan'] !== null && (unitIds.length === 0 || unitIds.includes(String(project['unitId'] ?? ''))),
  );
  const ids = projectId === undefined ? rows.map((project) => project.id).slice(0, 2000) : [projectId];
  const run = async (): Promise<void> => {
    setRunning(true);
    try {
      const { added, skipped } = await ledger.chain.breakDown({ projectIds: ids, year, from, to });
      const left = skipped.length > 0 ? `；${skipped.length} 个项目没有年度计划或各月已有任务，没有改动` : '';
      if (added === 0) message.warning(`没有可分解的月份${left}`, 6);
      else {
        message.success(`已分解为 ${added} 项月度任务${left}，可以撤销`, 6);
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
      title="把年度计划分解到月"
      onCancel={onClose}
      destroyOnHidden
      okText={projectId === undefined ? `分解 ${ids.length} 个项目` : '分解'}
      okButtonProps={{ disabled: ids.length === 0 || from > to, loading: running }}
      onOk={() => void run()}
    >
      <div style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
        <div className="bar">
          <InputNumber
            aria-label="年份"
            min={2000}
            max={2100}
            precision={0}
            value={year}
            onChange={(value) => setYear(value ?? yearOf(today))}
          />
          年
          <Select aria-label="起始月份" style={{ width: 84 }} options={MONTHS} value={from} onChange={setFrom} />
          至
          <Select aria-label="截止月份" style={{ width: 84 }} options={MONTHS} value={to} onChange={setTo} />
        </div>
        {projectId === undefined ? (
          <Select<string[]>
            mode="multiple"
            allowClear={{ label: '清除' }}
            aria-label="责任单位"
            placeholder="全部责任单位"
            showSearch={{ optionFilterProp: 'label' }}
            options={(units.data ?? []).map((unit) => ({ value: unit.id, label: String(unit['name'] ?? '') }))}
            value={[...unitIds]}
            onChange={setUnitIds}
          />
        ) : null}
        <p className="quiet" style={{ margin: 0 }}>
          年度计划投资按月平均分到万元，尾数放在最后几个月，各月之和等于年度计划；当月到期的环节写进当月任务。分好后可以逐月改。
        </p>
      </div>
    </Modal>
  );
}
