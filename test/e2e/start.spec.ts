import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { faultText } from '../../shared/contract/faults.ts';
import { keyProjects } from '../fixtures/workbooks/fixtures.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  type Driven,
  largeScreen,
  launch,
  picture,
  waitUntilQuiet,
} from '../helpers/launch.ts';

/**
 * From two programs that were never opened to a city that knows its first county: new ledger, organisation, projects from
 * Excel, enrolment file, joining, the first stick, and the telephone call about the fingerprint.
 */

test.describe.configure({ mode: 'serial' });

const PASSPHRASE = '临江口令2021';
let folder: string;
let stick: string;
let enrolment: string;
let cityLedger: string;
let countyLedger: string;
let city: Driven;
let county: Driven;
let fingerprint = '';

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baobao-start-'));
  stick = join(folder, 'U盘');
  mkdirSync(stick);
  enrolment = join(folder, '临江县_入网.bbsync');
  cityLedger = join(folder, '安澜市.bbledger');
  countyLedger = join(folder, '临江县.bbledger');
  writeFileSync(join(folder, '重点项目台账.xlsx'), await keyProjects());
  city = await launch({ env: { BAOBAO_STICKS: stick } });
});
test.afterAll(async () => {
  await city?.app.close();
  await county?.app.close();
});

const shot = async (page: Page, name: string): Promise<void> => {
  await waitUntilQuiet(page);
  await picture(page, 'e2e-start', name);
};
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const tab = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('tab', { name }).click();
const goTo = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

/** Types into the cell the keyboard is on and goes right. */
async function typeCells(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
}

test('first window: what is missing is said, then the city has its ledger', async () => {
  const { page, app } = city;
  await expect(button(page, '新建市级台账')).toBeVisible();
  await shot(page, '01-first-window');
  await button(page, '新建市级台账').click();
  const dialog = page.getByRole('dialog');
  await button(page, '选择保存位置并建立').click();
  for (const words of [
    '请填写市名全称，如“安澜市”',
    '请填写文号简称，一至四个字，如“安”',
    '请填写您的姓名，记入每次修改',
  ]) {
    await expect(dialog.getByText(words)).toBeVisible();
  }
  await shot(page, '02-what-is-missing');
  await dialog.getByLabel('市名称').fill('安澜市');
  await dialog.getByLabel('文号简称').fill('安');
  await dialog.getByLabel('操作人').fill('王敏');
  await dialog.getByLabel('年度').fill('2021');
  // Given up at the file dialog: still at the form, nothing written.
  await answerSaveDialog(app, null);
  await button(page, '选择保存位置并建立').click();
  await waitUntilQuiet(page);
  await expect(dialog).toBeVisible();
  await answerSaveDialog(app, cityLedger);
  await button(page, '选择保存位置并建立').click();
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible({ timeout: 30_000 });
  expect(existsSync(cityLedger)).toBe(true);
  const steps = page.getByRole('region', { name: '建账步骤' }).getByRole('listitem');
  await expect(steps).toHaveText([/登记责任单位和人员/, /导入项目清单/, /制作入网文件/]);
  await shot(page, '03-city-workbench-empty');
});

test('[A1–A3] units, people and a promotion group by clicking', async () => {
  const { page } = city;
  await button(page, '去登记').click();
  await shot(page, '04-no-units');
  for (const [name, shortName] of [
    ['临江县', '临江'],
    ['北安区', '北安'],
  ] as const) {
    // 撤销：增加责任单位 is a button too, until the row has its name.
    await page.getByRole('button', { name: '增加责任单位', exact: true }).click();
    await expect(page.locator('.ag-row', { hasText: '新单位' })).toBeVisible();
    await page.waitForTimeout(600);
    await typeCells(page, name, shortName);
    await expect(page.locator('.ag-row', { hasText: name })).toContainText(shortName);
  }
  await expect(page.getByRole('tab', { name: '责任单位（2）' })).toBeVisible();
  await tab(page, /人员/);
  await button(page, '登记人员').click();
  await expect(page.locator('.ag-row', { hasText: '新人员' })).toBeVisible();
  await page.waitForTimeout(600);
  await typeCells(page, '孙立', '副市长');
  await expect(page.locator('.ag-row', { hasText: '孙立' })).toContainText('副市长');
  await tab(page, /包保推进组/);
  await shot(page, '05-no-groups');
  await button(page, '增加第一个推进组').click();
  await expect(page.getByLabel('推进组名称')).toHaveValue('第1包保推进组');
  for (const name of ['孙立', '何平']) {
    await page.getByRole('combobox', { name: '增加成员' }).click();
    await page.keyboard.type(name);
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: name })
      .click();
    await expect(page.locator('.ag-row', { hasText: name })).toBeVisible();
  }
  await button(page, '加入单元').click();
  const dialog = page.getByRole('dialog');
  await shot(page, '06-add-unit-to-group');
  await dialog.getByLabel('被包保单元').click();
  await page.getByTitle('临江县（未归组）').last().click();
  await dialog.getByRole('button', { name: '确定' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.ag-row', { hasText: '临江县' })).toContainText('现在本组');
  await shot(page, '07-group');
});

test('[A5] projects from the Excel of the city', async () => {
  const { page, app } = city;
  await goTo(page, '项目台账');
  await shot(page, '08-no-projects');
  await button(page, /导入 Excel$/)
    .first()
    .click();
  await answerOpenDialog(app, [join(folder, '重点项目台账.xlsx')]);
  await button(page, '选择 Excel 文件').click();
  await expect(button(page, '下一步：核对 5 行')).toBeEnabled({ timeout: 20_000 });
  await shot(page, '09-columns');
  await button(page, '下一步：核对 5 行').click();
  await shot(page, '10-rows');
  await button(page, '导入：新增 3 更新 0').click();
  await expect(page.getByText('新增 3 项，更新 0 项').first()).toBeVisible({ timeout: 20_000 });
  await shot(page, '11-imported');
  await button(page, '看项目台账').click();
  await expect(page.getByText('共 3 项')).toBeVisible();
  await shot(page, '12-projects');
});

test('the enrolment file of the county', async () => {
  const { page, app } = city;
  await goTo(page, '交换');
  await shot(page, '13-no-peers');
  await button(page, '制作入网文件').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('口令').fill('五个字吧');
  await button(page, '选择保存位置并制作').click();
  await expect(dialog.getByText('请选择责任单位')).toBeVisible();
  await expect(dialog.getByText('口令至少六个字')).toBeVisible();
  await shot(page, '14-enrolment-missing');
  await dialog.getByLabel('责任单位').click();
  await page.getByTitle('临江县').last().click();
  await dialog.getByLabel('口令').fill(PASSPHRASE);
  await answerSaveDialog(app, enrolment);
  await button(page, '选择保存位置并制作').click();
  await expect(page.getByText('已写入 临江县_入网.bbsync。请把文件交给该单位，口令另用电话告知。')).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('row', { name: /临江县/ })).toContainText('待入网');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await shot(page, '15-invited');
});

test('the county joins: a wrong passphrase leaves nothing behind, the right one opens its ledger', async () => {
  county = await launch({ env: { BAOBAO_STICKS: stick } });
  const { page, app } = county;
  await button(page, '加入（打开入网文件）').click();
  const dialog = page.getByRole('dialog');
  await button(page, '选择保存位置并加入').click();
  await expect(dialog.getByText('请选择市里发来的入网文件')).toBeVisible();
  await answerOpenDialog(app, [enrolment]);
  await dialog.getByRole('button', { name: '选择', exact: true }).click();
  await expect(dialog.getByLabel('入网文件')).toHaveValue(enrolment);
  await dialog.getByLabel('口令').fill('不是这个口令');
  await dialog.getByLabel('操作人').fill('张兰');
  await answerSaveDialog(app, countyLedger);
  await button(page, '选择保存位置并加入').click();
  await expect(page.getByText(faultText('SYNC_WRONG_PASSPHRASE'), { exact: true })).toBeVisible({ timeout: 30_000 });
  await shot(page, '16-wrong-passphrase');
  expect(readdirSync(folder).filter((name) => name.startsWith('临江县.bbledger'))).toEqual([]);
  await expect(dialog.getByLabel('操作人')).toHaveValue('张兰');
  await dialog.getByLabel('口令').fill(PASSPHRASE);
  await button(page, '选择保存位置并加入').click();
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible({ timeout: 60_000 });
  await shot(page, '17-county-workbench');
  await goTo(page, '项目台账');
  await expect(page.getByText('共 2 项')).toBeVisible();
  await expect(page.locator('.ag-row', { hasText: '生物质热电联产' }).first()).toBeVisible();
  await expect(page.locator('.ag-row', { hasText: '污水处理厂' })).toHaveCount(0);
  await shot(page, '18-county-projects');
});

test('the county writes its first stick', async () => {
  const { page } = county;
  await goTo(page, '交换');
  await waitUntilQuiet(page);
  fingerprint = (/(?:\d{4,6}[\s-]?){4}/u.exec((await page.getByRole('main').textContent()) ?? '')?.[0] ?? '').trim();
  expect(fingerprint).not.toBe('');
  await shot(page, '19-own-fingerprint');
  await tab(page, '导出');
  await button(page, /^导出到U盘/).click();
  await expect(page.getByText('已写入并读回核对一致')).toBeVisible({ timeout: 60_000 });
  await shot(page, '20-written');
  expect(readdirSync(stick).filter((name) => name.endsWith('.bbsync'))).toHaveLength(1);
  await tab(page, '往来单位');
  await expect(page.getByRole('row', { name: /上级/ })).toContainText('第1号');
  // Only the city makes enrolment files.
  await expect(button(page, '制作入网文件')).toHaveCount(0);
});

test('the city compares the fingerprint, admits the county and imports', async () => {
  const { page, app } = city;
  await goTo(page, '交换');
  await tab(page, '导入');
  await answerOpenDialog(app, [stick]);
  await page.getByRole('main').getByRole('button', { name: '选择文件夹或U盘' }).last().click();
  await expect(page.getByText('待核准入网', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(button(page, /^导入 \d+ 个文件$/)).toHaveCount(0);
  await shot(page, '21-candidate');
  await button(page, '核对指纹并核准').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(fingerprint, { exact: true })).toBeVisible();
  await expect(dialog.getByRole('button', { name: '核准入网' })).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await shot(page, '22-fingerprint');
  await dialog.getByRole('button', { name: '核准入网' }).click();
  await expect(page.getByText('可以导入', { exact: true })).toBeVisible({ timeout: 60_000 });
  await shot(page, '23-ready');
  await button(page, '导入 1 个文件').click();
  await expect(page.getByText('已导入', { exact: true })).toBeVisible({ timeout: 60_000 });
  await shot(page, '24-imported');
  await tab(page, '往来单位');
  await expect(page.getByRole('row', { name: /临江县/ })).toContainText('已入网');
  await shot(page, '25-peers');
});

test('on the large screen', async () => {
  for (const [name, driven] of [
    ['city', city],
    ['county', county],
  ] as const) {
    await driven.app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
      [...largeScreen] as [number, number],
    );
    for (const [index, place] of ['工作台', '项目台账', '交换'].entries()) {
      await goTo(driven.page, place);
      await shot(driven.page, `26-1920-${name}-${index + 1}`);
    }
  }
  await goTo(city.page, '设置');
  await button(city.page, '关闭台账').click();
  await expect(button(city.page, '新建市级台账')).toBeVisible();
  await shot(city.page, '27-1920-first-window');
});
