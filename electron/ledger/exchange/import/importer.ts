import type { FileReport } from '../../../../shared/contract/exchange.ts';
import type { EntityName } from '../../../../shared/dictionary/index.ts';
import { BlobStore } from '../../store/blobs.ts';
import { Checkpointer } from '../../store/checkpointer.ts';
import { type Actor, announce } from '../../store/commit.ts';
import { readIdentity } from '../../store/meta.ts';
import { requireFile, requireFree, type Store } from '../../store/open.ts';
import { sqliteFault } from '../../store/sqlite-fault.ts';
import type { Bundle, Reader } from '../bundle/bundle-read.ts';
import { faultOf, throwIfCancelled } from '../bundle/refuse.ts';
import { noteForkOf } from '../clock/shift-book.ts';
import { learnLacks } from '../export/pictures-out.ts';
import { disk, type Medium } from '../medium.ts';
import { NOTHING_WAITS } from '../merge/parked.ts';
import { type Arrival, assessArrival } from '../offices/arrival.ts';
import { fingerprintOf } from '../offices/fingerprint.ts';
import { describeFork, learnForks } from '../offices/fork.ts';
import { formerOf } from '../offices/former.ts';
import { proofHolds, readerOf } from '../offices/keys.ts';
import { learnEndpoints, readPeer, writePeer } from '../offices/peers.ts';
import { adoptKeys, learnReadable } from '../offices/suite-choice.ts';
import { learnReceipts } from '../register/receipts.ts';
import { enter } from '../register/register.ts';
import { emptyReport, notesOf } from '../register/report.ts';
import { type Merged, mergeFile } from './merge-file.ts';
import { NextFile } from './next-file.ts';
import { type StagedPictures, stagePictures } from './pictures-in.ts';

export interface ImportOptions {
  readonly actor: Actor;
  readonly signal?: AbortSignal;
  /** Share of this file, 0 to 1. */
  readonly onProgress?: (title: string, share: number) => void;
  /** The file after this one, to be opened while this one is merged. */
  readonly next?: string;
  /** The clerk has looked at an unusual file and wants it all the same. */
  readonly allowMassChange?: boolean;
  /** Called once before the first write of an import: the backup. */
  readonly beforeWrite?: () => Promise<void>;
  /** A file that a preview refuses is entered in the register: it was received, and goes no further. */
  readonly registerRefused?: boolean;
}

const SHARE_VERIFIED = 0.25;
const SHARE_MERGED = 0.95;
/** Of pages, beside that of the window's connection: rows of one office lie together, and a larger one finds no more of them. */
const CACHE_KB = 16_000;
/** 256 MB of 4 kB pages. */
const CHECKPOINT_PAGES = 64_000;

/** What the register says of every file that was read. */
function entryOf({ manifest, path, size, digest }: Bundle, { operator, now }: Actor) {
  const { bundleId, office, number, kind, period } = manifest;
  const file = { bundleId, officeId: office.id, number, kind, period, path, bytes: size, digest };
  return { direction: 'in', ...file, at: now, operator } as const;
}

/**
 * Reads sync files into one ledger over a connection of its own: the window goes on reading the ledger as it was until a
 * file is whole. Each file is one transaction. Close it when the last file is done.
 */
export class Importer {
  readonly #store: Store;
  readonly #beside: Store;
  readonly #reader: Reader;
  readonly #medium: Medium;
  readonly #checkpointer: Checkpointer;
  readonly #next: NextFile;

  /** @throws Fault LEDGER_HELD while another import runs, FILE_GONE */
  constructor(store: Store, reader?: Reader, medium = disk) {
    requireFree(store);
    // The second connection opens by name: another file under it would be written instead.
    requireFile(store);
    this.#store = store;
    this.#reader = reader ?? readerOf(store, readIdentity(store));
    // Pictures that were checked when the program ended before they had their place.
    new BlobStore(store.path).settleStaged();
    this.#medium = medium;
    this.#checkpointer = new Checkpointer(store.path);
    this.#next = new NextFile(medium, this.#reader);
    this.#beside = medium.beside(store);
    // Many files in a row share pages; they go to the main file together, at the latest when the log has grown large.
    this.#beside.db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    this.#beside.db.pragma(`cache_size = ${-CACHE_KB}`);
  }

  async close(): Promise<void> {
    await this.#next.close();
    await this.#checkpointer.close();
    this.#beside.db.pragma('wal_checkpoint(PASSIVE)');
    this.#beside.close();
  }

  /** What a file is and would do; the ledger stays as it is. Never throws for a bad file: the report says what is wrong. */
  async preview(path: string, options: ImportOptions): Promise<FileReport> {
    const report = await this.#reported(path, options, async (bundle) => {
      if (bundle.manifest.volumes.index > 1) return this.#ofVolume(bundle, 'ready', null);
      const arrival = this.#arrive(bundle, options.registerRefused === true);
      if (arrival.before) return this.#describe(bundle, arrival, null, 'repeated');
      const merged = await this.#transaction(bundle, arrival, options, false);
      return this.#describe(bundle, arrival, merged, 'ready');
    });
    if (report.state === 'refused' && options.registerRefused === true) this.#enterRefused(report, options);
    return report;
  }

  /** Imports a file: all of it or nothing. Never throws for a bad file: the report says what is wrong. */
  async apply(path: string, options: ImportOptions): Promise<FileReport> {
    const report = await this.#reported(path, options, async (bundle) => {
      if (bundle.manifest.volumes.index > 1) return this.#applyVolume(bundle, options);
      const arrival = this.#arrive(bundle, true);
      if (arrival.before) {
        (await this.#stage(bundle, options)).settle();
        this.#enter(bundle, arrival, options, null, 'repeated');
        return this.#describe(bundle, arrival, null, 'repeated');
      }
      await options.beforeWrite?.();
      const pictures = await this.#stage(bundle, options);
      const merged = await this.#transaction(bundle, arrival, options, true);
      pictures.settle();
      announce(this.#store, merged.touched);
      if (bundle.trust === 'admitted') adoptKeys(this.#store, bundle.manifest, options.actor);
      return { ...this.#describe(bundle, arrival, merged, 'applied'), exchangeId: merged.exchangeId };
    });
    if (report.state === 'refused') this.#enterRefused(report, options);
    return report;
  }

  /** A refused file is in the register too, with what is known of it. */
  #enterRefused(report: FileReport, { actor }: ImportOptions): void {
    try {
      enter(this.#store, {
        direction: 'in',
        bundleId: report.bundleId,
        officeId: report.sender?.officeId ?? null,
        number: report.number,
        kind: report.kind ?? 'unknown',
        period: report.period,
        at: actor.now,
        operator: actor.operator,
        path: report.path,
        bytes: report.bytes,
        digest: report.digest,
        from: null,
        to: null,
        journalN: null,
        counts: { rows: 0, byEntity: {} },
        outcome: report.fork === null ? 'refused' : 'forked',
        note: report.fault?.text ?? null,
      });
    } catch (error) {
      // On a full disk the note cannot be made either; the clerk still gets the fault that stopped the import.
      if (sqliteFault(error, this.#store.path).code !== 'DISK_FULL') throw error;
    }
  }

  async #reported(
    path: string,
    options: ImportOptions,
    work: (bundle: Bundle) => Promise<FileReport>,
  ): Promise<FileReport> {
    let bundle: Bundle | undefined;
    try {
      options.onProgress?.('核对文件', 0);
      bundle = (await this.#next.take(path)) ?? (await this.#medium.open(path, this.#reader));
      const candidate = this.#candidate(bundle);
      await bundle.verify(options.signal, (share) => options.onProgress?.('核对文件', share * SHARE_VERIFIED));
      return candidate ?? (await work(bundle));
    } catch (error) {
      const fault = sqliteFault(error, this.#store.path);
      if (fault.code === 'CANCELLED' || fault.code === 'UNEXPECTED') throw fault;
      const fork = fault.code === 'SYNC_FORK' && bundle ? describeFork(this.#store, bundle.manifest) : null;
      const told = { code: fault.code, text: fault.message };
      return { ...emptyReport(path, bundle), state: 'refused', fault: told, fork };
    } finally {
      await bundle?.close();
    }
  }

  /** Pictures of the file, checked and ready to be put in their place once the rows are in. */
  #stage(bundle: Bundle, options: ImportOptions): Promise<StagedPictures> {
    return stagePictures(bundle, this.#store.path, {
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: (share) => options.onProgress?.('核对并存入照片、视频', share),
    });
  }

  /** A volume of pictures only: any day, in any order, also before the file with the rows. */
  async #applyVolume(bundle: Bundle, options: ImportOptions): Promise<FileReport> {
    const pictures = await this.#stage(bundle, options);
    pictures.settle();
    if (pictures.count === 0) return this.#ofVolume(bundle, 'repeated', 0);
    const report = this.#ofVolume(bundle, 'applied', pictures.count);
    const exchangeId = enter(this.#store, {
      ...entryOf(bundle, options.actor),
      // The rows of this file are entered by themselves, before or after.
      bundleId: null,
      from: null,
      to: null,
      journalN: null,
      counts: { rows: 0, byEntity: {} },
      outcome: 'applied',
      note: report.notes[0] ?? null,
    });
    announce(this.#store, new Set<EntityName>(['attachment']));
    return { ...report, exchangeId };
  }

  #ofVolume(bundle: Bundle, state: FileReport['state'], taken: number | null): FileReport {
    const { index, count } = bundle.manifest.volumes;
    const inside = bundle.manifest.blobs.filter((blob) => blob.volume === index).length;
    const done = taken === null ? '' : taken === 0 ? '，以前都已收到' : `，存入 ${taken} 个`;
    return {
      ...emptyReport(bundle.path, bundle),
      state,
      notes: [`附件卷 ${index}/${count}：照片、视频 ${inside} 个${done}。`],
    };
  }

  /** A file signed by keys that nobody has confirmed: shown for admission where its proof fits, refused otherwise. */
  #candidate(bundle: Bundle): FileReport | null {
    if (bundle.trust === 'admitted' || this.#reader.opener.kind === 'passphrase') return null;
    const { office, signer, enrolment } = bundle.manifest;
    if (!proofHolds(this.#store, office.id, signer, enrolment?.proof ?? null, bundle.manifest.suite)) {
      throw faultOf('SYNC_ENROLMENT_REFUSED', bundle.path, office.name);
    }
    return {
      ...emptyReport(bundle.path, bundle),
      state: 'candidate',
      fingerprint: fingerprintOf(signer),
      notes: ['该单位第一次报送，请与对方电话核对指纹，一致后核准入网，再导入本文件。'],
    };
  }

  #arrive(bundle: Bundle, keep = false): Arrival {
    const arrival = assessArrival(this.#store, bundle.manifest);
    const { office, stream } = bundle.manifest;
    if (arrival.fork === null) return arrival;
    if (keep) noteForkOf(this.#store, stream.tag);
    const where = stream.machine === undefined ? '' : `电脑“${stream.machine}”，`;
    throw faultOf('SYNC_FORK', bundle.path, `${office.name}，${where}第 ${arrival.fork} 号变更不一致`);
  }

  #describe(bundle: Bundle, arrival: Arrival, merged: Merged | null, state: FileReport['state']): FileReport {
    const report: FileReport = {
      ...emptyReport(bundle.path, bundle),
      state,
      arrival: arrival.kind,
      gap: arrival.gap,
      newIncarnation: arrival.newIncarnation,
      entities: [...(merged?.entities ?? [])],
      conflicts: merged?.conflicts ?? 0,
      proposals: merged?.proposals ?? 0,
      waiting: merged?.waiting ?? NOTHING_WAITS,
      placed: merged?.placed ?? 0,
      requests: merged?.requests ?? { came: 0, accepted: 0, declined: 0 },
      massChange: merged?.massChange ?? null,
    };
    const notes = notesOf(report, arrival, bundle.manifest, this.#now);
    return { ...report, notes: merged?.upgrade == null ? notes : [...notes, merged.upgrade] };
  }

  #now = 0;

  async #transaction(
    bundle: Bundle,
    arrival: Arrival,
    options: ImportOptions,
    keep: boolean,
  ): Promise<Merged & { readonly exchangeId: string | null }> {
    this.#now = options.actor.now;
    const store = this.#beside;
    this.#store.gate.holder = keep ? '正在导入交换文件' : '正在核对交换文件';
    try {
      store.db.exec('BEGIN IMMEDIATE');
      if (options.next !== undefined) this.#next.begin(options.next);
      const merged = await mergeFile(
        store,
        { bundle, arrival, trusting: this.#reader.opener.kind === 'passphrase' },
        {
          actor: options.actor,
          signal: options.signal,
          onProgress: (share) =>
            options.onProgress?.('合并数据', SHARE_VERIFIED + share * (SHARE_MERGED - SHARE_VERIFIED)),
        },
      );
      if (keep && merged.massChange !== null && options.allowMassChange !== true) {
        throw faultOf('SYNC_MASS_CHANGE', bundle.path, merged.massChange);
      }
      throwIfCancelled(options.signal);
      if (!keep) return { ...merged, exchangeId: null };
      const exchangeId = this.#enter(bundle, arrival, options, merged, 'applied', store);
      this.#settlePeer(store, bundle, arrival, options);
      options.onProgress?.('保存', 0.98);
      requireFile(this.#store);
      store.db.exec('COMMIT');
      this.#checkpointer.committed(merged.changes);
      return { ...merged, exchangeId };
    } catch (error) {
      throw sqliteFault(error, store.path);
    } finally {
      // Whatever happened before COMMIT leaves no trace; SQLite itself has ended the transaction on a full disk.
      if (store.db.inTransaction) store.db.exec('ROLLBACK');
      this.#store.gate.holder = null;
    }
  }

  #settlePeer(store: Store, bundle: Bundle, arrival: Arrival, options: ImportOptions): void {
    const { office, stream, endpoints, range } = bundle.manifest;
    writePeer(store, office.id, { ...arrival.peer, ...(arrival.acknowledged ?? {}) });
    learnReadable(store, office.id, bundle.manifest);
    const said = bundle.manifest.acknowledgement;
    if (arrival.acknowledged !== null && said !== null) learnLacks(store, office.id, said.lacks);
    if (said !== null) {
      learnForks(store, said.bundles);
      learnReceipts(store, said.bundles);
    }
    learnEndpoints(store, stream.tag, [...endpoints, range.to], options.actor.now);
    for (const { tag, points } of formerOf(store, bundle.manifest))
      learnEndpoints(store, tag, points, options.actor.now);
  }

  #enter(
    bundle: Bundle,
    arrival: Arrival,
    options: ImportOptions,
    merged: Merged | null,
    outcome: 'applied' | 'repeated',
    store: Store = this.#store,
  ): string {
    const { manifest } = bundle;
    const { enrolSecret: _, nextNumber: __, officeId: ___, ...before } = readPeer(store, manifest.office.id);
    return enter(store, {
      ...entryOf(bundle, options.actor),
      from: manifest.range.from[0],
      to: manifest.range.to[0],
      journalN: merged?.journalN ?? null,
      counts: {
        rows: manifest.rows,
        byEntity: manifest.counts,
        before,
        madeAt: manifest.wallTime,
        ...(arrival.beside ? { beside: true as const } : {}),
        ...(manifest.acknowledgement?.owners === undefined ? {} : { owners: manifest.acknowledgement.owners }),
        ...(manifest.stream.machine === undefined ? {} : { machine: manifest.stream.machine }),
      },
      outcome,
      note: notesOf(this.#describe(bundle, arrival, merged, outcome), arrival, manifest, options.actor.now)[0] ?? null,
    });
  }
}
