import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSampleLedger } from '../../../electron/ledger/sample/index.ts';
import { Desk } from '../../../electron/ledger/session/index.ts';

const MAY = Date.UTC(2021, 4, 18, 1);

function ledgerAt(folder: string, name: string): string {
  const path = join(folder, `${name}.bbledger`);
  createSampleLedger(path, MAY, { projects: 5, reportsPerProject: 1 }).close();
  return path;
}

describe('the start of the ledger process', () => {
  let folder: string;
  let last: string;
  const start = (): Desk => new Desk({ dataFolder: join(folder, 'data'), now: () => MAY });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-begin-'));
    last = ledgerAt(folder, '上次');
    const desk = start();
    await desk.open(last);
    desk.shutdown();
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it('goes on with the ledger of last time', async () => {
    const desk = start();
    await desk.begin(undefined);
    expect(desk.session?.store.path).toBe(last);
    desk.shutdown();
  });

  it('opens the ledger it was asked for, and goes on with that one', async () => {
    const asked = ledgerAt(folder, '这次');
    for (const path of [asked, undefined]) {
      const desk = start();
      await desk.begin(path);
      expect(desk.session?.store.path).toBe(asked);
      desk.shutdown();
    }
  });

  it('says that the one asked for is not there, and shows that of last time', async () => {
    const desk = start();
    const gone = join(folder, '没有.bbledger');
    await expect(desk.begin(gone)).rejects.toMatchObject({ code: 'LEDGER_NOT_FOUND' });
    expect(desk.session?.store.path).toBe(last);
    expect(desk.takeStartProblem()).toContain('没有.bbledger');
    desk.shutdown();
  });

  it('shows the damage of the one asked for, and no other ledger under it', async () => {
    const asked = ledgerAt(folder, '这次');
    const before = start();
    await before.open(asked);
    // Remembered as one of ours: a sample is not.
    before.session?.store.db.prepare(`DELETE FROM "meta" WHERE "key" = 'sample'`).run();
    before.close();
    const known = start();
    await known.open(asked);
    known.shutdown();
    writeFileSync(asked, 'x'.repeat(8192));
    const desk = start();
    await expect(desk.begin(asked)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(desk.trouble?.path).toBe(asked);
    expect(desk.session).toBeNull();
    desk.shutdown();
  });
});
