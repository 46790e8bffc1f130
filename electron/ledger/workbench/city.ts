import { addDays } from '../../../shared/domain/date.ts';
import { type Period, periodLabel, periodOf, previousPeriod } from '../../../shared/domain/period.ts';
import { ratesAt } from '../rates/index.ts';
import type { Session } from '../session/session.ts';
import { sheetLines } from '../supervision/index.ts';
import { currentCampaign } from './campaign.ts';
import { redProjects } from './lights.ts';
import { standings } from './standing.ts';
import { filesReadToday, unsentDownward, waitingFor } from './traffic.ts';

/** 市级工作台: who has reported, what turned red, which papers wait. @throws Fault RULE_BROKEN */
export async function cityWorkbench(session: Session) {
  const { store } = session;
  const today = session.today();
  const { current, previous } = await standings(session);
  const beforeDate = addDays(current.period.start, -1);
  const all = await sheetLines(session);
  return {
    campaign: await currentCampaign(store, today),
    current,
    previous,
    beforeDate,
    ...(await redProjects(store, today, beforeDate, all)),
    sheets: all.filter((sheet) => sheet.standing !== 'closed'),
    waiting: await waitingFor(session),
    filesRead: await filesReadToday(session),
    unsent: await unsentDownward(session),
  };
}

const TREND_PERIODS = 5;

/** 四率 of all projects at the ends of the last periods of the year and on the day, oldest first. @throws Fault RULE_BROKEN */
export async function rateTrend(session: Session) {
  const today = session.today();
  const running = periodOf('tenDay', today);
  const ends: Period[] = [];
  let period = previousPeriod(running);
  while (ends.length < TREND_PERIODS && period.key.slice(0, 4) === today.slice(0, 4)) {
    ends.unshift(period);
    period = previousPeriod(period);
  }
  const points = [
    ...ends.map((each) => ({ date: each.end, label: `${periodLabel(each)}末` })),
    { date: today, label: '今天' },
  ];
  const trend = [];
  for (const { date, label } of points) {
    const { total } = await ratesAt(session.store, { date, by: 'city' });
    trend.push({ date, label, rates: total.rates });
  }
  return trend;
}

