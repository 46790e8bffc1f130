import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupReason } from '../../../shared/contract/backup.ts';
import { parseBackupName } from './file-name.ts';
import { expired } from './rotation.ts';

/** Where the backups of a ledger go unless told otherwise. */
export function backupFolder(dataFolder: string, ledgerId: string): string {
  return join(dataFolder, 'backups', ledgerId);
}

/** A backup in a folder, by its name; what it holds is told by opening it. */
export interface BackupFile {
  readonly path: string;
  readonly name: string;
  readonly at: number;
  readonly reason: BackupReason;
  readonly sequence: number;
  readonly bytes: number;
}

/** Backups in a folder, newest first; none when the folder is not there, as with a stick that was pulled out. */
export function backupsIn(folder: string): readonly BackupFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name): BackupFile[] => {
      const parsed = parseBackupName(name);
      if (parsed === null) return [];
      const path = join(folder, name);
      const { at, reason, sequence } = parsed;
      return [{ path, name, at, reason, sequence, bytes: statSync(path).size }];
    })
    .sort((left, right) => right.at - left.at || right.sequence - left.sequence || (left.name < right.name ? 1 : -1));
}

/** Removes what the rotation lets go. @returns names removed */
export function rotate(folder: string, now: number): readonly string[] {
  const gone = expired(backupsIn(folder), now);
  for (const { name } of gone) rmSync(join(folder, name), { force: true });
  return gone.map(({ name }) => name);
}
