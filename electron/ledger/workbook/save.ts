import { accessSync, constants, existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Fault } from '../../../shared/contract/faults.ts';
import { writeFileWhole } from '../store/files.ts';

function canWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a workbook whole or not at all: temporary name beside it, then renamed.
 *
 * @throws Fault FILE_LOCKED when WPS or Excel has the file open, DISK_FULL, READ_ONLY, FILE_GONE
 */
export function saveWorkbook(path: string, bytes: Uint8Array): void {
  try {
    writeFileWhole(path, bytes);
  } catch (error) {
    // Windows answers a rename over a file that is open elsewhere with 'no permission', as for a write-protected stick.
    const mayBeOpen =
      error instanceof Fault && error.code === 'READ_ONLY' && existsSync(path) && canWriteIn(dirname(path));
    throw mayBeOpen ? new Fault('FILE_LOCKED', { what: basename(path) }, { cause: error }) : error;
  }
}
