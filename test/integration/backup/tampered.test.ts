import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient, ORPCError } from '@orpc/server';
import type { Database as Sqlite } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { previewBackup } from '../../../electron/ledger/backup/preview.ts';
import { salvage } from '../../../electron/ledger/backup/salvage.ts';
import { identityNotice } from '../../../electron/ledger/exchange/offices/fork.ts';
import { router } from '../../../electron/ledger/router.ts';
import { digestOf, nextChain } from '../../../electron/ledger/store/digest.ts';
import { connectLedger, openStore } from '../../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import { Office, officeAfterBackup } from './office.ts';

/** What somebody else does to the file, with any SQLite program. */
function tamper(path: string, work: (db: Sqlite) => void): void {
  const db = connectLedger(path, {});
  db.unsafeMode(true);
  work(db);
  db.close();
}

let office: Office;
let backup: string;

beforeEach(async () => {
  ({ office, backup } = await officeAfterBackup());
  office.desk = office.start();
});
afterEach(() => office.close());

/** As the process does at its start. */
const begin = (): Promise<unknown> => office.desk.begin(office.path).catch((error: unknown) => error);

describe('a ledger that was tampered with is refused as damaged before anything is read or written', () => {
  const cases: Readonly<Record<string, { readonly work: (db: Sqlite) => void; readonly told: string }>> = {
    'a trigger': {
      work: (db) => db.exec(`CREATE TRIGGER "t" AFTER INSERT ON "journal" BEGIN DELETE FROM "report"; END`),
      told: '不是本程序建立的视图或触发器',
    },
    'a view that never ends in the place of a table': {
      work: (db) =>
        db.exec(`ALTER TABLE "person" RENAME TO "real";
          CREATE VIEW "person" AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT r.* FROM "real" r, c`),
      told: '不是本程序建立的视图或触发器',
    },
    'a version that says less than its tables': { work: (db) => db.pragma('user_version = 9'), told: '文件头损坏' },
    'a version below all': { work: (db) => db.pragma('user_version = -5'), told: '文件头损坏' },
    'no name of the office': {
      work: (db) => db.exec(`DELETE FROM "meta" WHERE "key" = 'officeId'`),
      told: '缺少“officeId”',
    },
    'a day that is none': {
      work: (db) => db.exec(`INSERT OR REPLACE INTO "meta" VALUES ('today', '不是日子')`),
      told: '“today”不是本程序写入的值',
    },
  };
  it.each(Object.entries(cases))('%s', async (_, { work, told }) => {
    tamper(office.path, work);
    const before = readFileSync(office.path);
    expect(await begin()).toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(office.desk.session).toBeNull();
    expect(office.desk.trouble?.text).toContain(told);
    expect(readFileSync(office.path).equals(before)).toBe(true);
    await office.desk.restore(backup);
    expect(office.people()).toContain('某甲');
  });

  it.each([
    ['a table', 'DROP TABLE "permit"', '“permit”'],
    ['a column', 'ALTER TABLE "permit" RENAME COLUMN "state" TO "other"', '“permit.state”'],
    ['an index', 'DROP INDEX "change_row"', '“change_row”'],
  ])('%s that is missing is found by the check of each opening', (_, sql, told) => {
    tamper(office.path, (db) => db.exec(sql));
    expect(() => openStore(office.path)).toThrow(told);
  });
});

it('a good backup is restored over a ledger of which nothing later can be brought along', async () => {
  tamper(office.path, (db) => db.exec('ALTER TABLE "change" RENAME COLUMN "entity" TO "other"'));
  await expect(office.desk.open(office.path)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
  await office.desk.restore(backup);
  expect(office.people()).toContain('某甲');
  expect(office.people()).not.toContain('某乙');
});

describe('damage over which a page stumbles', () => {
  it('is told as damage, with the way out, not as an unexpected fault', async () => {
    await office.desk.open(office.path);
    const client = createRouterClient(router, { context: { desk: office.desk, log: () => {} } });
    const id = office.store.db.prepare('SELECT "id" FROM "person" LIMIT 1').pluck().get() as string;
    // Found by no check of pages.
    tamper(office.path, (db) => db.exec(`UPDATE "change" SET "record" = '{}'`));
    const fault = await client.records.history({ id, limit: 10 }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ORPCError);
    expect((fault as ORPCError<'FAULT', { code: string }>).data.code).toBe('LEDGER_DAMAGED');
    expect(office.desk.trouble?.text).toContain('内容与摘要不符');
  });

  it('is told of the register too, which no journal explains', async () => {
    await office.desk.open(office.path);
    const client = createRouterClient(router, { context: { desk: office.desk, log: () => {} } });
    const columns = office.store.db.pragma('table_info("exchange")') as {
      name: string;
      type: string;
      notnull: number;
    }[];
    const needed = columns.filter(({ name, notnull }) => notnull === 1 || name === 'id');
    const value = ({ name, type }: { name: string; type: string }): string =>
      name === 'counts' ? `'{"rows":0,"byEntity":{}}'` : type === 'INTEGER' ? '0' : `'in'`;
    tamper(office.path, (db) =>
      db.exec(
        `INSERT INTO "exchange" (${needed.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${needed.map(value).join(', ')})`,
      ),
    );
    const fault = await client.exchange.register({ limit: 10 }).catch((error: unknown) => error);
    expect((fault as ORPCError<'FAULT', { code: string }>).data.code).toBe('LEDGER_DAMAGED');
    expect(office.desk.trouble?.text).toContain('收发登记');
  });

  it('why a stream was opened, in words that no program writes, is left unsaid', async () => {
    await office.desk.open(office.path);
    tamper(office.path, (db) => db.exec(`UPDATE "stream" SET "reason" = 'whim' WHERE "own" = 1`));
    expect(office.desk.requirePresent().keeper.stream().reason).toBeNull();
    expect(identityNotice(office.store)).toBeNull();
  });

  it('in a sound ledger a mistake of the program stays one', async () => {
    await office.desk.open(office.path);
    const logged: string[] = [];
    const client = createRouterClient(router, {
      context: { desk: office.desk, log: (message: string) => logged.push(message) },
    });
    const { store } = office.desk.requirePresent().session;
    store.listeners.add(() => {
      throw new TypeError('a mistake');
    });
    const set = { name: '某丁' };
    const change = { entity: 'person' as const, id: 'd'.repeat(32), set };
    const fault = await client.records.commit({ title: '登记', changes: [change] }).catch((error: unknown) => error);
    expect((fault as ORPCError<'FAULT', { code: string }>).data.code).toBe('UNEXPECTED');
    expect(office.desk.trouble).toBeNull();
    expect(logged).toEqual(['unexpected fault']);
  });
});

it('the log of another file beside a ledger is not put into it', async () => {
  const older = join(office.root, '别的.bbledger');
  const other = new Office();
  const store = await other.create();
  // A later part of a log: what it does not hold stays of ours.
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  for (let number = 0; number < 3; number += 1) other.register(`别处${number}`);
  copyFileSync(`${store.path}-wal`, older);
  other.close();
  const before = readFileSync(office.path);
  copyFileSync(older, `${office.path}-wal`);
  expect(await begin()).toMatchObject({ code: 'LEDGER_DAMAGED' });
  expect(readFileSync(office.path).equals(before)).toBe(true);
  expect(readFileSync(`${office.path}-wal`).equals(readFileSync(older))).toBe(true);
});

describe('the full check', () => {
  it('speaks Chinese of pages', () => {
    tamper(office.path, (db) => {
      db.pragma('writable_schema = ON');
      db.exec(`UPDATE sqlite_master SET "sql" = replace("sql", '"rowId"', '"entity"') WHERE "name" = 'change_row'`);
    });
    const store = openStore(office.path, { readOnly: true });
    expect(verify(store).pages).toEqual(['索引“change_row”与它的表不符']);
    store.close();
  });

  it('goes on over records and stamps that are none, and tells them', () => {
    tamper(office.path, (db) => {
      db.exec(
        `UPDATE "change" SET "record" = '["person","x","y",null]' WHERE "seq" = (SELECT max("seq") FROM "change")`,
      );
      db.exec(`UPDATE "person" SET "_stamps" = '__proto__' WHERE "name" = '某甲'`);
    });
    const store = openStore(office.path, { readOnly: true });
    expect(verify(store).journal).toHaveLength(1);
    expect(verifyRebuild(store.db).told.join()).toMatch(
      /流水读不出来.*时间戳.*与流水不符|时间戳.*与流水不符.*流水读不出来/u,
    );
    store.close();
  });
});

describe('what can be saved is held against the journal', () => {
  const save = async () => {
    const parent = join(office.root, '读出');
    mkdirSync(parent, { recursive: true });
    const { folder, lost } = await salvage(office.path, parent, office.now);
    const text = readFileSync(join(folder, '数据.json'), 'utf8');
    const json = JSON.parse(text) as { person: { name: string }[]; doubts: { person: Record<string, string> } };
    return { lost, people: json.person.map(({ name }) => name), doubts: Object.values(json.doubts.person) };
  };

  it('a value that the journal has not written is put right, and the row is marked', async () => {
    tamper(office.path, (db) => db.exec(`UPDATE "person" SET "name" = '改动' WHERE "name" = '某乙'`));
    const { lost, people, doubts } = await save();
    expect(lost).toEqual(['“人员”表1 行与流水不符，已按流水更正']);
    expect(people).toEqual(expect.arrayContaining(['某甲', '某乙', '某丙']));
    expect(people).not.toContain('改动');
    expect(doubts).toEqual(['按流水更正']);
  });

  it('where the journal itself was altered, neither is believed and the row is marked', async () => {
    tamper(office.path, (db) => {
      db.exec(`UPDATE "person" SET "name" = '改动' WHERE "name" = '某乙'`);
      db.exec(`UPDATE "change" SET "record" = replace("record", '某乙', '某某')`);
    });
    const { lost, doubts } = await save();
    expect(lost).toEqual(['流水有一部分读不出来', '“人员”表1 行没有流水可以核对']);
    expect(doubts).toEqual(['流水读不全，没有核对']);
  });
});

describe('a backup whose tables are not what its journal wrote', () => {
  it('is restored as the journal has it', async () => {
    tamper(backup, (db) => db.exec(`UPDATE "person" SET "name" = '改动' WHERE "name" = '某甲'; DELETE FROM "rule"`));
    await office.desk.open(office.path);
    await office.desk.restore(backup);
    expect(office.people()).toEqual(['某甲']);
    expect(verifyRebuild(office.store.db)).toMatchObject({ ok: true });
  });

  it('and one whose changes are filed under another row is refused', async () => {
    tamper(backup, (db) => db.exec(`UPDATE "change" SET "rowId" = 'other' WHERE "record" LIKE '%某甲%'`));
    await office.desk.open(office.path);
    await expect(office.desk.restore(backup)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(office.people()).toHaveLength(3);
  });

  it('and one whose journal cannot be read either is refused, and the ledger stays open', async () => {
    tamper(backup, (db) => {
      const record = '["person","x","0177bcf3568000000nqd044a9ymno","no such text",[0,1,2]]';
      const n = db.prepare(`SELECT "n" FROM "journal" WHERE "title" = '登记某甲'`).pluck().get() as number;
      const { chain } = db.prepare('SELECT "chain" FROM "journal" WHERE "n" = ?').get(n - 1) as { chain: string };
      // Whoever writes the chain can write one that fits.
      const digest = digestOf(record);
      db.prepare('UPDATE "change" SET "record" = ? WHERE "n" = ?').run(record, n);
      db.prepare('UPDATE "journal" SET "digest" = ?, "chain" = ? WHERE "n" = ?').run(
        digest,
        nextChain(chain, n, digest),
        n,
      );
    });
    await office.desk.open(office.path);
    await expect(office.desk.restore(backup)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(office.people()).toHaveLength(3);
  });

  it('and one that does not say whose it is, is refused, and the ledger stays open', async () => {
    tamper(backup, (db) => db.exec(`DELETE FROM "meta" WHERE "key" = 'streamTag'`));
    await office.desk.open(office.path);
    expect(() => previewBackup(backup, office.store)).toThrow('streamTag');
    await expect(office.desk.restore(backup)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(office.people()).toHaveLength(3);
  });
});
