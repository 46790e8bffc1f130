import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useMemo, useState } from 'react';
import { STAGES, type Value } from '../../../shared/dictionary/index.ts';
import { MONEY_FAULT_TEXT, parseMoney } from '../../../shared/domain/money.ts';
import { doubleOf } from '../../../shared/domain/workbook/match.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import type { Saver } from '../../components/use-save.tsx';
import type { ProjectRow } from './rows.ts';

interface NewProjectProps {
  readonly open: boolean;
  readonly units: readonly { readonly id: string; readonly label: string }[];
  readonly unitId: string | null;
  /** Projects of the ledger: a second one of the same name is questioned. */
  readonly known: readonly ProjectRow[];
  readonly saver: Saver;
  onClose(): void;
  onCreated(id: string): void;
}

interface Values {
  readonly name: string;
  readonly unitId: string;
  readonly stage: string;
  readonly totalInvestment?: string;
  readonly annualPlan?: string;
}

const moneyRule = {
  validator: (_rule: unknown, text: string | undefined) => {
    const result = parseMoney(text ?? '', '万元');
    return result.ok ? Promise.resolve() : Promise.reject(new Error(MONEY_FAULT_TEXT[result.reason]));
  },
};

function yuan(text: string | undefined): Value {
  const result = parseMoney(text ?? '', '万元');
  return result.ok ? result.yuan : null;
}

/** 新增项目: what a row cannot do without; the rest is filled in the grid or on the project page. */
export function NewProject({ open, units, unitId, known, saver, onClose, onCreated }: NewProjectProps) {
  const { message } = App.useApp();
  const { level } = useLedger();
  const [form] = Form.useForm<Values>();
  const unitOptions = useMemo(() => units.map((unit) => ({ value: unit.id, label: unit.label })), [units]);
  const [only] = units;
  const preset = unitId ?? (units.length === 1 ? only?.id : undefined);

  const [doubt, setDoubt] = useState<{ readonly key: string; readonly reason: string } | null>(null);
  const close = (): void => {
    setDoubt(null);
    onClose();
  };

  const create = async (values: Values): Promise<void> => {
    const id = newId();
    const name = values.name.trim();
    const key = `${values.unitId} ${name}`;
    const projects = known.map((row) => ({
      id: row.id,
      code: null,
      name: row.name ?? '',
      unitId: row.unitId,
    }));
    const double = doubt?.key === key ? null : doubleOf(name, values.unitId, projects);
    if (double !== null) {
      setDoubt({ key, reason: double.reason });
      return;
    }
    const set: Record<string, Value> = {
      name,
      unitId: values.unitId,
      stage: values.stage,
      totalInvestment: yuan(values.totalInvestment),
      annualPlan: yuan(values.annualPlan),
    };
    const outcome = await saver.save(`新增项目“${name}”`, [{ entity: 'project', id, set }]);
    if (!outcome.ok) {
      message.error(outcome.message, 8);
      return;
    }
    close();
    onCreated(id);
  };

  return (
    <Modal
      open={open}
      title="新增项目"
      okText={doubt === null ? '新增' : '确是另一个项目，新增'}
      cancelText="取消"
      destroyOnHidden
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={saver.saving}
      width={560}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark
        initialValues={{ stage: 'preparing', ...(preset === undefined ? {} : { unitId: preset }) }}
        onFinish={(values) => void create(values)}
        onValuesChange={() => setDoubt(null)}
      >
        <Form.Item
          name="name"
          label="项目名称"
          rules={[
            { required: true, whitespace: true, message: '请填写项目名称' },
            { max: 200, message: '最多 200 字' },
          ]}
        >
          <Input autoFocus placeholder="如：生物质热电联产项目" />
        </Form.Item>
        {doubt === null ? null : (
          <Alert
            type="warning"
            showIcon
            style={{ marginBottom: 16 }}
            title={`${doubt.reason}。请先核对；确是另一个项目，再按一次新增`}
          />
        )}
        <Form.Item name="unitId" label="责任单位" rules={[{ required: true, message: '请选择责任单位' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={unitOptions}
            placeholder="负责填报本项目数据的单位"
            notFoundContent={
              level === 'city' ? '还没有责任单位，请先到“组织”中登记' : '本单位没有对应的责任单位，请联系市级'
            }
          />
        </Form.Item>
        <Form.Item name="stage" label="建设阶段">
          <Select options={STAGES.map(({ value, label }) => ({ value, label }))} />
        </Form.Item>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
          <Form.Item name="totalInvestment" label="总投资（万元）" rules={[moneyRule]}>
            <Input placeholder="可稍后填写" suffix="万元" />
          </Form.Item>
          <Form.Item name="annualPlan" label="年度计划投资（万元）" rules={[moneyRule]}>
            <Input placeholder="可稍后填写" suffix="万元" />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
