import { Fault } from '../../../shared/contract/faults.ts';
import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import { withLedger } from '../procedure.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { historyOf, redo, undo, undoSteps } from '../store/undo.ts';
import { findingsOf } from './judge.ts';
import { commitByRules, momentOf, saveCells } from './save.ts';

type PlainRow = Record<string, Value> & { id: string };

function columnsOf(entity: EntityName): string[] {
  return ['id', 'voided', ...Object.keys(entityOf(entity).fields)];
}

/**
 * Rows of one entity, filtered by equality, without the stamps.
 *
 * @throws Fault UNKNOWN_FIELD
 */
export function listRows(
  store: Store,
  entity: EntityName,
  where: Readonly<Record<string, Value>> = {},
  voided = false,
): PlainRow[] {
  const columns = columnsOf(entity);
  const conditions = voided ? [] : ['"voided" = 0'];
  const parameters: Value[] = [];
  for (const [key, value] of Object.entries(where)) {
    if (!columns.includes(key)) throw new Fault('UNKNOWN_FIELD', { what: `${entityOf(entity).label}.${key}` });
    conditions.push(value === null ? `"${key}" IS NULL` : `"${key}" = ?`);
    if (value !== null) parameters.push(value);
  }
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const list = columns.map((column) => `"${column}"`).join(', ');
  return store.db.prepare(`SELECT ${list} FROM "${entity}"${filter} ORDER BY "id"`).all(...parameters) as PlainRow[];
}

export const recordsHandlers = {
  list: withLedger.records.list.handler(({ context, input }) =>
    listRows(context.session.store, input.entity, input.where, input.voided),
  ),
  get: withLedger.records.get.handler(({ context, input }) => {
    const found = selectRow(context.session.store, input.entity, input.id);
    if (!found) return null;
    const { _stamp, _stamps, ...row } = found;
    return row as PlainRow;
  }),
  findings: withLedger.records.findings.handler(({ context: { session }, input }) => [
    ...findingsOf(session.store, input.entity, input.id, session.today()),
  ]),
  commit: withLedger.records.commit.handler(({ context, input }) =>
    commitByRules(context.session.store, { kind: 'edit', ...input }, momentOf(context.session)),
  ),
  saveCells: withLedger.records.saveCells.handler(({ context, input: { entity, edits, title } }) =>
    saveCells(context.session.store, entity, edits, title, momentOf(context.session)),
  ),
  undo: withLedger.records.undo.handler(({ context }) => undo(context.session.store, context.session.actor())),
  redo: withLedger.records.redo.handler(({ context }) => redo(context.session.store, context.session.actor())),
  steps: withLedger.records.steps.handler(({ context, input }) => {
    const steps = undoSteps(context.session.store, input.limit);
    return { undo: [...steps.undo], redo: steps.redo };
  }),
  history: withLedger.records.history.handler(({ context, input }) => [
    ...historyOf(context.session.store, input.id, input.limit),
  ]),
};
