import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import type { Peer } from '../../../shared/contract/exchange.ts';
import { api, forgetEverything } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';

/** 对方时钟超前: how much waits for it, and for an office below the button that takes it as of now. */
export function AheadNotice({ peer }: { readonly peer: Peer }) {
  const { message, modal } = App.useApp();
  const accept = useMutation(
    api.exchange.acceptAhead.mutationOptions({
      onSuccess: ({ placed }) => {
        forgetEverything();
        message.success(`已按收到时间采纳 ${placed} 条。请导出给“${peer.name}”，对方导入后两边一致。`, 8);
      },
      onError: (error) => {
        message.error(messageOf(error), 8);
      },
    }),
  );
  const ask = (): void => {
    modal.confirm({
      title: `按收到时间采纳“${peer.name}”的 ${peer.ahead} 条？`,
      content: (
        <>
          <p>先电话核实这些内容是不是对方所填、现在是否仍然有效。</p>
          <p>
            采纳后按对方填写的先后顺序记为现在收到，填写单位和填写人不变；与本单位修改过的同一处，以采纳的为现值，另一值列入“冲突”。采纳的决定随下一个文件告诉各单位，不能撤销；采纳后仍可再改。
          </p>
        </>
      ),
      okText: '按收到时间采纳',
      cancelText: '先不采纳',
      onOk: () => accept.mutateAsync({ officeId: peer.officeId }).catch(() => undefined),
    });
  };
  const wait = `${peer.ahead} 条暂存，没有丢失，暂不计入各项数字`;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 8 }}
      title={`对方时钟超前：“${peer.name}”的来件中有 ${wait}`}
      description={
        peer.above
          ? '请提示上级核对电脑的日期和时间；到了文件上的时间，下次导入时自动补入。'
          : '请提示对方把电脑的日期和时间校准。核实无误的，可以现在按收到时间采纳；不采纳的，到了文件上的时间，下次导入时自动补入。'
      }
      action={
        peer.above ? null : (
          <Button size="small" type="primary" loading={accept.isPending} onClick={ask}>
            按收到时间采纳
          </Button>
        )
      }
    />
  );
}
