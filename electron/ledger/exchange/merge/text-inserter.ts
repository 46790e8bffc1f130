import type { Statement } from 'better-sqlite3';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { WireRow } from '../bundle/record.ts';
import { onceATable, type WireTable } from './wire-check.ts';

/**
 * Text of rows that is collected before it is written. One for all tables: what one has collected is written before the
 * next one's turn.
 */
const scratch = Buffer.allocUnsafeSlow(512 * 1024);
const [OPEN, COMMA, CLOSE] = [0x5b, 0x2c, 0x5d] as const;
/** Brackets and comma about a row. */
const FRAME = 3;

const insertFor = onceATable(({ entity, columns }) => {
  const names = ['id', '_stamp', ...columns].map((column) => `"${column}"`).join(', ');
  const values = columns.map((_, index) => `"value" ->> '$[2][${index}]'`).join(', ');
  return `INSERT INTO "${entity}" (${names}) SELECT "value" ->> 0, "value" ->> 1, ${values} FROM jsonb_each(jsonb(CAST(? AS TEXT)))`;
});

/**
 * Inserts new rows of one table by the text in which they came, read by SQLite itself: to make strings of them, parameter by
 * parameter, costs more than all the rest.
 */
export class TextInserter {
  readonly #insert: Statement;
  #buffer: Buffer = scratch;
  #length = 0;

  constructor(store: Store, table: WireTable) {
    this.#insert = prepared(store, insertFor(table));
  }

  /** @param row with its values in the order of the table's columns, and nothing else to say */
  add(row: WireRow, bytes: Buffer, text: NonNullable<WireRow['text']>): void {
    const head = `["${row.id}","${row.stamp}",`;
    const needed = head.length + (text.to - text.from) + FRAME;
    if (this.#length + needed > this.#buffer.length) {
      this.flush();
      if (needed > scratch.length) this.#buffer = Buffer.allocUnsafe(needed);
    }
    const buffer = this.#buffer;
    buffer[this.#length] = this.#length === 0 ? OPEN : COMMA;
    let end = this.#length + 1;
    end += buffer.write(head, end, 'latin1');
    end += bytes.copy(buffer, end, text.from, text.to);
    buffer[end] = CLOSE;
    this.#length = end + 1;
  }

  flush(): void {
    if (this.#length === 0) return;
    this.#buffer[this.#length] = CLOSE;
    this.#insert.run(this.#buffer.subarray(0, this.#length + 1));
    this.#buffer = scratch;
    this.#length = 0;
  }
}
