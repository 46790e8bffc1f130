import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { MonthlyTaskRow } from '../../../shared/contract/chain.ts';
import { api } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { ImportList } from '../../components/import-list.tsx';
import { useCheckedEdit } from '../../components/row-findings.tsx';
import { useKept } from '../../components/use-kept.ts';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';
import { taskColumns } from './task-columns.tsx';

const NONE: readonly MonthlyTaskRow[] = [];

/** 月度任务 of all projects in one month, with completion marks (E1). */
export function TasksView() {
  const { today, path } = useLedger();
  const [, navigate] = useLocation();
  const [month, setMonth] = useKept(`chain.month ${path}`, today.slice(0, 7));
  const { data } = useQuery({
    ...api.chain.tasks.queryOptions({ input: { month } }),
    placeholderData: keepPreviousData,
  });
  const edit = useCheckedEdit('monthlyTask');
  const columns = useMemo(
    (): readonly GridColumn<MonthlyTaskRow>[] => [
      { key: 'unitName', label: '责任单位', width: 92, pinned: 'left' },
      { key: 'projectName', label: '项目', width: 260, pinned: 'left' },
      ...taskColumns.filter((column) => column.key !== 'month'),
    ],
    [],
  );
  const rows = data ?? NONE;
  const count = (state: MonthlyTaskRow['state']): number => rows.filter((row) => row.state === state).length;
  return (
    <div className="view">
      <div className="bar">
        <DatePicker
          picker="month"
          allowClear={false}
          aria-label="月份"
          value={dayjs(`${month}-01`)}
          onChange={(value) => setMonth((value ?? dayjs(today)).format('YYYY-MM'))}
        />
        <span className="quiet">
          {rows.length} 项任务，已完成 {count('done')}，未完成 {rows.length - count('done')}
          {count('late') > 0 ? `（其中逾期 ${count('late')}）` : ''}
        </span>
        <span className="spring" />
        <ImportList entity="monthlyTask" />
      </div>
      <div className="grow">
        <LedgerGrid<MonthlyTaskRow>
          label="月度任务"
          storageKey="chain-tasks"
          columns={columns}
          rows={rows}
          today={today}
          totals
          loading={data === undefined}
          onEdit={edit}
          openLabel="打开项目页"
          onOpenRow={(task) => navigate(`/projects/${task.projectId}`)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText="这个月没有任务。可在上方“分解到月”，把项目的年度计划分到各月。"
        />
      </div>
    </div>
  );
}
