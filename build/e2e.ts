import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { modulesFolder, projectRoot } from './paths.ts';
import { provision } from './provision.ts';
import { onDisplay } from './run-electron.ts';

/** `npm run test:e2e [-- <playwright arguments>]`: real windows, on a virtual display where there is none. */
await provision();
await bundle();
const { command, args } = onDisplay({
  command: process.execPath,
  args: [join(modulesFolder, '@playwright', 'test', 'cli.js'), 'test', ...process.argv.slice(2)],
});
process.exitCode = spawnSync(command, args, { cwd: projectRoot, stdio: 'inherit' }).status ?? 1;
