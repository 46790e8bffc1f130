import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Table } from 'antd';
import type { UnwrittenVolume } from '../../../shared/contract/exchange.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { sizeText } from '../../components/size-text.ts';
import { useJob } from '../../components/use-job.tsx';
import { timeText } from './words.ts';

/** 附件卷 of the last files: those still to be written, and those to be written again because a stick was lost. */
export function VolumesCard() {
  const { message } = App.useApp();
  const client = useQueryClient();
  const { data } = useQuery(api.exchange.volumes.queryOptions());
  const job = useJob();
  if (data === undefined || data.length === 0) return null;

  const write = async ({ bundleId, volume, fileName }: UnwrittenVolume): Promise<void> => {
    const path = await platform.pickSaveFile({
      title: '附件卷保存到',
      defaultName: fileName,
      filters: [{ name: '同步文件', extensions: ['bbsync'] }],
    });
    if (path === null) return;
    const done = await job.run('写出附件卷', (signal) =>
      ledger.exchange.writeVolume({ bundleId, volume, path }, { signal }),
    );
    await client.invalidateQueries();
    if (done !== null) message.success('已写入并读回核对一致。请安全弹出U盘后送交。');
  };

  return (
    <Card title="附件卷（照片、视频）" style={{ marginTop: 10 }}>
      <p style={{ margin: '0 0 8px', color: '#4b5563' }}>
        先后、哪一天送都可以，与数据文件不必同送。中断后再写同一个位置，会接着写。
      </p>
      <Table<UnwrittenVolume>
        size="small"
        pagination={false}
        rowKey={(volume) => `${volume.bundleId} ${volume.volume}`}
        dataSource={data}
        columns={[
          { title: '给', dataIndex: 'officeName' },
          { title: '编号', render: (_, volume) => `第${volume.number}号` },
          { title: '卷', render: (_, volume) => `${volume.volume}/${volume.count}` },
          { title: '内容', render: (_, volume) => `${volume.blobs} 个，${sizeText(volume.bytes)}` },
          {
            title: '写出',
            render: (_, volume) => (volume.writtenAt === null ? <b>未写出</b> : timeText(volume.writtenAt)),
          },
          {
            title: '',
            align: 'right',
            render: (_, volume) => (
              <Button size="small" onClick={() => void write(volume)}>
                {volume.writtenAt === null ? '写出' : '再写一份'}
              </Button>
            ),
          },
        ]}
      />
      {job.dialog}
    </Card>
  );
}
