import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incarnate } from '../../../electron/ledger/backup/incarnation.ts';
import { exportTo } from '../../../electron/ledger/exchange/export/export.ts';
import type { Importer } from '../../../electron/ledger/exchange/import/importer.ts';
import { receivedMatrix } from '../../../electron/ledger/reports/index.ts';
import { type Office, type Region, region } from './offices.ts';
import { saying } from './saying.ts';

/** The table of situations of the exchange design, row by row: what is done, and what the clerk reads. */

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

let world: Region;
let city: Office;
let county: Office;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [county] = world.counties as [Office];
});
afterEach(() => world.close());

type Report = Awaited<ReturnType<Importer['apply']>>;
const words = ({ notes, fault }: Report): string => [...notes, fault?.text ?? ''].join('');
/** Units that the city marks 数据不完整 where it sees who has reported. */
async function incomplete(): Promise<string[]> {
  const { units } = await receivedMatrix(
    city.store,
    { kind: 'tenDay', period: '2021-05-1', count: 1 },
    {
      today: '2021-05-12',
      now: world.clock.now,
    },
  );
  return units.filter(({ cells }) => cells.some((cell) => cell.incomplete)).map(({ unitName }) => unitName);
}

const up = async (): Promise<Report> => city.read(await county.send(city));
const down = async (): Promise<Report> => county.read(await city.send(county));

async function sendSaying(facts: object): Promise<string> {
  const request = { officeId: city.officeId, full: false };
  const options = { actor: county.actor(), medium: saying(facts) };
  return (await exportTo(county.store, request, county.stick, options)).path;
}

async function expectUntouched(work: () => Promise<Report>): Promise<Report> {
  const before = city.dump();
  const report = await work();
  expect(report.state).toBe('refused');
  expect(city.dump()).toBe(before);
  expect(words(report)).toMatch(/台账(未|没有)改动/u);
  return report;
}

describe('[exchange] the table of situations', () => {
  it('same bundle again', async () => {
    county.addProject('甲');
    const file = await county.send(city);
    await city.read(file);
    expect(words(await city.read(file))).toMatch(/^该文件已于.*导入，无新数据。/u);
  });

  it('overlap, or an older file after a newer one', async () => {
    county.addProject('甲');
    const older = await county.send(city);
    county.addProject('乙');
    await up();
    expect(words(await city.read(older))).toMatch(/^较早文件，补入 0 条。/u);
  });

  it('gap; the city itself restored; parent row absent', async () => {
    const id = county.addProject('甲');
    const link = county.add('link', { projectId: id, name: '立项' });
    const backup = city.backUp();
    await up();
    await down();
    city.goBackTo(backup);
    incarnate(city.store, 'behind', world.clock.tick(), { atLeast: 1 });
    county.set('link', link, { note: '已报送' });
    const report = await up();
    expect(words(report)).toMatch(/缺第 \d+–\d+ 号变更，请对方重新导出/u);
    expect(await incomplete()).toEqual([county.name]);
    expect(words(report)).toMatch(/待补 1 条/u);
    // Its acknowledgement goes back by itself, and the county says so and sends again what was lost.
    expect(words(await down())).toMatch(/对方已还原备份或换了电脑，从此文件起重新计数/u);
    expect(words(await up())).toMatch(/补入以前待补的 1 条/u);
    expect(await incomplete()).toEqual([]);
    expect(city.get('link', link, 'note')).toBe('已报送');
  });

  it('chain differs at a known number', async () => {
    const clone = county.clone();
    county.addProject('原机');
    clone.addProject('克隆');
    await up();
    const refused = await expectUntouched(async () => city.read(await clone.send(city)));
    expect(words(refused)).toMatch(/疑似两台电脑同一身份（克隆或还原）.*换用新编号/u);
    clone.close();
  });

  it('lower number, new incarnation', async () => {
    const backup = county.backUp();
    const lost = county.addProject('备份以后');
    await up();
    county.goBackTo(backup);
    incarnate(county.store, 'behind', world.clock.tick());
    expect(words(await up())).toMatch(/对方已还原备份.*起重新计数.*对方丢失的由本单位下一个文件补回/u);
    await down();
    expect(county.get('project', lost, 'name')).toBe('备份以后');
  });

  it('clock more than 24 h ahead', async () => {
    county.skew = 3 * DAY;
    const id = county.addProject('来自大后天');
    const report = await up();
    expect(words(report)).toMatch(/对方时钟超前一天以上，有 1 条暂存，请提示对方校时。/u);
    expect(words(report)).toMatch(/对方时钟超前约 3 天/u);
    expect(city.get('project', id, 'name')).toBeUndefined();
    county.skew = 0;
    world.clock.tick(4 * DAY);
    expect(words(await up())).toMatch(/补入以前待补的 1 条/u);
    expect(city.get('project', id, 'name')).toBe('来自大后天');
  });

  it('clock behind', async () => {
    await down();
    county.skew = -30 * HOUR;
    const id = county.addProject('来自前天');
    const report = await up();
    expect(report).toMatchObject({ state: 'applied' });
    expect(words(report)).toMatch(/对方时钟比本机落后至少 30 小时，内容照收，请双方核对/u);
    expect(city.get('project', id, 'name')).toBe('来自前天');
    // A file that has only lain about says nothing of the kind.
    county.skew = 0;
    const old = await county.send(city);
    world.clock.tick(20 * DAY);
    expect(words(await city.read(old))).not.toContain('落后');
  });

  it('cut, flipped, bad signature', async () => {
    county.addProject('甲');
    const file = await county.send(city);
    const whole = readFileSync(file);
    truncateSync(file, Math.floor(whole.length * 0.7));
    expect(words(await expectUntouched(() => city.read(file)))).toContain('不完整');
    const flipped = Buffer.from(whole);
    const place = flipped.indexOf('data/001.ndjson.gz.enc', flipped.indexOf('manifest.sig')) + 60;
    flipped[place] = (flipped[place] ?? 0) ^ 4;
    writeFileSync(file, flipped);
    expect(words(await expectUntouched(() => city.read(file)))).toMatch(/损坏.*第 \d+ 段/u);
    // Somebody with a copy of the ledger, but not its keys.
    const forger = county.clone();
    forger.store.db.exec('DELETE FROM "keyring"');
    const forged = await forger.send(city);
    expect((await expectUntouched(() => city.read(forged))).fault?.code).toBe('SYNC_BAD_SIGNATURE');
    forger.close();
  });

  it.each([
    ['newer major', { version: [9, 0] }],
    ['unknown `requires`', { requires: ['rows-1', 'maps-3'] }],
  ])('%s', async (_, facts) => {
    county.addProject('甲');
    const file = await sendSaying(facts);
    expect(words(await expectUntouched(() => city.read(file)))).toMatch(/请先升级程序/u);
  });

  it('newer minor: what it may use and we do not know is ignored', async () => {
    const id = county.addProject('甲');
    expect(await city.read(await sendSaying({ version: [1, 99], uses: ['maps-3'] }))).toMatchObject({
      state: 'applied',
    });
    expect(city.get('project', id, 'name')).toBe('甲');
  });

  it('unknown fields are lifted after an upgrade', async () => {
    const id = county.addProject('甲');
    await up();
    // As an older version had left it that did not know the field.
    const stamp = String(city.get('project', id, '_stamp'));
    const later = `${(world.clock.now + 1).toString(16).padStart(12, '0')}0000${stamp.slice(16)}`;
    const record = JSON.stringify(['project', id, stamp, { note: '新字段' }, { note: later }, {}, false]);
    city.store.db
      .prepare(
        `INSERT INTO "parked" ("bundleId", "officeId", "at", "reason", "entity", "rowId", "record", "digest") VALUES ('b', ?, ?, 'unknown', 'project', ?, ?, 'd')`,
      )
      .run(county.officeId, world.clock.now, id, record);
    expect(words(await up())).toMatch(/补入以前待补的 1 条/u);
    expect(city.get('project', id, 'note')).toBe('新字段');
  });

  it.each([
    ['12 条被作废', '县作废', () => ({ voided: 1 })],
    // Only the city passes them on, and then it is the county that loses them.
    ['12 条改由其他单位负责', '市划走', () => ({ unitId: world.counties[1]?.unitId ?? '' })],
  ] as const)('mass change: %s', async (told, what, set) => {
    const ids = Array.from({ length: 30 }, (_, index) => county.addProject(`项目${index}`));
    await up();
    const [from, to] = what === '市划走' ? [city, county] : [county, city];
    from.commit(what, ...ids.slice(0, 12).map((id) => ({ entity: 'project' as const, id, set: set() })));
    const file = await from.send(to);
    expect(words(await to.preview(file))).toContain(`异常批量变更：30 条项目中有 ${told}。请与发送单位核对。`);
    const before = to.dump();
    expect(words(await to.read(file))).toMatch(
      /异常批量变更.*没有导入任何内容，台账未改动.*勾选“已与对方核实，大批变更属实”后再导入/u,
    );
    expect(to.dump()).toBe(before);
    expect(await to.read(file, true)).toMatchObject({ state: 'applied', fault: null });
    expect(to.dump()).not.toBe(before);
    expect(words(await to.read(file))).toMatch(/^该文件已于.*导入，无新数据。/u);
  });

  it('mass change: one in five, or a handful, is ordinary', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => county.addProject(`项目${index}`));
    await up();
    county.commit('作废', ...ids.slice(0, 10).map((id) => ({ entity: 'project' as const, id, set: { voided: 1 } })));
    expect(await up()).toMatchObject({ state: 'applied', massChange: null });
  });
});
