import { setImmediate } from 'node:timers/promises';
import type { UnitLine } from '../../../shared/contract/workbench.ts';
import { addDays } from '../../../shared/domain/date.ts';
import { type Period, periodLabel, periodOf, previousPeriod } from '../../../shared/domain/period.ts';
import { judgeAll, ratesAt } from '../rates/index.ts';
import type { Session } from '../session/session.ts';
import { sheetLines } from '../supervision/index.ts';
import { currentCampaign } from './campaign.ts';
import { firstSteps } from './first-steps.ts';
import { redProjects } from './lights.ts';
import { type Overview, standings } from './standing.ts';
import { filesReadToday, unsentDownward, waitingFor } from './traffic.ts';

/** Each unit with projects in the city's order, and the rates of all. */
async function unitLines(session: Session, overview: Overview) {
  const { rows, total } = await ratesAt(session.store, { date: session.today(), by: 'unit' });
  const reported = new Map(overview.units.map((unit) => [unit.unitId, unit]));
  const units = rows.map((row): UnitLine => {
    const unit = reported.get(row.key);
    return {
      unitId: row.key,
      name: row.label,
      state: unit?.state ?? 'none',
      stateText: unit?.stateText ?? '无应报项目',
      projects: row.projects,
      red: row.lights.red,
      investment: row.rates.investmentRate?.text ?? '—',
    };
  });
  return { units, rates: total.rates };
}

/** 市级工作台: who has reported, which papers and decisions wait. */
export async function cityWorkbench(session: Session) {
  const { current, previous } = await standings(session);
  const all = await sheetLines(session);
  return {
    campaign: await currentCampaign(session.store, session.today()),
    firstSteps: await firstSteps(session.store),
    current,
    previous,
    sheets: all.filter((sheet) => sheet.standing !== 'closed'),
    waiting: await waitingFor(session),
    filesRead: await filesReadToday(session),
    unsent: await unsentDownward(session),
  };
}

/** What turned red and how the units stand: judges every project, so it takes longer. @throws Fault RULE_BROKEN */
export async function cityLights(session: Session) {
  const { current, overview } = await standings(session);
  const beforeDate = addDays(current.period.start, -1);
  return {
    beforeDate,
    ...(await redProjects(session.store, session.today(), beforeDate, await sheetLines(session))),
    ...(await unitLines(session, overview)),
  };
}

const TREND_PERIODS = 5;

/** Lets the requests that came in meanwhile be answered: the course of the rates is the last thing anyone waits for. */
const breathe = setImmediate;

/** 四率 of all projects at the ends of the last periods of the year, oldest first. @throws Fault RULE_BROKEN */
export async function rateTrend(session: Session) {
  const today = session.today();
  const ends: Period[] = [];
  let period = previousPeriod(periodOf('tenDay', today));
  while (ends.length < TREND_PERIODS && period.key.slice(0, 4) === today.slice(0, 4)) {
    ends.unshift(period);
    period = previousPeriod(period);
  }
  const trend = [];
  for (const end of ends) {
    const { total } = await ratesAt(session.store, { date: end.end, by: 'city' });
    trend.push({ date: end.end, label: `${periodLabel(end)}末`, rates: total.rates });
    // The days of the course must not push out today's, which every screen asks for.
    await judgeAll(session.store, today);
    await breathe();
  }
  return trend;
}
