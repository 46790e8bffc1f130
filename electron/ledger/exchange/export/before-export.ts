import { cadences } from '../../rates/index.ts';
import { currentPeriod, describePeriod, periodOverview } from '../../reports/index.ts';
import type { Session } from '../../session/index.ts';
import { officeRow } from '../offices/keys.ts';

/** What the clerk should know before a file goes up: reports still missing for the running period. */
export async function warningsBefore(session: Session, receiverId: string): Promise<string[]> {
  const { store, identity } = session;
  if (officeRow(store, identity.officeId)?.parentOfficeId !== receiverId) return [];
  const moment = { today: session.today(), now: session.actor().now };
  const all = await cadences(store);
  const period = currentPeriod('tenDay', all, moment);
  const { totals } = await periodOverview(store, { kind: 'tenDay', period: period.key }, moment);
  const missing = totals.expectedProjects - totals.reportedProjects;
  if (missing <= 0) return [];
  const { title } = describePeriod(period, all, moment);
  return [`${title}应报 ${totals.expectedProjects} 个项目，还有 ${missing} 个没有提交。没有提交的草稿不会随文件送出。`];
}
