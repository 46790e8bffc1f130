import { existsSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { ExportEstimate, ExportResult } from '../../../../shared/contract/exchange.ts';
import { Fault } from '../../../../shared/contract/faults.ts';
import { entityNames, type Value } from '../../../../shared/dictionary/index.ts';
import type { Stamp } from '../../../../shared/domain/clock.ts';
import { parsePeriod } from '../../../../shared/domain/period.ts';
import { BlobStore } from '../../store/blobs.ts';
import { type Actor, readClock } from '../../store/commit.ts';
import { newId } from '../../store/id.ts';
import { type Identity, readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { sqliteFault } from '../../store/sqlite-fault.ts';
import type { Addressee, ManifestFacts } from '../bundle/bundle-write.ts';
import { suggestedName } from '../bundle/layout.ts';
import { type BundleKind, FORMAT, FORMAT_VERSION, type Manifest } from '../bundle/manifest.ts';
import { COMMIT_COLUMNS, COMMIT_GROUP, type RowToWrite } from '../bundle/record.ts';
import { throwIfCancelled } from '../bundle/refuse.ts';
import { defaultSuite, type Suite } from '../bundle/suite.ts';
import type { VolumeLimits } from '../bundle/volumes.ts';
import { type BundleSink, disk, type Medium } from '../medium.ts';
import { formerStreams } from '../offices/former.ts';
import { enrolmentProof, ensureKeys, keysOf, type OfficeRow, officeRow } from '../offices/keys.ts';
import { originOf } from '../offices/origins.ts';
import {
  chainAt,
  endpointsOf,
  journalEnd,
  learnEndpoints,
  type PeerRow,
  type Point,
  readPeer,
  writePeer,
} from '../offices/peers.ts';
import { allStreams } from '../offices/streams.ts';
import { otherKeys, readableFrom, suiteFor } from '../offices/suite-choice.ts';
import { leastProgram, ownersHeld, ownershipTo } from '../offices/upgrade.ts';
import { enter, labelOf } from '../register/register.ts';
import { RowSource } from './export-rows.ts';
import { lackedPictures, PictureWatch, picturesFor } from './pictures-out.ts';
import { programFacts } from './program.ts';
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

export interface ExportRequest {
  readonly officeId: string;
  /** Everything, for a receiver that has lost what it had or never had it. */
  readonly full: boolean;
}

/** Everything that decides what goes into a file for one receiver. */
interface Consignment {
  readonly identity: Identity;
  readonly own: OfficeRow;
  readonly receiver: OfficeRow;
  readonly peer: PeerRow;
  readonly upward: boolean;
  readonly from: Point;
  readonly to: Point;
  readonly full: boolean;
}

/** End points named in a file even when all are acknowledged long since. */
const LEAST_ENDPOINTS = 50;
const MOST_ENDPOINTS = 1000;
/** Files of the receiver whose fate is told in the next file. */
const OUTCOMES_TOLD = 50;
const YIELD_ROWS = 2000;

function needOffice(store: Store, id: string): OfficeRow {
  const office = officeRow(store, id);
  if (!office) throw new Fault('UNKNOWN_ROW', { what: '填报端' });
  return office;
}

function consign(store: Store, request: ExportRequest): Consignment {
  const identity = readIdentity(store);
  const own = needOffice(store, identity.officeId);
  const receiver = needOffice(store, request.officeId);
  const upward = own.parentOfficeId === receiver.id;
  if (!upward && receiver.parentOfficeId !== own.id) {
    throw new Fault('NOT_ALLOWED', { why: `本单位与“${receiver.name}”之间没有报送关系` });
  }
  const peer = readPeer(store, receiver.id);
  const known = chainAt(store, peer.ackedN);
  // Nothing acknowledged, or not by this ledger's own count: everything goes, and needs nothing before it.
  const full = request.full || peer.ackedN === 0 || known === undefined;
  const from: Point = full ? [0, ''] : [peer.ackedN, known ?? ''];
  return { identity, own, receiver, peer, upward, from, to: journalEnd(store), full };
}

function sourceOf(store: Store, consignment: Consignment): RowSource {
  const { receiver, peer, upward, full, from, to } = consignment;
  return new RowSource(store, {
    officeId: receiver.id,
    upward,
    full,
    from: from[0],
    to: to[0],
    receiverStream: peer.readStream,
  });
}

/** The newest period reported in the rows. */
class PeriodWatch {
  latest: string | null = null;

  see(entity: string, columns: readonly string[], row: RowToWrite): void {
    if (entity !== 'submission' || !row.whole) return;
    const key: Value = row.values[columns.indexOf('period')] ?? null;
    if (typeof key === 'string' && (this.latest === null || key > this.latest)) this.latest = key;
  }
}

const THIRDS: Readonly<Record<string, string>> = { 1: '上旬', 2: '中旬', 3: '下旬' };

/** '2021-05-中旬' for '2021-05-2'; other keys as they are. */
function periodInName(key: string | null): string | null {
  if (key === null || parsePeriod(key)?.kind !== 'tenDay') return key;
  return `${key.slice(0, 7)}-${THIRDS[key.slice(8)] ?? ''}`;
}

function countsOf(counts: ReadonlyMap<string, number>): ExportResult['counts'] {
  const order = entityNames as readonly string[];
  return [...counts]
    .filter(([entity]) => !entity.startsWith('_'))
    .sort(([left], [right]) => order.indexOf(left) - order.indexOf(right))
    .map(([entity, rows]) => ({ entity, label: labelOf(entity), rows }));
}

/** What an export would hold, without writing anything. */
export function estimateExport(store: Store, request: ExportRequest): Omit<ExportEstimate, 'warnings'> {
  const consignment = consign(store, request);
  const counts = new Map<string, number>();
  const period = new PeriodWatch();
  let rows = 0;
  const pictures = new PictureWatch();
  for (const { entity, columns, row } of sourceOf(store, consignment).rows()) {
    pictures.see(entity, columns, row);
    counts.set(entity, (counts.get(entity) ?? 0) + 1);
    period.see(entity, columns, row);
    rows += 1;
  }
  const { own, receiver, peer, full } = consignment;
  const blobs = picturesFor(store, store.path, pictures, receiver.id);
  return {
    blobs: blobs.filter((blob) => !blob.thumb).length,
    blobBytes: blobs.reduce((sum, blob) => sum + blob.plainBytes, 0),
    officeId: receiver.id,
    officeName: receiver.name,
    full,
    counts: countsOf(counts),
    rows,
    period: period.latest,
    number: peer.nextNumber,
    suggestedName: suggestedName(own.name, receiver.name, periodInName(period.latest), peer.nextNumber),
  };
}

function endpointsToTell(store: Store, identity: Identity, to: Point): Point[] {
  const all = endpointsOf(store, identity.streamTag).filter(([n]) => n < to[0]);
  const acked = store.db
    .prepare(`SELECT min("ackedN") AS n FROM "peer" WHERE "ackedStream" IS NOT NULL OR "readStream" IS NOT NULL`)
    .get() as { n: number | null };
  const since = all.findIndex(([n]) => n >= (acked.n ?? 0));
  const first = Math.min(since < 0 ? all.length : since, Math.max(0, all.length - LEAST_ENDPOINTS));
  return [...all.slice(Math.max(first, all.length - MOST_ENDPOINTS)), to];
}

function acknowledgementTo(store: Store, ledgerPath: string, peer: PeerRow): Manifest['acknowledgement'] {
  if (peer.readStream === null) return null;
  const rows = store.db
    .prepare(
      `SELECT "bundleId", "outcome", "at", "counts" ->> 'beside' AS "beside" FROM "exchange" WHERE "direction" = 'in' AND "officeId" = ? AND "bundleId" IS NOT NULL
        ORDER BY "at" DESC LIMIT ${OUTCOMES_TOLD}`,
    )
    .all(peer.officeId) as { bundleId: string; outcome: string; at: number; beside: 1 | null }[];
  return {
    stream: peer.readStream as NonNullable<Manifest['acknowledgement']>['stream'],
    n: peer.readN,
    chain: peer.readChain ?? '',
    bundles: rows.map(({ beside, ...told }) => (beside === null ? told : { ...told, beside: true })),
    lacks: lackedPictures(store, ledgerPath),
    owners: ownersHeld(store),
  };
}

function streamFacts(store: Store, identity: Identity, peer: PeerRow, machine: string): Manifest['stream'] {
  type Tag = Manifest['stream']['tag'];
  const now = allStreams(store).find((stream) => stream.tag === identity.streamTag);
  const reason = now?.reason ?? null;
  return {
    tag: identity.streamTag as Tag,
    ledgerId: identity.ledgerId,
    incarnation: identity.incarnation,
    openedAt: now?.openedAt ?? 0,
    machine: machine.slice(0, 64),
    ...(reason === null ? {} : { reason }),
    former: formerStreams(store, identity, peer),
  };
}

/** Streams of others whose values are inside, so that the receiver knows whose they are. */
function relayedStreams(store: Store, source: RowSource, identity: Identity): Manifest['relayed'] {
  return allStreams(store)
    .filter((stream) => source.streams.has(stream.tag) && stream.tag !== identity.streamTag)
    .map(({ tag, officeId, ledgerId, incarnation }) => ({
      tag: tag as Manifest['stream']['tag'],
      officeId,
      ledgerId,
      incarnation,
    }));
}

/** What a file downward says of who decides which field and of the program it takes. */
function asks(store: Store, kind: BundleKind, officeId: string): Pick<Manifest, 'ownership' | 'leastProgram'> {
  // Whoever opens an enrolment file tells by its first answer by which table it goes.
  return {
    leastProgram: leastProgram(store),
    ...(kind === 'enrolment' ? {} : { ownership: ownershipTo(store, officeId) }),
  };
}

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

/** A folder becomes a file of the usual name in it. */
function targetPath(path: string, name: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, name) : path;
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
    const facts: ManifestFacts = {
      format: FORMAT,
      version: [...FORMAT_VERSION],
      requires: ['rows-1'],
      uses: [],
      program: programFacts(),
      kind: packing.kind,
      bundleId,
      number: peer.nextNumber,
      period: period.latest,
      office: { id: own.id, code: own.code, name: own.name, level: own.level },
      stream: streamFacts(snapshot, identity, peer, options.machine ?? hostname()),
      wallTime: actor.now,
      clock: clockOf(snapshot, identity),
      range: { from, to },
      endpoints: endpointsToTell(snapshot, identity, to),
      relayed: relayedStreams(snapshot, source, identity),
      prerequisite:
        from[0] === 0 ? null : { tag: identity.streamTag as Manifest['stream']['tag'], n: from[0], chain: from[1] },
      acknowledgement: acknowledgementTo(snapshot, store.path, peer),
      blobs: [],
      volumes: { index: 1, count: 1 },
      enrolment: packing.enrolment,
      otherKeys: otherKeys(store, suite.id),
      readable: readableFrom(receiver),
      ...(own.parentOfficeId === receiver.id ? {} : asks(snapshot, packing.kind, receiver.id)),
    };
    // An enrolment file brings the rows only: the office says in its first file which pictures it lacks.
    const blobs = packing.kind === 'enrolment' ? [] : picturesFor(snapshot, store.path, pictures, receiver.id);
    const files = new BlobStore(store.path);
    snapshot.db.exec('COMMIT');
    const name = packing.name ?? suggestedName(own.name, receiver.name, periodInName(period.latest), peer.nextNumber);
    const target = targetPath(path, name);
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

function clockOf(store: Store, identity: Identity): Stamp {
  const { ms, counter, stream } = readClock(store, identity);
  return `${ms.toString(16).padStart(12, '0')}${counter.toString(16).padStart(4, '0')}${stream}` as Stamp;
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
