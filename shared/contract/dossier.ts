import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';

/** 单项目台账 (A5): everything of one project on paper, to be signed and filed. */
export const dossierContract = {
  /** The dossiers of these projects as one print run, each on a new sheet. */
  paper: procedure
    .input(z.object({ ids: z.array(rowId).min(1).max(500), asOf: dateText.optional(), duplex: z.boolean() }))
    .output(z.object({ html: z.string(), title: z.string(), pages: z.number() })),
};
