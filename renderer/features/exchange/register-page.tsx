import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Descriptions, Input, Segmented, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import { KIND_NAMES, type RegisterEntry } from '../../../shared/contract/exchange.ts';
import type { TableSheet } from '../../../shared/contract/workbook.ts';
import { digestText } from '../../../shared/domain/digest-text.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { exportExcel } from '../../components/export-excel.ts';
import { pagerItem } from '../../components/pager.tsx';
import { PrintDialog } from '../../components/print-dialog.tsx';
import { sizeText } from '../../components/size-text.ts';
import { useSayWritten } from '../../components/use-say-written.tsx';
import { ExchangeFrame } from './frame.tsx';
import { SlipButton } from './slip-button.tsx';
import { periodText, timeText } from './words.ts';

type Direction = 'all' | 'in' | 'out';

/** What the program asks for at once: the newest; older ones are found by searching. */
const MOST = 5000;

const kindText = (row: RegisterEntry): string =>
  `${KIND_NAMES[row.kind] ?? row.kind}${row.number === null ? '' : ` 第${row.number}号`}`;
const directionText = (value: RegisterEntry['direction']): string => (value === 'in' ? '收到' : '送出');
// A refused file has no content; what it is called and why it was refused is what one looks for.
const contentOf = (row: RegisterEntry): string =>
  row.outcome === 'refused' || row.outcome === 'forked' ? (row.note ?? row.fileName) : row.content;

/** The register as one sheet of a workbook. */
function sheetOf(entries: readonly RegisterEntry[], note: string): TableSheet {
  const columns: readonly (readonly [heading: string, width: number, text: (row: RegisterEntry) => string | number])[] =
    [
      ['时间', 17, (row) => timeText(row.at)],
      ['收发', 6, (row) => directionText(row.direction)],
      ['单位', 24, (row) => row.officeName],
      ['种类编号', 12, kindText],
      ['报告期', 14, (row) => periodText(row.period)],
      ['内容', 40, contentOf],
      ['结果', 14, (row) => row.outcomeText],
      ['对方回执', 30, (row) => row.receipt ?? ''],
      ['大小（字节）', 12, (row) => row.bytes],
      ['操作人', 10, (row) => row.operator],
      ['文件名', 40, (row) => row.fileName],
      ['文件摘要', 40, (row) => (row.digest === null ? '' : digestText(row.digest))],
      ['说明', 40, (row) => row.note ?? ''],
    ];
  return {
    name: '收发登记',
    title: '数据文件收发登记表',
    note,
    unit: null,
    columns: columns.map(([heading, width]) => ({
      heading,
      width,
      group: null,
      kind: heading.startsWith('大小') ? 'integer' : 'text',
      unit: null,
    })),
    rows: entries.map((row) => columns.map(([, , text]) => text(row))),
    totals: null,
    frozenColumns: 3,
    paper: 'A3',
  };
}

/** What does not fit into the row. */
function Details({ row }: { readonly row: RegisterEntry }) {
  const items = [
    { key: 'file', label: '文件名', children: `${row.fileName}（${sizeText(row.bytes)}）` },
    { key: 'digest', label: '文件摘要', children: row.digest === null ? '—' : <code>{digestText(row.digest)}</code> },
    ...(row.receipt === null ? [] : [{ key: 'receipt', label: '对方回执', children: row.receipt }]),
    ...(row.note === null || row.note === row.receipt ? [] : [{ key: 'note', label: '说明', children: row.note }]),
  ];
  return <Descriptions size="small" column={1} items={items} />;
}

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
  const [printing, setPrinting] = useState(false);
  const { officeName, today } = useLedger();
  const sayWritten = useSayWritten();
  const filter = {
    limit: MOST,
    ...(direction === 'all' ? {} : { direction }),
    ...(search === '' ? {} : { search }),
  };
  const entries = useQuery(
    api.exchange.register.queryOptions({
      input: filter,
    }),
  );
  const paper = useQuery(api.exchange.registerPaper.queryOptions({ input: filter, enabled: printing }));
  const write = async (): Promise<void> => {
    try {
      const rows = entries.data ?? [];
      const path = await exportExcel(sheetOf(rows, `${officeName}　${today}`), today);
      if (path !== null) sayWritten(`已导出 ${rows.length} 行`, path);
    } catch (error) {
      message.error(messageOf(error), 8);
    }
  };
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
            style={{ width: 280 }}
            onSearch={setSearch}
          />
          <Button disabled={!entries.data?.length} onClick={() => setPrinting(true)}>
            打印
          </Button>
          <Button disabled={!entries.data?.length} onClick={() => void write()}>
            导出 Excel
          </Button>
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
        expandable={{ expandedRowRender: (row) => <Details row={row} /> }}
        columns={[
          { title: '时间', dataIndex: 'at', width: 140, render: timeText },
          {
            title: '收发',
            dataIndex: 'direction',
            width: 60,
            render: directionText,
          },
          { title: '单位', dataIndex: 'officeName', width: 150 },
          {
            title: '种类',
            width: 100,
            render: (_, row) => kindText(row),
          },
          { title: '报告期', dataIndex: 'period', width: 120, render: periodText },
          {
            title: '内容',
            render: (_, row) => <Content text={contentOf(row)} />,
          },
          {
            title: '结果',
            width: 120,
            render: (_, row) => (
              <>
                {row.outcomeText}
                {row.receipt === null ? null : <div className="quiet">{row.receipt.replace(/（.*$/u, '')}</div>}
              </>
            ),
          },
          { title: '操作人', dataIndex: 'operator', width: 90 },
          {
            title: '操作',
            width: 160,
            render: (_, row) => {
              const isReceipt = row.direction === 'in' && row.outcome === 'applied';
              return (
                <Space size={0}>
                  {isReceipt || (row.direction === 'out' && row.outcome === 'written') ? (
                    <SlipButton exchangeId={row.id} fileName={row.fileName} receipt={isReceipt} quiet />
                  ) : null}
                  {row.undoable ? (
                    <Button type="link" size="small" onClick={() => ask(row)}>
                      撤销导入
                    </Button>
                  ) : null}
                </Space>
              );
            },
          },
        ]}
      />
      <PrintDialog
        open={printing}
        title="打印收发登记表"
        paper={paper.data}
        fault={paper.error ? messageOf(paper.error) : null}
        fileName={`收发登记表（${today}）`}
        onClose={() => setPrinting(false)}
      />
    </ExchangeFrame>
  );
}
