import type { Database as Sqlite } from 'better-sqlite3';
import { type EntityName, entityNames } from '../../../shared/dictionary/index.ts';
import { receivedIn } from '../store/change-record.ts';
import { digestOf, nextChain } from '../store/digest.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { foldTouched, insertRows, rowAgrees } from '../store/rebuild.ts';
import { receivedBody } from '../store/received.ts';
import type { ChangeRow, JournalRow } from '../store/tables.ts';
import { headOf } from './inspect.ts';
import { type AnyRow, readableRows } from './readable.ts';

export interface CaughtUp {
  /** Journal entries put in again. */
  readonly entries: number;
  /** Whether the damaged ledger held no more than these, as far as can be told. */
  readonly complete: boolean;
}

const NOTHING: CaughtUp = { entries: 0, complete: false };

function insertRow(store: Store, table: string, row: Readonly<Record<string, string | number | Buffer | null>>): void {
  const columns = Object.keys(row);
  const names = columns.map((column) => `"${column}"`).join(', ');
  store.db
    .prepare(`INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(...columns.map((column) => row[column] ?? null));
}

/**
 * Whether these are the changes that were written. The digest says so; that of an import is its file's, so there the rows
 * in the tables must be what the changes make of them.
 */
function isWhole(source: Sqlite, entry: JournalRow, changes: readonly ChangeRow[]): boolean {
  if (changes.length !== entry.changes) return false;
  if (digestOf(...changes.map(({ record }) => record)) === entry.digest) return true;
  return entry.kind === 'sync' && [...new Set(changes.map(({ rowId }) => rowId))].every((id) => rowAgrees(source, id));
}

interface Entry {
  readonly entry: JournalRow;
  readonly changes: readonly ChangeRow[];
  /** The received texts in which its records stand. */
  readonly texts: readonly { readonly digest: string; readonly body: Buffer }[];
}

/** @throws SyntaxError where one is lost or damaged */
function textsOf(source: Sqlite, changes: readonly ChangeRow[]): Entry['texts'] {
  const names = new Set(changes.map(({ record }) => receivedIn(record)).filter((name) => name !== null));
  return [...names].map((digest) => ({ digest, body: receivedBody({ db: source }, digest) }));
}

/** Named, so that a table in which one is missing is one that cannot be read. */
const JOURNAL =
  '"n", "stream", "stamp", "at", "officeId", "operator", "kind", "title", "bundleId", "undoOf", "undoneBy", "changes", "digest", "chain"';
const CHANGE = '"seq", "n", "entity", "rowId", "record", "before"';

/** The next journal entry with its changes, if it can be read and is what its chain says. */
function nextEntry(source: Sqlite, n: number, chain: string): Entry | null | 'end' {
  try {
    const entry = source.prepare(`SELECT ${JOURNAL} FROM "journal" WHERE "n" = ?`).get(n) as JournalRow | undefined;
    if (entry === undefined) return 'end';
    const changes = source.prepare(`SELECT ${CHANGE} FROM "change" WHERE "n" = ? ORDER BY "seq"`).all(n) as ChangeRow[];
    if (!isWhole(source, entry, changes)) return null;
    const texts = textsOf(source, changes);
    return nextChain(chain, n, entry.digest) === entry.chain ? { entry, changes, texts } : null;
  } catch {
    return null;
  }
}

/** Tables that stand beside the journal: what can be read of them comes along, where it agrees with the journal. */
function bringBooks(source: Sqlite, target: Store, upTo: number): void {
  const bring = (table: string, key: string, wanted: (row: AnyRow) => boolean = () => true): void => {
    try {
      for (const row of readableRows(source, table, key).rows) if (wanted(row)) insertRow(target, table, row);
    } catch {
      // The table cannot be found any more; the backup's stands.
    }
  };
  bring('stream', 'tag');
  bring('origin', 'stamp');
  bring('keyring', 'name');
  // A file noted as read whose rows could not be brought along must be read again.
  bring('exchange', 'id', (row) => row['journalN'] === null || Number(row['journalN']) <= upTo);
}

/**
 * Puts into a restored ledger what was saved after its backup and can still be read from the damaged one: entry by entry,
 * each proved by the journal's chain, up to the first that cannot be. Only where the backup's end is a point of that chain.
 */
export function catchUp(source: Sqlite, target: Store): CaughtUp {
  const start = headOf(target);
  let known: string | undefined;
  try {
    known = source.prepare('SELECT "chain" FROM "journal" WHERE "n" = ?').pluck().get(start.n) as string | undefined;
  } catch {
    return NOTHING;
  }
  if (start.n > 0 && known !== start.chain) return NOTHING;
  return target.db
    .transaction((): CaughtUp => {
      let { n, chain } = start;
      let complete = false;
      let stamp = readMeta(target, 'lastStamp') ?? '';
      for (;;) {
        const next = nextEntry(source, n + 1, chain);
        if (next === 'end') complete = true;
        if (next === null || next === 'end') break;
        n = next.entry.n;
        chain = next.entry.chain;
        if (next.entry.stamp > stamp) stamp = next.entry.stamp;
        insertRow(target, 'journal', next.entry as unknown as AnyRow);
        for (const text of next.texts) insertRow(target, 'received', text);
        for (const { seq: _, ...change } of next.changes) insertRow(target, 'change', change);
      }
      if (n > start.n) {
        writeMeta(target, 'lastStamp', stamp);
        refold(target, start.n);
      }
      bringBooks(source, target, n);
      return { entries: n - start.n, complete };
    })
    .immediate();
}

/** Makes the rows anew that were touched after `n`. */
function refold(target: Store, n: number): void {
  const touched = target.db.prepare('SELECT DISTINCT "entity", "rowId" FROM "change" WHERE "n" > ?').all(n) as {
    entity: EntityName;
    rowId: string;
  }[];
  const rows = [...foldTouched(target.db, Number.MAX_SAFE_INTEGER, n)];
  for (const { entity, rowId } of touched) {
    if (entityNames.includes(entity)) target.db.prepare(`DELETE FROM "${entity}" WHERE "id" = ?`).run(rowId);
  }
  insertRows(target.db, rows);
}
