import type { Database as Sqlite } from 'better-sqlite3';
import { connectLedger } from '../store/open.ts';

/** A row of any table. */
export type AnyRow = Readonly<Record<string, string | number | null>>;

/**
 * Opens a damaged file as far as SQLite can; null when not even that, or where views stand in it, which are none of ours and
 * may answer for ever. Changes nothing.
 */
export function openDamaged(path: string): Sqlite | null {
  try {
    const db = connectLedger(path, { readOnly: true });
    try {
      const views = db.prepare(
        `SELECT count(*) FROM sqlite_master WHERE "type" = 'view' OR "sql" LIKE 'CREATE VIRTUAL%'`,
      );
      if (views.pluck().get() === 0) return db;
      db.close();
      return null;
    } catch {
      db.close();
      return null;
    }
  } catch {
    return null;
  }
}

function* untilDamage(db: Sqlite, sql: string): Generator<AnyRow, boolean> {
  try {
    for (const row of db.prepare(sql).iterate() as Iterable<AnyRow>) yield row;
    return true;
  } catch {
    // The page that cannot be read: what lies beyond is reached from the other end.
    return false;
  }
}

/**
 * Rows of a table as far as they can be read: from the front up to the damage, then from the back. `whole` tells whether
 * nothing was left out.
 */
export function readableRows(
  db: Sqlite,
  table: string,
  key: string,
): { readonly rows: readonly AnyRow[]; readonly whole: boolean } {
  const rows = new Map<unknown, AnyRow>();
  const take = (direction: 'ASC' | 'DESC'): boolean => {
    const reading = untilDamage(db, `SELECT * FROM "${table}" ORDER BY "${key}" ${direction}`);
    for (;;) {
      const step = reading.next();
      if (step.done === true) return step.value;
      rows.set(step.value[key], step.value);
    }
  };
  const whole = take('ASC');
  if (!whole) take('DESC');
  return { rows: [...rows.values()], whole };
}
