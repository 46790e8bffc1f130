import { isUnwritten, QUARANTINE_MS, type Stamp, type StreamTag, stampMs, stampOf, stampStream } from './clock.ts';

/** A decision that the stamps of one stream, from one of them on, are read as earlier ones of another stream. */
export interface ClockShift {
  readonly id: string;
  readonly source: StreamTag;
  /** 12 hex digits of ms and 4 of counter: the first place that is shifted. */
  readonly from: string;
  readonly shiftMs: number;
  /** The stream of what it makes, which nothing else ever writes. */
  readonly image: StreamTag;
  /** Decided by an office that may, and not withdrawn. */
  readonly stands: boolean;
}

/** Longer chains of decisions come from forgers only. */
const LONGEST = 100;

function moved(stamp: string, byMs: number, stream: StreamTag): Stamp {
  const ms = Math.max(0, stampMs(stamp as Stamp) + byMs);
  return `${ms.toString(16).padStart(12, '0')}${stamp.slice(12, 16)}${stream}` as Stamp;
}

/**
 * How stamps are read, given all decisions that are known: a pure function of these, and the same for a stamp whether it was
 * read by some of them before or not. So two ledgers that know the same decisions agree on each stamp, whenever they learnt
 * of them (exchange design, 'What must hold' 1).
 */
export class ClockShifts {
  readonly #bySource = new Map<string, ClockShift>();
  readonly #byImage = new Map<string, ClockShift>();
  readonly #tags = new Set<string>();

  constructor(shifts: readonly ClockShift[]) {
    for (const shift of shifts) {
      this.#byImage.set(shift.image, shift);
      this.#tags.add(shift.source).add(shift.image);
      const other = this.#bySource.get(shift.source);
      // Two decisions about one stream, by two PCs of one office: the one with the smaller id, everywhere.
      if (shift.stands && (other === undefined || shift.id < other.id)) this.#bySource.set(shift.source, shift);
    }
  }

  /** Streams that are read otherwise, or are what others are read as. */
  get tags(): ReadonlySet<string> {
    return this.#tags;
  }

  imagesOf(tag: string): readonly string[] {
    const images: string[] = [];
    for (const { source, image } of this.#byImage.values())
      if (source === tag || images.includes(source)) images.push(image);
    return images;
  }

  /** The stamp that counts for one that came or stands in a table. */
  read(stamp: string): Stamp {
    if (!this.#tags.has(stamp.slice(16))) return stamp as Stamp;
    let at = stamp as Stamp;
    for (let depth = 0; depth < LONGEST; depth += 1) {
      const made = this.#byImage.get(stampStream(at));
      if (made === undefined) break;
      at = isUnwritten(at) ? moved(at, 0, made.source) : moved(at, made.shiftMs, made.source);
    }
    if (isUnwritten(at)) return at;
    for (let depth = 0; depth < LONGEST; depth += 1) {
      const shift = this.#bySource.get(stampStream(at));
      if (shift === undefined || at.slice(0, 16) < shift.from) break;
      at = moved(at, -shift.shiftMs, shift.image);
    }
    return at;
  }
}

/** One decision to make: about the stream of the stamps for the first, about what the one before makes for the others. */
export interface ShiftStep {
  /** As `ClockShift.from`. */
  readonly from: string;
  readonly shiftMs: number;
}

const MOST_STEPS = 50;

function largestGap(times: readonly number[]): number {
  let cut = 1;
  for (let at = 2; at < times.length; at += 1) {
    const gap = (times[at] ?? 0) - (times[at - 1] ?? 0);
    if (gap > (times[cut] ?? 0) - (times[cut - 1] ?? 0)) cut = at;
  }
  return cut;
}

/**
 * How stamps of one stream that ran ahead come to lie between what was there before and now, in their own order: the last of
 * them now, the others as long before as they were made. A clock that ran ahead by several lengths is taken in parts, each
 * right after the one before. What was written before the first of them, ahead as well, and comes in a late file is read by
 * the first step too: it begins where quarantine does, for there is no second decision about a stream.
 *
 * @param stamps of one stream, beyond the limit of quarantine
 * @param floorMs UTC ms; what is here already is not later
 * @param nowMs UTC ms of receipt
 */
export function planShifts(stamps: readonly Stamp[], floorMs: number, nowMs: number): readonly ShiftStep[] {
  let rest: readonly number[] = [...new Set(stamps.map(stampMs))].sort((left, right) => left - right);
  const steps: ShiftStep[] = [];
  let floor = floorMs;
  let done = 0;
  while (rest.length > 0) {
    let part = rest;
    const spreadOf = (): number => (part.at(-1) ?? 0) - (part[0] ?? 0);
    // What comes after it needs room too, a millisecond each.
    const fits = (): boolean => floor + 1 + spreadOf() <= nowMs - (rest.length - part.length);
    while (part.length > 1 && steps.length < MOST_STEPS - 1 && !fits()) part = part.slice(0, largestGap(part));
    const first = (part[0] ?? 0) - done;
    const target = part === rest ? Math.max(floor + 1, nowMs - spreadOf()) : floor + 1;
    const shiftMs = Math.max(0, first - target);
    // Where that would be before all time it could not be read back.
    const fromMs = steps.length === 0 ? Math.min(first, Math.max(nowMs + QUARANTINE_MS, floorMs, shiftMs) + 1) : first;
    steps.push({ from: stampOf({ ms: fromMs, counter: 0, stream: '' as StreamTag }), shiftMs });
    done += shiftMs;
    floor = (part.at(-1) ?? 0) - done;
    rest = rest.slice(part.length);
  }
  return steps;
}
