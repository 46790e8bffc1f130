import { dictionary, type Field, type Value } from '../../../shared/dictionary/index.ts';
import { formatMoney, sumMoney } from '../../../shared/domain/money.ts';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { LightMark, lightText } from '../../components/light-mark.tsx';
import type { OwnerNote } from '../../components/use-authority.ts';
import type { GridColumn } from '../../grid/index.ts';
import type { ProjectRow } from './rows.ts';

const moneyText = (value: Value): string => (typeof value === 'number' ? formatMoney(value, '万元', 'exact') : '');

function moneySum(key: string): (rows: readonly ProjectRow[]) => string {
  return (rows) => moneyText(sumMoney(rows.map((row) => (typeof row[key] === 'number' ? row[key] : null))));
}

type OwnerOf = (key: string) => OwnerNote | null;

function fieldColumn(key: string, field: Field, ownerOf: OwnerOf): GridColumn<ProjectRow> {
  const owner = ownerOf(key);
  return {
    key,
    field,
    ...(owner === null
      ? {}
      : { ownerMark: owner.mark, help: `${field.help === undefined ? '' : `${field.help}。`}${owner.help}` }),
    ...(key === 'name' ? { pinned: 'left' as const, width: 250 } : {}),
  };
}

/** 投资率 of the rows shown: sum by sum, never an average of rates. */
function rateOf(rows: readonly ProjectRow[]): string {
  const planned = rows.filter((row) => (row.annualPlan ?? 0) > 0);
  return formatRate({
    numerator: sumMoney(planned.map((row) => row.yearToDate)),
    denominator: sumMoney(planned.map((row) => row.annualPlan)),
  });
}

function periodText(value: Value): string {
  const period = typeof value === 'string' ? parsePeriod(value) : null;
  return period === null ? '' : periodLabel(period);
}

const group = '进度（最近一期旬报）';

function computed(): readonly GridColumn<ProjectRow>[] {
  return [
    {
      key: 'period',
      label: '最近报告期',
      group,
      width: 118,
      value: (row) => row['period'] ?? null,
      format: periodText,
    },
    {
      key: 'yearToDate',
      label: '自年初累计',
      group,
      unit: '万元',
      kind: 'number',
      width: 110,
      value: (row) => row.yearToDate,
      format: moneyText,
      totalOf: moneySum('yearToDate'),
      help: '本年度最近一期旬报的自年初累计完成投资',
    },
    {
      key: 'investmentRate',
      label: '投资率',
      group,
      kind: 'number',
      width: 86,
      value: (row) => row['investmentRate'] ?? null,
      format: (_value, row) =>
        row.yearToDate === null || row.annualPlan === null
          ? ''
          : formatRate({ numerator: row.yearToDate, denominator: row.annualPlan }),
      totalOf: rateOf,
      help: '自年初累计 ÷ 年度计划投资；合计行按两列合计相除，没有年度计划的项目不计',
    },
    {
      key: 'sinceStart',
      label: '自开工累计',
      group,
      unit: '万元',
      kind: 'number',
      width: 110,
      value: (row) => row['sinceStart'] ?? null,
      format: moneyText,
      totalOf: moneySum('sinceStart'),
      help: '至上年底累计完成投资 + 自年初累计',
    },
    {
      key: 'fundsInPlace',
      label: '资金到位',
      group,
      unit: '万元',
      kind: 'number',
      width: 110,
      value: (row) => row['fundsInPlace'] ?? null,
      format: moneyText,
      totalOf: moneySum('fundsInPlace'),
    },
    { key: 'visibleProgress', label: '形象进度', group, width: 220, value: (row) => row['visibleProgress'] ?? null },
    { key: 'problems', label: '存在问题', group, width: 180, hidden: true, value: (row) => row['problems'] ?? null },
    {
      key: 'links',
      label: '推进链条',
      group,
      width: 124,
      value: (row) => (row.linksTotal === 0 ? null : row.linksDone / row.linksTotal),
      kind: 'number',
      format: (_value, row) =>
        row.linksTotal === 0
          ? ''
          : `${row.linksDone}/${row.linksTotal}${row.linksOverdue > 0 ? ` 逾期${row.linksOverdue}` : ''}`,
      help: '已完成环节/全部环节，逾期的个数',
    },
    {
      key: 'lightText',
      label: '亮灯原因',
      group,
      width: 260,
      hidden: true,
      value: (row) => row.lightText,
      tooltip: (row) => row.lightText ?? undefined,
    },
    {
      key: 'groupName',
      label: '包保推进组',
      group,
      width: 170,
      hidden: true,
      value: (row) => row['groupName'] ?? null,
    },
    {
      key: 'proposals',
      label: '建议修改',
      group,
      kind: 'number',
      width: 84,
      hidden: true,
      value: (row) => (row.proposals === 0 ? null : row.proposals),
      totalOf: (rows) => String(rows.reduce((sum, row) => sum + row.proposals, 0)),
      help: '对方提出、尚未处理的建议修改',
    },
  ];
}

/** What most operators look at first stands beside the name; a column keeps its group's heading otherwise. */
const HEAD = ['unitId', 'stage'];
const MONEY = ['totalInvestment', 'annualPlan'];

/** Computed columns go where an Excel user looks for them: the light first, the progress after the plan. */
export function projectColumns(ownerOf: OwnerOf, open: (id: string) => void): readonly GridColumn<ProjectRow>[] {
  const { fields } = dictionary.project;
  const all = Object.entries(fields).map(([key, field]) => fieldColumn(key, field, ownerOf));
  const pick = (keys: readonly string[], heading: string): readonly GridColumn<ProjectRow>[] =>
    all
      .filter((column) => keys.includes(column.key))
      .map((column) => ({ ...column, group: heading, ...(column.key === 'stage' ? { width: 128 } : {}) }));
  const names = all.filter((column) => column.key === 'name');
  const placed = new Set(['name', ...HEAD, ...MONEY]);
  const light: GridColumn<ProjectRow> = {
    key: 'light',
    label: '灯',
    width: 52,
    pinned: 'left',
    value: (row) => row.light,
    format: (value) => lightText(value),
    tooltip: (row) => `${lightText(row.light)}：${row.lightText ?? '没有判断依据'}`,
    render: (row) => <LightMark light={row.light} />,
    searchable: false,
    help: '按当前亮灯规则；双击打开项目页看原因',
  };
  const openColumn: GridColumn<ProjectRow> = {
    key: 'open',
    label: '详情',
    width: 60,
    pinned: 'left',
    value: () => null,
    searchable: false,
    render: (row) => (
      <button type="button" className="link-button" tabIndex={-1} onClick={() => open(row.id)}>
        打开
      </button>
    ),
    help: '打开项目页：基本情况、推进链条、进度报告、修改记录',
  };
  return [
    light,
    ...names,
    openColumn,
    ...pick(HEAD, '单位与阶段'),
    ...pick(MONEY, '总投资与年度计划'),
    ...computed(),
    ...all.filter((column) => !placed.has(column.key)),
  ];
}
