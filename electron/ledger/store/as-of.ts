import type { Database as Sqlite } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type EntityName, entityNames } from '../../../shared/dictionary/index.ts';
import { configure, connectLedger, type Store } from './open.ts';
import { columnsOf, foldTouched, rowValues } from './rebuild.ts';
import type { Tables } from './tables.ts';

/** The last journal number at an instant: what was saved then, in the order in which it was saved. */
export function numberAt(db: Sqlite, at: number): number {
  return (db.prepare('SELECT max("n") FROM "journal" WHERE "at" <= ?').pluck().get(at) as number | null) ?? 0;
}

function sqlOf(db: Sqlite, type: 'table' | 'index', table: string): readonly string[] {
  return db
    .prepare(`SELECT "sql" FROM main.sqlite_master WHERE "type" = ? AND "tbl_name" = ? AND "sql" IS NOT NULL`)
    .pluck()
    .all(type, table) as string[];
}

/** Makes a temporary table of the same name, which SQLite finds before the real one. */
function shadow(db: Sqlite, table: string): void {
  for (const sql of sqlOf(db, 'table', table)) db.exec(sql.replace(/^CREATE TABLE/u, 'CREATE TEMP TABLE'));
}

function shadowIndexes(db: Sqlite, table: string): void {
  for (const sql of sqlOf(db, 'index', table)) db.exec(sql.replace(/^(CREATE (?:UNIQUE )?INDEX) "/u, '$1 temp."'));
}

function touchedAfter(db: Sqlite, n: number): readonly EntityName[] {
  const names = new Set(db.prepare('SELECT DISTINCT "entity" FROM "change" WHERE "n" > ?').pluck().all(n) as string[]);
  return entityNames.filter((name) => names.has(name));
}

/** Rows not touched since are copied as they are; the others are made from their changes up to then. */
function shadowEntities(db: Sqlite, n: number): void {
  const touched = touchedAfter(db, n);
  if (touched.length === 0) return;
  db.exec('CREATE TEMP TABLE "_touched" ("id" TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID');
  db.prepare('INSERT INTO "_touched" SELECT DISTINCT "rowId" FROM "change" WHERE "n" > ?').run(n);
  const inserts = new Map(
    touched.map((name) => {
      shadow(db, name);
      db.exec(
        `INSERT INTO temp."${name}" SELECT * FROM main."${name}" WHERE "id" NOT IN (SELECT "id" FROM temp."_touched")`,
      );
      const columns = columnsOf(name);
      const names = columns.map((column) => `"${column}"`).join(', ');
      return [name, db.prepare(`INSERT INTO temp."${name}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)];
    }),
  );
  // Writes go to temporary tables only, reads to the real ones: the driver's general ban does not concern them.
  db.unsafeMode(true);
  for (const row of foldTouched(db, n)) inserts.get(row.entity)?.run(...rowValues(row));
  db.unsafeMode(false);
  for (const name of touched) shadowIndexes(db, name);
  db.exec('DROP TABLE temp."_touched"');
}

/** Journal and registers end at that instant too. */
function shadowBooks(db: Sqlite, n: number, at: number): void {
  const journal = (db.pragma('main.table_info("journal")') as { name: string }[]).map(({ name }) =>
    name === 'undoneBy' ? `CASE WHEN "undoneBy" <= ${n} THEN "undoneBy" END AS "undoneBy"` : `"${name}"`,
  );
  db.exec(`
    CREATE TEMP VIEW "journal" AS SELECT ${journal.join(', ')} FROM main."journal" WHERE "n" <= ${n};
    CREATE TEMP VIEW "change" AS SELECT * FROM main."change" WHERE "n" <= ${n};
    CREATE TEMP VIEW "exchange" AS SELECT * FROM main."exchange" WHERE "at" <= ${at};
    CREATE TEMP VIEW "parked" AS SELECT * FROM main."parked" WHERE "at" <= ${at};
    CREATE TEMP TABLE "meta" AS SELECT * FROM main."meta";
  `);
}

const pad = (n: number): string => String(n).padStart(2, '0');

function dayOf(at: number): readonly [number, number, number] {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()];
}

/**
 * The ledger as it was at a past instant, read-only, for the same queries as ever: a connection of its own on which
 * temporary tables of the same names stand before the real ones. The real ledger is not touched, and what is saved
 * meanwhile is not seen. Close it before the store.
 *
 * @param at UTC ms
 */
export function openAsOf(store: Pick<Store, 'path'>, at: number): Store {
  const instant = Math.floor(at);
  const db = connectLedger(store.path, { readOnly: true });
  try {
    configure(db, true);
    // One snapshot for as long as it is looked at.
    db.exec('BEGIN');
    const n = numberAt(db, instant);
    shadowEntities(db, n);
    shadowBooks(db, n, instant);
    const [year, month, date] = dayOf(instant);
    db.prepare(`DELETE FROM temp."meta" WHERE "key" = 'today'`).run();
    db.prepare(`INSERT INTO temp."meta" VALUES ('today', ?)`).run(`${year}-${pad(month)}-${pad(date)}`);
    return {
      path: store.path,
      db,
      query: new Kysely<Tables>({ dialect: new SqliteDialect({ database: db }) }),
      listeners: new Set(),
      gate: { holder: `正在查看${year}年${month}月${date}日的台账` },
      asOf: instant,
      close() {
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
