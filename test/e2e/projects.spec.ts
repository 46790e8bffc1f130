import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../build/native-env.ts';
import { expect, type Page, test } from '@playwright/test';
import { createSampleLedger } from '../../electron/ledger/sample/sample-ledger.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { asLines, graveFaults } from '../helpers/axe.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  largeScreen,
  launch,
  launchSample,
  picture,
  waitUntilQuiet,
} from '../helpers/launch.ts';

let driven: Driven;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launchSample('项目台账');
  ({ page } = driven);
  await expect(page.getByText('共 300 项')).toBeVisible({ timeout: 30_000 });
});
test.afterAll(async () => {
  await driven.app.close();
});

const cell = (row: number, key: string) =>
  page.locator(`.ag-row[row-index="${row}"]:not(.ag-row-pinned) .ag-cell[col-id="${key}"]`).first();
const total = (key: string) => page.locator(`.ag-row-pinned .ag-cell[col-id="${key}"]`).first();
const shot = (name: string) => picture(page, 'e2e', name);

async function scan(): Promise<void> {
  expect(asLines(await graveFaults(page, { include: '.page', exclude: ['.ledger-grid'] }))).toEqual([]);
}

test('[A5] [bundle] the ledger shows all projects; search, chips and totals follow each other', async () => {
  await waitUntilQuiet(page);
  await shot('projects-1366');
  await scan();
  const all = (await total('totalInvestment').textContent()) ?? '';
  await page.keyboard.press('Control+f');
  const search = page.getByLabel('在项目台账中查找');
  await expect(search).toBeFocused();
  await search.fill('wsclc');
  await expect(page.getByText(/筛选后 \d+ 项/)).toBeVisible();
  await expect(cell(0, 'name')).toContainText('污水处理厂');
  await expect(total('totalInvestment')).not.toHaveText(all);
  await shot('projects-search-initials');
  await search.fill('污水 baihua');
  await expect(cell(0, 'name')).toContainText('白桦');
  await search.fill('');
  await page.getByRole('button', { name: /^青禾/ }).click();
  await expect(page.getByText('共 47 项')).toBeVisible();
  // One of them is a part of another: the totals take the bundle once, or its part in its place, and say which.
  await expect(total('name')).toHaveText('合计（46 项，打包计一个）');
  const whole = (await total('totalInvestment').textContent()) ?? '';
  await page.getByText('按子项计', { exact: true }).click();
  await expect(total('name')).toContainText('按子项计）');
  await expect(total('totalInvestment')).not.toHaveText(whole);
  await shot('projects-parts');
  await page.getByText('打包计一个', { exact: true }).click();
  await expect(total('totalInvestment')).toHaveText(whole);
  await page.getByRole('button', { name: /^全部/ }).click();
  await expect(page.getByText('共 300 项')).toBeVisible();
  await expect(total('totalInvestment')).toHaveText(all);
});

test('[A5] a cell is typed over, saved at once, and taken back with Ctrl+Z', async () => {
  const before = (await cell(0, 'annualPlan').textContent()) ?? '';
  await cell(0, 'annualPlan').click();
  await page.keyboard.type('9,999.5');
  await page.keyboard.press('Enter');
  await expect(cell(0, 'annualPlan')).toHaveText('9,999.5');
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible();
  await shot('projects-edited');
  await page.keyboard.press('Control+z');
  await expect(cell(0, 'annualPlan')).toHaveText(before);
});

test('[A5] a new project comes into the grid; 作废 takes it out and 撤销 brings it back', async () => {
  await page.getByRole('button', { name: '新增项目' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '新增', exact: true }).click();
  await expect(page.getByText('请填写项目名称')).toBeVisible();
  await page.getByRole('dialog').getByLabel('项目名称').fill('青禾县试办冷链物流园');
  await page.getByRole('dialog').getByLabel('责任单位').click();
  await page.getByTitle('青禾', { exact: true }).click();
  await page.getByLabel('总投资（万元）').fill('1.2亿');
  await shot('projects-new');
  await page.getByRole('dialog').getByRole('button', { name: '新增', exact: true }).click();
  await expect(page.getByText('共 301 项')).toBeVisible();
  await page.getByLabel('在项目台账中查找').fill('试办冷链');
  await expect(cell(0, 'totalInvestment')).toHaveText('12,000');
  await page.locator('.ag-row[row-index="0"] .ag-selection-checkbox input').first().check();
  await page.getByRole('button', { name: '作废（1）' }).click();
  await expect(page.getByText('共 300 项')).toBeVisible();
  await page.locator('.ant-message').getByRole('button', { name: '撤销' }).click();
  await expect(page.getByText('共 301 项')).toBeVisible();
  await page.getByLabel('在项目台账中查找').fill('');
});

test('[A5] the grid as shown goes to Excel', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'baobao-export-')), '台账.xlsx');
  await answerSaveDialog(driven.app, path);
  await page.getByRole('button', { name: '导出 Excel' }).click();
  await expect(page.getByText(/已导出 301 个项目/)).toBeVisible({ timeout: 20_000 });
  expect(existsSync(path)).toBe(true);
});

test('[A5] the page of one project: head, reason of the light, tabs, and back to the same row', async () => {
  await page.locator('.chip[title="只看红灯的项目"]').click();
  await expect(page.getByText('共 47 项')).toBeVisible();
  await cell(4, 'name').click();
  const name = (await cell(4, 'name').textContent()) ?? '';
  await page.locator('.ag-row[row-index="4"]').getByRole('button', { name: '打开' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText('第 5 个，共 47 个')).toBeVisible();
  await waitUntilQuiet(page);
  await shot('project-basics');
  await scan();

  await page.getByRole('button', { name: /灯，原因：/ }).click();
  await expect(page.getByText('依据：', { exact: false })).toBeVisible();
  await shot('project-light');
  await page.getByRole('heading', { level: 1 }).click();

  await page.getByRole('tab', { name: /推进链条/ }).click();
  await page.getByRole('button', { name: '增加环节' }).click();
  await expect(page.locator('.ag-cell[col-id="name"]', { hasText: '新环节' })).toBeVisible();
  await shot('project-chain');
  await page.getByText('时间表', { exact: true }).click();
  await waitUntilQuiet(page);
  await shot('project-timetable');

  await page.getByRole('tab', { name: '进度报告' }).click();
  await expect(page.locator('.ag-cell[col-id="periodLabel"]').first()).toHaveText('2021年5月上旬');
  await waitUntilQuiet(page);
  await shot('project-reports');

  await page.getByRole('tab', { name: '修改记录' }).click();
  await expect(page.locator('.ag-cell[col-id="subject"]').first()).toHaveText('环节“新环节”');
  await shot('project-history');

  await page.getByRole('button', { name: '下一个' }).click();
  await expect(page.getByText('第 6 个，共 47 个')).toBeVisible();
  await page.getByRole('button', { name: '返回项目台账' }).click();
  await expect(page.getByText('共 47 项')).toBeVisible();
  await expect(cell(4, 'name')).toHaveText(name);
});

test('[C14] the form says what cannot be and saves what can, and the history has it in words', async () => {
  await page.locator('.chip[title="只看红灯的项目"]').click();
  await page.locator('.ag-row[row-index="0"]').getByRole('button', { name: '打开' }).click();
  const plan = page.getByLabel('年度计划投资', { exact: false }).first();
  await plan.fill('abc');
  await plan.press('Enter');
  await expect(page.getByRole('alert')).toContainText('没有保存');
  await plan.fill('8888');
  await plan.press('Enter');
  await expect(page.getByText(/已保存 \d/)).toBeVisible();
  await page.getByRole('tab', { name: '修改记录' }).click();
  await expect(page.locator('.ag-cell[col-id="after"]').first()).toHaveText('8,888 万元');
});

test('on the large screen', async () => {
  const [width, height] = largeScreen;
  await driven.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  );
  await page.getByRole('menuitem', { name: '项目台账' }).click();
  await waitUntilQuiet(page);
  await shot('projects-1920');
  await page.locator('.ag-row[row-index="2"]').getByRole('button', { name: '打开' }).click();
  await waitUntilQuiet(page);
  await shot('project-1920');
});

test.describe('with a county that keeps its own ledger', () => {
  test('[C14] what the county decides becomes a proposal, is marked beforehand and listed on the page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baobao-admitted-'));
    const path = join(folder, '市级.bbledger');
    const store = createSampleLedger(path, Date.now(), { projects: 40, reportsPerProject: 6 });
    const county = await store.query
      .selectFrom('office')
      .select('id')
      .where('level', '=', 'county')
      .executeTakeFirstOrThrow();
    const unit = await store.query
      .selectFrom('responsibilityUnit')
      .select('shortName')
      .where('officeId', '=', county.id)
      .executeTakeFirstOrThrow();
    commit(
      store,
      { kind: 'setup', title: '入网', changes: [{ entity: 'office', id: county.id, set: { status: 'admitted' } }] },
      { operator: '王某', now: Date.now() },
    );
    store.close();

    const own = await launch();
    page = own.page;
    await answerOpenDialog(own.app, [path]);
    await page.getByRole('button', { name: '打开其他台账' }).click();
    await page.getByRole('menuitem', { name: '项目台账' }).click({ timeout: 30_000 });
    await page.getByRole('button', { name: new RegExp(`^${unit.shortName ?? ''}`) }).click();
    await expect(page.locator('.lg-heading-owner').first()).toHaveText('县');
    await waitUntilQuiet(page);
    await shot('projects-owner-marks');
    await page.locator('.ag-row[row-index="0"]').getByRole('button', { name: '打开' }).click();
    const location = page.getByRole('textbox', { name: /^建设地点/ });
    const before = await location.inputValue();
    await location.fill('市级认为的地点');
    await location.press('Enter');
    await expect(page.getByText(/有 1 处由对方填报，已作为建议修改提出/)).toBeVisible();
    await expect(page.getByText('建议修改 1 处，待处理')).toBeVisible();
    await expect(location).toHaveValue(before);
    await shot('project-proposal');
    await page.getByRole('button', { name: '撤回' }).click();
    await expect(page.getByText('建议修改 1 处，待处理')).toBeHidden();
    await own.app.close();
  });
});
