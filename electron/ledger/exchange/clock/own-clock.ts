import { type Stamp, type StreamTag, stampCounter, stampMs, stampOf } from '../../../../shared/domain/clock.ts';
import { incarnate } from '../../backup/index.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import type { ShiftBook } from './shift-book.ts';

/**
 * Our own clock had run ahead, and what it wrote was put right: it goes on from there under a stream of its own, or all that
 * is written from now on would be as far ahead. What replaces a value that is later still gets a later stamp (`commit`).
 */
export function cureOwnClock(store: Store, shifts: ShiftBook, now: number): void {
  const last = readMeta(store, 'lastStamp');
  if (!shifts.any || last === null) return;
  const read = shifts.read(last);
  if (read === last) return;
  const { streamTag } = incarnate(store, 'clock', now, { keepsRead: true });
  const ms = Math.min(stampMs(read), now);
  const stamp: Stamp = stampOf({ ms, counter: stampCounter(read), stream: streamTag as StreamTag });
  writeMeta(store, 'lastStamp', stamp);
}
