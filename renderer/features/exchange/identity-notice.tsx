import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Space } from 'antd';
import { useLocation } from 'wouter';
import { INCARNATION_WORDS } from '../../../shared/contract/backup.ts';
import type { IdentityNotice as Notice } from '../../../shared/contract/exchange.ts';
import { api, forgetEverything } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { timeText } from './words.ts';

/** Which PC, since when, and the one button that cures it; nothing to do where the program has seen to it itself. */
export function IdentityNotice({ notice, above }: { readonly notice: Notice; readonly above: string | null }) {
  const [, navigate] = useLocation();
  // The office on top has nobody above; it is told by those it sends to.
  const who = above === null ? '收件单位' : '上级';
  const { message } = App.useApp();
  const fail = (error: Error): void => {
    message.error(messageOf(error), 8);
  };
  const toExport = (): void => navigate(above === null ? '/exchange/export' : `/exchange/export?to=${above}&full=1`);
  const renew = useMutation(
    api.exchange.renew.mutationOptions({
      onSuccess: () => {
        forgetEverything();
        message.success(`已换用新编号，数据没有变化。请导出全量，送交${who}。`, 6);
        toExport();
      },
      onError: fail,
    }),
  );
  const dismiss = useMutation(
    api.exchange.dismissNotice.mutationOptions({ onSuccess: forgetEverything, onError: fail }),
  );
  if (notice.kind === 'renewed') {
    return (
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 8 }}
        title={`本机台账从 ${timeText(notice.at)} 起换用了新编号：${INCARNATION_WORDS[notice.reason]}`}
        description="数据没有变化，也不用另做什么：下一个文件会自动告诉对方，并带上对方还没有确认的全部修改；本机缺少而对方已收到的，对方的下一个文件会补回来。如果另一台电脑也还在用这份台账，今后请只用一台。"
      />
    );
  }
  if (!notice.own) {
    return (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 8 }}
        title={`${who}发现另有一台电脑也用本单位的身份报送（${timeText(notice.at)}）`}
        description={
          notice.taken
            ? `另一台电脑用的是本机（电脑“${notice.machine}”）已不再用的旧编号，两边的数据${who}都已收下，本机不用处理。请在另一台电脑上打开“交换”，点“换用新编号”，再导出全量，今后请只用一台；如果只有这一台，是还原以前的文件晚到了，不用处理。`
            : `本机（电脑“${notice.machine}”）的文件${who}已收下，本机不用处理。请在另一台电脑上打开“交换”，点“换用新编号”，再导出全量；两边的数据都会保留，今后请只用一台。`
        }
        action={
          <Button size="small" loading={dismiss.isPending} onClick={() => dismiss.mutate({})}>
            知道了
          </Button>
        }
      />
    );
  }
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 8 }}
      title={
        notice.taken
          ? `${who}发现有两台电脑用本单位的身份报送，本机用的是旧编号（${timeText(notice.at)}）`
          : `${who}发现有两台电脑用本单位的身份报送，本机的文件没有收下（${timeText(notice.at)}）`
      }
      description={
        notice.taken
          ? `多半是台账被复制到了另一台电脑，那台已换用新编号。本机（电脑“${notice.machine}”）的文件${who}都已收下。请换用新编号后导出全量，以后两边的修改才分得清；今后请只用一台电脑。`
          : `多半是台账被复制到了另一台电脑，或放回过旧文件。本机（电脑“${notice.machine}”）的数据都在。换用新编号后导出全量，${who}即可收下，两边的数据都会保留；同一处改得不同的，由上级在“冲突”中选定。今后请只用一台电脑。`
      }
      action={
        <Space>
          <Button size="small" type="primary" loading={renew.isPending} onClick={() => renew.mutate({})}>
            换用新编号
          </Button>
        </Space>
      }
    />
  );
}
