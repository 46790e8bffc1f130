import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Fault } from '../../../shared/contract/faults.ts';

/**
 * What belongs to a ledger file beside it. Also the rollback journal: a kill while the file is turned to WAL leaves one, and
 * SQLite would roll whatever file has that name next back to pages of the old one.
 */
export const LEDGER_SUFFIXES = ['', '-wal', '-shm', '-journal'] as const;

/** Removes a ledger file and what belongs to it. */
export function removeLedgerFile(path: string): void {
  for (const suffix of LEDGER_SUFFIXES) rmSync(path + suffix, { force: true });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A file-system error as a fault naming the file; anything unknown becomes UNEXPECTED. */
export function fileFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const detail = { what: path.split(/[\\/]/u).at(-1) ?? path };
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new Fault('DISK_FULL', {}, cause);
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new Fault('READ_ONLY', detail, cause);
    case 'EBUSY':
    case 'ETXTBSY':
      return new Fault('FILE_LOCKED', detail, cause);
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'EIO':
    case 'ENXIO':
      return new Fault('FILE_GONE', detail, cause);
    default:
      return new Fault('UNEXPECTED', { why: error instanceof Error ? error.message : String(error) }, cause);
  }
}

/**
 * Writes a whole file or nothing: temporary name, flush to disk, rename.
 *
 * @throws Fault DISK_FULL, READ_ONLY, FILE_LOCKED, FILE_GONE
 */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.part`;
  try {
    const handle = openSync(temporary, 'w');
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(handle, bytes, offset);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileFault(error, path);
  }
}
