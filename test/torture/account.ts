import { journalEnd } from '../../electron/ledger/exchange/peers.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import type { Office } from '../stories/exchange/offices.ts';

/** A row that somebody made, or a value that somebody wrote. */
interface Write {
  readonly n: number;
  readonly stream: string;
  readonly entity: string;
  readonly rowId: string;
  /** Null for a new row. */
  readonly field: string | null;
  readonly stamp: string;
  readonly value: unknown;
  /** Its ledger went back to before it. */
  orphan: boolean;
}

interface Book {
  writes: Write[];
  /** Journal number up to which the writes are known. */
  seen: number;
  /** Where the journal and the order of deliveries stood at the latest backup. */
  backup: { readonly n: number; readonly order: number };
}

interface Delivery {
  readonly order: number;
  readonly stream: string;
  readonly n: number;
  readonly to: Office;
}

type WrittenRecord = readonly [
  entity: string,
  id: string,
  stamp: string,
  values: Readonly<Record<string, unknown>>,
  later?: Readonly<Record<string, string>>,
];

const LOCAL_CHANGES = `SELECT c."n" AS "n", j."stream" AS "stream", c."record" AS "record", c."before" IS NULL AS "made"
  FROM "change" c JOIN "journal" j ON j."n" = c."n" WHERE c."n" > ? AND j."kind" <> 'sync' ORDER BY c."seq"`;

function writesOf(change: { n: number; stream: string; record: string; made: 0 | 1 }): Write[] {
  const [entity, rowId, stamp, values, later = {}] = JSON.parse(change.record) as WrittenRecord;
  const common = { n: change.n, stream: change.stream, entity, rowId, orphan: false };
  if (change.made === 1) return [{ ...common, field: null, stamp, value: null }];
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
  readonly #sent = new Map<string, { readonly stream: string; readonly n: number }>();
  #deliveries: Delivery[] = [];
  readonly #cloned = new Set<string>();
  #order = 0;

  /** From here on everything counts. */
  constructor(city: Office, offices: readonly Office[]) {
    this.#city = city;
    for (const office of offices) {
      const [seen] = journalEnd(office.store);
      this.#books.set(office, { writes: [], seen, backup: { n: seen, order: 0 } });
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
        // Its own office has written over it: nobody else need ever hear of it.
        book.writes = book.writes.filter((earlier) => earlier.orphan || !isSameField(earlier, write));
        book.writes.push(write);
      }
    }
    [book.seen] = journalEnd(office.store);
  }

  sent(path: string, from: Office): void {
    const [n] = journalEnd(from.store);
    this.#sent.set(path, { stream: readIdentity(from.store).streamTag, n });
  }

  delivered(path: string, to: Office): void {
    const sent = this.#sent.get(path);
    if (!sent) throw new Error(`nobody sent ${path}`);
    this.#order += 1;
    this.#deliveries.push({ order: this.#order, ...sent, to });
  }

  backedUp(office: Office): void {
    this.#book(office).backup = { n: journalEnd(office.store)[0], order: this.#order };
  }

  /** The office went back to its latest backup: what nobody had read is gone, as are the files that it had read since. */
  restored(office: Office): void {
    const book = this.#book(office);
    this.#deliveries = this.#deliveries.filter(({ to, order }) => to !== office || order <= book.backup.order);
    for (const write of book.writes) write.orphan ||= write.n > book.backup.n;
    // Who had read what another office has lost may now have lost it too.
    for (const each of this.#books.values()) {
      each.writes = each.writes.filter((write) => !write.orphan || this.#isDelivered(write));
    }
    [book.seen] = journalEnd(office.store);
  }

  #isDelivered(write: Write): boolean {
    return this.#deliveries.some(({ stream, n }) => stream === write.stream && n >= write.n);
  }

  cloned(office: Office, clone: Office): Office {
    this.#cloned.add(office.officeId);
    const { seen, backup } = this.#book(office);
    this.#books.set(clone, { writes: [], seen, backup });
    return clone;
  }

  wasCloned(office: Office): boolean {
    return this.#cloned.has(office.officeId);
  }

  /** What cannot be found any more, in words. */
  missing(): string[] {
    return [...this.#books].flatMap(([office, book]) =>
      book.writes
        .filter((write) => !this.#isKnown(write))
        .map(
          (write) =>
            `${office.name}: ${write.entity} ${write.rowId} ${write.field ?? '(new)'} ${String(write.value)} ${write.stamp}`,
        ),
    );
  }

  #isKnown(write: Write): boolean {
    const { db } = this.#city.store;
    const finds = (sql: string, ...parameters: readonly unknown[]): boolean =>
      db.prepare(`SELECT 1 FROM ${sql} LIMIT 1`).get(...parameters) !== undefined;
    const { entity, rowId, field, stamp } = write;
    if (finds('"parked" WHERE "rowId" = ? AND instr("record", ?) > 0', rowId, stamp)) return true;
    if (field === null) return finds(`"${entity}" WHERE "id" = ?`, rowId);
    const value = JSON.stringify(write.value);
    const written = `"${field}":${value}`;
    return (
      finds(
        '"change" WHERE "rowId" = ? AND (instr("record", ?) > 0 OR instr("record", ?) > 0)',
        rowId,
        stamp,
        written,
      ) ||
      finds('"conflict" WHERE "rowId" = ? AND "field" = ? AND ? IN ("kept", "other")', rowId, field, value) ||
      finds('"proposal" WHERE "rowId" = ? AND "field" = ? AND ? IN ("value", "current")', rowId, field, value)
    );
  }
}
