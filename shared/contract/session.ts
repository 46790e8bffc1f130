import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { dateText, entityName, procedure } from './base.ts';

export const ledgerStatus = z.object({
  path: z.string(),
  officeId: z.string(),
  officeName: z.string(),
  level: z.enum(['city', 'county', 'town']),
  operator: z.string(),
  /** The ledger's day, `YYYY-MM-DD`; fixed for sample data. */
  today: dateText,
  sample: z.boolean(),
  presetName: z.string().nullable(),
  schemaVersion: z.number(),
  /** The past instant that the window looks at, UTC ms; null for the ledger itself. */
  asOf: z.number().nullable(),
});
export type LedgerStatus = z.infer<typeof ledgerStatus>;

export const recentLedger = z.object({
  path: z.string(),
  officeName: z.string(),
  openedAt: z.number(),
  exists: z.boolean(),
});

/** 打开、新建台账: which ledger this window works on. Joining with an enrolment file belongs to the exchange. */
export const sessionContract = {
  /** Null while no ledger is open. */
  status: procedure.output(ledgerStatus.nullable()),
  recent: procedure.output(z.array(recentLedger)),
  createCity: procedure
    .input(
      z.object({
        path: z.string().min(1),
        /** '安澜市' and the character it is called by in document numbers, '安'. */
        place: z.string().trim().min(2).max(20),
        placeShort: z.string().trim().min(1).max(4),
        operator: z.string().trim().min(1).max(40),
        presetId: z.string(),
        year: z.int().min(2000).max(2100),
      }),
    )
    .output(ledgerStatus),
  open: procedure.input(z.object({ path: z.string().min(1) })).output(ledgerStatus),
  /** Makes a fresh sample ledger in the data folder and opens it. */
  openSample: procedure.output(ledgerStatus),
  close: procedure.output(z.null()),
  setOperator: procedure.input(z.object({ operator: z.string().trim().min(1).max(40) })).output(ledgerStatus),
  /** Entities touched by each commit, while the window lives. */
  changes: procedure.output(eventIterator(z.object({ entities: z.array(entityName) }))),
};
