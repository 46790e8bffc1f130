import type { Statement } from 'better-sqlite3';
import type { Value } from '../../../shared/dictionary/index.ts';
import type { Store } from '../store/open.ts';
import { prepared } from './prepared.ts';
import type { WireTable } from './wire-check.ts';

/** Rows asked for at most at once; single lookups cost three times as much. */
export const LOOKUP = 500;
/** A small file does not pay for a large question. */
const SIZES = [4, 40, LOOKUP] as const;

/** The stamps of a row that is here. */
export interface LocalHead {
  readonly stamp: string;
  /** Packed exceptions, or null. */
  readonly stamps: string | null;
}

/** A row that is here, with its values. */
export class LocalRow {
  readonly #raw: readonly Value[];
  readonly #positions: ReadonlyMap<string, number>;

  constructor(raw: readonly Value[], positions: ReadonlyMap<string, number>) {
    this.#raw = raw;
    this.#positions = positions;
  }

  get(column: string): Value {
    const position = this.#positions.get(column);
    return position === undefined ? null : (this.#raw[position] ?? null);
  }
}

/** Where more columns are asked for, all are fetched: there are then too many different questions to keep prepared. */
const FEW_COLUMNS = 8;

/** Looks up rows of one table, many at a time. */
export class LocalRows {
  readonly #store: Store;
  readonly #table: WireTable;
  readonly #questions = new Map<string, Map<number, Statement>>();

  constructor(store: Store, table: WireTable) {
    this.#store = store;
    this.#table = table;
  }

  /** @param ids at most LOOKUP */
  heads(ids: readonly string[]): ReadonlyMap<string, LocalHead> {
    const heads = new Map<string, LocalHead>();
    const found = this.#ask('"id", "_stamp", "_stamps"', ids) as [string, string, string | null][];
    for (const [id, stamp, stamps] of found) {
      heads.set(id, { stamp, stamps });
    }
    return heads;
  }

  /**
   * @param ids at most LOOKUP
   * @param wanted columns that will be asked of the rows
   */
  rows(ids: readonly string[], wanted: ReadonlySet<string>): ReadonlyMap<string, LocalRow> {
    const rows = new Map<string, LocalRow>();
    if (ids.length === 0) return rows;
    const all = this.#table.columns;
    const columns = ['id', ...(wanted.size > FEW_COLUMNS ? all : all.filter((column) => wanted.has(column)))];
    const positions = new Map(columns.map((column, index) => [column, index]));
    const quoted = columns.map((column) => `"${column}"`).join(', ');
    for (const raw of this.#ask(quoted, ids) as Value[][]) rows.set(raw[0] as string, new LocalRow(raw, positions));
    return rows;
  }

  #ask(columns: string, ids: readonly string[]): unknown[] {
    const size = SIZES.find((each) => each >= ids.length) ?? LOOKUP;
    let sizes = this.#questions.get(columns);
    if (!sizes) {
      sizes = new Map();
      this.#questions.set(columns, sizes);
    }
    let statement = sizes.get(size);
    if (!statement) {
      const marks = Array(size).fill('?').join(', ');
      statement = prepared(
        this.#store,
        `SELECT ${columns} FROM "${this.#table.entity}" WHERE "id" IN (${marks})`,
        'raw',
      );
      sizes.set(size, statement);
    }
    return statement.all(padded(ids, size));
  }
}

function padded(ids: readonly string[], size: number): (string | null)[] {
  const all: (string | null)[] = [...ids];
  while (all.length < size) all.push(null);
  return all;
}
