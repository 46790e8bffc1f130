import { useMutation } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useLocation } from 'wouter';
import type { Peer } from '../../../shared/contract/exchange.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';

/** What can be done with one office: send it a file, end its access. */
export function PeerActions({ peer }: { readonly peer: Peer }) {
  const [, navigate] = useLocation();
  const { message, modal } = App.useApp();
  const revoke = useMutation(
    api.exchange.revoke.mutationOptions({
      onSuccess: () => message.success(`已注销 ${peer.name}，今后不再接收其文件`),
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  const ask = (): void => {
    modal.confirm({
      title: `注销 ${peer.name} 的入网`,
      content:
        '注销后不再接收该单位电脑发来的文件；已收到的数据都保留。更换电脑或密钥泄露时使用，之后可重新制作入网文件。',
      okText: '注销',
      cancelText: '不注销',
      onOk: () => revoke.mutateAsync({ officeId: peer.officeId }),
    });
  };
  return (
    <Space size={0}>
      <Button
        type="link"
        size="small"
        disabled={peer.status !== 'admitted'}
        onClick={() => navigate(`/exchange/export?to=${peer.officeId}`)}
      >
        导出给它
      </Button>
      {peer.above || peer.status === 'revoked' ? null : (
        <Button type="link" size="small" onClick={ask}>
          注销
        </Button>
      )}
    </Space>
  );
}
