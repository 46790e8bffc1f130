import { createHash, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { openBlob, sealBlob, sealedBlobBytes } from '../../../electron/ledger/exchange/bundle/blob-seal.ts';
import type { Container } from '../../../electron/ledger/exchange/bundle/container-read.ts';
import { smSuite } from '../../../electron/ledger/exchange/bundle/suite-sm.ts';
import { newId } from '../../../electron/ledger/store/id.ts';

/** Suite 2 is plain JavaScript: a video must not stop the window (libraries, sm-crypto-v2 in a worker). */
describe('[attachments] a large file in suite 2', () => {
  const plain = randomBytes(12 * 1024 * 1024 + 5);
  const sha256 = createHash('sha256').update(plain).digest('hex');
  const contentKey = smSuite.newContentKey();
  const sealing = { suite: smSuite, contentKey, bundleId: newId(), firstIndex: 100_000 };

  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < plain.length; at += 700_000) yield plain.subarray(at, at + 700_000);
  }

  async function sealed(): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of sealBlob(source(), sha256, sealing)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  const containerOf = (bytes: Buffer): Container =>
    ({
      path: '某.bbsync',
      readPart: (_: string, start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length)),
    }) as unknown as Container;
  const blobOf = (bytes: Buffer) => ({ sha256, bytes: bytes.length, plainBytes: plain.length, volume: 1 });

  it('is sealed and opened in a thread of its own, byte for byte, while this thread is free', async () => {
    // The thread is there before anything is measured.
    await sealed();
    const before = performance.eventLoopUtilization();
    const bytes = await sealed();
    const got: Uint8Array[] = [];
    for await (const piece of openBlob(containerOf(bytes), blobOf(bytes), sealing)) got.push(piece);
    const { utilization } = performance.eventLoopUtilization(before);
    expect(bytes.length).toBe(sealedBlobBytes(smSuite, plain.length));
    expect(Buffer.concat(got).equals(plain)).toBe(true);
    // In this thread it would be nearly 1.
    expect(utilization).toBeLessThan(0.5);
  });

  it('is the same as sealed in this thread', async () => {
    const first = (await sealed()).subarray(0, smSuite.sealedBytes(1024 * 1024));
    const context = `bbsync 1\n${sealing.bundleId}\nblobs/${sha256}`;
    const alone = smSuite.seal(contentKey, sealing.firstIndex, context, plain.subarray(0, 1024 * 1024));
    expect(first.equals(Buffer.from(alone))).toBe(true);
  });

  it('with a bit turned over is refused where it is', async () => {
    const bytes = await sealed();
    bytes[5_000_000] = (bytes[5_000_000] ?? 0) ^ 1;
    let opened = 0;
    const work = async (): Promise<void> => {
      for await (const piece of openBlob(containerOf(bytes), blobOf(bytes), sealing)) opened += piece.length;
    };
    await expect(work()).rejects.toMatchObject({ code: 'SYNC_DAMAGED' });
    expect(opened).toBe(4 * 1024 * 1024);
  });
});
