import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportTo } from '../../electron/ledger/exchange/index.ts';
import { BlobStore, digestFile } from '../../electron/ledger/store/blobs.ts';
import { type Actor, commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { meet, readFile } from './meet.ts';

export interface AttachmentsOptions {
  readonly files: number;
  readonly totalBytes: number;
  readonly suite: 1 | 2;
  readonly log: (line: string) => void;
}

export interface AttachmentsResult {
  readonly files: number;
  readonly bytes: number;
  readonly volumes: number;
  readonly largestVolume: number;
  readonly exportSeconds: number;
  readonly importSeconds: number;
  /** Resident memory above what it was before, at most. */
  readonly peakMb: number;
  /** Files that did not arrive as they were sent. */
  readonly lost: number;
}

const PIECE = 1024 * 1024;

/** Bytes that no packing makes smaller, not the same in two files; made from one block, for random bytes of 3 GiB take long. */
async function* content(block: Buffer, seed: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += PIECE) {
    const piece = Buffer.from(block.subarray(0, Math.min(PIECE, bytes - at)));
    if (piece.length >= 8) piece.writeDoubleLE(seed * 1e6 + at / PIECE, 0);
    yield piece;
  }
}

/**
 * A set of photos and videos from a county to its city by real files: volumes that a FAT32 stick takes, in reverse order, all
 * digests compared, memory watched.
 */
export async function runAttachments({
  files,
  totalBytes,
  suite,
  log,
}: AttachmentsOptions): Promise<AttachmentsResult> {
  const place = process.env['TORTURE_DIR'] ?? tmpdir();
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, 'torture-attachments-'));
  let now = Date.UTC(2021, 4, 18, 1);
  const actor = (): Actor => {
    now += 1000;
    return { operator: '李某', now };
  };
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  try {
    const { city, county, unitId } = await meet(folder, suite, actor);
    const projectId = newId();
    const project = { entity: 'project', id: projectId, set: { name: '污水处理厂', unitId } } as const;
    commit(county, { kind: 'edit', title: '新建', changes: [project] }, actor());
    const block = randomBytes(PIECE);
    const store = new BlobStore(county.path);
    // A few long videos and many photos.
    const shares = Array.from({ length: files }, (_, at) => (at % 40 === 0 ? 40 : 1));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const digests: string[] = [];
    let bytes = 0;
    for (const [at, share] of shares.entries()) {
      const size = Math.floor((totalBytes * share) / whole);
      const blob = await store.take(content(block, at + 1, size));
      digests.push(blob.digest);
      bytes += size;
      const set = {
        projectId,
        kind: share > 1 ? 'video' : 'photo',
        digest: blob.digest,
        bytes: size,
        addedAt: actor().now,
      };
      const change = { entity: 'attachment', id: newId(), set } as const;
      commit(county, { kind: 'edit', title: '加入照片', changes: [change] }, actor());
    }
    log(`${files} files, ${Math.round(bytes / 1_000_000)} MB made`);
    const stick = join(folder, 'U盘');
    mkdirSync(stick);
    const before = process.memoryUsage().rss;
    peak = before;
    const began = performance.now();
    const sent = await exportTo(county, { officeId: readIdentity(city).officeId, full: false }, stick, {
      actor: actor(),
    });
    if (sent.unwritten > 0) throw new Error(sent.unwrittenWhy ?? 'unwritten');
    const exported = performance.now();
    log(`${sent.volumes} volumes written and read back in ${((exported - began) / 1000).toFixed(1)} s`);
    const names = readdirSync(stick).sort().reverse();
    const largest = Math.max(...names.map((name) => statSync(join(stick, name)).size));
    for (const name of names) {
      const report = await readFile(city, join(stick, name), actor());
      if (report.state !== 'applied') throw new Error(`${name}: ${report.state} ${report.fault?.text ?? ''}`);
      // The disk of a test machine need not hold the set three times.
      rmSync(join(stick, name));
    }
    const imported = performance.now();
    const peakMb = (peak - before) / 1_000_000;
    let lost = 0;
    const arrived = new BlobStore(city.path);
    for (const digest of digests) {
      if (!arrived.has(digest) || (await digestFile(arrived.pathOf(digest))).digest !== digest) lost += 1;
    }
    county.close();
    city.close();
    return {
      files,
      bytes,
      volumes: names.length,
      largestVolume: largest,
      exportSeconds: (exported - began) / 1000,
      importSeconds: (imported - exported) / 1000,
      peakMb,
      lost,
    };
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}
