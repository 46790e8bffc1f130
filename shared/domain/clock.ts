import type { Brand } from './ids.ts';

/**
 * A moment in the order of changes, 28 characters: 12 hex digits of UTC ms, 4 hex digits of counter, 12 characters of
 * stream [0-9a-z]. Plain text order is: clock, then counter, then stream (exchange design, Stamps).
 */
export type Stamp = Brand<string, 'Stamp'>;

/** Short name of the stream that made a stamp: 12 characters [0-9a-z]. */
export type StreamTag = Brand<string, 'StreamTag'>;

/** A hybrid logical clock: the last place it gave out or saw. Start with `newClock`. */
export interface ClockState {
  /** UTC ms, 0 to 2^48 − 1. */
  readonly ms: number;
  /** 0 to 65,535. */
  readonly counter: number;
  readonly stream: StreamTag;
}

/** A sender may push our clock at most this far past our wall time. */
export const MAX_RAISE_MS = 5 * 60_000;
/** Rows stamped further ahead than this are put in quarantine. */
export const QUARANTINE_MS = 24 * 60 * 60_000;

const MAX_COUNTER = 0xffff;
/** 9999-12-31: wall clocks beyond are broken; the room up to 2^48 keeps every later tick larger. */
const MAX_WALL_MS = 253_402_300_799_999;
const STAMP_SHAPE = /^[0-9a-f]{16}[0-9a-z]{12}$/;
const STREAM_SHAPE = /^[0-9a-z]{12}$/;

/** `text` as a stamp, or null when it has not the shape of one. */
export function parseStamp(text: unknown): Stamp | null {
  return typeof text === 'string' && STAMP_SHAPE.test(text) ? (text as Stamp) : null;
}

/** `text` as a stream tag, or null when it has not the shape of one. */
export function parseStreamTag(text: unknown): StreamTag | null {
  return typeof text === 'string' && STREAM_SHAPE.test(text) ? (text as StreamTag) : null;
}

export function newClock(stream: StreamTag): ClockState {
  return { ms: 0, counter: 0, stream };
}

/** The stamp at the clock's present place. */
export function stampOf(state: ClockState): Stamp {
  const ms = state.ms.toString(16).padStart(12, '0');
  const counter = state.counter.toString(16).padStart(4, '0');
  return `${ms}${counter}${state.stream}` as Stamp;
}

/** UTC ms inside a stamp. */
export function stampMs(stamp: Stamp): number {
  return Number.parseInt(stamp.slice(0, 12), 16);
}

/** Counter inside a stamp, 0 to 65,535. */
export function stampCounter(stamp: Stamp): number {
  return Number.parseInt(stamp.slice(12, 16), 16);
}

export function stampStream(stamp: Stamp): StreamTag {
  return stamp.slice(16) as StreamTag;
}

/**
 * Of a field of a row made by `stream` that was given nothing: below every stamp that a clock gives out, so that any value
 * for it is later, and the same in every ledger that leaves the field empty.
 */
export function unwritten(stream: StreamTag): Stamp {
  return stampOf(newClock(stream));
}

export function isUnwritten(stamp: string): boolean {
  return stamp.startsWith('0000000000000000');
}

/** −1, 0 or 1: clock, then counter, then stream. */
export function compareStamps(left: Stamp, right: Stamp): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A wall time the clock can work with, whatever the machine says. */
function soundWall(nowMs: number): number {
  if (Number.isNaN(nowMs)) return 0;
  return Math.min(Math.max(Math.floor(nowMs), 0), MAX_WALL_MS);
}

/**
 * The next stamp, larger than every one before. While the wall clock stands still or has gone back, the last ms is kept
 * and the counter counts; when the counter is full, the next ms is taken. Never throws.
 */
export function tick(state: ClockState, nowMs: number): { readonly state: ClockState; readonly stamp: Stamp } {
  const wall = soundWall(nowMs);
  const { stream } = state;
  const next = ((): ClockState => {
    if (wall > state.ms) return { ms: wall, counter: 0, stream };
    if (state.counter < MAX_COUNTER) return { ms: state.ms, counter: state.counter + 1, stream };
    return { ms: state.ms + 1, counter: 0, stream };
  })();
  return { state: next, stamp: stampOf(next) };
}

/**
 * The clock after reading a stamp of another stream: our next stamp is larger than it, unless it is more than
 * `maxAheadMs` past our wall time; then our clock rises to that limit and no further. Applying it again changes nothing.
 */
export function receive(state: ClockState, stamp: Stamp, nowMs: number, maxAheadMs = MAX_RAISE_MS): ClockState {
  const limit = soundWall(nowMs) + maxAheadMs;
  const theirs = stampMs(stamp);
  const [ms, counter] = theirs <= limit ? [theirs, stampCounter(stamp)] : [limit, 0];
  const behind = ms > state.ms || (ms === state.ms && counter > state.counter);
  return behind ? { ms, counter, stream: state.stream } : state;
}

/** Whether a stamp lies so far ahead of our wall time that its row must wait in quarantine. */
export function isAheadOf(stamp: Stamp, nowMs: number, limitMs = QUARANTINE_MS): boolean {
  return stampMs(stamp) > soundWall(nowMs) + limitMs;
}
