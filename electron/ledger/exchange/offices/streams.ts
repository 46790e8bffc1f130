import type { OfficeLevel, Writer } from '../../../../shared/domain/authority.ts';
import type { Identity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { officeRow } from './keys.ts';

export interface StreamRow {
  readonly tag: string;
  readonly officeId: string;
  readonly ledgerId: string;
  readonly incarnation: number;
  readonly openedAt: number;
  readonly own: number;
  /** Where a stream of this ledger went on from another of its own. */
  readonly previousTag: string | null;
  readonly previousN: number | null;
  /** Of an own stream: why it was opened. Of another's: 'forked' once two PCs were found to have written it. */
  readonly reason: string | null;
}

/** Notes a stream; one that is known stays as it is, save that other offices' files do not say since when it is. */
export function learnStream(
  store: Store,
  stream: Omit<StreamRow, 'own' | 'previousTag' | 'previousN' | 'reason'>,
): void {
  prepared(
    store,
    `INSERT INTO "stream" ("tag", "officeId", "ledgerId", "incarnation", "openedAt", "own") VALUES (?, ?, ?, ?, ?, 0)
       ON CONFLICT DO UPDATE SET "openedAt" = excluded."openedAt" WHERE "openedAt" = 0 AND "officeId" = excluded."officeId"`,
  ).run(stream.tag, stream.officeId, stream.ledgerId, stream.incarnation, stream.openedAt);
}

/** Two PCs have written this stream of another office (exchange design, Streams). */
export function noteFork(store: Store, tag: string): void {
  prepared(store, `UPDATE "stream" SET "reason" = 'forked' WHERE "tag" = ? AND "own" = 0`).run(tag);
}

export function allStreams(store: Store): readonly StreamRow[] {
  return prepared(store, 'SELECT * FROM "stream"').all() as StreamRow[];
}

export function parentsOf(store: Store): ReadonlyMap<string, string | null> {
  const rows = prepared(store, 'SELECT "id", "parentOfficeId" FROM "office"').all() as {
    id: string;
    parentOfficeId: string | null;
  }[];
  return new Map(rows.map((row) => [row.id, row.parentOfficeId]));
}

/** Whether `officeId` is `above` or reports to it, at any depth. */
export function isUnder(parents: ReadonlyMap<string, string | null>, officeId: string, above: string): boolean {
  let office: string | null | undefined = officeId;
  for (let depth = 0; depth < 10 && office; depth += 1) {
    if (office === above) return true;
    office = parents.get(office);
  }
  return false;
}

export interface Signer {
  readonly officeId: string;
  readonly level: OfficeLevel;
  /** The office above us: the hub, whose word on others' values stands. */
  readonly isAbove: boolean;
}

/** What the signer of a file is, by our own books. */
export function signerOf(store: Store, identity: Identity, officeId: string): Signer {
  const isAbove = officeRow(store, identity.officeId)?.parentOfficeId === officeId;
  return { officeId, level: officeRow(store, officeId)?.level ?? 'town', isAbove };
}

export interface StampWriter extends Writer {
  /** Passed on by the office above, which has applied the rule of authority itself; also where it was ours once. */
  readonly vouched: boolean;
}

/**
 * Who wrote a stamp, as far as the signer of the file may be believed: a county speaks for itself and for those under it;
 * what it claims others wrote counts as its own word (exchange design, 'Authority before time').
 */
export class StreamBook {
  readonly #store: Store;
  #streams: ReadonlyMap<string, StreamRow>;
  readonly #parents: ReadonlyMap<string, string | null>;
  readonly #levels: ReadonlyMap<string, OfficeLevel>;
  readonly #identity: Identity;
  readonly #signer: Signer;
  readonly #incoming = new Map<string, StampWriter>();
  readonly #local = new Map<string, StampWriter>();

  constructor(store: Store, identity: Identity, signer: Signer) {
    this.#store = store;
    this.#streams = new Map(allStreams(store).map((stream) => [stream.tag, stream]));
    this.#parents = parentsOf(store);
    const rows = prepared(store, 'SELECT "id", "level" FROM "office"').all() as { id: string; level: OfficeLevel }[];
    this.#levels = new Map(rows.map((row) => [row.id, row.level]));
    this.#identity = identity;
    this.#signer = signer;
  }

  /** Streams were learnt since. */
  relearn(): void {
    this.#streams = new Map(allStreams(this.#store).map((stream) => [stream.tag, stream]));
    this.#incoming.clear();
    this.#local.clear();
  }

  #office(officeId: string, vouched: boolean): StampWriter {
    if (officeId === this.#identity.officeId) return { officeId, level: this.#identity.level, vouched };
    if (officeId === this.#signer.officeId) return { officeId, level: this.#signer.level, vouched };
    return { officeId, level: this.#levels.get(officeId) ?? 'town', vouched };
  }

  #trace(tag: string): StampWriter {
    const signer = this.#office(this.#signer.officeId, false);
    const stream = this.#streams.get(tag);
    if (this.#signer.isAbove) {
      if (!stream) return { ...signer, vouched: true };
      // A county wrote in rows of its town while they were its own, which the town may never have heard of. Where it had no
      // right to, the city refuses it, and that comes down too.
      return this.#office(stream.officeId, stream.officeId !== this.#signer.officeId || this.#signer.level !== 'city');
    }
    if (!stream) return signer;
    // Our own rows come back to us after a restore, in the name of a stream that we have closed.
    const formerSelf = stream.own === 1 && tag !== this.#identity.streamTag;
    if (formerSelf || isUnder(this.#parents, stream.officeId, this.#signer.officeId))
      return this.#office(stream.officeId, false);
    return signer;
  }

  /** Writer of an incoming stamp. */
  writerOf(stamp: string): StampWriter {
    const tag = stamp.slice(16);
    let writer = this.#incoming.get(tag);
    if (!writer) {
      writer = this.#trace(tag);
      this.#incoming.set(tag, writer);
    }
    return writer;
  }

  /** Whether two PCs are known to have written this stream. */
  isForked(tag: string): boolean {
    const stream = this.#streams.get(tag);
    return stream?.own === 0 && stream.reason === 'forked';
  }

  /** Whether an office under us wrote a stamp. */
  isBelow(stamp: string): boolean {
    const stream = this.#streams.get(stamp.slice(16));
    const own = this.#identity.officeId;
    return stream !== undefined && stream.officeId !== own && isUnder(this.#parents, stream.officeId, own);
  }

  /** Whether a stamp came to us from the office above: neither we nor an office under us wrote it. */
  isFromAbove(stamp: string): boolean {
    const stream = this.#streams.get(stamp.slice(16));
    return stream !== undefined && !isUnder(this.#parents, stream.officeId, this.#identity.officeId);
  }

  /** Neither ours nor of an office under us, nor of the one above: then it came from there, and stands. */
  #isOfThirdParty(officeId: string): boolean {
    const own = this.#identity.officeId;
    return officeId !== this.#parents.get(own) && !isUnder(this.#parents, officeId, own);
  }

  /** Writer of a stamp that is in our tables already. */
  localWriterOf(stamp: string): StampWriter {
    const tag = stamp.slice(16);
    let writer = this.#local.get(tag);
    if (!writer) {
      const stream = this.#streams.get(tag);
      writer = stream
        ? this.#office(stream.officeId, this.#isOfThirdParty(stream.officeId))
        : this.#office(this.#signer.officeId, true);
      this.#local.set(tag, writer);
    }
    return writer;
  }
}
