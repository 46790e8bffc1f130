import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { type Driven, type DriveOptions, driveElectron, waitUntilQuiet } from '../../build/drive-electron.ts';
import { projectRoot } from '../../build/paths.ts';

export type { Driven, DriveOptions };
export { waitUntilQuiet };

/** The larger of the two screens that offices have; the usual one, 1366×768, is what `launch` takes by itself. */
export const largeScreen = [1920, 1080] as const;

/** Starts the program in a real Electron with its own data folder. */
export function launch(options: DriveOptions = {}): Promise<Driven> {
  return driveElectron(options);
}

/** The program on its sample ledger, at one of its screens. */
export async function launchSample(screen: string, options: DriveOptions = {}): Promise<Driven> {
  const driven = await launch(options);
  await driven.page.getByRole('button', { name: '打开示例数据' }).click();
  await driven.page.getByRole('menuitem', { name: screen }).click({ timeout: 60_000 });
  return driven;
}

/** The next open dialog answers with these paths; an empty list cancels it. */
export async function answerOpenDialog(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths: [...filePaths] });
  }, paths);
}

/** The next save dialog answers with this path; null cancels it. */
export async function answerSaveDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
  }, path);
}

/** Saves a picture of the window to artifacts/<folder>/<name>.png. */
export async function picture(page: Page, folder: string, name: string): Promise<string> {
  const target = join(projectRoot, 'artifacts', folder);
  mkdirSync(target, { recursive: true });
  const path = join(target, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

/** Runs a tool of the system (poppler and the like) and returns what it printed. */
export function tool(command: string, args: readonly string[]): string {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr || String(result.error)}`);
  return result.stdout;
}
