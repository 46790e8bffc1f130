import type { Statement } from 'better-sqlite3';
import type { Value } from '../../../../shared/dictionary/index.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { WireRow } from '../bundle/record.ts';
import type { WireTable } from './wire-check.ts';

const STAMP_CHARS = 28;

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
  readonly #heads: Statement;

  constructor(store: Store, table: WireTable) {
    this.#store = store;
    this.#table = table;
    this.#heads = prepared(
      store,
      `SELECT CASE WHEN t."_stamps" IS NULL AND t."_stamp" = substr(a."value", 1, ${STAMP_CHARS}) THEN a."key"
                   ELSE concat_ws(' ', a."key", t."_stamp", t."_stamps") END
         FROM json_each(?) a CROSS JOIN "${table.entity}" t ON t."id" = substr(a."value", ${STAMP_CHARS + 1})`,
      'pluck',
    );
  }

  /** For each of the rows, what is here under its id. */
  heads(rows: readonly WireRow[]): readonly (LocalHead | undefined)[] {
    const heads = new Array<LocalHead | undefined>(rows.length).fill(undefined);
    const asked = JSON.stringify(rows.map(({ stamp, id }) => stamp + id));
    // What was submitted together has one stamp.
    let same: LocalHead = { stamp: '', stamps: null };
    for (const found of this.#heads.all(asked) as (number | string)[]) {
      if (typeof found === 'number') {
        const stamp = rows[found]?.stamp ?? '';
        if (same.stamp !== stamp) same = { stamp, stamps: null };
        heads[found] = same;
        continue;
      }
      const [index, stamp, ...stamps] = found.split(' ');
      heads[Number(index)] = { stamp: stamp ?? '', stamps: stamps.length === 0 ? null : stamps.join(' ') };
    }
    return heads;
  }

  /**
   * @param wanted columns that will be asked of the rows
   */
  rows(ids: readonly string[], wanted: ReadonlySet<string>): ReadonlyMap<string, LocalRow> {
    const rows = new Map<string, LocalRow>();
    if (ids.length === 0) return rows;
    const all = this.#table.columns;
    const columns = ['id', ...(wanted.size > FEW_COLUMNS ? all : all.filter((column) => wanted.has(column)))];
    const positions = new Map(columns.map((column, index) => [column, index]));
    const wantedOf = columns.map((column) => `t."${column}"`).join(', ');
    const sql = `SELECT ${wantedOf} FROM json_each(?) a CROSS JOIN "${this.#table.entity}" t ON t."id" = a."value"`;
    const statement = prepared(this.#store, sql, 'raw');
    for (const raw of statement.all(JSON.stringify(ids)) as Value[][])
      rows.set(raw[0] as string, new LocalRow(raw, positions));
    return rows;
  }
}
