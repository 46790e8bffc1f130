import type { Value } from '../../../../shared/dictionary/index.ts';
import type { Stamp } from '../../../../shared/domain/clock.ts';

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
  /** Where in it the line begins that names the columns. */
  readonly heading: number;
}

/** The lines of a segment: as they came, and unpacked. */
export interface ReceivedText {
  /** Null where they came otherwise than in a file. */
  readonly packed: Buffer | null;
  readonly plain: Buffer;
}

/** Group that explains stamps: who made them, when, doing what. Its rows' ids are the stamps. */
export const COMMIT_GROUP = '_commit';
/** Only in an enrolment file: id of the office to be, with its secret and level. */
export const ENROLMENT_GROUP = '_enrolment';
export const ENROLMENT_COLUMNS = ['secret', 'level'] as const;

export const COMMIT_COLUMNS = ['at', 'officeId', 'operator', 'kind', 'title'] as const;

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
