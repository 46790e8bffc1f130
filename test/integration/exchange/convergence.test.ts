import { describe, expect, it } from 'vitest';
import { runSchedulesInMemory, runSchedulesWithFiles } from '../../torture/schedules.ts';

// The same schedules at each commit; the long proof of `npm test` and `npm run torture` take others, and print their seed.
const seed = Number(process.env['EXCHANGE_SEED'] ?? 20210518);
const count = Number(process.env['EXCHANGE_SCHEDULES'] ?? 200);
const files = Number(process.env['EXCHANGE_FILE_SCHEDULES'] ?? 8);
const log = (): void => undefined;

describe('[exchange] whatever is edited, moved, lost, doubled, reordered, restored, cloned or ill timed, all end alike', () => {
  it('over ledgers in memory', { timeout: 600_000 }, async () => {
    const { schedules, failure } = await runSchedulesInMemory({ count, seed, log });
    expect(failure).toBeNull();
    expect(schedules).toBe(count);
  });

  it('over ledger files, with complete sync files', { timeout: 600_000 }, async () => {
    const { schedules, failure } = await runSchedulesWithFiles({ count: files, seed, log });
    expect(failure).toBeNull();
    expect(schedules).toBe(files);
  });
});
