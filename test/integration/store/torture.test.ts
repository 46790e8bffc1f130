import { expect, it } from 'vitest';
import { runSpoiled } from '../../torture/spoiled.ts';
import { runStorageTorture } from '../../torture/storage.ts';

it('nothing that was acknowledged is lost by a kill, a full disk, a read-only place, a vanished file, a jumping clock', async () => {
  const seed = Date.now() % 1_000_000;
  const result = await runStorageTorture({ kills: 10, seed });
  console.log(`seed ${seed}: ${JSON.stringify(result)}`);
  expect(result.lost).toBe(0);
  expect(result.faults).toBeGreaterThanOrEqual(10);
}, 180_000);

it('a spoiled ledger or backup works, or is refused in words with what can be saved', async () => {
  const seed = Date.now() % 1_000_000_000;
  const result = await runSpoiled({ files: 12, seed, log: () => {} });
  console.log(`seed ${seed}: ${JSON.stringify(result.outcomes)}`);
  expect(result.wrong).toEqual([]);
}, 180_000);
