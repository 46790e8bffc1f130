import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { electronEnvironment, electronLaunch } from '../../../build/run-electron.ts';
import { type Driven, launch, picture, tool } from '../../helpers/launch.ts';

async function bridgeScript(): Promise<string> {
  const entry = fileURLToPath(new URL('page-bridge.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' });
  return outputFiles[0]?.text ?? '';
}

let driven: Driven;
const folder = mkdtempSync(join(tmpdir(), 'baobao-smoke-'));

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  driven = await launch({ env: { BAOBAO_STICKS: folder } });
  await driven.app.context().addInitScript(await bridgeScript());
  await driven.page.reload();
  await driven.page.waitForFunction(
    () => window.bridge.ledger() !== undefined && window.bridge.platform() !== undefined,
  );
});
test.afterAll(async () => {
  await driven.app.close();
});

test('the window opens with its Chinese title and no Node inside', async () => {
  const { app, page } = driven;
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('包保台账');
  expect(page.url()).toMatch(/^app:\/\/ledger\//);
  const leaks = await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window));
  expect(leaks).toEqual([]);
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      // Not in the typings, but the only way to see what a window really runs with.
      const contents = window.webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity };
    }),
  );
  expect(preferences).toEqual([{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }]);
  await picture(page, 'smoke', 'window');
});

test('a page can neither leave, open another, fetch, nor run foreign script', async () => {
  const { app, page } = driven;
  expect(await page.evaluate(() => window.open('https://example.invalid/'))).toBeNull();
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);

  const blocked = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    const inline = document.createElement('script');
    inline.textContent = 'document.title = "captured"';
    document.body.append(inline);
    const image = document.createElement('img');
    image.src = 'https://example.invalid/x.png';
    document.body.append(image);
    await fetch('file:///etc/hostname').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    image.remove();
    inline.remove();
    return violations.map((directive) => directive.replace(/-elem$/, '')).sort();
  });
  expect(blocked).toEqual(['connect-src', 'img-src', 'script-src']);
  expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
    'denied',
  );
});

/** The pid of the ledger process; 0 for a call that was under way when the process died. */
const ping = async (): Promise<number> => {
  const answer = window.bridge.ledger()?.process.ping();
  return (await answer?.catch(() => undefined))?.pid ?? 0;
};

test('the ledger process answers, and answers again after kill -9', async () => {
  const { app, page } = driven;
  const first = await page.evaluate(ping);
  expect(first).toBeGreaterThan(0);
  await app.evaluate((_electron, pid) => process.kill(pid, 'SIGKILL'), first);
  await expect.poll(async () => ![0, first].includes(await page.evaluate(ping)), { timeout: 15_000 }).toBe(true);
});

test('the page hears of the restart', async () => {
  await driven.page.waitForFunction(() => window.bridge.heard.length > 0);
  expect(await driven.page.evaluate(() => window.bridge.heard)).toEqual([{ kind: 'ledger-restarted' }]);
});

test('a second start hands its file to the first', async () => {
  const { page, dataFolder } = driven;
  const file = join(folder, '肇东市.bbsync');
  writeFileSync(file, '');
  const { command, args } = electronLaunch([`--data-dir=${dataFolder}`, file]);
  expect(spawnSync(command, args, { env: electronEnvironment(), timeout: 30_000 }).status).toBe(0);
  await page.waitForFunction(() => window.bridge.heard.length > 1);
  expect(await page.evaluate(() => window.bridge.heard.at(-1))).toEqual({ kind: 'open-files', paths: [file] });
});

test('a paper becomes an A4 PDF with its text, and a bad place leaves nothing behind', async () => {
  const { page } = driven;
  const pdf = join(folder, '督办单.pdf');
  const html =
    '<!doctype html><meta charset="utf-8"><style>@page { size: A4; margin: 37mm 26mm 35mm 28mm }</style><p>督办单〔2021〕4号</p>';
  expect(
    await page.evaluate(([h, p]) => window.bridge.platform()?.htmlToPdf({ html: h, outPath: p }), [html, pdf] as const),
  ).toEqual({ ok: true });
  expect(tool('pdfinfo', [pdf])).toMatch(/Page size:\s+59[45][.\d]* x 84[12][.\d]* pts \(A4\)/);
  expect(tool('pdftotext', [pdf, '-'])).toContain('督办单〔2021〕4号');

  const nowhere = join(folder, 'gone', 'x.pdf');
  const refused = await page.evaluate(([h, p]) => window.bridge.platform()?.htmlToPdf({ html: h, outPath: p }), [
    html,
    nowhere,
  ] as const);
  expect(refused).toEqual({
    ok: false,
    reason: 'PDF没有生成：文件夹不存在或U盘已拔出，请换一个位置。原有文件未改动。',
  });
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('sticks are listed with their free space', async () => {
  const sticks = await driven.page.evaluate(() => window.bridge.platform()?.listRemovable());
  expect(sticks?.find(({ path }) => path === folder)).toMatchObject({ readOnly: false, freeBytes: expect.any(Number) });
});

test('a print job makes PDFs without a window', () => {
  const html = join(folder, 'a.html');
  const pdf = join(folder, 'a.pdf');
  const job = join(folder, 'job.json');
  writeFileSync(html, '<!doctype html><meta charset="utf-8"><style>@page{size:A4}</style><p>批量打印</p>');
  writeFileSync(job, JSON.stringify([{ html, pdf }]));
  const { command, args } = electronLaunch([`--print-job=${job}`]);
  expect(spawnSync(command, args, { env: electronEnvironment(), timeout: 60_000 }).status).toBe(0);
  expect(tool('pdftotext', [pdf, '-'])).toContain('批量打印');

  writeFileSync(job, JSON.stringify([{ html: join(folder, 'missing.html'), pdf: join(folder, 'b.pdf') }]));
  expect(spawnSync(command, args, { env: electronEnvironment(), timeout: 60_000 }).status).toBe(1);
  expect(existsSync(join(folder, 'b.pdf'))).toBe(false);
});

test('compiled code is kept at the end and used at the next start; a damaged one is compiled anew', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'baobao-code-'));
  const kept = join(dataFolder, 'code-cache');
  const startAndEnd = async (): Promise<void> => {
    const started = await launch({ dataFolder });
    await expect(started.page.getByRole('button', { name: '打开示例数据' })).toBeVisible();
    await started.app.close();
  };
  await startAndEnd();
  const [name = ''] = readdirSync(kept);
  expect(name).toMatch(/^ledger-[0-9a-f]{32}$/u);
  const { mtimeMs } = statSync(join(kept, name));
  await startAndEnd();
  expect(statSync(join(kept, name)).mtimeMs).toBe(mtimeMs);
  writeFileSync(join(kept, name), Buffer.alloc(5000, 7));
  await startAndEnd();
  expect(readdirSync(kept)).toEqual([name]);
  expect(statSync(join(kept, name)).size).toBeGreaterThan(100_000);
});

test('a remote debugger keeps the program from starting', () => {
  const { command, args } = electronLaunch(['--remote-debugging-port=0', `--data-dir=${join(folder, 'other')}`]);
  const { BAOBAO_TEST: _ignored, ...env } = electronEnvironment();
  expect(spawnSync(command, args, { env, timeout: 30_000 }).status).toBe(1);
});
