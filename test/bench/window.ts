import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { bundle } from '../../build/bundle.ts';
import { driveElectron } from '../../build/drive-electron.ts';
import { projectRoot } from '../../build/paths.ts';
import { electronRuntime } from '../../build/provision-electron.ts';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import { type Measure, measure } from './measure.ts';
import { onDisplayOr } from './on-display.ts';

const RUNS = 5;

/** A data folder whose ledger of 2,000 projects and some 72,000 reports is opened at start. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-bench-'));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, '市.bbledger');
  createSampleLedger(path, Date.UTC(2021, 4, 18), { projects: 2000, reportsPerProject: 40 }).close();
  writeFileSync(join(folder, 'current.json'), JSON.stringify({ path }));
  return folder;
}

async function untilInteractive(page: Page): Promise<void> {
  // By selectors, as for the bare window: finding things by role costs a tenth of a second by itself.
  await page.waitForSelector('[aria-label="旬报收报"] button');
}

/** [`start`] start to an interactive ledger ÷ start of a bare Electron window with an empty page, alternating. */
async function measureStart(folder: string): Promise<Measure> {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    const driven = await driveElectron({ dataFolder: folder });
    await untilInteractive(driven.page);
    times.ours.push(performance.now() - began);
    await driven.app.close();

    const bareBegan = performance.now();
    const bare = await _electron.launch({
      executablePath: electronRuntime().executable,
      args: [join(projectRoot, 'test/bench/bare'), '--disable-gpu', '--force-device-scale-factor=1'],
      chromiumSandbox: false,
    });
    const page = await bare.firstWindow();
    await page.waitForSelector('#root > *', { state: 'attached' });
    times.bare.push(performance.now() - bareBegan);
    await bare.close();
  }
  const middle = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return measure('start', { ours: middle(times.ours), reference: middle(times.bare), unit: 'ms', budget: 2 });
}

/** Milliseconds from an action in the page to the next painted frame after the grid has settled. */
function untilPainted(page: Page, action: 'search' | 'sort' | 'filter', text: string): Promise<number> {
  return page.evaluate(
    async ([kind, words]) => {
      const painted = (): Promise<void> =>
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
      const shown = (): string => document.querySelector('.ag-root')?.textContent ?? '';
      const before = shown();
      const began = performance.now();
      if (kind === 'search' || kind === 'filter') {
        const input = document.querySelector<HTMLInputElement>('[aria-label="在项目台账中查找"]');
        if (!input) throw new Error('no quick search');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, words);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      } else {
        document.querySelector<HTMLElement>(`.ag-header-cell[col-id="${words}"] .ag-header-cell-label`)?.click();
      }
      for (let frame = 0; frame < 300 && shown() === before; frame += 1) await painted();
      await painted();
      return performance.now() - began;
    },
    [action, text] as const,
  );
}

/** [`search`] quick search and sort of 2,000 projects in the window ÷ a plain filter of the same names in the page. */
async function measureSearch(folder: string): Promise<readonly Measure[]> {
  const { app, page } = await driveElectron({ dataFolder: folder });
  try {
    await untilInteractive(page);
    await page.evaluate(() => {
      location.hash = '/projects';
    });
    await page.waitForSelector('.ag-row');
    await page.waitForTimeout(1000);
    const reference = await page.evaluate(() => {
      const names = Array.from({ length: 2000 }, (_, n) => `青禾县第${n}号农产品深加工项目 qhxdhncpsjgxm`);
      const began = performance.now();
      for (let run = 0; run < 100; run += 1) names.filter((name) => name.includes('qhx'));
      return (performance.now() - began) / 100;
    });
    const search: number[] = [];
    for (const words of ['qhx', '', 'wangchuan', '', '供水', ''])
      search.push(await untilPainted(page, 'search', words));
    const sort: number[] = [];
    for (let run = 0; run < 5; run += 1) sort.push(await untilPainted(page, 'sort', 'totalInvestment'));
    const middle = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    const line = (name: string, list: number[]): Measure =>
      measure(name, { ours: middle(list), reference, unit: 'ms', budget: null });
    return [line('search', search), line('search.sort', sort)];
  } finally {
    await app.close();
  }
}

/** The measures that need a window. */
export function bench(): Promise<readonly Measure[]> {
  return onDisplayOr('window', async () => {
    await bundle();
    const folder = dataFolder();
    try {
      return [await measureStart(folder), ...(await measureSearch(folder))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
