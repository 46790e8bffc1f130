import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, List, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { api, forgetEverything, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { CreateCity } from './create-city.tsx';
import { JoinOffice } from './join-office.tsx';

type Dialog = 'none' | 'create' | 'join';

/** The first window: 新建、加入、打开示例数据. */
export function StartPage() {
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<Dialog>('none');
  const recent = useQuery(api.session.recent.queryOptions());
  const fail = (error: Error): void => {
    message.error(messageOf(error), 8);
  };
  const openSample = useMutation(
    api.session.openSample.mutationOptions({ onSuccess: forgetEverything, onError: fail }),
  );
  const open = useMutation(api.session.open.mutationOptions({ onSuccess: forgetEverything, onError: fail }));

  // Started with --sample: the command of the README shows the program at work.
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void platform.appInfo().then((info) => {
      if (info.sample) openSample.mutate({});
    });
  }, [openSample]);

  const pickLedger = async (): Promise<void> => {
    const [path] = await platform.pickOpenFiles({
      title: '打开台账',
      filters: [{ name: '包保台账', extensions: ['bbledger'] }],
    });
    if (path) open.mutate({ path });
  };

  return (
    <main style={{ height: '100vh', overflow: 'auto', display: 'grid', placeItems: 'center', padding: 16 }}>
      <div style={{ width: 880 }}>
        <Typography.Title level={2} style={{ marginBottom: 4 }}>
          包保台账
        </Typography.Title>
        <Typography.Paragraph style={{ color: '#4b5563' }}>
          重点项目包保推进台账。各单位在自己的电脑上填报，用一个同步文件上报和下发，不需要网络。
        </Typography.Paragraph>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 12 }}>
          <Card title="领导小组办公室">
            <p style={{ minHeight: 66 }}>建立市级台账，设置方案、推进组和责任单位，给各县区制作入网文件。</p>
            <Button type="primary" block onClick={() => setDialog('create')}>
              新建市级台账
            </Button>
          </Card>
          <Card title="县区、开发区、部门">
            <p style={{ minHeight: 66 }}>收到市里发来的入网文件后，从这里加入，即可开始填报。</p>
            <Button type="primary" block onClick={() => setDialog('join')}>
              加入（打开入网文件）
            </Button>
          </Card>
          <Card title="先看一看">
            <p style={{ minHeight: 66 }}>一个虚构的市，十个单位，三百个项目。可以随意改动，重新打开即还原。</p>
            <Button block loading={openSample.isPending} onClick={() => openSample.mutate({})}>
              打开示例数据
            </Button>
          </Card>
        </div>
        <Card
          size="small"
          title="最近打开的台账"
          style={{ marginTop: 12 }}
          extra={
            <Button type="link" onClick={() => void pickLedger()}>
              打开其他台账
            </Button>
          }
        >
          <List
            size="small"
            locale={{ emptyText: '还没有打开过台账' }}
            dataSource={recent.data ?? []}
            renderItem={(entry) => (
              <List.Item
                actions={[
                  <Button
                    key="open"
                    type="link"
                    disabled={!entry.exists}
                    onClick={() => open.mutate({ path: entry.path })}
                  >
                    {entry.exists ? '打开' : '文件不在了'}
                  </Button>,
                ]}
              >
                <List.Item.Meta title={entry.officeName} description={entry.path} />
              </List.Item>
            )}
          />
        </Card>
      </div>
      <CreateCity open={dialog === 'create'} onClose={() => setDialog('none')} />
      <JoinOffice open={dialog === 'join'} onClose={() => setDialog('none')} />
    </main>
  );
}
