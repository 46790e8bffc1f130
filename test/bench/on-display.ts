import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../build/paths.ts';
import { hasDisplay, onDisplay } from '../../build/run-electron.ts';
import type { Measure } from './measure.ts';

/** Measures in a window; under a virtual display, by running the suite once more, where there is none. */
export async function onDisplayOr(suite: string, work: () => Promise<readonly Measure[]>): Promise<readonly Measure[]> {
  if (hasDisplay()) return work();
  const again = onDisplay({
    command: process.execPath,
    args: [...process.execArgv, join(projectRoot, 'test/bench/main.ts'), suite, '--json'],
  });
  const result = spawnSync(again.command, again.args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  // The build may have said a line before the table.
  return JSON.parse(result.stdout.slice(result.stdout.indexOf('[\n'))) as Measure[];
}
