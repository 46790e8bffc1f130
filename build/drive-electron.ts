import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { projectRoot } from './paths.ts';
import { electronRuntime } from './provision-electron.ts';
import { electronEnvironment } from './run-electron.ts';

export interface DriveOptions {
  /** Content size of the window in pixels. */
  readonly size?: readonly [number, number];
  /** Data folder; a new temporary one by default. */
  readonly dataFolder?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A packaged executable instead of the project folder. */
  readonly executable?: string;
}

export interface Driven {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataFolder: string;
}

/** Starts the program under Playwright and waits until its page has drawn something. Needs a display. */
export async function driveElectron(options: DriveOptions = {}): Promise<Driven> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'baobao-data-'));
  const [width, height] = options.size ?? [1366, 768];
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(electronEnvironment())) if (value !== undefined) env[name] = value;
  const app = await _electron.launch({
    executablePath: options.executable ?? electronRuntime().executable,
    args: [
      ...(options.executable === undefined ? [projectRoot] : []),
      '--force-device-scale-factor=1',
      '--disable-gpu',
      '--lang=zh-CN',
      `--data-dir=${dataFolder}`,
      `--baobao-size=${width}x${height}`,
      ...(options.args ?? []),
    ],
    env: { ...env, BAOBAO_TEST: '1', LANG: 'zh_CN.UTF-8', TZ: 'Asia/Shanghai', ...options.env },
    chromiumSandbox: false,
    timeout: 60_000,
  });
  const page = await app.firstWindow();
  // firstWindow() may come back before the page has loaded.
  await page.waitForSelector('#root > *', { state: 'attached', timeout: 30_000 });
  return { app, page, dataFolder };
}

/** Waits until nothing in the page has changed for `quiet` milliseconds and no spinner turns. */
export async function waitUntilQuiet(page: Page, quiet = 800, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout;
  let last = '';
  let since = Date.now();
  while (Date.now() < end) {
    const now = await page.evaluate(() => {
      const busy = document.querySelector('.ant-spin-spinning, .ant-skeleton-active') !== null;
      return `${busy} ${document.body.textContent.length} ${document.querySelectorAll('*').length}`;
    });
    if (now !== last || now.startsWith('true')) {
      last = now;
      since = Date.now();
    } else if (Date.now() - since >= quiet) {
      return;
    }
    await page.waitForTimeout(100);
  }
}
