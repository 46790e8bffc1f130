import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stamp, type StreamTag, stampMs, stampOf, unwritten } from '../../../shared/domain/clock.ts';
import { type ClockShift, ClockShifts, planShifts } from '../../../shared/domain/clock-shift.ts';

const tag = (name: string): StreamTag => name.padEnd(12, '0') as StreamTag;
const at = (ms: number, stream = 'x', counter = 0): Stamp => stampOf({ ms, counter, stream: tag(stream) });
const NOW = 1_000_000_000_000;
const DAY = 86_400_000;

/** The decisions that a plan makes, as the ledger would store them. */
function decided(stamps: readonly Stamp[], floor: number, name = 'd'): ClockShift[] {
  let source = tag('x');
  return planShifts(stamps, floor, NOW).map((step, index) => {
    const image = tag(`${name}${String.fromCharCode(97 + index)}`);
    const shift = { id: `${name}${index}`, source, image, stands: true, ...step };
    source = image;
    return shift;
  });
}

const ahead = fc.integer({ min: NOW + DAY + 1, max: NOW + 400 * 365 * DAY }).map((ms) => at(ms));

describe('[exchange] stamps of a clock that ran ahead', () => {
  it('are read as of receipt at the latest, after what was there, in their own order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(ahead, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: NOW - 100 * DAY }),
        (stamps, floor) => {
          const shifts = new ClockShifts(decided(stamps, floor));
          const read = [...stamps].sort().map((stamp) => shifts.read(stamp));
          for (const stamp of read) {
            expect(stampMs(stamp)).toBeGreaterThan(floor);
            expect(stampMs(stamp)).toBeLessThanOrEqual(NOW);
          }
          expect([...read].sort((left, right) => stampMs(left) - stampMs(right))).toEqual(read);
          expect(new Set(read).size).toBe(stamps.length);
        },
      ),
    );
  });

  it('are read alike in whatever order decisions were learnt, also two about one stream', () => {
    fc.assert(
      fc.property(
        fc.array(ahead, { minLength: 1, maxLength: 6 }),
        fc.array(ahead, { minLength: 1 }),
        (some, others) => {
          const [first, second] = [decided(some, 0, 'd'), decided(others, 5, 'e')];
          const both = new ClockShifts([...first, ...second]);
          const [left, right] = [new ClockShifts(first), new ClockShifts(second)];
          for (const stamp of [...some, ...others, at(5), at(NOW)]) {
            const read = both.read(stamp);
            expect(both.read(read)).toBe(read);
            expect(both.read(left.read(stamp))).toBe(read);
            expect(both.read(right.read(stamp))).toBe(read);
          }
        },
      ),
    );
  });

  it('that come after the decision, written before those it was made for, keep their distance', () => {
    const shifts = new ClockShifts(decided([at(NOW + 40 * DAY), at(NOW + 41 * DAY)], NOW - 30 * DAY));
    const [late, first] = [at(NOW + 38 * DAY), at(NOW + 40 * DAY)].map((stamp) => stampMs(shifts.read(stamp)));
    expect(first).toBe(NOW - DAY);
    expect(late).toBe(NOW - 3 * DAY);
  });

  it('leave those of other streams, those before, and what nobody has written', () => {
    const shifts = new ClockShifts(decided([at(NOW + 2 * DAY)], 0));
    for (const stamp of [at(NOW + 3 * DAY, 'y'), at(NOW + DAY), unwritten(tag('x'))])
      expect(shifts.read(stamp)).toBe(stamp);
    expect(shifts.read(unwritten(tag('da')))).toBe(unwritten(tag('x')));
    const withdrawn = new ClockShifts(decided([at(NOW + 2 * DAY)], 0).map((shift) => ({ ...shift, stands: false })));
    expect(withdrawn.read(shifts.read(at(NOW + 2 * DAY)))).toBe(at(NOW + 2 * DAY));
  });
});
