import { oc } from '@orpc/contract';
import * as z from 'zod';

/** Answered by the ledger process itself, before any ledger is open. */
export const processContract = {
  /** Tells that the process lives, and which it is: the pid changes after a restart. */
  ping: oc.output(z.object({ pid: z.number() })),
};
