import type { Value } from '../../../shared/dictionary/index.ts';

/** What a change says of its row. */
export interface ChangeRecord {
  readonly entity: string;
  readonly id: string;
  /** Of the row, or of the local commit that changed it. */
  readonly stamp: string;
  /** Fields and 作废 that were set. */
  readonly values: Readonly<Record<string, Value>>;
  /** Stamps of single fields, where they are not `stamp`. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Stamps that received values replaced, for the exchange; null where the record names none. */
  readonly bases: Readonly<Record<string, string>> | null;
}

type Marks = Readonly<Record<string, string>>;
/** `[entity, id, stamp, {field: value}, {field: stamp}?, {field: base}?]` */
type Named = readonly [string, string, string, Readonly<Record<string, Value>>, Marks?, Marks?];
/** `[entity, id, stamp, [fields], [values]]`: a new row as a file brought it; values left out at the end are nothing. */
type Listed = readonly [string, string, string, readonly string[], readonly Value[]];

const NO_STAMPS: Marks = {};

function named(values: readonly Value[], fields: readonly string[]): Record<string, Value> {
  const set: Record<string, Value> = {};
  for (const [index, value] of values.entries()) {
    const field = fields[index];
    // Nothing and 'not 作废' are what a row has that nobody has written.
    if (field === undefined || value === null || (field === 'voided' && value === 0)) continue;
    set[field] = value;
  }
  return set;
}

/**
 * The text of `change.record`.
 *
 * @throws SyntaxError where it is damaged
 */
export function readRecord(text: string): ChangeRecord {
  const record = JSON.parse(text) as Named | Listed;
  const [entity, id, stamp] = record;
  if (Array.isArray(record[3])) {
    const [, , , fields, values] = record as Listed;
    return { entity, id, stamp, values: named(values, fields), stamps: NO_STAMPS, bases: null };
  }
  const [, , , given, stamps, bases] = record as Named;
  return { entity, id, stamp, values: given, stamps: stamps ?? NO_STAMPS, bases: bases ?? null };
}

/** Whether a record brought or wrote the value of a field that has a certain stamp. */
export function holdsValue(text: string, field: string, stamp: string): boolean {
  if (!text.includes(stamp)) return false;
  const { stamp: rowStamp, values, stamps } = readRecord(text);
  return (stamps[field] ?? rowStamp) === stamp && (Object.hasOwn(values, field) || rowStamp === stamp);
}
