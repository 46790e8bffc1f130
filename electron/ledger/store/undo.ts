import { Fault } from '../../../shared/contract/faults.ts';
import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import { readMarks, readRecord } from './change-record.ts';
import { type Actor, type Change, type CommitKind, commit, isSealed } from './commit.ts';
import type { Store } from './open.ts';
import { readStamps, stampOf } from './stamps.ts';
import { selectRow } from './statements.ts';
import type { ChangeRow, JournalRow } from './tables.ts';

/** Kinds an operator can take back with Ctrl+Z. Issuing a number and reading a file have their own ways. */
const UNDOABLE: readonly CommitKind[] = ['edit', 'excel', 'report', 'decision', 'redo'];
const EDITS: readonly CommitKind[] = UNDOABLE.filter((kind) => kind !== 'redo');

const quoted = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(', ');

export interface UndoResult {
  /** What was taken back or restored: '粘贴 36 个单元格'. */
  readonly title: string;
  /** Values left alone because something later was written over them. */
  readonly kept: number;
}

export interface UndoStep {
  readonly n: number;
  readonly at: number;
  readonly operator: string;
  readonly title: string;
}

function nextUndo(store: Store): JournalRow | undefined {
  return store.db
    .prepare(
      `SELECT * FROM "journal" WHERE "kind" IN (${quoted(UNDOABLE)}) AND "undoneBy" IS NULL ORDER BY "n" DESC LIMIT 1`,
    )
    .get() as JournalRow | undefined;
}

/** A new edit after an undo ends what can be redone, as in Excel. */
function nextRedo(store: Store): JournalRow | undefined {
  return store.db
    .prepare(
      `SELECT * FROM "journal" WHERE "kind" = 'undo' AND "undoneBy" IS NULL
         AND "n" > coalesce((SELECT max("n") FROM "journal" WHERE "kind" IN (${quoted(EDITS)})), 0)
       ORDER BY "n" DESC LIMIT 1`,
    )
    .get() as JournalRow | undefined;
}

function plainTitle(entry: JournalRow): string {
  return entry.title.replace(/^(撤销|恢复)：/u, '');
}

/** The changes that take back one journal entry, where its values still stand. */
function inverse(store: Store, entry: JournalRow): { readonly changes: Change[]; readonly kept: number } {
  const rows = store.db.prepare('SELECT * FROM "change" WHERE "n" = ? ORDER BY "seq" DESC').all(entry.n) as ChangeRow[];
  const changes: Change[] = [];
  let kept = 0;
  for (const row of rows) {
    const entity = row.entity as EntityName;
    const current = selectRow(store, entity, row.rowId);
    if (!current) continue;
    if (row.before === null) {
      if (isSealed(entityOf(entity), current, 'voided')) kept += 1;
      else if (current.voided === 0) changes.push({ entity, id: row.rowId, set: { voided: 1 } });
      continue;
    }
    const before = JSON.parse(row.before) as Record<string, readonly [Value, string]>;
    const { stamps: later } = readMarks(row.record);
    const stamps = readStamps(current);
    const set: Record<string, Value> = {};
    for (const [field, [old]] of Object.entries(before)) {
      const stands = stampOf(stamps, field) === (later[field] ?? entry.stamp);
      if (stands && !isSealed(entityOf(entity), current, field)) set[field] = old;
      else kept += 1;
    }
    if (Object.keys(set).length > 0) changes.push({ entity, id: row.rowId, set });
  }
  return { changes, kept };
}

/** A report that has left on a stick is corrected, not taken back (exchange design, append-only rows). */
function refuseSent(store: Store, entry: JournalRow): void {
  if (entry.kind !== 'report') return;
  const sent = store.db
    .prepare(`SELECT max("toN") AS n FROM "exchange" WHERE "direction" = 'out' AND "outcome" = 'written'`)
    .get() as {
    n: number | null;
  };
  if (sent.n !== null && entry.n <= sent.n) {
    throw new Fault('RULE_BROKEN', {
      why: `“${entry.title}”已随同步文件送出，不能撤销`,
      cure: '如需改数，请用“更正”重新报送',
    });
  }
}

/** @returns null when nothing of the entry stands any more: there is nothing to take back, and the one before is next */
function takeBack(store: Store, entry: JournalRow, kind: 'undo' | 'redo', actor: Actor): UndoResult | null {
  const title = plainTitle(entry);
  const word = kind === 'undo' ? '撤销' : '恢复';
  const { changes, kept } = inverse(store, entry);
  const run = store.db.transaction(() => {
    const result = commit(store, { kind, title: `${word}：${title}`, changes, undoOf: entry.n }, actor);
    store.db.prepare('UPDATE "journal" SET "undoneBy" = ? WHERE "n" = ?').run(result.n ?? entry.n, entry.n);
  });
  run();
  return changes.length === 0 ? null : { title, kept };
}

/** Takes back the last thing done here that can be. @throws Fault NOTHING_TO_UNDO, RULE_BROKEN */
export function undo(store: Store, actor: Actor): UndoResult {
  for (;;) {
    const entry = nextUndo(store);
    if (!entry) throw new Fault('NOTHING_TO_UNDO');
    refuseSent(store, entry);
    const result = takeBack(store, entry, 'undo', actor);
    if (result) return result;
  }
}

/** Restores what the last undo took back. @throws Fault NOTHING_TO_REDO */
export function redo(store: Store, actor: Actor): UndoResult {
  for (;;) {
    const entry = nextRedo(store);
    if (!entry) throw new Fault('NOTHING_TO_REDO');
    const result = takeBack(store, entry, 'redo', actor);
    if (result) return result;
  }
}

/** Names of what Ctrl+Z would take back, newest first. */
export function undoSteps(
  store: Store,
  limit: number,
): { readonly undo: readonly UndoStep[]; readonly redo: UndoStep | null } {
  const steps = store.db
    .prepare(
      `SELECT "n", "at", "operator", "title" FROM "journal" WHERE "kind" IN (${quoted(UNDOABLE)}) AND "undoneBy" IS NULL ORDER BY "n" DESC LIMIT ?`,
    )
    .all(limit) as UndoStep[];
  const again = nextRedo(store);
  const clean = (step: UndoStep): UndoStep => ({ ...step, title: step.title.replace(/^恢复：/u, '') });
  return {
    undo: steps.map(clean),
    redo: again ? { n: again.n, at: again.at, operator: again.operator, title: plainTitle(again) } : null,
  };
}

/** One line of a row's history: who set what, from what, when. */
export interface HistoryLine {
  readonly at: number;
  readonly operator: string;
  readonly officeId: string;
  readonly kind: string;
  readonly title: string;
  readonly field: string;
  readonly label: string;
  readonly before: Value;
  readonly after: Value;
}

/**
 * Everything that happened to a row, newest first (C14). Values are as stored: yuan, keys of choices, ids.
 *
 * @param limit journal entries, not lines
 */
export function historyOf(store: Store, rowId: string, limit: number): readonly HistoryLine[] {
  const rows = store.db
    .prepare(
      `SELECT c."entity", c."record", c."before", j."at", j."operator", j."officeId", j."kind", j."title"
         FROM "change" c JOIN "journal" j ON j."n" = c."n" WHERE c."rowId" = ? ORDER BY c."seq" DESC LIMIT ?`,
    )
    .all(rowId, limit) as (Pick<ChangeRow, 'entity' | 'record' | 'before'> &
    Pick<JournalRow, 'at' | 'operator' | 'officeId' | 'kind' | 'title'>)[];
  return rows.flatMap((row) => {
    const { values } = readRecord(store, row.record);
    const before = row.before === null ? null : (JSON.parse(row.before) as Record<string, readonly [Value, string]>);
    const { fields } = entityOf(row.entity as EntityName);
    return Object.entries(values)
      .filter(([field]) => before === null || field in before)
      .map(([field, after]) => ({
        at: row.at,
        operator: row.operator,
        officeId: row.officeId,
        kind: row.kind,
        title: row.title,
        field,
        label: field === 'voided' ? '作废' : (fields[field]?.label ?? field),
        before: before?.[field]?.[0] ?? null,
        after,
      }));
  });
}
