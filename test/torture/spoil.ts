import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { Database as Sqlite } from 'better-sqlite3';
import { connectLedger } from '../../electron/ledger/store/open.ts';
import { entityNames, entityOf } from '../../shared/dictionary/index.ts';

/** A ledger as it should be, and what lay beside it at other times. */
export interface Original {
  readonly path: string;
  /** The same ledger some changes ago, with the log that holds the last of them. */
  readonly older: string;
  readonly olderLog: string;
  /** Another office's. */
  readonly foreign: string;
  readonly foreignLog: string;
}

type Random = () => number;
const PAGE = 4096;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[below(random, from.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

const noise = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => below(random, 256)));

/** Text as a failing disk, another program or a hostile one may leave in a cell. */
const ODD_TEXTS: readonly string[] = [
  '',
  'null',
  '[]',
  '{}',
  '"',
  '{"a":',
  '[1,2',
  '["project"]',
  '["project","x","y",{}]',
  '["project","x","y","z",[0,1,2]]',
  '["project","x","y",["name"],5]',
  '不是日子',
  '2021-13-45',
  '0',
  '-1',
  '1e999',
  'NaN',
  'constructor',
  '__proto__',
  '\u0000',
  '\ud800',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://a")',
  `'; DROP TABLE "project"; --`,
];

const ODD_NUMBERS: readonly (number | bigint)[] = [
  -1,
  0,
  2,
  1.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  9_223_372_036_854_775_807n,
  -9_223_372_036_854_775_808n,
];

function tablesOf(db: Sqlite): readonly string[] {
  return db
    .prepare(`SELECT "name" FROM sqlite_master WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

const columnsOf = (db: Sqlite, table: string): readonly Column[] => db.pragma(`table_info("${table}")`) as Column[];

/** Rows of a table without order: any of them. */
function anyRow(db: Sqlite, table: string, random: Random): Readonly<Record<string, unknown>> | undefined {
  const count = db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number;
  return db.prepare(`SELECT * FROM "${table}" LIMIT 1 OFFSET ?`).get(below(random, count)) as
    | Record<string, unknown>
    | undefined;
}

function setCell(db: Sqlite, table: string, column: string, value: unknown, random: Random): void {
  const row = anyRow(db, table, random);
  const keys = columnsOf(db, table).filter(({ pk }) => pk > 0);
  if (row === undefined) return;
  const where = keys.map(({ name }) => `"${name}" = ?`).join(' AND ');
  db.prepare(`UPDATE OR IGNORE "${table}" SET "${column}" = ? WHERE ${where}`).run(
    value,
    ...keys.map(({ name }) => row[name]),
  );
}

function oddValue(random: Random, type: string): unknown {
  if (type === 'TEXT') return random() < 0.1 ? '长'.repeat(1_500_000) : pick(random, ODD_TEXTS);
  if (type === 'BLOB') return noise(random, 40);
  return type === 'INTEGER'
    ? pick(
        random,
        ODD_NUMBERS.filter((value) => value !== 1.5 && value !== 1e300),
      )
    : pick(random, ODD_NUMBERS);
}

/** A cell of any table: what the dictionary would never let in. */
function oddCell(db: Sqlite, tables: readonly string[], random: Random): void {
  const table = pick(random, tables);
  const column = pick(random, columnsOf(db, table));
  setCell(db, table, column.name, oddValue(random, column.type), random);
}

/** What somebody who has the file can do to it with any SQLite program. */
const BY_SQL = {
  future: (db, random) => db.pragma(`user_version = ${pick(random, [13, 99, 2_147_483_647])}`),
  'older-version': (db, random) => db.pragma(`user_version = ${pick(random, [-5, 0, 1, 3, 9, 11])}`),
  'other-application': (db, random) => db.pragma(`application_id = ${pick(random, [0, 1, -7])}`),
  'no-table': (db, random) => db.exec(`DROP TABLE "${pick(random, tablesOf(db))}"`),
  'no-index': (db, random) => {
    const indexes = db.prepare(`SELECT "name" FROM sqlite_master WHERE "type" = 'index' AND "sql" IS NOT NULL`);
    db.exec(`DROP INDEX "${pick(random, indexes.pluck().all() as string[])}"`);
  },
  'no-column': (db, random) => {
    const table = pick(random, tablesOf(db));
    const column = pick(random, columnsOf(db, table));
    db.exec(`ALTER TABLE "${table}" RENAME COLUMN "${column.name}" TO "x${column.name}"`);
  },
  'more-columns': (db, random) => db.exec(`ALTER TABLE "${pick(random, tablesOf(db))}" ADD COLUMN "more" TEXT`),
  'more-tables': (db) => db.exec(`CREATE TABLE "more" ("id" TEXT); INSERT INTO "more" VALUES ('x')`),
  trigger: (db, random) => {
    const table = pick(random, ['journal', 'change', 'project', 'meta', 'person']);
    const act = pick(random, [
      `DELETE FROM "report"`,
      `UPDATE "project" SET "name" = 'x'`,
      `SELECT RAISE(ABORT, 'no')`,
      `SELECT load_extension('/tmp/x.so')`,
      `DELETE FROM "journal" WHERE "n" = 1`,
    ]);
    db.exec(`CREATE TRIGGER "t" AFTER ${pick(random, ['INSERT', 'UPDATE', 'DELETE'])} ON "${table}" BEGIN ${act}; END`);
  },
  view: (db, random) => {
    const table = pick(random, tablesOf(db));
    db.exec(`ALTER TABLE "${table}" RENAME TO "real"; CREATE VIEW "${table}" AS SELECT * FROM "real"`);
  },
  'endless-view': (db) =>
    db.exec(
      `ALTER TABLE "person" RENAME TO "real"; CREATE VIEW "person" AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT r.* FROM "real" r, c`,
    ),
  'broken-schema': (db, random) => {
    db.pragma('writable_schema = ON');
    const sql = pick(random, [
      'CREATE TABLE x',
      'CREATE VIRTUAL TABLE "v" USING nothing',
      '',
      'CREATE TABLE "person" ("id")',
    ]);
    db.prepare(`UPDATE sqlite_master SET "sql" = ? WHERE "name" = ?`).run(sql, pick(random, tablesOf(db)));
  },
  'root-page': (db, random) => {
    db.pragma('writable_schema = ON');
    const root = pick(random, [0, 1, 2, 9, 1_000_000]);
    db.prepare('UPDATE sqlite_master SET "rootpage" = ? WHERE "name" = ?').run(root, pick(random, tablesOf(db)));
  },
  cell: (db, random) => oddCell(db, entityNames, random),
  // Registers that no journal explains are not among them.
  'book-cell': (db, random) => oddCell(db, ['journal', 'change', 'received'], random),
  meta: (db, random) => {
    const key = db.prepare('SELECT "key" FROM "meta" ORDER BY random() LIMIT 1').pluck().get();
    if (random() < 0.5) db.prepare('DELETE FROM "meta" WHERE "key" = ?').run(key);
    else db.prepare('UPDATE "meta" SET "value" = ? WHERE "key" = ?').run(pick(random, ODD_TEXTS), key);
  },
  'odd-meta': (db, random) => {
    const key = pick(random, ['today', 'forkTold', 'cityOwners', 'leastProgram', 'lastStamp', 'incarnation', 'level']);
    db.prepare('INSERT OR REPLACE INTO "meta" VALUES (?, ?)').run(key, pick(random, ODD_TEXTS));
  },
  chain: (db, random) =>
    setCell(db, 'journal', pick(random, ['chain', 'digest', 'stamp']), pick(random, ODD_TEXTS), random),
  'no-entry': (db, random) => {
    const row = anyRow(db, 'journal', random);
    db.prepare('DELETE FROM "journal" WHERE "n" = ?').run(row?.['n']);
  },
  record: (db, random) => setCell(db, 'change', pick(random, ['record', 'before']), pick(random, ODD_TEXTS), random),
  stamps: (db, random) =>
    setCell(db, pick(random, entityNames), pick(random, ['_stamp', '_stamps']), pick(random, ODD_TEXTS), random),
  received: (db, random) => {
    if (random() < 0.3) db.exec('DELETE FROM "received"');
    else setCell(db, 'received', 'body', noise(random, 200), random);
  },
  'wrong-value': (db, random) => {
    // As a page that was read wrong: still a value of its kind, but not what was written.
    const table = pick(random, ['project', 'report', 'person', 'responsibilityUnit'] as const);
    const fields = Object.entries(entityOf(table).fields).filter(([, { type }]) => type === 'money' || type === 'text');
    const [name, { type }] = pick(random, fields);
    setCell(db, table, name, type === 'money' ? 1_230_000 + below(random, 1000) : `改动${below(random, 1000)}`, random);
  },
  'no-row': (db, random) => {
    const table = pick(random, entityNames);
    const row = anyRow(db, table, random);
    if (row !== undefined) db.prepare(`DELETE FROM "${table}" WHERE "id" = ?`).run(row['id']);
  },
} as const satisfies Record<string, (db: Sqlite, random: Random) => unknown>;

function bySql(path: string, kind: keyof typeof BY_SQL, random: Random): void {
  const db = connectLedger(path, {});
  try {
    db.pragma('foreign_keys = OFF');
    db.unsafeMode(true);
    BY_SQL[kind](db, random);
  } finally {
    db.close();
  }
}

/** @param change alters the bytes given, or gives others */
function inBytes(path: string, change: (bytes: Buffer) => unknown): void {
  const bytes = readFileSync(path);
  const changed = change(bytes);
  writeFileSync(path, Buffer.isBuffer(changed) ? changed : bytes);
}

const aPage = (random: Random, bytes: Buffer): number => below(random, Math.floor(bytes.length / PAGE)) * PAGE;

/** What disks, sticks and copying do to the bytes of the file. */
const BY_BYTES = {
  bytes: (bytes, random) => {
    for (let left = 1 + below(random, 8); left > 0; left -= 1) bytes[below(random, bytes.length)] = below(random, 256);
  },
  bit: (bytes, random) => {
    const at = below(random, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  },
  'page-zero': (bytes, random) => {
    const at = aPage(random, bytes);
    bytes.fill(0, at, at + PAGE);
  },
  'page-noise': (bytes, random) => {
    noise(random, PAGE).copy(bytes, aPage(random, bytes));
  },
  'page-half': (bytes, random) => {
    const at = aPage(random, bytes) + below(random, 8) * 512;
    bytes.fill(pick(random, [0, 0xff, 0xa5]), at, at + 512);
  },
  'page-swap': (bytes, random) => {
    const [left, right] = [aPage(random, bytes), aPage(random, bytes)];
    const kept = Buffer.from(bytes.subarray(left, left + PAGE));
    bytes.copy(bytes, left, right, right + PAGE);
    kept.copy(bytes, right);
  },
  'page-header': (bytes, random) => {
    const at = aPage(random, bytes);
    noise(random, 1 + below(random, 12)).copy(bytes, at + (at === 0 ? 100 : 0));
  },
  'pages-zero': (bytes, random) => {
    const at = aPage(random, bytes);
    bytes.fill(0, at, Math.min(bytes.length, at + PAGE * (2 + below(random, 60))));
  },
  header: (bytes, random) => {
    for (let left = 1 + below(random, 4); left > 0; left -= 1) bytes[below(random, 100)] = below(random, 256);
  },
  'header-gone': (bytes, random) => {
    noise(random, pick(random, [16, 100, 512, 4096])).copy(bytes);
  },
  schema: (bytes, random) => {
    for (let left = 1 + below(random, 4); left > 0; left -= 1)
      bytes[100 + below(random, PAGE - 100)] = below(random, 256);
  },
  grown: (bytes, random) => Buffer.concat([bytes, noise(random, pick(random, [1, 100, 4096, 9000]))]),
  'cut-page': (bytes, random) => bytes.subarray(0, aPage(random, bytes)),
  'cut-inside': (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  'cut-short': (bytes, random) => bytes.subarray(0, pick(random, [1, 15, 16, 99, 100, 511, 512, 4095, 4096, 8192])),
} as const satisfies Record<string, (bytes: Buffer, random: Random) => unknown>;

/** What lies in the ledger's place, or beside it. */
const BY_FILES = {
  empty: (path) => truncateSync(path, 0),
  text: (path) => writeFileSync(path, '项目名称,责任单位\n污水处理厂,青禾县\n'),
  folder: (path) => {
    rmSync(path);
    mkdirSync(path);
  },
  'log-noise': (path, random) => writeFileSync(`${path}-wal`, noise(random, pick(random, [1, 32, 5000, 40_000]))),
  'log-foreign': (path, _, { foreignLog }) => copyFileSync(foreignLog, `${path}-wal`),
  'log-stale': (path, _, { olderLog }) => copyFileSync(olderLog, `${path}-wal`),
  'log-cut': (path, random, { older, olderLog }) => {
    copyFileSync(older, path);
    const log = readFileSync(olderLog);
    writeFileSync(`${path}-wal`, log.subarray(0, below(random, log.length)));
  },
  'log-bit': (path, random, { older, olderLog }) => {
    copyFileSync(older, path);
    const log = readFileSync(olderLog);
    const at = below(random, log.length);
    log[at] = (log[at] ?? 0) ^ (1 << below(random, 8));
    writeFileSync(`${path}-wal`, log);
  },
  'log-folder': (path) => mkdirSync(`${path}-wal`),
  'index-noise': (path, random, { older, olderLog }) => {
    copyFileSync(older, path);
    copyFileSync(olderLog, `${path}-wal`);
    writeFileSync(`${path}-shm`, noise(random, pick(random, [1, 100, 32_768])));
  },
  'index-folder': (path) => mkdirSync(`${path}-shm`),
  'journal-noise': (path, random) => writeFileSync(`${path}-journal`, noise(random, pick(random, [1, 512, 9000]))),
} as const satisfies Record<string, (path: string, random: Random, original: Original) => void>;

export type Spoiling = keyof typeof BY_SQL | keyof typeof BY_BYTES | keyof typeof BY_FILES;

const isKey = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key);

export const SPOILINGS = [
  ...Object.keys(BY_BYTES),
  ...Object.keys(BY_FILES),
  ...Object.keys(BY_SQL),
] as readonly Spoiling[];

/** A page in hundreds: most rows must be saved. */
export const ONE_PAGE: readonly Spoiling[] = ['page-zero', 'page-noise', 'page-half', 'page-header', 'bit'];

/** The log, or its index, may have lost the last changes: what is left is an older ledger, and sound. */
export const MAY_BE_OLDER: readonly Spoiling[] = (Object.keys(BY_FILES) as (keyof typeof BY_FILES)[]).filter((kind) =>
  /^(?:log|index|journal)-/u.test(kind),
);

/** Puts a spoiled copy of a ledger at `path`. */
export function spoil(path: string, kind: Spoiling, random: Random, original: Original): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { recursive: true, force: true });
  copyFileSync(original.path, path);
  if (isKey(BY_BYTES, kind)) inBytes(path, (bytes) => BY_BYTES[kind](bytes, random));
  else if (isKey(BY_FILES, kind)) BY_FILES[kind](path, random, original);
  else bySql(path, kind, random);
}
