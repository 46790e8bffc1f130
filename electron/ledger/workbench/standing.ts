import type { UnitState, UnitStatus } from '../../../shared/contract/reports.ts';
import type { Standing } from '../../../shared/contract/workbench.ts';
import { periodOverview, recentPeriods } from '../reports/index.ts';
import type { Session } from '../session/session.ts';

export type Overview = Awaited<ReturnType<typeof periodOverview>>;

interface Moment {
  readonly today: string;
  readonly now: number;
}

function momentOf(session: Session): Moment {
  return { today: session.today(), now: session.actor().now };
}

async function standingOf(session: Session, period: string, moment: Moment) {
  const overview = await periodOverview(session.store, { kind: 'tenDay', period }, moment);
  const having = (...states: readonly UnitState[]) =>
    overview.units
      .filter((unit) => states.includes(unit.state))
      .map(({ unitId, unitName, expected, reported }: UnitStatus) => ({ unitId, unitName, expected, reported }));
  const standing: Standing = {
    period: overview.period,
    units: overview.totals.units,
    reported: having('reported'),
    late: having('late'),
    partial: having('partial'),
    missing: having('missing', 'open'),
  };
  return { standing, overview };
}

/** How the units stand with the period to work on and with the one before (B7). */
export async function standings(session: Session) {
  const moment = momentOf(session);
  const { current } = await recentPeriods(session.store, 'tenDay', 1, moment);
  const now = await standingOf(session, current.key, moment);
  const before = await standingOf(session, current.previousKey, moment);
  return { current: now.standing, overview: now.overview, previous: before.standing };
}
