import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';

/**
 * A file that is written over what an interrupted writing left: bytes that are there already are compared, not written again
 * (a stick reads several times as fast as it writes); from the first difference on everything is written.
 */
export class ResumingFile extends Writable {
  readonly #path: string;
  #file: FileHandle | undefined;
  /** Up to here the old file is taken as good so far. */
  #there = 0;
  #at = 0;

  constructor(path: string) {
    super({ highWaterMark: 4 * 1024 * 1024 });
    this.#path = path;
  }

  override _construct(done: (error?: Error | null) => void): void {
    this.#open().then(() => done(), done);
  }

  async #open(): Promise<void> {
    this.#file = await open(this.#path, 'r+').catch(() => open(this.#path, 'w+'));
    this.#there = (await this.#file.stat()).size;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#put(chunk).then(() => done(), done);
  }

  async #put(chunk: Buffer): Promise<void> {
    const file = this.#file;
    if (!file) throw new Error('not open');
    const known = Math.min(chunk.length, Math.max(0, this.#there - this.#at));
    let skip = 0;
    if (known > 0) {
      const old = Buffer.allocUnsafe(known);
      const { bytesRead } = await file.read(old, 0, known, this.#at);
      if (bytesRead === known && old.equals(chunk.subarray(0, known))) skip = known;
      else this.#there = this.#at;
    }
    let from = skip;
    while (from < chunk.length) {
      const { bytesWritten } = await file.write(chunk, from, chunk.length - from, this.#at + from);
      from += bytesWritten;
    }
    this.#at += chunk.length;
  }

  override _final(done: (error?: Error | null) => void): void {
    (this.#file?.truncate(this.#at) ?? Promise.resolve()).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    (this.#file?.close() ?? Promise.resolve()).then(() => done(error), done);
  }
}
