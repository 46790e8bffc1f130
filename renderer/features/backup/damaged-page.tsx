import { useMutation } from '@tanstack/react-query';
import { App, Button, Card, Typography } from 'antd';
import { useState } from 'react';
import type { LedgerTrouble } from '../../../shared/contract/backup.ts';
import { api, forgetEverything, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { BackupTable } from './backup-table.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { whenText } from './words.ts';
import './backup.css';

/** One line a table; where the journal itself is damaged that may be many. */
function Lost({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 240, overflow: 'auto' }}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      其余已全部读出。补出、更正和没有核对的行，在工作簿的“核对”一列注明。
    </>
  );
}

/** Instead of a blank window: what happened, what is safe, what can be done. */
export function DamagedPage({ trouble }: { readonly trouble: LedgerTrouble }) {
  const { message, modal } = App.useApp();
  const [restoring, setRestoring] = useState<string | null>(null);
  const fail = (error: Error): void => {
    message.error(messageOf(error), 10);
  };
  const salvage = useMutation(
    api.backup.salvage.mutationOptions({
      onSuccess: ({ folder, rows, lost }) => {
        modal.success({
          title: `读出 ${rows} 行，已写成 Excel 工作簿`,
          content: lost.length === 0 ? '各表都完整读出，与流水相符。' : <Lost lines={lost} />,
          okText: '打开文件夹',
          onOk: () => void platform.showInFolder({ path: folder }),
        });
      },
      onError: fail,
    }),
  );
  const again = useMutation(api.session.open.mutationOptions({ onSuccess: forgetEverything, onError: fail }));
  const leave = useMutation(api.backup.dismissTrouble.mutationOptions({ onSuccess: forgetEverything, onError: fail }));
  const saveTo = async (): Promise<void> => {
    const [folder] = await platform.pickOpenFiles({ title: '读出的数据放在哪个文件夹', directory: true });
    if (folder) salvage.mutate({ folder });
  };
  const [newest] = trouble.backups;

  return (
    <main className="damaged">
      <section>
        <Typography.Title level={2} style={{ marginBottom: 4 }}>
          台账损坏
        </Typography.Title>
        <Typography.Paragraph>{trouble.text}</Typography.Paragraph>
        <Typography.Paragraph style={{ color: '#374151' }}>
          多半是硬盘或U盘故障、突然断电、杀毒软件误删造成的。备份是另外的文件，不受影响；损坏的文件原样保留。
        </Typography.Paragraph>
        <div className="backup-actions" style={{ marginBottom: 12 }}>
          {newest ? (
            <Button type="primary" onClick={() => setRestoring(newest.path)}>
              用最近的备份恢复（{whenText(newest.at)}）
            </Button>
          ) : null}
          <Button loading={salvage.isPending} onClick={() => void saveTo()}>
            导出能读出的数据…
          </Button>
          <Button onClick={() => void platform.showInFolder({ path: trouble.path })}>打开文件夹</Button>
          <Button loading={again.isPending} onClick={() => again.mutate({ path: trouble.path })}>
            再试一次
          </Button>
          <Button type="text" onClick={() => leave.mutate({})}>
            返回开始页
          </Button>
        </div>
        <Card size="small" title="找到的备份" styles={{ body: { padding: 0 } }}>
          <BackupTable entries={trouble.backups} loading={false} onRestore={setRestoring} />
        </Card>
      </section>
      <RestoreDialog path={restoring} onClose={() => setRestoring(null)} />
    </main>
  );
}
