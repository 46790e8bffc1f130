import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incarnate } from '../../../electron/ledger/backup/incarnation.ts';
import { conflicts } from '../../../electron/ledger/exchange/register/disputes.ts';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import { type Office, type Region, region } from './offices.ts';

let world: Region;
let city: Office;
let one: Office;
let two: Office;
let three: Office;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [one, two, three] = world.counties as [Office, Office, Office];
}, 60_000);
afterEach(() => world.close());

const up = async (office: Office): Promise<FileReport> => city.read(await office.send(city));
const down = async (office: Office): Promise<FileReport> => office.read(await city.send(office));

/** A project of the first county that all who should know of it know. */
async function known(): Promise<string> {
  const id = one.addProject('甲');
  await up(one);
  await down(one);
  return id;
}

const pass = (unit: Office, to: Office): void => city.set('responsibilityUnit', unit.unitId, { officeId: to.officeId });
const move = (project: string, to: Office): void => city.set('project', project, { unitId: to.unitId });

describe('[exchange] a county does not take for its own what has left it', () => {
  it('its unit passes to another office and back, the project moves while the unit is away', async () => {
    const id = await known();
    pass(one, two);
    await down(one);
    move(id, three);
    await down(one);
    expect(one.get('project', id, 'unitId')).toBe(three.unitId);
    pass(one, one);
    await up(one);
    await down(one);
    expect(one.get('responsibilityUnit', one.unitId, 'officeId')).toBe(one.officeId);
    expect(one.get('project', id, 'unitId')).toBe(three.unitId);
  });

  it('so also where the file of that time was lost, and where everything goes', async () => {
    const id = await known();
    const before = one.backUp();
    move(id, two);
    pass(one, two);
    await city.send(one);
    pass(one, one);
    await down(one);
    expect(one.get('project', id, 'unitId')).toBe(two.unitId);
    pass(one, two);
    move(id, three);
    one.goBackTo(before);
    await one.read(await city.send(one, true));
    expect(one.get('project', id, 'unitId')).toBe(three.unitId);
  });

  it('a project that left moves on: the unit in which it was last seen may become the county’s', async () => {
    const id = await known();
    move(id, two);
    await down(one);
    await up(one);
    move(id, three);
    await down(one);
    pass(two, one);
    await up(one);
    await down(one);
    expect(one.get('responsibilityUnit', two.unitId, 'officeId')).toBe(one.officeId);
    expect(one.get('project', id, 'unitId')).toBe(three.unitId);
  });

  it('a project that was the county’s between two files only comes whole, so that nothing waits for it', async () => {
    const id = two.addProject('乙');
    await up(two);
    await down(one);
    await up(one);
    move(id, one);
    move(id, two);
    const report = await down(one);
    expect(report.waiting.missing).toBe(0);
    expect(one.get('project', id, 'unitId')).toBe(two.unitId);
  });

  it('the city forgot that it had given it to the county: it learns so by the county’s file, and what the county wrote stands', async () => {
    const id = two.addProject('乙');
    await up(two);
    const before = city.backUp();
    move(id, one);
    await down(one);
    one.set('project', id, { note: '宝清县在办' });
    city.goBackTo(before);
    incarnate(city.store, 'behind', world.clock.tick());
    move(id, three);
    expect(await up(one)).toMatchObject({ proposals: 0, conflicts: 0 });
    expect(city.get('project', id, 'note')).toBe('宝清县在办');
    expect(city.get('project', id, 'unitId')).toBe(three.unitId);
    await down(one);
    expect(one.get('project', id, 'unitId')).toBe(three.unitId);
    // Which of the two it should be, the city is asked.
    await up(one);
    const [shown, ...more] = conflicts(city.store, true);
    expect(more).toEqual([]);
    expect([shown?.kept.value, shown?.other.value]).toEqual([three.unitId, one.unitId]);
  });

  it('one that never was the county’s stays unknown to it, whatever its unit was before and since', async () => {
    const id = two.addProject('乙');
    await up(two);
    // The unit becomes the county's when the project has left it, and was it before the project came.
    move(id, three);
    pass(two, one);
    await down(one);
    await up(one);
    pass(two, two);
    move(id, two);
    const report = await down(one);
    expect(report.fault).toBeNull();
    expect(one.get('project', id, 'name')).toBeUndefined();
    expect(await down(two)).toMatchObject({ fault: null });
    expect(two.get('project', id, 'name')).toBe('乙');
  });
});
