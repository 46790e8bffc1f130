import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import ExcelJS from 'exceljs';
import { incarnate } from '../../electron/ledger/backup/incarnation.ts';
import { exportTo, pack } from '../../electron/ledger/exchange/export/export.ts';
import { keysOf, officeRow } from '../../electron/ledger/exchange/offices/keys.ts';
import { writeMeta } from '../../electron/ledger/store/meta.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { answerOpenDialog, answerSaveDialog, type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';
import { type Office, type Region, region } from '../stories/exchange/offices.ts';
import { saying } from '../stories/exchange/saying.ts';

/**
 * What the clerk of the city meets in the table of situations of the exchange design, one picture each, on files of real
 * offices. Those of clones, restored ledgers, damaged files, foreign files and repeated ones are in `exchange.spec.ts` and
 * `bad-input.spec.ts`.
 */

test.describe.configure({ mode: 'serial' });

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const TODAY = '2021-05-18';

let world: Region;
let driven: Driven;
let cityPath: string;
let countyPath: string;
/** Sync files by what is unusual about them. */
const files = new Map<string, string>();
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

/** A file of a program that says other things of it, with whatever rows it puts before its own. */
async function special(
  from: Office,
  to: Office,
  facts: object,
  ...first: NonNullable<Parameters<typeof pack>[3]['first']>
) {
  const request = { officeId: to.officeId, full: false };
  const options = { actor: from.actor(), medium: saying(facts) };
  if (first.length === 0) return (await exportTo(from.store, request, from.stick, options)).path;
  const above = officeRow(from.store, to.officeId);
  const keys = above ? keysOf(above) : null;
  if (keys === null) throw new Error('no keys');
  const addressees = [{ kind: 'office', officeId: to.officeId, keys }] as const;
  return (await pack(from.store, request, from.stick, { kind: 'upward', addressees, enrolment: null, first }, options))
    .path;
}

/** The city's disk fails after it has acknowledged a file: the county's next one has a gap before it. */
async function withGap(city: Office, county: Office): Promise<void> {
  const project = county.addProject('友谊县污水处理厂');
  const link = county.add('link', { projectId: project, name: '立项' });
  const backup = city.backUp();
  await city.read(await county.send(city));
  await county.read(await city.send(county));
  city.goBackTo(backup);
  incarnate(city.store, 'behind', world.clock.tick(), { atLeast: 1 });
  county.set('link', link, { note: '已报送' });
  files.set('gap', await county.send(city));
  files.set('restored city', await city.send(county));
}

/** A newer program sends a field of a project that this one has never heard of. */
async function ofNewerVersion(city: Office, county: Office): Promise<void> {
  const id = county.addProject('饶河县冷链物流园');
  files.set('older', await county.send(city));
  county.addProject('饶河县粮食烘干塔');
  await city.read(await county.send(city));
  const stamp = String(county.get('project', id, '_stamp'));
  const columns = ['droneFlights'];
  const later = `${world.clock.now.toString(16).padStart(12, '0')}0000${stamp.slice(16)}`;
  const stamps = { droneFlights: later };
  const row = { id, stamp, whole: false, columns, values: ['每周航拍'], stamps, bases: null };
  const program = { version: '2.3.0', schema: 99, dictionary: 'a'.repeat(64) };
  const first = { entity: 'project', columns, row };
  files.set('newer minor', await special(county, city, { version: [1, 9], program, uses: ['maps-3'] }, first));
  files.set('newer major', await special(county, city, { version: [2, 0], program }));
}

async function ofWrongClocks(city: Office, county: Office): Promise<void> {
  await county.read(await city.send(county));
  county.skew = -30 * HOUR;
  county.addProject('来自前天的项目');
  files.set('clock behind', await county.send(city));
  county.skew = 40 * DAY;
  county.addProject('来自下月的项目');
  files.set('clock ahead', await county.send(city));
  county.skew = 0;
}

async function ofMassChange(city: Office, county: Office): Promise<void> {
  const ids = Array.from({ length: 30 }, (_, index) => county.addProject(`宝清县第${index + 1}号项目`));
  await city.read(await county.send(city));
  county.commit('作废', ...ids.slice(0, 12).map((id) => ({ entity: 'project' as const, id, set: { voided: 1 } })));
  files.set('mass change', await county.send(city));
}

/** Somebody with a copy of the county's ledger, but not its keys. */
async function ofForger(city: Office, county: Office): Promise<void> {
  const forger = county.clone();
  forger.store.db.exec('DELETE FROM "keyring"');
  files.set('forged', await forger.send(city));
  forger.close();
}

test.beforeAll(async () => {
  world = await region();
  const { city } = world;
  const [baoqing, youyi, raohe] = world.counties as [Office, Office, Office];
  await withGap(city, youyi);
  // The others have heard that the city was restored, and sent everything again.
  for (const county of [baoqing, raohe]) {
    await county.read(await city.send(county));
    await city.read(await county.send(city));
  }
  await ofNewerVersion(city, raohe);
  await ofMassChange(city, baoqing);
  await ofForger(city, baoqing);
  world.clock.now = new Date(`${TODAY}T00:30:00+08:00`).getTime();
  await ofWrongClocks(city, raohe);
  files.set('revoked', await raohe.send(city));
  for (const { store } of [city, ...world.counties]) {
    writeMeta(store, 'today', TODAY);
    // As a ledger that this PC's program has made: one that it has never seen would go on under a new stream.
    store.db.exec(`DELETE FROM "meta" WHERE "key" = 'guarded'`);
  }
  const { path } = city.store;
  cityPath = path;
  countyPath = youyi.store.path;
  for (const { store } of [city, ...world.counties]) store.close();
  driven = await launch({ args: [path] });
  await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  await driven.page.getByRole('menuitem', { name: '交换' }).click();
});

test.afterAll(async () => {
  await driven.app.close();
});

/** Looks at a file, as the clerk does before anything is imported. */
async function preview(what: string): Promise<Page> {
  const { page, app } = driven;
  await page.getByRole('tab', { name: '导入' }).click();
  await answerOpenDialog(app, [files.get(what) ?? '']);
  await button(page, '选择文件').first().click();
  await expect(page.locator('.ant-card-head-title')).toBeVisible();
  await waitUntilQuiet(page, 400);
  return page;
}

async function shot(page: Page, name: string): Promise<void> {
  await waitUntilQuiet(page, 400);
  await picture(page, 'e2e-situations', name);
  const found = await page.evaluate(() => ({
    words: document.body.textContent.match(/\b(undefined|null|NaN|Invalid|Error|false|true)\b/gu) ?? [],
    across: document.documentElement.scrollWidth - innerWidth,
  }));
  expect(found, name).toEqual({ words: [], across: 0 });
}

const UNTOUCHED = '没有导入任何内容，台账未改动';

test('[exchange] gap and absent parent', async () => {
  const page = await preview('gap');
  await expect(page.getByRole('alert').getByText(/^数据不完整：缺第 \d+–\d+ 号变更，请对方重新导出。$/u)).toBeVisible();
  await expect(page.getByText(/^待补 1 条/u)).toBeVisible();
  await shot(page, '1-gap');
  await button(page, '导入 1 个文件').click();
  await expect(page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: '建议与冲突' }).click();
  await expect(page.getByText('暂存的来件内容（1）')).toBeVisible();
  await expect(page.getByText('所属项目或单位还没有收到，收到后自动补入')).toBeVisible();
  await expect(page.getByRole('cell', { name: '环节', exact: true })).toBeVisible();
  await shot(page, '1-gap-waiting');
  await page.getByRole('menuitem', { name: '旬报' }).click();
  await expect(page.getByRole('row', { name: /友谊县\s*数据不完整/u })).toBeVisible();
  await shot(page, '1-gap-reports');
  await page.getByRole('menuitem', { name: '交换' }).click();
});

test('[exchange] older file after a newer one', async () => {
  const page = await preview('older');
  await expect(page.getByText(/^较早文件，补入 0 条/u)).toBeVisible();
  await shot(page, '2-older');
});

test('[exchange] clock behind', async () => {
  const page = await preview('clock behind');
  await expect(page.getByText(/^对方时钟比本机落后至少 .*请双方核对电脑的日期和时间。$/u)).toBeVisible();
  await shot(page, '3-clock-behind');
});

test('[exchange] clock more than a day ahead', async () => {
  const page = await preview('clock ahead');
  await expect(page.getByText(/^对方时钟超前一天以上，有 \d+ 条暂存/u)).toBeVisible();
  await shot(page, '4-clock-ahead');
});

test('[exchange] newer major: the version that is needed', async () => {
  const page = await preview('newer major');
  await expect(page.getByText(new RegExp(`${UNTOUCHED}。请先升级程序到 2.3.0 以上再导入。`, 'u'))).toBeVisible();
  await shot(page, '5-newer-major');
});

test('[exchange] newer minor: the unknown is kept and counted', async () => {
  const page = await preview('newer minor');
  await expect(page.getByText(/^有 1 处较新版本的内容暂不显示/u)).toBeVisible();
  await shot(page, '6-newer-minor');
});

test('[exchange] signature that does not fit', async () => {
  const page = await preview('forged');
  await expect(page.getByText(new RegExp(`签名不符.*${UNTOUCHED}`, 'u'))).toBeVisible();
  await shot(page, '7-forged');
});

test('[exchange] files dropped on the window are looked at, whatever screen is open', async () => {
  const { page } = driven;
  await page.getByRole('menuitem', { name: '组织' }).click();
  await expect(page.getByRole('heading', { name: '组织', exact: true })).toBeVisible();
  const devtools = await page.context().newCDPSession(page);
  // The protocol of the developer tools takes no other names where the system's locale is plain.
  const paths = ['older', 'forged'].map((name) => {
    const path = join(world.folder, `${name}.bbsync`);
    copyFileSync(files.get(name) ?? '', path);
    return path;
  });
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await expect(page.getByText(/^较早文件，补入 0 条/u)).toBeVisible();
  await expect(page.getByText(/签名不符/u)).toBeVisible();
  await expect(page.getByRole('tab', { name: '导入', selected: true })).toBeVisible();
  await devtools.detach();
  await button(page, '不导入').click();
  // They were dropped once: another visit of the screen does not look at them again.
  await page.getByRole('tab', { name: '往来单位' }).click();
  await page.getByRole('tab', { name: '导入' }).click();
  await waitUntilQuiet(page, 400);
  await expect(page.getByText(/^选择一个或多个同步文件/u)).toBeVisible();
  await expect(page.locator('.ant-card-head-title')).toHaveCount(0);
});

test('[exchange] mass change: stops and asks, then goes on', async () => {
  const page = await preview('mass change');
  await expect(page.getByRole('alert')).toHaveText('异常批量变更：30 条项目中有 12 条被作废。请与发送单位核对。');
  await expect(button(page, '导入 1 个文件')).toBeDisabled();
  await shot(page, '8-mass-change');
  await page.getByRole('checkbox', { name: '已与对方核实，大批变更属实' }).check();
  await button(page, '导入 1 个文件').click();
  await expect(page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('导入时经办人已与发送单位核实。')).toBeVisible();
  await shot(page, '9-mass-change-imported');
  await button(page, '接收回执').click();
  await expect(page.frameLocator('iframe').getByText('数据文件接收回执')).toBeVisible();
  await shot(page, '10-receipt');
  await page.keyboard.press('Escape');
});

test('[exchange] the register: digest and outcome of each file, on paper and in Excel', async () => {
  const { page, app } = driven;
  await page.getByRole('tab', { name: '收发登记' }).click();
  const row = page.getByRole('row', { name: /宝清县.*第4号/u }).first();
  await row.getByRole('button', { name: '展开行' }).click();
  const digest = await page.locator('code').textContent();
  expect(digest).toMatch(/^(?:[0-9a-f]{8} ){3}[0-9a-f]{8}$/u);
  await shot(page, '11-register');
  await button(page, /^打\s*印$/u).click();
  await expect(page.frameLocator('iframe').getByText('数据文件收发登记表').first()).toBeVisible();
  await shot(page, '12-register-paper');
  await page.keyboard.press('Escape');
  const path = join(world.folder, '收发登记.xlsx');
  await answerSaveDialog(app, path);
  await button(page, '导出 Excel').click();
  await expect(page.getByText(/^已导出 \d+ 行/u)).toBeVisible();
  const workbook = await new ExcelJS.Workbook().xlsx.readFile(path);
  const texts = workbook.worksheets[0]?.getSheetValues().flat().map(String);
  expect(texts).toContain(digest);
});

test('[exchange] revoked office', async () => {
  const { page } = driven;
  await page.getByRole('tab', { name: '往来单位' }).click();
  await page
    .getByRole('row', { name: /饶河县/u })
    .getByRole('button', { name: '注销' })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^注\s*销$/u })
    .click();
  await expect(page.getByRole('row', { name: /饶河县 已注销/u })).toBeVisible();
  await preview('revoked');
  await expect(
    page.getByText(new RegExp(`发送单位已注销.*${UNTOUCHED}。如需恢复，请重新办理入网。`, 'u')),
  ).toBeVisible();
  await shot(page, '13-revoked');
});

test('[exchange] an office from which nothing came for longer than a period is marked', async () => {
  await driven.app.close();
  const store = openStore(cityPath);
  writeMeta(store, 'today', '2021-05-30');
  store.close();
  driven = await launch({ args: [cityPath] });
  const { page } = driven;
  await page.getByRole('menuitem', { name: '交换' }).click();
  await expect(page.getByRole('row', { name: /友谊县/u })).toContainText('已 12 天没有收到');
  await expect(page.getByRole('row', { name: /饶河县/u })).not.toContainText('没有收到');
  await shot(page, '15-late');
});

test('[exchange] the city itself restored: its county is told, and sends again what the city lost', async () => {
  await driven.app.close();
  driven = await launch({ args: [countyPath] });
  const { page } = driven;
  await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  await page.getByRole('menuitem', { name: '交换' }).click();
  await preview('restored city');
  await expect(page.getByText(/^对方已还原备份或换了电脑，从此文件起重新计数/u)).toBeVisible();
  await shot(page, '14-restored-city');
  await button(page, '导入 1 个文件').click();
  await expect(page.getByText('已导入', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: '往来单位' }).click();
  await expect(page.getByRole('row', { name: /上级/u })).toContainText(/待送出|[1-9]\d* 条/u);
});
