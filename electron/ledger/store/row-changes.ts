import type { Database as Sqlite } from 'better-sqlite3';
import type { Value } from '../../../shared/dictionary/index.ts';
import { prepared } from './prepared.ts';

/** One change of a row, as this ledger has made or read it. */
export interface RowChange {
  /** Number of its entry in the journal. */
  readonly n: number;
  /** As `readRecord` reads it. */
  readonly record: string;
  /** What it wrote over, as `replacedIn` reads it; null for the making of the row. */
  readonly before: string | null;
}

/** All changes of a row, the first first. */
export function changesOf(holder: { readonly db: Sqlite }, entity: string, rowId: string): readonly RowChange[] {
  const sql = 'SELECT "n", "record", "before" FROM "change" WHERE "rowId" = ? AND "entity" = ? ORDER BY "seq"';
  return prepared(holder, sql).all(rowId, entity) as RowChange[];
}

/** The value of a field that a change wrote over, with its stamp; undefined where it left the field alone. */
export function replacedIn(
  { before }: Pick<RowChange, 'before'>,
  field: string,
): readonly [value: Value, stamp: string] | undefined {
  if (before?.includes(`"${field}"`) !== true) return undefined;
  return (JSON.parse(before) as Record<string, readonly [Value, string]>)[field];
}
