import { createHash } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Store } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';

const BATCH = 64;
const WIDTH = 5;
/** Records of one statement; few different ones, for each is prepared. */
const TEXT_BATCHES = [50, 10, 1] as const;
const COLUMNS = '"n", "entity", "rowId", "record", "before"';

function insertOf(store: Store, rows: number): Statement {
  return prepared(store, `INSERT INTO "change" (${COLUMNS}) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?)').join(', ')}`);
}

/** Records as bytes: to make strings of them only to have them read again would cost more than all else here. */
function textsOf(store: Store, rows: number): Statement {
  const marks = Array(rows).fill('(@n, @entity, ?, CAST(? AS TEXT))').join(', ');
  return prepared(store, `INSERT INTO "change" ("n", "entity", "rowId", "record") VALUES ${marks}`);
}

/** Writes the `change` rows of one long commit many at a time, and digests their records as `commit` does. */
export class ChangeLog {
  readonly #store: Store;
  readonly #n: number;
  readonly #many: Statement;
  readonly #one: Statement;
  readonly #hash = createHash('sha256');
  #parameters: (string | number | null)[] = [];
  #records = '';
  #rows = 0;

  constructor(store: Store, n: number) {
    this.#store = store;
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

  /**
   * Notes new rows by the text in which they came.
   *
   * @param texts records one after the other, each ended by a newline
   * @param ends where each ends, past its newline
   */
  addTexts(entity: string, rowIds: readonly string[], texts: Buffer, ends: readonly number[]): void {
    this.#flush();
    let start = 0;
    for (let index = 0; index < ends.length; ) {
      const left = ends.length - index;
      const rows = TEXT_BATCHES.find((size) => size <= left) ?? 1;
      const parameters: (string | Buffer)[] = [];
      for (const upTo = index + rows; index < upTo; index += 1) {
        const end = ends[index] ?? 0;
        parameters.push(rowIds[index] ?? '', texts.subarray(start, end - 1));
        start = end;
      }
      textsOf(this.#store, rows).run(parameters, { n: this.#n, entity });
    }
    this.#hash.update(texts);
    this.#rows += ends.length;
  }

  #digest(): void {
    this.#hash.update(this.#records, 'utf8');
    this.#records = '';
  }

  #flush(): void {
    const parameters = this.#parameters;
    for (let start = 0; start < parameters.length; start += WIDTH) {
      this.#one.run(parameters.slice(start, start + WIDTH));
    }
    this.#parameters = [];
    this.#digest();
  }

  /** Writes the rest. @returns digest of all records, hex */
  finish(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }
}
