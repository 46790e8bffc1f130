import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createSampleCounty } from '../../electron/ledger/sample/index.ts';
import { tinyJpeg, writeJpeg } from '../helpers/jpeg.ts';
import { answerOpenDialog, type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

/** Photos with the ten-day report (B7) and side by side on the project page (E3). */

test.describe.configure({ mode: 'serial' });

let driven: Driven;
let page: Page;
let folder: string;

const modal = () => page.locator('.ant-modal').filter({ hasText: '5月中旬照片' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baobao-photos-'));
  const path = join(folder, '青禾县.bbledger');
  createSampleCounty(path, Date.UTC(2021, 4, 18), '青禾县').close();
  driven = await launch({ args: [path] });
  ({ page } = driven);
  await page.getByRole('menuitem', { name: '旬报' }).click();
  await waitUntilQuiet(page);
});
test.afterAll(() => driven.app.close());

test('a report row says how many photos it has and takes more', async () => {
  await page.locator('.ag-row[row-index="0"] [col-id="stage"]').click();
  await page.getByRole('button', { name: '照片 0 · 添加' }).click();
  const large = writeJpeg(join(folder, '五月十四日.jpg'), {
    takenAt: '2021:05:14 09:30:00',
    across: 400,
    down: 300,
    shade: 5,
  });
  const small = writeJpeg(join(folder, '五月四日.jpg'), {
    takenAt: '2021:05:04 08:00:00',
    across: 40,
    down: 30,
    shade: 90,
  });
  await answerOpenDialog(driven.app, [large, small]);
  await modal().getByRole('button', { name: '添加照片、视频' }).click();
  await expect(modal().locator('.photo-card')).toHaveCount(2);
  await expect(modal().getByRole('heading', { name: '2021-05-14' })).toBeVisible();
  await expect(modal().getByRole('heading', { name: '2021-05-04' })).toBeVisible();
  await modal().press('Escape');
  await expect(modal()).toBeHidden();
  await expect(page.getByRole('button', { name: '照片 2 · 添加' })).toBeVisible();
  await picture(page, 'photos', '1-report-row');
});

test('a photo used before is recognised', async () => {
  await page.locator('.ag-row[row-index="1"] [col-id="stage"]').click();
  await page.getByRole('button', { name: '照片 0 · 添加' }).click();
  await answerOpenDialog(driven.app, [join(folder, '五月四日.jpg')]);
  await modal().getByRole('button', { name: '添加照片、视频' }).click();
  await expect(page.getByText(/这张照片已在“.+”2021年5月中旬旬报中用过/u)).toBeVisible();
  await picture(page, 'photos', '2-used-before');
  await page.getByRole('button', { name: '跳过这些' }).click();
  await expect(modal().getByText('还没有照片。')).toBeVisible();
  await modal().press('Escape');
  await expect(modal()).toBeHidden();
});

test('the project page shows them by date, side by side, with a caption', async () => {
  await page.locator('.ag-row[row-index="0"] [col-id="name"]').dblclick();
  await page.getByRole('tab', { name: '照片' }).click();
  const board = page.getByRole('region', { name: '照片', exact: true });
  await expect(board.locator('.photo-card')).toHaveCount(2);
  const caption = board.getByLabel('照片说明').first();
  await caption.fill('主体封顶');
  await caption.press('Enter');
  // Dropped on the board: the page knows no path.
  const bytes = [...tinyJpeg({ takenAt: '2021:04:24 10:00:00', shade: 60 })];
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(content)], '拖入.jpg', { type: 'image/jpeg' }));
    return data;
  }, bytes);
  await board.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(board.locator('.photo-card')).toHaveCount(3);
  await expect(board.getByRole('heading', { name: '2021-04-24' })).toBeVisible();
  await expect(board.getByLabel('照片说明').first()).toHaveValue('主体封顶');
  await picture(page, 'photos', '3-project-page');
  for (const box of await board.getByRole('checkbox', { name: '对比' }).all()) await box.check();
  await board.getByRole('button', { name: '并排对比（3）' }).click();
  const large = page.locator('.photo-large img');
  await expect(large).toHaveCount(3);
  await expect(page.getByText('2021-05-14　主体封顶　2021年5月中旬')).toBeVisible();
  // 3200 px wide as it came, 2048 as it is kept.
  await expect.poll(() => large.last().evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(2048);
  await picture(page, 'photos', '4-side-by-side');
  await page.keyboard.press('Escape');
});

test('a photo is voided and comes back with 撤销', async () => {
  const board = page.getByRole('region', { name: '照片', exact: true });
  await board.getByRole('button', { name: '作废' }).last().click();
  await page
    .locator('.ant-popconfirm')
    .getByRole('button', { name: /确\s?定|OK/u })
    .click();
  await expect(board.locator('.photo-card')).toHaveCount(2);
  await page.locator('.ant-message').getByRole('button', { name: '撤销' }).click();
  await expect(board.locator('.photo-card')).toHaveCount(3);
});
