import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../shared/contract/faults.ts';
import { fileFault } from './files.ts';

export interface StoredBlob {
  /** SHA-256, hex. */
  readonly digest: string;
  readonly bytes: number;
}

const DIGEST = /^[0-9a-f]{64}$/u;
const READ_BYTES = 1024 * 1024;

/** What a failing disk has changed is kept here until it comes whole: the only copy of a photo may be seen all the same. */
const DAMAGED = '.damaged';

/**
 * Pictures and videos beside the ledger, `<ledger>.files/ab/cdef…`, by SHA-256. A file there is whole and is what its name
 * says: it is written under another name, digested, flushed, then renamed. None is ever changed; one that the disk has
 * changed is put aside once it is looked at, and is lacking from then on, so that whoever has it whole sends it again.
 */
export class BlobStore {
  readonly folder: string;

  constructor(ledgerPath: string, folder = `${ledgerPath}.files`) {
    this.folder = folder;
  }

  /** The same order of files in another place, such as beside backups. */
  static in(folder: string): BlobStore {
    return new BlobStore('', folder);
  }

  pathOf(digest: string): string {
    // Digests come from rows of other offices: never a path.
    if (!DIGEST.test(digest)) throw new Fault('INVALID_VALUE', { what: '内容指纹', why: '格式不对' });
    return join(this.folder, digest.slice(0, 2), digest.slice(2));
  }

  has(digest: string): boolean {
    return DIGEST.test(digest) && existsSync(this.pathOf(digest));
  }

  /** @returns undefined when the picture has not come yet */
  sizeOf(digest: string): number | undefined {
    return DIGEST.test(digest) ? statSync(this.pathOf(digest), { throwIfNoEntry: false })?.size : undefined;
  }

  #damagedPath(digest: string): string {
    return join(this.folder, DAMAGED, digest);
  }

  /** A new empty path for what is on its way in, on the same disk. */
  incomingPath(name: string = randomUUID()): string {
    const folder = join(this.folder, '.incoming');
    mkdirSync(folder, { recursive: true });
    return join(folder, name);
  }

  /** Puts a whole, flushed file in its place; what lies there may be damaged, and is as old as nothing that comes in today. */
  place(path: string, digest: string): void {
    const target = this.pathOf(digest);
    mkdirSync(join(target, '..'), { recursive: true });
    try {
      renameSync(path, target);
    } catch (error) {
      // Windows replaces no file that is being read.
      if (!existsSync(target)) throw error;
      rmSync(path, { force: true });
    }
    rmSync(this.#damagedPath(digest), { force: true });
  }

  /**
   * Whether a picture is here and is what its name says, read to its end; one that is not is put aside. One that cannot be
   * read just now, such as by a virus scanner's lock, is not whole and stays.
   *
   * @throws Fault CANCELLED; READ_ONLY, FILE_LOCKED where it cannot be put aside
   */
  async isWhole(digest: string, signal?: AbortSignal): Promise<boolean> {
    if (!this.has(digest)) return false;
    const path = this.pathOf(digest);
    try {
      if ((await digestFile(path, signal === undefined ? {} : { signal })).digest === digest) return true;
    } catch (error) {
      const { code } = fileFault(error, path);
      if (code === 'CANCELLED') throw error;
      // A sector that cannot be read says so; a lock passes.
      if (code !== 'FILE_GONE' || !existsSync(path)) return false;
    }
    try {
      mkdirSync(join(this.folder, DAMAGED), { recursive: true });
      renameSync(path, this.#damagedPath(digest));
    } catch (error) {
      throw fileFault(error, path);
    }
    return false;
  }

  /**
   * Takes in a stream piece by piece; memory does not grow with it.
   *
   * @param expected digest that it must have
   * @throws Fault DISK_FULL, READ_ONLY, CANCELLED; FILE_UNREADABLE when the digest is another: nothing is kept then
   */
  async take(
    source: AsyncIterable<Uint8Array>,
    options: {
      readonly expected?: string;
      readonly signal?: AbortSignal;
      readonly onBytes?: (done: number) => void;
    } = {},
  ): Promise<StoredBlob> {
    const path = this.incomingPath();
    try {
      const blob = await writeDigested(path, source, options);
      if (options.expected !== undefined && blob.digest !== options.expected) {
        throw new Fault('FILE_UNREADABLE', { what: '附件', why: '内容与指纹不符' });
      }
      this.place(path, blob.digest);
      return blob;
    } catch (error) {
      rmSync(path, { force: true });
      throw error instanceof Fault ? error : fileFault(error, path);
    }
  }

  put(bytes: Uint8Array): Promise<StoredBlob> {
    return this.take(single(bytes));
  }

  /** The stored bytes in pieces. @throws Fault FILE_GONE when it has not come yet */
  async *read(digest: string): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of createReadStream(this.pathOf(digest), { highWaterMark: READ_BYTES }))
        yield chunk as Buffer;
    } catch (error) {
      throw fileFault(error, this.pathOf(digest));
    }
  }

  /** Verified files that an import had staged when the program ended between the rows and the renaming: put in their place. */
  settleStaged(): number {
    const folder = join(this.folder, '.incoming');
    if (!existsSync(folder)) return 0;
    let settled = 0;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || !entry.name.startsWith('volume-')) continue;
      for (const name of readdirSync(join(folder, entry.name))) {
        if (!DIGEST.test(name)) continue;
        this.place(join(folder, entry.name, name), name);
        settled += 1;
      }
    }
    return settled;
  }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Writes a stream to a new file, flushed, and tells its digest. */
export async function writeDigested(
  path: string,
  source: AsyncIterable<Uint8Array>,
  options: { readonly signal?: AbortSignal; readonly onBytes?: (done: number) => void } = {},
): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'w', 0o600);
  try {
    for await (const chunk of source) {
      if (options.signal?.aborted) throw new Fault('CANCELLED');
      hash.update(chunk);
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
      options.onBytes?.(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { digest: hash.digest('hex'), bytes };
}

/** SHA-256 of a file, in pieces. @throws Fault FILE_GONE, CANCELLED */
export async function digestFile(
  path: string,
  options: { readonly signal?: AbortSignal; readonly onBytes?: (done: number) => void } = {},
): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
      if (options.signal?.aborted) throw new Fault('CANCELLED');
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      options.onBytes?.(bytes);
    }
  } catch (error) {
    throw fileFault(error, path);
  }
  return { digest: hash.digest('hex'), bytes };
}
