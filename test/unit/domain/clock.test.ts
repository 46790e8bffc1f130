import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClockState,
  compareStamps,
  isAheadOf,
  MAX_RAISE_MS,
  newClock,
  parseStamp,
  parseStreamTag,
  QUARANTINE_MS,
  receive,
  type Stamp,
  type StreamTag,
  stampCounter,
  stampMs,
  stampOf,
  stampStream,
  tick,
} from '../../../shared/domain/clock.ts';

function tag(text: string): StreamTag {
  const found = parseStreamTag(text);
  if (found === null) throw new Error(text);
  return found;
}

const OURS = tag('aaaaaaaaaaaa');
const THEIRS = tag('bbbbbbbbbbb1');
const NOW = Date.UTC(2021, 4, 11);
const YEAR = 365 * 24 * 60 * 60_000;

const at = (ms: number, counter = 0, stream = THEIRS): Stamp => stampOf({ ms, counter, stream });

/** Wall clocks as bad machines show them: jumps of years, standing still, no number at all. */
const badWall = fc.oneof(
  fc.integer({ min: NOW - 30 * YEAR, max: NOW + 30 * YEAR }),
  fc.constantFrom(NOW, NOW + 1, 0, -5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5, 1e300),
);
const anyState: fc.Arbitrary<ClockState> = fc.record({
  ms: fc.integer({ min: 0, max: NOW + 30 * YEAR }),
  counter: fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constant(0xffff)),
  stream: fc.constant(OURS),
});
const anyStamp = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 0, max: 0xffff }))
  .map(([ms, counter]) => at(ms, counter));

describe('stamps', () => {
  test('have one fixed shape', () => {
    const { stamp } = tick(newClock(OURS), NOW);
    expect(stamp).toHaveLength(28);
    expect(stamp).toBe(`${NOW.toString(16).padStart(12, '0')}0000aaaaaaaaaaaa`);
    expect([stampMs(stamp), stampCounter(stamp), stampStream(stamp)]).toEqual([NOW, 0, OURS]);
    expect(parseStamp(stamp)).toBe(stamp);
    for (const text of ['', stamp.slice(1), `${stamp}0`, stamp.toUpperCase(), stamp.replace('a', 'é'), null, 5]) {
      expect(parseStamp(text)).toBeNull();
    }
    expect(parseStreamTag('short')).toBeNull();
  });

  test('order is clock, counter, stream', () => {
    fc.assert(
      fc.property(anyStamp, anyStamp, (left, right) => {
        const byParts = stampMs(left) - stampMs(right) || stampCounter(left) - stampCounter(right);
        expect(compareStamps(left, right)).toBe(Math.sign(byParts));
        expect(compareStamps(right, left)).toBe(-Math.sign(byParts) + 0);
      }),
    );
    expect(compareStamps(at(NOW, 0, OURS), at(NOW, 0, THEIRS))).toBe(-1);
  });
});

describe('tick', () => {
  test('a clock gone back keeps the last ms; a full counter takes the next', () => {
    const state = { ms: NOW, counter: 7, stream: OURS };
    expect(tick(state, NOW - YEAR).state).toEqual({ ms: NOW, counter: 8, stream: OURS });
    expect(tick({ ...state, counter: 0xffff }, NOW - YEAR).state).toEqual({ ms: NOW + 1, counter: 0, stream: OURS });
    expect(tick({ ...state, counter: 0xffff }, NOW + 5).state).toEqual({ ms: NOW + 5, counter: 0, stream: OURS });
  });

  test('a hundred thousand changes in one ms stay in order', () => {
    let state = newClock(OURS);
    let last = stampOf(state);
    for (let change = 0; change < 100_000; change += 1) {
      const next = tick(state, NOW);
      if (compareStamps(last, next.stamp) !== -1) throw new Error(`${last} ${next.stamp}`);
      [state, last] = [next.state, next.stamp];
    }
    expect(state.ms).toBe(NOW + 1);
  });

  test('grows through every jump of the wall clock', () => {
    fc.assert(
      fc.property(anyState, fc.array(badWall, { maxLength: 50 }), (start, walls) => {
        walls.reduce((state, wall) => {
          const next = tick(state, wall);
          expect(parseStamp(next.stamp)).toBe(next.stamp);
          expect(compareStamps(stampOf(state), next.stamp)).toBe(-1);
          expect(next.stamp).toBe(stampOf(next.state));
          return next.state;
        }, start);
      }),
    );
  });
});

describe('receive', () => {
  test('what we write next is later than what we read', () => {
    const state = receive(newClock(OURS), at(NOW + 1000, 9), NOW);
    expect(tick(state, NOW).state).toEqual({ ms: NOW + 1000, counter: 10, stream: OURS });
  });

  test('a clock years ahead raises ours by five minutes at most', () => {
    const state = receive(newClock(OURS), at(NOW + 10 * YEAR), NOW);
    expect(state.ms).toBe(NOW + MAX_RAISE_MS);
    expect(receive(newClock(OURS), at(NOW + 500), NOW, 100).ms).toBe(NOW + 100);
  });

  test('never goes back, never beyond the limit, and the same stamp again changes nothing', () => {
    fc.assert(
      fc.property(anyState, anyStamp, badWall, (state, stamp, wall) => {
        const after = receive(state, stamp, wall);
        expect(compareStamps(stampOf(state), stampOf(after))).toBeLessThanOrEqual(0);
        expect(after.stream).toBe(OURS);
        const sound = Number.isNaN(wall) ? 0 : Math.min(Math.max(Math.floor(wall), 0), 253_402_300_799_999);
        expect(after.ms).toBeLessThanOrEqual(Math.max(state.ms, sound + MAX_RAISE_MS));
        expect(receive(after, stamp, wall)).toEqual(after);
        if (stampMs(stamp) <= sound + MAX_RAISE_MS) {
          expect(compareStamps(stamp, tick(after, wall).stamp)).toBe(-1);
        }
      }),
    );
  });

  test('the order of reading does not matter', () => {
    fc.assert(
      fc.property(anyState, fc.array(anyStamp, { maxLength: 8 }), (state, stamps) => {
        const read = (list: readonly Stamp[]): ClockState =>
          list.reduce((clock, stamp) => receive(clock, stamp, NOW), state);
        expect(read(stamps)).toEqual(read([...stamps].reverse()));
      }),
    );
  });
});

test('rows more than a day ahead go to quarantine', () => {
  expect(isAheadOf(at(NOW + QUARANTINE_MS), NOW)).toBe(false);
  expect(isAheadOf(at(NOW + QUARANTINE_MS + 1), NOW)).toBe(true);
  expect(isAheadOf(at(NOW + 11), NOW, 10)).toBe(true);
});
