import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { BackupEntry, FullCheck, Restored } from '../../../shared/contract/backup.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { jobOf } from '../job.ts';
import { open, withLedger } from '../procedure.ts';
import { type Desk, statusOf } from '../session/index.ts';
import { BlobStore } from '../store/blobs.ts';
import { announce } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { verifyRebuild } from '../store/rebuild.ts';
import { verify } from '../store/verify.ts';
import { officeNameOf } from './inspect.ts';
import { backupsFor, backupsOf } from './list.ts';
import { checkPictures, neededPictures } from './pictures.ts';
import { previewBackup } from './preview.ts';
import { salvage } from './salvage.ts';
import { readSettings, writeSettings } from './settings.ts';
import { clearUnused, unusedPictures } from './unused-pictures.ts';

function listOf(desk: Desk): readonly BackupEntry[] {
  const { session } = desk.requirePresent();
  const { officeId } = session.identity;
  return backupsOf(session.store, desk.host.dataFolder, officeNameOf(session.store, officeId));
}

const backupPaths = (desk: Desk): string[] => listOf(desk).map(({ path }) => path);

/** How many photos, videos and papers the ledger names, and how many of them have not come. */
function picturesOf(store: Store) {
  const files = new BlobStore(store.path);
  const sizes = neededPictures(store).map(({ digest }) => files.sizeOf(digest));
  const held = sizes.filter((bytes) => bytes !== undefined);
  return {
    total: sizes.length,
    lacking: sizes.length - held.length,
    bytes: held.reduce((sum, bytes) => sum + bytes, 0),
  };
}

async function fullCheck(
  desk: Desk,
  report: (title: string, share: number) => void,
  signal: AbortSignal,
): Promise<FullCheck> {
  const { session } = desk.requirePresent();
  report('核对数据页和流水', 0.1);
  await breathe();
  const { pages, journal, entries } = verify(session.store);
  report('用流水重建各表并比对', 0.5);
  await breathe();
  const rebuilt =
    pages.length === 0 ? verifyRebuild(session.store.db) : { ok: false, rows: 0, told: ['数据页有问题，没有比对'] };
  const pictures = await checkPictures(session.store, signal, (share) =>
    report('核对照片、视频的内容', 0.6 + share * 0.4),
  );
  if (pictures.length > 0) announce(session.store, new Set<EntityName>(['attachment']));
  return {
    ok: pages.length === 0 && journal.length === 0 && rebuilt.ok,
    at: desk.host.now(),
    entries,
    rows: rebuilt.rows,
    pages: [...pages],
    journal: [...journal],
    tables: [...rebuilt.told],
    pictures: [...pictures],
  };
}

export const backupHandlers = {
  status: withLedger.backup.status.handler(({ context: { desk } }) => {
    const { keeper, session } = desk.requirePresent();
    return {
      folder: keeper.folder,
      last: listOf(desk)[0] ?? null,
      problem: keeper.problem,
      second: {
        folder: readSettings(desk.host.dataFolder).second,
        at: keeper.second?.at ?? null,
        problem: keeper.second?.problem ?? null,
      },
      pictures: {
        ...picturesOf(session.store),
        second: keeper.second?.pictures
          ? { ...keeper.second.pictures, missing: [...keeper.second.pictures.missing] }
          : null,
      },
      stream: keeper.stream(),
      renewed: keeper.renewed,
    };
  }),
  list: withLedger.backup.list.handler(({ context }) => [...listOf(context.desk)]),
  make: withLedger.backup.make.handler(async ({ context: { desk } }): Promise<BackupEntry> => {
    const { keeper } = desk.requirePresent();
    const { path, at, bytes, reason } = keeper.take('manual');
    await keeper.settled();
    return { path, at, bytes, reason, name: basename(path), place: 'local' };
  }),
  setSecond: open.backup.setSecond.handler(({ context, input }) => {
    writeSettings(context.desk.host.dataFolder, { second: input.folder });
    return null;
  }),
  preview: open.backup.preview.handler(({ context, input }) =>
    previewBackup(input.path, context.desk.present?.store ?? null, {
      ledgerPath: context.desk.present?.store.path ?? context.desk.trouble?.path ?? null,
      second: readSettings(context.desk.host.dataFolder).second,
    }),
  ),
  restore: open.backup.restore.handler(async ({ context, input }): Promise<Restored> => {
    const { session, keptAs, caughtUp, pictures } = await context.desk.restore(input.path);
    return {
      status: await statusOf(session),
      keptAs,
      caughtUp: caughtUp?.entries ?? 0,
      complete: caughtUp?.complete ?? true,
      pictures: { copied: pictures.copied, missing: [...pictures.missing] },
    };
  }),
  unused: withLedger.backup.unused.handler(({ context: { desk } }) =>
    unusedPictures(desk.requirePresent().session.store, backupPaths(desk), Date.now()),
  ),
  clearUnused: withLedger.backup.clearUnused.handler(({ context: { desk } }) =>
    clearUnused(desk.requirePresent().session.store, backupPaths(desk), Date.now()),
  ),
  check: withLedger.backup.check.handler(({ context, signal }) =>
    jobOf((report, abort) => fullCheck(context.desk, report, abort), signal),
  ),
  trouble: open.backup.trouble.handler(({ context: { desk } }) => {
    if (desk.trouble === null) return null;
    const { path, officeName, text } = desk.trouble;
    return { path, officeName, text, backups: [...backupsFor(desk.trouble, desk.host.dataFolder)] };
  }),
  startProblem: open.backup.startProblem.handler(({ context }) => context.desk.takeStartProblem()),
  dismissTrouble: open.backup.dismissTrouble.handler(({ context }) => {
    context.desk.clearTrouble();
    return null;
  }),
  salvage: open.backup.salvage.handler(async ({ context: { desk }, input }) => {
    const path = desk.trouble?.path ?? desk.requirePresent().session.store.path;
    const { folder, rows, lost } = await salvage(path, input.folder, desk.host.now());
    return { folder, rows, lost: [...lost] };
  }),
  lookAt: withLedger.backup.lookAt.handler(({ context: { desk }, input }) => {
    desk.lookAt(input.at);
    return statusOf(desk.require());
  }),
  span: withLedger.backup.span.handler(({ context: { desk } }) => {
    const { session } = desk.requirePresent();
    const row = session.store.db.prepare('SELECT min("at") AS "first", max("at") AS "last" FROM "journal"').get() as {
      first: number | null;
      last: number | null;
    };
    return row.first === null || row.last === null ? null : { first: row.first, last: row.last };
  }),
};
