import { processContract } from './process.ts';
import { ratesContract } from './rates.ts';
import { recordsContract } from './records.ts';
import { sessionContract } from './session.ts';
import { supervisionContract } from './supervision.ts';

/** Everything the window can ask of the ledger process. One contract: a missing handler does not compile. */
export const ledgerContract = {
  process: processContract,
  session: sessionContract,
  records: recordsContract,
  rates: ratesContract,
  supervision: supervisionContract,
};
