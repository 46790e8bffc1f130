import { setImmediate as pause } from 'node:timers/promises';
import type { Container } from './container-read.ts';
import { type Manifest, sealContext } from './manifest.ts';
import { faultOf } from './refuse.ts';
import { sealerOf } from './sealing-thread.ts';
import type { Suite } from './suite.ts';

/** Plain bytes sealed at one go: memory does not grow with a video. */
const CHUNK_BYTES = 1024 * 1024;
/** Segments count from 0; what is sealed under one content key must never share a number with another. */
const FIRST_INDEX = 100_000;

export const blobName = (sha256: string): string => `blobs/${sha256}`;

const chunksOf = (plainBytes: number): number => Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));

/** Length of a blob as it lies in the file. */
export function sealedBlobBytes(suite: Suite, plainBytes: number): number {
  const whole = Math.floor(plainBytes / CHUNK_BYTES);
  const rest = plainBytes - whole * CHUNK_BYTES;
  const tail = rest > 0 || whole === 0 ? suite.sealedBytes(rest) : 0;
  return whole * suite.sealedBytes(CHUNK_BYTES) + tail;
}

/** Number of the first chunk of each blob, by digest: fixed by the order in the signed manifest, over all volumes. */
export function blobIndexes(blobs: Manifest['blobs']): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  let next = FIRST_INDEX;
  for (const blob of blobs) {
    indexes.set(blob.sha256, next);
    next += chunksOf(blob.plainBytes);
  }
  return indexes;
}

interface Sealing {
  readonly suite: Suite;
  readonly contentKey: Uint8Array;
  readonly bundleId: string;
  readonly firstIndex: number;
}

/** A chunk that is worked beside the one before it; its error is met when its turn comes, or never if that is not to be. */
function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** Pieces of any length as pieces of one length. */
async function* regrouped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    held.push(piece);
    length += piece.byteLength;
    while (length >= CHUNK_BYTES) {
      const all = Buffer.concat(held);
      yield all.subarray(0, CHUNK_BYTES);
      held = [all.subarray(CHUNK_BYTES)];
      length -= CHUNK_BYTES;
    }
  }
  if (length > 0) yield Buffer.concat(held);
}

export async function* sealBlob(
  source: AsyncIterable<Uint8Array>,
  sha256: string,
  sealing: Sealing,
): AsyncGenerator<Uint8Array> {
  const context = sealContext(sealing.bundleId, blobName(sha256));
  const sealer = sealerOf(sealing.suite, sealing.contentKey);
  const seal = (index: number, bytes: Uint8Array): Promise<Uint8Array> =>
    ahead(sealer.work('seal', { index, context, bytes }).then((sealed) => sealed ?? new Uint8Array()));
  let index = sealing.firstIndex;
  let before: Promise<Uint8Array> | null = null;
  for await (const plain of regrouped(source)) {
    const now = seal(index, plain);
    if (before) yield await before;
    before = now;
    index += 1;
    // The window's questions come in between.
    await pause();
  }
  yield await (before ?? seal(index, new Uint8Array()));
}

/** @throws Fault SYNC_NOT_OPENED where a chunk does not verify, SYNC_CUT, FILE_GONE */
export async function* openBlob(
  container: Container,
  blob: Manifest['blobs'][number],
  sealing: Sealing,
): AsyncGenerator<Uint8Array> {
  const name = blobName(blob.sha256);
  const context = sealContext(sealing.bundleId, name);
  const whole = sealing.suite.sealedBytes(CHUNK_BYTES);
  const chunks = chunksOf(blob.plainBytes);
  const sealer = sealerOf(sealing.suite, sealing.contentKey);
  const opened = async (at: number): Promise<Uint8Array | undefined> => {
    const start = at * whole;
    const bytes = await container.readPart(name, start, Math.min(whole, blob.bytes - start));
    return sealer.work('open', { index: sealing.firstIndex + at, context, bytes });
  };
  let next = ahead(opened(0));
  for (let at = 0; at < chunks; at += 1) {
    const now = next;
    if (at + 1 < chunks) next = ahead(opened(at + 1));
    const plain = await now;
    if (!plain) throw faultOf('SYNC_DAMAGED', container.path, `附件 ${blob.sha256.slice(0, 8)}`);
    yield plain;
    await pause();
  }
}
