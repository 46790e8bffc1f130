import type { PeriodInfo } from '../../../shared/contract/reports.ts';
import { daysBetween, partsOf } from '../../../shared/domain/date.ts';

const NEAR = ['今天', '明天', '后天'] as const;

function dayText(date: string, today: string): string {
  const days = daysBetween(today, date);
  const near = NEAR[days];
  if (near !== undefined) return near;
  const { month, day } = partsOf(date);
  return `${month}月${day}日`;
}

/** '明天 17:00 截止', '5月28日 17:00 截止', '已于5月19日 17:00 截止'. */
export function deadlineText({ due, overdue }: PeriodInfo, today: string): string {
  return `${overdue ? '已于' : ''}${dayText(due.date, today)} ${due.time} 截止`;
}

/** '5月中旬旬报': within a year the year goes without saying. */
export function shortTitle({ title }: PeriodInfo, today: string): string {
  return title.startsWith(`${today.slice(0, 4)}年`) ? title.slice(5) : title;
}

export function shortLabel({ label }: PeriodInfo, today: string): string {
  return label.startsWith(`${today.slice(0, 4)}年`) ? label.slice(5) : label;
}
