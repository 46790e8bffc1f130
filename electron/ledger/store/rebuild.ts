import type { Database as Sqlite } from 'better-sqlite3';
import { type EntityName, entityNames, entityOf, isEntityName, type Value } from '../../../shared/dictionary/index.ts';

import { type ChangeRecord, readRecord } from './change-record.ts';
import { prepared } from './prepared.ts';

/** A row as its changes make it: what the tables hold is this and nothing else. */
export interface FoldedRow {
  readonly entity: EntityName;
  readonly id: string;
  /** Fields and 作废 that have a value. */
  readonly values: Readonly<Record<string, Value>>;
  /** Of the row, and exceptions of fields written since. */
  readonly stamp: string;
  readonly stamps: Readonly<Record<string, string>>;
}

/** Field of a record that says: the row is gone again, as if the file that brought it had never come (undo of an import). */
export const REMOVED = '_removed';

export interface StoredChange {
  readonly n: number;
  readonly entity: string;
  readonly rowId: string;
  readonly record: string;
  /** Whether the change made the row. */
  readonly made: 0 | 1;
}

/**
 * The row after one more change. A local change stamps its fields with its own stamp; one that came in a file names the
 * row's stamp, and another row's stamp than the present one means that the row was made anew (see `Merge`).
 */
function fold(
  row: FoldedRow | undefined,
  change: StoredChange,
  { id, stamp, values, stamps: given }: ChangeRecord,
  entity: EntityName,
  synced: boolean,
): FoldedRow {
  if (row === undefined || change.made === 1) return { entity, id, values, stamp, stamps: given };
  const merged = { ...row.values, ...values };
  const rowStamp = synced ? stamp : row.stamp;
  const stamps: Record<string, string> = rowStamp === row.stamp ? { ...row.stamps } : {};
  for (const field of Object.keys(values)) {
    const own = given[field] ?? stamp;
    if (own === rowStamp) delete stamps[field];
    else stamps[field] = own;
  }
  return { entity, id, values: merged, stamp: rowStamp, stamps };
}

const CHANGES = `SELECT "n", "entity", "rowId", "record", "before" IS NULL AS "made" FROM "change"`;

/** Numbers of the journal whose changes came in files. */
function syncedNumbers(db: Sqlite): ReadonlySet<number> {
  return new Set(db.prepare(`SELECT "n" FROM "journal" WHERE "kind" = 'sync'`).pluck().all() as number[]);
}

/** What becomes of a record that cannot be read. */
type Unreadable = (change: StoredChange, error: unknown) => void;

const refuse: Unreadable = (_, error) => {
  throw error;
};

/** @param changes those of a row one after the other, in their order */
export function* foldSorted(
  db: Sqlite,
  changes: Iterable<StoredChange>,
  unreadable: Unreadable,
  synced = syncedNumbers(db),
): Generator<FoldedRow> {
  let rows = new Map<EntityName, FoldedRow>();
  let rowId = '';
  for (const change of changes) {
    if (change.rowId !== rowId) {
      yield* rows.values();
      rows = new Map();
      rowId = change.rowId;
    }
    const { entity } = change;
    let record: ChangeRecord;
    try {
      record = readRecord({ db }, change.record);
      // The chain proves the record, not the columns by which it is found.
      if (record.entity !== entity || record.id !== rowId) throw new SyntaxError(`record of ${record.id}`);
    } catch (error) {
      unreadable(change, error);
      continue;
    }
    if (!isEntityName(entity)) continue;
    const row = fold(rows.get(entity), change, record, entity, synced.has(change.n));
    if (Object.hasOwn(row.values, REMOVED)) rows.delete(entity);
    else rows.set(entity, row);
  }
  yield* rows.values();
}

/** A change that is all there is of its row, among those asked for. */
const ALONE = `NOT EXISTS (SELECT 1 FROM "change" d WHERE d."rowId" = c."rowId" AND d."seq" <> c."seq" AND d."n" <= @upTo)`;

/**
 * Rows with one change come in the order in which they were written, so that a text in which many of them stand is unpacked
 * once; then the others, one after the other, with bounded memory.
 */
function* foldWhere(
  db: Sqlite,
  where: string,
  numbers: Readonly<Record<string, number>>,
  unreadable: Unreadable = refuse,
): Generator<FoldedRow> {
  const read = (which: string, order: string): Iterable<StoredChange> =>
    db.prepare(`${CHANGES} c WHERE ${where} AND ${which} ORDER BY ${order}`).iterate(numbers) as Iterable<StoredChange>;
  yield* foldSorted(db, read(ALONE, '"seq"'), unreadable);
  yield* foldSorted(db, read(`NOT (${ALONE})`, '"rowId", "seq"'), unreadable);
}

/** Every row that the journal knows, in no certain order. */
function foldAll(db: Sqlite, unreadable: Unreadable): Generator<FoldedRow> {
  return foldWhere(db, '"n" <= @upTo', { upTo: Number.MAX_SAFE_INTEGER }, unreadable);
}

/** Rows that were changed after number `since`, as they are at number `upTo`; those made later are left out. */
export function foldTouched(db: Sqlite, upTo: number, since = upTo): Generator<FoldedRow> {
  const touched = '"n" <= @upTo AND "rowId" IN (SELECT "rowId" FROM "change" WHERE "n" > @since)';
  return foldWhere(db, touched, { upTo, since });
}

/** Columns of an entity's table, in order. */
export function columnsOf(entity: EntityName): readonly string[] {
  return ['id', 'voided', ...Object.keys(entityOf(entity).fields), '_stamp', '_stamps'];
}

/** A folded row in the order of `columnsOf`. */
export function rowValues(row: FoldedRow): readonly Value[] {
  const packed = Object.keys(row.stamps).length === 0 ? null : JSON.stringify(row.stamps);
  const fields = Object.keys(entityOf(row.entity).fields).map((field) => row.values[field] ?? null);
  return [row.id, row.values['voided'] ?? 0, ...fields, row.stamp, packed];
}

/** Writes folded rows into their tables; what stands there under their ids is replaced. */
export function insertRows(db: Sqlite, rows: Iterable<FoldedRow>): void {
  for (const row of rows) {
    const columns = columnsOf(row.entity);
    const names = columns.map((column) => `"${column}"`).join(', ');
    prepared(
      { db },
      `INSERT OR REPLACE INTO "${row.entity}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(...rowValues(row));
  }
}

/**
 * Makes every table of the dictionary anew from the journal, in one transaction.
 *
 * @throws SyntaxError where a record cannot be read
 */
export function rebuildTables(db: Sqlite): void {
  db.transaction(() => {
    for (const name of entityNames) db.exec(`DELETE FROM "${name}"`);
    // The journal is read, the tables are written: the driver's general ban does not concern them.
    db.unsafeMode(true);
    try {
      insertRows(db, foldAll(db, refuse));
    } finally {
      db.unsafeMode(false);
    }
  }).immediate();
}

/** Differences that are told one by one. */
const MOST_TOLD = 20;

export interface RebuildVerdict {
  readonly ok: boolean;
  /** Rows that the journal makes. */
  readonly rows: number;
  readonly differences: number;
  /** The first of them, in Chinese. */
  readonly told: readonly string[];
}

function sameStamps(stored: Value, folded: Readonly<Record<string, string>>): boolean {
  try {
    const found = (stored === null ? {} : JSON.parse(String(stored))) as Readonly<Record<string, string>>;
    const fields = Object.keys(found);
    return fields.length === Object.keys(folded).length && fields.every((field) => found[field] === folded[field]);
  } catch {
    // No text of ours.
    return false;
  }
}

/** Fields in which a stored row differs from what the journal makes of it. */
function differing(stored: Readonly<Record<string, Value>>, row: FoldedRow): readonly string[] {
  const values = rowValues(row);
  const columns = columnsOf(row.entity);
  const fields = columns.slice(0, -1).filter((column, index) => stored[column] !== values[index]);
  return sameStamps(stored['_stamps'] ?? null, row.stamps) ? fields : [...fields, '_stamps'];
}

function labelOf(entity: EntityName, column: string): string {
  if (column === 'voided') return '作废';
  return entityOf(entity).fields[column]?.label ?? '时间戳';
}

/** Whether the changes of one row make exactly what its table holds. @throws where either cannot be read */
export function rowAgrees(db: Sqlite, rowId: string): boolean {
  const changes = db.prepare(`${CHANGES} WHERE "rowId" = ? ORDER BY "seq"`).all(rowId) as StoredChange[];
  const folded = [...foldSorted(db, changes, refuse)];
  return changes.every(({ entity }) => {
    if (!isEntityName(entity)) return true;
    const row = folded.find((each) => each.entity === entity);
    const stored = db.prepare(`SELECT * FROM "${entity}" WHERE "id" = ?`).get(rowId) as
      | Readonly<Record<string, Value>>
      | undefined;
    return row === undefined ? stored === undefined : stored !== undefined && differing(stored, row).length === 0;
  });
}

/**
 * Rebuilds every table of the dictionary from the journal, row by row in memory, and compares: the journal must explain all
 * that the tables hold, and nothing more.
 */
export function verifyRebuild(db: Sqlite): RebuildVerdict {
  const told: string[] = [];
  let differences = 0;
  const tell = (text: string): void => {
    differences += 1;
    if (told.length < MOST_TOLD) told.push(text);
  };
  const selects = new Map(entityNames.map((name) => [name, db.prepare(`SELECT * FROM "${name}" WHERE "id" = ?`)]));
  const counts = new Map<EntityName, number>();
  let rows = 0;
  const lost = ({ entity, rowId }: StoredChange): void => {
    const label = isEntityName(entity) ? entityOf(entity).label : entity;
    tell(`${label}“${rowId}”的流水读不出来`);
  };
  for (const row of foldAll(db, lost)) {
    rows += 1;
    counts.set(row.entity, (counts.get(row.entity) ?? 0) + 1);
    const { label } = entityOf(row.entity);
    const stored = selects.get(row.entity)?.get(row.id) as Readonly<Record<string, Value>> | undefined;
    if (stored === undefined) tell(`${label}“${row.id}”在流水中有，表中没有`);
    else {
      const fields = differing(stored, row);
      if (fields.length > 0) {
        tell(`${label}“${row.id}”的${fields.map((field) => `“${labelOf(row.entity, field)}”`).join('、')}与流水不符`);
      }
    }
  }
  for (const name of entityNames) {
    const stored = db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number;
    const known = counts.get(name) ?? 0;
    if (stored > known) tell(`${entityOf(name).label}表中有 ${stored - known} 行不在流水中`);
  }
  return { ok: differences === 0, rows, differences, told };
}
