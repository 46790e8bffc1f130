import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { answerSaveDialog, type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';
import { pdfInfo, pdfText } from '../helpers/pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'baobao-pool-'));
let driven: Driven;

async function look(page: Page, name: string): Promise<void> {
  await waitUntilQuiet(page);
  await picture(page, 'e2e', name);
}

const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: '主导航' }).getByText(name, { exact: true }).click();

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launch({ args: ['--sample'] });
  await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
});
test.afterAll(async () => {
  await driven.app.close();
});

test('[C9, B6, D13] suggestions become a run, which is approved, carried out and taken back', async () => {
  const { page } = driven;
  await go(page, '储备调整');
  await expect(page.getByRole('heading', { name: '储备调整' })).toBeVisible();
  await look(page, 'pool-01-empty');
  await page.getByText(/^调整建议（\d+）$/u).click();
  await expect(page.getByText(/的进度、阶段和储备情况提出/u)).toBeVisible();
  await look(page, 'pool-02-proposals');
  const boxes = page.getByRole('checkbox', { name: /选/u });
  await expect(boxes.first()).toBeVisible();
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  await page.getByRole('button', { name: '列入本批（2）' }).click();
  await expect(page.getByRole('button', { name: '登记批准（2）' })).toBeVisible();
  await look(page, 'pool-03-batch');
  await expect(page.getByRole('button', { name: '登记批准（2）' })).toBeEnabled();
  await page.getByRole('button', { name: '登记批准（2）' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('批准人').fill('王某 副市长');
  await dialog.getByLabel('批准依据').fill('市政府第9次常务会议纪要');
  await look(page, 'pool-04-approve');
  await dialog.getByRole('button', { name: '登记批准' }).click();
  await page.getByRole('button', { name: '调整到位（2）' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '调整到位' }).click();
  await expect(page.getByRole('gridcell', { name: '已调整' }).first()).toBeVisible();
  await look(page, 'pool-05-done');
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await expect(page.frameLocator('iframe').locator('svg').first()).toBeVisible();
  await look(page, 'pool-06-paper');
  await page.keyboard.press('Escape');
});

test('[B6, E9, E10, D10] lists with their years, reserve pool, experts, bundles, conversion', async () => {
  const { page } = driven;
  for (const [tab, name] of [
    ['清单归属', 'pool-07-lists'],
    ['储备库', 'pool-08-reserve'],
    ['专家评审', 'pool-09-experts'],
    ['打包项目', 'pool-10-bundles'],
    ['转化率', 'pool-11-conversion'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tab', { name: tab, selected: true })).toBeVisible();
    await look(page, name);
  }
  await expect(page.getByText('储备转开工率').first()).toBeVisible();
});

const cell = (page: Page, grid: string, key: string, row = 0) =>
  page
    .getByRole('region', { name: grid, exact: true })
    .locator(`.ag-row[row-index="${row}"]:not(.ag-row-pinned) .ag-cell[col-id="${key}"]`)
    .first();

async function type(page: Page, grid: string, key: string, text: string): Promise<void> {
  await cell(page, grid, key).dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('[D10] what projects in production yield, and the months nobody told of', async () => {
  const { page } = driven;
  await page.getByText('达产达效', { exact: true }).click();
  await expect(cell(page, '达产达效', 'name')).toBeVisible();
  await look(page, 'pool-12-yields');
  await page.getByRole('region', { name: '达产达效', exact: true }).getByRole('button', { name: '查找' }).click();
  await page.getByLabel('在表中查找').fill('没有这样的项目');
  await expect(page.getByText(/筛选后 0 项/u)).toBeVisible();
  await page.getByLabel('在表中查找').press('Escape');
  await expect(page.getByText(/筛选后/u)).toHaveCount(0);
});

test('[E9] a project is taken into the reserve pool, moved on, and not twice', async () => {
  const { page } = driven;
  await page.getByRole('tab', { name: '储备库' }).click();
  const before = await page.getByRole('button', { name: /^重大产业发展/u }).textContent();
  await page.getByRole('button', { name: /^重大产业发展/u }).click();
  const take = async (): Promise<void> => {
    await page.getByRole('button', { name: '列入储备库', exact: true }).click();
    await page.getByRole('dialog').getByLabel('项目').fill('玉米');
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: '增 加' })
      .or(page.getByRole('dialog').getByRole('button', { name: '增加', exact: true }))
      .click();
  };
  await take();
  await expect(page.getByText('已列入储备库，请核对类别和进展')).toBeVisible();
  await expect(page.getByRole('button', { name: /^重大产业发展/u })).not.toHaveText(before ?? '');
  await take();
  await expect(page.getByText(/该项目已在储备库中/u)).toBeVisible();
  await look(page, 'pool-13-reserve-twice');
  await page.getByRole('button', { name: /^已出库/u }).click();
  await page.getByRole('button', { name: /^重大产业发展/u }).click();
  await look(page, 'pool-14-reserve-left');
  await page.getByRole('button', { name: /^已出库/u }).click();
});

test('[E10] an expert is listed once, and what he says of a project stands with its risk', async () => {
  const { page } = driven;
  await page.getByRole('tab', { name: '专家评审' }).click();
  await type(page, '评审专家', 'speciality', '能源经济');
  await expect(cell(page, '评审专家', 'speciality')).toHaveText('能源经济');
  await type(page, '专家评审', 'riskText', '资金配套不足');
  await expect(cell(page, '专家评审', 'riskText')).toHaveText('资金配套不足');
  await type(page, '专家评审', 'reviewedOn', '2021-06-20');
  await expect(page.getByText(/评审日期（2021-06-20）晚于今天/u).first()).toBeVisible();
  await page.keyboard.press('Escape');
  // The day was not saved: what is taken back is what was saved before it.
  await page.getByRole('button', { name: '撤销：修改“风险说明”' }).click();
  await expect(cell(page, '专家评审', 'riskText')).not.toHaveText('资金配套不足');
});

test('[B6] a project that leaves without another in its place lowers the count: said in the run, no approval', async () => {
  const { page } = driven;
  await page.getByRole('tab', { name: '清单归属' }).click();
  const name = (await cell(page, '清单归属', 'name', 6).textContent()) ?? '';
  const list = (await cell(page, '清单归属', 'list', 6).textContent()) ?? '';
  await page.getByRole('tab', { name: '调整批次' }).click();
  await page.getByRole('button', { name: '列入项目' }).click();
  const dialog = page.getByRole('dialog');
  const choose = async (label: string, text: string): Promise<void> => {
    await dialog.getByLabel(label, { exact: true }).click();
    await page.locator('.ant-select-dropdown:visible').getByText(text, { exact: true }).first().click();
  };
  await choose('调整类别', '出库');
  await choose('清单', list);
  await dialog.getByLabel('项目', { exact: true }).fill(name);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await dialog.getByLabel('调整理由').fill('推进受阻');
  await dialog
    .getByRole('button', { name: '列入', exact: true })
    .or(dialog.getByRole('button', { name: '列 入' }))
    .click();
  await expect(page.getByText(/项目数减少 1 个/u).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^登记批准/u })).toBeDisabled();
  await look(page, 'pool-15-lowers');
});

test('[A7, C1, C3, C4, D2, D11, E12] task forces, 六个一, hook-up, inspection office inside 组织', async () => {
  const { page } = driven;
  await go(page, '组织');
  await page.getByRole('tab', { name: '专班' }).click();
  await expect(page.getByText(/市级专班（\d+）/u)).toBeVisible();
  await look(page, 'teams-01-city');
  await page.getByText(/实施单位专班（\d+）/u).click();
  await look(page, 'teams-02-site');
  await page.getByText(/单位领导小组（\d+）/u).click();
  await look(page, 'teams-03-units');
  await type(page, '单位领导小组', 'members', '孙某（发改局局长）');
  await expect(cell(page, '单位领导小组', 'members')).toHaveText('孙某（发改局局长）');
  await page.getByRole('tab', { name: '六个一' }).click();
  await expect(page.getByText(/六个一齐全/u)).toBeVisible();
  await look(page, 'teams-04-six');
  await page.getByText('项目管家', { exact: true }).click();
  await look(page, 'teams-05-stewards');
  await expect(cell(page, '项目管家', 'problem')).toContainText('没有项目管家');
  await page.getByText('专班组成', { exact: true }).click();
  await look(page, 'teams-06-rule');
  await page.getByRole('tab', { name: '挂点帮扶' }).click();
  await expect(page.getByText(/覆盖率/u).first()).toBeVisible();
  await look(page, 'teams-07-hookup');
  await page.getByRole('tab', { name: '督查问责办' }).click();
  await expect(page.getByText(/逾期环节（\d+）/u)).toBeVisible();
  await look(page, 'teams-08-inspection');
  await page.getByRole('button', { name: '打印' }).click();
  await page.getByText('包保责任一览表').click();
  await expect(page.frameLocator('iframe').locator('svg').first()).toBeVisible();
  await look(page, 'teams-09-print');
  await page.keyboard.press('Escape');
});

test('[A5, A6] a stage is entered with day and evidence; the dossier is printed as PDF', async () => {
  const { app, page } = driven;
  await go(page, '项目台账');
  await page.getByLabel('在项目台账中查找').fill('生物质热电联产');
  await expect(page.getByRole('gridcell', { name: /生物质热电联产/u }).first()).toBeVisible();
  await page.getByRole('button', { name: '打开', exact: true }).first().click();
  await page.getByRole('tab', { name: '阶段' }).click();
  await expect(page.getByText(/当前阶段/u)).toBeVisible();
  await look(page, 'stages-01-tab');
  await page.getByRole('button', { name: '登记阶段变动' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '登记' }).click();
  await look(page, 'stages-02-dialog');
  await dialog.getByLabel('依据').fill('开工令〔2021〕7号');
  await dialog.getByLabel('说明').fill('按现场情况登记');
  const before = await page.getByText(/当前阶段/u).textContent();
  await dialog.getByRole('button', { name: '登记' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('gridcell', { name: '开工令〔2021〕7号' })).toBeVisible();
  await expect(page.getByText(/当前阶段/u)).not.toHaveText(before ?? '');
  // The offer in the message lasts some seconds only: the picture would be too late for it on a slow day.
  await expect(page.getByText(/^已登记：/u).getByRole('button', { name: '撤销' })).toBeVisible();
  await look(page, 'stages-03-entered');
  await page.getByRole('button', { name: /^撤销：/u }).click();
  await expect(page.getByRole('gridcell', { name: '开工令〔2021〕7号' })).toHaveCount(0);
  await expect(page.getByText(/当前阶段/u)).toHaveText(before ?? '');
  await page.getByRole('tab', { name: '专班与服务' }).click();
  await page.getByText(/^领导指示（\d+）$/u).click();
  await expect(page.getByRole('button', { name: '登记领导指示' })).toBeVisible();
  await look(page, 'teams-10-project-instructions');
  await page.getByText(/^一事一议（\d+）$/u).click();
  await expect(page.getByRole('button', { name: '登记议题' })).toBeVisible();
  await look(page, 'teams-10-project');
  await page.getByRole('button', { name: '打印台账' }).click();
  await expect(page.frameLocator('iframe').locator('svg').first()).toBeVisible();
  await look(page, 'dossier-01-dialog');
  const pdf = join(folder, '台账.pdf');
  await answerSaveDialog(app, pdf);
  await page.getByRole('dialog').getByRole('button', { name: '存为 PDF' }).click();
  await expect(page.getByText('PDF 已保存')).toBeVisible();
  expect(pdfInfo(pdf).get('Page size')).toContain('A4');
  const text = pdfText(pdf, 1, 9).replace(/\s/gu, '');
  for (const word of ['重点项目推进台账', '生物质热电联产', '一、基本情况', '推进链条', '阶段变动', '包保领导（签字）'])
    expect(text).toContain(word);
});
