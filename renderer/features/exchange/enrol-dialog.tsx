import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import type { Peer } from '../../../shared/contract/exchange.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useJob } from '../../components/use-job.tsx';
import { STATUS_NAMES } from './words.ts';

const eye = (shown: boolean) => (shown ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />);

interface Values {
  /** A responsible unit for the city; for a county the office of one. */
  readonly unitId: string;
  readonly aboveId: string;
  readonly passphrase?: string;
}

/** Reports to this office itself. */
const US = '';

/**
 * 制作入网文件 for a unit, under a passphrase that is told over the telephone. A unit that reports to a county is only
 * registered here: its county makes the file.
 */
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
  const isCity = useLedger().level === 'city';
  const [form] = Form.useForm<Values>();
  const aboveId = Form.useWatch('aboveId', form) ?? US;
  const job = useJob();
  const units = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' }, enabled: open }));
  const byOffice = new Map(peers.map((peer) => [peer.officeId, peer]));
  const named = (name: string, peer: Peer | undefined): string =>
    peer === undefined ? name : `${name}（${STATUS_NAMES[peer.status]}）`;
  const options = isCity
    ? (units.data ?? []).map((row) => ({
        value: row.id,
        label: named(String(row['name']), byOffice.get(String(row['officeId'] ?? ''))),
      }))
    : peers.flatMap((peer) => (peer.above ? [] : [{ value: peer.officeId, label: named(peer.name, peer) }]));
  const counties = peers.filter((peer) => !peer.above && peer.status === 'admitted');
  const nameOf = (id: string): string =>
    String(units.data?.find((row) => row.id === id)?.['name'] ?? byOffice.get(id)?.name ?? '');
  const done = (): void => {
    form.resetFields();
    onClose();
  };

  const register = async ({ unitId }: Values): Promise<void> => {
    const county = byOffice.get(aboveId)?.name ?? '';
    try {
      await ledger.exchange.registerBelow({ unitId, aboveId });
      message.success(`已登记：${nameOf(unitId)} 报 ${county}。请导出给${county}，由它制作入网文件并核准。`, 8);
      done();
    } catch (error) {
      message.error(messageOf(error), 8);
    }
  };

  const make = async ({ unitId, passphrase = '' }: Values): Promise<void> => {
    const path = await platform.pickSaveFile({
      title: '入网文件保存到',
      defaultName: `${nameOf(unitId)}_入网.bbsync`,
      filters: [{ name: '入网文件', extensions: ['bbsync'] }],
    });
    if (path === null) return;
    const whom = isCity ? { unitId } : { officeId: unitId };
    const result = await job.run('制作入网文件', (signal) =>
      ledger.exchange.createEnrolment({ ...whom, passphrase, path }, { signal }),
    );
    if (!result) return;
    message.success(`已写入 ${result.fileName}。请把文件交给该单位，口令另用电话告知。`, 8);
    done();
  };

  // The job stands beside the dialog, not in it: a dialog that closes no longer draws what is in it.
  return (
    <>
      <Modal
        title="制作入网文件"
        open={open}
        okText={aboveId === US ? '选择保存位置并制作' : '登记'}
        onOk={() => form.submit()}
        onCancel={onClose}
      >
        <p style={{ color: '#4b5563' }}>
          {isCity
            ? '入网文件带着组织、方案和市里的公钥。县区用它加入后，第一次上报时显示指纹，电话核对一致即可核准。'
            : '入网文件带着组织、方案和本单位的公钥。下级单位用它加入后，第一次上报时显示指纹，电话核对一致即可核准。这里列出市里已登记报本单位的填报端。'}
        </p>
        <Form
          form={form}
          name="enrol"
          layout="vertical"
          initialValues={{ aboveId: US }}
          onFinish={(values) => void (aboveId === US ? make(values) : register(values))}
        >
          <Form.Item
            name="unitId"
            label={isCity ? '责任单位' : '下级填报端'}
            rules={[{ required: true, message: isCity ? '请选择责任单位' : '请选择下级填报端' }]}
          >
            <Select showSearch={{ optionFilterProp: 'label' }} placeholder="选择要加入的单位" options={options} />
          </Form.Item>
          {isCity && counties.length > 0 ? (
            <Form.Item
              name="aboveId"
              label="报送给"
              extra={aboveId === US ? undefined : '镇街、实施单位报县区的，由县区制作入网文件并核准；这里只登记。'}
            >
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={[
                  { value: US, label: '本单位（市级）' },
                  ...counties.map((peer) => ({ value: peer.officeId, label: peer.name })),
                ]}
              />
            </Form.Item>
          ) : null}
          {aboveId === US ? (
            <Form.Item
              name="passphrase"
              label="口令"
              extra="至少六个字。不要与文件放在一起。"
              rules={[{ required: true, min: 6, max: 100, message: '口令至少六个字' }]}
            >
              <Input.Password autoComplete="new-password" iconRender={eye} />
            </Form.Item>
          ) : null}
        </Form>
      </Modal>
      {job.dialog}
    </>
  );
}
