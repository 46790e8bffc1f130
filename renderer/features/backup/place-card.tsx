import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions } from 'antd';
import { INCARNATION_WORDS, type IncarnationReason } from '../../../shared/contract/backup.ts';
import { api, forgetEverything, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { dayText, whenText } from './words.ts';

interface PlaceCardProps {
  readonly folder: string;
  readonly second: { readonly folder: string | null; readonly at: number | null; readonly problem: string | null };
  readonly stream: {
    readonly incarnation: number;
    readonly openedAt: number;
    readonly reason: IncarnationReason | null;
  };
}

function streamText({ incarnation, openedAt, reason }: PlaceCardProps['stream']): string {
  if (reason === null) return `第 ${incarnation} 次启用（${dayText(openedAt)}建立）`;
  return `第 ${incarnation} 次启用（${dayText(openedAt)}，因${INCARNATION_WORDS[reason]}）`;
}

/** Where backups go, and which number series the ledger writes. */
export function PlaceCard({ folder, second, stream }: PlaceCardProps) {
  const { message, modal } = App.useApp();
  const choose = useMutation(
    api.backup.setSecond.mutationOptions({
      onSuccess: forgetEverything,
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  const renew = useMutation(
    api.exchange.renew.mutationOptions({
      onSuccess: forgetEverything,
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  const askRenew = (): void => {
    modal.confirm({
      title: '换用新编号',
      content:
        '上级提示“疑似两台电脑同一身份”时，在它点名的电脑上使用；平时不用。台账的数据不变，下一个文件会告诉对方。换用后请到“交换 → 导出”，勾选“全量”送交上级。',
      okText: '换用新编号',
      cancelText: '不换',
      onOk: () => renew.mutateAsync({}),
    });
  };
  const pick = async (): Promise<void> => {
    const [chosen] = await platform.pickOpenFiles({ title: '选择第二备份位置（U盘或另一块硬盘）', directory: true });
    if (chosen) choose.mutate({ folder: chosen });
  };
  return (
    <Card title="备份位置" className="backup-tall">
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'local', label: '本机', children: <span className="backup-path">{folder}</span> },
          {
            key: 'second',
            label: '第二位置',
            children: (
              <span className="backup-path">
                {second.folder ?? '未设置。建议选择U盘或另一块硬盘，以防本机硬盘损坏'}
              </span>
            ),
          },
          ...(second.folder !== null && second.at !== null && second.problem === null
            ? [{ key: 'copied', label: '最近抄送', children: `${whenText(second.at)}，已读回核对` }]
            : []),
          {
            key: 'stream',
            label: '台账编号',
            children: (
              <>
                {streamText(stream)}
                <Button type="link" size="small" onClick={askRenew}>
                  换用新编号…
                </Button>
              </>
            ),
          },
        ]}
      />
      {second.problem === null ? null : (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title={`第二位置没有备份成功，本机备份不受影响。${second.problem}`}
        />
      )}
      <div className="backup-actions">
        <Button onClick={() => void pick()} loading={choose.isPending}>
          选择第二位置…
        </Button>
        {second.folder === null ? null : <Button onClick={() => choose.mutate({ folder: null })}>不再使用</Button>}
        <Button type="link" onClick={() => void platform.showInFolder({ path: folder })}>
          打开备份文件夹
        </Button>
      </div>
    </Card>
  );
}
