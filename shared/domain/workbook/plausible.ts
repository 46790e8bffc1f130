import type { Value } from '../../dictionary/field.ts';
import type { Issue } from './value.ts';

export interface Finding {
  readonly field: string;
  readonly issue: Issue;
}

type Values = Readonly<Record<string, Value>>;

const warn = (field: string, text: string): Finding => ({ field, issue: { severity: 'warn', text } });
const amount = (values: Values, key: string): number | null => {
  const value = values[key];
  return typeof value === 'number' ? value : null;
};
const inWan = (yuan: number): string => `${(yuan / 10_000).toLocaleString('zh-CN', { maximumFractionDigits: 4 })} 万元`;

/** Below this share of the total the annual plan is likely in another unit (domain facts §9.2). */
const LEAST_SHARE = 0.0001;
const LEAST_TOTAL = 10_000;

function checkAmounts(values: Values): readonly Finding[] {
  const total = amount(values, 'totalInvestment');
  if (total === null || total === 0) return [];
  const found: Finding[] = [];
  const plan = amount(values, 'annualPlan');
  const previous = amount(values, 'previousInvestment');
  if (plan !== null && plan > 0 && plan < total * LEAST_SHARE) {
    found.push(warn('annualPlan', `年度计划 ${inWan(plan)}不到总投资 ${inWan(total)}的万分之一，疑似单位错误，请核对`));
  }
  if (plan !== null && plan > total)
    found.push(warn('annualPlan', `年度计划 ${inWan(plan)}大于总投资 ${inWan(total)}，请核对单位`));
  if (previous !== null && previous > total)
    found.push(warn('previousInvestment', `累计完成 ${inWan(previous)}大于总投资 ${inWan(total)}，请核对`));
  if (total < LEAST_TOTAL) found.push(warn('totalInvestment', `总投资只有 ${inWan(total)}，疑似单位错误，请核对`));
  return found;
}

function checkOrder(values: Values, from: string, to: string, text: string): readonly Finding[] {
  const [start, end] = [values[from], values[to]];
  return typeof start === 'string' && typeof end === 'string' && end < start ? [warn(to, text)] : [];
}

/** What a project's values say against each other; all of it is a warning, the row can still be imported. */
export function checkProject(values: Values): readonly Finding[] {
  return [
    ...checkAmounts(values),
    ...checkOrder(values, 'plannedStart', 'plannedCompletion', '早于计划开工日期，请核对'),
    ...checkOrder(values, 'actualStart', 'actualCompletion', '早于实际开工日期，请核对'),
  ];
}

/** What a report row's figures say against each other. */
export function checkReport(values: Values): readonly Finding[] {
  const period = amount(values, 'periodInvestment');
  const year = amount(values, 'yearToDate');
  return period !== null && year !== null && period > year
    ? [warn('yearToDate', `自年初累计 ${inWan(year)}小于本旬完成 ${inWan(period)}，请核对`)]
    : [];
}
