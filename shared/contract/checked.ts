import * as z from 'zod';
import { rowId, value } from './base.ts';

/** Cells of rows of one entity, one action of the operator. */
export const cellEdits = z.object({
  title: z.string().min(1).max(120),
  edits: z
    .array(z.object({ rowId, key: z.string().max(60), value }))
    .min(1)
    .max(400_000),
});

/** What became of them: a row with a refused cell is left as it was, as a whole. */
export const savedCells = z.object({
  changed: z.number(),
  /** Values that belong to the other side and became 建议修改. */
  proposals: z.number(),
  refused: z.array(z.object({ rowId: z.string(), key: z.string(), reason: z.string() })),
});
export type SavedCells = z.infer<typeof savedCells>;

/** What stays questionable at a field of a row; see `shared/domain/row-finding.ts`. */
export const rowFinding = z.object({
  field: z.string(),
  severity: z.enum(['refuse', 'question']),
  reason: z.string(),
});
