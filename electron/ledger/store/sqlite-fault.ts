import { Fault } from '../../../shared/contract/faults.ts';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A SQLite or file-system error as a fault of the ledger; anything unknown becomes UNEXPECTED with its text kept. */
export function sqliteFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  if (code === 'SQLITE_NOTADB') return new Fault('NOT_A_LEDGER', { what: path }, cause);
  if (code.startsWith('SQLITE_CORRUPT')) return new Fault('LEDGER_DAMAGED', { what: path, why: '数据页损坏' }, cause);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new Fault('LEDGER_BUSY', { what: path }, cause);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new Fault('DISK_FULL', {}, cause);
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new Fault('READ_ONLY', { what: path }, cause);
  }
  if (code === 'ENOENT' || code === 'SQLITE_CANTOPEN') return new Fault('LEDGER_NOT_FOUND', { what: path }, cause);
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO' || code === 'ENODEV')
    return new Fault('FILE_GONE', { what: path }, cause);
  return new Fault('UNEXPECTED', { why: error instanceof Error ? error.message : String(error) }, cause);
}
