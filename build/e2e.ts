import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { startDisplays } from './displays.ts';
import { modulesFolder, projectRoot } from './paths.ts';
import { provision } from './provision.ts';
import { hasDisplay } from './run-electron.ts';

/**
 * `npm run test:e2e [-- <playwright arguments>]`: real windows; where there is no display, on two virtual ones, two files of
 * tests at a time.
 */
await provision();
await bundle();
const displays = hasDisplay() ? null : await startDisplays(2);
const env = { ...process.env, ...(displays === null ? {} : { BAOBAO_DISPLAYS: displays.names.join(' ') }) };
const args = [join(modulesFolder, '@playwright', 'test', 'cli.js'), 'test', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: projectRoot, stdio: 'inherit', env }).status ?? 1;
displays?.end();
