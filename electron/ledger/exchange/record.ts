import { isUtf8 } from 'node:buffer';
import type { Value } from '../../../shared/dictionary/index.ts';
import { parseStamp, type Stamp } from '../../../shared/domain/clock.ts';
import { wellFormed } from '../store/well-formed.ts';
import { LIMITS } from './limits.ts';
import { faultOf } from './refuse.ts';

/**
 * The lines of a segment. A group starts with `{"e":entity,"f":[columns]}`; each row is
 * `[id, stamp, values, stamps?, bases?]`:
 *
 * - `stamp`: of the row, given to every value that has none of its own; the text at first use in the segment, then its
 *   index among the stamps met so far;
 * - `values`: all columns in the order of the heading (trailing nothings left out) for a whole row, or
 *   `{column: value}` for the changed ones;
 * - `stamps`: `{column: stamp}` where a value is younger than its row, else 0;
 * - `bases`: `{column: stamp}` of the value of another stream that this one replaced, where that is not the row's own.
 */
export interface WireRow {
  readonly id: string;
  readonly stamp: Stamp;
  /** All columns of the group, or only changed ones of a row that the receiver has. */
  readonly whole: boolean;
  readonly columns: readonly string[];
  /**
   * One for each column. Those of a whole row are read when they are first asked for: most rows of a file are here already,
   * and of these nothing but id and stamp is wanted.
   *
   * @throws Fault SYNC_MALFORMED
   */
  readonly values: readonly Value[];
  /** By column; undefined where it is the row's. Null when all are. */
  readonly stamps: readonly (Stamp | undefined)[] | null;
  readonly bases: readonly (Stamp | undefined)[] | null;
  /**
   * Where its values stand in the bytes of its group, from '[' to past ']', if what is written there is all that the row
   * says and SQLite reads it as we do; else null.
   */
  readonly text: { readonly from: number; readonly to: number } | null;
}

export interface WireGroup {
  readonly entity: string;
  /** Columns of its whole rows. */
  readonly columns: readonly string[];
  readonly rows: readonly WireRow[];
  /** The text that the rows were read from. */
  readonly bytes: Buffer;
}

/** Group that explains stamps: who made them, when, doing what. Its rows' ids are the stamps. */
export const COMMIT_GROUP = '_commit';
/** Only in an enrolment file: id of the office to be, with its secret and level. */
export const ENROLMENT_GROUP = '_enrolment';
export const ENROLMENT_COLUMNS = ['secret', 'level'] as const;

export const COMMIT_COLUMNS = ['at', 'officeId', 'operator', 'kind', 'title'] as const;

const NAME = /^[A-Za-z][A-Za-z0-9]{0,59}$/u;
const ENTITY = /^_?[A-Za-z][A-Za-z0-9]{0,59}$/u;
const ID = /^[0-9A-Za-z-]{1,40}$/u;
/** Names that mean something to a JavaScript object; no field may have them. */
const RESERVED: ReadonlySet<string> = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']);

export interface RowToWrite {
  readonly id: string;
  readonly stamp: string;
  readonly whole: boolean;
  /** Only for a changed row; a whole row has the columns of its group. */
  readonly columns: readonly string[];
  readonly values: readonly Value[];
  readonly stamps: Readonly<Record<string, string>> | null;
  readonly bases: Readonly<Record<string, string>> | null;
}

/** Builds the text of one segment. */
export class SegmentEncoder {
  readonly #lines: string[] = [];
  readonly #stamps = new Map<string, number>();
  #heading = '';
  #bytes = 0;
  #rows = 0;

  /** Length of the text so far, in bytes of UTF-8. */
  get bytes(): number {
    return this.#bytes;
  }

  get rows(): number {
    return this.#rows;
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#bytes += Buffer.byteLength(line) + 1;
  }

  #reference(stamp: string): string {
    const index = this.#stamps.get(stamp);
    if (index !== undefined) return String(index);
    this.#stamps.set(stamp, this.#stamps.size);
    return `"${stamp}"`;
  }

  #references(stamps: Readonly<Record<string, string>>): string {
    const pairs = Object.entries(stamps).map(
      ([column, stamp]) => `${JSON.stringify(column)}:${this.#reference(stamp)}`,
    );
    return `{${pairs.join(',')}}`;
  }

  /** The rows that follow belong to this entity. Headings are written once a segment. */
  group(entity: string, columns: readonly string[]): void {
    const heading = JSON.stringify({ e: entity, f: columns });
    if (heading === this.#heading) return;
    this.#heading = heading;
    this.#push(heading);
  }

  row(row: RowToWrite): void {
    // The order matters: the reader numbers stamps as they come.
    const stamp = this.#reference(row.stamp);
    const values = row.whole ? encodeWhole(row.values) : encodeChanged(row.columns, row.values);
    let line = `["${row.id}",${stamp},${values}`;
    if (row.stamps !== null || row.bases !== null)
      line += `,${row.stamps === null ? '0' : this.#references(row.stamps)}`;
    if (row.bases !== null) line += `,${this.#references(row.bases)}`;
    this.#rows += 1;
    this.#push(`${line}]`);
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

function encodeWhole(values: readonly Value[]): string {
  let end = values.length;
  while (end > 0 && values[end - 1] === null) end -= 1;
  return JSON.stringify(end === values.length ? values : values.slice(0, end));
}

function encodeChanged(columns: readonly string[], values: readonly Value[]): string {
  return `{${columns.map((column, index) => `${JSON.stringify(column)}:${JSON.stringify(values[index] ?? null)}`).join(',')}}`;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Heading {
  readonly entity: string;
  readonly columns: readonly string[];
  readonly index: ReadonlyMap<string, number>;
}

const [NEWLINE, CLOSE] = [0x0a, 0x5d] as const;
/** What may stand before a number. */
const BEFORE: ReadonlySet<number | undefined> = new Set(Buffer.from(',[ \t\r'));

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Whether the digits that end before `end` begin a number, not a part of a text or an id. */
function isNumber(bytes: Buffer, end: number): boolean {
  let at = end - 1;
  while (isDigit(bytes[at])) at -= 1;
  if (at === end - 1) return false;
  if (bytes[at] === 0x2d) at -= 1;
  return BEFORE.has(bytes[at]);
}

/** Where a mark stands in the bytes; cheap for questions that go from their begin to their end. */
class Mark {
  readonly #bytes: Buffer;
  readonly #text: string;
  /** There is none between these two. */
  #from = 0;
  #next = 0;

  constructor(bytes: Buffer, text: string) {
    this.#bytes = bytes;
    this.#text = text;
  }

  /** Whether it is part of a number between these two. */
  within({ from, to }: Extent): boolean {
    if (from < this.#from || this.#next < from) this.#find(from);
    while (this.#next < to) {
      if (isNumber(this.#bytes, this.#next)) return true;
      this.#find(this.#next + 1);
    }
    return false;
  }

  #find(from: number): void {
    const found = this.#bytes.indexOf(this.#text, from);
    this.#from = from;
    this.#next = found < 0 ? this.#bytes.length : found;
  }
}

/** Rows handed over at once: few enough that they are gone again before the garbage of others is collected. */
const GROUP_ROWS = 100;

class Refusal extends Error {}

function refuse(why: string): never {
  throw new Refusal(why);
}

function isValue(value: Json | undefined): value is Value {
  switch (typeof value) {
    case 'string':
      return value.length <= LIMITS.valueChars;
    case 'number':
      return Number.isFinite(value);
    default:
      return value === null;
  }
}

function columnName(name: unknown): string {
  if (typeof name !== 'string' || !NAME.test(name) || RESERVED.has(name)) refuse('字段名不允许');
  return name;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    refuse('行无法读取');
  }
}

const mended = (value: Value): Value => (typeof value === 'string' ? wellFormed(value) : value);

function wholeValues(given: Json, columns: number): Value[] {
  if (!Array.isArray(given) || given.length > columns) refuse('行的结构有误');
  for (const value of given as readonly Json[]) if (!isValue(value)) refuse('值有误');
  const values = given as Value[];
  while (values.length < columns) values.push(null);
  return values;
}

/** The bytes of one segment, and its name for what is wrong with them. */
class Text {
  readonly bytes: Buffer;
  /** A string of JavaScript may end in the middle of a character; a table and a journal cannot keep it alike. */
  readonly mayBreak: boolean;
  /** SQLite takes what is no UTF-8, and half a surrogate pair, as it stands; JavaScript replaces it. */
  readonly #readAlike: boolean;
  readonly #fractions: readonly Mark[];
  readonly #path: string;
  readonly #label: string;

  constructor(bytes: Buffer, path: string, label: string) {
    this.bytes = bytes;
    this.mayBreak = bytes.includes('\\u');
    this.#readAlike = !this.mayBreak && isUtf8(bytes);
    this.#fractions = ['.', 'e-', 'E-'].map((text) => new Mark(bytes, text));
    this.#path = path;
    this.#label = label;
  }

  /**
   * Whether SQLite reads the same in these bytes as we do. A number with a fraction may lie between two doubles, where both
   * round it each in its way. A no too many only costs time.
   */
  isReadAlike(extent: Extent): boolean {
    return this.#readAlike && !this.#fractions.some((mark) => mark.within(extent));
  }

  /** What is thrown for an error in a line, which is numbered from 1. */
  told(line: number, error: unknown): unknown {
    if (!(error instanceof Refusal)) return error;
    return faultOf('SYNC_MALFORMED', this.#path, `${this.#label}第 ${line} 行：${error.message}`, error);
  }
}

/** A whole row that has one stamp for all its values, written without blanks, up to its values. */
const PLAIN = /^\["([0-9A-Za-z-]{1,40})",(\d{1,6}|"[0-9a-z]{28}"),\[/u;
const PLAIN_BYTES = 80;

interface Extent {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** A row of which id and stamp have been read, and the rest stands in the text. */
class PlainRow implements WireRow {
  readonly id: string;
  readonly stamp: Stamp;
  readonly whole = true;
  readonly columns: readonly string[];
  readonly stamps = null;
  readonly bases = null;
  readonly #text: Text;
  readonly #extent: Extent;
  #values: Value[] | undefined;

  constructor(id: string, stamp: Stamp, columns: readonly string[], text: Text, extent: Extent) {
    this.id = id;
    this.stamp = stamp;
    this.columns = columns;
    this.#text = text;
    this.#extent = extent;
  }

  get text(): WireRow['text'] {
    return this.#text.isReadAlike(this.#extent) ? this.#extent : null;
  }

  get values(): readonly Value[] {
    this.#values ??= this.#read();
    return this.#values;
  }

  #read(): Value[] {
    const { from, to, line } = this.#extent;
    const { bytes } = this.#text;
    try {
      const values = wholeValues(parse(bytes.toString('utf8', from, to)), this.columns.length);
      return this.#text.mayBreak ? values.map(mended) : values;
    } catch (error) {
      throw this.#text.told(line, error);
    }
  }
}

class Decoder {
  readonly #stamps: Stamp[] = [];
  readonly #text: Text;
  #under: Heading | null = null;
  #groups = 0;
  #pending: WireRow[] = [];
  #rows = 0;

  constructor(text: Text) {
    this.#text = text;
  }

  /**
   * @param start where the line begins in the bytes
   * @param end where it ends
   * @param number of the line, from 1
   * @returns a group that is complete by this line
   */
  line(start: number, end: number, number: number): WireGroup | null {
    const row = this.#plainRow(start, end, number);
    if (row !== null) return this.#add(row);
    const line = this.#text.bytes.toString('utf8', start, end);
    if (line.length > LIMITS.lineChars) refuse('行过长');
    const json = parse(line);
    if (Array.isArray(json)) return this.#add(this.#row(json as readonly Json[]));
    const group = this.take();
    this.#heading(json);
    return group;
  }

  /** The rows read since the last group. */
  take(): WireGroup | null {
    const heading = this.#under;
    if (heading === null || this.#pending.length === 0) return null;
    const { entity, columns } = heading;
    const group = { entity, columns, rows: this.#pending, bytes: this.#text.bytes };
    this.#pending = [];
    return group;
  }

  #add(row: WireRow): WireGroup | null {
    this.#rows += 1;
    if (this.#rows > LIMITS.rows) refuse('行数过多');
    this.#pending.push(row);
    return this.#pending.length === GROUP_ROWS ? this.take() : null;
  }

  #heading(json: Json): void {
    if (!isObject(json)) refuse('行无法读取');
    const { e: entity, f: columns } = json;
    if (typeof entity !== 'string' || !ENTITY.test(entity)) refuse('表名不允许');
    if (!Array.isArray(columns) || columns.length > LIMITS.fieldsPerRow) refuse('字段过多');
    this.#groups += 1;
    if (this.#groups > LIMITS.groupsPerSegment) refuse('分组过多');
    const names = columns.map(columnName);
    const index = new Map(names.map((name, position) => [name, position]));
    if (index.size !== names.length) refuse('字段重名');
    this.#under = { entity, columns: names, index };
  }

  #stamp(reference: Json | undefined): Stamp {
    if (typeof reference === 'number') {
      const known = this.#stamps[reference];
      if (known === undefined) refuse('时间戳有误');
      return known;
    }
    const stamp = parseStamp(reference);
    if (stamp === null) refuse('时间戳有误');
    if (this.#stamps.length >= LIMITS.stampsPerSegment) refuse('时间戳过多');
    this.#stamps.push(stamp);
    return stamp;
  }

  /** Null for any other line. */
  #plainRow(start: number, end: number, line: number): WireRow | null {
    const group = this.#under;
    const { bytes } = this.#text;
    if (group === null || bytes[end - 1] !== CLOSE || bytes[end - 2] !== CLOSE) return null;
    if (end - start > LIMITS.lineChars) return null;
    const found = PLAIN.exec(bytes.toString('latin1', start, Math.min(start + PLAIN_BYTES, end)));
    if (found === null) return null;
    const [head, id = '', reference = ''] = found;
    const stamp = this.#stamp(reference.startsWith('"') ? reference.slice(1, -1) : Number(reference));
    return new PlainRow(id, stamp, group.columns, this.#text, { from: start + head.length - 1, to: end - 1, line });
  }

  #row(json: readonly Json[]): WireRow {
    const group = this.#under;
    if (group === null) refuse('缺少表头');
    if (json.length < 3 || json.length > 5) refuse('行的结构有误');
    const [id, reference, given, stamps, bases] = json;
    if (typeof id !== 'string' || !ID.test(id)) refuse('编号有误');
    const stamp = this.#stamp(reference);
    if (Array.isArray(given)) {
      return {
        id,
        stamp,
        whole: true,
        columns: group.columns,
        values: this.#whole(wholeValues(given as readonly Json[], group.columns.length)),
        stamps: this.#stampsOf(stamps, group.index),
        bases: this.#stampsOf(bases, group.index),
        text: null,
      };
    }
    if (!isObject(given)) refuse('行的结构有误');
    const columns = Object.keys(given);
    if (columns.length > LIMITS.fieldsPerRow) refuse('字段过多');
    const values = columns.map((column): Value => {
      const value = given[columnName(column)];
      return isValue(value) ? value : refuse('值有误');
    });
    const index = new Map(columns.map((column, position) => [column, position]));
    return {
      id,
      stamp,
      whole: false,
      columns,
      values: this.#whole(values),
      stamps: this.#stampsOf(stamps, index),
      bases: this.#stampsOf(bases, index),
      text: null,
    };
  }

  #whole(values: Value[]): Value[] {
    return this.#text.mayBreak ? values.map(mended) : values;
  }

  #stampsOf(json: Json | undefined, index: ReadonlyMap<string, number>): (Stamp | undefined)[] | null {
    if (json === undefined || json === 0) return null;
    if (!isObject(json)) refuse('时间戳有误');
    const stamps = new Array<Stamp | undefined>(index.size).fill(undefined);
    for (const [column, reference] of Object.entries(json)) {
      const position = index.get(column);
      if (position === undefined) refuse('时间戳有误');
      stamps[position] = this.#stamp(reference);
    }
    return stamps;
  }
}

/**
 * Reads a segment that has been verified, opened and unpacked; gives its rows some hundred at a time.
 *
 * @param label of the segment for the operator: '第 3 段'
 * @throws Fault SYNC_MALFORMED; the file is not used then, nor what was given before
 */
export function* decodeSegment(plain: Buffer, path: string, label: string): Generator<WireGroup> {
  const text = new Text(plain, path, label);
  const decoder = new Decoder(text);
  let start = 0;
  let number = 0;
  while (start < plain.length) {
    const found = plain.indexOf(NEWLINE, start);
    const end = found < 0 ? plain.length : found;
    number += 1;
    let group: WireGroup | null = null;
    try {
      if (end > start) group = decoder.line(start, end, number);
    } catch (error) {
      throw text.told(number, error);
    }
    if (group !== null) yield group;
    start = end + 1;
  }
  const rest = decoder.take();
  if (rest !== null) yield rest;
}
