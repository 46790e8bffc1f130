import { journalEnd } from '../../electron/ledger/exchange/offices/peers.ts';
import type { Office } from '../stories/exchange/offices.ts';

/** A row that somebody made, or a value that somebody wrote. */
interface Write {
  readonly n: number;
  readonly entity: string;
  readonly rowId: string;
  /** Null for a new row. */
  readonly field: string | null;
  readonly stamp: string;
  readonly value: unknown;
  /** Who wrote it, or a clone of that PC, has written over it since: nobody else need ever hear of it. */
  superseded: boolean;
}

interface Book {
  /** Also those made before the PC was cloned, in the books of both. */
  writes: Write[];
  /** Those before which the ledger went back. */
  readonly orphans: Set<Write>;
  /** Journal number up to which the writes are known. */
  seen: number;
  /** Where the journal stood at the latest backup. */
  backup: number;
}

type WrittenRecord = readonly [
  entity: string,
  id: string,
  stamp: string,
  values: Readonly<Record<string, unknown>>,
  later?: Readonly<Record<string, string>>,
];

const LOCAL_CHANGES = `SELECT c."n" AS "n", c."record" AS "record", c."before" IS NULL AS "made"
  FROM "change" c JOIN "journal" j ON j."n" = c."n" WHERE c."n" > ? AND j."kind" <> 'sync' ORDER BY c."seq"`;

function writesOf(change: { n: number; record: string; made: 0 | 1 }): Write[] {
  const [entity, rowId, stamp, values, later = {}] = JSON.parse(change.record) as WrittenRecord;
  const common = { n: change.n, entity, rowId, superseded: false };
  if (change.made === 1) return [{ ...common, field: null, stamp, value: null }];
  // Who decided what in which list is settled by time alone, and says so nowhere (see `Aside`).
  if (entity === 'conflict' || entity === 'proposal') return [];
  return Object.entries(values).map(([field, value]) => ({ ...common, field, stamp: later[field] ?? stamp, value }));
}

const isSameField = (left: Write, right: Write): boolean =>
  left.rowId === right.rowId && left.field === right.field && left.entity === right.entity;

/**
 * What everybody wrote, kept beside the ledgers. At the end each value is the present one of the city, or in its history, or
 * in a conflict, or a proposal, or waits there; unless its own office has written over it, or lost it with its disk before
 * anybody read it.
 */
export class Account {
  readonly #city: Office;
  readonly #books = new Map<Office, Book>();
  readonly #cloned = new Set<string>();

  /** From here on everything counts. */
  constructor(city: Office, offices: readonly Office[]) {
    this.#city = city;
    for (const office of offices) {
      const [seen] = journalEnd(office.store);
      this.#books.set(office, { writes: [], orphans: new Set(), seen, backup: seen });
    }
  }

  #book(office: Office): Book {
    const book = this.#books.get(office);
    if (!book) throw new Error('no such office');
    return book;
  }

  /** Notes what an office has just done. */
  see(office: Office): void {
    const book = this.#book(office);
    const changes = office.store.db.prepare(LOCAL_CHANGES).all(book.seen) as Parameters<typeof writesOf>[0][];
    for (const change of changes) {
      for (const write of writesOf(change)) {
        for (const earlier of book.writes) {
          earlier.superseded ||= isSameField(earlier, write) && !book.orphans.has(earlier);
        }
        book.writes.push(write);
        this.#supersedeForgotten(office, write);
      }
    }
    [book.seen] = journalEnd(office.store);
  }

  /** What an office has forgotten with its disk, and another has read and written over, is in the history of that one alone. */
  #supersedeForgotten(by: Office, write: Write): void {
    for (const { orphans } of this.#books.values()) {
      for (const orphan of orphans)
        if (!orphan.superseded && isSameField(orphan, write) && has(by, orphan, 'stamp')) orphan.superseded = true;
    }
  }

  backedUp(office: Office): void {
    [this.#book(office).backup] = journalEnd(office.store);
  }

  /** The office went back to its latest backup: what nobody has read is gone, and what it was the only one to have read. */
  restored(office: Office): void {
    const book = this.#book(office);
    for (const write of book.writes) if (write.n > book.backup) book.orphans.add(write);
    const offices = [...this.#books.keys()];
    for (const each of this.#books.values()) {
      each.writes = each.writes.filter(
        (write) => !each.orphans.has(write) || offices.some((other) => has(other, write, 'stamp')),
      );
    }
    [book.seen] = journalEnd(office.store);
  }

  cloned(office: Office, clone: Office): Office {
    this.#cloned.add(office.officeId);
    const { writes, orphans, seen, backup } = this.#book(office);
    this.#books.set(clone, { writes: [...writes], orphans: new Set(orphans), seen, backup });
    return clone;
  }

  wasCloned(office: Office): boolean {
    return this.#cloned.has(office.officeId);
  }

  /** What cannot be found any more, in words. */
  missing(): string[] {
    return [...this.#books].flatMap(([office, book]) =>
      book.writes
        .filter((write) => !write.superseded && !has(this.#city, write))
        .map(
          (write) =>
            `${office.name}: ${write.entity} ${write.rowId} ${write.field ?? '(new)'} ${String(write.value)} ${write.stamp}`,
        ),
    );
  }
}

/**
 * Whether a ledger holds a value: in its tables, its history, its lists of disputes or among what waits.
 *
 * @param by the value alone will do where somebody else wrote the same
 */
function has(office: Office, write: Write, by: 'stamp' | 'value' = 'value'): boolean {
  const { db } = office.store;
  const finds = (sql: string, ...parameters: readonly unknown[]): boolean =>
    db.prepare(`SELECT 1 FROM ${sql} LIMIT 1`).get(...parameters) !== undefined;
  const { entity, rowId, field, stamp } = write;
  if (finds('"parked" WHERE "rowId" = ? AND instr("record", ?) > 0', rowId, stamp)) return true;
  if (field === null) return finds(`"${entity}" WHERE "id" = ?`, rowId);
  if (finds('"change" WHERE "rowId" = ? AND instr("record", ?) > 0', rowId, stamp)) return true;
  if (by === 'stamp') return false;
  const value = JSON.stringify(write.value);
  const written = `"${field}":${value}`;
  return (
    finds('"change" WHERE "rowId" = ? AND instr("record", ?) > 0', rowId, written) ||
    finds('"conflict" WHERE "rowId" = ? AND "field" = ? AND ? IN ("kept", "other")', rowId, field, value) ||
    finds('"proposal" WHERE "rowId" = ? AND "field" = ? AND ? IN ("value", "current")', rowId, field, value)
  );
}
