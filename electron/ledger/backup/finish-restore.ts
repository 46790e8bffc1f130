import { existsSync, renameSync } from 'node:fs';
import { LEDGER_SUFFIXES } from '../store/files.ts';

/** Where a restored ledger waits until the old one has been put aside. */
export function restoredPath(path: string): string {
  return `${path}.restored`;
}

/**
 * Completes a restore that was cut off between its renames: the old ledger is aside already and the restored one, which was
 * checked before, waits. What the old one has left behind goes aside too: it would be taken for the new one's. Nothing
 * happens in any other case.
 */
export function finishRestore(path: string): void {
  if (existsSync(path) || !existsSync(restoredPath(path))) return;
  for (const suffix of LEDGER_SUFFIXES) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}${suffix}.old`);
  }
  renameSync(restoredPath(path), path);
}
