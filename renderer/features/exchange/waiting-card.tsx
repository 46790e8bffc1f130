import { useQuery } from '@tanstack/react-query';
import { Card, Table, Typography } from 'antd';
import type { ParkedItem } from '../../../shared/contract/exchange.ts';
import { api } from '../../app/api.ts';
import { pagerItem } from '../../components/pager.tsx';
import { timeText } from './words.ts';

const MOST = 2000;

/** 暂存: what came and could not be put into the ledger, why, and what is in it. Nothing to be done here: it waits. */
export function WaitingCard() {
  const waiting = useQuery(api.exchange.parked.queryOptions({ input: { limit: MOST } }));
  const items = waiting.data ?? [];
  if (items.length === 0) return null;
  return (
    <Card size="small" style={{ marginTop: 10 }} title={`暂存的来件内容（${items.length}）`}>
      <Table<ParkedItem>
        size="small"
        rowKey="id"
        dataSource={items}
        pagination={{ pageSize: 20, hideOnSinglePage: true, itemRender: pagerItem }}
        columns={[
          { title: '收到时间', dataIndex: 'at', width: 140, render: timeText },
          { title: '来自', dataIndex: 'officeName', width: 150 },
          {
            title: '记录',
            width: 220,
            render: (_, row) => (row.rowName === '' ? row.entityLabel : `${row.entityLabel}“${row.rowName}”`),
          },
          {
            title: '内容',
            render: (_, row) => {
              const text = row.values.map(({ label, text }) => `${label}：${text}`).join('；');
              return (
                <Typography.Paragraph ellipsis={{ rows: 2 }} title={text} style={{ margin: 0 }}>
                  {text}
                </Typography.Paragraph>
              );
            },
          },
          { title: '为什么暂存', dataIndex: 'reasonText', width: 240 },
        ]}
      />
    </Card>
  );
}
