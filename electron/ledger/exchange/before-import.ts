import type { Desk } from '../session/index.ts';

/** One backup before the first write of an import run (exchange design, Import: … backup → rows). */
export function backupBeforeImport(desk: Desk): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    desk.keeper?.take('before-import');
  };
}
