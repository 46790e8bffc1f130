import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { modulesFolder, projectRoot } from '../../build/paths.ts';

/** The convergence property of the exchange, run that many times from the seed. @returns whether it held each time */
export function runSchedules(count: number, seed: number): boolean {
  const result = spawnSync(
    process.execPath,
    [
      join(modulesFolder, 'vitest', 'vitest.mjs'),
      'run',
      'test/integration/exchange/convergence.test.ts',
      '--testTimeout=86400000',
    ],
    {
      cwd: projectRoot,
      stdio: 'inherit',
      env: { ...process.env, EXCHANGE_SCHEDULES: String(count), EXCHANGE_SEED: String(seed) },
    },
  );
  return result.status === 0;
}
