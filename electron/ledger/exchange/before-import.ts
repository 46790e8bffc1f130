import { backupFolder, backupNow } from '../backup/index.ts';
import type { Session } from '../session/index.ts';

/** One backup before the first write of an import run (exchange design, Import: … backup → rows). */
export function backupBeforeImport(session: Session, dataFolder: string): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    const folder = backupFolder(dataFolder, session.identity.ledgerId);
    backupNow(session.store, { reason: 'before-import', folder, now: session.actor().now });
  };
}
