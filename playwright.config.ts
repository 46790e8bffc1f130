import { defineConfig } from '@playwright/test';

/** Virtual displays that `build/e2e.ts` has started: windows on the same one share clipboard and focus. */
const displays = process.env['BAOBAO_DISPLAYS']?.split(' ') ?? [];
const display = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
if (display !== undefined) process.env['DISPLAY'] = display;

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'artifacts/playwright',
  timeout: 180_000,
  // Two cores, on which the machine may be busy with something else: patience is not laxity.
  expect: { timeout: 20_000 },
  // One window at a time on each display.
  workers: Math.max(1, displays.length),
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e.json' }]],
  use: { trace: 'retain-on-failure' },
});
