import { vi } from 'vitest';

// The same stories once more, in a city that chose 国密.
vi.stubEnv('STORY_SUITE', '2');
await import('./exchange.test.ts');
await import('./suite-choice.test.ts');
await import('./attachments.test.ts');
