import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { lightsAt } from '../../electron/ledger/rates/index.ts';
import { fillCells, readSheet, submitPeriod } from '../../electron/ledger/reports/index.ts';
import { createSampleCounty } from '../../electron/ledger/sample/index.ts';
import { openSession } from '../../electron/ledger/session/session.ts';
import { writeMeta } from '../../electron/ledger/store/meta.ts';
import { approve, draftSheets, issue } from '../../electron/ledger/supervision/index.ts';
import { faults } from '../helpers/axe.ts';
import { answerSaveDialog, type Driven, largeScreen, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';
import { type PdfPage, pdfInfo, pdfPages } from '../helpers/pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'baobao-supervision-'));

/** Violations of a screen. */
async function scan(page: Page): Promise<string[]> {
  await waitUntilQuiet(page);
  // The frame around the screen and the grid's own editor are scanned where they are tested.
  const look = { exclude: ['iframe', 'header', '.lg-host'], tags: ['wcag2a', 'wcag2aa'] };
  return (await faults(page, look)).map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
  );
}

async function look(page: Page, name: string): Promise<void> {
  await waitUntilQuiet(page);
  await picture(page, 'e2e', `supervision-${name}`);
  expect.soft(await scan(page), name).toEqual([]);
}

/** Words of a page joined line by line, with their place: a title is a word or several, as poppler sees it. */
function find(page: PdfPage | undefined, text: string) {
  const found = page?.words.find((word) => word.text.includes(text));
  if (found === undefined) throw new Error(`no ${text} among ${page?.words.map((word) => word.text).join(' ')}`);
  return found;
}

test.describe.configure({ mode: 'serial' });

test.describe('the city', () => {
  let driven: Driven;
  let clicks = 0;
  const click = async (locator: Locator): Promise<void> => {
    await locator.click();
    clicks += 1;
  };

  test.beforeAll(async () => {
    driven = await launch({ args: ['--sample'] });
    await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  });
  test.afterAll(async () => {
    await driven.app.close();
  });

  test('[B8] three red projects on the 工作台 become three approved, numbered sheets in one PDF', async () => {
    const { app, page } = driven;
    await page.getByRole('menuitem', { name: '督办' }).click();
    await expect(page.getByRole('button', { name: '到“四率与亮灯”选择红灯项目' })).toBeVisible();
    await look(page, '00-empty');
    await page.getByRole('menuitem', { name: '工作台' }).click();
    await look(page, '01-workbench');
    await expect(page.getByText(/应报单位 10/u)).toBeVisible();
    for (const unit of ['青禾县', '望川县', '柳溪县']) {
      await click(page.getByRole('checkbox', { name: new RegExp(`^选择${unit}`, 'u') }).first());
    }
    await click(page.getByRole('button', { name: '拟督办文书（3）' }));
    await expect(page.getByRole('button', { name: '拟稿 3 份' })).toBeEnabled();
    await look(page, '02-new');
    await click(page.getByRole('button', { name: '拟稿 3 份' }));

    await expect(page.getByRole('button', { name: '登记批准（3）' })).toBeEnabled();
    await look(page, '03-drafts');
    await click(page.getByRole('button', { name: '登记批准（3）' }));
    const approval = page.getByRole('dialog');
    await approval.getByLabel('批准人').fill('王某 副市长');
    await look(page, '04-approval');
    await click(approval.getByRole('button', { name: '登记批准' }));

    await click(page.getByRole('button', { name: '编号印发（3）' }));
    const numbering = page.getByRole('dialog');
    await expect(numbering.getByText('安重办督〔2021〕1号')).toBeVisible();
    await expect(numbering.getByText('安重办督〔2021〕3号')).toBeVisible();
    await look(page, '05-numbers');
    await click(numbering.getByRole('button', { name: '编号印发' }));

    await expect(page.getByRole('button', { name: '打印预览（3）' })).toBeEnabled();
    await look(page, '06-issued');
    await click(page.getByRole('button', { name: '打印预览（3）' }));
    const printing = page.getByRole('dialog');
    await expect(page.frameLocator('iframe').locator('svg').first()).toBeVisible();
    await look(page, '07-batch');
    const pdf = join(folder, '督办文书3份.pdf');
    await answerSaveDialog(app, pdf);
    await click(printing.getByRole('button', { name: '存为 PDF' }));
    await expect(page.getByText('PDF 已保存')).toBeVisible();
    console.log(`[clicks] 红灯 → 三份督办文书已编号、存为一个 PDF：${clicks} 次点击，填写 1 处（批准人）`);
    expect(clicks).toBeLessThanOrEqual(12);

    expect(pdfInfo(pdf).get('Page size')).toContain('A4');
    const pages = pdfPages(pdf);
    const first = pages.filter((each) => each.words.some((word) => /〔2021〕[123]号/u.test(word.text)));
    expect(first.length).toBeGreaterThanOrEqual(3);
    for (const n of [1, 2, 3]) {
      const at = pages.findIndex((each) => each.words.some((word) => word.text === `安重办督〔2021〕${n}号`));
      expect(at, `${n}号 begins on the front of a sheet`).toBeGreaterThanOrEqual(0);
      expect(at % 2).toBe(0);
    }
  });

  test('[B8] the sheet page shows the numbered paper, and its PDF has number and title in place', async () => {
    const { app, page } = driven;
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
    await page.getByRole('gridcell', { name: '安重办督〔2021〕1号' }).dblclick();
    await expect(page.getByRole('heading', { name: '安重办督〔2021〕1号' })).toBeVisible();
    const frame = page.frameLocator('iframe[title="文书预览"]');
    await expect
      .poll(async () => (await frame.locator('body').textContent())?.replace(/\s/gu, ''))
      .toContain('安重办督〔2021〕1号');
    await look(page, '08-sheet');
    const pdf = join(folder, '1号.pdf');
    await answerSaveDialog(app, pdf);
    await page.getByRole('button', { name: '存为 PDF' }).click();
    await expect(page.getByText(pdf)).toBeVisible();

    const [sheet] = pdfPages(pdf);
    expect(Math.abs((sheet?.width ?? 0) - 210)).toBeLessThan(0.5);
    expect(Math.abs((sheet?.height ?? 0) - 297)).toBeLessThan(0.5);
    const number = find(sheet, '安重办督〔2021〕1号');
    // 版心 right edge (GB/T 9704-2012 §10.1): 210 − 26 mm, under the upper red line.
    expect(Math.abs(number.right - 184)).toBeLessThan(1);
    expect(number.top).toBeLessThan(60);
    const title = find(sheet, '工作提示单');
    expect(title.top).toBeGreaterThan(number.bottom);
    expect(Math.abs((title.left + title.right) / 2 - 106)).toBeLessThan(20);
    expect(title.bottom).toBeLessThan(120);
  });

  test('[B8] what is typed is saved by itself and appears in the paper; approval locks it, and it can go back', async () => {
    const { page } = driven;
    await page.getByRole('menuitem', { name: '督办' }).click();
    await page.getByRole('button', { name: '拟督办文书' }).click();
    await page.getByRole('gridcell', { name: '云岭区', exact: true }).first().waitFor({ state: 'attached' });
    await page.locator('.ag-row .ag-checkbox-input').nth(20).click();
    await look(page, '09-picker');
    await page.getByRole('button', { name: '拟稿 1 份' }).click();
    await page.getByLabel('正文').fill('一、有关情况\n请于本周内报送整改方案。');
    await page.getByLabel('联系人').fill('李某 0000-1234567');
    await expect(page.getByText(/^已保存/u)).toBeVisible();
    const frame = page.frameLocator('iframe[title="文书预览"]').first();
    await expect
      .poll(async () => (await frame.locator('body').textContent())?.replace(/\s/gu, ''), { timeout: 10_000 })
      .toContain('请于本周内报送整改方案');
    await look(page, '10-editing');
    await page.getByRole('button', { name: '登记批准' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '登记批准' }).click();
    await expect(page.getByText(/已登记批准，内容不再改动/u)).toBeVisible();
    await expect(page.getByLabel('正文')).toHaveCount(0);
    await page.getByRole('button', { name: '退回拟稿' }).click();
    await expect(page.getByLabel('正文')).toHaveValue('一、有关情况\n请于本周内报送整改方案。');
  });

  test('[B8] a computer without a printer is told so and offered PDF', async () => {
    const { page } = driven;
    await page.getByRole('button', { name: '打印', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('这台电脑没有安装打印机')).toBeVisible();
    await look(page, '11-no-printer');
    await dialog.getByRole('button', { name: '关闭' }).click();
  });

  test('[B8] the city records a paper reply and closes the sheet; the queues follow', async () => {
    const { page } = driven;
    await page.getByRole('button', { name: '返回督办' }).click();
    await page.getByRole('gridcell', { name: '安重办督〔2021〕2号' }).dblclick();
    await page.getByLabel('签收人').fill('赵某');
    await page.getByLabel('办理情况').fill('已增派施工力量，本月底前补齐进度。');
    await page.getByRole('button', { name: '回复日期填今天' }).click();
    await expect(page.getByText('已回复', { exact: true })).toBeVisible();
    await look(page, '12-replied');
    await page.getByRole('button', { name: '办结' }).click();
    await page.getByRole('button', { name: '返回督办' }).click();
    await expect(page.getByText('已办结 1', { exact: true })).toBeVisible();
    await expect(page.getByText('待回复 2', { exact: true })).toBeVisible();
    await look(page, '13-list');
    await page.getByRole('menuitem', { name: '工作台' }).click();
    await expect(page.getByText(/待回复 2 份/u)).toBeVisible();
    await look(page, '14-workbench-after');
  });
});

test.describe('a county', () => {
  let driven: Driven;

  test.beforeAll(async () => {
    const path = join(folder, '青禾县.bbledger');
    const now = Date.UTC(2021, 4, 18, 2);
    const store = createSampleCounty(path, now);
    const session = openSession(store, { dataFolder: folder, now: () => Date.now() });
    // As it would be after the city's downward file: the sheets come from the city.
    writeMeta(store, 'level', 'city');
    const city = { ...session, identity: { ...session.identity, level: 'city' as const } };
    const { lights } = await lightsAt(store, session.today());
    const red = lights.filter((light) => light.light === 'red').slice(0, 2);
    for (const [index, project] of red.entries()) {
      const ids = await draftSheets(city, {
        asOf: session.today(),
        sheets: [{ unitId: project.unitId, kind: 'reminder', projectIds: [project.projectId] }],
        replyDue: index === 0 ? '2021-05-16' : '2021-05-21',
      });
      await approve(city, { ids, approvedBy: '王某', approvedOn: '2021-05-10', note: '经请示市政府同意' });
      await issue(city, ids, '2021-05-11');
    }
    writeMeta(store, 'level', 'county');
    store.close();
    driven = await launch({ args: [path] });
    await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  });
  test.afterAll(async () => {
    await driven.app.close();
  });

  test('the 工作台 says what is due and leads to it', async () => {
    const { page } = driven;
    await expect(page.getByText(/5月中旬旬报：应报 \d+，已填 0，明天 17:00 截止/u)).toBeVisible();
    await expect(page.getByText(/待回复 2 份/u)).toBeVisible();
    await look(page, '20-county-workbench');
    await page.getByRole('button', { name: '开始填报' }).click();
    console.log('[clicks] 工作台 → 本期填报表：1 次点击');
    await expect(page.getByRole('heading', { name: '2021年5月中旬旬报' })).toBeVisible();
    await expect(page.getByRole('row').nth(5)).toBeVisible();
    await page.getByRole('menuitem', { name: '工作台' }).click();
  });

  test('[B8] a sheet received is read-only with its reply open', async () => {
    const { page } = driven;
    await page.getByRole('button', { name: '回复' }).first().click();
    await expect(page.getByRole('heading', { name: /安重办督〔2021〕\d号/u })).toBeVisible();
    await expect(page.getByLabel('正文')).toHaveCount(0);
    await expect(page.getByRole('button', { name: '办结' })).toHaveCount(0);
    await page.getByLabel('签收人').fill('钱某');
    await page.getByRole('button', { name: '签收日期填今天' }).click();
    await page.getByLabel('办理情况').fill('已研究，正在组织进场。');
    await page.getByRole('button', { name: '回复日期填今天' }).click();
    await expect(page.getByText('已回复', { exact: true })).toBeVisible();
    await look(page, '21-county-sheet');
    await page.getByRole('menuitem', { name: '督办' }).click();
    await expect(page.getByText('已回复 1', { exact: true })).toBeVisible();
    await look(page, '22-county-list');
    await page.getByRole('menuitem', { name: '工作台' }).click();
    // The sheets were made here for the test, so that they count as well.
    await expect(page.getByText(/未导出的修改 \d+ 处/u)).toBeVisible();
    await expect(page.getByText(/待回复 1 份/u)).toBeVisible();
  });
});

test('a county that has reported, exported and owes nothing is told so', async () => {
  const path = join(folder, '望川县.bbledger');
  const store = createSampleCounty(path, Date.UTC(2021, 4, 18, 2), '望川县');
  const session = openSession(store, { dataFolder: folder, now: () => Date.now() });
  const period = { kind: 'tenDay' as const, period: '2021-05-2' };
  const moment = { today: session.today(), now: session.actor().now };
  const rows = (await readSheet(store, period, moment)).rows.filter((row) => !row.optional);
  const edits = rows.flatMap(({ id }) => [
    { projectId: id, field: 'periodInvestment' as const, value: 10_000 },
    { projectId: id, field: 'visibleProgress' as const, value: '按计划推进' },
    { projectId: id, field: 'explanation' as const, value: '已核实' },
  ]);
  await fillCells(store, { ...period, edits }, session.actor());
  await submitPeriod(store, period, session.actor());
  store.db
    .prepare(
      `INSERT INTO "exchange" ("id", "direction", "kind", "at", "operator", "fileName", "bytes", "toN", "counts", "outcome")
       SELECT 'out', 'out', 'upward', ?, '', 'a.bbsync', 1, max("n"), '{}', 'written' FROM "journal"`,
    )
    .run(session.actor().now);
  store.close();
  const driven = await launch({ args: [path] });
  const { page } = driven;
  await expect(page.getByText('5月中旬旬报已报送，没有待办事项。')).toBeVisible({ timeout: 60_000 });
  await look(page, '23-county-done');
  await driven.app.close();
});

test('the same screens on a large window', async () => {
  const driven = await launch({ args: ['--sample'], size: largeScreen });
  const { page } = driven;
  await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  await look(page, '30-workbench-large');
  await page
    .getByRole('checkbox', { name: /^选择青禾县/u })
    .first()
    .click();
  await page.getByRole('button', { name: '拟督办文书（1）' }).click();
  await look(page, '31-new-large');
  await page.getByRole('button', { name: '拟稿 1 份' }).click();
  await expect(page.getByLabel('正文')).toBeVisible();
  await look(page, '32-sheet-large');
  await driven.app.close();
});
