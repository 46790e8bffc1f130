import { withLedger } from '../procedure.ts';
import { addToBatch, approveBatch, declineRows, executeBatch, readBatch, readPoolOverview } from './batch.ts';
import { readBundles, readExperts, readMemberships, readReserve, takeIn } from './lists.ts';
import { batchPaper } from './paper.ts';
import { candidatesOf, proposalsOn } from './proposals.ts';

export const poolHandlers = {
  overview: withLedger.pool.overview.handler(({ context: { session } }) =>
    readPoolOverview(session.store, session.today()),
  ),
  proposals: withLedger.pool.proposals.handler(({ context: { session }, input }) =>
    proposalsOn(session.store, input.date ?? session.today()),
  ),
  batch: withLedger.pool.batch.handler(({ context: { session }, input }) =>
    readBatch(session.store, input.batch, session.today()),
  ),
  candidates: withLedger.pool.candidates.handler(({ context: { session }, input }) =>
    candidatesOf(session.store, input.projectId, input.list, session.today()),
  ),
  add: withLedger.pool.add.handler(({ context: { session }, input }) =>
    addToBatch(session.store, input.batch, input.items, session.actor()),
  ),
  approve: withLedger.pool.approve.handler(({ context: { session }, input }) =>
    approveBatch(session.store, input, { today: session.today(), actor: session.actor() }),
  ),
  decline: withLedger.pool.decline.handler(({ context: { session }, input }) =>
    declineRows(session.store, input.ids, input.reason, session.actor()),
  ),
  execute: withLedger.pool.execute.handler(({ context: { session }, input }) =>
    executeBatch(session.store, input.batch, input.date, { today: session.today(), actor: session.actor() }),
  ),
  memberships: withLedger.pool.memberships.handler(async ({ context: { session }, input }) => {
    const date = input.date ?? session.today();
    return { date, rows: await readMemberships(session.store, date) };
  }),
  reserve: withLedger.pool.reserve.handler(async ({ context: { session } }) => {
    const date = session.today();
    return { date, rows: await readReserve(session.store, date) };
  }),
  takeIn: withLedger.pool.takeIn.handler(({ context: { session } }) =>
    takeIn(session.store, session.today(), session.actor()),
  ),
  experts: withLedger.pool.experts.handler(({ context: { session } }) => readExperts(session.store)),
  bundles: withLedger.pool.bundles.handler(async ({ context: { session } }) => {
    const date = session.today();
    return { date, rows: await readBundles(session.store, date) };
  }),
  paper: withLedger.pool.paper.handler(({ context: { session }, input }) =>
    batchPaper(session.store, input.batch, session.today()),
  ),
};
