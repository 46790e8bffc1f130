import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Input, Pagination, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { PermitBoardRow, PermitCell, PermitKindRow } from '../../../shared/contract/permits.ts';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { pagerItem } from '../../components/pager.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { buildSearchText, matches } from '../../components/search-match.ts';
import { UnitSelect } from '../../components/unit-select.tsx';
import { useKept } from '../../components/use-kept.ts';
import { PermitLegend, PermitMark, stateLabel, TONE_CLASS } from './permit-mark.tsx';

type Only = 'all' | 'late' | 'blocked' | 'clock' | 'open';

const ONLY: readonly (readonly [Only, string])[] = [
  ['all', '全部'],
  ['late', '有逾期'],
  ['blocked', '有受阻'],
  ['clock', '联审超时'],
  ['open', '未办齐'],
];

function passes(row: PermitBoardRow, only: Only): boolean {
  switch (only) {
    case 'all':
      return true;
    case 'late':
      return row.late > 0;
    case 'blocked':
      return row.blocked > 0;
    case 'clock':
      return (row.clock?.over ?? 0) > 0;
    case 'open':
      return row.done < row.needed;
  }
}

function Cell({ cell }: { readonly cell: PermitCell | undefined }) {
  if (cell === undefined) return <td />;
  const late = cell.tone === 'late' && cell.state !== 'blocked';
  const expired = cell.expiry === 'expired' ? '，已过有效期' : cell.expiry === 'soon' ? '，有效期将到' : '';
  const told = `${stateLabel(cell.state)}：${cell.words}${expired}`;
  return (
    <td
      title={told}
      className={cell.tone === 'late' ? 'permit-late' : cell.tone === 'soon' || expired !== '' ? 'permit-soon' : ''}
    >
      <span className="permit-cell">
        <PermitMark state={cell.state} />
        {late || cell.expiry === 'expired' ? <span className="cell-late">！</span> : null}
        {cell.day === null ? null : <small>{cell.day.slice(2).replaceAll('-', '.')}</small>}
      </span>
    </td>
  );
}

interface TableProps {
  readonly kinds: readonly PermitKindRow[];
  readonly rows: readonly PermitBoardRow[];
  readonly open: (id: string) => void;
}

/** Projects on a page: each has a cell for every kind of permit. */
const PAGE_ROWS = 100;

function BoardTable({ kinds, rows, open }: TableProps) {
  const used = new Set(rows.flatMap((row) => row.cells.map((cell) => cell.kindId)));
  const columns = kinds.filter((kind) => used.has(kind.id));
  let unit = '';
  return (
    <table className="permit-board">
      <caption className="sr-only">项目办证推进表</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">办结</th>
          <th scope="col">联审计时</th>
          {columns.map((kind) => (
            <th
              scope="col"
              key={kind.id}
              title={`${kind.name}，${kind.department ?? ''}，${kind.limitDays ?? '—'} 个工作日`}
            >
              {kind.shortName}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isNew = row.unitName !== unit;
          unit = row.unitName;
          const byKind = new Map(row.cells.map((cell) => [cell.kindId, cell]));
          return [
            isNew ? (
              <tr key={`unit ${row.unitName}`} className="unit-row">
                <th scope="colgroup" colSpan={3 + columns.length}>
                  {row.unitName}
                </th>
              </tr>
            ) : null,
            <tr key={row.projectId}>
              <th scope="row">
                <button
                  type="button"
                  className="link-button name"
                  title={row.projectName}
                  onClick={() => open(row.projectId)}
                >
                  {row.projectName}
                </button>
              </th>
              <td>
                {row.done}/{row.needed}
              </td>
              <td className={TONE_CLASS[row.clock?.tone ?? 'none']}>{row.clock?.words ?? ''}</td>
              {columns.map((kind) => (
                <Cell key={kind.id} cell={byKind.get(kind.id)} />
              ))}
            </tr>,
          ];
        })}
      </tbody>
    </table>
  );
}

/** 项目办证推进表 (C5, D12): projects against permits. */
export function PermitBoard({ onSetUp }: { readonly onSetUp: () => void }) {
  const { today, path } = useLedger();
  const [, navigate] = useLocation();
  const [unitId, setUnitId] = useKept<string | null>(`permits.unit ${path}`, null);
  const [only, setOnly] = useKept<Only>(`permits.only ${path}`, 'open');
  const [search, setSearch] = useKept(`permits.search ${path}`, '');
  const question = useMemo(() => (unitId === null ? {} : { unitId }), [unitId]);
  const { data, error } = useQuery({
    ...api.permits.board.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(
    () =>
      (data?.rows ?? []).filter(
        (row) => passes(row, only) && (search === '' || matches(buildSearchText(row.projectName), search)),
      ),
    [data, only, search],
  );
  const [asked, setAsked] = useState(1);
  const last = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(asked, last);
  const shown = useMemo(() => rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS), [rows, page]);
  return (
    <div className="view">
      <div className="bar">
        <fieldset className="chip-group" aria-label="看哪些项目">
          {ONLY.map(([key, label]) => (
            <button key={key} type="button" className="chip" aria-pressed={only === key} onClick={() => setOnly(key)}>
              {label} <b>{(data?.rows ?? []).filter((row) => passes(row, key)).length}</b>
            </button>
          ))}
        </fieldset>
        <UnitSelect value={unitId} onChange={setUnitId} />
        <Input
          allowClear
          placeholder="项目名称，可用拼音"
          aria-label="查找项目"
          style={{ width: 180 }}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="spring" />
        <PrintButton
          title="打印项目办证推进表"
          fileName={`项目办证推进表 ${today}`}
          load={() => ledger.permits.paper(question)}
        />
      </div>
      <div className="bar" style={{ fontSize: 13 }}>
        <PermitLegend />
        {data !== undefined && data.without > 0 ? (
          <span className="quiet">
            另有 {data.without} 个项目没有登记手续。
            <button type="button" className="link-button" onClick={onSetUp}>
              登记手续
            </button>
          </span>
        ) : null}
        {last > 1 ? (
          <>
            <span className="spring" />
            <Pagination
              size="small"
              current={page}
              pageSize={PAGE_ROWS}
              total={rows.length}
              showSizeChanger={false}
              itemRender={pagerItem}
              showTotal={(total, [from, to]) => `第 ${from}–${to} 个，共 ${total} 个`}
              onChange={setAsked}
            />
          </>
        ) : null}
      </div>
      {error === null ? null : <Alert type="error" showIcon title={messageOf(error)} />}
      <div className="grow panel" style={{ overflow: 'auto' }}>
        {data === undefined ? <Spin /> : null}
        {data !== undefined && rows.length === 0 ? (
          <p className="quiet" style={{ padding: 16 }}>
            {data.rows.length === 0
              ? '这里是各项目的手续办理情况：计划和实际上报、批复的日期。点“登记手续”按手续目录给项目排出计划。'
              : '没有符合条件的项目。点“全部”，或清除单位和名称。'}
          </p>
        ) : null}
        {data !== undefined && rows.length > 0 ? (
          <BoardTable key={page} kinds={data.kinds} rows={shown} open={(id) => navigate(`/projects/${id}`)} />
        ) : null}
      </div>
    </div>
  );
}
