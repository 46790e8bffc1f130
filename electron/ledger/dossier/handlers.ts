import { withLedger } from '../procedure.ts';
import { dossierPaper } from './paper.ts';

export const dossierHandlers = {
  paper: withLedger.dossier.paper.handler(({ context: { desk, session }, input }) =>
    dossierPaper(session.store, input.ids, input.asOf ?? session.today(), {
      duplex: input.duplex,
      // Pictures lie beside the ledger itself, also while the window looks at a past day.
      ledgerPath: desk.requirePresent().session.store.path,
    }),
  ),
};
