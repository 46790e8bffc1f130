import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';

export const sheetKind = z.enum(['reminder', 'order', 'warning', 'talk']);
export type SheetKind = z.infer<typeof sheetKind>;

/** Where a sheet stands; 'replied' and 'overdue' follow from its dates. */
export const sheetStanding = z.enum(['draft', 'approved', 'issued', 'overdue', 'replied', 'closed']);
export type SheetStanding = z.infer<typeof sheetStanding>;

export const sheetLine = z.object({
  id: z.string(),
  kind: sheetKind,
  standing: sheetStanding,
  number: z.string().nullable(),
  title: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  projects: z.array(z.object({ id: z.string(), name: z.string() })),
  approvedBy: z.string().nullable(),
  approvedOn: z.string().nullable(),
  approvalNote: z.string().nullable(),
  issuedOn: z.string().nullable(),
  replyDue: z.string().nullable(),
  receivedBy: z.string().nullable(),
  receivedOn: z.string().nullable(),
  repliedOn: z.string().nullable(),
  replyText: z.string().nullable(),
  asOf: z.string().nullable(),
});
export type SheetLine = z.infer<typeof sheetLine>;

/** What to send to one unit about these projects, one step above an unanswered sheet (domain facts §2.1). */
export const suggestion = z.object({
  unitId: z.string(),
  unitName: z.string(),
  kind: sheetKind,
  reason: z.string(),
  projects: z.array(z.object({ id: z.string(), name: z.string(), light: z.string(), text: z.string() })),
  earlier: z.object({ id: z.string(), kind: sheetKind, number: z.string(), answered: z.boolean() }).nullable(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** 督办 (B8): choose projects → draft with the facts → approval recorded → number → print. */
export const supervisionContract = {
  list: procedure.output(z.array(sheetLine)),
  get: procedure.input(z.object({ id: rowId })).output(
    sheetLine.extend({
      body: z.string(),
      addressee: z.string(),
      copyTo: z.string(),
      signer: z.string(),
      contact: z.string(),
    }),
  ),
  suggest: procedure
    .input(z.object({ projectIds: z.array(rowId).min(1).max(500), asOf: dateText }))
    .output(z.array(suggestion)),
  /** One draft per unit, with title, facts and demands filled in. */
  draft: procedure
    .input(
      z.object({
        asOf: dateText,
        sheets: z
          .array(z.object({ unitId: rowId, kind: sheetKind, projectIds: z.array(rowId).min(1).max(200) }))
          .min(1)
          .max(100),
        replyDue: dateText.optional(),
      }),
    )
    .output(z.object({ ids: z.array(z.string()) })),
  approve: procedure
    .input(
      z.object({
        ids: z.array(rowId).min(1).max(100),
        approvedBy: z.string().trim().min(1).max(40),
        approvedOn: dateText,
        note: z.string().trim().min(2).max(200),
      }),
    )
    .output(z.object({ approved: z.number() })),
  /** Gives the next numbers of the year; cannot be undone. */
  issue: procedure
    .input(z.object({ ids: z.array(rowId).min(1).max(100), issuedOn: dateText }))
    .output(z.object({ numbers: z.array(z.object({ id: z.string(), number: z.string() })) })),
  reply: procedure
    .input(
      z.object({
        id: rowId,
        receivedBy: z.string().max(40).nullable(),
        receivedOn: dateText.nullable(),
        repliedOn: dateText.nullable(),
        replyText: z.string().max(5000).nullable(),
      }),
    )
    .output(z.null()),
  close: procedure.input(z.object({ ids: z.array(rowId).min(1).max(100) })).output(z.null()),
  /** The papers of one print run as one self-contained HTML document. */
  paper: procedure
    .input(
      z.object({
        ids: z.array(rowId).min(1).max(100),
        form: z.enum(['letter', 'form']),
        duplex: z.boolean(),
        replySlip: z.boolean(),
      }),
    )
    .output(z.object({ html: z.string(), title: z.string(), pages: z.number() })),
};
