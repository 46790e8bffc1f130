import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import { type Driven, largeScreen, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

/** Every screen of organisation, projects, chain, permits, factors and pool on a ledger of 2,000 projects. */

const PROJECTS = 2000;
const MOST_ELEMENTS = 12_000;
const dataFolder = mkdtempSync(join(tmpdir(), 'baobao-large-'));

const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: '主导航' }).getByText(name, { exact: true }).click();

/** A picture, after a look at what no picture shows: English words, cut headings, a page drawn whole instead of in part. */
async function look(page: Page, screen: string, name: string): Promise<void> {
  await waitUntilQuiet(page);
  await picture(page, `large-${screen}`, name);
  const { words, elements, across } = await page.evaluate(() => ({
    words: document.body.textContent.match(/\b(undefined|null|NaN|Invalid|Error|Loading|No data|true|false)\b/gu) ?? [],
    elements: document.querySelectorAll('*').length,
    across: document.documentElement.scrollWidth - innerWidth,
  }));
  expect(words, name).toEqual([]);
  expect(elements, name).toBeLessThan(MOST_ELEMENTS);
  expect(across, name).toBeLessThanOrEqual(0);
}

async function tabs(page: Page, screen: string, name: string, labels: readonly (string | RegExp)[]): Promise<void> {
  for (const [index, label] of labels.entries()) {
    const text =
      typeof label === 'string'
        ? page.getByRole('tab', { name: label, exact: true })
        : page.getByRole('tab', { name: label });
    await text.click();
    await look(page, screen, `${name}-${index + 1}`);
  }
}

test.beforeAll(() => {
  const path = join(dataFolder, '市.bbledger');
  createSampleLedger(path, Date.UTC(2021, 4, 18), { projects: PROJECTS, reportsPerProject: 12 }).close();
  writeFileSync(join(dataFolder, 'current.json'), JSON.stringify({ path }));
});

for (const [screen, size] of [
  ['1366', [1366, 768]],
  ['1920', largeScreen],
] as const) {
  test(`the screens of 2,000 projects at ${size.join('×')}`, async () => {
    test.setTimeout(600_000);
    let driven: Driven | undefined;
    try {
      driven = await launch({ dataFolder, size });
      const { page } = driven;
      await page.getByRole('region', { name: '旬报收报' }).waitFor({ timeout: 120_000 });
      await look(page, screen, '01-workbench');

      await go(page, '项目台账');
      await expect(page.getByText('2,000').or(page.getByText('共 2000 项')).first()).toBeVisible({ timeout: 60_000 });
      await look(page, screen, '02-projects');
      await page.getByLabel('在项目台账中查找').fill('gongshui');
      await look(page, screen, '03-projects-found');
      await page.getByRole('button', { name: '打开' }).first().click();
      await page.getByRole('region', { name: '项目页' }).waitFor();
      const count = await page.getByRole('tab').count();
      for (let index = 0; index < count; index += 1) {
        await page.getByRole('tab').nth(index).click();
        await look(page, screen, `04-project-${index + 1}`);
      }
      await page.getByRole('button', { name: '打印台账' }).click();
      await expect(page.frameLocator('iframe').locator('svg').first()).toBeVisible({ timeout: 60_000 });
      await look(page, screen, '05-dossier');
      await page.keyboard.press('Escape');

      for (const [index, name] of (['推进链条', '手续', '要素', '储备调整', '组织'] as const).entries()) {
        await go(page, name);
        await page.getByRole('heading', { name, exact: true }).waitFor();
        await look(page, screen, `1${index}-${name}`);
        const labels = await page.getByRole('tab').allInnerTexts();
        await tabs(page, screen, `1${index}-${name}`, labels.slice(1));
        const views = page.locator('.page-head .ant-segmented-item');
        for (let view = 1; view < (await views.count()); view += 1) {
          await views.nth(view).click();
          await look(page, screen, `1${index}-${name}-${view}`);
        }
      }
      await page.evaluate(() => {
        location.hash = '/weekly';
      });
      await expect(page.getByLabel('提示正文')).toHaveValue(/重点项目每周提示/u, { timeout: 60_000 });
      await look(page, screen, '20-weekly');
    } finally {
      await driven?.app.close();
    }
  });
}
