import { setImmediate as pause } from 'node:timers/promises';
import type { EntityOutcome, FileReport, WaitingCounts } from '../../../../shared/contract/exchange.ts';
import { type EntityName, entityNames, entityOf } from '../../../../shared/dictionary/index.ts';
import { parseStamp, receive, type Stamp, tick } from '../../../../shared/domain/clock.ts';
import { type Reviewed, readReviewed } from '../../rates/index.ts';
import { BlobStore } from '../../store/blobs.ts';
import { Checkpointer } from '../../store/checkpointer.ts';
import { type Actor, announce, appendJournal, readClock } from '../../store/commit.ts';
import { type Identity, readIdentity, writeMeta } from '../../store/meta.ts';
import { requireFile, requireFree, type Store } from '../../store/open.ts';
import { ownersOf } from '../../store/owners.ts';
import { prepared } from '../../store/prepared.ts';
import { sqliteFault } from '../../store/sqlite-fault.ts';
import type { Bundle, Reader } from '../bundle/bundle-read.ts';
import { COMMIT_GROUP, ENROLMENT_GROUP } from '../bundle/record.ts';
import { faultOf, throwIfCancelled } from '../bundle/refuse.ts';
import { cureOwnClock } from '../clock/own-clock.ts';
import { sayOvertaken } from '../clock/restamp.ts';
import { noteForkOf, ShiftBook } from '../clock/shift-book.ts';
import { learnLacks } from '../export/pictures-out.ts';
import { disk, type Medium } from '../medium.ts';
import { ChangeLog } from '../merge/change-log.ts';
import { massChange } from '../merge/mass-change.ts';
import { Merge } from '../merge/merge.ts';
import { type EntityTally, type MergeTools, quarantineFrom } from '../merge/merge-tools.ts';
import { keepParked, NOTHING_WAITS, retryParked, waitingOf } from '../merge/parked.ts';
import { closeTakenAfterAll, reopenRefused } from '../merge/refusals.ts';
import { Retries } from '../merge/retries.ts';
import { RowScope } from '../merge/row-scope.ts';
import { settleDisputes } from '../merge/settle.ts';
import { type Arrival, assessArrival } from '../offices/arrival.ts';
import { fingerprintOf } from '../offices/fingerprint.ts';
import { describeFork, learnForks } from '../offices/fork.ts';
import { formerOf } from '../offices/former.ts';
import { proofHolds, readerOf } from '../offices/keys.ts';
import { learnOrigins } from '../offices/origins.ts';
import { journalEnd, learnEndpoints, readPeer, writePeer } from '../offices/peers.ts';
import { learnStream, type Signer, StreamBook, signerOf } from '../offices/streams.ts';
import { adoptKeys, learnReadable } from '../offices/suite-choice.ts';
import { learnFromAbove, upgradeNotice } from '../offices/upgrade.ts';
import { learnReceipts } from '../register/receipts.ts';
import { enter } from '../register/register.ts';
import { emptyReport, notesOf } from '../register/report.ts';
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

interface Merged {
  readonly entities: readonly EntityOutcome[];
  readonly touched: ReadonlySet<EntityName>;
  readonly conflicts: number;
  readonly proposals: number;
  readonly waiting: WaitingCounts;
  readonly placed: number;
  readonly requests: FileReport['requests'];
  /** What a file of the office above asks of our program. */
  readonly upgrade: string | null;
  readonly massChange: string | null;
  readonly journalN: number | null;
  /** Rows of the journal. */
  readonly changes: number;
}

const SHARE_VERIFIED = 0.25;
/** Of pages, beside that of the window's connection: rows of one office lie together, and a larger one finds no more of them. */
const CACHE_KB = 16_000;
/** 256 MB of 4 kB pages. */
const CHECKPOINT_PAGES = 64_000;

function latestOf(merges: readonly Merge[]): string {
  return (
    merges
      .map((merge) => merge.latest.stamp)
      .sort()
      .at(-1) ?? ''
  );
}

function openProposals(store: Store): ReadonlySet<string> {
  const ids = prepared(store, `SELECT "id" FROM "proposal" WHERE "state" = 'open' AND "voided" = 0`, 'pluck').all();
  return new Set(ids as string[]);
}

/** 更正申请 that are new, and what became of those that waited. */
function requestsSince(before: Reviewed['heldBack'], { heldBack }: Reviewed): FileReport['requests'] {
  const waited = [...before.values()].filter(({ standing }) => standing === 'requested');
  return {
    came: [...heldBack.values()].filter((each) => each.standing === 'requested' && !before.has(each.reportId)).length,
    accepted: waited.filter(({ reportId }) => !heldBack.has(reportId)).length,
    declined: [...heldBack.values()].filter(
      ({ standing, reportId }) => standing === 'declined' && before.get(reportId)?.standing !== 'declined',
    ).length,
  };
}

function outcomesOf(tallies: ReadonlyMap<EntityName, EntityTally>): EntityOutcome[] {
  return entityNames.flatMap((entity) => {
    const tally = tallies.get(entity);
    if (!tally) return [];
    const { added, changed, same, older } = tally;
    return [{ entity, label: entityOf(entity).label, added, changed, same, older }];
  });
}

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

  /** Asked anew: between two files the office may have gone on under a new stream. */
  get #identity(): Identity {
    return readIdentity(this.#store);
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
      const merged = await this.#merge(store, bundle, arrival, options);
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

  async #merge(store: Store, bundle: Bundle, arrival: Arrival, options: ImportOptions): Promise<Merged> {
    const { manifest } = bundle;
    const { actor } = options;
    const [lastN] = journalEnd(store);
    const proposedBefore = openProposals(store);
    const { heldBack } = readReviewed(store);
    const log = new ChangeLog(store, lastN + 1);
    this.#learnStreams(store, bundle);
    if (arrival.kind !== 'late') learnFromAbove(store, manifest);
    // From now on an older value of such a stream is no longer taken for one that its office wrote over.
    for (const tag of arrival.forked) noteForkOf(store, tag);
    const tools = this.#tools(store, bundle, arrival, log, actor.now);
    const merge = new Merge(tools);
    const retries = new Retries(tools, (officeId) => signerOf(store, this.#identity, officeId));
    const { segments } = manifest;
    if (options.next !== undefined) this.#next.begin(options.next);
    let next = segments.length > 0 ? bundle.segment(0) : null;
    for (let index = 0; index < segments.length; index += 1) {
      throwIfCancelled(options.signal);
      const decoded = await next;
      // The next segment is unpacked beside the merge of this one.
      next = index + 1 < segments.length ? bundle.segment(index + 1) : null;
      next?.catch(() => undefined);
      if (decoded === null) continue;
      log.receive(decoded);
      for (const group of decoded.groups) {
        // So that it begins; and the window's questions come in between.
        await pause();
        if (group.entity === COMMIT_GROUP) learnOrigins(store, group, tools.shifts);
        else if (group.entity !== ENROLMENT_GROUP) merge.apply(group);
      }
      options.onProgress?.('合并数据', SHARE_VERIFIED + ((index + 1) / segments.length) * (0.95 - SHARE_VERIFIED));
    }
    // Who may decide about whose clock may have come with the rest of the file.
    merge.learnShifts();
    cureOwnClock(store, tools.shifts, actor.now);
    const placed = retryParked(store, (officeId, retry) => retries.mergeFor(officeId, retry));
    merge.sayAgain();
    const merges = [merge, ...retries.merges];
    const kept = keepParked(store, merge.aside.parked, {
      bundleId: manifest.bundleId,
      officeId: manifest.office.id,
      at: actor.now,
    });
    const disputes = merges.flatMap(({ aside }) => aside.disputes);
    const stamp = this.#stamp(store, latestOf(merges), actor.now);
    sayOvertaken(tools, merge.overtaken, stamp);
    const settled = settleDisputes(store, disputes, stamp, log);
    const closed = tools.fromAbove ? 0 : closeTakenAfterAll(tools, stamp);
    if (!tools.fromAbove) reopenRefused(tools, disputes, stamp);
    const touched = new Set<EntityName>();
    for (const [entity, tally] of merges.flatMap(({ tallies }) => [...tallies.byEntity])) {
      if (tally.added + tally.changed > 0) touched.add(entity);
    }
    if (settled.conflicts > 0) touched.add('conflict');
    if (settled.proposals + closed > 0) touched.add('proposal');
    const waiting = waitingOf(kept);
    const withdrawn = merges.reduce((sum, { aside }) => sum + aside.withdrawn, 0);
    return {
      entities: outcomesOf(merge.tallies.byEntity),
      touched,
      conflicts: settled.conflicts,
      // Those that the other office made come as rows, and are as new to the clerk as those made here.
      proposals: [...openProposals(store)].filter((id) => !proposedBefore.has(id)).length,
      waiting: { ...waiting, authority: waiting.authority + withdrawn },
      placed,
      upgrade: tools.fromAbove ? (upgradeNotice(store)?.text ?? null) : null,
      requests: requestsSince(heldBack, readReviewed(store)),
      massChange: massChange(
        store,
        merge.tallies.byEntity,
        this.#identity.level === 'city' ? manifest.office.id : null,
      ),
      journalN: this.#appendJournal(store, bundle, log, stamp, actor),
      changes: log.rows,
    };
  }

  #tools(store: Store, bundle: Bundle, arrival: Arrival, log: ChangeLog, now: number): MergeTools {
    const trusting = this.#reader.opener.kind === 'passphrase';
    const identity = this.#identity;
    const signer = this.#signer(store, bundle, trusting);
    const shifts = new ShiftBook(store);
    return {
      store,
      identity,
      scope: new RowScope(store, identity, shifts),
      owners: ownersOf(store),
      streams: new StreamBook(store, identity, signer),
      log,
      shifts,
      latest: quarantineFrom(now),
      fromAbove: signer.isAbove,
      acknowledged: arrival.acknowledged?.ackedN ?? 0,
      trusting,
      replay: false,
      waited: false,
    };
  }

  /** What the signer is, by our own books: a file's word on its own rank is worth nothing, save that of an enrolment file. */
  #signer(store: Store, bundle: Bundle, trusting: boolean): Signer {
    const { office } = bundle.manifest;
    return trusting
      ? { officeId: office.id, level: office.level, isAbove: true }
      : signerOf(store, this.#identity, office.id);
  }

  #learnStreams(store: Store, bundle: Bundle): void {
    const { stream, office, relayed } = bundle.manifest;
    for (const own of [stream, ...formerOf(store, bundle.manifest)])
      learnStream(store, { ...own, officeId: office.id });
    for (const other of relayed) learnStream(store, { ...other, openedAt: 0 });
  }

  /** Our own stamp for what this import makes itself; raises our clock above what came, within its limit. */
  #stamp(store: Store, latest: string, now: number): Stamp {
    const clock = readClock(store, readIdentity(store));
    const theirs = parseStamp(latest);
    const { stamp } = tick(theirs === null ? clock : receive(clock, theirs, now), now);
    writeMeta(store, 'lastStamp', stamp);
    return stamp;
  }

  #appendJournal(store: Store, bundle: Bundle, log: ChangeLog, stamp: Stamp, actor: Actor): number | null {
    const digest = log.finish();
    if (log.rows === 0) return null;
    const { office, number, bundleId } = bundle.manifest;
    return appendJournal(store, {
      identity: readIdentity(store),
      stamp,
      actor,
      kind: 'sync',
      title: `导入${office.name}第 ${number} 号交换文件`,
      bundleId,
      undoOf: null,
      changes: log.rows,
      digest,
    });
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
