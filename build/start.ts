import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { driveElectron, waitUntilQuiet } from './drive-electron.ts';
import { projectRoot } from './paths.ts';
import { provision } from './provision.ts';
import { hasDisplay, onDisplay, runElectron } from './run-electron.ts';

/**
 * `npm start`: provisions, builds and opens the program on the sample data. Without a display it does so on a virtual
 * one, saves a picture of the window to artifacts/start.png and ends.
 */
const pictureOnly = '--picture';

if (process.argv.includes(pictureOnly)) {
  const picture = join(projectRoot, 'artifacts', 'start.png');
  mkdirSync(join(projectRoot, 'artifacts'), { recursive: true });
  const { app, page } = await driveElectron({ size: [1600, 900], args: ['--sample'] });
  // The sample is made first; the start page stands still meanwhile.
  await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 120_000 });
  await waitUntilQuiet(page);
  await page.screenshot({ path: picture });
  await app.close();
  console.log(`[start] no display here; the window as it opened: ${picture}`);
} else {
  await provision();
  await bundle();
  if (hasDisplay()) {
    console.log('[start] the window is opening');
    process.exitCode = await runElectron(['--sample', ...process.argv.slice(2)]);
  } else {
    const { command, args } = onDisplay({ command: process.execPath, args: [import.meta.filename, pictureOnly] });
    process.exitCode = spawnSync(command, args, { cwd: projectRoot, stdio: 'inherit' }).status ?? 1;
  }
}
