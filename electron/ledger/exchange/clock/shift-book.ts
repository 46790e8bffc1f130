import { createHash } from 'node:crypto';
import { parseStamp, parseStreamTag, type Stamp, type StreamTag } from '../../../../shared/domain/clock.ts';
import { type ClockShift, ClockShifts } from '../../../../shared/domain/clock-shift.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { WireRow } from '../bundle/record.ts';
import { allStreams, isUnder, noteFork, parentsOf } from '../offices/streams.ts';

interface StoredShift {
  readonly id: string;
  readonly voided: 0 | 1;
  readonly parentOfficeId: string;
  readonly officeId: string;
  readonly streamTag: string;
  readonly fromStamp: string;
  readonly shiftMs: number;
}

const PLACE_SHAPE = /^[0-9a-f]{16}$/u;

/** Worked out, not chosen: nobody can have stamps read as another office's. */
export function imageTag(shiftId: string): StreamTag {
  const digest = createHash('sha256').update(`clock-shift\n${shiftId}`, 'utf8').digest('hex');
  return digest.slice(0, 12) as StreamTag;
}

/** The decisions about clocks that this ledger knows, in the form in which stamps are read by them. */
export class ShiftBook {
  readonly #store: Store;
  #shifts = new ClockShifts([]);
  #known = '';

  constructor(store: Store) {
    this.#store = store;
    this.reload();
  }

  /** False where every stamp is what it says: the ordinary case, which must cost nothing. */
  get any(): boolean {
    return this.#known !== '';
  }

  get tags(): ReadonlySet<string> {
    return this.#shifts.tags;
  }

  /** What is made of a stream, directly or in several steps. */
  imagesOf(tag: string): readonly string[] {
    return this.#shifts.imagesOf(tag);
  }

  read(stamp: string): Stamp {
    return this.#shifts.read(stamp);
  }

  /** A row as it came, with the stamps that count. */
  row(row: WireRow): WireRow {
    const read = (marks: WireRow['stamps']): WireRow['stamps'] =>
      marks === null ? null : marks.map((mark) => (mark === undefined ? undefined : this.read(mark)));
    const stamp = this.read(row.stamp);
    const stamps = read(row.stamps);
    const bases = read(row.bases);
    const same = (left: WireRow['stamps'], right: WireRow['stamps']): boolean =>
      left === right || (left?.every((mark, at) => mark === right?.[at]) ?? false);
    if (stamp === row.stamp && same(stamps, row.stamps) && same(bases, row.bases)) return row;
    const { id, whole, columns, values } = row;
    return { id, stamp, whole, columns, values, stamps, bases, text: null };
  }

  /** Asks the ledger again. @returns whether stamps are read otherwise than before */
  reload(): boolean {
    const rows = prepared(
      this.#store,
      `SELECT "id", "voided", "parentOfficeId", "officeId", "streamTag", "fromStamp", "shiftMs" FROM "clockShift" ORDER BY "id"`,
    ).all() as StoredShift[];
    if (rows.length === 0) return false;
    const parents = parentsOf(this.#store);
    const owners = new Map(allStreams(this.#store).map(({ tag, officeId }) => [tag, officeId]));
    const shifts = rows.flatMap((row): ClockShift[] => {
      const source = parseStreamTag(row.streamTag);
      if (source === null || !PLACE_SHAPE.test(row.fromStamp)) return [];
      const image = imageTag(row.id);
      owners.set(image, row.officeId);
      // An office decides about its own clock and about those of the offices under it.
      const mayDecide =
        (owners.get(source) ?? row.officeId) === row.officeId && isUnder(parents, row.officeId, row.parentOfficeId);
      const { id, fromStamp: from, shiftMs } = row;
      return [{ id, source, from, shiftMs, image, stands: mayDecide && row.voided === 0 }];
    });
    const known = JSON.stringify(shifts);
    if (known === this.#known) return false;
    this.#known = known;
    this.#shifts = new ClockShifts(shifts);
    this.#learnImages(rows);
    return true;
  }

  /** What is made of a stream is of the same office: a stamp there says who wrote it. */
  #learnImages(rows: readonly StoredShift[]): void {
    const copy = this.#store.db.prepare(
      `INSERT INTO "stream" ("tag", "officeId", "ledgerId", "incarnation", "openedAt", "own", "reason")
       SELECT ?, "officeId", "ledgerId", "incarnation", "openedAt", "own", CASE WHEN "reason" = 'forked' THEN "reason" END
         FROM "stream" WHERE "tag" = ? ON CONFLICT DO NOTHING`,
    );
    const make = this.#store.db.prepare(
      `INSERT INTO "stream" ("tag", "officeId", "ledgerId", "incarnation", "openedAt", "own") VALUES (?, ?, ?, 1, 0, 0) ON CONFLICT DO NOTHING`,
    );
    for (const { id, streamTag, officeId } of rows) {
      const tag = imageTag(id);
      if (copy.run(tag, streamTag).changes === 0) make.run(tag, officeId, officeId);
    }
  }

  /** Those that explain a stamp explain what it is read as: who, doing what; the time by the clock as it was put right. */
  learnOrigins(): void {
    const columns = '"stamp", "at", "officeId", "operator", "kind", "title"';
    const insert = this.#store.db.prepare(
      `INSERT INTO "origin" (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    const rows = this.#store.db
      .prepare(
        `SELECT ${columns} FROM "origin" WHERE substr("stamp", 17) IN (SELECT "value" FROM json_each(@tags))
         UNION ALL SELECT ${columns} FROM "journal" WHERE "stream" IN (SELECT "value" FROM json_each(@tags)) AND "kind" <> 'sync'`,
      )
      .all({ tags: JSON.stringify([...this.tags]) }) as {
      stamp: string;
      at: number;
      officeId: string;
      operator: string;
      kind: string;
      title: string;
    }[];
    for (const { stamp, at, officeId, operator, kind, title } of rows) {
      const read = this.read(stamp);
      if (read !== stamp) insert.run(read, this.timeRead(stamp, at), officeId, operator, kind, title);
    }
  }

  /** A wall time that went with a stamp, put right as the stamp is. */
  timeRead(stamp: string, at: number): number {
    const ms = (text: string): number => Number.parseInt(text.slice(0, 12), 16);
    return parseStamp(stamp) === null ? at : at + ms(this.read(stamp)) - ms(stamp);
  }
}

/** Two PCs have written a stream, and so what is made of it. */
export function noteForkOf(store: Store, tag: string): void {
  for (const each of [tag, ...new ShiftBook(store).imagesOf(tag)]) noteFork(store, each);
}
