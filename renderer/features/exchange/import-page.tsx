import { FolderOpenOutlined, InboxOutlined } from '@ant-design/icons';
import { App, Button, Card, Checkbox, Space } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import { forgetExchange, ledger, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useJob } from '../../components/use-job.tsx';
import { AdmitDialog } from './admit-dialog.tsx';
import './exchange.css';
import { FileReports, summaryOf } from './file-reports.tsx';
import { ExchangeFrame } from './frame.tsx';

/** 导入: choose files or a folder → see what each is and would do → apply → result. Nothing is written before 导入. */
export function ImportPage() {
  const [, navigate] = useLocation();
  const { message } = App.useApp();
  /** Files that were opened from outside, as the address names them. */
  const asked = useSearch();
  const [reports, setReports] = useState<readonly FileReport[]>([]);
  const [applied, setApplied] = useState(false);
  const [massOk, setMassOk] = useState(false);
  const [admitting, setAdmitting] = useState<FileReport | null>(null);
  const job = useJob();

  const { run } = job;
  const look = useCallback(
    async (paths: string[]): Promise<void> => {
      if (paths.length === 0) return;
      const result = await run('查验文件', (signal) => ledger.exchange.preview({ paths }, { signal }));
      if (!result) return;
      setApplied(false);
      setMassOk(false);
      setReports(result);
      forgetExchange();
    },
    [run],
  );

  const opened = useRef('');
  useEffect(() => {
    if (opened.current === asked) return;
    opened.current = asked;
    void look(new URLSearchParams(asked).getAll('file'));
  }, [asked, look]);

  const pickFiles = async (): Promise<void> =>
    look(
      await platform.pickOpenFiles({
        title: '选择同步文件',
        multiple: true,
        filters: [{ name: '同步文件', extensions: ['bbsync'] }],
      }),
    );
  const pickFolder = async (): Promise<void> => {
    const [folder] = await platform.pickOpenFiles({ title: '选择文件夹或U盘', directory: true });
    if (!folder) return;
    try {
      const paths = await ledger.exchange.filesIn({ folder });
      if (paths.length === 0) message.info('这个文件夹里没有同步文件（.bbsync）。请换一个文件夹，或请对方重新导出。');
      await look(paths);
    } catch (error) {
      message.error(messageOf(error), 8);
    }
  };
  const apply = async (): Promise<void> => {
    const paths = ready.map((report) => report.path);
    const result = await job.run('导入', (signal) =>
      ledger.exchange.import({ paths, allowMassChange: massOk }, { signal }),
    );
    if (!result) return;
    const done = new Map(result.map((report) => [report.path, report]));
    setReports((before) => before.map((report) => done.get(report.path) ?? report));
    setApplied(true);
    forgetExchange();
  };

  const ready = reports.filter((report) => report.state === 'ready');
  const mass = ready.some((report) => report.massChange !== null);

  return (
    <ExchangeFrame
      at="/exchange/import"
      extra={
        <Space>
          <Button icon={<InboxOutlined aria-hidden />} onClick={() => void pickFiles()}>
            选择文件
          </Button>
          <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => void pickFolder()}>
            选择文件夹或U盘
          </Button>
        </Space>
      }
    >
      {reports.length === 0 ? (
        <Card>
          <p style={{ marginTop: 0 }}>
            选择一个或多个同步文件，也可以选整个文件夹。先查验、后导入：查验只读文件，逐个说明是谁的、哪一期、新增和变更多少、有什么异常；确认后才写入台账，导入前自动备份。
          </p>
          <Space>
            <Button type="primary" onClick={() => void pickFolder()}>
              选择文件夹或U盘
            </Button>
            <Button onClick={() => void pickFiles()}>选择文件</Button>
          </Space>
        </Card>
      ) : (
        <>
          <FileReports reports={reports} onAdmit={setAdmitting} />
          <div className="import-actions">
            {applied ? (
              <>
                <Button type="primary" onClick={() => navigate('/')}>
                  回工作台
                </Button>
                <Button onClick={() => navigate('/exchange/register')}>看收发登记</Button>
              </>
            ) : (
              <>
                {ready.length === 0 ? null : (
                  <Button type="primary" disabled={job.busy || (mass && !massOk)} onClick={() => void apply()}>
                    导入 {ready.length} 个文件
                  </Button>
                )}
                {mass ? (
                  <Checkbox checked={massOk} onChange={(event) => setMassOk(event.target.checked)}>
                    已与对方核实，大批变更属实
                  </Checkbox>
                ) : null}
                <Button onClick={() => setReports([])}>{ready.length === 0 ? '关闭' : '不导入'}</Button>
              </>
            )}
            {reports.length > 1 ? <span>{summaryOf(reports)}</span> : null}
          </div>
        </>
      )}
      <AdmitDialog
        report={admitting}
        onClose={() => setAdmitting(null)}
        onAdmitted={() => void look(reports.map((report) => report.path))}
      />
      {job.dialog}
    </ExchangeFrame>
  );
}
