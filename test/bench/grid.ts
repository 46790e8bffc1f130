import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { bundle } from '../../build/bundle.ts';
import { driveElectron } from '../../build/drive-electron.ts';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import { type Measure, measure } from './measure.ts';
import { watchMemory } from './memory.ts';
import { onDisplayOr } from './on-display.ts';

const PROJECTS = 20_000;
const PERIODS = 36;
const FIRST_PAINTS = 3;
const REPEATED = 5;
/** MB, for the ledger process and for the window each. */
const MEMORY = 600;

/** A data folder whose ledger of 20,000 projects and 720,000 reports is opened at start. */
function dataFolder(): string {
  // One that was made before may be used again while working on the program: its making takes more than a minute.
  const kept = process.env['BAOBAO_BENCH_GRID'];
  if (kept !== undefined) return kept;
  const folder = mkdtempSync(join(tmpdir(), 'baobao-bench-'));
  const path = join(folder, '市.bbledger');
  createSampleLedger(path, Date.UTC(2021, 4, 18), { projects: PROJECTS, reportsPerProject: PERIODS }).close();
  writeFileSync(join(folder, 'current.json'), JSON.stringify({ path }));
  return folder;
}

const middle = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

/** Milliseconds until the first rows with a name are painted, from the moment the page is asked for. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
    const began = performance.now();
    location.hash = '/projects';
    // Not the totals row, which is there before any project.
    const name = '.ag-grid-scrolling-rows .ag-row .ag-cell[col-id="name"]';
    while ((document.querySelector(name)?.textContent ?? '') === '') {
      if (performance.now() - began > 120_000) throw new Error('no project is shown');
      await frame();
    }
    await frame();
    return performance.now() - began;
  });
}

/** The same rows and as many values moved through a port and hung up as objects, with nothing drawn. */
function moveRows(page: Page): Promise<number> {
  return page.evaluate(async (count) => {
    const values = Array.from({ length: 75 }, (_, n) =>
      n % 3 === 0 ? n * 12_345_678 : n % 3 === 1 ? `第${n}项` : null,
    );
    const rows = Array.from({ length: count }, () => [...values]);
    const { port1, port2 } = new MessageChannel();
    const began = performance.now();
    const arrived = new Promise<number>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<unknown[][]>) =>
        resolve(data.map((row) => Object.fromEntries(row.map((value, n) => [`c${n}`, value]))).length);
    });
    port1.postMessage(rows);
    await arrived;
    const spent = performance.now() - began;
    port1.close();
    return spent;
  }, PROJECTS);
}

type Action =
  | { readonly kind: 'sort'; readonly column: string }
  | { readonly kind: 'search'; readonly words: string }
  | { readonly kind: 'filter' };

/** Milliseconds from an action to the next painted frame after what the grid shows has changed. */
function untilPainted(page: Page, action: Action): Promise<number> {
  return page.evaluate(async (asked) => {
    const painted = (): Promise<void> =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    const shown = (): string =>
      (document.querySelector('.ag-root')?.textContent ?? '') +
      (document.querySelector('.lg-status')?.textContent ?? '');
    const before = shown();
    const began = performance.now();
    if (asked.kind === 'sort') {
      document.querySelector<HTMLElement>(`.ag-header-cell[col-id="${asked.column}"] .ag-header-cell-label`)?.click();
    } else if (asked.kind === 'search') {
      const input = document.querySelector<HTMLInputElement>('[aria-label="在项目台账中查找"]');
      if (!input) throw new Error('no quick search');
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, asked.words);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    } else {
      document.querySelector<HTMLElement>('.lg-filter button[type="submit"]')?.click();
    }
    for (let tried = 0; tried < 600 && shown() === before; tried += 1) await painted();
    await painted();
    return performance.now() - began;
  }, action);
}

/** Filter by value on the stage: all but the first ticked value, then everything again. Milliseconds from 确定 to painted. */
async function measureFilter(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < REPEATED; run += 1) {
    await page.locator('.ag-header-cell[col-id="stage"] .ag-header-cell-filter-button').click();
    const form = page.locator('.lg-filter');
    await form.waitFor();
    if (run % 2 === 0) await form.locator('.lg-filter-list .ant-checkbox-input').nth(1).click();
    else await form.getByText('全选', { exact: true }).click();
    times.push(await untilPainted(page, { kind: 'filter' }));
    await form.waitFor({ state: 'hidden' });
  }
  return times;
}

function plainWork(page: Page): Promise<{ readonly filter: number; readonly sort: number }> {
  return page.evaluate((count) => {
    const rows = Array.from({ length: count }, (_, n) => ({
      name: `青禾县第${n}号农产品深加工项目`,
      stage: n % 7,
      total: (n * 7919) % count,
    }));
    const timed = (work: () => unknown): number => {
      const began = performance.now();
      for (let run = 0; run < 20; run += 1) work();
      return (performance.now() - began) / 20;
    };
    return {
      filter: timed(() => rows.filter((row) => row.stage !== 3 && row.name.includes('农'))),
      sort: timed(() => [...rows].sort((left, right) => left.total - right.total)),
    };
  }, PROJECTS);
}

/** The pages that hold the most, one after the other, as an operator goes through them. */
const PAGES = ['/rates', '/reports', '/chain', '/pool', '/organisation', '/permits', '/factors', '/projects'];

async function drive(folder: string): Promise<readonly Measure[]> {
  const first: number[] = [];
  const moved: number[] = [];
  for (let run = 0; run < FIRST_PAINTS - 1; run += 1) {
    const { app, page } = await driveElectron({ dataFolder: folder });
    await page.getByRole('region', { name: '旬报收报' }).waitFor({ timeout: 120_000 });
    first.push(await firstPaint(page));
    await app.close();
  }
  const { app, page } = await driveElectron({ dataFolder: folder });
  const memory = await watchMemory(app);
  try {
    await page.getByRole('region', { name: '旬报收报' }).waitFor({ timeout: 120_000 });
    first.push(await firstPaint(page));
    // What the page makes ready while nothing else is to be done belongs to its memory, not to the first sorting.
    await page.waitForTimeout(3000);
    const sort: number[] = [];
    for (let run = 0; run < REPEATED; run += 1) {
      sort.push(await untilPainted(page, { kind: 'sort', column: 'totalInvestment' }));
    }
    const filter = await measureFilter(page);
    const search: number[] = [];
    for (const words of ['供水', '', 'wangchuan', '', 'qhx', '']) {
      search.push(await untilPainted(page, { kind: 'search', words }));
    }
    const plain = await plainWork(page);
    for (const path of PAGES) {
      await page.evaluate((to) => {
        location.hash = to;
      }, path);
      await page.waitForTimeout(5000);
    }
    const most = memory.end();
    for (let run = 0; run < FIRST_PAINTS; run += 1) moved.push(await moveRows(page));
    const mb = (name: string, ours: number, budget: number | null): Measure =>
      measure(name, { ours, reference: MEMORY, unit: 'MB', budget });
    return [
      measure('grid-20k.first', { ours: middle(first), reference: middle(moved), unit: 'ms', budget: null }),
      measure('grid-20k.sort', { ours: middle(sort), reference: plain.sort, unit: 'ms', budget: null }),
      measure('grid-20k.filter', { ours: middle(filter), reference: plain.filter, unit: 'ms', budget: null }),
      measure('grid-20k.search', { ours: middle(search), reference: plain.filter, unit: 'ms', budget: null }),
      mb('memory.ledger.rss', most.ledger.rss, 1),
      mb('memory.ledger.pss', most.ledger.pss, null),
      mb('memory.window.rss', most.window.rss, 1),
      mb('memory.window.pss', most.window.pss, null),
    ];
  } finally {
    await app.close();
  }
}

/** The window with 20,000 projects and 720,000 reports: how fast its grid answers, and how much memory it takes. */
export function bench(): Promise<readonly Measure[]> {
  return onDisplayOr('grid', async () => {
    await bundle();
    const folder = dataFolder();
    try {
      return await drive(folder);
    } finally {
      if (process.env['BAOBAO_BENCH_GRID'] === undefined) rmSync(folder, { recursive: true, force: true });
    }
  });
}
