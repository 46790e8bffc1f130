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
  /** One for each column. */
  readonly values: readonly Value[];
  /** By column; undefined where it is the row's. Null when all are. */
  readonly stamps: readonly (Stamp | undefined)[] | null;
  readonly bases: readonly (Stamp | undefined)[] | null;
  /** Characters of the line, for bounded work. */
  readonly size: number;
  /**
   * Where its values stand in the bytes of its group, from '[' to past ']', if what is written there is all that the row
   * says and SQLite reads it as we do; else both are 0.
   */
  readonly from: number;
  readonly to: number;
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

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Whether the digits that end before `end` begin a number, not a part of a text or an id. */
function isNumber(line: string, end: number): boolean {
  let at = end - 1;
  while (isDigit(line.charCodeAt(at))) at -= 1;
  if (at === end - 1) return false;
  if (line[at] === '-') at -= 1;
  const before = line[at];
  return before === ',' || before === '[' || before === ' ' || before === '\t' || before === '\r';
}

/**
 * Whether a number is written with a fraction: where it lies between two doubles SQLite and JavaScript round it each in its
 * way. Found by its mark, for a search through each line would cost as much as a tenth of the merge; a yes too many only
 * costs time.
 */
function hasFraction(line: string): boolean {
  return ['.', 'e-', 'E-'].some((mark) => {
    for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) if (isNumber(line, at)) return true;
    return false;
  });
}

const NEWLINE = 0x0a;

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

class Decoder {
  readonly #stamps: Stamp[] = [];
  readonly #bytes: Buffer;
  /** SQLite takes what is no UTF-8, and half a surrogate pair, as it stands; JavaScript replaces it. */
  readonly #readAlike: boolean;
  /** A string of JavaScript may end in the middle of a character; a table and a journal cannot keep it alike. */
  readonly #mayBreak: boolean;
  #under: Heading | null = null;
  #groups = 0;
  #rows: WireRow[] = [];
  rows = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#mayBreak = bytes.includes('\\u');
    this.#readAlike = !this.#mayBreak && isUtf8(bytes);
  }

  /**
   * @param start where the line begins in the bytes
   * @param end where it ends
   * @returns a group that is complete by this line
   */
  line(line: string, start: number, end: number): WireGroup | null {
    if (line.length > LIMITS.lineChars) refuse('行过长');
    let json: Json;
    try {
      json = JSON.parse(line) as Json;
    } catch {
      refuse('行无法读取');
    }
    if (!Array.isArray(json)) {
      const group = this.take();
      this.#heading(json);
      return group;
    }
    this.#row(json as readonly Json[], line, start, end);
    return this.#rows.length === GROUP_ROWS ? this.take() : null;
  }

  /** The rows read since the last group. */
  take(): WireGroup | null {
    const heading = this.#under;
    if (heading === null || this.#rows.length === 0) return null;
    const group = { entity: heading.entity, columns: heading.columns, rows: this.#rows, bytes: this.#bytes };
    this.#rows = [];
    return group;
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

  #row(json: readonly Json[], line: string, start: number, end: number): void {
    const group = this.#under;
    if (group === null) refuse('缺少表头');
    if (json.length < 3 || json.length > 5) refuse('行的结构有误');
    const [id, reference, given, stamps, bases] = json;
    if (typeof id !== 'string' || !ID.test(id)) refuse('编号有误');
    const stamp = this.#stamp(reference);
    if (Array.isArray(given)) {
      const values = wholeValues(given as readonly Json[], group.columns.length);
      if (this.#mayBreak) mend(values);
      const plain = json.length === 3 && this.#readAlike && !hasFraction(line);
      this.#rows.push({
        id,
        stamp,
        whole: true,
        columns: group.columns,
        values,
        stamps: this.#stampsOf(stamps, group.index),
        bases: this.#stampsOf(bases, group.index),
        size: line.length,
        // What stands around them is ASCII: there, characters of the line are its bytes.
        // The second bracket, whatever blanks another writer puts before the first.
        from: plain ? start + line.indexOf('[', line.indexOf('[') + 1) : 0,
        to: plain ? end - (line.length - line.lastIndexOf(']')) : 0,
      });
    } else {
      if (!isObject(given)) refuse('行的结构有误');
      const columns = Object.keys(given);
      if (columns.length > LIMITS.fieldsPerRow) refuse('字段过多');
      const values = columns.map((column): Value => {
        const value = given[columnName(column)];
        return isValue(value) ? value : refuse('值有误');
      });
      if (this.#mayBreak) mend(values);
      const index = new Map(columns.map((column, position) => [column, position]));
      this.#rows.push({
        id,
        stamp,
        whole: false,
        columns,
        values,
        stamps: this.#stampsOf(stamps, index),
        bases: this.#stampsOf(bases, index),
        size: line.length,
        from: 0,
        to: 0,
      });
    }
    this.rows += 1;
    if (this.rows > LIMITS.rows) refuse('行数过多');
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

function mend(values: Value[]): void {
  for (const [index, value] of values.entries()) if (typeof value === 'string') values[index] = wellFormed(value);
}

function wholeValues(given: readonly Json[], columns: number): Value[] {
  if (given.length > columns) refuse('行的结构有误');
  for (const value of given) if (!isValue(value)) refuse('值有误');
  const values = given as Value[];
  while (values.length < columns) values.push(null);
  return values;
}

/**
 * Reads a segment that has been verified, opened and unpacked; gives its rows some hundred at a time.
 *
 * @param label of the segment for the operator: '第 3 段'
 * @throws Fault SYNC_MALFORMED; the file is not used then, nor what was given before
 */
export function* decodeSegment(plain: Buffer, path: string, label: string): Generator<WireGroup> {
  const decoder = new Decoder(plain);
  let start = 0;
  let number = 0;
  while (start < plain.length) {
    let end = plain.indexOf(NEWLINE, start);
    if (end < 0) end = plain.length;
    number += 1;
    let group: WireGroup | null = null;
    try {
      if (end > start) group = decoder.line(plain.toString('utf8', start, end), start, end);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw faultOf('SYNC_MALFORMED', path, `${label}第 ${number} 行：${error.message}`, error);
    }
    if (group !== null) yield group;
    start = end + 1;
  }
  const rest = decoder.take();
  if (rest !== null) yield rest;
}
