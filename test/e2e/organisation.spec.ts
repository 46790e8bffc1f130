import { expect, type Page, test } from '@playwright/test';
import { asLines, graveFaults } from '../helpers/axe.ts';
import { type Driven, largeScreen, launchSample, picture, waitUntilQuiet } from '../helpers/launch.ts';

let driven: Driven;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launchSample('组织');
  ({ page } = driven);
  await expect(page.getByRole('heading', { level: 1, name: '组织' })).toBeVisible({ timeout: 30_000 });
});
test.afterAll(async () => {
  await driven.app.close();
});

const shot = (name: string) => picture(page, 'e2e', name);
const tab = (name: RegExp) => page.getByRole('tab', { name }).click();

async function scan(): Promise<void> {
  expect(asLines(await graveFaults(page, { include: '.page', exclude: ['.ledger-grid'] }))).toEqual([]);
}

test('[A1] the leading group: its office, and a new member registered on the fly', async () => {
  await expect(page.getByText(/共 19 项/)).toBeVisible();
  await waitUntilQuiet(page);
  await shot('organisation-leading-group');
  await scan();
  await page.getByLabel('增加成员').click();
  await page.keyboard.type('新来的');
  await page.getByText('登记新人员“新来的”并加入').click();
  await expect(page.getByText(/共 20 项/)).toBeVisible();
  await page.getByRole('button', { name: '撤销：增加成员' }).click();
  await expect(page.getByText(/共 19 项/)).toBeVisible();
});

test('[A1] the roster goes to paper with the office, its director and everybody in order', async () => {
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await page.getByText('组织机构名册', { exact: true }).click();
  const paper = page.frameLocator('iframe').locator('svg').first();
  await expect(paper).toBeVisible();
  const text = ((await paper.textContent()) ?? '').replace(/\s/gu, '');
  for (const words of ['重点项目包保推进组织机构名册', '组长', '副组长', '市长', '办公室设在'])
    expect(text).toContain(words);
  await shot('organisation-roster');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('[A2] a promotion group with leader, liaison, members and units', async () => {
  await tab(/包保推进组/);
  await page.getByRole('button', { name: /^第二包保推进组/ }).click();
  await expect(page.getByLabel('推进组名称')).toHaveValue(/第二包保推进组/);
  await waitUntilQuiet(page);
  await shot('organisation-groups');
  await scan();
});

test('[A2] its liaison is changed and a member added, each saved at once and taken back', async () => {
  const [head, members] = [page.locator('section.form-group'), page.getByRole('region', { name: '推进组成员' })];
  const liaison = head.getByLabel('联络员');
  const before = await head.locator('.field', { hasText: '联络员' }).textContent();
  await liaison.click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(head.locator('.field', { hasText: '联络员' })).not.toHaveText(before ?? '');
  await page.getByRole('button', { name: '撤销：修改包保推进组“联络员”' }).click();
  await expect(head.locator('.field', { hasText: '联络员' })).toHaveText(before ?? '');
  await expect(members.getByText('共 3 项')).toBeVisible();
  await members.getByLabel('增加成员').click();
  await page.keyboard.type('新来的成员');
  await page.getByText('登记新人员“新来的成员”并加入').click();
  await expect(members.getByText('共 4 项')).toBeVisible();
  await page.getByRole('button', { name: '撤销：增加成员' }).click();
  await expect(members.getByText('共 3 项')).toBeVisible();
  await page.mouse.move(700, 400);
});

test('[A3] a unit moves to another group on a day; the old row is closed the day before', async () => {
  await tab(/责任单位/);
  await page.locator('.ag-cell[col-id="name"]', { hasText: '青禾县' }).click();
  await page.getByRole('button', { name: '调整归组' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('归入').click();
  await page
    .getByTitle(/^第一包保推进组/)
    .last()
    .click();
  await expect(dialog.getByText(/已在“第一包保推进组.*不需要调整/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: '确定' })).toBeDisabled();
  await shot('organisation-move-refused');
  await dialog.getByLabel('归入').click();
  await page
    .getByTitle(/^第三包保推进组/)
    .last()
    .click();
  await expect(dialog.getByText(/到2021年5月17日止；新的归组自2021年5月18日起/)).toBeVisible();
  await shot('organisation-move');
  await dialog.getByRole('button', { name: '确定' }).click();
  await expect(dialog).toBeHidden();
  await tab(/包保推进组/);
  await page.getByRole('button', { name: /^第一包保推进组/ }).click();
  const past = page.locator('.ag-row', { hasText: '以前在本组' });
  await expect(past).toContainText('青禾县');
  await expect(past).toContainText('2021-05-17');
  await waitUntilQuiet(page);
  await shot('organisation-moved');
});

test('[A3] both days of a membership go in together or not at all; one registered by mistake is 作废', async () => {
  const units = page.getByRole('region', { name: '被包保单元' });
  const past = units.locator('.ag-row', { hasText: '以前在本组' });
  await past.locator('.ag-cell[col-id="effectiveFrom"]').click();
  await driven.app.evaluate(({ clipboard }) => clipboard.writeText('2021-05-20\t2021-05-25'));
  await page.keyboard.press('Control+v');
  // 2021-05-20 and later the unit is in the third group: neither of the two cells is written.
  await expect(page.getByText(/一个单元同一天只能在一个组/).first()).toBeVisible();
  await expect(past).toContainText('2021-05-17');
  await shot('organisation-membership-refused');
  await page.keyboard.press('Escape');
  await past.locator('.ag-cell[col-id="unitName"]').click();
  await units.getByRole('button', { name: '作废归组' }).click();
  await expect(page.getByText(/已作废“青禾县”自/)).toBeVisible();
  await expect(past).toHaveCount(0);
  await page.getByRole('button', { name: /^撤销：作废包保关系/ }).click();
  await expect(past).toHaveCount(1);
});

test('[A10] who serves whom, and the green channel by project', async () => {
  await tab(/服务名单/);
  await expect(page.getByText(/没有开通绿色通道/)).toBeVisible();
  await expect(page.locator('.ag-row', { hasText: '首席服务员' }).first()).toBeVisible();
  await waitUntilQuiet(page);
  await shot('organisation-serving');
  await scan();
  await page.getByText('按项目', { exact: true }).click();
  const row = page.locator('.ag-row[row-index="0"]');
  await expect(row.filter({ hasText: '没有开通绿色通道' }).first()).toBeVisible();
  await waitUntilQuiet(page);
  await shot('organisation-serving-projects');
  await row.locator('.ag-cell[col-id="greenChannelOn"]').click();
  await page.keyboard.type('2021-05-06');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^撤销：.*绿色通道开通日期/ })).toBeVisible();
  await page.getByRole('button', { name: /^撤销：.*绿色通道开通日期/ }).click();
  await page.mouse.move(700, 400);
});

test('[C3, C1] what a leader asked for is registered, followed up by the inspection office and printed', async () => {
  await tab(/挂点帮扶/);
  await page.getByText(/^领导指示（\d+）$/).click();
  await expect(page.getByRole('button', { name: '登记领导指示' })).toBeVisible();
  await waitUntilQuiet(page);
  await shot('organisation-instructions');
  await page.getByRole('button', { name: '登记领导指示' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '登记' }).click();
  await expect(dialog.getByText('请填写项目。')).toBeVisible();
  await dialog.getByLabel('项目').click();
  await page.keyboard.type('生物质热电联产');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('指示和要求').fill('一周内解决供电接入');
  await shot('organisation-instruction-dialog');
  await dialog.getByRole('button', { name: '登记' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.ag-row', { hasText: '一周内解决供电接入' }).first()).toBeVisible();
  await tab(/督查问责办/);
  await page.getByText(/^领导指示（\d+）$/).click();
  const line = page.locator('.ag-row', { hasText: '一周内解决供电接入' });
  await expect(line.first()).toContainText('未反馈');
  const index = await line.first().getAttribute('row-index');
  await page.locator(`.ag-row[row-index="${index}"] .ag-cell[col-id="manner"]`).click();
  await page.keyboard.type('实地督办');
  await page.keyboard.press('Enter');
  await expect(page.locator(`.ag-row[row-index="${index}"] .ag-cell[col-id="manner"]`)).toContainText('实地督办');
  await waitUntilQuiet(page);
  await shot('organisation-inspection-instructions');
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await page.getByText('领导指示办理情况').click();
  await expect(page.frameLocator('iframe').locator('svg').first()).toBeVisible();
  await shot('organisation-instructions-paper');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('[A7, D2] a task force gets its project; the units’ own groups', async () => {
  await tab(/^专班/);
  await page.getByText(/实施单位专班（\d+）/).click();
  await page.getByRole('button', { name: '增加专班' }).click();
  await page.keyboard.press('Escape');
  const fresh = page.locator('.ag-row', { hasText: '新专班' });
  await fresh.last().locator('.ag-cell[col-id="projectId"]').click();
  await page.keyboard.type('生物质热电联产');
  await page.keyboard.press('Enter');
  await expect(fresh.last().locator('.ag-cell[col-id="projectId"]')).toContainText('生物质热电联产');
  await waitUntilQuiet(page);
  await shot('organisation-site-forces');
  await page.getByText(/单位领导小组（\d+）/).click();
  await waitUntilQuiet(page);
  await shot('organisation-unit-group');
});

test('[B4, C4] what each project lacks of the six; the task force is set by the rule of its list', async () => {
  await tab(/六个一/);
  await expect(page.getByText(/六个一齐全/)).toBeVisible();
  await expect(page.locator('.ag-cell.cell-question', { hasText: '缺' }).first()).toBeVisible();
  await page.getByText('专班组成', { exact: true }).click();
  const rows = page.getByText(/^共 \d+ 项/);
  const count = async () => Number(/\d+/u.exec((await rows.first().textContent()) ?? '')?.[0]);
  await expect(page.locator('.ag-row', { hasText: '按规定应为' }).first()).toBeVisible();
  // The line of the list itself says 0 until its rows are there.
  await expect.poll(count).toBeGreaterThan(0);
  const before = await count();
  const wrong = page.locator('.ag-row', { hasText: '按规定应为' });
  const at = (await wrong.first().getAttribute('row-index')) ?? '';
  await page.locator(`.ag-row[row-index="${at}"] input[type="checkbox"]`).click();
  await page.getByRole('button', { name: '按规定设置（1）' }).click();
  await expect(page.getByText('已按规定设置 1 个项目的专班')).toBeVisible();
  await expect.poll(count).toBe(before - 1);
  await shot('organisation-force-rule');
  await page.getByRole('button', { name: /^撤销：按清单规定设置专班/ }).click();
  await expect.poll(count).toBe(before);
  await page.mouse.move(700, 400);
});

test('[A10] coverage names the projects that nobody serves', async () => {
  await tab(/人员/);
  await waitUntilQuiet(page);
  await shot('organisation-people');
  await tab(/覆盖检查/);
  await page.getByText(/没有首席服务员的项目/).click();
  await expect(
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button') })
      .first(),
  ).toBeVisible();
  await shot('organisation-coverage');
  await scan();
});

test('[B3] a person below deputy-county rank is not put in as county leader, and the field says why', async () => {
  await tab(/服务名单/);
  const low = (await page.locator('.ag-row[row-index="0"] .ag-cell[col-id="name"]').first().textContent()) ?? '';
  await page.getByRole('menuitem', { name: '项目台账' }).click();
  await page.getByRole('button', { name: '打开', exact: true }).first().click();
  const field = page.locator('.field', { hasText: '县级包保领导' }).first();
  const before = await field.textContent();
  await field.getByRole('combobox').click();
  await page.keyboard.type(low);
  await page.keyboard.press('Enter');
  await expect(field.getByText(new RegExp(`“${low}”的职级是副科级，县级包保领导应为副处级`))).toBeVisible();
  await expect(field.getByText(/请换人；如职级登记有误，先在“组织 → 人员”中更正/)).toBeVisible();
  await shot('organisation-rank-refused');
  await page.getByRole('button', { name: '返回项目台账' }).click();
  await page.getByRole('button', { name: '打开', exact: true }).first().click();
  await expect(page.locator('.field', { hasText: '县级包保领导' }).first()).toHaveText(before ?? '');
  await page.getByRole('menuitem', { name: '组织' }).click();
});

test('on the large screen', async () => {
  const [width, height] = largeScreen;
  await driven.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  );
  await tab(/包保推进组/);
  await waitUntilQuiet(page);
  await shot('organisation-groups-1920');
  for (const [name, file] of [
    ['服务名单', 'serving'],
    ['挂点帮扶', 'hookup'],
    ['督查问责办', 'inspection'],
  ] as const) {
    await tab(new RegExp(name));
    await waitUntilQuiet(page);
    await shot(`organisation-${file}-1920`);
  }
});
