import { basename } from 'node:path';
import { Fault, type FaultCode } from '../../../../shared/contract/faults.ts';
import { fileFault } from '../../store/files.ts';

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
  switch (errnoOf(error)) {
    case 'EISDIR':
      return new Fault('FILE_UNREADABLE', { what: basename(path), why: '这是文件夹，不是文件' }, { cause: error });
    case 'ENOTDIR':
      return new Fault('FILE_GONE', { what: basename(path) }, { cause: error });
    case 'ABORT_ERR':
      return new Fault('CANCELLED', {}, { cause: error });
    default:
      return fileFault(error, path);
  }
}

/** @throws Fault CANCELLED once the operator has pressed 取消 */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED');
}
