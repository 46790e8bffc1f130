import { createHash } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Store } from '../store/open.ts';
import { prepared } from './prepared.ts';

const BATCH = 64;
const WIDTH = 5;
const COLUMNS = '"n", "entity", "rowId", "record", "before"';

function insertOf(store: Store, rows: number): Statement {
  return prepared(store, `INSERT INTO "change" (${COLUMNS}) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?)').join(', ')}`);
}

/** Writes the `change` rows of one long commit many at a time, and digests their records as `commit` does. */
export class ChangeLog {
  readonly #n: number;
  readonly #many: Statement;
  readonly #one: Statement;
  readonly #hash = createHash('sha256');
  #parameters: (string | number | null)[] = [];
  #records = '';
  #rows = 0;

  constructor(store: Store, n: number) {
    this.#n = n;
    this.#many = insertOf(store, BATCH);
    this.#one = insertOf(store, 1);
  }

  get rows(): number {
    return this.#rows;
  }

  add(entity: string, rowId: string, record: string, before: string | null): void {
    this.#parameters.push(this.#n, entity, rowId, record, before);
    this.#records += `${record}\n`;
    this.#rows += 1;
    if (this.#parameters.length < BATCH * WIDTH) return;
    this.#many.run(this.#parameters);
    this.#digest();
    this.#parameters = [];
  }

  #digest(): void {
    this.#hash.update(this.#records, 'utf8');
    this.#records = '';
  }

  /** Writes the rest. @returns digest of all records, hex */
  finish(): string {
    const parameters = this.#parameters;
    for (let start = 0; start < parameters.length; start += WIDTH) {
      this.#one.run(parameters.slice(start, start + WIDTH));
    }
    this.#parameters = [];
    this.#digest();
    return this.#hash.digest('hex');
  }
}
