import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packed segments wait in memory up to here, then on disk: a full export of a city must not grow with its size. */
const MEMORY_BYTES = 24 * 1024 * 1024;

type Place = { readonly bytes: Buffer } | { readonly start: number; readonly length: number };

/** Segments that are ready before the manifest, which comes first in the file and names their digests. */
export class Spool {
  readonly #places: Place[] = [];
  #held = 0;
  #written = 0;
  #folder: string | undefined;
  #file: FileHandle | undefined;

  async add(bytes: Buffer): Promise<void> {
    if (this.#held + bytes.length <= MEMORY_BYTES) {
      this.#held += bytes.length;
      this.#places.push({ bytes });
      return;
    }
    const file = await this.#open();
    await file.write(bytes, 0, bytes.length, this.#written);
    this.#places.push({ start: this.#written, length: bytes.length });
    this.#written += bytes.length;
  }

  async #open(): Promise<FileHandle> {
    if (!this.#file) {
      this.#folder = await mkdtemp(join(tmpdir(), 'bbsync-'));
      this.#file = await open(join(this.#folder, 'spool'), 'wx+', 0o600);
    }
    return this.#file;
  }

  async read(index: number): Promise<Buffer> {
    const place = this.#places[index];
    if (!place) throw new RangeError(`segment ${index}`);
    if ('bytes' in place) return place.bytes;
    const buffer = Buffer.alloc(place.length);
    await this.#file?.read(buffer, 0, place.length, place.start);
    return buffer;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}
