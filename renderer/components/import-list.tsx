import { ImportOutlined } from '@ant-design/icons';
import { App, Button, Modal, Table } from 'antd';
import { useState } from 'react';
import type { ListPreview, ListRow } from '../../shared/contract/workbook.ts';
import { entityOf } from '../../shared/dictionary/index.ts';
import type { ListEntity } from '../../shared/domain/workbook/list-sheet.ts';
import { ledger, platform } from '../app/api.ts';
import { messageOf } from '../app/fault.ts';
import { useSave } from './use-save.tsx';

const STATES: Readonly<Record<ListRow['state'], string>> = {
  new: '新增',
  update: '更新',
  same: '已有，不变',
  bad: '不导入',
};

/** Columns shown beside the verdict; what else the sheet has is read all the same. */
const MOST_COLUMNS = 6;

interface ImportListProps {
  readonly entity: ListEntity;
  /** The rows are all of this project. */
  readonly projectId?: string | undefined;
}

/** 导入 Excel of a list: what each row would become is shown first, with the reason where it cannot be. */
export function ImportList({ entity, projectId }: ImportListProps) {
  const { message } = App.useApp();
  const saver = useSave();
  const [preview, setPreview] = useState<ListPreview | null>(null);
  const target = { entity, ...(projectId === undefined ? {} : { projectId }) };
  const { label } = entityOf(entity);
  const choose = async (): Promise<void> => {
    try {
      const [path] = await platform.pickOpenFiles({
        title: `选择${label}的 Excel 表`,
        filters: [{ name: 'Excel 工作簿', extensions: ['xlsx', 'xls', 'csv', 'et', 'ods'] }],
      });
      if (path !== undefined) setPreview(await ledger.workbook.openList({ path, ...target }));
    } catch (error) {
      message.error(messageOf(error), 10);
    }
  };
  const close = (): void => {
    if (preview !== null) void ledger.workbook.close({ importId: preview.importId });
    setPreview(null);
  };
  const counts = preview?.counts ?? { new: 0, update: 0, same: 0, bad: 0 };
  const run = async (): Promise<void> => {
    if (preview === null) return;
    const { importId } = preview;
    const done = `已导入：新增 ${counts.new} 条，更新 ${counts.update} 条`;
    if (await saver.run(() => ledger.workbook.applyList({ importId, ...target }), done)) close();
  };
  const shown = (preview?.columns ?? []).map((column, index) => ({ ...column, index })).filter(({ read }) => read);
  const unread = (preview?.columns ?? []).filter(({ read }) => !read).map(({ heading }) => heading);
  return (
    <>
      <Button icon={<ImportOutlined aria-hidden />} title={`从 Excel 表导入${label}`} onClick={() => void choose()}>
        导入 Excel
      </Button>
      <Modal
        open={preview !== null}
        title={`导入${label}：${preview?.fileName ?? ''}`}
        width={980}
        okText={`导入 ${counts.new + counts.update} 条`}
        okButtonProps={{ disabled: counts.new + counts.update === 0, loading: saver.saving }}
        onOk={() => void run()}
        onCancel={close}
        destroyOnHidden
      >
        <p style={{ margin: '0 0 8px' }}>
          工作表“{preview?.sheet}”：新增 <b>{counts.new}</b> 条，更新 <b>{counts.update}</b> 条，台账已有、不变{' '}
          <b>{counts.same}</b> 条
          {counts.bad > 0 ? (
            <span className="cell-late">
              ，不导入 <b>{counts.bad}</b> 条（原因见表，改正后可再导入一次）
            </span>
          ) : null}
          。{unread.length > 0 ? <span className="quiet">没有读入的列：{unread.join('、')}。</span> : null}
        </p>
        <Table<ListRow>
          size="small"
          rowKey="rowNumber"
          pagination={false}
          scroll={{ y: 380 }}
          dataSource={preview?.rows ?? []}
          columns={[
            { key: 'row', title: '行', dataIndex: 'rowNumber', width: 52, align: 'right' },
            {
              key: 'state',
              title: '结果',
              width: 250,
              render: (_, row) => (
                <span className={row.state === 'bad' ? 'cell-late' : row.state === 'same' ? 'quiet' : ''}>
                  {STATES[row.state]}
                  {row.problems.length > 0 ? `：${row.problems.join('；')}` : ''}
                </span>
              ),
            },
            ...shown.slice(0, MOST_COLUMNS).map(({ heading, letter, index }, place) => ({
              key: letter,
              title: heading,
              ...(place === 0 ? { width: 200 } : {}),
              ellipsis: true,
              render: (_: unknown, row: ListRow) => row.texts[index],
            })),
          ]}
        />
      </Modal>
    </>
  );
}
