import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from '@e965/xlsx';
import { expect, type Page, test } from '@playwright/test';
import { xlsx } from '../fixtures/workbooks/build.ts';
import { asLines, graveFaults } from '../helpers/axe.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  launchSample,
  picture,
  waitUntilQuiet,
} from '../helpers/launch.ts';

let driven: Driven;
let page: Page;
let folder: string;

test.describe.configure({ mode: 'serial' });

/** A county's list as it comes: title, unit line, two-row header, categories, totals, and four bad cells. */
const list = () =>
  xlsx({
    name: '重点项目',
    rows: [
      ['安澜市2021年重点项目推进台账', ...Array(9).fill(null)],
      [...Array(9).fill(null), '单位：万元'],
      [
        '序号',
        '项目名称',
        '建设阶段',
        '建设起',
        '总投资（亿元）',
        '2021年投资计划',
        null,
        '责任单位',
        '市级包保领导',
        '计划开工时间',
      ],
      [null, null, null, '止年限', null, '小计', '其中：中央资金', null, null, null],
      ['合计', null, null, null, 6.2, 44000, 1000],
      ['一', '续建项目（2项）'],
      [
        1,
        '★青禾县 秸秆综合\n利用项目',
        '续建',
        '2020-2022',
        3.2,
        20000,
        1000,
        '青禾县',
        '魏某某 市委常委、副市长',
        new Date(Date.UTC(2021, 4, 11)),
      ],
      [2, '青禾县冷链配送中心（暂定名）', '在建', '2021-2022', 1.5, 12000, '——', '青禾', '魏某某', '2021年底'],
      ['二', '新开工项目（3项）'],
      [1, '白桦区滨河公园', '新开工', '2021', '1.O5', 8000, null, '白桦', null, '2021-02-30'],
      [2, '不知哪里的项目', '新开工', '2021', 0.3, 3000, null, '某某县', null, null],
      [3, '单位写错的项目', '新开工', '2021', 0.15, 0.08, null, '白桦', null, null],
      ['注：★为省百大项目'],
    ],
    merges: ['A1:J1', 'A3:A4', 'B3:B4', 'C3:C4', 'E3:E4', 'F3:G3', 'H3:H4', 'I3:I4', 'J3:J4', 'A13:J13'],
  });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baobao-excel-'));
  driven = await launchSample('项目台账');
  ({ page } = driven);
  await expect(page.getByText('共 300 项')).toBeVisible({ timeout: 30_000 });
});
test.afterAll(async () => {
  await driven.app.close();
});

const shot = (name: string) => picture(page, 'e2e', name);
const row = (text: string) => page.locator('.ag-row', { hasText: text });
const chip = (name: RegExp) => page.getByRole('button', { name });

async function scan(): Promise<void> {
  expect(asLines(await graveFaults(page, { include: '.page', exclude: ['.ledger-grid'] }))).toEqual([]);
}

async function choose(path: string): Promise<void> {
  await answerOpenDialog(driven.app, [path]);
  await page.getByRole('button', { name: /选择 Excel 文件|换一个文件/ }).click();
}

/** Finds a field by its name in the list of a column. */
async function mapTo(letter: string, label: string): Promise<void> {
  const box = page.getByLabel(`${letter}列对应的字段`);
  await box.click();
  await box.fill(label);
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', {
      hasText: new RegExp(`^${label}$`),
    })
    .click();
}

test('[A5] a file that is no workbook is refused in words, and nothing happens', async () => {
  await page.getByRole('button', { name: /导入 Excel$/ }).click();
  await expect(page.getByRole('heading', { name: '选择项目清单' })).toBeVisible();
  await shot('excel-1-file');
  await scan();
  const path = join(folder, '扫描件.xlsx');
  writeFileSync(path, '%PDF-1.7 …');
  await choose(path);
  await expect(page.getByText(/“扫描件.xlsx”无法读取：它是 PDF 文件/)).toBeVisible();
});

test('[A5] columns are recognised with their units; the operator may change them', async () => {
  const path = join(folder, '重点项目台账.xlsx');
  writeFileSync(path, await list());
  await choose(path);
  await expect(page.getByText('2021年投资计划 / 小计')).toBeVisible({ timeout: 20_000 });
  await waitUntilQuiet(page);
  await expect(page.getByRole('button', { name: '下一步：核对 5 行' })).toBeEnabled();
  await expect(page.getByLabel('表头首行')).toHaveValue('3');
  await shot('excel-2-columns');
  await scan();

  // Two columns for one field stop the import until one of them is given up.
  await mapTo('G', '年度计划投资');
  await expect(page.getByText(/都像“年度计划投资”，请选定其中一列/)).toBeVisible();
  await expect(page.getByRole('button', { name: /下一步/ })).toBeDisabled();
  await shot('excel-3-claimed-twice');
  await mapTo('G', '中央资金');
  await expect(page.getByRole('button', { name: /下一步/ })).toBeEnabled();
});

test('[A5] each row shows what it will be and what is wrong with which cell', async () => {
  await page.getByRole('button', { name: /下一步/ }).click();
  await expect(row('青禾县秸秆综合利用项目').first()).toBeVisible();
  await expect(chip(/^全部\s*5/)).toBeVisible();
  await expect(chip(/^有问题\s*4/)).toBeVisible();
  await waitUntilQuiet(page);
  await page.locator('.ag-row', { hasText: '白桦区滨河公园' }).locator('.ag-cell[col-id="f.totalInvestment"]').click();
  await expect(page.getByText('错：总投资（E10）“1.O5”里有字母，请改为数字')).toBeVisible();
  await shot('excel-4-rows');
  await scan();
  await chip(/^不导入/).click();
  await expect(page.locator('.ag-cell[col-id="outcome"]')).toHaveCount(2);
  await chip(/^全部/).click();
});

test('[A5] rows left out come back as a workbook with the reason beside the cell', async () => {
  const path = join(folder, '问题行.xlsx');
  await answerSaveDialog(driven.app, path);
  await page.getByRole('button', { name: '导出问题行' }).click();
  await expect(page.getByText(/已导出 2 行/)).toBeVisible();
  expect(existsSync(path)).toBe(true);
  const book = read(readFileSync(path));
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  expect(sheet?.['K3']?.v).toBe('导入问题说明');
  expect(JSON.stringify(sheet)).toContain('总投资（E10）“1.O5”里有字母，请改为数字');
});

test('[A5] the import is one step, and one 撤销 takes it back', async () => {
  await page.getByRole('button', { name: /^导入：新增/ }).click();
  await expect(page.getByText('已导入')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('新增 3 项，更新 0 项').first()).toBeVisible();
  await shot('excel-5-done');
  await scan();
  await page.getByRole('button', { name: '看项目台账' }).click();
  await expect(page.getByText('共 303 项')).toBeVisible();
  await page.getByRole('button', { name: /导入 Excel$/ }).click();
  await choose(join(folder, '重点项目台账.xlsx'));
  await expect(page.getByRole('button', { name: /下一步/ })).toBeEnabled({ timeout: 20_000 });
  await page.getByRole('button', { name: /下一步/ }).click();
  await expect(chip(/^更新\s*3/)).toBeVisible();
  await page.getByRole('menuitem', { name: '项目台账' }).click();
  await expect(page.getByText('共 303 项')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('共 300 项')).toBeVisible();
});
