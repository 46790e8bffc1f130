import type { LedgerKeeper } from '../../backup/index.ts';

/**
 * One backup before the first write of an import run (exchange design, Import: … backup → rows). Where it cannot be made
 * the file is refused, and the next one tries again.
 *
 * @param keeper null for a ledger that nobody looks after
 */
export function backupBeforeImport(keeper: Pick<LedgerKeeper, 'take'> | null): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    keeper?.take('before-import');
    done = true;
  };
}
