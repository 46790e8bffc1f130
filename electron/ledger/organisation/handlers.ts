import { withLedger } from '../procedure.ts';
import { moveUnit, retire } from './change.ts';
import { readCoverage } from './coverage.ts';
import { readOverview } from './overview.ts';

export const organisationHandlers = {
  overview: withLedger.organisation.overview.handler(({ context: { session }, input }) =>
    readOverview(session.store, input.date ?? session.today(), input.counting),
  ),
  coverage: withLedger.organisation.coverage.handler(({ context: { session }, input }) =>
    readCoverage(session.store, input.date ?? session.today()),
  ),
  moveUnit: withLedger.organisation.moveUnit.handler(({ context: { session }, input }) =>
    moveUnit(session.store, input, session.actor()),
  ),
  retire: withLedger.organisation.retire.handler(({ context: { session }, input }) =>
    retire(session.store, input, session.actor()),
  ),
};
