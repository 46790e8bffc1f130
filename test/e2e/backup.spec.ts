import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import { BlobStore } from '../../electron/ledger/store/blobs.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { asLines, faults } from '../helpers/axe.ts';
import { answerOpenDialog, type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'baobao-backup-'));
const dataFolder = mkdtempSync(join(tmpdir(), 'baobao-backup-data-'));
const path = join(folder, '安澜市项目办.bbledger');

async function look(page: Page, name: string): Promise<void> {
  await waitUntilQuiet(page);
  await picture(page, 'e2e', `backup-${name}`);
  const found = await faults(page, { exclude: ['header', '.lg-host'], tags: ['wcag2a', 'wcag2aa'] });
  expect.soft(asLines(found), name).toEqual([]);
}

/** Overwrites the first page of a table. */
function damageTable(table: string): void {
  const store = openStore(path);
  const page = store.db.prepare('SELECT "rootpage" FROM sqlite_master WHERE "name" = ?').pluck().get(table) as number;
  store.close();
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
  closeSync(handle);
}

test.describe.configure({ mode: 'serial' });

test.describe('backup and restore', () => {
  let driven: Driven;
  /** Where the photo lies. */
  let photo = '';

  test.beforeAll(async () => {
    // The figures of the sample in a ledger of its own, which is looked after like any other.
    const store = createSampleLedger(path, Date.now(), { projects: 60, reportsPerProject: 12 });
    store.db.prepare(`DELETE FROM "meta" WHERE "key" = 'sample'`).run();
    const projectId = store.db.prepare('SELECT "id" FROM "project" LIMIT 1').pluck().get() as string;
    const files = new BlobStore(path);
    const here = await files.put(randomBytes(300_000));
    photo = files.pathOf(here.digest);
    // One photo is here; the other was lost with its folder.
    for (const [title, digest] of [
      ['基础施工', here.digest],
      ['主体封顶', 'a'.repeat(64)],
    ] as const) {
      const set = { projectId, kind: 'photo', title, digest, bytes: 300_000, addedAt: Date.now() } as const;
      const change = { entity: 'attachment', id: newId(), set } as const;
      commit(store, { kind: 'edit', title: '加入照片', changes: [change] }, { operator: '王某', now: Date.now() });
    }
    store.close();
    driven = await launch({ dataFolder });
    await answerOpenDialog(driven.app, [path]);
    await driven.page.getByRole('button', { name: '打开其他台账' }).click();
    await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  });
  test.afterAll(async () => {
    await driven.app.close();
    for (const each of [folder, dataFolder]) rmSync(each, { recursive: true, force: true });
  });

  test('a backup is made, listed and can be looked into before anything is restored', async () => {
    const { page } = driven;
    await page.getByRole('menuitem', { name: '设置' }).click();
    await page.getByRole('link', { name: '备份与恢复' }).click();
    await page.getByRole('button', { name: '立即备份' }).click();
    await expect(page.getByText('已备份并打开核对')).toBeVisible();
    await expect(page.getByRole('cell', { name: '手动', exact: true }).first()).toBeVisible();
    const stick = join(folder, 'U盘');
    await answerOpenDialog(driven.app, [stick]);
    await page.getByRole('button', { name: '选择第二位置…' }).click();
    await expect(page.getByText(stick)).toBeVisible();
    await page.getByRole('button', { name: '立即备份' }).click();
    await expect(page.getByText('第二位置没有备份成功，本机备份不受影响')).toBeVisible();
    await page.getByRole('button', { name: '开始检查' }).click();
    await expect(page.getByText('台账完好')).toBeVisible({ timeout: 30_000 });
    await look(page, 'page');
    mkdirSync(stick);
    await page.getByRole('button', { name: '立即备份' }).click();
    await expect(page.getByText('第二位置还缺 1 个')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/这些照片、视频本机和第二位置都没有/u)).toBeVisible();
    await look(page, 'pictures');

    // The disk changes the photo that is here: the full check finds it, the next backup brings it back.
    truncateSync(photo, 1000);
    await page.getByRole('button', { name: '开始检查' }).click();
    await expect(page.getByText(/已经损坏，已移到一边/u)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('台账完好')).toBeVisible();
    await look(page, 'damaged-photo');
    expect(existsSync(photo)).toBe(false);
    await page.getByRole('button', { name: '立即备份' }).click();
    await expect(() => expect(statSync(photo).size).toBe(300_000)).toPass({ timeout: 30_000 });

    await page.getByRole('button', { name: '恢复…' }).last().click();
    await expect(page.getByText('已打开核对，备份完好')).toBeVisible();
    await look(page, 'preview');
    await page.getByRole('button', { name: '用这份备份恢复' }).click();
    await expect(page.locator('.ant-modal-confirm-title').getByText('恢复完成')).toBeVisible({ timeout: 30_000 });
    await look(page, 'restored');
    await page.getByRole('button', { name: /确\s*定|知道了/u }).click();
    expect(readdirSync(folder).filter((name) => name.includes('恢复前'))).toHaveLength(1);
  });

  test('the ledger of a past day: an unmistakable bar, nothing can be changed, one click back', async () => {
    const { page } = driven;
    await page.getByRole('menuitem', { name: '四率与亮灯' }).click();
    await waitUntilQuiet(page);
    await page.getByRole('button', { name: '查看过去某一天的台账' }).click();
    await page.getByLabel('查看哪一天的台账').fill('2021-03-31');
    await page.getByLabel('查看哪一天的台账').press('Enter');
    await expect(page.getByText('正在查看 2021年3月31日的台账（只读）')).toBeVisible({ timeout: 15_000 });
    await look(page, 'as-of');
    await page.getByRole('button', { name: '回到今天' }).click();
    await expect(page.getByText('（只读）')).toHaveCount(0);
  });

  test('a second program on the same file is told who has it open', async () => {
    const second = await launch();
    await answerOpenDialog(second.app, [path]);
    await second.page.getByRole('button', { name: '打开其他台账' }).click();
    await expect(second.page.getByText('该台账已在另一窗口打开')).toBeVisible();
    await waitUntilQuiet(second.page);
    await picture(second.page, 'e2e', 'backup-busy');
    await second.app.close();
  });

  test('a damaged ledger leads to a page that tells what can be done, and is restored from there', async () => {
    await driven.app.close();
    damageTable('project');
    driven = await launch({ dataFolder });
    const { page } = driven;
    await expect(page.getByRole('heading', { name: '台账损坏' })).toBeVisible({ timeout: 30_000 });
    await look(page, 'damaged');
    await answerOpenDialog(driven.app, [folder]);
    await page.getByRole('button', { name: '导出能读出的数据…' }).click();
    await expect(page.locator('.ant-modal-confirm-title').getByText(/读出 \d+ 行/u)).toBeVisible({ timeout: 60_000 });
    await look(page, 'salvaged');
    const saved = readdirSync(folder).find((name) => name.startsWith('台账读出的数据')) ?? '';
    expect(existsSync(join(folder, saved, '数据.xlsx'))).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /用最近的备份恢复/u }).click();
    await expect(page.getByText('已打开核对，备份完好')).toBeVisible();
    await look(page, 'damaged-preview');
    await page.getByRole('button', { name: '用这份备份恢复' }).click();
    await expect(page.locator('.ant-modal-confirm-title').getByText('恢复完成')).toBeVisible({ timeout: 30_000 });
    await look(page, 'damaged-restored');
    await page.getByRole('button', { name: /确\s*定|知道了/u }).click();
    await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible();
  });
});
