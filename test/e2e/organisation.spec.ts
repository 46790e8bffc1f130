import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
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
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include('.page')
    .exclude('.ledger-grid')
    .analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
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

test('[A2] a promotion group with leader, liaison, members and units', async () => {
  await tab(/包保推进组/);
  await page.getByRole('button', { name: /^第二包保推进组/ }).click();
  await expect(page.getByLabel('推进组名称')).toHaveValue(/第二包保推进组/);
  await waitUntilQuiet(page);
  await shot('organisation-groups');
  await scan();
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

test('on the large screen', async () => {
  const [width, height] = largeScreen;
  await driven.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  );
  await tab(/包保推进组/);
  await waitUntilQuiet(page);
  await shot('organisation-groups-1920');
});
