import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { incarnate } from '../../../electron/ledger/backup/incarnation.ts';
import { identityNotice } from '../../../electron/ledger/exchange/offices/fork.ts';
import { conflicts, proposals } from '../../../electron/ledger/exchange/register/disputes.ts';
import { type Office, type Region, region } from '../../stories/exchange/offices.ts';
import { MemoryRegions } from '../../torture/memory-region.ts';
import type { Step } from '../../torture/play.ts';
import { follow } from '../../torture/schedules.ts';

/** What random schedules have found, each mended since, and kept as short as it could be made. */
const FOUND: Readonly<Record<string, readonly Step[]>> = {
  'a project moves while its new unit passes to the office that had it: what that office wrote stays its own': [
    { kind: 'reassign', unit: 1, to: 2 },
    { kind: 'reassign', unit: 2, to: 1 },
    { kind: 'move', row: 3, to: 2 },
    { kind: 'clone', who: 2 },
    { kind: 'edit', who: 2, row: 3, field: 'stage', value: 1 },
  ],
  'two PCs of one office write one field: the older value becomes a conflict, though both are of one stream': [
    { kind: 'edit', who: 1, row: 3, field: 'note', value: 2 },
    { kind: 'clone', who: 1 },
    { kind: 'edit', who: 1, row: 3, field: 'note', value: 1 },
  ],
  'what one of two PCs wrote reaches the other also where it had read the file that left it out as its own': [
    { kind: 'clone', who: 1 },
    { kind: 'send', who: 3, to: 0 },
    { kind: 'add', who: 1, row: 5 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'send', who: 1, to: 1 },
    { kind: 'read', file: 15 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 0 },
  ],
  'a report of a clock two years ahead comes in once its day has come': [
    { kind: 'skew', who: 1, by: 7 },
    { kind: 'report', who: 1, row: 3, period: 0 },
    { kind: 'send', who: 1, to: 0 },
    { kind: 'read', file: 2 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 16 },
  ],
  'a unit and a project pass on in one file: who wrote before still had the right to': [
    { kind: 'edit', who: 1, row: 5, field: 'content', value: 2 },
    { kind: 'reassign', unit: 2, to: 0 },
    { kind: 'move', row: 1, to: 2 },
    { kind: 'edit', who: 1, row: 2, field: 'stage', value: 2 },
    { kind: 'reassign', unit: 0, to: 2 },
    { kind: 'move', row: 0, to: 2 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 1 },
  ],
  'a clock a year behind sets a unit that changes hands aside; what its former office wrote stays': [
    { kind: 'edit', who: 2, row: 3, field: 'stage', value: 2 },
    { kind: 'reassign', unit: 1, to: 0 },
    { kind: 'clone', who: 1 },
    { kind: 'skew', who: 1, by: 6 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 1 },
  ],
  'an office takes back what it wrote without right in favour of its own older value: a proposal remains': [
    { kind: 'move', row: 1, to: 1 },
    { kind: 'edit', who: 1, row: 3, field: 'content', value: 0 },
    { kind: 'reassign', unit: 1, to: 0 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 20 },
  ],
  'a value of a third office came from above and stands, whatever older row had waited': [
    { kind: 'edit', who: 3, row: 2, field: 'note', value: 0 },
    { kind: 'reassign', unit: 2, to: 1 },
    { kind: 'send', who: 0, to: 1 },
    { kind: 'skew', who: 2, by: 4 },
    { kind: 'read', file: 1 },
    { kind: 'move', row: 4, to: 1 },
  ],
  'what was refused because of who brought it, and then came from its writer, is no refusal any more': [
    { kind: 'clone', who: 3 },
    { kind: 'skew', who: 0, by: 3 },
    { kind: 'move', row: 2, to: 2 },
    { kind: 'edit', who: 2, row: 0, field: 'stage', value: 2 },
    { kind: 'send', who: 2, to: 1 },
    { kind: 'backUp', who: 0 },
    { kind: 'read', file: 0 },
    { kind: 'send', who: 0, to: 2 },
    { kind: 'read', file: 0 },
    { kind: 'restore', who: 0 },
  ],
  'two offices wrote the same, one of them without right: what is refused gives way to the other’s, not to what was before':
    [
      { kind: 'move', row: 1, to: 1 },
      { kind: 'send', who: 0, to: 1 },
      { kind: 'read', file: 0 },
      { kind: 'edit', who: 2, row: 0, field: 'note', value: 0 },
      { kind: 'edit', who: 1, row: 3, field: 'note', value: 0 },
      { kind: 'move', row: 1, to: 0 },
    ],
  'a value is refused after it had been passed on: it goes back also where it was passed to': [
    { kind: 'backUp', who: 2 },
    { kind: 'skew', who: 2, by: 3 },
    { kind: 'edit', who: 2, row: 3, field: 'note', value: 0 },
    { kind: 'send', who: 2, to: 0 },
    { kind: 'restore', who: 2 },
    { kind: 'backUp', who: 0 },
    { kind: 'restore', who: 0 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'send', who: 2, to: 1 },
    { kind: 'read', file: 8 },
    { kind: 'reassign', unit: 2, to: 0 },
    { kind: 'move', row: 3, to: 2 },
  ],
  'a county withdraws a value for it has not heard who answered for the unit in between: it has it again when the city takes it':
    [
      { kind: 'reassign', unit: 1, to: 2 },
      { kind: 'move', row: 4, to: 1 },
      { kind: 'edit', who: 3, row: 0, field: 'note', value: 3 },
      { kind: 'skew', who: 3, by: 4 },
      { kind: 'send', who: 0, to: 2 },
      { kind: 'reassign', unit: 1, to: 0 },
      { kind: 'reassign', unit: 1, to: 2 },
      { kind: 'read', file: 10 },
    ],
  'a county goes back to what it had before a project left it: it learns that anew': [
    { kind: 'backUp', who: 1 },
    { kind: 'move', row: 0, to: 1 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 0 },
    { kind: 'restore', who: 1 },
  ],
  'one of two PCs of an office goes back to a backup before it sent anything: what the other wrote had not replaced its own':
    [
      { kind: 'add', who: 3, row: 2 },
      { kind: 'clone', who: 3 },
      { kind: 'edit', who: 3, row: 0, field: 'stage', value: 3 },
      { kind: 'backUp', who: 3 },
      { kind: 'restore', who: 3 },
      { kind: 'edit', who: 3, row: 3, field: 'stage', value: 2 },
    ],
  'a project moves on while its unit is another office’s for a while: the office that had it is told all the same': [
    { kind: 'move', row: 5, to: 0 },
    { kind: 'reassign', unit: 2, to: 0 },
    { kind: 'send', who: 0, to: 2 },
    { kind: 'read', file: 13 },
    { kind: 'reassign', unit: 2, to: 2 },
  ],
  'the city’s disk failed after it had given a project to a county, and it gives it to another: the first is told too':
    [
      { kind: 'backUp', who: 0 },
      { kind: 'move', row: 0, to: 1 },
      { kind: 'send', who: 0, to: 1 },
      { kind: 'read', file: 0 },
      { kind: 'restore', who: 0 },
      { kind: 'move', row: 0, to: 2 },
    ],
  'a county hears late of a unit that the city had given it before its disk failed: what has left the unit since it is told':
    [
      { kind: 'backUp', who: 0 },
      { kind: 'reassign', unit: 0, to: 1 },
      { kind: 'send', who: 0, to: 1 },
      { kind: 'restore', who: 0 },
      { kind: 'read', file: 1 },
      { kind: 'move', row: 1, to: 2 },
    ],
  'both offices find one conflict: it is of the unit in which the project was when the value that lost was written': [
    { kind: 'edit', who: 3, row: 3, field: 'note', value: 0 },
    { kind: 'move', row: 5, to: 1 },
    { kind: 'edit', who: 0, row: 5, field: 'note', value: 2 },
    { kind: 'reassign', unit: 2, to: 0 },
  ],
  'a county takes a proposal up whose project has left it: the proposal is open again, for the next': [
    { kind: 'move', row: 4, to: 0 },
    { kind: 'ahead', who: 3, row: 4, back: true },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'move', row: 4, to: 2 },
    { kind: 'read', file: 3 },
    { kind: 'decide', who: 1, accept: true },
  ],
  'a value that takes its place again may be what the row was made with: the journal and the table say so alike': [
    { kind: 'reassign', unit: 0, to: 1 },
    { kind: 'backUp', who: 0 },
    { kind: 'ahead', who: 1, row: 0, back: false },
    { kind: 'send', who: 0, to: 1 },
    { kind: 'send', who: 1, to: 2 },
    { kind: 'send', who: 1, to: 1 },
    { kind: 'send', who: 2, to: 1 },
    { kind: 'restore', who: 0 },
    { kind: 'ahead', who: 1, row: 2, back: true },
    { kind: 'read', file: 3 },
  ],
  'the city’s disk failed twice, and both times the same backup took its place: what it told in between is its own word':
    [
      { kind: 'backUp', who: 0 },
      { kind: 'restore', who: 0 },
      { kind: 'move', row: 0, to: 1 },
      { kind: 'reassign', unit: 1, to: 2 },
      { kind: 'send', who: 0, to: 2 },
      { kind: 'send', who: 0, to: 0 },
      { kind: 'read', file: 2 },
      { kind: 'restore', who: 0 },
      { kind: 'read', file: 1 },
    ],
};

/** The same in a city, two counties and a town under each. */
const FOUND_IN_THREE_TIERS: Readonly<Record<string, readonly Step[]>> = {
  'a project passes from a county to a town: what the county wrote until then is in the town too': [
    { kind: 'edit', who: 2, row: 5, field: 'note', value: 3 },
    { kind: 'move', row: 3, to: 3 },
  ],
  'a project passes from a town to its county and back: what the county did meanwhile counts in the town': [
    { kind: 'reassign', unit: 1, to: 0 },
    { kind: 'move', row: 4, to: 1 },
    { kind: 'report', who: 3, row: 0, period: 1 },
    { kind: 'send', who: 0, to: 2 },
    { kind: 'read', file: 2 },
    { kind: 'move', row: 4, to: 2 },
  ],
  'the same where the city’s clock runs ahead': [
    { kind: 'skew', who: 0, by: 2 },
    { kind: 'move', row: 2, to: 3 },
    { kind: 'edit', who: 2, row: 0, field: 'note', value: 0 },
  ],
  'a new row comes without a value that its writer had no right to: what another PC knows of the field comes in': [
    { kind: 'add', who: 1, row: 3 },
    { kind: 'add', who: 1, row: 0 },
    { kind: 'reassign', unit: 0, to: 2 },
    { kind: 'clone', who: 1 },
    { kind: 'edit', who: 1, row: 5, field: 'stage', value: 3 },
  ],
  'of two PCs of a town the later value is refused by the city: the other PC’s goes up in its stead, to be decided': [
    { kind: 'reassign', unit: 2, to: 3 },
    { kind: 'edit', who: 3, row: 1, field: 'stage', value: 3 },
    { kind: 'skew', who: 0, by: 2 },
    { kind: 'clone', who: 3 },
    { kind: 'reassign', unit: 2, to: 2 },
    { kind: 'edit', who: 3, row: 1, field: 'stage', value: 2 },
  ],
  'the same where both had written the same': [
    { kind: 'add', who: 3, row: 0 },
    { kind: 'clone', who: 3 },
    { kind: 'reassign', unit: 2, to: 3 },
    { kind: 'edit', who: 3, row: 0, field: 'stage', value: 3 },
    { kind: 'edit', who: 3, row: 3, field: 'stage', value: 3 },
    { kind: 'skew', who: 0, by: 2 },
    { kind: 'reassign', unit: 2, to: 2 },
  ],
  'the city’s disk failed; a county that had not heard of it sent everything, then what it had of the city’s by a town’s file':
    [
      { kind: 'skew', who: 0, by: 5 },
      { kind: 'backUp', who: 0 },
      { kind: 'clone', who: 2 },
      { kind: 'add', who: 0, row: 3 },
      { kind: 'send', who: 0, to: 3 },
      { kind: 'restore', who: 0 },
      { kind: 'read', file: 0 },
    ],
  'a county takes up a suggestion over its town’s value and is refused above: the town’s value goes up in its stead': [
    { kind: 'skew', who: 2, by: 5 },
    { kind: 'edit', who: 4, row: 0, field: 'note', value: 1 },
    { kind: 'edit', who: 2, row: 2, field: 'note', value: 3 },
    { kind: 'send', who: 4, to: 3 },
    { kind: 'read', file: 1 },
    { kind: 'reassign', unit: 3, to: 1 },
    { kind: 'send', who: 0, to: 1 },
    { kind: 'send', who: 3, to: 3 },
    { kind: 'read', file: 1 },
    { kind: 'decide', who: 2, accept: true },
    { kind: 'reassign', unit: 3, to: 2 },
  ],
  'the city’s disk failed twice, and what it does not know for its own any more is refused: what had lost to it goes up':
    [
      { kind: 'backUp', who: 0 },
      { kind: 'restore', who: 0 },
      { kind: 'edit', who: 3, row: 5, field: 'note', value: 3 },
      { kind: 'edit', who: 0, row: 5, field: 'note', value: 2 },
      { kind: 'send', who: 0, to: 0 },
      { kind: 'read', file: 0 },
      { kind: 'restore', who: 0 },
    ],
  'what had waited for its day is not taken where it was refused meanwhile, nor does a county take it from there again':
    [
      { kind: 'backUp', who: 0 },
      { kind: 'restore', who: 0 },
      { kind: 'edit', who: 0, row: 5, field: 'note', value: 2 },
      { kind: 'send', who: 0, to: 0 },
      { kind: 'read', file: 3 },
      { kind: 'send', who: 1, to: 3 },
      { kind: 'skew', who: 3, by: 4 },
      { kind: 'read', file: 0 },
      { kind: 'restore', who: 0 },
    ],
  'a project that a county has made moves on before it has heard that the city has it: it is told of that too': [
    { kind: 'move', row: 4, to: 1 },
    { kind: 'send', who: 0, to: 0 },
    { kind: 'read', file: 6 },
  ],
  'the city’s disk failed after a county had read its change of a project that is not there: what waits goes back to it':
    [
      { kind: 'reassign', unit: 1, to: 0 },
      { kind: 'move', row: 0, to: 1 },
      { kind: 'backUp', who: 0 },
      { kind: 'reassign', unit: 0, to: 3 },
      { kind: 'edit', who: 0, row: 0, field: 'note', value: 2 },
      { kind: 'send', who: 0, to: 1 },
      { kind: 'read', file: 0 },
      { kind: 'restore', who: 0 },
    ],
  'a county was given a town’s unit, of which the city knows nothing any more: it is told what has left that unit': [
    { kind: 'backUp', who: 0 },
    { kind: 'reassign', unit: 2, to: 3 },
    { kind: 'send', who: 0, to: 1 },
    { kind: 'read', file: 5 },
    { kind: 'restore', who: 0 },
    { kind: 'move', row: 4, to: 0 },
    { kind: 'reassign', unit: 2, to: 1 },
  ],
};

describe('[exchange] what random schedules have found', () => {
  let regions: MemoryRegions;
  let three: MemoryRegions;
  beforeAll(async () => {
    regions = await MemoryRegions.found();
    three = await MemoryRegions.found(3);
  }, 60_000);
  afterAll(() => {
    regions.close();
    three.close();
  });

  for (const [name, steps] of Object.entries(FOUND)) {
    it(name, () => follow(regions.next(), steps));
  }
  for (const [name, steps] of Object.entries(FOUND_IN_THREE_TIERS)) {
    it(name, () => follow(three.next(), steps));
  }
});

describe('[exchange] what waits is judged by who brought it', () => {
  const DAY = 24 * 60 * 60_000;
  let world: Region;
  let city: Office;
  let one: Office;
  let other: Office;

  beforeEach(async () => {
    world = await region();
    city = world.city;
    [one, other] = world.counties as [Office, Office];
  }, 60_000);
  afterEach(() => world.close());

  it('a project of a clock two days ahead is its office’s own, whosever file is read when its day has come', async () => {
    one.skew = 2 * DAY;
    const id = one.addProject('来自后天');
    const first = await city.read(await one.send(city));
    expect(first.waiting.clock).toBeGreaterThan(0);
    expect(city.get('project', id, 'name')).toBeUndefined();
    one.skew = 0;
    world.clock.tick(3 * DAY);
    const second = await city.read(await other.send(city));
    expect(second.placed).toBeGreaterThan(0);
    expect(city.get('project', id, 'name')).toBe('来自后天');
    expect(city.get('project', id, 'voided')).toBe(0);
  });

  it('a new row comes without what its office had no right to: the field is shown as written by nobody, at no time', async () => {
    const id = one.addProject('甲');
    city.set('responsibilityUnit', one.unitId, { officeId: other.officeId });
    one.set('project', id, { stage: 'completed' });
    await city.read(await one.send(city));
    const [shown, ...more] = proposals(city.store, true);
    expect(more).toEqual([]);
    expect(shown?.proposed).toMatchObject({ value: 'completed', officeName: one.name, operator: `${one.name}经办人` });
    expect(shown?.current).toEqual({ value: null, text: expect.any(String), officeName: '', operator: '', at: null });
    await one.read(await city.send(one));
    expect(one.get('project', id, 'stage')).toBeNull();
    expect(city.get('project', id, 'stage')).toBeNull();
    expect(city.complaints()).toEqual([]);
    expect(one.complaints()).toEqual([]);
  });

  it('a clone that goes on under the number that its office has left is found out by it, whichever file comes first', async () => {
    for (const isCloneFirst of [false, true]) {
      const office = isCloneFirst ? other : one;
      const id = office.addProject('甲');
      await city.read(await office.send(city));
      const clone = office.clone();
      office.set('project', id, { note: '原机' });
      office.addProject('乙');
      incarnate(office.store, 'restored', world.clock.tick(), { newLedger: true });
      // Twice renewed before it sends anything: the file tells of both numbers that it left.
      incarnate(office.store, 'behind', world.clock.tick());
      clone.set('project', id, { note: '克隆' });
      const [early, late] = isCloneFirst ? [clone, office] : [office, clone];
      const first = await city.read(await early.send(city));
      const second = await city.read(await late.send(city));
      expect([first.fault, second.fault]).toEqual([null, null]);
      expect(first.notes.join('')).not.toContain('旧编号');
      expect(second.notes.join('')).toMatch(/疑似对方还有一台电脑在用旧编号.*内容都收下/u);
      const shown = conflicts(city.store, true).filter((conflict) => conflict.rowId === id);
      expect(shown.map(({ kept, other: lost }) => [kept.value, lost.value])).toEqual([['克隆', '原机']]);
      // Where its first file came before the office told that it had left the number, its next one is known for what it is.
      if (isCloneFirst) await city.read(await clone.send(city));
      const answer = await city.send(office);
      await clone.read(answer);
      await office.read(answer);
      expect(identityNotice(clone.store)).toMatchObject({ kind: 'forked', own: true, taken: true });
      expect(identityNotice(office.store)).toMatchObject({ kind: 'forked', own: false, taken: true });
      clone.close();
    }
  });

  it('one PC that goes back to a backup is no second one: what it wrote over itself is not shown', async () => {
    const id = one.addProject('甲');
    await city.read(await one.send(city));
    one.set('project', id, { note: '星期一' });
    await city.read(await one.send(city));
    const backup = one.backUp();
    one.set('project', id, { note: '星期二' });
    await city.read(await one.send(city));
    one.goBackTo(backup);
    incarnate(one.store, 'behind', world.clock.tick());
    const report = await city.read(await one.send(city, true));
    expect(report).toMatchObject({ newIncarnation: true, conflicts: 0, gap: null });
    expect(report.notes.join('')).not.toContain('旧编号');
    expect(city.get('project', id, 'note')).toBe('星期二');
  });

  it('two PCs that were found out by their chains: both values of one field are shown', async () => {
    const id = one.addProject('甲');
    await city.read(await one.send(city));
    const clone = one.clone();
    one.set('project', id, { note: '原机' });
    clone.set('project', id, { note: '克隆' });
    await city.read(await one.send(city));
    expect((await city.read(await clone.send(city))).fault?.code).toBe('SYNC_FORK');
    incarnate(clone.store, 'elsewhere', world.clock.tick());
    expect((await city.read(await clone.send(city, true))).fault).toBeNull();
    const [shown, ...more] = conflicts(city.store, true);
    expect(more).toEqual([]);
    expect([shown?.kept.value, shown?.other.value].sort()).toEqual(['克隆', '原机'].sort());
    clone.close();
  });
});
