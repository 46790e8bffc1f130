import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupFolder, backupsIn } from '../../electron/ledger/backup/index.ts';
import { createCityLedger, Desk } from '../../electron/ledger/session/index.ts';
import { createStore } from '../../electron/ledger/store/create.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readMeta, writeMeta } from '../../electron/ledger/store/meta.ts';
import { APPLICATION_ID, migrateTo, migrations, SCHEMA_VERSION } from '../../electron/ledger/store/migrate.ts';
import { connectLedger, openStore } from '../../electron/ledger/store/open.ts';
import { PROGRAM_VERSION } from '../../electron/ledger/store/program-version.ts';
import { nameProblems, namesOf, RETIRED } from '../../electron/ledger/store/schema-names.ts';
import { Fault } from '../../shared/contract/faults.ts';
import frozen from './frozen.json' with { type: 'json' };

const NOW = new Date(2021, 4, 18, 9).getTime();
const digest = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

function tablesOf(db: Sqlite): readonly string[] {
  return db
    .prepare(`SELECT "name" FROM sqlite_master WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%' ORDER BY "name"`)
    .pluck()
    .all() as string[];
}

const columnsOf = (db: Sqlite, table: string): readonly Column[] => db.pragma(`table_info("${table}")`) as Column[];

/** A few rows in every table, each value different. */
function fill(db: Sqlite): void {
  let next = 1;
  for (const table of tablesOf(db)) {
    const columns = columnsOf(db, table);
    const insert = db.prepare(
      `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (let row = 0; row < 3; row += 1) {
      insert.run(
        columns.map(({ type, name }) => {
          next += 1;
          if (type === 'BLOB') return Buffer.from(`${name} ${next}`);
          return type === 'INTEGER' || type === 'REAL' ? next : `${name} ${next}`;
        }),
      );
    }
  }
}

/** Rows of every table in the columns that it has now. */
function read(db: Sqlite, shape: ReadonlyMap<string, readonly Column[]>): Record<string, unknown[]> {
  return Object.fromEntries(
    [...shape].map(([table, columns]) => {
      const names = columns.map(({ name }) => `"${name}"`).join(', ');
      const key =
        columns
          .filter(({ pk }) => pk > 0)
          .map(({ name }) => `"${name}"`)
          .join(', ') || 'rowid';
      return [table, db.prepare(`SELECT ${names} FROM "${table}" ORDER BY ${key}`).all()];
    }),
  );
}

function schemaOf(db: Sqlite): string {
  const rows = db
    .prepare(`SELECT "sql" FROM sqlite_master WHERE "sql" IS NOT NULL ORDER BY "type" DESC, "name"`)
    .pluck()
    .all() as string[];
  return `${rows.join(';\n\n')};\n`;
}

describe('migrations', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-migrate-'));
    path = join(folder, '市.bbledger');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A ledger as version `to` of the program left it. */
  function ledgerAt(to: number): Sqlite {
    const db = connectLedger(path, { create: true });
    migrateTo(db, to);
    return db;
  }

  it.each(migrations.map((_, index) => index + 1).slice(1))('%i keeps every value that was there', (version) => {
    const db = ledgerAt(version - 1);
    fill(db);
    const shape = new Map(tablesOf(db).map((table) => [table, columnsOf(db, table)]));
    const before = read(db, shape);
    migrateTo(db, version);
    expect(read(db, shape)).toEqual(before);
    expect(db.pragma('user_version', { simple: true })).toBe(version);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('lead to the schema of the committed snapshot', async () => {
    const db = ledgerAt(SCHEMA_VERSION);
    await expect(schemaOf(db)).toMatchFileSnapshot('schema.snapshot.sql');
    db.close();
  });

  it('that landed are frozen: a later change is a later migration, which adds its digest to frozen.json', () => {
    expect(migrations.map((sql) => digest(sql))).toEqual(frozen);
  });

  it('never drop a name in silence, nor give a retired one again', () => {
    const db = connectLedger(path, { create: true });
    const versions = migrations.map((_, index) => {
      migrateTo(db, index + 1);
      return namesOf(db);
    });
    db.close();
    expect(nameProblems(versions, RETIRED)).toEqual([]);
    const [old, fresh] = [new Set(['a', 'a.x', 'a.y']), new Set(['a', 'a.y', 'a.z'])];
    expect(nameProblems([old, fresh], [])).toEqual(['a.x vanished']);
    expect(nameProblems([old, fresh], ['a.x', 'a.z'])).toEqual(['a.z is retired']);
  });

  it('that fails leaves the database at the version before, whole', () => {
    const db = ledgerAt(1);
    fill(db);
    db.exec('ALTER TABLE "stream" ADD COLUMN "previousTag" TEXT');
    const schema = schemaOf(db);
    expect(() => migrateTo(db, 2)).toThrow(/duplicate column/u);
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(schemaOf(db)).toBe(schema);
    db.close();
  });

  it('an older ledger is backed up, then brought up to date', async () => {
    createCityLedger(
      { path, place: '安澜市', placeShort: '安', operator: '王某', presetId: 'hundredDays', year: 2021 },
      NOW,
    ).close();
    downgrade(path);
    const desk = new Desk({ dataFolder: join(folder, 'data'), now: () => NOW });
    const { identity, store } = await desk.open(path);
    expect(store.db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    const [made] = backupsIn(backupFolder(join(folder, 'data'), identity.ledgerId));
    expect(made?.reason).toBe('before-upgrade');
    const old = openStore(made?.path ?? '', { readOnly: true });
    expect(old.db.pragma('user_version', { simple: true })).toBe(1);
    old.close();
    desk.shutdown();
  });

  it('without its backup an upgrade does not begin', () => {
    createStore(path, { officeId: newId(), level: 'city', operator: '王某', now: NOW }).close();
    downgrade(path);
    const full = (): never => {
      throw new Fault('DISK_FULL');
    };
    expect(() => openStore(path, { beforeUpgrade: full })).toThrow(/空间不足/u);
    const db = connectLedger(path, { readOnly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    db.close();
  });

  it('a ledger of a newer program is refused unchanged, naming both versions', () => {
    const db = ledgerAt(SCHEMA_VERSION);
    db.pragma(`user_version = ${SCHEMA_VERSION + 3}`);
    db.close();
    const before = digest(readFileSync(path));
    for (const readOnly of [false, true]) {
      expect(() => openStore(path, { readOnly })).toThrow(
        `表结构第 ${SCHEMA_VERSION + 3} 版，本程序支持到第 ${SCHEMA_VERSION} 版`,
      );
    }
    expect(digest(readFileSync(path))).toBe(before);
  });

  it('a ledger that a newer program has brought up to date names the version that is needed', () => {
    const store = openStore(path, { create: true });
    expect(readMeta(store, 'program')).toBe(PROGRAM_VERSION);
    writeMeta(store, 'program', '2.3.0');
    store.db.pragma(`user_version = ${SCHEMA_VERSION + 3}`);
    store.close();
    expect(() => openStore(path)).toThrow(/数据没有改动。请先升级程序到 2\.3\.0 以上。$/u);
  });

  it('a database of another program is refused unchanged', () => {
    const db = connectLedger(path, { create: true });
    db.exec('CREATE TABLE t (x)');
    db.close();
    const before = digest(readFileSync(path));
    expect(() => openStore(path)).toThrow(/不是包保台账文件/u);
    expect(digest(readFileSync(path))).toBe(before);
    expect(APPLICATION_ID).toBe(0x42424c47);
  });

  /** Takes a present ledger back to version 1: what later versions added goes. */
  function downgrade(file: string): void {
    const db = connectLedger(file, {});
    const first = connectLedger(':memory:', { create: true });
    migrateTo(first, 1);
    const kept = namesOf(first);
    first.close();
    for (const table of tablesOf(db)) {
      if (!kept.has(table)) db.exec(`DROP TABLE "${table}"`);
      else {
        for (const { name } of columnsOf(db, table)) {
          if (!kept.has(`${table}.${name}`)) db.exec(`ALTER TABLE "${table}" DROP COLUMN "${name}"`);
        }
      }
    }
    db.pragma('user_version = 1');
    db.close();
  }
});
