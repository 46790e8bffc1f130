import { expect, type Locator, type Page, test } from '@playwright/test';
import { graveFaults } from '../helpers/axe.ts';
import { type JoinedOffices, joinedOffices } from '../helpers/joined-offices.ts';
import { type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

/** Every screen of both offices, whole window: axe, a Chinese name for each control, and the way by keyboard alone. */

let offices: JoinedOffices;
test.beforeAll(async () => {
  offices = await joinedOffices(['青禾县']);
});

const SCREENS = [
  '/',
  '/projects',
  '/projects/import',
  '/reports',
  '/chain',
  '/permits',
  '/factors',
  '/rates',
  '/supervision',
  '/pool',
  '/organisation',
  '/exchange',
  '/exchange/export',
  '/exchange/import',
  '/exchange/disputes',
  '/exchange/register',
  '/settings',
  '/settings/backup',
] as const;

async function faultsOf(page: Page): Promise<string[]> {
  const found = await graveFaults(page, {
    exclude: [
      // antd's own heading of the calendar: '选择年份' over '2021年'.
      '.ant-picker-header-view',
      // Each tab is looked at while it is shown; what it leaves behind hidden is looked at no more.
      '.ant-tabs-tabpane-hidden',
    ],
  });
  return found.flatMap(({ id, nodes }) =>
    nodes
      // antd names the list of an open Select before it has drawn it.
      .filter(({ html }) => !(id === 'aria-valid-attr-value' && html.includes('role="combobox"')))
      .slice(0, 3)
      .map((node) => `${id}: ${node.html.slice(0, 200)}`),
  );
}

const CONTROLS = 'button|link|textbox|searchbox|combobox|checkbox|radio|switch|spinbutton|tab|menuitem|slider|option';

/** Controls without a name, and names that are no Chinese, figures or marks alone ('search', 'usb', 'Close'). */
async function badNames(page: Page): Promise<string[]> {
  const lines = (await page.locator('body').ariaSnapshot()).split('\n');
  return lines.flatMap((line) => {
    const [, role = '', name] =
      new RegExp(`- ['"]?(${CONTROLS}|img|grid|dialog|region|table)\\b(?: "((?:[^"\\\\]|\\\\.)*)")?`, 'u').exec(line) ??
      [];
    if (role === '') return [];
    if (name === undefined) return new RegExp(`^(?:${CONTROLS})$`, 'u').test(role) ? [`no name: ${line.trim()}`] : [];
    return /[a-z]{2,}/iu.test(name) && !/\p{Script=Han}/u.test(name) ? [`not Chinese: ${line.trim()}`] : [];
  });
}

async function look(page: Page, place: string, found: string[]): Promise<void> {
  await waitUntilQuiet(page);
  for (const fault of [...(await faultsOf(page)), ...(await badNames(page))]) found.push(`${place} ${fault}`);
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
}

async function open(ledger: string): Promise<Driven> {
  const driven = await launch({ args: [ledger], env: { BAOBAO_STICKS: offices.stick } });
  await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  return driven;
}

for (const office of ['city', 'county'] as const) {
  test(`every screen of the ${office}`, async () => {
    test.setTimeout(900_000);
    const { page, app } = await open(office === 'city' ? offices.city : (offices.counties['青禾县'] ?? ''));
    const found: string[] = [];
    try {
      for (const path of SCREENS) {
        await goTo(page, path);
        await look(page, path, found);
      }
      for (const [path, tabs] of [
        ['/organisation', true],
        ['/reports', true],
      ] as const) {
        await goTo(page, path);
        await waitUntilQuiet(page);
        const all = page.getByRole('main').getByRole('tab');
        for (let index = 1; tabs && index < (await all.count()); index += 1) {
          await all.nth(index).click();
          await look(page, `${path} ${await all.nth(index).textContent()}`, found);
        }
      }
      await goTo(page, '/projects');
      await waitUntilQuiet(page);
      await page.locator('.ag-row [col-id="open"], .ag-row', { hasText: '打开' }).getByText('打开').first().click();
      await waitUntilQuiet(page);
      const tabs = page.getByRole('main').getByRole('tab');
      for (let index = 0; index < (await tabs.count()); index += 1) {
        await tabs.nth(index).click();
        await look(page, `project ${await tabs.nth(index).textContent()}`, found);
      }
    } finally {
      await app.close();
    }
    expect([...new Set(found)]).toEqual([]);
  });
}

test('first window and its dialogs; dialogs, drawers and lists of the city', async () => {
  const found: string[] = [];
  const first = await launch();
  await look(first.page, 'start', found);
  for (const name of ['新建市级台账', '加入（打开入网文件）']) {
    await first.page.getByRole('button', { name }).click();
    await look(first.page, name, found);
    await first.page.keyboard.press('Escape');
  }
  await first.app.close();
  const { page, app } = await open(offices.city);
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  await goTo(page, '/organisation');
  await page.getByRole('tab', { name: /责任单位/ }).click();
  await page.locator('.ag-cell[col-id="name"]', { hasText: '青禾县' }).click();
  await button('调整归组').click();
  await look(page, '调整归组', found);
  await page.getByRole('dialog').getByLabel('生效日期').click();
  await look(page, '日期', found);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await goTo(page, '/exchange');
  await button('制作入网文件').click();
  await look(page, '制作入网文件', found);
  await page.keyboard.press('Escape');
  await goTo(page, '/projects');
  await waitUntilQuiet(page);
  await button('列设置').click();
  await look(page, '列设置', found);
  await page.getByRole('button', { name: '完成', exact: true }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('qh');
  await look(page, '全局搜索', found);
  await app.close();
  expect([...new Set(found)]).toEqual([]);
});

interface Stop {
  readonly what: string;
  readonly region: string;
  readonly visible: boolean;
}

/** What the keyboard is on, and whether the eye can see it. */
function focused(): Stop {
  const on = document.activeElement as HTMLElement;
  const shows = (element: Element | null): boolean => {
    for (let at = element, depth = 0; at !== null && depth < 4; at = at.parentElement, depth += 1) {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      // AG Grid frames a heading with what comes after it.
      const after = getComputedStyle(at, '::after');
      if (after.content !== 'none' && (after.boxShadow !== 'none' || after.borderTopStyle !== 'none')) return true;
      if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) return true;
      if (boxShadow !== 'none') return true;
      if (depth === 0 && !(at instanceof HTMLInputElement || at.className.includes('ag-'))) break;
    }
    return false;
  };
  const grid = on.closest('.ledger-grid');
  const cell = grid?.querySelector('.lg-active, .ag-cell-focus, .lg-cell-active') ?? null;
  return {
    what: on.getAttribute('aria-label') ?? on.textContent?.trim().slice(0, 20) ?? on.tagName,
    region: on.closest('nav') ? 'nav' : grid ? 'grid' : on.closest('header') ? 'header' : 'main',
    visible: shows(on) || (grid !== null && on.tagName === 'TEXTAREA') || cell !== null,
  };
}

test('by keyboard alone: navigation, search and grid are reached, and the focus is seen', async () => {
  const { page, app } = await open(offices.city);
  try {
    await waitUntilQuiet(page);
    const stops: Stop[] = [];
    const reach = async (region: string, most: number, what = ''): Promise<Stop> => {
      for (let count = 0; count < most; count += 1) {
        await page.keyboard.press('Tab');
        await page.waitForTimeout(120);
        const stop = await page.evaluate(focused);
        stops.push(stop);
        if (stop.region === region && stop.what.includes(what)) return stop;
      }
      throw new Error(`${region} is not reached: ${stops.map((stop) => `${stop.region}/${stop.what}`).join(' → ')}`);
    };
    await reach('nav', 3);
    await picture(page, 'e2e-accessibility', '1-navigation');
    // The menu is one stop; arrows go through it.
    for (let count = 0; count < 4; count += 1) {
      await page.keyboard.press('ArrowDown');
      if (await page.getByRole('menuitem', { name: '项目台账' }).evaluate((item) => item === document.activeElement))
        break;
    }
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '项目台账' })).toBeVisible();
    await waitUntilQuiet(page);
    await reach('header', 20, '全局搜索');
    await picture(page, 'e2e-accessibility', '2-search');
    await reach('grid', 60);
    // The headings are one stop, then come the cells.
    await reach('grid', 1, '第 1 行');
    await picture(page, 'e2e-accessibility', '3-grid');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('textbox', { name: /^第 2 行，/ })).toBeFocused();
    await picture(page, 'e2e-accessibility', '4-grid-moved');
    expect(stops.filter((stop) => !stop.visible).map((stop) => `${stop.region}/${stop.what}`)).toEqual([]);
    // The heading of the column of ticks has a box and no words.
    expect(stops.filter((stop) => stop.what === '' && stop.region !== 'grid').map((stop) => stop.region)).toEqual([]);
    // And out again.
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: '全局搜索' })).toBeFocused();
  } finally {
    await app.close();
  }
});
