import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { Fault } from '../../../../shared/contract/faults.ts';
import { MANIFEST, README, SIGNATURE } from './layout.ts';
import { faultOf, mediumFault, throwIfCancelled } from './refuse.ts';
import { ResumingFile } from './resuming-file.ts';

export interface ContainerPart {
  readonly name: string;
  readonly bytes: number;
  /** Called once, when its turn comes: all of it, or piece by piece. */
  read(): Promise<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface ContainerContent {
  readonly readme: Uint8Array;
  readonly manifest: Uint8Array;
  readonly signature: Uint8Array;
  readonly parts: readonly ContainerPart[];
  /** UTC ms, time shown by archive programs. */
  readonly at: number;
}

export interface WriteOptions {
  readonly signal?: AbortSignal;
  /** What was written before an interruption is kept and gone on with; the content must be the same byte for byte. */
  readonly resume?: boolean;
  /** Share written, 0 to 1, then read back, 0 to 1. */
  readonly onProgress?: (stage: 'write' | 'verify', share: number) => void;
}

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the whole file, hex, as it was read back. */
  readonly digest: string;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

/** Headers, names and directory of an archive, generously. */
const OVERHEAD_PER_ENTRY = 512;
const SPARE_BYTES = 1024 * 1024;

async function requireSpace(folder: string, bytes: number): Promise<void> {
  const space = await statfs(folder);
  if (space.bavail * space.bsize < bytes) {
    const need = Math.ceil(bytes / 1024 / 1024);
    throw new Fault('DISK_FULL', { what: folder, why: `需要约 ${need} MB` });
  }
}

function archive(content: ContainerContent): ZipFile {
  const zip = new ZipFile();
  const options = { mtime: new Date(content.at), compress: false, forceDosTimestamp: true };
  zip.addBuffer(Buffer.from(content.readme), README, options);
  zip.addBuffer(Buffer.from(content.manifest), MANIFEST, options);
  zip.addBuffer(Buffer.from(content.signature), SIGNATURE, options);
  for (const part of content.parts) {
    zip.addReadStreamLazy(part.name, { ...options, size: part.bytes }, (give) => {
      const content = part.read();
      if (Symbol.asyncIterator in content) {
        const stream = Readable.from(content, { objectMode: false, highWaterMark: 1024 * 1024 });
        // A picture that is gone or cannot be read. Nobody else listens, and an error that nobody hears ends the process.
        stream.on('error', (error) => zip.emit('error', error));
        give(null, stream);
        return;
      }
      content.then(
        (bytes) => give(null, Readable.from([Buffer.from(bytes)])),
        (error: unknown) => give(error, Readable.from([])),
      );
    });
  }
  zip.end();
  return zip;
}

async function writeTemporary(
  path: string,
  content: ContainerContent,
  total: number,
  options: WriteOptions,
): Promise<string> {
  const hash = createHash('sha256');
  let written = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      written += chunk.length;
      options.onProgress?.('write', Math.min(written / total, 1));
      done(null, chunk);
    },
  });
  const zip = archive(content);
  // Ends the writing too, or the file would stay open.
  zip.on('error', (error) => meter.destroy(error));
  const signal = options.signal;
  await pipeline(
    zip.outputStream,
    meter,
    options.resume === true ? new ResumingFile(path) : createWriteStream(path, { flags: 'wx' }),
    signal ? { signal } : {},
  );
  // Only a flushed file may be called written: the stick is pulled next.
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function digestOfFile(path: string, total: number, options: WriteOptions): Promise<string> {
  const hash = createHash('sha256');
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    throwIfCancelled(options.signal);
    const bytes = chunk as Buffer;
    hash.update(bytes);
    read += bytes.length;
    options.onProgress?.('verify', Math.min(read / total, 1));
  }
  return hash.digest('hex');
}

/** Makes the rename itself durable where the system allows it (not on Windows). */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows and some sticks do not open folders; the file itself is flushed already.
  }
}

/**
 * Writes a sync file: temporary name on the same stick, flushed, read back and compared, then renamed. Whatever goes wrong,
 * no file of the final name appears and the temporary one is removed.
 *
 * @throws Fault DISK_FULL, READ_ONLY, FILE_GONE, CANCELLED, SYNC_WRITE_MISMATCH
 */
export async function writeContainer(
  path: string,
  content: ContainerContent,
  options: WriteOptions = {},
): Promise<WrittenFile> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.part`);
  const fixed = content.readme.length + content.manifest.length + content.signature.length;
  const total = content.parts.reduce(
    (sum, part) => sum + part.bytes + OVERHEAD_PER_ENTRY,
    fixed + 3 * OVERHEAD_PER_ENTRY,
  );
  try {
    throwIfCancelled(options.signal);
    const held = options.resume === true ? await sizeOf(temporary) : 0;
    await requireSpace(folder, total - Math.min(held, total) + SPARE_BYTES);
    if (options.resume !== true) await rm(temporary, { force: true });
    const digest = await writeTemporary(temporary, content, total, options);
    if ((await digestOfFile(temporary, total, options)) !== digest) throw faultOf('SYNC_WRITE_MISMATCH', path);
    throwIfCancelled(options.signal);
    await rename(temporary, path);
    await flushFolder(folder);
    return { path, bytes: (await stat(path)).size, digest };
  } catch (error) {
    const mismatch = error instanceof Fault && error.code === 'SYNC_WRITE_MISMATCH';
    if (options.resume !== true || mismatch) await rm(temporary, { force: true }).catch(() => undefined);
    throw options.signal?.aborted ? new Fault('CANCELLED', {}, { cause: error }) : mediumFault(error, path);
  }
}
