import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { exportTo, Importer, join as joinOffice } from '../../electron/ledger/exchange/index.ts';
import { type Change, commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import type { Value } from '../../shared/dictionary/index.ts';
import { asLines, graveFaults } from '../helpers/axe.ts';
import { type JoinedOffices, joinedOffices } from '../helpers/joined-offices.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  largeScreen,
  launch,
  picture,
  waitUntilQuiet,
} from '../helpers/launch.ts';

/** What the operator sees of a cloned ledger, on both sides, and of the conflict desk (exchange design, What the operator sees). */

test.describe.configure({ mode: 'serial' });

let offices: JoinedOffices;
const at = (name: string): string => join(offices.folder, name);
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const goTo = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();
let clock = Date.UTC(2021, 4, 18, 3);
const actorOf = (operator: string) => {
  clock += 60_000;
  return { operator, now: clock };
};

/** The screen at both sizes that offices have; nothing on it may be hard to read or to reach. */
async function look({ page, app }: Driven, name: string): Promise<void> {
  const resize = (width: number, height: number): Promise<void> =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
      width,
      height,
    ] as [number, number]);
  await waitUntilQuiet(page);
  await picture(page, 'e2e-exchange', `${name}-1366`);
  expect.soft(asLines(await graveFaults(page, { include: 'main' }), 1), name).toEqual([]);
  await resize(...largeScreen);
  await waitUntilQuiet(page);
  await picture(page, 'e2e-exchange', `${name}-1920`);
  await resize(1366, 768);
}

/** One edit by another office's clerk, on the clerk's own PC. */
function edit(ledger: string, operator: string, ...changes: Change[]): void {
  const store = openStore(ledger);
  commit(store, { kind: 'edit', title: '修改', changes }, actorOf(operator));
  store.close();
}

async function write(from: string, to: string, folder: string, machine: string): Promise<string> {
  const receiver = openStore(to, { readOnly: true });
  const { officeId } = readIdentity(receiver);
  receiver.close();
  const sender = openStore(from);
  const { path } = await exportTo(sender, { officeId, full: false }, folder, { actor: actorOf('经办人'), machine });
  sender.close();
  return path;
}

async function read(ledger: string, path: string): Promise<void> {
  const store = openStore(ledger);
  const importer = new Importer(store);
  const report = await importer.apply(path, { actor: actorOf('经办人') }).finally(() => importer.close());
  store.close();
  expect(report.fault).toBeNull();
}

function stored(ledger: string, entity: 'project' | 'proposal' | 'conflict', where: string, field: string): unknown {
  const store = openStore(ledger, { readOnly: true });
  try {
    return store.db.prepare(`SELECT "${field}" FROM "${entity}" WHERE ${where}`).pluck().get();
  } finally {
    store.close();
  }
}

async function preview({ page, app }: Driven, paths: readonly string[]): Promise<void> {
  await goTo(page, '交换');
  await page.getByRole('tab', { name: '导入' }).click();
  await answerOpenDialog(app, paths);
  await button(page, '选择文件').first().click();
  await waitUntilQuiet(page);
}

async function open(path: string, sticks = '', dataFolder?: string): Promise<Driven> {
  const env = { BAOBAO_STICKS: sticks };
  const driven = await launch({ args: [path], env, ...(dataFolder === undefined ? {} : { dataFolder }) });
  await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  return driven;
}

function newProject(ledger: string, name: string): Change {
  const unitId = stored(ledger, 'project', `"voided" = 0 AND "unitId" IS NOT NULL`, 'unitId') as Value;
  return { entity: 'project', id: newId(), set: { name, unitId, stage: 'preparing' } };
}

test.beforeAll(async () => {
  offices = await joinedOffices(['青禾县', '望川县']);
});

test('[exchange] a cloned ledger: both sides are told which PC and since when, one button cures it, both works are kept', async () => {
  const first = offices.counties['青禾县'] ?? '';
  const clone = at('青禾县（新电脑）.bbledger');
  const sticks = ['旧电脑的U盘', '新电脑的U盘', '市里的U盘'].map(at);
  for (const folder of sticks) mkdirSync(folder);
  const [oldStick = '', newStick = '', cityStick = ''] = sticks;
  copyFileSync(first, clone);
  edit(first, '李某', newProject(first, '旧电脑上登记的项目'));
  edit(clone, '周某', newProject(clone, '新电脑上登记的项目'));
  const fromFirst = await write(first, offices.city, oldStick, '发改局-01');
  const fromClone = await write(clone, offices.city, newStick, '发改局-02');

  const city = await open(offices.city);
  try {
    await preview(city, [fromFirst]);
    await button(city.page, '导入 1 个文件').click();
    await expect(city.page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
    await preview(city, [fromClone]);
    const notice = city.page.getByRole('alert').filter({ hasText: '疑似两台电脑同一身份' });
    await expect(notice).toContainText('青禾县重点项目办公室的台账被复制到另一台电脑，或放回过旧文件');
    await expect(notice).toContainText('电脑“发改局-01”');
    await expect(notice).toContainText('请青禾县重点项目办公室在电脑“发改局-02”上打开“交换”');
    await expect(button(city.page, /^导入 \d+ 个文件$/u)).toHaveCount(0);
    await look(city, '1-clone-city');
    await city.page.getByRole('tab', { name: '收发登记' }).click();
    await expect(city.page.getByText('未导入，疑似两台电脑')).toBeVisible();
    await look(city, '2-clone-register');
  } finally {
    await city.app.close();
  }

  const down = await write(offices.city, clone, cityStick, '市办-01');
  const county = await open(clone, newStick);
  try {
    await preview(county, [down]);
    await button(county.page, '导入 1 个文件').click();
    await expect(county.page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
    await county.page.getByRole('tab', { name: '往来单位' }).click();
    await expect(county.page.getByText('上级发现有两台电脑用本单位的身份报送，本机的文件没有收下')).toBeVisible();
    await look(county, '3-clone-county');
    await button(county.page, '换用新编号').click();
    await expect(county.page.getByRole('checkbox', { name: /全量/u })).toBeChecked();
    await look(county, '4-clone-cured');
    await button(county.page, /^导出到U盘/u).click();
    await expect(county.page.getByText('已写入并读回核对一致')).toBeVisible({ timeout: 60_000 });
  } finally {
    await county.app.close();
  }

  // The other PC learns of it too, and has nothing to do.
  const old = await open(first, '', at('旧电脑'));
  try {
    await preview(old, [down]);
    await button(old.page, '导入 1 个文件').click();
    await expect(old.page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
    await old.page.getByRole('tab', { name: '往来单位' }).click();
    await expect(old.page.getByText('上级发现另有一台电脑也用本单位的身份报送')).toBeVisible();
    await look(old, '5-clone-other-pc');
    await button(old.page, '知道了').click();
    await expect(old.page.getByText('上级发现另有一台电脑')).toHaveCount(0);
  } finally {
    await old.app.close();
  }

  const again = await open(offices.city);
  try {
    await again.page.getByRole('menuitem', { name: '交换' }).click();
    await again.page.getByRole('tab', { name: '导入' }).click();
    await answerOpenDialog(again.app, [newStick]);
    await button(again.page, '选择文件夹或U盘').last().click();
    await expect(again.page.getByText('可以导入', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(again.page.getByText(/从此文件起重新计数.*经办人换用新编号/u)).toBeVisible();
    await look(again, '6-clone-cured-city');
    await button(again.page, '导入 1 个文件').click();
    await expect(again.page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
    // The file that was refused is taken too now: nothing of it is newer, nothing is in the way.
    await preview(again, [fromClone]);
    await expect(again.page.getByText(/^较早文件/u)).toBeVisible({ timeout: 60_000 });
  } finally {
    await again.app.close();
  }

  // The old PC goes on all the same, under the number that the new one has left.
  edit(first, '李某', newProject(first, '旧电脑上又登记的项目'));
  await read(offices.city, await write(first, offices.city, oldStick, '发改局-01'));
  await read(first, await write(offices.city, first, cityStick, '市办-01'));
  const goesOn = await open(first, '', at('旧电脑'));
  try {
    await goTo(goesOn.page, '交换');
    await expect(goesOn.page.getByText(/两台电脑用本单位的身份报送，本机用的是旧编号/u)).toBeVisible();
    await look(goesOn, '6-clone-old-number');
    await button(goesOn.page, '换用新编号').click();
    await expect(goesOn.page.getByRole('checkbox', { name: /全量/u })).toBeChecked();
  } finally {
    await goesOn.app.close();
  }
  for (const name of ['旧电脑上登记的项目', '新电脑上登记的项目', '旧电脑上又登记的项目']) {
    expect(stored(offices.city, 'project', `"name" = '${name}'`, 'name')).toBe(name);
  }
});

test('[exchange] a ledger put back to an older file is recognised on its own PC, and said on both sides', async () => {
  const county = offices.counties['望川县'] ?? '';
  const dataFolder = at('望川县的电脑');
  const older = at('望川县（旧）.bbledger');
  const stick = at('望川县的U盘');
  mkdirSync(stick);
  const first = await launch({ args: [county], dataFolder });
  await first.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  await first.app.close();
  copyFileSync(county, older);
  edit(county, '郑某', newProject(county, '放回旧文件以前登记的'));
  await read(offices.city, await write(county, offices.city, stick, '望川-01'));
  const known = await launch({ args: [county], dataFolder });
  await known.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  await known.app.close();
  copyFileSync(older, county);

  const driven = await launch({ args: [county], dataFolder, env: { BAOBAO_STICKS: stick } });
  const { page } = driven;
  try {
    await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
    await goTo(page, '交换');
    await expect(page.getByText(/起换用了新编号：台账文件比本机记录的旧（放回了旧文件）/u)).toBeVisible();
    await look(driven, '7-rollback-county');
    await goTo(page, '设置');
    await page.getByRole('link', { name: '备份与恢复' }).click();
    await expect(page.getByText(/第 2 次启用/u)).toBeVisible();
    await look(driven, '8-rollback-settings');
  } finally {
    await driven.app.close();
  }
  await read(offices.city, await write(county, offices.city, stick, '望川-01'));
  // What the older file lacked comes back with the city's next file.
  await read(county, await write(offices.city, county, at('市里的U盘'), '市办-01'));
  expect(stored(county, 'project', `"name" = '放回旧文件以前登记的'`, 'name')).toBe('放回旧文件以前登记的');
});

test('[exchange] the conflict desk: suggestions taken and left, conflicts decided one by one and in bulk', async () => {
  const county = offices.counties['望川县'] ?? '';
  const store = openStore(county);
  const projects = store.db
    .prepare(`SELECT "id", "name" FROM "project" WHERE "voided" = 0 ORDER BY "name" LIMIT 4`)
    .all() as { readonly id: string; readonly name: string }[];
  const people = store.db
    .prepare(
      `SELECT "id", "name" FROM "person" WHERE "voided" = 0 GROUP BY "name" HAVING count(*) = 1 ORDER BY "name" LIMIT 3`,
    )
    .all() as { readonly id: string; readonly name: string }[];
  store.close();
  // After whatever the windows have written on the pinned day.
  clock = Math.max(clock, Date.UTC(2021, 4, 18, 16));
  const [a, b, c, d] = projects.map(({ id }) => id);
  const set = (id: string | undefined, values: Record<string, Value>): Change => ({
    entity: 'project',
    id: id ?? '',
    set: values,
  });
  // What the unit decides, changed by the city: suggestions. What both may set, changed by both: conflicts.
  edit(
    offices.city,
    '王某',
    set(a, { content: '新建日处理五千吨污水处理站一座，配套管网十二公里', annualGoal: '年底前通水' }),
    set(b, { content: '改造老旧管网二十公里' }),
    ...[a, b, c].map((id) => set(id, { note: '市里：已列入省级调度' })),
    set(d, { note: '市里：待省厅批复', taskForceLeaderId: people[0]?.id ?? null }),
  );
  edit(
    county,
    '郑某',
    ...[a, b, c].map((id) => set(id, { note: '县里：已列入市级调度' })),
    set(d, { note: '县里：批复已下', taskForceLeaderId: people[1]?.id ?? null }),
  );
  const down = await write(offices.city, county, at('市里的U盘'), '市办-01');
  const driven = await open(county);
  const { page } = driven;
  try {
    await preview(driven, [down]);
    await expect(page.getByText(/已列为建议修改/u)).toBeVisible({ timeout: 60_000 });
    await look(driven, '9-preview-disputes');
    await button(page, '导入 1 个文件').click();
    await expect(page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('tab', { name: /建议|冲突/u }).click();
    await expect(page.getByText('建议修改（3）')).toBeVisible();
    await expect(page.getByText('冲突（5）')).toBeVisible();
    await look(driven, '10-desk');
    // Neither of the two: a third person.
    await page.getByRole('combobox', { name: '专班班长另选一个' }).fill(people[2]?.name ?? '');
    await page.locator(`.ant-select-item-option[title="${people[2]?.name}"]`).click();
    await expect(page.getByText('冲突（4）')).toBeVisible();
    const suggestion = (text: string): Locator => page.getByRole('row').filter({ hasText: text });
    await suggestion('新建日处理五千吨').getByRole('button', { name: '采纳', exact: true }).click();
    await expect(page.getByText('建议修改（2）')).toBeVisible();
    await suggestion('改造老旧管网二十公里').getByRole('button', { name: '不采纳' }).click();
    await expect(page.getByText('建议修改（1）')).toBeVisible();
    const boxes = page.getByRole('checkbox', { name: /^选择/u });
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await page.getByRole('combobox', { name: '处理冲突的规则' }).click();
    await page.locator('.ant-select-item-option[title="对方的为准"]').click();
    await button(page, '用于所选 2 处').click();
    await expect(page.getByText('冲突（2）')).toBeVisible();
    await page.getByLabel('备注另填一个值').first().fill('省级、市级均已列入调度');
    await button(page, '填入').first().click();
    await expect(page.getByText('冲突（1）')).toBeVisible();
    await look(driven, '11-desk-decided');
  } finally {
    await driven.app.close();
  }
  expect(stored(county, 'project', `"id" = '${a}'`, 'content')).toContain('新建日处理五千吨');
  expect(stored(county, 'project', `"id" = '${d}'`, 'taskForceLeaderId')).toBe(people[2]?.id);
  expect(stored(county, 'project', `"note" = '省级、市级均已列入调度'`, 'id')).toBeDefined();
  await read(offices.city, await write(county, offices.city, at('望川县的U盘'), '望川-01'));
  expect(stored(offices.city, 'project', `"id" = '${a}'`, 'content')).toContain('新建日处理五千吨');
  expect(stored(offices.city, 'project', `"id" = '${b}'`, 'content')).toBe(
    stored(county, 'project', `"id" = '${b}'`, 'content'),
  );
  expect(stored(offices.city, 'project', `"note" = '省级、市级均已列入调度'`, 'id')).toBeDefined();
});

test('[exchange] three tiers: the city registers a town under a county, the county invites it and admits it', async () => {
  const county = offices.counties['青禾县'] ?? '';
  const unitId = newId();
  const set = { name: '桃源镇', kind: 'town' };
  edit(offices.city, '王某', { entity: 'responsibilityUnit', id: unitId, set });
  const pick = async (page: Page, label: string, option: string): Promise<void> => {
    // The list draws only what is in sight: what is typed narrows it down.
    await page.getByRole('combobox', { name: label }).fill(option);
    await page.locator(`.ant-select-item-option[title="${option}"]`).click();
  };

  const city = await open(offices.city);
  try {
    await goTo(city.page, '交换');
    await button(city.page, '制作入网文件').click();
    await pick(city.page, '责任单位', '桃源镇');
    await pick(city.page, '报送给', '青禾县重点项目办公室');
    await expect(city.page.getByLabel('口令')).toHaveCount(0);
    await waitUntilQuiet(city.page);
    await picture(city.page, 'e2e-exchange', '12-town-registered-1366');
    await button(city.page, /^登\s*记$/u).click();
    await expect(city.page.getByText(/已登记：桃源镇 报 青禾县/u)).toBeVisible();
  } finally {
    await city.app.close();
  }
  const stick = at('青禾县的U盘');
  mkdirSync(stick);
  await read(county, await write(offices.city, county, stick, '市办-01'));

  const invitation = at('桃源镇_入网.bbsync');
  const clerk = await open(county);
  try {
    await goTo(clerk.page, '交换');
    await expect(clerk.page.getByRole('row', { name: /桃源镇 待入网/u })).toBeVisible();
    await button(clerk.page, '制作入网文件').click();
    await pick(clerk.page, '下级填报端', '桃源镇（待入网）');
    await clerk.page.getByLabel('口令').fill('百日会战2021');
    await waitUntilQuiet(clerk.page);
    await picture(clerk.page, 'e2e-exchange', '13-town-invited-1366');
    await answerSaveDialog(clerk.app, invitation);
    await button(clerk.page, '选择保存位置并制作').click();
    await expect(clerk.page.getByText(/已写入 桃源镇_入网/u)).toBeVisible({ timeout: 60_000 });

    const town = await joinOffice(
      { enrolmentPath: invitation, passphrase: '百日会战2021', ledgerPath: at('桃源镇.bbledger') },
      { actor: actorOf('陈某') },
    );
    commit(
      town,
      {
        kind: 'edit',
        title: '新建',
        changes: [{ entity: 'project', id: newId(), set: { name: '桃源镇粮食烘干塔', unitId, stage: 'preparing' } }],
      },
      actorOf('陈某'),
    );
    town.close();
    const first = await write(at('桃源镇.bbledger'), county, stick, '桃源镇-01');
    await preview(clerk, [first]);
    await expect(clerk.page.getByText(/第一次报送/u)).toBeVisible();
    await look(clerk, '14-town-candidate');
  } finally {
    await clerk.app.close();
  }
});
