import * as z from 'zod';
import { entityName, procedure, row, rowId, value } from './base.ts';
import { cellEdits, rowFinding, savedCells } from './checked.ts';

const undoStep = z.object({ n: z.number(), at: z.number(), operator: z.string(), title: z.string() });
const undoResult = z.object({ title: z.string(), kept: z.number() });

export const commitResult = z.object({
  n: z.number().nullable(),
  changed: z.number(),
  /** Values that belong to the other side and became 建议修改. */
  proposals: z.number(),
});

/** Rows of any entity, and the one way to change them. Features add what plain rows cannot say. */
export const recordsContract = {
  /** Rows not 作废, without the stamps; filtered by equality. */
  list: procedure
    .input(
      z.object({ entity: entityName, where: z.record(z.string(), value).optional(), voided: z.boolean().optional() }),
    )
    .output(z.array(row)),
  get: procedure.input(z.object({ entity: entityName, id: rowId })).output(row.nullable()),
  /** What is wrong or doubtful with a row as it stands: one from another office is taken as it came. */
  findings: procedure.input(z.object({ entity: entityName, id: rowId })).output(z.array(rowFinding)),
  /** One operator action = one commit = one undo step, all or nothing, titled in Chinese. New rows bring their own UUIDv7. */
  commit: procedure
    .input(
      z.object({
        title: z.string().min(1).max(120),
        changes: z.array(z.object({ entity: entityName, id: rowId, set: z.record(z.string(), value) })).max(200_000),
      }),
    )
    .output(commitResult),
  /** Cells of rows of one entity: a row that breaks a rule stays as it was, the others are one undo step. */
  saveCells: procedure.input(cellEdits.extend({ entity: entityName })).output(savedCells),
  undo: procedure.output(undoResult),
  redo: procedure.output(undoResult),
  steps: procedure
    .input(z.object({ limit: z.int().min(1).max(200) }))
    .output(z.object({ undo: z.array(undoStep), redo: undoStep.nullable() })),
  history: procedure.input(z.object({ id: rowId, limit: z.int().min(1).max(1000) })).output(
    z.array(
      z.object({
        at: z.number(),
        operator: z.string(),
        officeId: z.string(),
        kind: z.string(),
        title: z.string(),
        field: z.string(),
        label: z.string(),
        before: value,
        after: value,
      }),
    ),
  ),
};
