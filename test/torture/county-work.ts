import { randomBytes } from 'node:crypto';
import { BlobStore } from '../../electron/ledger/store/blobs.ts';
import { type Actor, type Change, commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import type { Store } from '../../electron/ledger/store/open.ts';

/** Volumes of 400 kB instead of 1.9 GB; all in one file only up to 100 kB. */
export const VOLUMES = { volumeBytes: 400_000, oneFileBytes: 100_000 };

function ownUnit(store: Store): string {
  return store.db
    .prepare('SELECT "id" FROM "responsibilityUnit" WHERE "officeId" = ?')
    .pluck()
    .get(readIdentity(store).officeId) as string;
}

export function officeAbove(store: Store): string {
  return store.db
    .prepare('SELECT "parentOfficeId" FROM "office" WHERE "id" = ?')
    .pluck()
    .get(readIdentity(store).officeId) as string;
}

/** Some projects, one of them with a photo of up to 300 kB. @returns their ids */
export async function addProjectWithPhoto(store: Store, actor: Actor, projects = 3): Promise<readonly string[]> {
  const unitId = ownUnit(store);
  const changes = Array.from(
    { length: projects },
    (_, at): Change => ({
      entity: 'project',
      id: newId(),
      set: { name: `项目${at}`, unitId, content: '建设内容'.repeat(50), totalInvestment: 10_000_000 },
    }),
  );
  commit(store, { kind: 'edit', title: '登记项目', changes }, actor);
  const bytes = Math.floor(20_000 + Math.random() * 280_000);
  const { digest } = await new BlobStore(store.path).put(randomBytes(bytes));
  const set = { projectId: changes[0]?.id ?? '', kind: 'photo', digest, bytes, addedAt: actor.now };
  const photo: Change = { entity: 'attachment', id: newId(), set };
  commit(store, { kind: 'edit', title: '加入照片', changes: [photo] }, actor);
  return changes.map(({ id }) => id);
}
