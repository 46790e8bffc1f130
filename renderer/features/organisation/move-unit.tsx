import { Alert, DatePicker, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { formatChinese } from '../../../shared/domain/date.ts';
import { planMove } from '../../../shared/domain/membership.ts';
import { ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import type { Saver } from '../../components/use-save.tsx';
import type { Overview } from './use-overview.ts';

export interface MoveTarget {
  readonly unitId: string | null;
  /** Group suggested; null to take the unit out. */
  readonly groupId: string | null;
}

interface MoveUnitProps {
  readonly target: MoveTarget;
  readonly overview: Overview;
  readonly saver: Saver;
  onClose(): void;
}

const OUT = 'out';

/** 归组、调组 with an effective date; says beforehand what becomes of the present row. */
export function MoveUnit({ target, overview, saver, onClose }: MoveUnitProps) {
  const { today } = useLedger();
  const [unitId, setUnitId] = useState(target.unitId);
  const [groupId, setGroupId] = useState<string | null>(target.groupId);
  const [from, setFrom] = useState(today);
  const [fault, setFault] = useState<string | null>(null);
  const spans = overview.groups.flatMap((group) => group.units);
  const groupName = (id: string): string => overview.groups.find((group) => group.id === id)?.name ?? '';
  const to = groupId === OUT ? null : groupId;
  const chosen = unitId !== null && groupId !== null;
  const plan = chosen ? planMove(spans, unitId, to, from, groupName) : null;
  const closing = plan?.ok === true ? plan.close[0] : undefined;
  const closed = spans.find((span) => span.id === closing?.id);

  const move = async (): Promise<void> => {
    if (unitId === null || groupId === null) {
      setFault('请选择单元和推进组');
      return;
    }
    let title = '';
    const done = await saver.run(async () => {
      try {
        ({ title } = await ledger.organisation.moveUnit({ unitId, groupId: to, from }));
      } catch (error) {
        setFault(messageOf(error));
        throw error;
      }
    });
    if (done && title !== '') onClose();
  };

  return (
    <Modal
      open
      title="调整单元归组"
      okText="确定"
      cancelText="取消"
      onCancel={onClose}
      onOk={() => void move()}
      okButtonProps={{ disabled: plan?.ok !== true }}
      width={560}
    >
      <div className="fields" style={{ gridTemplateColumns: '1fr 1fr' }}>
        <div className="field field-wide">
          <label htmlFor="move-unit">被包保单元</label>
          <Select<string>
            id="move-unit"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="选择单元"
            {...(unitId === null ? {} : { value: unitId })}
            options={overview.units.map((unit) => ({
              value: unit.id,
              label: `${unit.name}${unit.groupName === null ? '（未归组）' : `（现在${unit.groupName}）`}`,
            }))}
            onChange={setUnitId}
          />
        </div>
        <div className="field">
          <label htmlFor="move-group">归入</label>
          <Select<string>
            id="move-group"
            placeholder="选择推进组"
            {...(groupId === null ? {} : { value: groupId })}
            options={[
              ...overview.groups.map((group) => ({ value: group.id, label: group.name })),
              { value: OUT, label: '移出，不再归组' },
            ]}
            onChange={setGroupId}
          />
        </div>
        <div className="field">
          <label htmlFor="move-from">生效日期</label>
          <DatePicker
            id="move-from"
            allowClear={false}
            value={dayjs(from)}
            format={['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D']}
            onChange={(date) => setFrom(date?.format('YYYY-MM-DD') ?? today)}
          />
        </div>
      </div>
      <div style={{ marginTop: 12 }} role="status">
        {plan === null ? null : !plan.ok ? (
          <Alert type="warning" showIcon title={plan.reason} />
        ) : (
          <Alert
            type="info"
            title={
              closed === undefined || closing === undefined
                ? `自${formatChinese(from)}起生效。`
                : `原在“${closed.groupName}”，到${formatChinese(closing.effectiveTo)}止；新的归组自${formatChinese(from)}起。以前的通报、四率仍按当时的归组计算。`
            }
          />
        )}
        {fault === null ? null : <Alert style={{ marginTop: 8 }} type="error" showIcon title={fault} />}
      </div>
    </Modal>
  );
}
