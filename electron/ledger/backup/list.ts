import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupEntry } from '../../../shared/contract/backup.ts';
import type { Store } from '../store/open.ts';
import { officePart } from './file-name.ts';
import { backupFolder, backupsIn } from './folder.ts';
import { secondFolder } from './second-place.ts';
import { readSettings } from './settings.ts';

function entriesIn(folder: string, place: BackupEntry['place']): BackupEntry[] {
  return backupsIn(folder).map(({ path, name, at, reason, bytes }) => ({ path, name, at, reason, bytes, place }));
}

const newestFirst = (left: BackupEntry, right: BackupEntry): number => right.at - left.at;

/** Ids that this ledger has had: a restore gives a new one, and the backups from before stay in their folder. */
function ledgerIdsOf({ db }: Pick<Store, 'db'>): readonly string[] {
  return db.prepare('SELECT DISTINCT "ledgerId" FROM "stream" WHERE "own" = 1').pluck().all() as string[];
}

/** Backups of an open ledger and of those it was restored from, in both places, newest first. */
export function backupsOf(store: Pick<Store, 'db'>, dataFolder: string, officeName: string): readonly BackupEntry[] {
  const { second } = readSettings(dataFolder);
  return ledgerIdsOf(store)
    .flatMap((ledgerId) => [
      ...entriesIn(backupFolder(dataFolder, ledgerId), 'local'),
      ...(second === null ? [] : entriesIn(secondFolder(second, officeName, ledgerId), 'second')),
    ])
    .sort(newestFirst);
}

function subfolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

/**
 * Backups that may be of a ledger which cannot be read any more: those in its folder if its id is known, and those that
 * bear the name of its office; failing both, all there are.
 */
export function backupsFor(
  lost: { readonly ledgerId: string | null; readonly officeName: string },
  dataFolder: string,
): readonly BackupEntry[] {
  const { second } = readSettings(dataFolder);
  const all = [
    ...subfolders(join(dataFolder, 'backups')).flatMap((folder) => entriesIn(folder, 'local')),
    ...(second === null
      ? []
      : subfolders(second)
          .filter((folder) => folder.includes('包保台账备份_'))
          .flatMap((folder) => entriesIn(folder, 'second'))),
  ].sort(newestFirst);
  const own = lost.ledgerId === null ? null : backupFolder(dataFolder, lost.ledgerId);
  const office = officePart(lost.officeName);
  const likely = all.filter(
    ({ path, name }) =>
      (own !== null && path.startsWith(own)) || (lost.officeName !== '' && name.startsWith(`${office}_`)),
  );
  return likely.length > 0 ? likely : all;
}
