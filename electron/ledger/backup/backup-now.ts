import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { BackupReason } from '../../../shared/contract/backup.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { fileFault } from '../store/files.ts';
import type { Store } from '../store/open.ts';
import { sqliteFault } from '../store/sqlite-fault.ts';
import { BACKUP_EXTENSION, backupFileName } from './file-name.ts';
import { compareCounts, countRows, type Head, headOf, officeNameOf, withReadOnly } from './inspect.ts';

const PART = '.part';
/** Left free on the disk beside the backup, so that the ledger itself can go on writing. */
const SPARE_BYTES = 16 * 1024 * 1024;

export interface BackupRequest {
  readonly reason: BackupReason;
  /** Made when absent. */
  readonly folder: string;
  /** UTC ms; in the name, and what the rotation goes by. */
  readonly now: number;
}

export interface BackupMade {
  readonly path: string;
  readonly bytes: number;
  readonly reason: BackupReason;
  readonly at: number;
  /** Journal end that it holds. */
  readonly head: Head;
  /** How long the ledger process was busy with it. */
  readonly tookMs: number;
}

export function flush(path: string): void {
  // Windows flushes only through a handle that may write.
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a rename outlive a power cut. Windows has no such handle and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a folder and those above it. @throws what the file system says */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder));
  // One by one: `recursive` reports a read-only file system as a missing folder.
  mkdirSync(folder);
}

/** @throws Fault DISK_FULL */
export function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes + SPARE_BYTES) throw new Fault('DISK_FULL', { what: folder });
}

function freeName(folder: string, office: string, { reason, now }: BackupRequest): string {
  for (let sequence = 1; ; sequence += 1) {
    const path = join(folder, backupFileName({ office, at: now, reason, sequence }));
    if (!existsSync(path)) return path;
  }
}

/** What an earlier run that was cut off has left. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(BACKUP_EXTENSION + PART) || name.endsWith(`${BACKUP_EXTENSION}${PART}-journal`))
      rmSync(join(folder, name), { force: true });
  }
}

/**
 * Writes a backup of the ledger as it stands: `VACUUM INTO` a temporary name, opened read-only and checked (pages, journal
 * end, rows of every table), flushed, renamed. Not inside a transaction. What fails leaves no file.
 *
 * A backup holds the office's secret keys, as the ledger does; keep it like the ledger.
 *
 * @throws Fault DISK_FULL, READ_ONLY, FILE_GONE, LEDGER_DAMAGED when the ledger cannot be read to its end
 */
export function backupNow(store: Pick<Store, 'db' | 'path'>, request: BackupRequest): BackupMade {
  const started = performance.now();
  const { folder, reason, now } = request;
  const officeId = store.db.prepare(`SELECT "value" FROM "meta" WHERE "key" = 'officeId'`).pluck().get() as
    | string
    | undefined;
  try {
    makeFolder(folder);
    removeLeftovers(folder);
    requireSpace(
      folder,
      (store.db.pragma('page_count', { simple: true }) as number) *
        (store.db.pragma('page_size', { simple: true }) as number),
    );
  } catch (error) {
    throw fileFault(error, folder);
  }
  const path = freeName(folder, officeNameOf(store, officeId ?? ''), request);
  const part = path + PART;
  try {
    const expected = countRows(store);
    const head = headOf(store);
    store.db.prepare('VACUUM INTO ?').run(part);
    withReadOnly(part, (copy) => {
      const found = headOf(copy);
      if (found.n !== head.n || found.chain !== head.chain)
        throw new Fault('LEDGER_DAMAGED', { what: part, why: '备份的流水与台账不符' });
      compareCounts(expected, countRows(copy), part);
    });
    flush(part);
    renameSync(part, path);
    flushFolder(folder);
    return { path, bytes: statSync(path).size, reason, at: now, head, tookMs: performance.now() - started };
  } catch (error) {
    rmSync(part, { force: true });
    throw error instanceof Error && 'syscall' in error ? fileFault(error, path) : sqliteFault(error, store.path);
  }
}
