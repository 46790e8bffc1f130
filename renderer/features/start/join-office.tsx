import { EyeInvisibleOutlined, EyeOutlined, FolderOpenOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Space } from 'antd';
import { forgetEverything, ledger, platform } from '../../app/api.ts';
import { useJob } from '../../components/use-job.tsx';

interface Values {
  readonly enrolmentPath: string;
  readonly passphrase: string;
  readonly operator: string;
}

const eye = (shown: boolean) => (shown ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />);

const SYNC = [{ name: '入网文件', extensions: ['bbsync'] }];
const LEDGER = [{ name: '包保台账', extensions: ['bbledger'] }];

/** 加入: open the enrolment file the city made, say who works here, choose where to keep the ledger. */
export function JoinOffice({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>();
  const job = useJob();
  const pick = async (): Promise<void> => {
    const [path] = await platform.pickOpenFiles({ title: '打开入网文件', filters: SYNC });
    if (path) form.setFieldValue('enrolmentPath', path);
  };
  const join = async (values: Values): Promise<void> => {
    const ledgerPath = await platform.pickSaveFile({
      title: '台账保存到',
      defaultName: '包保台账.bbledger',
      filters: LEDGER,
    });
    if (ledgerPath === null) return;
    const status = await job.run('加入', (signal) => ledger.exchange.join({ ...values, ledgerPath }, { signal }));
    if (status) forgetEverything();
  };
  // The job stands beside the dialog, not in it: a dialog that closes no longer draws what is in it.
  return (
    <>
      <Modal
        title="加入（打开入网文件）"
        open={open}
        okText="选择保存位置并加入"
        okButtonProps={{ disabled: job.busy }}
        onOk={() => form.submit()}
        onCancel={onClose}
      >
        <Form form={form} name="join-office" layout="vertical" onFinish={(values) => void join(values)}>
          <Form.Item label="入网文件" required>
            <Space.Compact block>
              <Form.Item name="enrolmentPath" noStyle rules={[{ required: true, message: '请选择市里发来的入网文件' }]}>
                <Input readOnly aria-label="入网文件" placeholder="市里发来的 .bbsync 文件" />
              </Form.Item>
              <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => void pick()}>
                选择
              </Button>
            </Space.Compact>
          </Form.Item>
          <Form.Item
            name="passphrase"
            label="口令"
            extra="制作入网文件时设的口令，请向市里电话询问。"
            rules={[{ required: true, message: '请填写口令' }]}
          >
            <Input.Password autoComplete="off" iconRender={eye} />
          </Form.Item>
          <Form.Item
            name="operator"
            label="操作人"
            rules={[{ required: true, max: 40, message: '请填写您的姓名，记入每次修改' }]}
          >
            <Input />
          </Form.Item>
        </Form>
      </Modal>
      {job.dialog}
    </>
  );
}
