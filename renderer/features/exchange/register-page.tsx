import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Input, Segmented, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import type { RegisterEntry } from '../../../shared/contract/exchange.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { pagerItem } from '../../components/pager.tsx';
import { sizeText } from '../../components/size-text.ts';
import { ExchangeFrame } from './frame.tsx';
import { SlipButton } from './slip-button.tsx';
import { KIND_NAMES, periodText, timeText } from './words.ts';

type Direction = 'all' | 'in' | 'out';

/** Two lines of it; the whole text under the pointer. */
function Content({ text }: { readonly text: string }) {
  return (
    <Typography.Paragraph ellipsis={{ rows: 2 }} title={text} style={{ margin: 0 }}>
      {text}
    </Typography.Paragraph>
  );
}

/** 收发登记: every file sent and read, the refused ones too. */
export function RegisterPage() {
  const { message, modal } = App.useApp();
  const [direction, setDirection] = useState<Direction>('all');
  const [search, setSearch] = useState('');
  const entries = useQuery(
    api.exchange.register.queryOptions({
      input: { limit: 1000, ...(direction === 'all' ? {} : { direction }), ...(search === '' ? {} : { search }) },
    }),
  );
  const undo = useMutation(
    api.exchange.undoImport.mutationOptions({
      onSuccess: ({ reverted, kept }) =>
        message.success(`已撤销导入：${reverted} 处还原${kept > 0 ? `，${kept} 处后来又改过，保留后来的值` : ''}`, 8),
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  const ask = (entry: RegisterEntry): void => {
    modal.confirm({
      title: `撤销导入 ${entry.fileName}`,
      content: '这次导入写入、之后没有再改过的值全部还原。对方的数据没有丢，需要时可再次导入同一文件。',
      okText: '撤销导入',
      cancelText: '不撤销',
      onOk: () => undo.mutateAsync({ exchangeId: entry.id }),
    });
  };
  return (
    <ExchangeFrame
      at="/exchange/register"
      extra={
        <Space>
          <Segmented<Direction>
            value={direction}
            options={[
              { value: 'all', label: '全部' },
              { value: 'in', label: '收到' },
              { value: 'out', label: '送出' },
            ]}
            onChange={setDirection}
          />
          <Input.Search
            enterButton="查找"
            allowClear
            placeholder="单位、文件名、备注"
            aria-label="查找登记"
            style={{ width: 220 }}
            onSearch={setSearch}
          />
        </Space>
      }
    >
      <Table<RegisterEntry>
        size="small"
        rowKey="id"
        loading={entries.isPending}
        dataSource={entries.data ?? []}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, itemRender: pagerItem }}
        locale={{ emptyText: '还没有收发记录。导出或导入一个文件后，登记在这里。' }}
        scroll={{ x: 1100 }}
        columns={[
          { title: '时间', dataIndex: 'at', width: 140, render: timeText },
          {
            title: '收发',
            dataIndex: 'direction',
            width: 60,
            render: (value: RegisterEntry['direction']) => (value === 'in' ? '收到' : '送出'),
          },
          { title: '单位', dataIndex: 'officeName', width: 170 },
          {
            title: '种类',
            width: 100,
            render: (_, row) => `${KIND_NAMES[row.kind] ?? row.kind}${row.number === null ? '' : ` 第${row.number}号`}`,
          },
          { title: '报告期', dataIndex: 'period', width: 120, render: periodText },
          {
            title: '内容',
            // A refused file has no content; what it is called and why it was refused is what one looks for.
            render: (_, row) => (
              <Content
                text={row.outcome === 'refused' || row.outcome === 'forked' ? (row.note ?? row.fileName) : row.content}
              />
            ),
          },
          { title: '结果', dataIndex: 'outcomeText', width: 100 },
          { title: '大小', dataIndex: 'bytes', width: 80, align: 'right', render: sizeText },
          { title: '操作人', dataIndex: 'operator', width: 90 },
          {
            title: '操作',
            width: 120,
            render: (_, row) => {
              if (row.undoable) {
                return (
                  <Button type="link" size="small" onClick={() => ask(row)}>
                    撤销导入
                  </Button>
                );
              }
              return row.direction === 'out' && row.outcome === 'written' ? (
                <SlipButton exchangeId={row.id} fileName={row.fileName} />
              ) : null;
            },
          },
        ]}
      />
    </ExchangeFrame>
  );
}
