import { QuestionCircleOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Form, Input, InputNumber, Modal, Select } from 'antd';
import { presets } from '../../../shared/presets/index.ts';
import { api, forgetEverything, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';

interface Values {
  readonly place: string;
  readonly placeShort: string;
  readonly operator: string;
  readonly presetId: string;
  readonly year: number;
}

/** 新建市级台账: name, operator, scheme preset, then where to keep the file. */
export function CreateCity({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const create = useMutation(
    api.session.createCity.mutationOptions({
      onSuccess: forgetEverything,
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  const submit = async (values: Values): Promise<void> => {
    const path = await platform.pickSaveFile({
      title: '台账保存到',
      defaultName: `${values.place}包保台账.bbledger`,
      filters: [{ name: '包保台账', extensions: ['bbledger'] }],
    });
    if (path !== null) create.mutate({ ...values, path });
  };
  return (
    <Modal
      title="新建市级台账"
      open={open}
      okText="选择保存位置并建立"
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="create-city"
        layout="vertical"
        initialValues={{ presetId: presets[0]?.key, year: new Date().getFullYear() }}
        onFinish={(values) => void submit(values)}
      >
        <div style={{ display: 'grid', gridTemplateColumns: '2fr 1fr', gap: 12 }}>
          <Form.Item
            name="place"
            label="市名称"
            rules={[{ required: true, min: 2, max: 20, message: '请填写市名全称，如“安澜市”' }]}
          >
            <Input placeholder="安澜市" />
          </Form.Item>
          <Form.Item
            name="placeShort"
            label="文号简称"
            rules={[{ required: true, max: 4, message: '请填写文号简称，一至四个字，如“安”' }]}
            tooltip={{
              title: '用在发文字号里，如“安重办督〔2021〕4号”',
              icon: <QuestionCircleOutlined aria-label="说明" />,
            }}
          >
            <Input placeholder="安" />
          </Form.Item>
        </div>
        <Form.Item
          name="operator"
          label="操作人"
          rules={[{ required: true, max: 40, message: '请填写您的姓名，记入每次修改' }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="presetId" label="方案模板" extra="模板带来清单、报送时限、亮灯规则和文书抬头，之后可以改。">
          <Select options={presets.map((preset) => ({ value: preset.key, label: preset.name }))} />
        </Form.Item>
        <Form.Item name="year" label="年度" rules={[{ required: true, message: '请填写年度' }]}>
          <InputNumber min={2000} max={2100} controls={false} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
