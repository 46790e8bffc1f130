import { expect, it } from 'vitest';
import { runMutations } from '../../torture/mutate.ts';

/** `npm run torture` does fifty thousand; these few show at each commit that the harness and the reader agree. */
const FILES = Number(process.env['EXCHANGE_MUTATIONS'] ?? 800);

it('[exchange] a file altered anywhere is refused in words or means what it meant, and the ledger is as before', async () => {
  const seed = Number(process.env['EXCHANGE_SEED'] ?? 20210518);
  const { wrong, files, harmless, refused, peakMb } = await runMutations({ files: FILES, seed, log: () => {} });
  expect(wrong).toEqual([]);
  expect(Object.values(refused).reduce((sum, count) => sum + count, 0) + harmless).toBe(files);
  expect(peakMb).toBeLessThan(200);
}, 240_000);
