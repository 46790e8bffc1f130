import { existsSync, realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import { connect } from './connect.ts';
import { newId } from './id.ts';

/**
 * One program at a time writes a ledger. The mark is a lock of the operating system, held through a small SQLite file
 * beside the ledger: it ends with its process however that ends, so there is no stale mark to judge by age or pid, and it
 * works between programs, users and, as far as the share supports locks, between PCs. Reading needs no lock.
 */
export interface LedgerLock {
  release(): void;
}

/** Who holds a ledger, as the second one is told. */
export interface LockHolder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** UTC ms. */
  readonly at: number;
}

export function lockPath(path: string): string {
  return `${existsSync(path) ? realpathSync(path) : path}-lock`;
}

const SUFFIXES = ['', '-journal'] as const;
/** Attempts where another one lets go of the lock at this very moment. */
const TRIES = 5;

function holderIn(db: Sqlite): LockHolder | null {
  try {
    return (db.prepare('SELECT * FROM "holder"').get() as LockHolder | undefined) ?? null;
  } catch {
    // No table yet, or it is being written.
    return null;
  }
}

/** Who holds the ledger at `path` now, or last held it; null when nobody is known. */
export function holderOf(path: string): LockHolder | null {
  const file = lockPath(path);
  if (!existsSync(file)) return null;
  let db: Sqlite | undefined;
  try {
    db = connect(file, { timeout: 0 });
    return holderIn(db);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the lock file at the path is still the one that we hold: its last holder removes it. */
function isInPlace(file: string, id: string): boolean {
  if (!existsSync(file)) return false;
  const db = connect(file, { timeout: 0 });
  try {
    return holderIn(db)?.id === id;
  } finally {
    db.close();
  }
}

/** Says who we are; without it the lock still holds, as on a full disk. @returns id of what was written, or null */
function sign(db: Sqlite): string | null {
  const id = newId();
  db.pragma('synchronous = OFF');
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(
      'CREATE TABLE IF NOT EXISTS "holder" ("id" TEXT, "pid" INTEGER, "host" TEXT, "at" INTEGER) STRICT; DELETE FROM "holder"',
    );
    db.prepare('INSERT INTO "holder" VALUES (?, ?, ?, ?)').run(id, process.pid, hostname(), Date.now());
    db.exec('COMMIT');
    return id;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    if (codeOf(error) === 'SQLITE_FULL') return null;
    throw error;
  }
}

/** Takes the lock, or null when another one has it. */
function tryLock(file: string): Sqlite | null {
  for (let attempt = 1; ; attempt += 1) {
    let db: Sqlite | undefined;
    try {
      db = connect(file, { timeout: 0 });
      const id = sign(db);
      // The row must be readable by others, so the lock proper is a transaction that is begun and never written in.
      db.exec('BEGIN IMMEDIATE');
      if (id === null || isInPlace(file, id)) return db;
      db.close();
      if (attempt === TRIES) return null;
    } catch (error) {
      db?.close();
      const code = codeOf(error);
      if (code.startsWith('SQLITE_BUSY')) return null;
      // Only a mark: a broken one is thrown away.
      const broken = code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
      if (!broken || attempt === TRIES) throw error;
      remove(file);
    }
  }
}

function remove(file: string): void {
  for (const suffix of SUFFIXES) {
    try {
      rmSync(file + suffix, { force: true });
    } catch {
      // Windows does not remove what another program is looking at; the next holder uses it again.
    }
  }
}

/**
 * @param tellWho who works in the other window, to be read from the ledger itself
 * @throws Fault LEDGER_BUSY when another program writes this ledger, READ_ONLY where the folder cannot be written
 */
export function lockLedger(path: string, tellWho: (holder: LockHolder | null) => string): LedgerLock {
  const file = lockPath(path);
  let db: Sqlite | null;
  try {
    db = tryLock(file);
  } catch (error) {
    if (codeOf(error) === 'SQLITE_CANTOPEN') throw new Fault('READ_ONLY', { what: dirname(path) }, { cause: error });
    throw error;
  }
  if (db === null) throw new Fault('LEDGER_BUSY', { what: path, why: tellWho(holderOf(path)) });
  const held = db;
  return {
    release() {
      // Removed while still held: whoever waits on this file finds that it is no longer in place and takes a new one.
      // Windows removes no open file, but neither one that somebody else has open.
      if (process.platform !== 'win32') remove(file);
      held.close();
      if (process.platform === 'win32') remove(file);
    },
  };
}
