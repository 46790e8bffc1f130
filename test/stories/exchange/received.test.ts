import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoImport } from '../../../electron/ledger/exchange/import/undo-import.ts';
import { openAsOf } from '../../../electron/ledger/store/as-of.ts';
import { receivedIn } from '../../../electron/ledger/store/change-record.ts';
import { historyOf } from '../../../electron/ledger/store/undo.ts';
import { type Office, type Region, region } from './offices.ts';

let world: Region;
let city: Office;
let baoqing: Office;

beforeEach(async () => {
  world = await region();
  city = world.city;
  baoqing = world.counties[0] ?? expect.fail('county');
});
afterEach(() => world.close());

const MANY = 60;

/** What the city's journal says of the rows that came, one record each. */
const recordsOf = (entity: string): readonly string[] =>
  city.store.db
    .prepare('SELECT "record" FROM "change" WHERE "entity" = ? ORDER BY "seq"')
    .pluck()
    .all(entity) as string[];
const textsKept = (): number => city.store.db.prepare('SELECT count(*) FROM "received"').pluck().get() as number;

function addMany(): readonly string[] {
  const project = baoqing.addProject('污水处理厂');
  return Array.from({ length: MANY }, (_, index) =>
    baoqing.add('link', { projectId: project, name: `第${index}步`, note: `主体工程施工至地上${index}层` }),
  );
}

async function up(full = false) {
  return city.read(await baoqing.send(city, full));
}

describe('[exchange] rows that came are noted by where they stand in what came', () => {
  it('and their history, the past and the rebuilt tables read them there', async () => {
    const [first = ''] = addMany();
    await up();
    const texts = new Set(recordsOf('link').map(receivedIn));
    expect([...texts]).toEqual([expect.stringMatching(/^[\w-]{22}$/u)]);
    const before = city.clock.tick();
    baoqing.set('link', first, { name: '立项' });
    await up();
    expect(historyOf(city.store, first, 10).map(({ field, before: old, after }) => [field, old, after])).toEqual([
      ['name', '第0步', '立项'],
      ['projectId', null, expect.any(String)],
      ['name', null, '第0步'],
      ['note', null, '主体工程施工至地上0层'],
    ]);
    const past = openAsOf(city.store, before);
    expect(past.db.prepare('SELECT "name", "note" FROM "link" WHERE "id" = ?').get(first)).toEqual({
      name: '第0步',
      note: '主体工程施工至地上0层',
    });
    past.close();
  });

  it('which is kept only where it is worth it, and once', async () => {
    addMany();
    const first = await up();
    const kept = textsKept();
    undoImport(city.store, first.exchangeId ?? '', city.actor());
    expect(city.rows('link')).toEqual([]);
    expect((await up(true)).state).toBe('applied');
    expect(city.rows('link')).toHaveLength(MANY);
    const again = textsKept();
    baoqing.add('link', { projectId: baoqing.addProject('热电厂'), name: '选址' });
    await up(true);
    // One project and one step in a file of sixty.
    expect(textsKept()).toBe(again);
    expect(recordsOf('link').map(receivedIn).at(-1)).toBeNull();
    expect(again - kept).toBeLessThanOrEqual(1);
    expect(historyOf(city.store, city.rows('link').at(-1)?.['id'] as string, 1).map(({ after }) => after)).toContain(
      '选址',
    );
  });

  it('and one that is damaged is told of, with the rows that cannot be proved any more', async () => {
    addMany();
    await up();
    const body = city.store.db.prepare('SELECT "body" FROM "received" ORDER BY rowid DESC').pluck().get() as Buffer;
    const broken = Buffer.from(body);
    broken[broken.length >> 1] = (broken[broken.length >> 1] ?? 0) ^ 1;
    const put = city.store.db.prepare('UPDATE "received" SET "body" = ? WHERE "body" = ?');
    put.run(broken, body);
    const told = city.complaints();
    expect(told[0]).toMatch(/收到的原文“[\w-]{22}”与摘要不符/u);
    expect(told.some((text) => text.includes('读不出来'))).toBe(true);
    put.run(body, broken);
    expect(city.complaints()).toEqual([]);
  });
});
