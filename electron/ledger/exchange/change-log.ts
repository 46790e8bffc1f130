import { createHash } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Store } from '../store/open.ts';
import { prepared } from './prepared.ts';

const BATCH = 64;
const COLUMNS = '"n", "entity", "rowId", "record", "before"';

function insertOf(store: Store, rows: number): Statement {
  return prepared(store, `INSERT INTO "change" (${COLUMNS}) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?)').join(', ')}`);
}

/** Writes the `change` rows of one long commit many at a time, and digests their records as `commit` does. */
export class ChangeLog {
  readonly #store: Store;
  readonly #n: number;
  readonly #many: Statement;
  readonly #one: Statement;
  readonly #hash = createHash('sha256');
  #parameters: (string | number | null)[] = [];
  #records: string[] = [];
  #rows = 0;

  constructor(store: Store, n: number) {
    this.#store = store;
    this.#n = n;
    this.#many = insertOf(this.#store, BATCH);
    this.#one = insertOf(this.#store, 1);
  }

  get rows(): number {
    return this.#rows;
  }

  add(entity: string, rowId: string, record: string, before: string | null): void {
    this.#parameters.push(this.#n, entity, rowId, record, before);
    this.#records.push(record);
    this.#rows += 1;
    if (this.#records.length === BATCH) this.#flush(this.#many);
  }

  #flush(statement: Statement): void {
    statement.run(this.#parameters);
    this.#hash.update(`${this.#records.join('\n')}\n`, 'utf8');
    this.#parameters = [];
    this.#records = [];
  }

  /** Writes the rest. @returns digest of all records, hex */
  finish(): string {
    const parameters = this.#parameters;
    for (let start = 0; start < parameters.length; start += 5) this.#one.run(parameters.slice(start, start + 5));
    if (this.#records.length > 0) this.#hash.update(`${this.#records.join('\n')}\n`, 'utf8');
    return this.#hash.digest('hex');
  }
}
