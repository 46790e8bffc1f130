import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import type { Peer } from '../../../shared/contract/exchange.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { useJob } from '../../components/use-job.tsx';
import { STATUS_NAMES } from './words.ts';

const eye = (shown: boolean) => (shown ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />);

interface Values {
  readonly unitId: string;
  readonly passphrase: string;
}

/** 制作入网文件 for one responsible unit, under a passphrase that is told over the telephone. */
export function EnrolDialog({
  open,
  onClose,
  peers,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly peers: readonly Peer[];
}) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const job = useJob();
  const units = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' }, enabled: open }));
  const byOffice = new Map(peers.map((peer) => [peer.officeId, peer]));

  const make = async (values: Values): Promise<void> => {
    const unit = units.data?.find((row) => row.id === values.unitId);
    const path = await platform.pickSaveFile({
      title: '入网文件保存到',
      defaultName: `${String(unit?.['name'] ?? '')}_入网.bbsync`,
      filters: [{ name: '入网文件', extensions: ['bbsync'] }],
    });
    if (path === null) return;
    const result = await job.run('制作入网文件', (signal) =>
      ledger.exchange.createEnrolment({ ...values, path }, { signal }),
    );
    if (!result) return;
    message.success(`已写入 ${result.fileName}。请把文件交给该单位，口令另用电话告知。`, 8);
    form.resetFields();
    onClose();
  };

  // The job stands beside the dialog, not in it: a dialog that closes no longer draws what is in it.
  return (
    <>
      <Modal title="制作入网文件" open={open} okText="选择保存位置并制作" onOk={() => form.submit()} onCancel={onClose}>
        <p style={{ color: '#4b5563' }}>
          入网文件带着组织、方案和市里的公钥。县区用它加入后，第一次上报时显示指纹，电话核对一致即可核准。
        </p>
        <Form form={form} name="enrol" layout="vertical" onFinish={(values) => void make(values)}>
          <Form.Item name="unitId" label="责任单位" rules={[{ required: true, message: '请选择责任单位' }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="选择要加入的单位"
              options={(units.data ?? []).map((row) => {
                const peer = byOffice.get(String(row['officeId'] ?? ''));
                return {
                  value: row.id,
                  label: peer ? `${String(row['name'])}（${STATUS_NAMES[peer.status]}）` : String(row['name']),
                };
              })}
            />
          </Form.Item>
          <Form.Item
            name="passphrase"
            label="口令"
            extra="至少六个字。不要与文件放在一起。"
            rules={[{ required: true, min: 6, max: 100, message: '口令至少六个字' }]}
          >
            <Input.Password autoComplete="new-password" iconRender={eye} />
          </Form.Item>
        </Form>
      </Modal>
      {job.dialog}
    </>
  );
}
