import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptAhead } from '../../../electron/ledger/exchange/clock/accept-ahead.ts';
import type { Importer } from '../../../electron/ledger/exchange/import/importer.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { type Office, type Region, region } from './offices.ts';

/** 对方时钟超前: what waits, and what the clerk takes as of when it was received. */

const DAY = 24 * 60 * 60_000;
const YEAR = 365 * DAY;

let world: Region;
let city: Office;
let county: Office;
let other: Office;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [county, other] = world.counties as [Office, Office];
});
afterEach(() => world.close());

type Report = Awaited<ReturnType<Importer['apply']>>;
const words = ({ notes, fault }: Report): string => [...notes, fault?.text ?? ''].join('');
const up = async (from = county): Promise<Report> => city.read(await from.send(city));
const down = async (to = county): Promise<Report> => to.read(await city.send(to));
const accept = (): number => acceptAhead(city.store, county.officeId, city.actor()).placed;
const parked = (office: Office): number =>
  office.store.db.prepare('SELECT count(*) FROM "parked"').pluck().get() as number;

/** Everything both sides have of the county's rows, with its stamps. */
function expectAlike(...entities: ('project' | 'report' | 'link' | 'conflict' | 'clockShift')[]): void {
  for (const entity of entities) expect(county.dump(entity), entity).toBe(city.dump(entity));
}

describe('[exchange] clock more than 24 h ahead: the clerk accepts, re-stamped at receipt', () => {
  it('new rows and changed values are taken in their order and in their writer’s name; both sides agree to the stamp', async () => {
    const known = county.addProject('老项目');
    await up();
    await down();
    county.skew = 10 * YEAR;
    const fresh = county.addProject('新项目');
    const link = county.add('link', { projectId: fresh, name: '立项' });
    county.set('project', known, { note: '先写' });
    county.set('project', known, { note: '后写' });
    expect(words(await up())).toMatch(/对方时钟超前一天以上，有 \d 条暂存/u);
    expect(city.get('project', fresh, 'name')).toBeUndefined();

    expect(accept()).toBe(3);
    expect(parked(city)).toBe(0);
    expect(city.get('project', known, 'note')).toBe('后写');
    expect(city.get('link', link, 'name')).toBe('立项');
    // As of now, no later; and still the county's.
    const row = selectRow(city.store, 'project', fresh);
    const ms = Number.parseInt(String(row?._stamp).slice(0, 12), 16);
    expect(Math.abs(ms - world.clock.now)).toBeLessThan(60_000);
    const writer = city.store.db.prepare('SELECT "officeId" FROM "stream" WHERE "tag" = ?').pluck();
    expect(writer.get(String(row?._stamp).slice(16))).toBe(county.officeId);
    expect(() => accept()).toThrow(/没有因时钟超前而暂存的内容/u);

    // Meanwhile the county, its clock still wrong, writes on; then it is put right and reads what was decided.
    county.set('project', known, { note: '再写' });
    county.skew = 0;
    const before = readIdentity(county.store).streamTag;
    await down();
    expect(readIdentity(county.store).streamTag).not.toBe(before);
    county.set('project', known, { note: '校时以后' });
    const report = await up();
    expect(words(report)).toMatch(/更正了超前的时钟/u);
    expect(report.waiting.clock).toBe(0);
    expect(city.get('project', known, 'note')).toBe('校时以后');
    await down();
    expectAlike('project', 'link', 'conflict', 'clockShift');
    expect(city.rows('conflict')).toEqual([]);
    expect(parked(county)).toBe(0);
  });

  it('when its rows come again, or that time has come, nothing is doubled and nothing changes', async () => {
    county.skew = 3 * DAY;
    const id = county.addProject('来自大后天');
    const file = await county.send(city);
    await city.read(file);
    accept();
    const held = city.dump('project', 'conflict', 'proposal');
    const full = await county.send(city, true);
    expect((await city.read(full)).waiting.clock).toBe(0);
    world.clock.tick(5 * DAY);
    expect((await city.read(await county.send(city, true))).waiting.clock).toBe(0);
    expect(city.dump('project', 'conflict', 'proposal')).toBe(held);
    await down();
    await up();
    await down();
    expectAlike('project', 'conflict', 'clockShift');
    expect(city.get('project', id, 'name')).toBe('来自大后天');
  });

  it('a value that the city changed meanwhile is a conflict once; sealed rows stay sealed; others agree too', async () => {
    const id = county.addProject('甲');
    await up();
    await down();
    county.skew = 2 * DAY;
    county.set('project', id, { note: '县里写' });
    await up();
    city.set('project', id, { note: '市里写' });
    accept();
    // As of receipt it is the later of the two; the other is kept to be looked at.
    expect(city.get('project', id, 'note')).toBe('县里写');
    expect(city.rows('conflict')).toHaveLength(1);
    county.skew = 0;
    await down();
    await up();
    await down();
    expectAlike('project', 'clockShift');
    expect(county.get('project', id, 'note')).toBe('县里写');
    await down(other);
    expect(other.dump('clockShift')).toBe(city.dump('clockShift'));
    // What is decided afterwards stands everywhere.
    city.set('project', id, { note: '市里定' });
    await down();
    expect(county.get('project', id, 'note')).toBe('市里定');
    county.set('project', id, { note: '县里再改' });
    await up();
    expect(city.get('project', id, 'note')).toBe('县里再改');
  });

  it('a clock that ran ahead by different lengths is taken in one go, in the order of writing', async () => {
    const id = county.addProject('甲');
    await up();
    county.skew = 3 * DAY;
    county.set('project', id, { note: '一' });
    county.skew = 20 * YEAR;
    county.set('project', id, { note: '二', location: '县城' });
    county.skew = 0;
    await up();
    accept();
    expect(parked(city)).toBe(0);
    expect(city.get('project', id, 'note')).toBe('二');
    // The county goes on before it hears of it.
    county.set('project', id, { note: '三' });
    await up();
    expect(city.get('project', id, 'note')).toBe('三');
    await down();
    county.set('project', id, { note: '四' });
    await up();
    await down();
    expect(city.get('project', id, 'note')).toBe('四');
    expectAlike('project', 'conflict', 'clockShift');
  });

  it('a file written before, and read after, keeps its place before what was taken', async () => {
    const id = county.addProject('甲');
    await up();
    await down();
    county.skew = 40 * DAY;
    county.set('project', id, { note: '一' });
    const late = await county.send(city);
    county.set('project', id, { note: '二' });
    await up();
    accept();
    expect((await city.read(late)).waiting.clock).toBe(0);
    expect(city.get('project', id, 'note')).toBe('二');
    county.skew = 0;
    await down();
    world.clock.tick(50 * DAY);
    await up();
    await down();
    expect(city.get('project', id, 'note')).toBe('二');
    expectAlike('project', 'conflict', 'clockShift');
    expect(city.rows('conflict')).toEqual([]);
  });

  it('what the county wrote last stands, also over a value of a time that its clock was only minutes fast', async () => {
    const id = county.addProject('甲');
    await up();
    await down();
    county.skew = 5 * 60_000;
    county.set('project', id, { stage: 'completed' });
    const late = await county.send(city);
    county.skew = 40 * DAY;
    county.set('project', id, { stage: 'building' });
    await up();
    accept();
    county.skew = 0;
    // By its time it is the later one now; that it is not, only the county knows.
    await city.read(late);
    expect(city.get('project', id, 'stage')).toBe('completed');
    await down();
    await up();
    expect(city.get('project', id, 'stage')).toBe('building');
    await down();
    expect(county.get('project', id, 'stage')).toBe('building');
    expectAlike('project', 'conflict', 'clockShift');
  });

  it('a clock that is behind itself decides about none: everybody seems to be ahead of it', async () => {
    city.skew = -YEAR;
    county.set('project', county.addProject('新项目'), { note: '一' });
    expect(words(await up())).toMatch(/对方时钟超前一天以上/u);
    expect(accept).toThrow(/可能是本机时钟落后.*请先校准本机日期和时间/u);
    expect(city.rows('clockShift')).toEqual([]);
    city.skew = 0;
    await up();
    // Its time has come meanwhile.
    expect(city.rows('project').map((row) => row['note'])).toEqual(['一']);
  });

  it('nobody decides about the clock of the office above, nor is a decision believed that is not its maker’s to make', async () => {
    city.skew = 3 * DAY;
    city.addProject('市里的', county.unitId);
    await down();
    expect(() => acceptAhead(county.store, city.officeId, county.actor())).toThrow(/不是本单位的下级/u);
    city.skew = 0;
    const { streamTag } = readIdentity(city.store);
    county.add('clockShift', {
      parentOfficeId: county.officeId,
      officeId: city.officeId,
      streamTag,
      fromStamp: '0000000000010000',
      shiftMs: 1000,
    });
    const held = city.dump('project', 'office', 'rule');
    await up();
    expect(city.dump('project', 'office', 'rule')).toBe(held);
    await up();
  });
});
