import { defineConfig } from 'vitest/config';
import './build/native-env.ts';

export default defineConfig({
  test: {
    include: ['test/{unit,integration,stories,migrations}/**/*.test.{ts,tsx}'],
    // Two cores: by default one of them would stand idle. What runs beside makes each test slower.
    maxWorkers: 2,
    testTimeout: 60_000,
    // Offices are founded in hooks, and passphrases are slow on purpose.
    hookTimeout: 60_000,
    // Offices live in one time zone; a test that depends on another says so.
    env: { TZ: 'Asia/Shanghai' },
  },
});
