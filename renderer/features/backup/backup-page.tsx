import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Card } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { INCARNATION_WORDS } from '../../../shared/contract/backup.ts';
import { api, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { sizeText } from '../../components/size-text.ts';
import { BackupTable } from './backup-table.tsx';
import { CheckCard } from './check-card.tsx';
import { PicturesCard } from './pictures-card.tsx';
import { PlaceCard } from './place-card.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { reasonText, whenText } from './words.ts';
import './backup.css';

/** 设置 → 备份与恢复. */
export function BackupPage() {
  const { message } = App.useApp();
  const status = useQuery(api.backup.status.queryOptions());
  const list = useQuery(api.backup.list.queryOptions());
  const [restoring, setRestoring] = useState<string | null>(null);
  const make = useMutation(
    api.backup.make.mutationOptions({
      onSuccess: (made) => message.success(`已备份并打开核对，${sizeText(made.bytes)}`),
      onError: (error) => message.error(messageOf(error), 10),
      onSettled: () => {
        void status.refetch();
        void list.refetch();
      },
    }),
  );
  const pick = async (): Promise<void> => {
    const [path] = await platform.pickOpenFiles({
      title: '选择备份文件',
      filters: [{ name: '台账备份', extensions: ['bbbackup'] }],
    });
    if (path) setRestoring(path);
  };
  const { data } = status;

  return (
    <div className="page">
      <div className="page-head">
        <Link href="/settings">设置</Link>
        <span aria-hidden>›</span>
        <h1>备份与恢复</h1>
      </div>
      <div className="page-body backup-cards">
        {data?.renewed ? (
          <Alert
            className="backup-wide"
            type="info"
            showIcon
            title={`本次打开时，台账换用了新的编号：${INCARNATION_WORDS[data.renewed]}。数据没有变化，下一次交换时会自动告知对方，不用另做什么。`}
          />
        ) : null}
        <Card
          title="备份"
          extra={
            <Button type="primary" loading={make.isPending} onClick={() => make.mutate({})}>
              立即备份
            </Button>
          }
        >
          <p style={{ marginTop: 0 }}>
            {data?.last
              ? `最近一次：${whenText(data.last.at)}（${reasonText(data.last)}），${sizeText(data.last.bytes)}，已打开核对。`
              : '还没有备份。'}
          </p>
          {data?.problem ? (
            <Alert type="warning" showIcon title={`自动备份没有成功，稍后再试。${data.problem}`} />
          ) : null}
          <p style={{ marginBottom: 0, color: '#374151' }}>
            每天启动时、导入前、升级前自动备份。保留最近 7 天、4 周、12 个月各一份，以及最近 5
            次导入前、升级前和手动备份。
          </p>
        </Card>
        {data ? (
          <PlaceCard folder={data.folder} second={data.second} stream={data.stream} />
        ) : (
          <Card loading className="backup-tall" />
        )}
        <CheckCard />
        {data ? <PicturesCard pictures={data.pictures} hasSecond={data.second.folder !== null} /> : null}
        <Card
          title="备份列表"
          className="backup-wide"
          styles={{ body: { padding: 0 } }}
          extra={<Button onClick={() => void pick()}>选择别处的备份文件…</Button>}
        >
          <BackupTable entries={list.data ?? []} loading={list.isPending} onRestore={setRestoring} />
        </Card>
      </div>
      <RestoreDialog path={restoring} onClose={() => setRestoring(null)} />
    </div>
  );
}
