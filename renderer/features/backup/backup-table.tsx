import { Button, Table } from 'antd';
import type { BackupEntry } from '../../../shared/contract/backup.ts';
import { pagerItem } from '../../components/pager.tsx';
import { sizeText } from '../../components/size-text.ts';
import { PLACE_WORDS, reasonText, whenText } from './words.ts';

interface BackupTableProps {
  readonly entries: readonly BackupEntry[];
  readonly loading: boolean;
  readonly onRestore: (path: string) => void;
}

/** Backups, newest first. All of them were opened and checked when they were made. */
export function BackupTable({ entries, loading, onRestore }: BackupTableProps) {
  return (
    <Table
      size="small"
      rowKey="path"
      loading={loading}
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, itemRender: pagerItem }}
      locale={{ emptyText: '还没有备份' }}
      dataSource={entries}
      columns={[
        { title: '时间', dataIndex: 'at', width: 150, render: (at: number) => whenText(at) },
        { title: '原因', key: 'reason', width: 90, render: (_, entry) => reasonText(entry) },
        { title: '大小', dataIndex: 'bytes', width: 100, align: 'right', render: (bytes: number) => sizeText(bytes) },
        { title: '位置', key: 'place', width: 90, render: (_, entry) => PLACE_WORDS[entry.place] },
        { title: '文件', dataIndex: 'name', ellipsis: true },
        {
          title: '操作',
          key: 'do',
          width: 90,
          render: (_, entry) => (
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onRestore(entry.path)}>
              恢复…
            </Button>
          ),
        },
      ]}
    />
  );
}
