import { addDays } from '../../../shared/domain/date.ts';
import { upgradeNotice } from '../exchange/index.ts';
import type { Session } from '../session/session.ts';
import { sheetLines } from '../supervision/index.ts';
import { currentCampaign } from './campaign.ts';
import { redProjects } from './lights.ts';
import { standings } from './standing.ts';
import { unsentUpward, waitingFor } from './traffic.ts';

/** 县级工作台: the report due, what is not exported yet, papers to answer. @throws Fault RULE_BROKEN */
export async function countyWorkbench(session: Session) {
  const { store } = session;
  const today = session.today();
  const { current, overview } = await standings(session);
  const received = (await sheetLines(session)).filter((sheet) => sheet.number !== null);
  const { projects, lights, red } = await redProjects(store, today, addDays(current.period.start, -1), received);
  return {
    campaign: await currentCampaign(store, today),
    projects,
    current,
    expected: overview.totals.expectedProjects,
    filled: overview.totals.filledProjects,
    reported: overview.totals.reportedProjects,
    drafts: overview.units.reduce((sum, unit) => sum + unit.drafts, 0),
    lights,
    red,
    sheets: received
      .filter((sheet) => sheet.standing === 'issued' || sheet.standing === 'overdue')
      .sort((left, right) => (left.replyDue ?? '9').localeCompare(right.replyDue ?? '9')),
    waiting: await waitingFor(session),
    upgrade: upgradeNotice(store),
    unsent: unsentUpward(session),
  };
}
