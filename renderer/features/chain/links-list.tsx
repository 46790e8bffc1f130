import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ChainFilter, ChainLinkRow, ChainLinkState } from '../../../shared/contract/chain.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { ImportList } from '../../components/import-list.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { FindingsStrip, useCheckedEdit } from '../../components/row-findings.tsx';
import { UnitSelect } from '../../components/unit-select.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { LedgerGrid } from '../../grid/index.ts';
import { allLinkColumns, linkLabel } from './link-columns.tsx';
import { LOOKS, STATE_ORDER } from './states.tsx';

export interface ListFilter {
  readonly states: readonly ChainLinkState[];
  readonly unitId: string | null;
  /** 'YYYY-MM'. */
  readonly month: string | null;
  readonly search: string;
}

export const FIRST_FILTER: ListFilter = { states: ['overdue', 'dueSoon'], unitId: null, month: null, search: '' };

function questionOf({ states, unitId, month }: ListFilter): ChainFilter {
  return {
    states: [...states],
    ...(unitId === null ? {} : { unitId }),
    ...(month === null ? {} : { month }),
  };
}

const NONE: readonly ChainLinkRow[] = [];

/** 环节清单: links of all projects by state, unit, month and person (C12, C7). */
export function LinksList({
  filter,
  onFilter,
}: {
  readonly filter: ListFilter;
  readonly onFilter: (filter: ListFilter) => void;
}) {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const refs = useRefs();
  const [active, setActive] = useState<ChainLinkRow | null>(null);
  const question = useMemo(() => questionOf(filter), [filter]);
  const { data, error } = useQuery({
    ...api.chain.links.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
  });
  const edit = useCheckedEdit('link');
  const open = useCallback((id: string) => navigate(`/projects/${id}`), [navigate]);
  const columns = useMemo(() => allLinkColumns(open), [open]);
  const toggle = (state: ChainLinkState): void => {
    const on = filter.states.includes(state);
    onFilter({
      ...filter,
      states: STATE_ORDER.filter((each) => (each === state ? !on : filter.states.includes(each))),
    });
  };
  return (
    <div className="view">
      <div className="bar">
        <fieldset className="chip-group" aria-label="状态">
          <button
            type="button"
            className="chip"
            aria-pressed={filter.states.length === 0}
            onClick={() => onFilter({ ...filter, states: [] })}
          >
            全部
          </button>
          {STATE_ORDER.map((state) => (
            <button
              key={state}
              type="button"
              className="chip"
              aria-pressed={filter.states.includes(state)}
              onClick={() => toggle(state)}
            >
              <span aria-hidden style={{ color: LOOKS[state].color }}>
                {LOOKS[state].sign}
              </span>{' '}
              {LOOKS[state].label}
            </button>
          ))}
        </fieldset>
        <UnitSelect value={filter.unitId} onChange={(unitId) => onFilter({ ...filter, unitId })} />
        <DatePicker
          picker="month"
          aria-label="时限所在月份"
          placeholder="时限在哪个月"
          style={{ width: 132 }}
          value={filter.month === null ? null : dayjs(`${filter.month}-01`)}
          onChange={(month) => onFilter({ ...filter, month: month?.format('YYYY-MM') ?? null })}
        />
        <Input
          allowClear
          placeholder="项目、环节、责任人"
          aria-label="查找环节"
          style={{ width: 160 }}
          value={filter.search}
          onChange={(event) => onFilter({ ...filter, search: event.target.value })}
        />
        <span className="quiet">
          {data === undefined
            ? ''
            : `共 ${data.total} 个环节${data.links.length < data.total ? `，先显示 ${data.links.length} 个` : ''}；提前 ${data.remindDays} 天提醒`}
        </span>
        <span className="spring" />
        <ImportList entity="link" />
        <PrintButton
          title="打印推进链条一览表"
          fileName={`推进链条一览表 ${today}`}
          load={() => ledger.chain.listPaper(question)}
        />
      </div>
      {error === null ? null : <Alert type="error" showIcon title={messageOf(error)} />}
      <div className="grow">
        <LedgerGrid<ChainLinkRow>
          label="推进链条环节清单"
          storageKey="chain-links"
          columns={columns}
          rows={data?.links ?? NONE}
          refs={refs}
          today={today}
          quickSearch={filter.search}
          loading={data === undefined && error === null}
          onEdit={edit}
          openLabel="打开项目页"
          onOpenRow={(link) => open(link.projectId)}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText={
            filter.states.length > 0 || filter.unitId !== null || filter.month !== null
              ? '没有符合条件的环节。点“全部”看所有环节，或清除单位和月份。'
              : '还没有推进链条。在上方“套用模板”里给项目排出各个环节的时限。'
          }
        />
      </div>
      <FindingsStrip
        row={active === null ? null : { title: `${active.projectName} · ${active.name}`, findings: active.findings }}
        labels={linkLabel}
        hint="选中一行，这里说明它有没有疑点；底色变黄的格子可以停在上面看原因。"
      />
    </div>
  );
}
