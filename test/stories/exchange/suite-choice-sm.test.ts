import { vi } from 'vitest';

// See exchange-sm.test.ts.
vi.stubEnv('STORY_SUITE', '2');
vi.setConfig({ hookTimeout: 60_000 });
await import('./suite-choice.test.ts');
