import { existsSync, renameSync } from 'node:fs';

/** Where a restored ledger waits until the old one has been put aside. */
export function restoredPath(path: string): string {
  return `${path}.restored`;
}

/**
 * Completes a restore that was cut off between its two renames: the old ledger is aside already and the restored one, which
 * was checked before, waits. Nothing happens in any other case.
 */
export function finishRestore(path: string): void {
  if (!existsSync(path) && existsSync(restoredPath(path))) renameSync(restoredPath(path), path);
}
