import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { asLines, graveFaults } from '../../helpers/axe.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  launchSample,
  picture,
  tool,
  waitUntilQuiet,
} from '../../helpers/launch.ts';

let driven: Driven;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'baobao-chain-'));

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launchSample('推进链条');
  ({ page } = driven);
  await expect(page.getByRole('heading', { level: 1, name: '推进链条' })).toBeVisible();
});
test.afterAll(async () => {
  await driven.app.close();
});

const shot = (name: string) => picture(page, 'e2e', name);
const cell = (row: number, key: string) =>
  page.locator(`.ag-row[row-index="${row}"]:not(.ag-row-pinned) .ag-cell[col-id="${key}"]`).first();
const undo = () => page.locator('.ant-message').getByRole('button', { name: '撤销' }).click();

async function scan(): Promise<void> {
  expect(asLines(await graveFaults(page, { include: '.page', exclude: ['.ledger-grid'] }))).toEqual([]);
}

test('[C12] [C7] late and near links of the city, by state, unit and month; a deadline is set in the list', async () => {
  await expect(page.getByText(/共 \d+ 个环节/)).toBeVisible();
  await expect(cell(0, 'state')).toContainText('逾期');
  await waitUntilQuiet(page);
  await shot('chain-list');
  await scan();
  const before = await page.getByText(/共 \d+ 个环节/).textContent();
  await page.getByRole('button', { name: '全部' }).click();
  await expect(page.getByText(/共 \d+ 个环节/)).not.toHaveText(before ?? '');
  await page.getByRole('button', { name: /逾期/ }).click();
  await page.getByLabel('责任单位').click();
  await page.locator('.ant-select-item-option').first().click();
  await waitUntilQuiet(page);
  await cell(0, 'unitText').dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('住建局审批科');
  await page.keyboard.press('Enter');
  await expect(cell(0, 'unitText')).toHaveText('住建局审批科');
  await shot('chain-unit');
});

test('[C12] the wall chart opens the list of any figure', async () => {
  await page.getByText('挂图作战', { exact: true }).click();
  await expect(page.locator('.wall tbody tr').first()).toBeVisible();
  await waitUntilQuiet(page);
  await shot('chain-wall');
  await scan();
  await page.getByLabel('责任单位').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await waitUntilQuiet(page);
  await shot('chain-wall-unit');
  await page.locator('.ant-select-clear').first().click();
  await page.locator('.wall tbody tr').first().locator('.wall-cell').nth(1).click();
  await expect(page.getByText(/共 \d+ 个环节/)).toBeVisible();
});

test('[E1] monthly tasks with completion marks', async () => {
  await page.getByText('月度任务', { exact: true }).click();
  await expect(page.getByText(/项任务，已完成/)).toBeVisible();
  await waitUntilQuiet(page);
  await shot('chain-months');
  await cell(0, 'result').dblclick();
  await page.keyboard.type('基础完成');
  await page.keyboard.press('Enter');
  await expect(cell(0, 'result')).toHaveText('基础完成');
  await cell(0, 'doneOn').dblclick();
  await page.keyboard.type('2021-06-20');
  await page.keyboard.press('Enter');
  await expect(page.getByText('完成日期（2021-06-20）晚于今天（2021-05-18）').first()).toBeVisible();
  await page.keyboard.press('Escape');
});

test('templates of 7 and 13 steps, and the working calendar with a file of November', async () => {
  await page.getByText('链条模板', { exact: true }).click();
  await expect(page.getByText('前期工作项目（13个节点）').first()).toBeVisible();
  await page.getByRole('button', { name: /前期工作项目/ }).click();
  await waitUntilQuiet(page);
  await shot('chain-templates');
  await page.getByRole('button', { name: '工作日历' }).click();
  await expect(page.getByRole('dialog').getByText('台账中登记的安排').first()).toBeVisible();
  const bad = join(folder, '放假.csv');
  writeFileSync(bad, '日期,类别,节日\n2027-01-01,放假,元旦\n2027-01-04,上班,元旦\n');
  await answerOpenDialog(driven.app, [bad]);
  await page.getByRole('button', { name: '从文件导入' }).click();
  await expect(page.getByText('2027-01-04 是星期一，本来就上班，请核对日期')).toBeVisible();
  await shot('chain-calendar-refused');
  const good = join(folder, '2027.json');
  writeFileSync(good, JSON.stringify({ days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] }));
  await answerOpenDialog(driven.app, [good]);
  await page.getByRole('button', { name: '从文件导入' }).click();
  await expect(page.getByText(/2027年，新增 1 天/)).toBeVisible();
  await page
    .getByRole('button', { name: '导 入' })
    .or(page.getByRole('button', { name: '导入', exact: true }))
    .click();
  await expect(page.getByText('已导入2027年放假安排')).toBeVisible();
  await undo();
  await page.keyboard.press('Escape');
});

test('[A5] a template for one project; roadmap, timetable, breakdown; on paper', async () => {
  await page.getByRole('menuitem', { name: '项目台账' }).click();
  await expect(page.getByText('共 300 项')).toBeVisible({ timeout: 30_000 });
  await page.locator('.chip[title="只看红灯的项目"]').click();
  await page.locator('.ag-row[row-index="2"]').getByRole('button', { name: '打开' }).click();
  await page.getByRole('tab', { name: /推进链条/ }).click();
  await page.getByRole('button', { name: '套用模板' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/前期工作项目（13个节点）/).click();
  await dialog.getByRole('checkbox').check();
  await shot('chain-apply');
  await dialog.getByRole('button', { name: '套用', exact: true }).click();
  await expect(page.getByText(/已给 1 个项目排出 13 个环节/)).toBeVisible();
  await expect(cell(0, 'name')).toHaveText('申请报告书');
  await expect(cell(1, 'predecessorId')).toHaveText('申请报告书');

  // A link before its predecessor is saved and questioned at its field.
  await cell(1, 'plannedStart').dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2021-05-10');
  await page.keyboard.press('Enter');
  await expect(page.locator('.ag-cell.cell-question')).not.toHaveCount(0);
  await cell(1, 'plannedStart').click();
  await expect(page.locator('.findings-strip')).toContainText('早于前置环节“申请报告书”的计划开始');
  await waitUntilQuiet(page);
  await shot('chain-question');
  await scan();
  for (const [view, name] of [
    ['路线图', 'chain-roadmap'],
    ['时间表', 'chain-timetable'],
    ['任务分解', 'chain-breakdown'],
  ] as const) {
    await page.getByText(view, { exact: true }).click();
    await waitUntilQuiet(page);
    await shot(name);
  }
  await scan();
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await expect(page.getByText(/共 3 页，A4/)).toBeVisible();
  await waitUntilQuiet(page);
  await shot('chain-print');
  const pdf = join(folder, '推进链条.pdf');
  await answerSaveDialog(driven.app, pdf);
  await page.getByRole('button', { name: '存为 PDF' }).click();
  await expect(page.getByText('PDF 已保存')).toBeVisible();
  expect(tool('pdftotext', [pdf, '-'])).toContain('路线图');
  expect(tool('pdfinfo', [pdf])).toMatch(/Pages:\s+3/);
});
