import { basename } from 'node:path';
import { Fault, type FaultCode } from '../../../shared/contract/faults.ts';

/** A fault about a sync file, named by the file's own name as the operator sees it on the stick. */
export function faultOf(code: FaultCode, path: string, why?: string, cause?: unknown): Fault {
  const detail = { what: basename(path), ...(why === undefined ? {} : { why }) };
  return new Fault(code, detail, cause === undefined ? undefined : { cause });
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** An error of the file system on the stick or folder at `path`, as a fault that names the cure. */
export function mediumFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const what = basename(path);
  const options = { cause: error };
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new Fault('DISK_FULL', { what }, options);
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new Fault('READ_ONLY', { what }, options);
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
    case 'EIO':
    case 'ENOTDIR':
      return new Fault('FILE_GONE', { what }, options);
    case 'EBUSY':
    case 'ETXTBSY':
      return new Fault('FILE_LOCKED', { what }, options);
    case 'EISDIR':
      return new Fault('FILE_UNREADABLE', { what, why: '这是文件夹，不是文件' }, options);
    case 'ABORT_ERR':
      return new Fault('CANCELLED', {}, options);
    default:
      return new Fault('UNEXPECTED', { why: error instanceof Error ? error.message : String(error) }, options);
  }
}

/** @throws Fault CANCELLED once the operator has pressed 取消 */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED');
}
