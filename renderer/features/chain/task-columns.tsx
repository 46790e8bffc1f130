import type { MonthlyTaskRow } from '../../../shared/contract/chain.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { markFindings } from '../../components/row-findings.tsx';
import type { GridColumn } from '../../grid/index.ts';

const { fields } = dictionary.monthlyTask;

const STATES: Readonly<Record<MonthlyTaskRow['state'], readonly [sign: string, label: string, color: string]>> = {
  late: ['■', '未完成', '#c01c28'],
  current: ['▲', '本月', '#a15c00'],
  ahead: ['○', '未到', '#374151'],
  done: ['✓', '已完成', '#1a7f37'],
};
const ORDER: readonly MonthlyTaskRow['state'][] = ['late', 'current', 'ahead', 'done'];

const state: GridColumn<MonthlyTaskRow> = {
  key: 'state',
  label: '状态',
  width: 92,
  kind: 'number',
  total: 'none',
  value: (task) => ORDER.indexOf(task.state),
  format: (_, task) => STATES[task.state][1],
  render: (task) => {
    const [sign, label, color] = STATES[task.state];
    return (
      <span>
        <span aria-hidden style={{ color }}>
          {sign}
        </span>{' '}
        {label}
      </span>
    );
  },
  cellClass: () => 'cell-left',
  help: '填了完成日期为已完成；过了月份仍没有填的为未完成',
};

/** Columns of monthly tasks. */
export const taskColumns: readonly GridColumn<MonthlyTaskRow>[] = markFindings<MonthlyTaskRow>([
  { key: 'month', field: fields.month, pinned: 'left' },
  state,
  { key: 'investment', field: fields.investment },
  { key: 'content', field: fields.content },
  { key: 'doneOn', field: fields.doneOn },
  { key: 'result', field: fields.result },
]);
