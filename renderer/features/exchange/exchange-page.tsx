import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Table } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Peer } from '../../../shared/contract/exchange.ts';
import { dateAt, daysBetween, type IsoDate } from '../../../shared/domain/date.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { UpgradeNotice } from '../../components/upgrade-notice.tsx';
import { AheadNotice } from './ahead-notice.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import './exchange.css';
import { ExchangeFrame } from './frame.tsx';
import { IdentityNotice } from './identity-notice.tsx';
import { PeerActions } from './peer-actions.tsx';
import { gapText, periodText, STATUS_NAMES, timeText } from './words.ts';

/** A period of ten days, and one more that the longest month has. */
const MOST_DAYS = 11;

/** When a file last came, which period it brought, and how long ago that is where one of each period should come. */
function LastRead({ peer, today }: { readonly peer: Peer; readonly today: IsoDate }) {
  if (peer.lastRead === null) return peer.status === 'admitted' && !peer.above ? '还没有收到' : '—';
  const days = daysBetween(dateAt(peer.lastRead.at), today);
  return (
    <>
      {timeText(peer.lastRead.at)}　{periodText(peer.lastRead.period)}
      {peer.status === 'admitted' && !peer.above && days > MOST_DAYS ? (
        <div className="exchange-late">已 {days} 天没有收到</div>
      ) : null}
    </>
  );
}

/** 往来单位: whom this office exchanges files with, what waits to be sent, who is behind. */
export function ExchangePage() {
  const [, navigate] = useLocation();
  const { level, today } = useLedger();
  const overview = useQuery(api.exchange.overview.queryOptions());
  const [enrolling, setEnrolling] = useState(false);
  const data = overview.data;
  // The city invites whom it likes; a county those that the city has put under it.
  const invites = level === 'city' || (data?.peers ?? []).some((peer) => !peer.above);
  const late = (data?.peers ?? []).filter((peer) => peer.ahead > 0);
  // Those of a fast clock are told apart, with what can be done.
  const told = late.reduce((sum, peer) => sum + peer.ahead, 0);
  const waiting = data ? Object.values(data.waiting).reduce((sum, count) => sum + count, 0) - told : 0;

  return (
    <ExchangeFrame
      at="/exchange"
      extra={
        !invites ? null : (
          <Button type="primary" onClick={() => setEnrolling(true)}>
            制作入网文件
          </Button>
        )
      }
    >
      <UpgradeNotice notice={data?.upgrade ?? null} />
      {data?.notice ? (
        <IdentityNotice notice={data.notice} above={data.peers.find((peer) => peer.above)?.officeId ?? null} />
      ) : null}
      {data && (data.conflicts > 0 || data.proposals > 0) ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 8 }}
          title={`有 ${data.proposals} 条建议修改、${data.conflicts} 处冲突待处理`}
          action={
            <Button size="small" onClick={() => navigate('/exchange/disputes')}>
              去处理
            </Button>
          }
        />
      ) : null}
      {late.map((peer) => (
        <AheadNotice key={peer.officeId} peer={peer} />
      ))}
      {waiting > 0 ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 8 }}
          title={`来件中有 ${waiting} 条暂存，没有丢失；原因和内容见“建议与冲突”。`}
          action={
            <Button size="small" onClick={() => navigate('/exchange/disputes')}>
              查看
            </Button>
          }
        />
      ) : null}
      <Table<Peer>
        size="small"
        rowKey="officeId"
        loading={overview.isPending}
        pagination={false}
        dataSource={data?.peers ?? []}
        locale={{
          emptyText:
            level === 'city'
              ? '还没有往来单位。先在“组织”中登记责任单位，再为每个县区制作入网文件。'
              : '还没有往来单位。',
        }}
        columns={[
          {
            title: '单位',
            dataIndex: 'name',
            render: (name: string, row) => (row.above ? `${name}（上级）` : name),
          },
          { title: '状态', dataIndex: 'status', width: 90, render: (status: Peer['status']) => STATUS_NAMES[status] },
          {
            title: '待送出的修改',
            dataIndex: 'unsent',
            width: 120,
            align: 'right',
            render: (count: number, row) => (row.status !== 'admitted' ? '—' : count === 0 ? '无' : `${count} 条`),
          },
          {
            title: '最近送出',
            width: 260,
            render: (_, row) =>
              row.lastSent
                ? `${timeText(row.lastSent.at)} 第${row.lastSent.number}号${row.lastSent.read ? '，对方已导入' : '，未见回执'}`
                : '—',
          },
          {
            title: '最近收到',
            width: 220,
            render: (_, row) => <LastRead peer={row} today={today} />,
          },
          {
            title: '缺号',
            width: 110,
            render: (_, row) => (row.gap ? gapText(row.gap) : '无'),
          },
          { title: '操作', width: 170, render: (_, row) => <PeerActions peer={row} /> },
        ]}
      />
      {data?.fingerprint ? (
        <Card size="small" style={{ marginTop: 10 }}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'f', label: '本单位指纹（入网时电话核对用）', children: <strong>{data.fingerprint}</strong> },
            ]}
          />
        </Card>
      ) : null}
      <EnrolDialog open={enrolling} onClose={() => setEnrolling(false)} peers={data?.peers ?? []} />
    </ExchangeFrame>
  );
}
