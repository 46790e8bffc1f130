import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import './build/native-env.ts';
import { modulesFolder } from './build/paths.ts';

export default defineConfig({
  test: {
    include: ['test/{unit,integration,stories,migrations}/**/*.test.{ts,tsx}'],
    // Two cores: by default one of them would stand idle. What runs beside makes each test slower.
    maxWorkers: 2,
    testTimeout: 60_000,
    // Offices are founded in hooks, and passphrases are slow on purpose.
    hookTimeout: 60_000,
    // Offices live in one time zone; a test that depends on another says so.
    // The processes that tests start, a command line each, need not compile the program anew.
    env: { TZ: 'Asia/Shanghai', NODE_COMPILE_CACHE: join(modulesFolder, '.cache', 'baobao', 'compiled') },
  },
});
