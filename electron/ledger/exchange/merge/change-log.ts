import { createHash } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import { placedRecord } from '../../store/change-record.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { keepReceived, type PlaceInText } from '../../store/received.ts';
import type { ReceivedText } from '../bundle/record.ts';

const BATCH = 64;
const WIDTH = 5;
const COLUMNS = '"n", "entity", "rowId", "record", "before"';

const insertOf = (rows: number): string =>
  `INSERT INTO "change" (${COLUMNS}) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?)').join(', ')}`;
const INSERT_MANY = insertOf(BATCH);
const INSERT_ONE = insertOf(1);

/** Records of new rows as one array: these are short and many, and to bind each by itself costs more than to read them. */
const PLACED_ROWS = 500;

function placedOf(store: Store): Statement {
  return prepared(
    store,
    `INSERT INTO "change" ("n", "entity", "rowId", "record") SELECT @n, "value" ->> 0, "value" ->> 1, "value" FROM json_each(@records)`,
  );
}

/** A new row of which the text stands for its record. */
interface TextRow {
  readonly entity: string;
  readonly id: string;
  readonly stamp: string;
  readonly columns: readonly string[];
  readonly place: PlaceInText;
}

/**
 * Writes the `change` rows of one long commit many at a time, and digests their records as `commit` does. New rows that are
 * as they came are noted by where they stand in what came, once that is worth to be kept whole.
 */
export class ChangeLog {
  readonly #store: Store;
  readonly #n: number;
  readonly #many: Statement;
  readonly #one: Statement;
  readonly #hash = createHash('sha256');
  #parameters: (string | number | null)[] = [];
  #records = '';
  #rows = 0;

  #text: ReceivedText | null = null;
  /** Its name, where it is kept. */
  #digest: string | null = null;
  #textRows: TextRow[] = [];
  readonly #textIds = new Set<string>();
  /** Of the rows noted by this text, in bytes. */
  #textBytes = 0;

  constructor(store: Store, n: number) {
    this.#store = store;
    this.#n = n;
    this.#many = prepared(store, INSERT_MANY);
    this.#one = prepared(store, INSERT_ONE);
  }

  get rows(): number {
    return this.#rows + this.#textRows.length;
  }

  /** The rows that follow come in this text. */
  receive(text: ReceivedText): void {
    this.#writeTextRows();
    this.#text = text;
    this.#digest = null;
    this.#textBytes = 0;
  }

  /** Notes a new row that is as it came. Whether its text is worth to be kept shows when more of it have come. */
  addText(row: TextRow): void {
    this.#textRows.push(row);
    this.#textIds.add(row.id);
    this.#textBytes += row.place.to - row.place.from;
  }

  add(entity: string, rowId: string, record: string, before: string | null): void {
    // Its making comes before its changes.
    if (this.#textIds.has(rowId)) this.#writeTextRows();
    this.#write(entity, rowId, record, before);
  }

  /** Call before the changes of a row are read: what waits of them is written. */
  settle(rowId: string): void {
    if (this.#textIds.has(rowId)) this.#writeTextRows();
    if (this.#parameters.includes(rowId)) this.#flush();
  }

  #write(entity: string, rowId: string, record: string, before: string | null): void {
    this.#parameters.push(this.#n, entity, rowId, record, before);
    this.#records += `${record}\n`;
    this.#rows += 1;
    if (this.#parameters.length < BATCH * WIDTH) return;
    this.#many.run(this.#parameters);
    this.#update();
    this.#parameters = [];
  }

  #writeTextRows(): void {
    const rows = this.#textRows;
    const text = this.#text;
    if (rows.length === 0 || text === null) return;
    this.#textRows = [];
    this.#textIds.clear();
    // A file that brings little news is not kept for it: its rows are written out where that takes less.
    if (this.#digest === null && text.packed !== null && this.#textBytes >= text.packed.length)
      this.#digest = keepReceived(this.#store, text.packed);
    if (this.#digest !== null) this.#writePlaced(rows, this.#digest);
    else {
      for (const { entity, id, stamp, columns, place } of rows) {
        const values = text.plain.toString('utf8', place.from, place.to);
        this.#write(entity, id, `["${entity}","${id}","${stamp}",${JSON.stringify(columns)},${values}]`, null);
      }
    }
  }

  #writePlaced(rows: readonly TextRow[], digest: string): void {
    this.#flush();
    for (let start = 0; start < rows.length; start += PLACED_ROWS) {
      const records = rows.slice(start, start + PLACED_ROWS).map((row) => placedRecord(row, digest, row.place));
      placedOf(this.#store).run({ n: this.#n, records: `[${records.join(',')}]` });
      this.#hash.update(`${records.join('\n')}\n`, 'utf8');
      this.#rows += records.length;
    }
  }

  #flush(): void {
    const parameters = this.#parameters;
    for (let start = 0; start < parameters.length; start += WIDTH) {
      this.#one.run(parameters.slice(start, start + WIDTH));
    }
    this.#parameters = [];
    this.#update();
  }

  #update(): void {
    this.#hash.update(this.#records, 'utf8');
    this.#records = '';
  }

  /** Writes the rest. @returns digest of all records, hex */
  finish(): string {
    this.#writeTextRows();
    this.#flush();
    return this.#hash.digest('hex');
  }
}
