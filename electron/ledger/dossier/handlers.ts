import { withLedger } from '../procedure.ts';
import { dossierPaper } from './paper.ts';

export const dossierHandlers = {
  paper: withLedger.dossier.paper.handler(({ context: { session }, input }) =>
    dossierPaper(session.store, input.ids, input.asOf ?? session.today(), input.duplex),
  ),
};
