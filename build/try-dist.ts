import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { driveElectron, waitUntilQuiet } from './drive-electron.ts';
import { projectRoot } from './paths.ts';
import { hasDisplay, onDisplay } from './run-electron.ts';

/**
 * `npm run dist:try`: packages with the inspector fuse on, starts the packaged program and saves a picture of its
 * window to artifacts/packaged.png. Linux only.
 */
if (!process.argv.includes('--drive')) {
  const env = { ...process.env, BAOBAO_TEST_PACKAGE: '1' };
  const packed = spawnSync(process.execPath, [join(projectRoot, 'build/dist.ts'), 'dir'], { stdio: 'inherit', env });
  const self = { command: process.execPath, args: [import.meta.filename, '--drive'] };
  const { command, args } = hasDisplay() ? self : onDisplay(self);
  process.exitCode = packed.status || (spawnSync(command, args, { stdio: 'inherit' }).status ?? 1);
} else {
  const executable = join(projectRoot, 'release', 'linux-unpacked', 'baobao-ledger');
  const { app, page } = await driveElectron({ executable, size: [1600, 900], args: ['--sample'] });
  await waitUntilQuiet(page);
  mkdirSync(join(projectRoot, 'artifacts'), { recursive: true });
  const picture = join(projectRoot, 'artifacts', 'packaged.png');
  await page.screenshot({ path: picture });
  const packaged = await app.evaluate(({ app: running }) => running.isPackaged);
  await app.close();
  console.log(`[dist] started, packaged: ${packaged}, picture: ${picture}`);
}
