import { vi } from 'vitest';

// The same stories once more, in a city that chose 国密; its first day takes longer.
vi.stubEnv('STORY_SUITE', '2');
vi.setConfig({ hookTimeout: 60_000 });
await import('./period-reviewed.test.ts');
