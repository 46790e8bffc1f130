import { isUtf8 } from 'node:buffer';
import type { Value } from '../../../../shared/dictionary/index.ts';
import { parseStamp, type Stamp } from '../../../../shared/domain/clock.ts';
import { wellFormed } from '../../store/well-formed.ts';
import { type Extent, FractionMarks } from './fraction-marks.ts';
import { LIMITS } from './limits.ts';
import type { WireGroup, WireRow } from './record.ts';
import { faultOf } from './refuse.ts';

const NAME = /^[A-Za-z][A-Za-z0-9]{0,59}$/u;
const ENTITY = /^_?[A-Za-z][A-Za-z0-9]{0,59}$/u;
const ID_CHARS = 40;
const ID = /^[0-9A-Za-z-]{1,40}$/u;
/** Names that mean something to a JavaScript object; no field may have them. */
const RESERVED: ReadonlySet<string> = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']);

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Heading {
  readonly entity: string;
  readonly columns: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Where its line begins. */
  readonly at: number;
}

const [NEWLINE, QUOTE, COMMA, OPEN, CLOSE] = [0x0a, 0x22, 0x2c, 0x5b, 0x5d] as const;
const [ZERO, NINE] = [0x30, 0x39] as const;

/** Rows handed over at once: to ask for each hundred costs more, and between two hand-overs the window's questions come in. */
const GROUP_ROWS = 500;

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
  readonly #fractions: FractionMarks;
  readonly #path: string;
  readonly #label: string;

  constructor(bytes: Buffer, path: string, label: string) {
    this.bytes = bytes;
    this.mayBreak = bytes.includes('\\u');
    this.#readAlike = !this.mayBreak && isUtf8(bytes);
    this.#fractions = new FractionMarks(bytes);
    this.#path = path;
    this.#label = label;
  }

  /** Whether SQLite reads the same in these bytes as we do. A no too many only costs time. */
  isReadAlike(extent: Extent): boolean {
    return this.#readAlike && !this.#fractions.within(extent);
  }

  /** What is thrown for an error in a line, which is numbered from 1. */
  told(line: number, error: unknown): unknown {
    if (!(error instanceof Refusal)) return error;
    return faultOf('SYNC_MALFORMED', this.#path, `${this.#label}第 ${line} 行：${error.message}`, error);
  }
}

/** What stands before the values of a row, written without blanks: `["id",12,` or `["id","stamp",`. */
interface RowHead {
  readonly id: string;
  /** A number among the stamps of the segment, or the stamp itself. */
  readonly reference: string | number;
  /** Where the values begin. */
  readonly values: number;
}

const STAMP_CHARS = 28;
const STAMP_DIGITS = 6;

/** Null where a row is written in any other way. By bytes, for a regular expression takes as long as all the rest of a row. */
function headOf(bytes: Buffer, start: number): RowHead | null {
  if (bytes[start] !== OPEN || bytes[start + 1] !== QUOTE) return null;
  const idEnd = bytes.indexOf(QUOTE, start + 2);
  if (bytes[idEnd + 1] !== COMMA || idEnd - start > ID_CHARS + 2) return null;
  const id = bytes.toString('latin1', start + 2, idEnd);
  if (!ID.test(id)) return null;
  let at = idEnd + 2;
  let reference: string | number;
  if (bytes[at] === QUOTE) {
    reference = bytes.toString('latin1', at + 1, at + 1 + STAMP_CHARS);
    at += STAMP_CHARS + 2;
    if (bytes[at - 1] !== QUOTE) return null;
  } else {
    const from = at;
    reference = 0;
    for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE && at - from < STAMP_DIGITS; byte = bytes[at] ?? 0) {
      reference = reference * 10 + byte - ZERO;
      at += 1;
    }
    if (at === from) return null;
  }
  return bytes[at] === COMMA && bytes[at + 1] === OPEN ? { id, reference, values: at + 1 } : null;
}

interface Place extends Extent {
  /** Number of its line, from 1. */
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
  readonly #place: Place;
  #values: Value[] | undefined;

  constructor(id: string, stamp: Stamp, columns: readonly string[], text: Text, place: Place) {
    this.id = id;
    this.stamp = stamp;
    this.columns = columns;
    this.#text = text;
    this.#place = place;
  }

  get text(): WireRow['text'] {
    return this.#text.isReadAlike(this.#place) ? this.#place : null;
  }

  get values(): readonly Value[] {
    this.#values ??= this.#read();
    return this.#values;
  }

  #read(): Value[] {
    const { from, to, line } = this.#place;
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
    this.#heading(json, start);
    return group;
  }

  /** The rows read since the last group. */
  take(): WireGroup | null {
    const heading = this.#under;
    if (heading === null || this.#pending.length === 0) return null;
    const { entity, columns, at } = heading;
    const group = { entity, columns, rows: this.#pending, bytes: this.#text.bytes, heading: at };
    this.#pending = [];
    return group;
  }

  #add(row: WireRow): WireGroup | null {
    this.#rows += 1;
    if (this.#rows > LIMITS.rows) refuse('行数过多');
    this.#pending.push(row);
    return this.#pending.length === GROUP_ROWS ? this.take() : null;
  }

  #heading(json: Json, at: number): void {
    if (!isObject(json)) refuse('行无法读取');
    const { e: entity, f: columns } = json;
    if (typeof entity !== 'string' || !ENTITY.test(entity)) refuse('表名不允许');
    if (!Array.isArray(columns) || columns.length > LIMITS.fieldsPerRow) refuse('字段过多');
    this.#groups += 1;
    if (this.#groups > LIMITS.groupsPerSegment) refuse('分组过多');
    const names = columns.map(columnName);
    const index = new Map(names.map((name, position) => [name, position]));
    if (index.size !== names.length) refuse('字段重名');
    this.#under = { entity, columns: names, index, at };
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
    const head = headOf(bytes, start);
    if (head === null || head.values >= end) return null;
    const { id, reference, values } = head;
    return new PlainRow(id, this.#stamp(reference), group.columns, this.#text, { from: values, to: end - 1, line });
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
