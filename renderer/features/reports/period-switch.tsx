import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { PeriodInfo } from '../../../shared/contract/reports.ts';
import { formatChinese } from '../../../shared/domain/date.ts';

export interface PeriodChoice {
  readonly period: string;
  readonly current: PeriodInfo;
  readonly onPeriod: (key: string) => void;
}

/** ◀ 2021年5月中旬旬报 ▶, and the way back to the period to work on. */
export function PeriodSwitch({
  info,
  current,
  onPeriod,
}: { readonly info: PeriodInfo } & Omit<PeriodChoice, 'period'>) {
  return (
    <>
      <Button
        icon={<LeftOutlined aria-hidden />}
        aria-label="上一期"
        title="上一期"
        onClick={() => onPeriod(info.previousKey)}
      />
      <h1 className="reports-title">{info.title}</h1>
      <Button
        icon={<RightOutlined aria-hidden />}
        aria-label="下一期"
        title="下一期"
        disabled={info.key >= current.key}
        onClick={() => onPeriod(info.nextKey)}
      />
      {info.key === current.key ? null : <Button onClick={() => onPeriod(current.key)}>回到本期</Button>}
    </>
  );
}

/** '截止 5月19日 17:00（还有1天）'. */
export function deadlineText({ due, dueText }: PeriodInfo): string {
  return `截止 ${formatChinese(due.date).replace(/^\d+年/u, '')} ${due.time}（${dueText}）`;
}
