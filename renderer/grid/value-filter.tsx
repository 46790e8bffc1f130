import type { CustomFilterDisplayProps } from 'ag-grid-react';
import { useGridFilterDisplay } from 'ag-grid-react';
import { Button, Checkbox, Input } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { Value } from '../../shared/dictionary/field.ts';
import { buildSearchText, matches } from '../components/search-match.ts';
import { compareText, type ResolvedColumn } from './column.ts';
import { type ColumnFilter, isEmptyFilter } from './filter-model.ts';
import { parseCell } from './parse-cell.ts';

interface ValueFilterProps extends CustomFilterDisplayProps<{ readonly id: string }, unknown, ColumnFilter> {
  /** Current description of the column; asked for each time, since columns change while the grid lives. */
  columnOf(): ResolvedColumn<{ readonly id: string }> | undefined;
  today(): string;
}

interface Listed {
  readonly key: string;
  readonly count: number;
}

const MOST_LISTED = 300;
const BLANK = '（空白）';

/** Excel's filter: tick the values, or give bounds for numbers and days, or a part of the text. */
export function ValueFilter({ model, onModelChange, api, columnOf, today }: ValueFilterProps) {
  const [opened, setOpened] = useState(0);
  const hide = useRef<(() => void) | null>(null);
  useGridFilterDisplay({
    afterGuiAttached: (params) => {
      hide.current = params?.hidePopup ?? null;
      setOpened((count) => count + 1);
    },
  });
  const resolved = columnOf();
  const listed = useMemo(() => {
    const counts = new Map<string, number>();
    if (resolved !== undefined && opened > 0) {
      api.forEachNode((node) => {
        if (node.data === undefined) return;
        for (const key of resolved.filterKeys(node.data)) counts.set(key, (counts.get(key) ?? 0) + 1);
      });
    }
    return sortListed(counts, resolved);
    // The list is made when the filter opens, and stays as it is while it is open.
  }, [opened, resolved, api]);
  if (resolved === undefined) return null;
  return (
    <FilterForm
      key={`${opened}-${JSON.stringify(model)}`}
      column={resolved}
      listed={listed}
      model={model ?? {}}
      today={today()}
      onApply={(next) => {
        onModelChange(isEmptyFilter(next) ? null : next);
        hide.current?.();
      }}
      onCancel={() => hide.current?.()}
    />
  );
}

function sortListed<R>(counts: ReadonlyMap<string, number>, column: ResolvedColumn<R> | undefined): readonly Listed[] {
  const order = new Map((column?.field?.choices ?? []).map((choice, index) => [choice.label, index]));
  const number = (text: string): number => Number(text.replaceAll(',', ''));
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((left, right) => {
      if (left.key === '' || right.key === '') return left.key === '' ? 1 : -1;
      if (order.size > 0) return (order.get(left.key) ?? order.size) - (order.get(right.key) ?? order.size);
      if (column?.kind === 'number') return number(left.key) - number(right.key);
      return compareText(left.key, right.key);
    });
}

interface FilterFormProps<R> {
  readonly column: ResolvedColumn<R>;
  readonly listed: readonly Listed[];
  readonly model: ColumnFilter;
  readonly today: string;
  onApply(model: ColumnFilter): void;
  onCancel(): void;
}

function FilterForm<R>({ column, listed, model, today, onApply, onCancel }: FilterFormProps<R>) {
  const all = useMemo(() => listed.map(({ key }) => key), [listed]);
  const [query, setQuery] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(model.values ?? all));
  const [contains, setContains] = useState(model.contains ?? '');
  const [from, setFrom] = useState(() => shown(column, model.from));
  const [to, setTo] = useState(() => shown(column, model.to));
  const bounds = { from: readBound(column, from, today), to: readBound(column, to, today) };
  const found = useMemo(
    () =>
      query.trim() === ''
        ? listed
        : listed.filter(({ key }) => matches(buildSearchText(key === '' ? BLANK : key), query)),
    [listed, query],
  );
  const tickedFound = found.filter(({ key }) => ticked.has(key)).length;
  const wrong = bounds.from === undefined || bounds.to === undefined;

  const apply = (): void => {
    if (bounds.from === undefined || bounds.to === undefined) return;
    // As in Excel: with a search, only what was found and ticked remains.
    const values =
      query.trim() === ''
        ? all.filter((key) => ticked.has(key))
        : found.map(({ key }) => key).filter((key) => ticked.has(key));
    onApply({
      ...(values.length === all.length ? {} : { values }),
      ...(contains.trim() === '' ? {} : { contains: contains.trim() }),
      ...(bounds.from === null ? {} : { from: bounds.from }),
      ...(bounds.to === null ? {} : { to: bounds.to }),
    });
  };
  const tick = (keys: readonly string[], on: boolean): void => {
    const next = new Set(ticked);
    for (const key of keys) {
      if (on) next.add(key);
      else next.delete(key);
    }
    setTicked(next);
  };

  return (
    <form
      className="lg-filter"
      aria-label={`筛选：${column.label}`}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onKeyDown={(event) => {
        // Arrows and Tab work inside the form; the grid must not take them for its headings.
        if (event.key === 'Escape') onCancel();
        else event.stopPropagation();
      }}
    >
      <div className="lg-filter-title">{`筛选：${column.label}${column.unit === null ? '' : `（${column.unit}）`}`}</div>
      {column.kind === 'text' ? (
        <Input
          size="small"
          allowClear
          value={contains}
          placeholder="包含文字"
          aria-label="包含文字"
          onChange={(event) => setContains(event.target.value)}
        />
      ) : (
        <div className="lg-filter-bounds">
          <Input
            size="small"
            allowClear
            value={from}
            status={bounds.from === undefined ? 'error' : ''}
            placeholder={column.kind === 'date' ? '起，如 2021-5-1' : '不小于'}
            aria-label={column.kind === 'date' ? '起始日期' : '不小于'}
            onChange={(event) => setFrom(event.target.value)}
          />
          <span>至</span>
          <Input
            size="small"
            allowClear
            value={to}
            status={bounds.to === undefined ? 'error' : ''}
            placeholder={column.kind === 'date' ? '止，如 2021-5-31' : '不大于'}
            aria-label={column.kind === 'date' ? '截止日期' : '不大于'}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
      )}
      <Input
        size="small"
        allowClear
        value={query}
        placeholder="查找：汉字、拼音或首字母"
        aria-label="在下列各项中查找"
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className="lg-filter-list">
        <Checkbox
          checked={found.length > 0 && tickedFound === found.length}
          indeterminate={tickedFound > 0 && tickedFound < found.length}
          onChange={(event) =>
            tick(
              found.map(({ key }) => key),
              event.target.checked,
            )
          }
        >
          {query.trim() === '' ? '全选' : '全选查到的'}
        </Checkbox>
        {found.slice(0, MOST_LISTED).map(({ key, count }) => (
          <Checkbox key={key} checked={ticked.has(key)} onChange={(event) => tick([key], event.target.checked)}>
            <span className="lg-filter-value" title={key}>
              {key === '' ? BLANK : key}
            </span>
            <span className="lg-filter-count">{count}</span>
          </Checkbox>
        ))}
        {found.length > MOST_LISTED ? (
          <div className="lg-list-more">{`还有 ${found.length - MOST_LISTED} 项，请查找`}</div>
        ) : null}
        {found.length === 0 ? <div className="lg-list-more">没有查到</div> : null}
      </div>
      <div className="lg-filter-foot">
        <Button size="small" type="text" disabled={isEmptyFilter(model)} onClick={() => onApply({})}>
          清除筛选
        </Button>
        <span className="lg-grow" />
        <Button size="small" onClick={onCancel}>
          取消
        </Button>
        <Button size="small" type="primary" htmlType="submit" disabled={wrong || (tickedFound === 0 && all.length > 0)}>
          确定
        </Button>
      </div>
    </form>
  );
}

function shown<R>(column: ResolvedColumn<R>, bound: Value | undefined): string {
  if (bound === undefined || bound === null) return '';
  // Bounds have no row behind them; a column's own wording needs none for plain values.
  return column.field === null ? String(bound) : column.plain(bound, {} as R);
}

/** Null when blank, undefined when it cannot be read. */
function readBound<R>(column: ResolvedColumn<R>, text: string, today: string): Value | undefined {
  if (text.trim() === '') return null;
  if (column.field === null) {
    const number = Number(text.replaceAll(',', '').replace(/%$/, ''));
    if (column.kind !== 'number') return text.trim();
    return Number.isFinite(number) ? number : undefined;
  }
  const { min: _min, max: _max, ...field } = column.field;
  const parsed = parseCell(text, { ...field, required: false }, { today });
  return parsed.ok ? parsed.value : undefined;
}
