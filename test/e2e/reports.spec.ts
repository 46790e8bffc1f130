import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { expect, type Page, test } from '@playwright/test';
import { createSampleCounty } from '../../electron/ledger/sample/index.ts';
import { asLines, graveFaults } from '../helpers/axe.ts';
import { answerSaveDialog, type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

/** The county's ten days (B7): open, fill, be told, submit, correct; and what the city sees of it. */

test.describe.configure({ mode: 'serial' });

const cell = (page: Page, row: number, key: string) => page.locator(`.ag-row[row-index="${row}"] [col-id="${key}"]`);

async function type(page: Page, row: number, key: string, text: string): Promise<void> {
  await cell(page, row, key).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function seriousFaults(page: Page): Promise<string[]> {
  return asLines(await graveFaults(page, { include: 'main' }), 3);
}

/** The exported 汇总表, read by another library, against what the window shows: each figure of the first rows, and the sum. */
async function agreesWithScreen(path: string, page: Page): Promise<void> {
  const book = read(readFileSync(path));
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
  const table = utils.sheet_to_json<readonly unknown[]>(sheet, { header: 1, blankrows: true, defval: null });
  expect(String(table[0]?.[0])).toBe('重点项目2021年5月上旬推进情况汇总表');
  const heads = (table[2] ?? []).map((group, index) => String(table[3]?.[index] ?? group ?? ''));
  const at = (heading: string): number => {
    const index = heads.indexOf(heading);
    expect([heading, index]).not.toEqual([heading, -1]);
    return index;
  };
  const rows = table.slice(4).filter((row) => typeof row[at('序号')] === 'number');
  const shown = Number(/共 (\d+) 项/u.exec((await page.locator('.lg-status').first().textContent()) ?? '')?.[1]);
  expect(rows).toHaveLength(shown);
  const money = { annualPlan: '年度计划', periodInvestment: '本旬完成', yearToDate: '自年初累计' } as const;
  let compared = 0;
  for (const row of rows.slice(0, 8)) {
    const line = page.locator(`.ag-row[row-index="${Number(row[at('序号')]) - 1}"]:not(.ag-row-pinned)`);
    expect(await line.locator('[col-id="name"]').textContent()).toBe(row[at('项目名称')]);
    for (const [key, heading] of Object.entries(money)) {
      const text = ((await line.locator(`[col-id="${key}"]`).textContent()) ?? '').replaceAll(',', '');
      expect([heading, text === '' ? null : Number(text)]).toEqual([heading, row[at(heading)]]);
      if (text !== '') compared += 1;
    }
    const [done, plan, share] = [row[at('自年初累计')], row[at('年度计划')], row[at('占年度计划')]];
    if (typeof done === 'number' && typeof plan === 'number') expect(share).toBeCloseTo(done / plan, 9);
  }
  expect(compared).toBeGreaterThan(16);
  const last = table.slice(4).find((row) => row.some((each) => String(each ?? '').startsWith('合计')));
  const sum = last?.[at('自年初累计')];
  const told = /自年初累计 ([\d,]+) 万元/u.exec((await page.locator('.page-head .quiet').textContent()) ?? '')?.[1];
  expect(Math.round(Number(sum))).toBe(Number(told?.replaceAll(',', '')));
}

test.describe('county', () => {
  let driven: Driven;
  let page: Page;

  test.beforeAll(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'baobao-county-')), '青禾县.bbledger');
    createSampleCounty(path, Date.UTC(2021, 4, 18), '青禾县').close();
    driven = await launch({ args: [path] });
    ({ page } = driven);
    await page.getByRole('menuitem', { name: '旬报' }).click();
    await waitUntilQuiet(page);
  });
  test.afterAll(() => driven.app.close());

  test('opens at the period to fill with last period beside', async () => {
    await expect(page.getByRole('heading', { name: '2021年5月中旬旬报' })).toBeVisible();
    await expect(page.getByText('截止 5月19日 17:00（还有1天）')).toBeVisible();
    await expect(cell(page, 0, 'status')).toHaveText('未填');
    await picture(page, 'reports', '1-county-empty');
  });

  test('works out the cumulative, and says in the row what cannot be right', async () => {
    const last = Number(((await cell(page, 0, 'previous.yearToDate').textContent()) ?? '').replaceAll(',', ''));
    await type(page, 0, 'periodInvestment', '80');
    await expect(cell(page, 0, 'yearToDate')).toHaveText((last + 80).toLocaleString('zh-CN'));
    await expect(cell(page, 0, 'status')).toHaveText('须更正 1');
    await type(page, 0, 'yearToDate', String(last - 10));
    await cell(page, 0, 'yearToDate').click();
    await expect(page.getByText(/累计数不应减少/).first()).toBeVisible();
    await picture(page, 'reports', '2-county-finding');
    await page.getByRole('button', { name: '提交' }).click();
    await expect(page.getByText('还不能提交：1 项须更正')).toBeVisible();
    await picture(page, 'reports', '3-county-refused');
  });

  const paste = async (text: string): Promise<void> => {
    await driven.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
    await page.keyboard.press('Control+V');
    await waitUntilQuiet(page);
  };

  test('leads to the import of an Excel sheet for this period', async () => {
    await page.getByRole('button', { name: '导入 Excel' }).click();
    await expect(page).toHaveURL(/target=report&period=2021-05-2#\/projects\/import/);
    await expect(page.getByRole('button', { name: '选择 Excel 文件' })).toBeVisible();
    await page.getByRole('menuitem', { name: '旬报' }).click();
    await expect(cell(page, 0, 'periodInvestment')).toBeVisible();
  });

  test('takes a block from Excel over the columns to fill, explains doubts, and submits', async () => {
    const rows = Number(((await page.getByText(/^共 \d+ 项$/).textContent()) ?? '').replace(/\D/g, ''));
    const walk = async (direction: 'ArrowRight' | 'ArrowLeft', steps: number): Promise<void> => {
      for (let step = 0; step < steps; step += 1) await page.keyboard.press(direction);
    };
    const last = Number(((await cell(page, 0, 'previous.yearToDate').textContent()) ?? '').replaceAll(',', ''));
    await cell(page, 0, 'periodInvestment').click();
    await paste(Array.from({ length: rows }, () => '5').join('\n'));
    await expect(page.getByText(/自年初累计按“上期累计＋本旬完成”自动填入/)).toBeVisible();
    await type(page, 0, 'yearToDate', String(last + 5));
    await cell(page, 0, 'periodInvestment').click();
    await walk('ArrowRight', 7);
    await paste(Array.from({ length: rows }, (_, row) => `第${row + 1}标段中旬完成主体浇筑`).join('\n'));
    await picture(page, 'reports', '4-county-filled');
    await page.getByRole('button', { name: '提交' }).click();
    const panel = page.getByRole('region', { name: '校验结果' });
    await expect(panel.getByText(/^还不能提交/)).toBeVisible();
    await picture(page, 'reports', '4-county-doubts');
    // Each line leads to its cell: a project that never reported has no cumulative to go on from.
    for (;;) {
      const wrong = panel.getByRole('listitem').filter({ hasText: '须更正' });
      const left = await wrong.count();
      if (left === 0) break;
      await wrong.first().getByRole('button').click();
      await page.keyboard.type('5');
      await page.keyboard.press('Enter');
      await expect(wrong).toHaveCount(left - 1);
    }
    await panel.getByRole('listitem').first().getByRole('button').click();
    await page.keyboard.press('Control+Home');
    await cell(page, 0, 'periodInvestment').click();
    await walk('ArrowRight', 10);
    await paste(Array.from({ length: rows }, () => '已核实，系前期准备投入').join('\n'));
    await expect(page.getByText('校验通过，可以提交')).toBeVisible();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '提交' }).click();
    await expect(page.getByText(`报送 青禾县 2021年5月中旬旬报 ${rows} 项，已保存`)).toBeVisible();
    await expect(page.getByRole('button', { name: '导出到U盘' })).toBeVisible();
    await expect(cell(page, 0, 'status')).toHaveText('已报');
    await picture(page, 'reports', '5-county-submitted');
  });

  test('corrects with a reason; the first report stays', async () => {
    await cell(page, 0, 'name').click();
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.type('1');
    await expect(page.getByText(/需要改数请按“更正”/).first()).toBeVisible();
    await page.getByRole('button', { name: '更正', exact: true }).click();
    await cell(page, 0, 'yearToDate').click();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.type('4300');
    await page.keyboard.press('Enter');
    await expect(cell(page, 0, 'status')).toHaveText(/更正中/);
    await page.getByRole('button', { name: '提交更正' }).click();
    await page.getByRole('textbox', { name: '更正理由' }).fill('银行到账凭证补齐');
    await picture(page, 'reports', '6-county-reason');
    await page.getByRole('dialog').getByRole('button', { name: '提交更正' }).click();
    await expect(page.getByText('更正 青禾县 2021年5月中旬旬报 1 项，已保存')).toBeVisible();
    await expect(cell(page, 0, 'status')).toHaveText('已报（更正1次）');
    await picture(page, 'reports', '7-county-corrected');
  });
});

test.describe('city', () => {
  let driven: Driven;
  let page: Page;

  test.beforeAll(async () => {
    driven = await launch({ args: ['--sample'] });
    ({ page } = driven);
    await page.getByRole('menuitem', { name: '旬报' }).click({ timeout: 60_000 });
    await waitUntilQuiet(page);
  });
  test.afterAll(() => driven.app.close());

  test('sees who has reported over six periods, and the sums of one', async () => {
    await page.getByRole('button', { name: '上一期' }).click();
    await expect(page.getByRole('heading', { name: '2021年5月上旬旬报' })).toBeVisible();
    await waitUntilQuiet(page);
    await picture(page, 'reports', '8-city-received');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByText('汇总表', { exact: true }).click();
    await waitUntilQuiet(page);
    await picture(page, 'reports', '9-city-consolidated');
    const path = join(mkdtempSync(join(tmpdir(), 'baobao-consolidated-')), '汇总表.xlsx');
    await answerSaveDialog(driven.app, path);
    await page.getByRole('button', { name: '导出 Excel' }).click();
    await expect(page.getByText(/已导出 \d+ 个项目/)).toBeVisible({ timeout: 20_000 });
    await agreesWithScreen(path, page);
    await page.getByText('按单位', { exact: true }).click();
    await picture(page, 'reports', '10-city-by-unit');
  });

  test('opens a figure, a light, and takes red projects to a supervision draft [A4, C12]', async () => {
    await page.getByRole('menuitem', { name: '四率与亮灯' }).click();
    await waitUntilQuiet(page);
    await page.getByRole('button', { name: '42.0 %' }).first().click();
    await expect(page.getByText('算式', { exact: true }).first()).toBeVisible();
    await expect(page.getByText(/^计入的项目（\d+项）$/)).toBeVisible();
    await picture(page, 'reports', '11-city-explained');
    await page.keyboard.press('Escape');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByText('投资率图').click();
    await picture(page, 'reports', '12-city-chart');
    await page.getByText(/^亮灯（红/).click();
    await cell(page, 0, 'text').dblclick();
    await expect(page.getByText('历期亮灯', { exact: true })).toBeVisible();
    await waitUntilQuiet(page);
    await picture(page, 'reports', '13-city-light');
    await page.keyboard.press('Escape');
    await expect(page.getByText('历期亮灯', { exact: true })).toBeHidden();
    for (const row of [0, 1]) await page.locator(`.ag-row[row-index="${row}"] input[type="checkbox"]`).click();
    await page.getByRole('button', { name: '拟督办文书（2项）' }).click();
    await expect(page).toHaveURL(/supervision\/new/);
    await waitUntilQuiet(page);
    await picture(page, 'reports', '14-city-supervision');
  });
});
