import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { xlsx } from '../../fixtures/workbooks/build.ts';
import { asLines, graveFaults } from '../../helpers/axe.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  launchSample,
  picture,
  waitUntilQuiet,
} from '../../helpers/launch.ts';

let driven: Driven;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'baobao-factors-'));

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launchSample('要素');
  ({ page } = driven);
  await expect(page.getByRole('heading', { level: 1, name: '要素' })).toBeVisible();
});
test.afterAll(async () => {
  await driven.app.close();
});

const shot = (name: string) => picture(page, 'e2e', name);
const cell = (row: number, key: string) =>
  page.locator(`.ag-row[row-index="${row}"]:not(.ag-row-pinned) .ag-cell[col-id="${key}"]`).first();

async function scan(): Promise<void> {
  expect(asLines(await graveFaults(page, { include: '.page', exclude: ['.ledger-grid'] }))).toEqual([]);
}

test('[C6] factors with gaps; what is not obtained cannot be settled', async () => {
  await expect(cell(0, 'state')).toContainText('逾期');
  await waitUntilQuiet(page);
  await shot('factors');
  await scan();
  await page.getByRole('button', { name: /土地/ }).click();
  await waitUntilQuiet(page);
  await page.locator('.ag-body-horizontal-scroll-viewport').evaluate((element) => element.scrollTo(600, 0));
  await cell(0, 'doneOn').dblclick();
  await page.keyboard.type('2021-05-10');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/还有缺口/).first()).toBeVisible();
  await shot('factors-refused');
  await page.keyboard.press('Escape');
});

test('[E7] [E5] [E8] [E11] case book, obstruction, financing, leads', async () => {
  for (const [view, name] of [
    ['专项组个案', 'factors-cases'],
    ['施工环境', 'factors-obstructions'],
    ['融资对接', 'factors-financing'],
    ['招商引资', 'factors-leads'],
  ] as const) {
    await page.locator('.page-head').getByText(view, { exact: true }).click();
    await waitUntilQuiet(page);
    await expect(page.locator('.ag-row').first()).toBeVisible();
    await shot(name);
  }
  await cell(0, 'name').click();
  await page.getByRole('button', { name: '登记拜访' }).click();
  await expect(page.getByText(/已登记拜访/)).toBeVisible();
  await page.getByText('按单位', { exact: true }).click();
  await waitUntilQuiet(page);
  await shot('factors-lead-units');
});

test('[C6] [E8] a list comes from Excel: each row’s fate is shown first; what the grid shows goes back to Excel', async () => {
  await page.locator('.page-head').getByText('融资对接', { exact: true }).click();
  const name = (await cell(0, 'projectName').textContent()) ?? '';
  const path = join(folder, '融资.xlsx');
  const rows = [
    ['项目名称', '资金渠道', '金融机构', '融资需求（万元）', '已对接（万元）'],
    [name, '专项债券', '国家开发银行', 1234.5, 1000],
    ['没有这个项目', '专项债券', '国家开发银行', 1, 1],
  ];
  writeFileSync(path, await xlsx({ name: '融资', rows }));
  await answerOpenDialog(driven.app, [path]);
  await page.getByRole('button', { name: '导入 Excel', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/台账里没有项目“没有这个项目”/u)).toBeVisible();
  await waitUntilQuiet(page);
  await shot('factors-import');
  await dialog.getByRole('button', { name: '导入 1 条' }).click();
  await expect(page.getByText('已导入：新增 1 条，更新 0 条')).toBeVisible();
  const grid = page.getByRole('region', { name: '融资对接', exact: true });
  await grid.getByRole('button', { name: '查找' }).click();
  await page.getByLabel('在表中查找').fill('guojiakaifa');
  await expect(page.getByText(/筛选后 \d+ 项/u)).toBeVisible();
  await expect(page.getByRole('gridcell', { name: '1,234.5' }).first()).toBeVisible();
  await shot('factors-found');
  const out = join(folder, '融资对接.xlsx');
  await answerSaveDialog(driven.app, out);
  await grid.getByRole('button', { name: '导出 Excel' }).click();
  await expect(page.getByText(/已导出 \d+ 行/u)).toBeVisible();
  // What was written out is what the ledger has.
  await answerOpenDialog(driven.app, [out]);
  await page.getByRole('button', { name: '导入 Excel', exact: true }).click();
  await expect(dialog.getByText(/新增 0 条，更新 0 条/u)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('[E11] a lead is found from anywhere by its name', async () => {
  await page.locator('.page-head').getByText('招商引资', { exact: true }).click();
  await page.getByText(/^线索（/u).click();
  const name = (await cell(0, 'name').textContent()) ?? '';
  await page.getByText('按单位', { exact: true }).click();
  await page.getByRole('menuitem', { name: '工作台' }).click();
  await page.getByLabel('全局搜索').fill(name);
  await page.locator('.ant-select-dropdown:visible').getByText('招商线索', { exact: true }).first().click();
  await expect(page.getByRole('gridcell', { name }).first()).toBeVisible();
  await waitUntilQuiet(page);
  await shot('factors-lead-found');
});

test('[C6] the factors of one project', async () => {
  await page.locator('.page-head').getByText('要素保障', { exact: true }).click();
  await page.locator('.ag-row[row-index="0"] .link-button').first().click();
  await page.getByRole('tab', { name: '要素' }).click();
  await waitUntilQuiet(page);
  await page.getByRole('button', { name: '增加要素' }).click();
  await expect(page.getByText('未定时限')).toBeVisible();
  await shot('factors-project');
  await scan();
});
