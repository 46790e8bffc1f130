import { expect, it } from 'vitest';
import { runPictures } from '../../torture/pictures.ts';

// The same schedules at each commit; `npm run torture` takes others, and prints its seed.
const seed = Number(process.env['PICTURES_SEED'] ?? 20210518);
const count = Number(process.env['PICTURES_SCHEDULES'] ?? 6);

it('[attachments] whatever is sent, lost, damaged, cleared, restored or cloned: who names a picture has it, if anybody had', {
  timeout: 600_000,
}, async () => {
  const { schedules, failure } = await runPictures({ count, seed, log: () => undefined });
  expect(failure).toBeNull();
  expect(schedules).toBe(count);
});
