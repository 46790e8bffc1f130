import { withLedger } from '../procedure.ts';
import type { Actor } from '../store/commit.ts';
import { consolidate } from './consolidated.ts';
import { copyLast, discardDrafts, fillCells } from './fill.ts';
import { reportHistory } from './history.ts';
import { type Moment, recentPeriods } from './periods.ts';
import { periodOverview, receivedMatrix } from './received.ts';
import { correctionRequests, decideRequests, reviewPeriod, withdrawReview } from './review.ts';
import { readSheet } from './sheet.ts';
import { checkPeriod, submitPeriod } from './submit.ts';

function moment(session: { today(): string; actor(): Actor }): Moment {
  return { today: session.today(), now: session.actor().now };
}

export const reportsHandlers = {
  periods: withLedger.reports.periods.handler(({ context: { session }, input }) =>
    recentPeriods(session.store, input.kind, input.count, moment(session)),
  ),
  overview: withLedger.reports.overview.handler(({ context: { session }, input }) =>
    periodOverview(session.store, input, moment(session)),
  ),
  sheet: withLedger.reports.sheet.handler(({ context: { session }, input }) =>
    readSheet(session.store, input, moment(session)),
  ),
  fill: withLedger.reports.fill.handler(({ context: { session }, input }) =>
    fillCells(session.store, input, session.actor()),
  ),
  copyLast: withLedger.reports.copyLast.handler(({ context: { session }, input }) =>
    copyLast(session.store, input, session.actor()),
  ),
  check: withLedger.reports.check.handler(({ context: { session }, input }) => checkPeriod(session.store, input)),
  submit: withLedger.reports.submit.handler(({ context: { session }, input }) =>
    submitPeriod(session.store, input, session.actor()),
  ),
  discard: withLedger.reports.discard.handler(({ context: { session }, input }) =>
    discardDrafts(session.store, input, session.actor()),
  ),
  history: withLedger.reports.history.handler(({ context: { session }, input }) =>
    reportHistory(session.store, input.projectId),
  ),
  received: withLedger.reports.received.handler(({ context: { session }, input }) =>
    receivedMatrix(session.store, input, moment(session)),
  ),
  review: withLedger.reports.review.handler(({ context: { session }, input }) =>
    reviewPeriod(session.store, input, session.actor()),
  ),
  withdrawReview: withLedger.reports.withdrawReview.handler(({ context: { session }, input }) =>
    withdrawReview(session.store, input, session.actor()),
  ),
  requests: withLedger.reports.requests.handler(({ context: { session }, input }) =>
    correctionRequests(session.store, input),
  ),
  decideRequests: withLedger.reports.decideRequests.handler(({ context: { session }, input }) =>
    decideRequests(session.store, input, session.actor()),
  ),
  consolidated: withLedger.reports.consolidated.handler(({ context: { session }, input }) =>
    consolidate(session.store, input, moment(session)),
  ),
};
