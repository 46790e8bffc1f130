/** Where something stands in the bytes of a segment. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

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

/**
 * Numbers with a fraction in a segment: such a number may lie between two doubles, where SQLite and JavaScript round it each
 * in its way.
 */
export class FractionMarks {
  readonly #marks: readonly Mark[];

  constructor(bytes: Buffer) {
    this.#marks = ['.', 'e-', 'E-'].map((text) => new Mark(bytes, text));
  }

  /** Whether there is one; a yes too many only costs time. */
  within(extent: Extent): boolean {
    return this.#marks.some((mark) => mark.within(extent));
  }
}
