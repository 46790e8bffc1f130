import type { Database as Sqlite } from 'better-sqlite3';
import type { Value } from '../../../shared/dictionary/index.ts';
import { type PlaceInText, receivedRow } from './received.ts';

/** What a change says of its row beside the values. */
export interface ChangeMarks {
  readonly entity: string;
  readonly id: string;
  /** Of the row, or of the local commit that changed it. */
  readonly stamp: string;
  /** Stamps of single fields, where they are not `stamp`. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Stamps that received values replaced, for the exchange; null where the record names none. */
  readonly bases: Readonly<Record<string, string>> | null;
}

/** What a change says of its row. */
export interface ChangeRecord extends ChangeMarks {
  /** Fields and 作废 that were set. */
  readonly values: Readonly<Record<string, Value>>;
}

type Marks = Readonly<Record<string, string>>;
/** `[entity, id, stamp, {field: value}, {field: stamp}?, {field: base}?]` */
type Named = readonly [string, string, string, Readonly<Record<string, Value>>, Marks?, Marks?];
/** `[entity, id, stamp, [fields], [values]]`: a new row as a file brought it; values left out at the end are nothing. */
type Listed = readonly [string, string, string, readonly string[], readonly Value[]];
/** `[entity, id, stamp, digest, [heading, from, to]]`: the same, in the text that came (see `received`). */
type Placed = readonly [string, string, string, string, readonly [number, number, number]];
type Stored = Named | Listed | Placed;

const NO_STAMPS: Marks = {};

const isObject = (part: unknown): boolean => typeof part === 'object' && part !== null && !Array.isArray(part);

/** @throws SyntaxError where it is no record */
function parse(text: string): Stored {
  const record: unknown = JSON.parse(text);
  if (Array.isArray(record) && record.slice(0, 3).every((part) => typeof part === 'string')) {
    const [, , , what, more, bases] = record as readonly unknown[];
    const whole =
      typeof what === 'string' || Array.isArray(what)
        ? Array.isArray(more)
        : isObject(what) && [more, bases].every((part) => part === undefined || part === null || isObject(part));
    if (whole) return record as unknown as Stored;
  }
  throw new SyntaxError('no change record');
}

const isPlaced = (record: Stored): record is Placed => typeof record[3] === 'string';
const isListed = (record: Stored): record is Listed => Array.isArray(record[3]);

function marksOf(record: Stored): ChangeMarks {
  const [entity, id, stamp] = record;
  if (isPlaced(record) || isListed(record)) return { entity, id, stamp, stamps: NO_STAMPS, bases: null };
  return { entity, id, stamp, stamps: record[4] ?? NO_STAMPS, bases: record[5] ?? null };
}

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

/** The text of a record for a new row that stands in a received text. */
export function placedRecord(
  { entity, id, stamp }: Pick<ChangeMarks, 'entity' | 'id' | 'stamp'>,
  digest: string,
  { heading, from, to }: PlaceInText,
): string {
  return `["${entity}","${id}","${stamp}","${digest}",[${heading},${from},${to}]]`;
}

/**
 * The text of `change.record`.
 *
 * @param holder the ledger that it was read from
 * @throws SyntaxError where it is damaged
 */
export function readRecord(holder: { readonly db: Sqlite }, text: string): ChangeRecord {
  const record = parse(text);
  const marks = marksOf(record);
  if (isPlaced(record)) {
    const [, , , digest, [heading, from, to]] = record;
    const { columns, values } = receivedRow(holder, digest, { heading, from, to });
    return { ...marks, values: named(values, columns) };
  }
  if (isListed(record)) return { ...marks, values: named(record[4], record[3]) };
  return { ...marks, values: record[3] };
}

/** The same without values, which may have to be looked up. @throws SyntaxError where it is damaged */
export function readMarks(text: string): ChangeMarks {
  return marksOf(JSON.parse(text) as Stored);
}

/** The received text in which a record stands, by its name; null for one that stands alone. */
export function receivedIn(text: string): string | null {
  const record = parse(text);
  return isPlaced(record) ? record[3] : null;
}

/** Whether a record brought or wrote the value of a field that has a certain stamp. */
export function holdsValue(text: string, field: string, stamp: string): boolean {
  if (!text.includes(stamp)) return false;
  const record = parse(text);
  const { stamp: rowStamp, stamps } = marksOf(record);
  if ((stamps[field] ?? rowStamp) !== stamp) return false;
  return rowStamp === stamp || isPlaced(record) || isListed(record) || Object.hasOwn(record[3], field);
}
