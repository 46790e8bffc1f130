import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'artifacts/playwright',
  timeout: 120_000,
  // One window at a time: they share a display and two cores.
  workers: 1,
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e.json' }]],
  use: { trace: 'retain-on-failure' },
});
