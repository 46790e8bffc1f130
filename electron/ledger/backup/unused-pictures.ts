import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BlobStore } from '../store/blobs.ts';
import { readRecord } from '../store/change-record.ts';
import type { Store } from '../store/open.ts';
import { withReadOnly } from './inspect.ts';
import { neededPictures } from './pictures.ts';

/** A volume of pictures may come long before the file with their rows. */
const OLD_MS = 90 * 86_400_000;
const DIGEST = /[0-9a-f]{64}/gu;

export interface UnusedPictures {
  readonly count: number;
  readonly bytes: number;
  /** A backup or a ledger beside this one that could not be read may need any of them: nothing may be cleared. */
  readonly unsure: string | null;
}

/** Every digest that rows, journal or parked changes of a ledger name. */
function namedIn(store: Pick<Store, 'db'>, into: Set<string>): void {
  for (const { digest } of neededPictures(store)) into.add(digest);
  const name = (text: string): void => {
    for (const digest of text.match(DIGEST) ?? []) into.add(digest);
  };
  const changes = store.db.prepare(`SELECT "record", "before" FROM "change" WHERE "entity" = 'attachment'`).all() as {
    readonly record: string;
    readonly before: string | null;
  }[];
  for (const { record, before } of changes) name(`${JSON.stringify(readRecord(store, record).values)}${before ?? ''}`);
  const parked = store.db.prepare(`SELECT "record" FROM "parked" WHERE "entity" = 'attachment'`).pluck().all();
  for (const record of parked as string[]) name(record);
}

/** Ledgers that were put aside by a restore and lie beside this one share its pictures. */
function ledgersBeside(path: string): readonly string[] {
  return readdirSync(dirname(path))
    .filter((name) => name.endsWith('.bbledger') && name !== basename(path))
    .map((name) => join(dirname(path), name));
}

interface StoredPicture {
  readonly digest: string;
  readonly path: string;
  readonly bytes: number;
}

/** What has lain beside the ledger for long and is not among the named. */
function candidates(store: Store, named: ReadonlySet<string>, now: number): readonly StoredPicture[] {
  const { folder } = new BlobStore(store.path);
  if (!existsSync(folder)) return [];
  const found: StoredPicture[] = [];
  for (const group of readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/u.test(name))) {
    for (const name of readdirSync(join(folder, group))) {
      const path = join(folder, group, name);
      const digest = group + name;
      const { mtimeMs, size } = statSync(path);
      if (!named.has(digest) && now - mtimeMs > OLD_MS) found.push({ digest, path, bytes: size });
    }
  }
  return found;
}

/** Of the ledger at a path, or its backup. @returns whether it could be read, which a damaged one cannot */
function learnNamed(path: string, learn: () => void): boolean {
  try {
    learn();
    return true;
  } catch (error) {
    console.error('not read for its pictures', path, error);
    return false;
  }
}

function list(store: Store, backups: readonly string[], now: number) {
  const named = new Set<string>();
  const unsure = (path: string) => ({ unused: [], unsure: basename(path) });
  if (!learnNamed(store.path, () => namedIn(store, named))) return unsure(store.path);
  const found = candidates(store, named, now);
  // Other files are looked into only where it matters: reading a ledger leaves traces beside it.
  if (found.length === 0) return { unused: found, unsure: null };
  for (const path of [...backups, ...ledgersBeside(store.path)])
    if (!learnNamed(path, () => withReadOnly(path, (other) => namedIn(other, named)))) return unsure(path);
  return { unused: found.filter(({ digest }) => !named.has(digest)), unsure: null };
}

const summed = (unused: readonly { readonly bytes: number }[]) => ({
  count: unused.length,
  bytes: unused.reduce((sum, { bytes }) => sum + bytes, 0),
});

/**
 * Pictures beside the ledger that nothing names any more: no row, no journal entry, no parked change, no backup that is
 * known, no ledger put aside; and that have lain there for a quarter of a year.
 *
 * @param now UTC ms of this PC's clock, against which files are dated
 */
export function unusedPictures(store: Store, backups: readonly string[], now: number): UnusedPictures {
  const { unused, unsure } = list(store, backups, now);
  return { ...summed(unused), unsure };
}

/** Removes them, looked for anew. @returns how many and how large they were */
export function clearUnused(store: Store, backups: readonly string[], now: number): UnusedPictures {
  const { unused, unsure } = list(store, backups, now);
  for (const { path } of unused) rmSync(path, { force: true });
  return { ...summed(unused), unsure };
}
