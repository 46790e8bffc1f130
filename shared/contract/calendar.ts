import * as z from 'zod';
import { dateText, procedure } from './base.ts';

const day = z.object({ date: z.string(), kind: z.enum(['off', 'work']), name: z.string().nullable() });

const year = z.object({
  year: z.number(),
  /** Kept in the ledger, brought by the program, or known to nobody. */
  source: z.enum(['ledger', 'program', 'none']),
  days: z.array(day),
});
export type CalendarYear = z.infer<typeof year>;

const plan = z.object({
  fileName: z.string(),
  years: z.array(z.number()),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  problems: z.array(z.object({ where: z.string(), reason: z.string() })),
  doubts: z.array(z.string()),
});
export type CalendarPlan = z.infer<typeof plan>;

/** 工作日历: 放假安排 of each year, kept by the city, brought up to date from a file each November. */
export const calendarContract = {
  /** The years around today, those of the ledger, and next year, whose arrangement may be missing. */
  years: procedure.output(z.array(year)),
  /** Puts what the program knows (2018–2026) into the ledger, where it says nothing yet. */
  seed: procedure.output(z.object({ added: z.number() })),
  /** Reads .xlsx, .xls, .csv or .json and says what an import would do. */
  preview: procedure.input(z.object({ path: z.string().min(1) })).output(plan),
  /** Imports a file that `preview` finds no problem in. */
  import: procedure.input(z.object({ path: z.string().min(1) })).output(plan),
  /** One day by hand; kind null: as the week says. */
  setDay: procedure
    .input(z.object({ date: dateText, kind: z.enum(['off', 'work']).nullable(), name: z.string().max(40).nullable() }))
    .output(z.object({ changed: z.number() })),
};
