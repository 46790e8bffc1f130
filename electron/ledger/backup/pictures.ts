import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { Fault } from '../../../shared/contract/faults.ts';
import { BlobStore, digestFile } from '../store/blobs.ts';
import { fileFault } from '../store/files.ts';
import type { Store } from '../store/open.ts';
import { requireSpace } from './backup-now.ts';

/** Folder beside the backups of the second place that holds the pictures of all of them, each once. */
const FOLDER = '附件';

/** Files looked for at one go. */
const LOOKS = 500;

/** A picture, video or paper that a ledger names. */
export interface NeededPicture {
  readonly digest: string;
  /** What the operator knows it by: '污水处理厂：基础施工'. */
  readonly name: string;
}

function hasTable(db: Store['db'], table: string): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE "type" = 'table' AND "name" = ?`).get(table) !== undefined;
}

/** Of every row, also of those that are 作废: undo may bring them back. A ledger of an older version has none. */
export function neededPictures({ db }: Pick<Store, 'db'>): readonly NeededPicture[] {
  if (!hasTable(db, 'attachment')) return [];
  const rows = db
    .prepare(
      `SELECT a."digest", a."thumbDigest", coalesce(p."name" || '：', '') || coalesce(a."title", a."fileName", '未命名') AS "name"
        FROM "attachment" a LEFT JOIN "project" p ON p."id" = a."projectId" ORDER BY a."id"`,
    )
    .all() as { digest: string | null; thumbDigest: string | null; name: string }[];
  const needed = new Map<string, NeededPicture>();
  for (const { digest, thumbDigest, name } of rows) {
    if (digest !== null) needed.set(digest, { digest, name });
    if (thumbDigest !== null && !needed.has(thumbDigest)) needed.set(thumbDigest, { digest: thumbDigest, name });
  }
  return [...needed.values()];
}

/** Names of what is not there, each once. */
function namesOf(pictures: readonly NeededPicture[]): readonly string[] {
  return [...new Set(pictures.map(({ name }) => name))];
}

export interface PicturesKept {
  readonly total: number;
  /** Copied this time. */
  readonly copied: number;
  /** Names of those that are neither here nor there. */
  readonly missing: readonly string[];
}

async function copyOne(digest: string, from: BlobStore, to: BlobStore, signal?: AbortSignal): Promise<void> {
  await to.take(from.read(digest), { expected: digest, ...(signal ? { signal } : {}) });
  // Read back: a failing stick takes everything and gives back something else.
  if ((await digestFile(to.pathOf(digest))).digest !== digest) {
    rmSync(to.pathOf(digest), { force: true });
    throw new Fault('SYNC_WRITE_MISMATCH', { what: '附件' });
  }
}

/**
 * Copies the pictures that a backup names beside it: only what is not there yet, by content digest, each read back.
 *
 * @throws Fault DISK_FULL, READ_ONLY, FILE_GONE, CANCELLED, SYNC_WRITE_MISMATCH; what was copied before stays
 */
export async function keepPictures(
  needed: readonly NeededPicture[],
  ledgerPath: string,
  backupFolder: string,
  signal?: AbortSignal,
): Promise<PicturesKept> {
  const from = new BlobStore(ledgerPath);
  const to = BlobStore.in(join(backupFolder, FOLDER));
  try {
    // What a copy that was cut off has left.
    rmSync(join(to.folder, '.incoming'), { recursive: true, force: true });
    const absent = needed.filter(({ digest }) => to.sizeOf(digest) === undefined);
    const present = absent.filter(({ digest }) => from.has(digest));
    requireSpace(
      backupFolder,
      present.reduce((sum, { digest }) => sum + (from.sizeOf(digest) ?? 0), 0),
    );
    let copied = 0;
    for (const { digest } of present) {
      if (signal?.aborted) throw new Fault('CANCELLED');
      // One that the disk has damaged is no reason to leave the others without a copy.
      if (!(await from.isWhole(digest, signal))) continue;
      await copyOne(digest, from, to, signal);
      copied += 1;
    }
    return { total: needed.length, copied, missing: namesOf(absent.filter(({ digest }) => !to.has(digest))) };
  } catch (error) {
    throw fileFault(error, backupFolder);
  }
}

/**
 * Where pictures of a ledger may lie: beside other ledgers of its folder, for one that a restore put aside, or that was given
 * another name, has left them under the old one. What cannot be read has none.
 */
function besideOthers(ledgerPath: string): readonly BlobStore[] {
  const { folder: own } = new BlobStore(ledgerPath);
  try {
    return readdirSync(dirname(ledgerPath))
      .filter((name) => name.endsWith('.bbledger.files'))
      .map((name) => BlobStore.in(join(dirname(ledgerPath), name)))
      .filter(({ folder }) => folder !== own);
  } catch (error) {
    console.error('folder of the ledger not read', error);
    return [];
  }
}

/** Where pictures of a backup may lie: beside it, and in every folder of the second place. */
function placesOf(backup: string, second: string | null): readonly BlobStore[] {
  const folders = [dirname(backup)];
  try {
    const entries = second === null || !existsSync(second) ? [] : readdirSync(second, { withFileTypes: true });
    for (const entry of entries) if (entry.isDirectory() && second !== null) folders.push(join(second, entry.name));
  } catch (error) {
    // A second place that cannot be read: its pictures are missing, which is said of each; the ledger is restored all the same.
    console.error('second place not read', error);
  }
  return folders.map((folder) => BlobStore.in(join(folder, FOLDER))).filter(({ folder }) => existsSync(folder));
}

/** How many pictures of a backup there are, and how many of them could be had now. */
export function countPictures(
  backup: Pick<Store, 'db' | 'path'>,
  ledgerPath: string | null,
  second: string | null,
): { readonly total: number; readonly missing: readonly string[] } {
  const needed = neededPictures(backup);
  const here = ledgerPath === null ? [] : [new BlobStore(ledgerPath), ...besideOthers(ledgerPath)];
  const places = [...here, ...placesOf(backup.path, second)];
  const missing = needed.filter(({ digest }) => !places.some((place) => place.has(digest)));
  return { total: needed.length, missing: namesOf(missing) };
}

/** From the first place that has it whole. */
async function bringOne(
  digest: string,
  places: readonly BlobStore[],
  to: BlobStore,
  signal?: AbortSignal,
): Promise<boolean> {
  for (const from of places.filter((place) => place.has(digest))) {
    try {
      await copyOne(digest, from, to, signal);
      return true;
    } catch (error) {
      console.error('picture not brought', digest, error);
    }
  }
  return false;
}

/**
 * Brings the pictures that a ledger names and that do not lie beside it, from where its backups are kept and from beside
 * other ledgers. What cannot be brought is named and stands in no way: the rows are there, 待补照片.
 *
 * @param backup any file of the folder of its backups
 */
export async function bringPictures(
  needed: readonly NeededPicture[],
  target: string,
  backup: string,
  second: string | null,
  signal?: AbortSignal,
): Promise<PicturesKept> {
  const to = new BlobStore(target);
  const places = [...placesOf(backup, second), ...besideOthers(target)];
  const missing: NeededPicture[] = [];
  let copied = 0;
  for (const [at, picture] of needed.entries()) {
    // The window's questions come in between.
    if (at % LOOKS === 0) await pause();
    if (signal?.aborted) throw new Fault('CANCELLED');
    if (to.has(picture.digest)) continue;
    if (await bringOne(picture.digest, places, to, signal)) copied += 1;
    else missing.push(picture);
  }
  return { total: needed.length, copied, missing: namesOf(missing) };
}

/**
 * Reads every picture that a ledger names and that is here; what the disk has changed is put aside and is lacking from now
 * on: the next backup brings it from the second place, the next file from another office.
 *
 * @returns names of those put aside
 * @throws Fault CANCELLED; READ_ONLY, FILE_LOCKED where one cannot be put aside
 */
export async function checkPictures(
  store: Store,
  signal?: AbortSignal,
  onProgress?: (share: number) => void,
): Promise<readonly string[]> {
  const files = new BlobStore(store.path);
  const held = neededPictures(store).filter(({ digest }) => files.has(digest));
  const damaged: NeededPicture[] = [];
  for (const [at, picture] of held.entries()) {
    onProgress?.(at / held.length);
    if (!(await files.isWhole(picture.digest, signal)) && !files.has(picture.digest)) damaged.push(picture);
  }
  return namesOf(damaged);
}
