import { createHash, type Hash } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Store } from '../store/open.ts';
import { prepared } from './prepared.ts';

const BATCH = 64;
const WIDTH = 5;
const COLUMNS = '"n", "entity", "rowId", "record", "before"';

function insertOf(store: Store, rows: number): Statement {
  return prepared(store, `INSERT INTO "change" (${COLUMNS}) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?)').join(', ')}`);
}

/** Writes the `change` rows of one long commit many at a time. */
export class ChangeLog {
  readonly #n: number;
  readonly #many: Statement;
  readonly #one: Statement;
  /** Of the records, as `commit` does it; null where the commit's digest is that of the file it came from. */
  readonly #hash: Hash | null;
  #parameters: (string | number | null)[] = [];
  #rows = 0;

  constructor(store: Store, n: number, options: { readonly digest: boolean }) {
    this.#n = n;
    this.#many = insertOf(store, BATCH);
    this.#one = insertOf(store, 1);
    this.#hash = options.digest ? createHash('sha256') : null;
  }

  get rows(): number {
    return this.#rows;
  }

  add(entity: string, rowId: string, record: string, before: string | null): void {
    this.#parameters.push(this.#n, entity, rowId, record, before);
    this.#rows += 1;
    this.#hash?.update(`${record}\n`, 'utf8');
    if (this.#parameters.length < BATCH * WIDTH) return;
    this.#many.run(this.#parameters);
    this.#parameters = [];
  }

  /** Writes the rest. @returns digest of all records, hex; '' without one */
  finish(): string {
    const parameters = this.#parameters;
    for (let start = 0; start < parameters.length; start += WIDTH) {
      this.#one.run(parameters.slice(start, start + WIDTH));
    }
    this.#parameters = [];
    return this.#hash?.digest('hex') ?? '';
  }
}
