import { existsSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Database as Sqlite } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Fault } from '../../../shared/contract/faults.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { connect, PATIENCE_MS } from './connect.ts';
import { findDamage } from './find-damage.ts';
import { type LedgerLock, type LockHolder, lockLedger } from './lock.ts';
import { type BeforeUpgrade, identify, SCHEMA_VERSION, upgrade } from './migrate.ts';
import { quickCheck } from './quick-check.ts';
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
  /** Past instant that is looked at, UTC ms; null for the ledger itself. */
  readonly asOf: number | null;
  close(): void;
}

export interface OpenOptions {
  /** Create the file; without it a missing file is a fault. */
  readonly create?: boolean;
  /** Takes no lock and changes nothing, not even the schema version. */
  readonly readOnly?: boolean;
  readonly beforeUpgrade?: BeforeUpgrade;
  /** The caller runs `quickCheck` itself, once the first screen is there. */
  readonly checkLater?: boolean;
}

/** Another connection to a ledger file, such as to a view of a past instant. */
export function connectLedger(path: string, options: OpenOptions): Sqlite {
  return connect(path, {
    fileMustExist: options.create !== true,
    readonly: options.readOnly === true,
    timeout: PATIENCE_MS,
  });
}

/** Settings that decide what a power cut can take: nothing that was acknowledged (libraries, Reliability). */
export function configure(db: Sqlite, readOnly: boolean): void {
  if (!readOnly) {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
  }
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -32000');
}

/** @throws Fault LEDGER_HELD while a file is read in: nothing else may write between its groups. */
export function requireFree({ gate }: Store): void {
  if (gate.holder !== null) throw new Fault('LEDGER_HELD', { what: gate.holder });
}

/** The file on the disk as it was opened; a store that is not in it has no file of its own. */
const files = new WeakMap<Store, number>();

/**
 * A file that was deleted or replaced while it is open goes on taking what is written, and loses it at the end: nothing may
 * be acknowledged then.
 *
 * @throws Fault FILE_GONE
 */
export function requireFile(store: Store): void {
  const opened = files.get(store);
  if (opened === undefined) return;
  if (statSync(store.path, { throwIfNoEntry: false })?.ino !== opened)
    throw new Fault('FILE_GONE', { what: store.path });
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** '操作人王某，5月18日 09:12 时打开': the operator as the ledger says, the time as the lock says. */
function describeHolder(path: string, holder: LockHolder | null): string {
  let operator: string | undefined;
  try {
    const db = connectLedger(path, { readOnly: true });
    try {
      operator = db.prepare(`SELECT "value" FROM "meta" WHERE "key" = 'operator'`).pluck().get() as string | undefined;
    } finally {
      db.close();
    }
  } catch {
    // Told without the name then: that it is open elsewhere is what matters.
  }
  const since = holder === null ? null : new Date(holder.at);
  const parts = [
    operator ? `操作人${operator}` : null,
    since && `${since.getMonth() + 1}月${since.getDate()}日 ${pad(since.getHours())}:${pad(since.getMinutes())} 时打开`,
    holder && holder.host !== hostname() ? `在电脑 ${holder.host} 上` : null,
  ];
  return parts.filter(Boolean).join('，');
}

/**
 * A second connection to the same file, for a long transaction beside the window's reads: they see nothing of it until it
 * is committed. Close it before the store itself.
 */
export function openBeside(store: Store, options: { readonly readOnly?: boolean } = {}): Store {
  const readOnly = options.readOnly === true;
  const db = connectLedger(store.path, { readOnly });
  configure(db, readOnly);
  return {
    path: store.path,
    db,
    query: store.query,
    listeners: store.listeners,
    gate: store.gate,
    asOf: store.asOf,
    close() {
      db.close();
    },
  };
}

/** Up to here the full check is a matter of a second. */
const FULLY_CHECKED_BYTES = 16 * 1024 * 1024;

/**
 * A log beside the file may be that of another file, as after an older one was copied over it. A reader shows what would come
 * of it; whoever may write puts it into the file for good.
 *
 * @throws Fault LEDGER_DAMAGED; file and log are as they were
 */
function checkLog(path: string): void {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const db = connectLedger(path, { readOnly: true });
  try {
    const version = identify(db, path, false);
    // Pages of two ledgers may fit together; their journals do not.
    const fully = version === SCHEMA_VERSION && statSync(path).size <= FULLY_CHECKED_BYTES;
    const damage = fully ? findDamage({ db, path }) : null;
    if (damage !== null) throw damage;
    if (!fully) quickCheck(db, path);
  } finally {
    db.close();
  }
}

/**
 * Opens a ledger file, brings its tables up to date and checks it.
 *
 * @throws Fault LEDGER_NOT_FOUND, LEDGER_EXISTS, NOT_A_LEDGER, LEDGER_DAMAGED, LEDGER_FROM_FUTURE, LEDGER_BUSY, DISK_FULL, READ_ONLY
 */
export function openStore(path: string, options: OpenOptions = {}): Store {
  const readOnly = options.readOnly === true;
  const exists = existsSync(path);
  if (options.create === true && exists && statSync(path).size > 0) throw new Fault('LEDGER_EXISTS', { what: path });
  if (options.create !== true && !exists) throw new Fault('LEDGER_NOT_FOUND', { what: path });

  let db: Sqlite | undefined;
  let lock: LedgerLock | undefined;
  try {
    if (!readOnly) lock = lockLedger(path, (holder) => describeHolder(path, holder));
    if (!readOnly && exists) checkLog(path);
    db = connectLedger(path, options);
    const version = identify(db, path, options.create === true);
    configure(db, readOnly);
    if (options.checkLater !== true || version < SCHEMA_VERSION) quickCheck(db, path);
    if (!readOnly) upgrade(db, version, options.beforeUpgrade);
  } catch (error) {
    db?.close();
    lock?.release();
    throw sqliteFault(error, path);
  }

  const opened = db;
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: opened }) });
  const store: Store = {
    path,
    db: opened,
    query,
    listeners: new Set(),
    gate: { holder: null },
    asOf: null,
    close() {
      opened.close();
      lock?.release();
    },
  };
  files.set(store, statSync(path).ino);
  return store;
}
