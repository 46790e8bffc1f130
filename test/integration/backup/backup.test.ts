import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupFolder, backupNow, backupsIn } from '../../../electron/ledger/backup/index.ts';
import { createSampleLedger } from '../../../electron/ledger/sample/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { dump } from '../../../electron/ledger/store/dump.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { openStore, type Store } from '../../../electron/ledger/store/open.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import { Fault } from '../../../shared/contract/faults.ts';

const NOW = new Date(2021, 4, 18, 14, 30).getTime();

describe('backup', () => {
  let root: string;
  let folder: string;
  let store: Store;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'baobao-backup-'));
    folder = backupFolder(root, 'ledger');
    store = createSampleLedger(join(root, '市.bbledger'), NOW, { projects: 20, reportsPerProject: 3 });
  });

  afterEach(() => {
    store.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('holds the same data and journal, in a file that needs no other beside it', () => {
    const made = backupNow(store, { reason: 'before-import', folder, now: NOW });
    expect(made.path).toMatch(/_2021-05-18_1430_导入前\.bbbackup$/u);
    expect(readdirSync(folder)).toHaveLength(1);
    const copy = openStore(made.path, { readOnly: true });
    expect([...dump(copy)].join('')).toBe([...dump(store)].join(''));
    expect(verify(copy)).toMatchObject({ ok: true, entries: made.head.n });
    expect(copy.db.pragma('journal_mode', { simple: true })).toBe('delete');
    copy.close();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('holds what is written but not yet checkpointed', () => {
    const id = newId();
    commit(
      store,
      { kind: 'edit', title: '登记', changes: [{ entity: 'person', id, set: { name: '赵某' } }] },
      { operator: '王某', now: NOW },
    );
    const copy = openStore(backupNow(store, { reason: 'manual', folder, now: NOW }).path, { readOnly: true });
    expect(copy.db.prepare('SELECT "name" FROM "person" WHERE "id" = ?').pluck().get(id)).toBe('赵某');
    copy.close();
  });

  it('made twice in a minute has two names', () => {
    backupNow(store, { reason: 'manual', folder, now: NOW });
    backupNow(store, { reason: 'manual', folder, now: NOW });
    expect(backupsIn(folder).map((backup) => backup.sequence)).toEqual([2, 1]);
  });

  it('clears away what an interrupted one has left', () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '市_2021-05-17_0900_每日.bbbackup.part'), 'half');
    backupNow(store, { reason: 'manual', folder, now: NOW });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('of a damaged ledger is refused and leaves no file', () => {
    const { path } = store;
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    store.close();
    truncateSync(path, 4096 * 40);
    let fault: unknown;
    try {
      store = openStore(path);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).code).toBe('LEDGER_DAMAGED');
  });

  it('that cannot be written says why and leaves no file', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => backupNow(store, { reason: 'manual', folder: join(root, 'file', 'x'), now: NOW })).toThrow(Fault);
    expect(verify(store).ok).toBe(true);
  });
});
