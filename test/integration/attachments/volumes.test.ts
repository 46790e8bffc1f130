import { describe, expect, it } from 'vitest';
import { sealedBlobBytes } from '../../../electron/ledger/exchange/bundle/blob-seal.ts';
import { smSuite } from '../../../electron/ledger/exchange/bundle/suite-sm.ts';
import { standardSuite } from '../../../electron/ledger/exchange/bundle/suite-standard.ts';
import { planVolumes } from '../../../electron/ledger/exchange/bundle/volumes.ts';
import { runAttachments } from '../../torture/attachments.ts';

describe('[attachments] volumes', () => {
  it('fit a FAT32 stick, the first without originals', () => {
    const blobs = Array.from({ length: 200 }, (_, at) => ({
      sha256: String(at).padStart(64, '0'),
      plainBytes: at % 2 === 0 ? 30_000_000 : 9000,
      thumb: at % 2 === 1,
    }));
    const plan = planVolumes(5_000_000, blobs, (plain) => sealedBlobBytes(standardSuite, plain));
    expect(plan.count).toBe(3);
    for (let volume = 1; volume <= plan.count; volume += 1) {
      const inside = plan.blobs.filter((blob) => blob.volume === volume);
      expect(inside.reduce((sum, blob) => sum + blob.bytes, 0)).toBeLessThan(1_900_000_000);
      expect(inside.some((blob) => blob.plainBytes > 10_000)).toBe(volume > 1);
    }
  });

  it.each([standardSuite, smSuite])('know the sealed length beforehand, suite $id', (suite) => {
    const key = suite.newContentKey();
    for (const bytes of [0, 1, 15, 16, 17, 1000]) {
      expect(suite.seal(key, bytes, 'x', new Uint8Array(bytes)).length).toBe(suite.sealedBytes(bytes));
    }
  });

  // The same with 3 GiB: npm run torture -- attachments
  it.each([1, 2] as const)(
    'carry a set of 40 files whole, memory bounded, suite %i',
    { timeout: 120_000 },
    async (suite) => {
      const result = await runAttachments({ files: 40, totalBytes: 48_000_000, suite, log: () => undefined });
      expect(result).toMatchObject({ files: 40, lost: 0 });
      expect(result.peakMb).toBeLessThan(300);
    },
  );
});
