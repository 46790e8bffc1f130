import type { Statement } from 'better-sqlite3';
import type { Store } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';
import type { ChangeLog } from './change-log.ts';
import type { WireRow } from './record.ts';
import type { WireTable } from './wire-check.ts';

/**
 * Text of rows that is collected before it is written. One for all tables: what one has collected is written before the
 * next one's turn.
 */
const scratch = Buffer.allocUnsafeSlow(512 * 1024);
/** Room for the bracket that makes an array of it. */
const START = 1;
const [OPEN, COMMA, CLOSE, NEWLINE] = [0x5b, 0x2c, 0x5d, 0x0a] as const;

/**
 * Inserts new rows of one table by the text in which they came. The same bytes become their record (see `readRecord`), part
 * of the digest and, read by SQLite itself, their columns: to make strings of them, record by record and parameter by
 * parameter, costs more than all the rest.
 */
export class TextInserter {
  readonly #entity: string;
  readonly #insert: Statement;
  /** Between stamp and values. */
  readonly #heading: string;
  #buffer: Buffer = scratch;
  #length = START;
  #ids: string[] = [];
  #ends: number[] = [];

  constructor(store: Store, { entity, columns }: WireTable) {
    this.#entity = entity;
    this.#heading = `${JSON.stringify(columns)},`;
    const names = ['id', ...columns, '_stamp'].map((column) => `"${column}"`).join(', ');
    const values = columns.map((_, index) => `"value" ->> '$[4][${index}]'`).join(', ');
    this.#insert = prepared(
      store,
      `INSERT INTO "${entity}" (${names}) SELECT "value" ->> 1, ${values}, "value" ->> 2 FROM jsonb_each(jsonb(CAST(? AS TEXT)))`,
    );
  }

  /** @param row with its values in the order of the table's columns, and nothing else to say */
  add(row: WireRow, bytes: Buffer, text: NonNullable<WireRow['text']>, log: ChangeLog): void {
    const head = `["${this.#entity}","${row.id}","${row.stamp}",${this.#heading}`;
    const needed = head.length + (text.to - text.from) + 2;
    if (this.#length + needed > this.#buffer.length) {
      this.flush(log);
      if (START + needed > scratch.length) this.#buffer = Buffer.allocUnsafe(START + needed);
    }
    let end = this.#length + this.#buffer.write(head, this.#length, 'latin1');
    end += bytes.copy(this.#buffer, end, text.from, text.to);
    this.#buffer[end] = CLOSE;
    this.#buffer[end + 1] = NEWLINE;
    this.#length = end + 2;
    this.#ids.push(row.id);
    this.#ends.push(this.#length - START);
  }

  flush(log: ChangeLog): void {
    if (this.#ends.length === 0) return;
    const all = this.#buffer.subarray(0, this.#length);
    const texts = all.subarray(START);
    log.addTexts(this.#entity, this.#ids, texts, this.#ends);
    // Lines become an array.
    all[0] = OPEN;
    for (const end of this.#ends) texts[end - 1] = COMMA;
    texts[texts.length - 1] = CLOSE;
    this.#insert.run(all);
    this.#buffer = scratch;
    this.#length = START;
    this.#ids = [];
    this.#ends = [];
  }
}
