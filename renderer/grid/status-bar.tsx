import { Button, Input, Popover } from 'antd';
import type { ReactNode } from 'react';
import type { GridNotice } from './types.ts';

export interface SelectionFigures {
  /** '计数 12', '求和 1,234.5', '平均 102.88', as shown. */
  readonly parts: readonly string[];
}

interface StatusBarProps {
  readonly total: number;
  readonly shown: number;
  readonly ticked: number;
  readonly filtered: boolean;
  readonly figures: SelectionFigures | null;
  readonly notice: GridNotice | null;
  readonly extra: ReactNode;
  /** The grid's own search; `words` is null while it is closed. Null where the screen has one. */
  readonly find: {
    readonly words: string | null;
    open(): void;
    change(words: string): void;
    close(): void;
  } | null;
  readonly excel: ReactNode;
  onClearFilters(): void;
  onCloseNotice(): void;
  onColumns(): void;
}

export function StatusBar(props: StatusBarProps) {
  const { total, shown, ticked, filtered, figures, notice, extra, find, excel } = props;
  return (
    <div className="lg-status">
      <span className="lg-status-count">
        {shown === total ? `共 ${total} 项` : `共 ${total} 项，筛选后 ${shown} 项`}
        {ticked > 0 ? `，已勾选 ${ticked} 项` : ''}
      </span>
      {filtered ? (
        <Button size="small" type="link" onClick={props.onClearFilters}>
          清除筛选
        </Button>
      ) : null}
      {extra}
      <div className="lg-status-notice" role="status">
        {notice === null ? null : <Notice notice={notice} onClose={props.onCloseNotice} />}
      </div>
      {figures === null ? null : (
        <span className="lg-status-figures">
          {figures.parts.map((part) => (
            <span key={part}>{part}</span>
          ))}
        </span>
      )}
      {find === null ? null : find.words === null ? (
        <Button size="small" type="text" title="汉字、全拼或首字母 Ctrl+F" onClick={find.open}>
          查找
        </Button>
      ) : (
        <span className="lg-find">
          <Input
            size="small"
            allowClear
            aria-label="在表中查找"
            placeholder="汉字、全拼或首字母"
            value={find.words}
            onChange={(event) => find.change(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') find.close();
            }}
          />
        </span>
      )}
      {excel}
      <Button size="small" type="text" onClick={props.onColumns}>
        列设置
      </Button>
    </div>
  );
}

function Notice({ notice, onClose }: { readonly notice: GridNotice; onClose(): void }) {
  const { kind, text, details } = notice;
  return (
    <span className={`lg-notice lg-notice-${kind}`}>
      <span className="lg-notice-text" title={text}>
        {text}
      </span>
      {details === undefined ? null : (
        <Popover
          trigger="click"
          placement="top"
          content={
            <ul className="lg-notice-list">
              {details.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          }
        >
          <Button size="small" type="link">
            {`查看 ${details.length} 条`}
          </Button>
        </Popover>
      )}
      <Button size="small" type="text" aria-label="关闭提示" onClick={onClose}>
        ×
      </Button>
    </span>
  );
}
