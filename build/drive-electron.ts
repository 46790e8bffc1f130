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
  /** Folder of the unpackaged program; the project by default. */
  readonly program?: string;
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
      ...(options.executable === undefined ? [options.program ?? projectRoot] : []),
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

/**
 * Waits until nothing in the page has changed for `quiet` milliseconds, no spinner turns, nothing moves, and no call to the
 * ledger or the main process waits for its answer. Of calls made before the first wait nothing is known: that one takes
 * longer.
 */
export function waitUntilQuiet(page: Page, quiet = 400, timeout = 20_000): Promise<void> {
  return page.evaluate(becomeQuiet, { quiet, timeout });
}

/** In the page. */
async function becomeQuiet({ quiet, timeout }: { readonly quiet: number; readonly timeout: number }): Promise<void> {
  const place = window as typeof window & { callsUnderWay?: Set<string> };
  const isFirst = place.callsUnderWay === undefined;
  const calls = place.callsUnderWay ?? new Set<string>();
  place.callsUnderWay = calls;
  if (isFirst) {
    const ports = new Map<MessagePort, number>();
    // The head of an oRPC message: the call's id, then its type where it is no plain question or answer.
    const headOf = (data: unknown): RegExpExecArray | null =>
      typeof data === 'string' ? /^\{"i":"([^"]+)"(?:,"t":(\d))?/u.exec(data) : null;
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function post(this: MessagePort, ...args: unknown[]): void {
      const head = headOf(args[0]);
      if (head !== null) {
        const port = ports.get(this) ?? ports.size;
        if (!ports.has(this)) {
          ports.set(this, port);
          this.addEventListener('message', ({ data }) => calls.delete(`${port} ${headOf(data)?.[1]}`));
          // The other end died: nobody answers any more.
          this.addEventListener('close', () => calls.clear());
        }
        // With a type it is given up, or goes on with what was begun.
        if (head[2] === undefined) calls.add(`${port} ${head[1]}`);
        else calls.delete(`${port} ${head[1]}`);
      }
      Reflect.apply(postMessage, this, args);
    };
  }
  const needed = isFirst ? Math.max(quiet, 800) : quiet;
  const end = performance.now() + timeout;
  let last = '';
  let since = performance.now();
  while (performance.now() < end) {
    const moves = document
      .getAnimations()
      .some(({ playState, effect }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime));
    const busy = moves || calls.size > 0 || document.querySelector('.ant-spin-spinning, .ant-skeleton-active') !== null;
    const now = `${document.body.textContent.length} ${document.querySelectorAll('*').length}`;
    if (busy || now !== last) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since >= needed) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
