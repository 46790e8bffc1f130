import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '../../../shared/contract/faults.ts';
import { fileFault } from '../store/files.ts';
import { flushFolder, makeFolder, removeLeftovers, requireSpace } from './backup-now.ts';
import { officePart } from './file-name.ts';
import { rotate } from './folder.ts';

/** The folder inside the second place: its name tells a person whose backups these are, and no two ledgers share one. */
export function secondFolder(second: string, officeName: string, ledgerId: string): string {
  return join(second, `包保台账备份_${officePart(officeName)}_${ledgerId.slice(-8)}`);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function copy(from: string, to: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(from, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
    await to.writeFile(chunk as Buffer);
  }
  await to.sync();
  return hash.digest('hex');
}

/**
 * Copies a finished backup to the second place, in small steps so that the window stays usable: temporary name, flushed,
 * read back and compared, renamed; then the same rotation.
 *
 * @throws Fault FILE_GONE when the place is not there, DISK_FULL, READ_ONLY, SYNC_WRITE_MISMATCH
 */
export async function copyToSecond(
  backup: string,
  place: { readonly second: string; readonly officeName: string; readonly ledgerId: string; readonly now: number },
): Promise<string> {
  if (!existsSync(place.second)) throw new Fault('FILE_GONE', { what: place.second });
  const folder = secondFolder(place.second, place.officeName, place.ledgerId);
  const target = join(folder, basename(backup));
  const part = `${target}.part`;
  try {
    makeFolder(folder);
    removeLeftovers(folder);
    requireSpace(folder, statSync(backup).size);
    const handle = await open(part, 'w');
    let written: string;
    try {
      written = await copy(backup, handle);
    } finally {
      await handle.close();
    }
    if ((await digestOf(part)) !== written) throw new Fault('SYNC_WRITE_MISMATCH', { what: basename(backup) });
    await rename(part, target);
    flushFolder(folder);
    rotate(folder, place.now);
    return target;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileFault(error, place.second);
  }
}
