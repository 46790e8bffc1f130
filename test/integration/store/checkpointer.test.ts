import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkpointer } from '../../../electron/ledger/store/checkpointer.ts';
import { connect } from '../../../electron/ledger/store/connect.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';

describe('the write-ahead log beside a long work', () => {
  let folder: string;
  let store: Store;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-log-'));
    store = createStore(join(folder, '市.bbledger'), { officeId: 'city', level: 'city', operator: '王某', now: 0 });
    store.db.pragma('wal_autocheckpoint = 0');
    store.db.pragma('wal_checkpoint(TRUNCATE)');
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(rows: number): void {
    const insert = store.db.prepare('INSERT INTO "meta" ("key", "value") VALUES (?, ?)');
    store.db.transaction(() => {
      for (let index = 0; index < rows; index += 1) insert.run(`行${index}`, 'x'.repeat(100));
    })();
  }

  /** Rows that are in the main file alone. */
  function inMainFile(): number {
    const copy = join(folder, 'copy');
    copyFileSync(store.path, copy);
    const db = connect(copy, {});
    try {
      return db.prepare(`SELECT count(*) FROM "meta" WHERE "key" LIKE '行%'`).pluck().get() as number;
    } finally {
      db.close();
      rmSync(copy);
    }
  }

  it('is in the main file when the thread has ended', async () => {
    const checkpointer = new Checkpointer(store.path);
    write(10_000);
    expect(inMainFile()).toBe(0);
    checkpointer.committed(10_000);
    await checkpointer.close();
    expect(inMainFile()).toBe(10_000);
  });

  it('waits where there is little in it', async () => {
    const checkpointer = new Checkpointer(store.path);
    write(10);
    checkpointer.committed(10);
    await checkpointer.close();
    expect(inMainFile()).toBe(0);
  });

  it('stays where it is, and nothing is lost, where the thread cannot open the file', async () => {
    const checkpointer = new Checkpointer(join(folder, '没有.bbledger'));
    write(10_000);
    checkpointer.committed(10_000);
    await checkpointer.close();
    expect(inMainFile()).toBe(0);
    expect(store.db.prepare(`SELECT count(*) FROM "meta" WHERE "key" LIKE '行%'`).pluck().get()).toBe(10_000);
  });
});
