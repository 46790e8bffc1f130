import { existsSync, readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { ExportResult } from '../../../../shared/contract/exchange.ts';
import { Fault } from '../../../../shared/contract/faults.ts';
import { BlobStore } from '../../store/blobs.ts';
import type { Actor } from '../../store/commit.ts';
import { newId } from '../../store/id.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { sqliteFault } from '../../store/sqlite-fault.ts';
import type { Addressee } from '../bundle/bundle-write.ts';
import { EXTENSION, suggestedName } from '../bundle/layout.ts';
import type { BundleKind, Manifest } from '../bundle/manifest.ts';
import { COMMIT_COLUMNS, COMMIT_GROUP, type RowToWrite } from '../bundle/record.ts';
import { throwIfCancelled } from '../bundle/refuse.ts';
import { defaultSuite, type Suite } from '../bundle/suite.ts';
import type { BlobToSend, VolumeLimits } from '../bundle/volumes.ts';
import { type BundleSink, disk, type Medium } from '../medium.ts';
import { enrolmentProof, ensureKeys, keysOf } from '../offices/keys.ts';
import { originOf } from '../offices/origins.ts';
import { learnEndpoints, readPeer, writePeer } from '../offices/peers.ts';
import { otherKeys, suiteFor } from '../offices/suite-choice.ts';
import { enter } from '../register/register.ts';
import {
  consign,
  countsOf,
  type ExportRequest,
  needOffice,
  PeriodWatch,
  periodInName,
  sourceOf,
} from './consignment.ts';
import type { RowSource } from './export-rows.ts';
import { factsOf } from './manifest-facts.ts';
import { PictureWatch, picturesFor } from './pictures-out.ts';
import { readmeText } from './readme-text.ts';
import { keepVolumes, writeVolumesBeside } from './volume-write.ts';

export interface ExportOptions {
  readonly actor: Actor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (title: string, share: number) => void;
  /** Name of this PC; the system's own unless said otherwise. */
  readonly machine?: string;
  /** Smaller volumes, for tests. */
  readonly volumeLimits?: VolumeLimits;
  /** The disk unless said otherwise. */
  readonly medium?: Medium;
}

const YIELD_ROWS = 2000;

async function addCommits(store: Store, source: RowSource, writer: BundleSink): Promise<void> {
  for (const stamp of source.stamps) {
    const origin = originOf(store, stamp);
    if (!origin) continue;
    const { at, officeId, operator, kind, title } = origin;
    const row: RowToWrite = {
      id: stamp,
      stamp,
      whole: true,
      columns: COMMIT_COLUMNS,
      values: [at, officeId, operator, kind, title],
      stamps: null,
      bases: null,
    };
    const full = writer.add(COMMIT_GROUP, COMMIT_COLUMNS, row);
    if (full) await full;
  }
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/**
 * A name that no file and no volume of the folder has: after a restore, and from a second PC, a number comes twice, and the
 * file that lies on the stick may hold what nobody has read and nobody has any more.
 */
function freeName(folder: string, name: string): string {
  const stem = name.slice(0, -EXTENSION.length);
  const present = readdirSync(folder);
  const isTaken = (each: string): boolean =>
    present.some((other) => other === `${each}${EXTENSION}` || other.startsWith(`${each}_附件卷`));
  let free = stem;
  for (let number = 2; isTaken(free); number += 1) free = `${stem}（${number}）`;
  return `${free}${EXTENSION}`;
}

interface Packing {
  readonly kind: BundleKind;
  /** Suite 1 unless said otherwise. */
  readonly suite?: Suite;
  readonly addressees: readonly Addressee[];
  /** Rows before all others, such as the secret of an enrolment file. */
  readonly first?: readonly {
    readonly entity: string;
    readonly columns: readonly string[];
    readonly row: RowToWrite;
  }[];
  readonly enrolment: Manifest['enrolment'];
  /** File name when `path` is a folder; the usual one otherwise. */
  readonly name?: string;
}

/** Reads one snapshot of the ledger into a file and notes it in the register. */
export async function pack(
  store: Store,
  request: ExportRequest,
  path: string,
  packing: Packing,
  options: ExportOptions,
): Promise<ExportResult> {
  const { actor, signal, onProgress, medium = disk } = options;
  const suite = packing.suite ?? defaultSuite;
  const bundleId = newId();
  const snapshot = medium.beside(store, { readOnly: true });
  const writer = medium.writer(suite, bundleId, signal);
  try {
    // A read transaction: what the window changes meanwhile comes in the next file.
    snapshot.db.exec('BEGIN');
    const consignment = consign(snapshot, request);
    const { identity, own, receiver, peer, from, to } = consignment;
    const keys = ensureKeys(store, suite.id);
    const source = sourceOf(snapshot, consignment);
    const period = new PeriodWatch();
    const pictures = new PictureWatch();
    for (const { entity, columns, row } of packing.first ?? []) await writer.add(entity, columns, row);
    onProgress?.('读取台账', 0);
    for (const { entity, columns, row } of source.rows()) {
      period.see(entity, columns, row);
      pictures.see(entity, columns, row);
      const closing = writer.add(entity, columns, row);
      if (closing) await closing;
      if (writer.rows % YIELD_ROWS === 0) {
        throwIfCancelled(signal);
        onProgress?.(`读取台账（${writer.rows} 条）`, Math.min(0.5, writer.rows / (writer.rows + 20_000)));
        await pause();
      }
    }
    await addCommits(snapshot, source, writer);
    const files = new BlobStore(store.path);
    // An enrolment file brings the rows only: the office says in its first file which pictures it lacks.
    const wanted = packing.kind === 'enrolment' ? [] : picturesFor(snapshot, store.path, pictures, receiver.id);
    // Before the list is signed: one damaged picture would have the whole file refused over there, this one and every later
    // one. And before it is told what is lacking here.
    const blobs: BlobToSend[] = [];
    for (const [at, blob] of wanted.entries()) {
      onProgress?.(`核对照片、视频（${at + 1}/${wanted.length}）`, 0.5);
      if (await files.isWhole(blob.sha256, signal)) blobs.push(blob);
    }
    const facts = factsOf(snapshot, consignment, source, {
      bundleId,
      kind: packing.kind,
      enrolment: packing.enrolment,
      period: period.latest,
      wallTime: actor.now,
      machine: options.machine ?? hostname(),
      otherKeys: otherKeys(store, suite.id),
      ledgerPath: store.path,
    });
    snapshot.db.exec('COMMIT');
    const usual = suggestedName(own.name, receiver.name, periodInName(period.latest), peer.nextNumber);
    const target = isFolder(path) ? join(path, packing.name ?? freeName(path, usual)) : path;
    const counts = countsOf(writer.counts);
    const readme = readmeText(facts, { to: receiver.name, counts, rows: writer.rows });
    const written = await writer.write(
      target,
      facts,
      {
        addressees: packing.addressees,
        readme,
        own: keys,
        blobs: {
          list: blobs,
          read: (digest) => files.read(digest),
          ...(options.volumeLimits === undefined ? {} : { limits: options.volumeLimits }),
        },
      },
      {
        ...(signal ? { signal } : {}),
        onProgress: (stage, share) =>
          onProgress?.(
            stage === 'write' ? '写入' : '读回核对',
            stage === 'write' ? 0.5 + share * 0.25 : 0.75 + share * 0.24,
          ),
      },
    );
    const exchangeId = store.db.transaction(() => {
      learnEndpoints(store, identity.streamTag, [to], actor.now);
      const bundle = { bundleId, officeId: receiver.id, fileName: basename(target), at: actor.now };
      keepVolumes(store, bundle, written.volumes, written.contentKey);
      writePeer(store, receiver.id, { nextNumber: peer.nextNumber + 1 });
      return enter(store, {
        direction: 'out',
        bundleId,
        officeId: receiver.id,
        number: peer.nextNumber,
        kind: packing.kind,
        period: period.latest,
        at: actor.now,
        operator: actor.operator,
        path: target,
        bytes: written.bytes,
        digest: written.digest,
        from: from[0],
        to: to[0],
        journalN: null,
        counts: { rows: written.manifest.rows, byEntity: written.manifest.counts },
        outcome: 'written',
        note: null,
      });
    })();
    const rest = await writeVolumesBeside(store, bundleId, target, written.volumes, options);
    return {
      exchangeId,
      path: target,
      fileName: basename(target),
      bytes: written.bytes,
      digest: written.digest,
      number: peer.nextNumber,
      counts,
      rows: counts.reduce((sum, { rows }) => sum + rows, 0),
      blobs: blobs.filter((blob) => !blob.thumb).length,
      volumes: written.volumes.length + 1,
      unwritten: rest.unwritten,
      unwrittenWhy: rest.why,
    };
  } catch (error) {
    throw sqliteFault(error, store.path);
  } finally {
    await writer.close();
    snapshot.close();
  }
}

/**
 * Exports to the office above or to one below: everything it has not acknowledged, sealed to its keys.
 *
 * @param path file, or folder for the usual name
 * @throws Fault SYNC_NO_RECEIVER, NOT_ALLOWED, DISK_FULL, READ_ONLY, FILE_GONE, CANCELLED, SYNC_WRITE_MISMATCH
 */
export function exportTo(
  store: Store,
  request: ExportRequest,
  path: string,
  options: ExportOptions,
): Promise<ExportResult> {
  const receiver = needOffice(store, request.officeId);
  if (keysOf(receiver) === null || receiver.status === 'revoked')
    throw new Fault('SYNC_NO_RECEIVER', { what: receiver.name });
  const identity = readIdentity(store);
  const own = needOffice(store, identity.officeId);
  const upward = own.parentOfficeId === receiver.id;
  const enrolSecret = upward ? readPeer(store, receiver.id).enrolSecret : null;
  const unknown = (suite: Suite): boolean => keysOf(own, suite.id)?.sign !== ensureKeys(store, suite.id).public.sign;
  const suite = suiteFor(store, receiver, enrolSecret !== null && unknown(defaultSuite));
  const keys = keysOf(receiver, suite.id);
  if (keys === null) throw new Fault('SYNC_NO_RECEIVER', { what: receiver.name });
  const ownPublic = ensureKeys(store, suite.id).public;
  // Until the office above has told that it admitted these very keys, each file brings the proof along.
  const secret = unknown(suite) ? enrolSecret : null;
  return pack(
    store,
    request,
    path,
    {
      kind: request.full ? 'full' : upward ? 'upward' : 'downward',
      suite,
      addressees: [{ kind: 'office', officeId: receiver.id, keys }],
      enrolment: secret === null ? null : { proof: enrolmentProof(secret, own.id, ownPublic, suite.id) },
    },
    options,
  );
}
