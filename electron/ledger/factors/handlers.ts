import { withLedger } from '../procedure.ts';
import { factorPaper } from './paper.ts';
import { readAttraction, readCases, readFactors, readFinancing, readObstructions, summaryOf } from './read.ts';

export const factorsHandlers = {
  factors: withLedger.factors.factors.handler(async ({ context: { session }, input }) => {
    const rows = await readFactors(session.store, input, input.asOf ?? session.today());
    return { rows, summary: summaryOf(rows) };
  }),
  cases: withLedger.factors.cases.handler(({ context: { session }, input }) =>
    readCases(session.store, input, input.asOf ?? session.today()),
  ),
  obstructions: withLedger.factors.obstructions.handler(({ context: { session }, input }) =>
    readObstructions(session.store, input, input.asOf ?? session.today()),
  ),
  financing: withLedger.factors.financing.handler(({ context: { session }, input }) =>
    readFinancing(session.store, input, input.asOf ?? session.today()),
  ),
  leads: withLedger.factors.leads.handler(({ context: { session }, input }) =>
    readAttraction(session.store, input.asOf ?? session.today()),
  ),
  paper: withLedger.factors.paper.handler(({ context: { session }, input }) =>
    factorPaper(session.store, input.list, input.projectId, input.asOf ?? session.today()),
  ),
};
