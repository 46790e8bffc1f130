import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { UnwrittenVolume } from '../../../../shared/contract/exchange.ts';
import { Fault } from '../../../../shared/contract/faults.ts';
import { BlobStore } from '../../store/blobs.ts';
import type { Store } from '../../store/open.ts';
import { blobParts, type SignedVolume } from '../bundle/bundle-write.ts';
import { type WrittenFile, writeContainer } from '../bundle/container-write.ts';
import { EXTENSION } from '../bundle/layout.ts';
import { type Manifest, parseManifest } from '../bundle/manifest.ts';
import { digestBytes, suiteOf } from '../bundle/suite.ts';
import { officeRow } from '../offices/keys.ts';
import { enter } from '../register/register.ts';
import type { ExportOptions } from './export.ts';

interface VolumeRow {
  readonly bundleId: string;
  readonly volume: number;
  readonly officeId: string;
  readonly fileName: string;
  readonly contentKey: string;
  readonly readme: Buffer;
  readonly manifest: Buffer;
  readonly signature: Buffer;
  readonly at: number;
  readonly writtenAt: number | null;
}

/** '…_第12号_附件卷2.bbsync' */
const volumeName = (fileName: string, volume: number): string =>
  `${fileName.slice(0, -EXTENSION.length)}_附件卷${volume}${EXTENSION}`;

/**
 * Remembers the volumes of a file that was written, until they are written themselves: today, or any day, also again. Those of
 * older files to the same office are forgotten, for the new file carries what is not acknowledged.
 */
export function keepVolumes(
  store: Store,
  bundle: { readonly bundleId: string; readonly officeId: string; readonly fileName: string; readonly at: number },
  volumes: readonly SignedVolume[],
  contentKey: Uint8Array,
): void {
  store.db.prepare('DELETE FROM "volume" WHERE "officeId" = ?').run(bundle.officeId);
  const insert = store.db.prepare(
    `INSERT INTO "volume" ("bundleId", "volume", "officeId", "fileName", "contentKey", "readme", "manifest", "signature", "at")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const key = Buffer.from(contentKey).toString('base64url');
  for (const { volume, readme, manifest, signature } of volumes) {
    const name = volumeName(bundle.fileName, volume);
    insert.run(bundle.bundleId, volume, bundle.officeId, name, key, readme, manifest, signature, bundle.at);
  }
}

function manifestOf(row: VolumeRow): Manifest {
  return parseManifest(row.manifest, row.fileName);
}

/** Volumes of the last file to each office, written or not. */
export function listVolumes(store: Store): UnwrittenVolume[] {
  const rows = store.db.prepare('SELECT * FROM "volume" ORDER BY "at", "bundleId", "volume"').all() as VolumeRow[];
  return rows.map((row) => {
    const manifest = manifestOf(row);
    const blobs = manifest.blobs.filter((blob) => blob.volume === row.volume);
    return {
      bundleId: row.bundleId,
      volume: row.volume,
      count: manifest.volumes.count,
      officeName: officeRow(store, row.officeId)?.name ?? '',
      number: manifest.number,
      fileName: row.fileName,
      blobs: blobs.length,
      bytes: blobs.reduce((sum, blob) => sum + blob.bytes, 0),
      writtenAt: row.writtenAt,
    };
  });
}

/**
 * Writes one volume of pictures. What an interrupted writing left on the stick is compared and gone on with.
 *
 * @param path file, or folder for the usual name
 * @throws Fault UNKNOWN_ROW, FILE_GONE when a picture is no longer here, and as `writeContainer`
 */
export async function writeVolume(
  store: Store,
  request: { readonly bundleId: string; readonly volume: number },
  path: string,
  options: ExportOptions,
): Promise<WrittenFile> {
  const row = store.db
    .prepare('SELECT * FROM "volume" WHERE "bundleId" = ? AND "volume" = ?')
    .get(request.bundleId, request.volume) as VolumeRow | undefined;
  if (!row) throw new Fault('UNKNOWN_ROW', { what: '附件分卷' });
  const manifest = manifestOf(row);
  const suite = suiteOf(manifest.suite);
  if (!suite) throw new Fault('UNKNOWN_ROW', { what: '密码套件' });
  const files = new BlobStore(store.path);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const target = isFolder ? join(path, row.fileName) : path;
  const sealing = { suite, contentKey: Buffer.from(row.contentKey, 'base64url'), bundleId: row.bundleId };
  const { readme, signature } = row;
  const parts = blobParts(manifest, sealing, (digest) => files.read(digest));
  const title = (stage: 'write' | 'verify'): string =>
    `附件卷 ${row.volume}/${manifest.volumes.count}：${stage === 'write' ? '写入' : '读回核对'}`;
  const container = await writeContainer(
    target,
    { readme, manifest: row.manifest, signature, parts, at: manifest.wallTime },
    {
      resume: true,
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: (stage, share) =>
        options.onProgress?.(title(stage), stage === 'write' ? share * 0.7 : 0.7 + share * 0.3),
    },
  );
  const written = { ...container, digest: digestBytes(suite, row.manifest) };
  store.db.transaction(() => {
    store.db
      .prepare('UPDATE "volume" SET "writtenAt" = ? WHERE "bundleId" = ? AND "volume" = ?')
      .run(options.actor.now, row.bundleId, row.volume);
    enter(store, {
      direction: 'out',
      bundleId: null,
      officeId: row.officeId,
      number: manifest.number,
      kind: manifest.kind,
      period: manifest.period,
      at: options.actor.now,
      operator: options.actor.operator,
      path: target,
      bytes: written.bytes,
      digest: written.digest,
      from: null,
      to: null,
      journalN: null,
      counts: { rows: 0, byEntity: {} },
      outcome: 'written',
      note: `附件卷 ${row.volume}/${manifest.volumes.count}，${parts.length} 个附件`,
    });
  })();
  return written;
}

/** Writes the volumes of a file beside it, one after the other; stops at the first that cannot be written. */
export async function writeVolumesBeside(
  store: Store,
  bundleId: string,
  firstPath: string,
  volumes: readonly SignedVolume[],
  options: ExportOptions,
): Promise<{ readonly unwritten: number; readonly why: string | null }> {
  for (const [at, { volume }] of volumes.entries()) {
    try {
      const path = join(dirname(firstPath), volumeName(basename(firstPath), volume));
      await writeVolume(store, { bundleId, volume }, path, {
        ...options,
        onProgress: (title, share) => options.onProgress?.(title, (at + share) / volumes.length),
      });
    } catch (error) {
      // The first file is whole and signed for: what is missing is said, not thrown.
      const why = error instanceof Fault ? error.message : String(error);
      return { unwritten: volumes.length - at, why };
    }
  }
  return { unwritten: 0, why: null };
}
