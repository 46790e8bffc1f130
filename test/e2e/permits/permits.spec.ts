import { expect, type Page, test } from '@playwright/test';
import { asLines, graveFaults } from '../../helpers/axe.ts';
import { type Driven, launchSample, picture, waitUntilQuiet } from '../../helpers/launch.ts';

let driven: Driven;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launchSample('手续');
  ({ page } = driven);
  await expect(page.getByRole('heading', { level: 1, name: '手续' })).toBeVisible();
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

test('[C5] projects against permits, by what is late, blocked or over the joint clock', async () => {
  await expect(page.locator('.permit-board tbody tr').first()).toBeVisible();
  await waitUntilQuiet(page);
  await shot('permits-board');
  await scan();
  await page.getByRole('button', { name: /有受阻/ }).click();
  await waitUntilQuiet(page);
  await shot('permits-blocked');
});

test('[C5] [D14] [E4] commitments, expiry, special permits, statistics, the catalogue', async () => {
  for (const [view, name] of [
    ['容缺承诺', 'permits-commitments'],
    ['有效期', 'permits-expiry'],
    ['特许施工', 'permits-specials'],
    ['入统', 'permits-statistics'],
    ['手续目录', 'permits-kinds'],
  ] as const) {
    await page.locator('.page-head').getByText(view, { exact: true }).click();
    await waitUntilQuiet(page);
    await shot(name);
    await expect(page.locator('.ag-row').first()).toBeVisible();
  }
  await cell(0, 'limitDays').dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(cell(0, 'limitDays')).toHaveText('3');
});

test('[C5] [D12] [E6] one project: states follow dates, disorder is refused with its reason, the critical permit, the clock', async () => {
  await page.locator('.page-head').getByText('办证推进表', { exact: true }).click();
  await page.getByRole('button', { name: /未办齐/ }).click();
  await page.getByRole('button', { name: /有逾期/ }).click();
  await page.locator('.permit-board .name').first().click();
  await page.getByRole('tab', { name: '手续' }).click();
  await expect(cell(0, 'kindName')).toBeVisible();
  await waitUntilQuiet(page);
  await shot('permits-project');
  const at = await page
    .locator('.ag-row:not(.ag-row-pinned) .ag-cell[col-id="state"]', { hasText: '计划办理' })
    .first()
    .evaluate((element) => Number(element.closest('.ag-row')?.getAttribute('row-index')));
  await cell(at, 'actualSubmit').dblclick();
  await page.keyboard.type('2021-05-10');
  await page.keyboard.press('Enter');
  await expect(cell(at, 'state')).toContainText('办理中');
  await cell(at, 'actualApproval').dblclick();
  await page.keyboard.type('2021-05-01');
  await page.keyboard.press('Enter');
  await expect(page.getByText('实际批复（2021-05-01）早于实际上报（2021-05-10）').first()).toBeVisible();
  await shot('permits-refused');
  await page.keyboard.press('Escape');
  await page.getByText('并联和计时', { exact: true }).click();
  await waitUntilQuiet(page);
  await shot('permits-parallel');
  await scan();
  await page.getByText('入统材料', { exact: true }).click();
  const open = page.getByRole('button', { name: '开列入统材料' });
  if (await open.isVisible()) await open.click();
  await expect(page.getByText('立项批文')).toBeVisible();
  await cell(0, 'dueOn').dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2021-06-10');
  await page.keyboard.press('Enter');
  await expect(cell(0, 'dueOn')).toHaveText('2021-06-10');
  await waitUntilQuiet(page);
  await shot('permits-papers');
  await scan();
});
