import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { exportTo } from '../../electron/ledger/exchange/index.ts';
import { dump } from '../../electron/ledger/store/dump.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { xlsx } from '../fixtures/workbooks/build.ts';
import { claimedTwice, emptyWorkbook } from '../fixtures/workbooks/fixtures.ts';
import { type JoinedOffices, joinedOffices, submitAll } from '../helpers/joined-offices.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  launch,
  picture,
  tool,
  waitUntilQuiet,
} from '../helpers/launch.ts';

/**
 * Issue 2, *Bad input*: each gives a message that names the thing and the cure, and changes nothing. The ledger's dump is
 * the same text before and after.
 */

let offices: JoinedOffices;
let good: string;
let forAnother: string;
const at = (name: string): string => join(offices.folder, name);

/** A ledger's whole content; possible beside the window that has it open. */
function content(path: string): string {
  const store = openStore(path, { readOnly: true });
  try {
    return [...dump(store)].join('');
  } finally {
    store.close();
  }
}

async function write(from: string, to: string, folder: string): Promise<string> {
  const receiver = openStore(to, { readOnly: true });
  const { officeId } = readIdentity(receiver);
  receiver.close();
  const sender = openStore(from);
  const actor = { operator: '经办人', now: Date.UTC(2021, 4, 18, 3) };
  const { path } = await exportTo(sender, { officeId, full: false }, folder, { actor });
  sender.close();
  return path;
}

test.beforeAll(async () => {
  offices = await joinedOffices(['青禾县', '望川县']);
  const qinghe = offices.counties['青禾县'] ?? '';
  const store = openStore(qinghe);
  await submitAll(store, '2021-05-2');
  store.close();
  good = await write(qinghe, offices.city, offices.stick);
  mkdirSync(at('下行'));
  forAnother = await write(offices.city, offices.counties['望川县'] ?? '', at('下行'));
});

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const goTo = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();
const shot = async (page: Page, name: string): Promise<void> => {
  await waitUntilQuiet(page);
  await picture(page, 'e2e-bad-input', name);
};
/** The card of one file in the preview. */
const card = (page: Page, text: string): Locator => page.locator('.ant-card', { hasText: text });

async function preview({ page, app }: Driven, paths: readonly string[]): Promise<void> {
  await goTo(page, '交换');
  await page.getByRole('tab', { name: '导入' }).click();
  await answerOpenDialog(app, paths);
  await page.getByRole('button', { name: '选择文件', exact: true }).first().click();
  await waitUntilQuiet(page);
}

test.describe('files from a stick', () => {
  test.describe.configure({ mode: 'serial' });
  let driven: Driven;
  test.beforeAll(async () => {
    driven = await launch({ args: [offices.city] });
    await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  });
  test.afterAll(async () => {
    await driven.app.close();
  });

  test('no sync file, cut off, a bit turned over: each is named with its cure, the good one beside them can be read', async () => {
    const { page } = driven;
    const bytes = readFileSync(good);
    writeFileSync(at('通知.bbsync'), '关于报送五月中旬进展的通知');
    writeFileSync(at('没拷完.bbsync'), bytes.subarray(0, Math.floor(bytes.length / 2)));
    const flipped = Buffer.from(bytes);
    const middle = Math.floor(bytes.length * 0.6);
    flipped[middle] = (flipped[middle] ?? 0) ^ 0x10;
    writeFileSync(at('坏了一位.bbsync'), flipped);
    const before = content(offices.city);
    // The good one first: what somebody has to see to comes before it all the same.
    await preview(driven, [good, at('通知.bbsync'), at('没拷完.bbsync'), at('坏了一位.bbsync')]);
    await expect(page.getByText('不能导入', { exact: true })).toHaveCount(3, { timeout: 60_000 });
    await shot(page, '1-three-bad-one-good');
    await expect(card(page, '通知.bbsync')).toContainText(
      '文件“通知.bbsync”不是交换文件，没有导入任何内容，台账未改动。请核对是不是拿错了文件：同步文件由“交换 → 导出”写出，扩展名为 .bbsync。',
    );
    await expect(card(page, '没拷完.bbsync')).toContainText(
      '文件“没拷完.bbsync”不完整，可能没有拷完就拔出了U盘，没有导入任何内容，台账未改动。请对方在原电脑上重新导出',
    );
    await expect(card(page, '坏了一位.bbsync')).toContainText('文件“坏了一位.bbsync”损坏');
    await expect(card(page, '坏了一位.bbsync')).toContainText('换一只U盘再试。');
    await expect(page.getByText('可以导入', { exact: true })).toHaveCount(1);
    await expect(page.locator('.ant-card').last()).toContainText('可以导入');
    await expect(page.getByText('共 4 个文件：可以导入 1 个，不能导入 3 个。')).toBeVisible();
    await expect(button(page, '导入 1 个文件')).toBeEnabled();
    expect(content(offices.city)).toBe(before);
  });

  test('the good one goes in; given again it says so and changes nothing', async () => {
    const { page } = driven;
    await button(page, '导入 1 个文件').click();
    await expect(page.getByText('已导入', { exact: true })).toHaveCount(1, { timeout: 60_000 });
    const before = content(offices.city);
    await preview(driven, [good]);
    await expect(page.getByText('以前导入过', { exact: true })).toBeVisible({ timeout: 60_000 });
    await shot(page, '2-imported-before');
    await expect(button(page, /^导入 \d+ 个文件$/)).toHaveCount(0);
    expect(content(offices.city)).toBe(before);
  });

  test('its own file is not read in again', async () => {
    const { page } = driven;
    await preview(driven, [forAnother]);
    await expect(page.getByText(/是本台账自己导出的，.*请交给收件单位导入/)).toBeVisible({ timeout: 60_000 });
    await shot(page, '3-own-file');
  });

  test('the register keeps the refused ones', async () => {
    const { page } = driven;
    await page.getByRole('tab', { name: '收发登记' }).click();
    await expect(page.getByRole('row', { name: /通知\.bbsync/ })).toContainText('未导入');
    await expect(page.getByRole('row', { name: /没拷完\.bbsync/ })).toBeVisible();
    await shot(page, '4-register');
  });
});

test.describe('sticks of a county', () => {
  test.describe.configure({ mode: 'serial' });
  test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'mounting needs root');
  let driven: Driven;
  let ledger: string;
  const mounted: string[] = [];
  const mount = (name: string, size: string): string => {
    const path = at(name);
    mkdirSync(path);
    tool('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
    mounted.push(path);
    return path;
  };
  let locked: string;
  let full: string;
  test.beforeAll(async () => {
    ledger = offices.counties['望川县'] ?? '';
    locked = mount('写保护盘', '64m');
    tool('mount', ['-o', 'remount,ro', locked]);
    full = mount('快满的盘', '8k');
    driven = await launch({ args: [ledger], env: { BAOBAO_STICKS: `${locked}:${full}` } });
    await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  });
  test.afterAll(async () => {
    await driven.app.close();
    for (const path of mounted) spawnSync('umount', [path]);
  });

  test('a file for another office is not opened', async () => {
    const { page } = driven;
    const path = offices.counties['青禾县'] ?? '';
    const other = await write(offices.city, path, at('下行'));
    const before = content(ledger);
    await preview(driven, [other]);
    await expect(
      page.getByText(/不是发给本单位的.*，没有导入任何内容，台账未改动。请转交收件单位，或请对方另行导出。/),
    ).toBeVisible({ timeout: 60_000 });
    await shot(page, '5-for-another-office');
    expect(content(ledger)).toBe(before);
  });

  test('a write-protected stick says so before and, by another way, after', async () => {
    const { page, app } = driven;
    const before = content(ledger);
    await page.getByRole('tab', { name: '导出' }).click();
    await expect(button(page, 'U盘 写保护盘 是只读的，请检查写保护开关')).toBeDisabled({ timeout: 20_000 });
    await answerSaveDialog(app, join(locked, '上报.bbsync'));
    await button(page, '保存到其他位置').click();
    await expect(
      page
        .getByText('“上报.bbsync”是只读的，没有写入，台账没有改动。请检查U盘的写保护开关，或换一个位置。')
        .or(page.getByText('“写保护盘”是只读的，没有写入，台账没有改动。请检查U盘的写保护开关，或换一个位置。')),
    ).toBeVisible({ timeout: 60_000 });
    await shot(page, '6-read-only');
    expect(content(ledger)).toBe(before);
  });

  test('a full stick: nothing half-written stays on it', async () => {
    const { page } = driven;
    const before = content(ledger);
    await button(page, /^导出到U盘 快满的盘/).click();
    await expect(page.getByText(/空间不足，没有写入，台账没有改动。请清理空间或换一个盘后再试。/)).toBeVisible({
      timeout: 60_000,
    });
    await shot(page, '7-full');
    expect(readdirSync(full)).toEqual([]);
    expect(content(ledger)).toBe(before);
  });
});

test.describe('workbooks', () => {
  test.describe.configure({ mode: 'serial' });
  let driven: Driven;
  let before: string;
  test.beforeAll(async () => {
    driven = await launch({ args: [offices.city] });
    await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
    before = content(offices.city);
  });
  test.afterAll(async () => {
    await driven.app.close();
  });

  async function choose(name: string, bytes: Buffer): Promise<Page> {
    const { page, app } = driven;
    writeFileSync(at(name), bytes);
    await goTo(page, '工作台');
    await goTo(page, '项目台账');
    await button(page, /导入 Excel$/)
      .first()
      .click();
    await answerOpenDialog(app, [at(name)]);
    await button(page, '选择 Excel 文件').click();
    await waitUntilQuiet(page);
    return page;
  }

  test('no header', async () => {
    const page = await choose(
      '没有表头.xlsx',
      await xlsx({
        name: '数据',
        rows: [
          ['甲', 1, 2],
          ['乙', 3, 4],
          ['丙', 5, 6],
        ],
      }),
    );
    await shot(page, '8-no-header');
    await expect(page.getByRole('alert').getByText(/表头/).first()).toBeVisible({ timeout: 20_000 });
    await expect(button(page, /^下一步/)).toBeDisabled();
  });

  test('empty sheet', async () => {
    const page = await choose('空表.xlsx', await emptyWorkbook());
    await shot(page, '9-empty');
    await expect(page.getByText(/空表\.xlsx.*(?:空|没有内容)/).first()).toBeVisible({ timeout: 20_000 });
  });

  test('two columns for one field', async () => {
    const page = await choose('两列同义.xlsx', await claimedTwice());
    await shot(page, '10-claimed-twice');
    await expect(
      page.getByText('C列“总投资”和D列“项目总投资”都像“总投资”，请选定其中一列，其余改为不导入'),
    ).toBeVisible();
    await expect(button(page, /^下一步/)).toBeDisabled();
  });

  test('letters in a number, a day that does not exist, a day of another age', async () => {
    const page = await choose(
      '错误单元格.xlsx',
      await xlsx({
        name: 'Sheet1',
        rows: [
          ['序号', '项目名称', '责任单位', '总投资（万元）', '计划开工日期'],
          [1, '青禾县净水厂', '青禾县', '12O5', '2021-3-1'],
          [2, '青禾县体育馆', '青禾县', 5000, '2021-02-30'],
          [3, '青禾县文化馆', '青禾县', 4000, '1890-1-1'],
        ],
      }),
    );
    await button(page, '下一步：核对 3 行').click();
    for (const [name, key, words] of [
      ['青禾县净水厂', 'f.totalInvestment', '错：总投资（D2）“12O5”里有字母，请改为数字'],
      ['青禾县体育馆', 'f.plannedStart', /错：计划开工日期（E3）“2021-02-30”/],
      ['青禾县文化馆', 'f.plannedStart', /错：计划开工日期（E4）“1890-1-1”/],
    ] as const) {
      await page.locator('.ag-row', { hasText: name }).locator(`.ag-cell[col-id="${key}"]`).click();
      await expect(page.getByText(words)).toBeVisible();
      await shot(page, `11-${name}`);
    }
    await expect(button(page, '导入：新增 0 更新 0')).toBeDisabled();
  });

  test('the ledger is as it was', () => {
    expect(content(offices.city)).toBe(before);
  });
});
