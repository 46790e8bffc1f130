import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'artifacts/playwright',
  timeout: 180_000,
  // Two cores, on which the machine may be busy with something else: patience is not laxity.
  expect: { timeout: 20_000 },
  // One window at a time: they share a display and two cores.
  workers: 1,
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e.json' }]],
  use: { trace: 'retain-on-failure' },
});
