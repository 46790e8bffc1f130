import { existsSync, statSync } from 'node:fs';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Fault } from '../../../shared/contract/faults.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { migrate } from './migrate.ts';
import { sqliteFault } from './sqlite-fault.ts';
import type { Tables } from './tables.ts';

/** An open ledger file: one writer. Feature queries use `query`; only `store/` and the merge touch `db`. */
export interface Store {
  readonly path: string;
  readonly db: Sqlite;
  readonly query: Kysely<Tables>;
  /** What holds the ledger for a long write, such as an import; other writes are refused meanwhile. */
  readonly gate: { holder: string | null };
  /** Called after each commit with the entities it touched. */
  readonly listeners: Set<(touched: ReadonlySet<EntityName>) => void>;
  close(): void;
}

export interface OpenOptions {
  /** Create the file; without it a missing file is a fault. */
  readonly create?: boolean;
  readonly readOnly?: boolean;
}

function connect(path: string, options: OpenOptions): Sqlite {
  const nativeBinding = process.env['BAOBAO_NATIVE'];
  return new Database(path, {
    fileMustExist: options.create !== true,
    readonly: options.readOnly === true,
    timeout: 2000,
    ...(nativeBinding ? { nativeBinding } : {}),
  });
}

/** Settings that decide what a power cut can take: nothing that was acknowledged (libraries, Reliability). */
function configure(db: Sqlite, readOnly: boolean): void {
  if (!readOnly) {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
  }
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -32000');
}

/**
 * A second connection to the same file, for a long transaction beside the window's reads: they see nothing of it until it
 * is committed. Close it before the store itself.
 */
export function openBeside(store: Store, options: { readonly readOnly?: boolean } = {}): Store {
  const readOnly = options.readOnly === true;
  const db = connect(store.path, { readOnly });
  configure(db, readOnly);
  return {
    path: store.path,
    db,
    query: store.query,
    listeners: store.listeners,
    gate: store.gate,
    close() {
      db.close();
    },
  };
}

/**
 * Opens a ledger file, brings its tables up to date and checks it.
 *
 * @throws Fault LEDGER_NOT_FOUND, LEDGER_EXISTS, NOT_A_LEDGER, LEDGER_DAMAGED, LEDGER_FROM_FUTURE, LEDGER_BUSY, DISK_FULL, READ_ONLY
 */
export function openStore(path: string, options: OpenOptions = {}): Store {
  const exists = existsSync(path);
  if (options.create === true && exists && statSync(path).size > 0) throw new Fault('LEDGER_EXISTS', { what: path });
  if (options.create !== true && !exists) throw new Fault('LEDGER_NOT_FOUND', { what: path });

  let db: Sqlite | undefined;
  try {
    db = connect(path, options);
    configure(db, options.readOnly === true);
    migrate(db, path, options.readOnly === true);
    const [check] = db.pragma('quick_check(1)') as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw new Fault('LEDGER_DAMAGED', { what: path, why: '完整性检查未通过' });
  } catch (error) {
    db?.close();
    throw sqliteFault(error, path);
  }

  const opened = db;
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: opened }) });
  return {
    path,
    db: opened,
    query,
    listeners: new Set(),
    gate: { holder: null },
    close() {
      opened.close();
    },
  };
}
