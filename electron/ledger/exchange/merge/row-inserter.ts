import type { Statement } from 'better-sqlite3';
import type { Value } from '../../../../shared/dictionary/index.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { packStamps } from '../../store/stamps.ts';
import type { WireGroup, WireRow } from '../bundle/record.ts';
import type { ChangeLog } from './change-log.ts';
import { TextInserter } from './text-inserter.ts';
import { onceATable, type WireTable } from './wire-check.ts';

/** Parameters of one statement, well under SQLite's limit; more rows at once gain nothing. */
const PARAMETERS = 640;
/** Rows of one statement: parts of the number that the merge looks up at once, so that no row is left over. */
const BATCHES = [50, 25, 20, 10, 5, 4, 2, 1] as const;

/** What is asked of one table. */
interface Statements {
  readonly many: string;
  readonly one: string;
  readonly batch: number;
  readonly width: number;
  /** `"column":` of each column, ready for the record. */
  readonly keys: readonly string[];
}

const statementsFor = onceATable((table): Statements => {
  const width = table.columns.length + 3;
  const batch = BATCHES.find((rows) => rows * width <= PARAMETERS) ?? 1;
  const columns = ['id', ...table.columns, '_stamp', '_stamps'].map((column) => `"${column}"`).join(', ');
  const marks = `(${Array(width).fill('?').join(', ')})`;
  const insert = (rows: number): string =>
    `INSERT INTO "${table.entity}" (${columns}) VALUES ${Array(rows).fill(marks).join(', ')}`;
  const keys = table.columns.map((column) => `${JSON.stringify(column)}:`);
  return { many: insert(batch), one: insert(1), batch, width, keys };
});

/** Inserts new rows of one table many at a time and notes each in the change log. */
export class RowInserter {
  readonly #entity: string;
  readonly #columns: readonly string[];
  readonly #keys: readonly string[];
  readonly #many: Statement;
  readonly #one: Statement;
  readonly #batch: number;
  readonly #width: number;
  readonly #texts: TextInserter;
  #parameters: Value[] = [];

  constructor(store: Store, table: WireTable) {
    this.#entity = table.entity;
    this.#columns = table.columns;
    const { many, one, batch, width, keys } = statementsFor(table);
    this.#keys = keys;
    this.#width = width;
    this.#batch = batch;
    this.#many = prepared(store, many);
    this.#one = prepared(store, one);
    this.#texts = new TextInserter(store, table);
  }

  /**
   * @param order position in the row for each column of the table, or null where they are alike
   * @param stamps exceptions that stand
   */
  add(
    row: WireRow,
    order: readonly number[] | null,
    stamps: Readonly<Record<string, string>> | null,
    log: ChangeLog,
  ): void {
    const packed = stamps === null ? null : packStamps(stamps);
    const parameters = this.#parameters;
    parameters.push(row.id);
    let record = '';
    for (let index = 0; index < this.#columns.length; index += 1) {
      const value = row.values[order === null ? index : (order[index] ?? -1)] ?? null;
      if (value === null) {
        parameters.push(index === 0 ? 0 : null);
        continue;
      }
      parameters.push(value);
      // 作废 comes first and is noted only where it says something, as `commit` does.
      if (index === 0 && value === 0) continue;
      record += `${record === '' ? '' : ','}${this.#keys[index] ?? ''}${typeof value === 'number' ? value : JSON.stringify(value)}`;
    }
    parameters.push(row.stamp, packed);
    record = `["${this.#entity}","${row.id}","${row.stamp}",{${record}}${this.#tail(row, packed)}]`;
    log.add(this.#entity, row.id, record, null);
    if (parameters.length === this.#batch * this.#width) {
      this.#many.run(parameters);
      this.#parameters = [];
    }
  }

  /** Stamps and bases of a row that was changed since it was made. */
  #tail(row: WireRow, packed: string | null): string {
    if (packed === null) return '';
    const bases: [string, string][] = [];
    row.bases?.forEach((base, index) => {
      const column = row.columns[index];
      if (base !== undefined && column !== undefined) bases.push([column, base]);
    });
    return bases.length === 0 ? `,${packed}` : `,${packed},${JSON.stringify(Object.fromEntries(bases))}`;
  }

  /** Adds a row by the text of its values (see `TextInserter`). */
  addText(row: WireRow, { bytes, heading }: WireGroup, text: NonNullable<WireRow['text']>, log: ChangeLog): void {
    this.#texts.add(row, bytes, text);
    const { id, stamp, columns } = row;
    log.addText({ entity: this.#entity, id, stamp, columns, place: { heading, from: text.from, to: text.to } });
  }

  /** Rows of this table must be in it before anything asks for them. */
  flush(): void {
    this.#texts.flush();
    const parameters = this.#parameters;
    for (let start = 0; start < parameters.length; start += this.#width) {
      this.#one.run(parameters.slice(start, start + this.#width));
    }
    this.#parameters = [];
  }
}
