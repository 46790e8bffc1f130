import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decision,
  decideField,
  type FieldCase,
  takes,
} from '../../../electron/ledger/exchange/merge/merge-rule.ts';
import {
  type ClockState,
  newClock,
  receive,
  type Stamp,
  type StreamTag,
  stampStream,
  tick,
  unwritten,
} from '../../../shared/domain/clock.ts';

const STREAMS = ['city00000000', 'baoqing00000', 'youyi0000000'] as StreamTag[];
const stamp = (ms: number, stream: string): Stamp => `${ms.toString(16).padStart(12, '0')}0000${stream}` as Stamp;

function decide(partial: Partial<FieldCase> & Pick<FieldCase, 'local' | 'incoming'>): Decision {
  return decideField({
    base: stamp(0, 'city00000000'),
    forked: false,
    seen: () => false,
    known: true,
    ahead: false,
    ...partial,
  });
}

const city = (ms: number, value: string, may = true) => ({ value, stamp: stamp(ms, 'city00000000'), may });
const county = (ms: number, value: string, may = true) => ({ value, stamp: stamp(ms, 'baoqing00000'), may });

describe('[exchange] merge of one field', () => {
  it('does nothing with what is here already', () => {
    expect(decide({ local: city(1, 'a'), incoming: city(1, 'a') })).toBe('same');
  });

  it('overwrites cleanly the value that the sender replaced', () => {
    expect(decide({ local: city(1, 'a'), incoming: county(2, 'b'), base: stamp(1, 'city00000000') })).toBe('take');
  });

  it('overwrites cleanly an older value of the same writer', () => {
    expect(decide({ local: county(1, 'a'), incoming: county(2, 'b') })).toBe('take');
  });

  it('lists a conflict where neither had seen the other, whichever is later', () => {
    expect(decide({ local: city(5, 'a'), incoming: county(6, 'b'), base: stamp(1, 'city00000000') })).toBe(
      'takeWithConflict',
    );
    expect(decide({ local: city(5, 'a'), incoming: county(4, 'b'), base: stamp(1, 'city00000000') })).toBe(
      'keepWithConflict',
    );
  });

  it('lists no conflict where both wrote the same value', () => {
    expect(decide({ local: city(5, 'a'), incoming: county(6, 'a') })).toBe('take');
    expect(decide({ local: city(5, 'a'), incoming: county(4, 'a') })).toBe('same');
  });

  it('fills a field that its row came without, whoever writes it, and takes nothing for it', () => {
    const empty = { value: null, stamp: unwritten('baoqing00000' as StreamTag), may: true };
    expect(tick(newClock('000000000000' as StreamTag), 0).stamp > empty.stamp).toBe(true);
    expect(decide({ local: empty, incoming: county(1, 'a'), forked: true })).toBe('take');
    expect(decide({ local: empty, incoming: city(1, 'a'), base: stamp(1, 'baoqing00000') })).toBe('take');
    expect(decide({ local: county(1, 'a'), incoming: empty, forked: true })).toBe('keep');
    expect(decide({ local: city(1, 'a'), incoming: empty })).toBe('keep');
    expect(decide({ local: city(1, 'a', false), incoming: empty })).toBe('takeWithConflict');
  });

  it('keeps ours in silence where it replaced the incoming one before', () => {
    expect(decide({ local: city(5, 'a'), incoming: county(4, 'b'), seen: () => true })).toBe('keep');
  });

  it('lets the owner win over a later value of another, and makes that a proposal', () => {
    expect(decide({ local: city(1, 'a'), incoming: county(9, 'b', false) })).toBe('proposal');
    expect(decide({ local: county(9, 'b', false), incoming: city(1, 'a'), base: stamp(0, 'city00000000') })).toBe(
      'takeWithConflict',
    );
  });

  it('parks what the dictionary does not know, puts a far future clock in quarantine', () => {
    expect(decide({ local: city(1, 'a'), incoming: county(2, 'b'), known: false })).toBe('park');
    expect(decide({ local: city(1, 'a'), incoming: county(2, 'b'), ahead: true })).toBe('quarantineClock');
  });
});

interface Held {
  readonly value: string;
  readonly stamp: Stamp;
  readonly base: Stamp;
  /**
   * Ground truth: stamps of the values that it replaced, directly or not. A value that was met and did not become the
   * writer's own leaves no trace in what the writer sets next: a conflict is then listed once too often, never too seldom.
   */
  readonly past: ReadonlySet<string>;
}

interface Office {
  clock: ClockState;
  held: Held;
  readonly seen: Set<string>;
}

const ORIGIN: Held = { value: '', stamp: stamp(0, 'city00000000'), base: stamp(0, 'city00000000'), past: new Set() };

function startOffices(): Office[] {
  return STREAMS.map((stream) => ({ clock: newClock(stream), held: ORIGIN, seen: new Set([ORIGIN.stamp]) }));
}

function write(office: Office, value: string, now: number): void {
  const ticked = tick(office.clock, now);
  office.clock = ticked.state;
  const own = stampStream(office.held.stamp) === office.clock.stream;
  office.held = {
    value,
    stamp: ticked.stamp,
    base: own ? office.held.base : office.held.stamp,
    past: new Set([...office.held.past, office.held.stamp]),
  };
  office.seen.add(ticked.stamp);
}

function read(office: Office, file: Held, now: number): Decision {
  const decision = decideField({
    local: { value: office.held.value, stamp: office.held.stamp, may: true },
    incoming: { value: file.value, stamp: file.stamp, may: true },
    base: file.base,
    forked: false,
    seen: () => office.seen.has(file.stamp),
    known: true,
    ahead: false,
  });
  office.clock = receive(office.clock, file.stamp, now);
  if (takes(decision)) office.held = file;
  office.seen.add(file.stamp);
  for (const past of file.past) office.seen.add(past);
  return decision;
}

const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      who: fc.nat(2),
      value: fc.constantFrom('甲', '乙', '丙', '丁'),
      jump: fc.integer({ min: -2000, max: 3000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('export' as const), who: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('import' as const), who: fc.nat(2), file: fc.nat(30) }) },
);

describe('[exchange] merge over random schedules of three offices', () => {
  it('ends alike everywhere, in whatever order, grouping or repetition the files come', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
        (steps, shuffles) => {
          const offices = startOffices();
          const files: Held[] = [];
          let now = 1_000_000;
          for (const item of steps) {
            const office = offices[item.who] as Office;
            now += 10;
            if (item.kind === 'write') write(office, item.value, now + item.jump);
            else if (item.kind === 'export') files.push(office.held);
            else {
              const file = files[item.file % Math.max(files.length, 1)];
              if (file) read(office, file, now);
            }
          }
          // Everything still unread is read by everybody, each in an order of its own, twice.
          const last = [...files, ...offices.map((office) => office.held)];
          offices.forEach((office, index) => {
            const turn = (shuffles[index] ?? 0) % last.length;
            const order = [...last.slice(turn), ...last.slice(0, turn)];
            for (const file of [...order, ...order.reverse()]) read(office, file, now);
          });
          const ends = new Set(offices.map(({ held }) => `${held.stamp} ${held.value}`));
          expect(ends.size).toBe(1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('changes nothing when the same file is read again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const offices = startOffices();
        const files: Held[] = [];
        let now = 1_000_000;
        for (const item of steps) {
          const office = offices[item.who] as Office;
          now += 10;
          if (item.kind === 'write') write(office, item.value, now + item.jump);
          else if (item.kind === 'export') files.push(office.held);
          else {
            const file = files[item.file % Math.max(files.length, 1)];
            if (!file) continue;
            read(office, file, now);
            const { held } = office;
            const again = read(office, file, now);
            expect(['same', 'keep']).toContain(again);
            expect(office.held).toBe(held);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('between two offices, lists a conflict exactly where neither writer had seen the other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const offices = startOffices().slice(0, 2);
        const files: Held[] = [];
        let now = 1_000_000;
        for (const item of steps) {
          const office = offices[item.who % 2] as Office;
          now += 10;
          if (item.kind === 'write') write(office, item.value, now + item.jump);
          else if (item.kind === 'export') files.push(office.held);
          else {
            const file = files[item.file % Math.max(files.length, 1)];
            if (!file) continue;
            const { held } = office;
            const strangers = !held.past.has(file.stamp) && !file.past.has(held.stamp) && !office.seen.has(file.stamp);
            const conflict = strangers && held.stamp !== file.stamp && held.value !== file.value;
            const decision = read(office, file, now);
            expect(decision.endsWith('WithConflict')).toBe(conflict);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
