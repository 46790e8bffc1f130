import { PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import type { GridApi } from 'ag-grid-community';
import { Button, Checkbox, Drawer, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { buildSearchText, matches } from '../components/search-match.ts';
import type { ResolvedColumn } from './column.ts';

interface ColumnChooserProps<R> {
  readonly open: boolean;
  readonly api: GridApi<R> | null;
  readonly columns: readonly ResolvedColumn<R>[];
  onClose(): void;
  onReset(): void;
}

const UNGROUPED = '其他';

/** 列设置: which columns are shown and which stay in view when scrolling sideways. Order is changed by dragging headings. */
export function ColumnChooser<R>({ open, api, columns, onClose, onReset }: ColumnChooserProps<R>) {
  const [query, setQuery] = useState('');
  const [, refresh] = useState(0);
  useEffect(() => {
    if (api === null || !open) return undefined;
    const tell = (): void => refresh((count) => count + 1);
    api.addEventListener('columnVisible', tell);
    api.addEventListener('columnPinned', tell);
    return () => {
      if (api.isDestroyed()) return;
      api.removeEventListener('columnVisible', tell);
      api.removeEventListener('columnPinned', tell);
    };
  }, [api, open]);
  const groups = useMemo(() => {
    const byGroup = new Map<string, ResolvedColumn<R>[]>();
    for (const column of columns) {
      if (query.trim() !== '' && !matches(buildSearchText(column.label, column.group), query)) continue;
      const group = column.group ?? UNGROUPED;
      byGroup.set(group, [...(byGroup.get(group) ?? []), column]);
    }
    return [...byGroup];
  }, [columns, query]);
  const isShown = (key: string): boolean => api?.getColumn(key)?.isVisible() ?? false;
  const isPinned = (key: string): boolean => api?.getColumn(key)?.isPinned() ?? false;
  const shownCount = columns.filter(({ key }) => isShown(key)).length;
  return (
    <Drawer
      title={`列设置（显示 ${shownCount} / ${columns.length} 列）`}
      open={open}
      onClose={onClose}
      size={340}
      mask={false}
      className="lg-chooser"
      footer={
        <div className="lg-chooser-foot">
          <Button onClick={onReset}>恢复默认</Button>
          <Button type="primary" onClick={onClose}>
            完成
          </Button>
        </div>
      }
    >
      <Input
        allowClear
        value={query}
        placeholder="查找列：汉字、拼音或首字母"
        aria-label="查找列"
        onChange={(event) => setQuery(event.target.value)}
      />
      {groups.map(([group, members]) => {
        const keys = members.map(({ key }) => key);
        const on = keys.filter(isShown).length;
        return (
          <section key={group} className="lg-chooser-group">
            <Checkbox
              className="lg-chooser-title"
              checked={on === keys.length}
              indeterminate={on > 0 && on < keys.length}
              onChange={(event) => api?.setColumnsVisible(keys, event.target.checked)}
            >
              {group}
            </Checkbox>
            {members.map(({ key, label, unit }) => (
              <div key={key} className="lg-chooser-row">
                <Checkbox
                  checked={isShown(key)}
                  onChange={(event) => api?.setColumnsVisible([key], event.target.checked)}
                >
                  {unit === null ? label : `${label}（${unit}）`}
                </Checkbox>
                <Button
                  size="small"
                  type="text"
                  disabled={!isShown(key)}
                  icon={isPinned(key) ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
                  aria-label={isPinned(key) ? `取消冻结“${label}”` : `冻结“${label}”`}
                  title={isPinned(key) ? '取消冻结' : '冻结在左侧'}
                  onClick={() => api?.setColumnsPinned([key], isPinned(key) ? null : 'left')}
                />
              </div>
            ))}
          </section>
        );
      })}
      {groups.length === 0 ? <div className="lg-list-more">没有这样的列</div> : null}
    </Drawer>
  );
}
