import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { projectRoot } from '../../build/paths.ts';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { writeMeta } from '../../electron/ledger/store/meta.ts';
import { type Driven, launch, launchSample, picture, waitUntilQuiet } from '../helpers/launch.ts';

let driven: Driven;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launchSample('工作台');
  ({ page } = driven);
});
test.afterAll(async () => {
  await driven.app.close();
});

const clipboard = () => driven.app.evaluate(({ clipboard: board }) => board.readText());

test('[C12] 每周提示 goes to the clipboard as it stands there: one, then all', async () => {
  await page.getByRole('button', { name: '每周提示' }).click();
  await expect(page.getByRole('heading', { name: '每周提示' })).toBeVisible();
  const body = page.getByLabel('提示正文');
  await expect(body).toHaveValue(/红灯/);
  await driven.app.evaluate(({ clipboard: board }) => board.writeText('别的内容'));
  await page.getByRole('button', { name: '复制', exact: true }).click();
  await expect(page.getByText(/已复制给/)).toBeVisible();
  const one = await body.inputValue();
  expect(await clipboard()).toBe(one);
  await page.getByRole('list', { name: '提示对象' }).getByRole('button').nth(1).click();
  await expect(body).not.toHaveValue(one);
  const second = await body.inputValue();
  await page.getByRole('button', { name: /^复制全部（\d+）$/ }).click();
  await expect(page.getByText(/已复制 \d+ 份/)).toBeVisible();
  const all = await clipboard();
  expect(all.startsWith(one)).toBe(true);
  expect(all).toContain(second);
});

test('started with a ledger, the window shows it at once: never first the one of last time', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'baobao-asked-'));
  for (const operator of ['王前', '李后', '王前']) {
    const path = join(dataFolder, `${operator}.bbledger`);
    if (!existsSync(path)) {
      const store = createSampleLedger(path, Date.now(), { projects: 20, reportsPerProject: 1 });
      writeMeta(store, 'operator', operator);
      store.close();
    }
    const other = await launch({ args: [path], dataFolder });
    expect(await other.page.getByText(/^操作人：/).textContent()).toBe(`操作人：${operator}`);
    await other.app.close();
  }
});

test('a screen whose file is gone from the program says so; the others work, and it comes back', async () => {
  // Other windows run from the program itself.
  const program = mkdtempSync(join(tmpdir(), 'baobao-program-'));
  for (const part of ['package.json', 'dist'])
    cpSync(join(projectRoot, part), join(program, part), { recursive: true });
  const folder = join(program, 'dist', 'renderer', 'assets');
  const [file] = readdirSync(folder).filter((name) => /^settings-.*\.js$/u.test(name));
  const [at, aside] = [join(folder, file ?? ''), join(program, `${file ?? ''}.gone`)];
  renameSync(at, aside);
  const other = await launchSample('工作台', { program });
  try {
    const { page } = other;
    await page.getByRole('menuitem', { name: '设置' }).click();
    await expect(page.getByRole('alert').getByText('这个页面没有显示出来')).toBeVisible();
    await expect(page.getByText('台账数据没有改动，已保存的内容都在。')).toBeVisible();
    await picture(page, 'e2e', 'window-screen-gone');
    await page.getByRole('menuitem', { name: '项目台账' }).click();
    await expect(page.getByText('共 300 项')).toBeVisible({ timeout: 30_000 });
    await waitUntilQuiet(page);
    await page.getByRole('menuitem', { name: '设置' }).click();
    await expect(page.getByText('这个页面没有显示出来')).toBeVisible();
    renameSync(aside, at);
    await page.getByRole('button', { name: '重新显示' }).click();
    await expect(page.getByRole('heading', { name: '设置' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('现行规则')).toBeVisible();
  } finally {
    await other.app.close();
  }
});

test('[A4] a rule that cannot be read is told where figures are asked for, and 作废 in 设置 as the message says', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'baobao-rule-')), '安澜市.bbledger');
  const store = createSampleLedger(path, Date.UTC(2021, 4, 18, 1));
  const set = { kind: 'rates', name: '新四率口径', version: 2, effectiveFrom: '2021-05-01', body: '{"unit":"两"}' };
  const changes = [{ entity: 'rule', id: newId(), set }] as const;
  commit(store, { kind: 'edit', title: '登记规则', changes }, { operator: '王某', now: Date.UTC(2021, 4, 18, 2) });
  store.close();
  const other = await launch({ args: [path] });
  try {
    await other.page.getByRole('menuitem', { name: '四率与亮灯' }).click({ timeout: 60_000 });
    await expect(
      other.page.getByText(/规则“新四率口径”第2版的内容无法使用.*“设置 → 现行规则”中作废这一版/).first(),
    ).toBeVisible({ timeout: 30_000 });
    await other.page.getByRole('menuitem', { name: '设置' }).click();
    await expect(other.page.getByText('内容无法使用')).toBeVisible();
    await waitUntilQuiet(other.page);
    await picture(other.page, 'e2e', 'window-rule-unreadable');
    await other.page.getByRole('button', { name: '作废这一版' }).click();
    await expect(other.page.getByText('已作废“新四率口径”第 2 版，按上一版执行')).toBeVisible();
    await expect(other.page.getByText('内容无法使用')).toHaveCount(0);
    await other.page.getByRole('menuitem', { name: '四率与亮灯' }).click();
    await expect(other.page.getByRole('button', { name: '42.0 %' }).first()).toBeVisible({ timeout: 30_000 });
  } finally {
    await other.app.close();
  }
});
