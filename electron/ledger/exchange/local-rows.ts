import type { Statement } from 'better-sqlite3';
import type { Value } from '../../../shared/dictionary/index.ts';
import type { Store } from '../store/open.ts';
import { prepared } from './prepared.ts';
import type { WireTable } from './wire-check.ts';

/** Rows asked for at once; single lookups cost three times as much. */
export const LOOKUP = 500;

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

/** Looks up rows of one table, many at a time. */
export class LocalRows {
  readonly #heads: Statement;
  readonly #rows: Statement;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(store: Store, table: WireTable) {
    const marks = Array(LOOKUP).fill('?').join(', ');
    const columns = ['id', ...table.columns];
    const quoted = columns.map((column) => `"${column}"`).join(', ');
    const where = `FROM "${table.entity}" WHERE "id" IN (${marks})`;
    this.#heads = prepared(store, `SELECT "id", "_stamp", "_stamps" ${where}`, 'raw');
    this.#rows = prepared(store, `SELECT ${quoted} ${where}`, 'raw');
    this.#positions = new Map(columns.map((column, index) => [column, index]));
  }

  /** @param ids at most LOOKUP */
  heads(ids: readonly string[]): ReadonlyMap<string, LocalHead> {
    const heads = new Map<string, LocalHead>();
    for (const [id, stamp, stamps] of this.#heads.all(padded(ids)) as [string, string, string | null][]) {
      heads.set(id, { stamp, stamps });
    }
    return heads;
  }

  /** @param ids at most LOOKUP */
  rows(ids: readonly string[]): ReadonlyMap<string, LocalRow> {
    const rows = new Map<string, LocalRow>();
    if (ids.length === 0) return rows;
    for (const raw of this.#rows.all(padded(ids)) as Value[][]) {
      rows.set(raw[0] as string, new LocalRow(raw, this.#positions));
    }
    return rows;
  }
}

function padded(ids: readonly string[]): (string | null)[] {
  const all: (string | null)[] = [...ids];
  while (all.length < LOOKUP) all.push(null);
  return all;
}
