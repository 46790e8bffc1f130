import { Fault } from '../../../shared/contract/faults.ts';
import type { PeriodInfo } from '../../../shared/contract/reports.ts';
import { type Cadence, dueDate, dueInstant } from '../../../shared/domain/cadence.ts';
import { daysBetween, type IsoDate } from '../../../shared/domain/date.ts';
import {
  nextPeriod,
  type Period,
  parsePeriod,
  periodLabel,
  periodOf,
  previousPeriod,
  reportName,
} from '../../../shared/domain/period.ts';
import { cadenceOn, cadences, type ReportKind } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

/** When an operator asks: the ledger's day and the instant (UTC ms). */
export interface Moment {
  readonly today: IsoDate;
  readonly now: number;
}

/** @throws Fault INVALID_VALUE when the key names no period of that kind */
export function readPeriod(kind: ReportKind, key: string): Period {
  const period = parsePeriod(key);
  if (period === null || period.kind !== kind)
    throw new Fault('INVALID_VALUE', { what: '报告期', why: `没有“${key}”这一期` });
  return period;
}

function remaining(days: number, passed: boolean): string {
  if (days > 0) return `还有${days}天`;
  if (days === 0) return passed ? '今天已截止' : '今天截止';
  return `已过${-days}天`;
}

/** A period as the screens name it, with its deadline under the cadence of its time. */
export function describePeriod(period: Period, all: readonly Cadence[], { today, now }: Moment): PeriodInfo {
  const kind = period.kind as ReportKind;
  const cadence = cadenceOn(all, kind, period.end);
  const { date, time } = dueDate(period, cadence);
  const instant = dueInstant(period, cadence);
  const overdue = now > instant;
  return {
    key: period.key,
    kind,
    label: periodLabel(period),
    title: `${periodLabel(period)}${reportName(kind)}`,
    start: period.start,
    end: period.end,
    due: { date, time, instant },
    dueText: remaining(daysBetween(today, date), overdue),
    overdue,
    previousKey: previousPeriod(period).key,
    nextKey: nextPeriod(period).key,
  };
}

/** The period to work on: the last one ended while its deadline is still ahead, else the one that holds the day. */
export function currentPeriod(kind: ReportKind, all: readonly Cadence[], { today }: Moment): Period {
  const running = periodOf(kind, today);
  const before = previousPeriod(running);
  return dueDate(before, cadenceOn(all, kind, before.end)).date >= today ? before : running;
}

/** The period to work on and those before it, newest first. */
export async function recentPeriods(store: Store, kind: ReportKind, count: number, moment: Moment) {
  const all = await cadences(store);
  const recent: PeriodInfo[] = [];
  let period = currentPeriod(kind, all, moment);
  const current = describePeriod(period, all, moment);
  for (let taken = 0; taken < count; taken += 1) {
    recent.push(describePeriod(period, all, moment));
    period = previousPeriod(period);
  }
  return { current, recent };
}
