import { App, Form, Input, Modal, Select } from 'antd';
import { useMemo } from 'react';
import { STAGES, type Value } from '../../../shared/dictionary/index.ts';
import { MONEY_FAULT_TEXT, parseMoney } from '../../../shared/domain/money.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import type { Saver } from '../../components/use-save.tsx';

interface NewProjectProps {
  readonly open: boolean;
  readonly units: readonly { readonly id: string; readonly label: string }[];
  readonly unitId: string | null;
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
export function NewProject({ open, units, unitId, saver, onClose, onCreated }: NewProjectProps) {
  const { message } = App.useApp();
  const { level } = useLedger();
  const [form] = Form.useForm<Values>();
  const unitOptions = useMemo(() => units.map((unit) => ({ value: unit.id, label: unit.label })), [units]);
  const [only] = units;
  const preset = unitId ?? (units.length === 1 ? only?.id : undefined);

  const create = async (values: Values): Promise<void> => {
    const id = newId();
    const name = values.name.trim();
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
    onClose();
    onCreated(id);
  };

  return (
    <Modal
      open={open}
      title="新增项目"
      okText="新增"
      cancelText="取消"
      destroyOnHidden
      onCancel={onClose}
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
