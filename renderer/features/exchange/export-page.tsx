import { UsbOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox, Descriptions, Empty, Result, Select, Space } from 'antd';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ExportResult } from '../../../shared/contract/exchange.ts';
import type { Removable } from '../../../shared/contract/platform.ts';
import { api, forgetExchange, ledger, platform } from '../../app/api.ts';
import { sizeText } from '../../components/size-text.ts';
import { useJob } from '../../components/use-job.tsx';
import { ExchangeFrame } from './frame.tsx';
import { SlipButton } from './slip-button.tsx';
import { VolumesCard } from './volumes-card.tsx';
import { periodText } from './words.ts';

/** Above this the originals go in volumes of their own (exchange design, Volumes). */
const ONE_FILE_BYTES = 200 * 1024 * 1024;

/** 导出: to whom, what is in it, onto which stick; written, read back, with a slip to sign. */
export function ExportPage() {
  const [, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const asked = search.get('to');
  const overview = useQuery(api.exchange.overview.queryOptions());
  const sticks = useQuery({
    queryKey: ['platform', 'sticks'],
    queryFn: () => platform.listRemovable(),
    refetchInterval: 3000,
  });
  const peers = (overview.data?.peers ?? []).filter((peer) => peer.status === 'admitted');
  const [chosen, setChosen] = useState<string | null>(asked);
  const [full, setFull] = useState(search.get('full') === '1');
  const [done, setDone] = useState<ExportResult | null>(null);
  const job = useJob();
  const officeId = chosen ?? peers.find((peer) => peer.above)?.officeId ?? peers[0]?.officeId ?? null;
  const estimate = useQuery(
    api.exchange.estimate.queryOptions({
      input: { officeId: officeId ?? '', full },
      enabled: officeId !== null && done === null,
    }),
  );
  const plan = estimate.data;

  const write = async (path: string): Promise<void> => {
    if (officeId === null) return;
    const result = await job.run('导出同步文件', (signal) =>
      ledger.exchange.export({ officeId, full, path }, { signal }),
    );
    if (!result) return;
    setDone(result);
    forgetExchange();
  };
  const elsewhere = async (): Promise<void> => {
    const path = await platform.pickSaveFile({
      title: '同步文件保存到',
      defaultName: plan?.suggestedName ?? '同步文件.bbsync',
      filters: [{ name: '同步文件', extensions: ['bbsync'] }],
    });
    if (path !== null) await write(path);
  };

  if (done) {
    return (
      <ExchangeFrame at="/exchange/export">
        <Card>
          <Result
            status="success"
            title="已写入并读回核对一致"
            subTitle={`${done.fileName}　第${done.number}号　${done.rows} 条　${sizeText(done.bytes)}${done.blobs > 0 ? `　照片、视频 ${done.blobs} 个` : ''}${done.volumes > 1 ? `　另有附件卷 ${done.volumes - 1} 个` : ''}。请安全弹出U盘后送交。`}
            extra={[
              done.unwritten > 0 ? (
                <Alert
                  key="rest"
                  type="warning"
                  showIcon
                  style={{ marginBottom: 8 }}
                  title={`还有 ${done.unwritten} 个附件卷没有写出：${done.unwrittenWhy ?? ''}数据文件完整，附件卷可以以后再写。`}
                />
              ) : null,
              <SlipButton key="slip" exchangeId={done.exchangeId} fileName={done.fileName} />,
              <Button key="show" onClick={() => void platform.showInFolder({ path: done.path })}>
                在文件夹中显示
              </Button>,
              <Button key="more" onClick={() => setDone(null)}>
                再导出一份
              </Button>,
              <Button key="home" onClick={() => navigate('/')}>
                回工作台
              </Button>,
            ]}
          />
        </Card>
      </ExchangeFrame>
    );
  }

  return (
    <ExchangeFrame at="/exchange/export">
      {overview.isSuccess && peers.length === 0 ? (
        <Card>
          <Empty description="还没有已入网的单位，无处可导。请先制作入网文件并核准来件。" />
        </Card>
      ) : (
        <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 340px', gap: 10 }}>
          <Card title="导出内容">
            <Space style={{ marginBottom: 12 }} wrap>
              <span>导出给</span>
              <Select
                style={{ width: 280 }}
                aria-label="导出给"
                value={officeId}
                options={peers.map((peer) => ({
                  value: peer.officeId,
                  label: peer.above ? `${peer.name}（上级）` : peer.name,
                }))}
                onChange={setChosen}
              />
              <Checkbox checked={full} onChange={(event) => setFull(event.target.checked)}>
                全量（对方数据不完整时用）
              </Checkbox>
            </Space>
            {plan ? (
              <>
                {plan.warnings.map((warning) => (
                  <Alert key={warning} type="warning" showIcon style={{ marginBottom: 8 }} title={warning} />
                ))}
                <Descriptions
                  bordered
                  size="small"
                  column={2}
                  items={[
                    { key: 'number', label: '编号', children: `第${plan.number}号` },
                    { key: 'period', label: '报告期', children: periodText(plan.period) },
                    ...(plan.blobs === 0
                      ? []
                      : [
                          {
                            key: 'blobs',
                            label: '照片、视频原件',
                            children: `${plan.blobs} 个，${sizeText(plan.blobBytes)}${plan.blobBytes > ONE_FILE_BYTES ? '，另写附件卷' : ''}`,
                          },
                        ]),
                    ...plan.counts.map((count) => ({
                      key: count.entity,
                      label: count.label,
                      children: `${count.rows} 条`,
                    })),
                  ]}
                />
                {plan.rows === 0 ? (
                  <p style={{ color: '#4b5563' }}>没有对方尚未收到的修改。仍可导出，文件只带回收件确认。</p>
                ) : null}
              </>
            ) : null}
            {estimate.isError ? <Alert type="error" showIcon title="暂时无法统计导出内容，请稍后再试。" /> : null}
          </Card>
          <Card title="写到哪里">
            <Space orientation="vertical" style={{ width: '100%' }}>
              {(sticks.data ?? []).map((stick) => (
                <StickButton
                  key={stick.path}
                  stick={stick}
                  disabled={!plan || job.busy}
                  onWrite={() => void write(stick.path)}
                />
              ))}
              {sticks.data?.length === 0 ? (
                <p style={{ margin: 0, color: '#4b5563' }}>没有发现U盘。插好后会自动出现在这里。</p>
              ) : null}
              <Button block disabled={!plan || job.busy} onClick={() => void elsewhere()}>
                保存到其他位置
              </Button>
            </Space>
          </Card>
        </div>
      )}
      <VolumesCard />
      {job.dialog}
    </ExchangeFrame>
  );
}

function StickButton({
  stick,
  disabled,
  onWrite,
}: {
  readonly stick: Removable;
  readonly disabled: boolean;
  readonly onWrite: () => void;
}) {
  const free = stick.freeBytes === null ? '' : `，可用 ${sizeText(stick.freeBytes)}`;
  return (
    <Button
      type="primary"
      block
      icon={<UsbOutlined aria-hidden />}
      disabled={disabled || stick.readOnly}
      onClick={onWrite}
      style={{ height: 'auto', paddingBlock: 8 }}
    >
      {stick.readOnly ? `U盘 ${stick.label} 是只读的，请检查写保护开关` : `导出到U盘 ${stick.label}${free}`}
    </Button>
  );
}
