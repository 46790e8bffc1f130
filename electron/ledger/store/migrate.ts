import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import { connect } from './connect.ts';
import { initial } from './migrations/0001-initial.ts';
import { streamReason } from './migrations/0002-stream-reason.ts';
import { chainPermitsFactors } from './migrations/0003-chain-permits-factors.ts';
import { stagesPoolTeams } from './migrations/0004-stages-pool-teams.ts';
import { attachmentsSuites } from './migrations/0005-attachments-suites.ts';
import { proposalStamp } from './migrations/0006-proposal-stamp.ts';
import { decimalQuantities } from './migrations/0007-decimal-quantities.ts';
import { landAreaUnitGroups } from './migrations/0008-land-area-unit-groups.ts';
import { serviceInstructions } from './migrations/0009-service-instructions.ts';
import { received } from './migrations/0010-received.ts';
import { clockShift } from './migrations/0011-clock-shift.ts';
import { periodReview } from './migrations/0012-period-review.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import { namesOf } from './schema-names.ts';

/** 'BBLG' as a number: marks the file as a ledger of ours. */
export const APPLICATION_ID = 0x42424c47;

/** In order; position + 1 is the schema version. Frozen, additive, each in one transaction. */
export const migrations: readonly string[] = [
  initial,
  streamReason,
  chainPermitsFactors,
  stagesPoolTeams,
  attachmentsSuites,
  proposalStamp,
  decimalQuantities,
  landAreaUnitGroups,
  serviceInstructions,
  received,
  clockShift,
  periodReview,
];

export const SCHEMA_VERSION = migrations.length;

/** Called before the first migration of a ledger that holds data: the backup. What it throws stops the upgrade. */
export type BeforeUpgrade = (db: Sqlite, from: number, to: number) => void;

/** Runs the migrations after the database's version up to `to`, each in one transaction. */
export function migrateTo(db: Sqlite, to: number): void {
  for (let next = db.pragma('user_version', { simple: true }) as number; next < to; next += 1) {
    const sql = migrations[next];
    if (sql === undefined) throw new RangeError(`There is no migration ${next + 1}`);
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${next + 1}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    }).immediate();
  }
}

/** What to do with a ledger of a newer program, as far as it tells. */
function neededProgram(db: Sqlite): { readonly cure?: string } {
  try {
    const version = db.prepare(`SELECT "value" FROM "meta" WHERE "key" = 'program'`).pluck().get();
    return typeof version === 'string' ? { cure: `请先升级程序到 ${version} 以上` } : {};
  } catch {
    // Whatever its tables are called by then.
    return {};
  }
}

function damaged(what: string, why: string): Fault {
  return new Fault('LEDGER_DAMAGED', { what, why });
}

/**
 * What the program never makes: a trigger would write at each commit beside the journal, a view or a virtual table stands for
 * a table and answers what it likes, or never.
 */
const FOREIGN = `SELECT count(*) FROM sqlite_master WHERE "type" NOT IN ('table', 'index') OR "sql" LIKE 'CREATE VIRTUAL%'`;

/**
 * Whether the database is a ledger that this program knows; changes nothing.
 *
 * @param create an empty database may become a ledger; any other file must be one
 * @returns its schema version; 0 when it is empty
 * @throws Fault NOT_A_LEDGER when the file is another program's, LEDGER_DAMAGED when it is empty or was tampered with,
 *   LEDGER_FROM_FUTURE when it is newer than this program
 */
export function identify(db: Sqlite, path: string, create: boolean): number {
  const version = db.pragma('user_version', { simple: true }) as number;
  const application = db.pragma('application_id', { simple: true }) as number;
  const objects = db.prepare('SELECT count(*) AS c FROM sqlite_master').get() as { c: number };
  if (objects.c > 0 && application !== APPLICATION_ID) throw new Fault('NOT_A_LEDGER', { what: path });
  // What is left of a ledger after some failures of a stick; to fill it with tables would hide the loss.
  if (objects.c === 0 && !create) throw damaged(path, '文件是空的');
  if (version > SCHEMA_VERSION) {
    throw new Fault('LEDGER_FROM_FUTURE', {
      what: path,
      why: `表结构第 ${version} 版，本程序支持到第 ${SCHEMA_VERSION} 版`,
      ...neededProgram(db),
    });
  }
  if (version < (objects.c > 0 ? 1 : 0)) throw damaged(path, '文件头损坏');
  if (db.pragma('encoding', { simple: true }) !== 'UTF-8') throw damaged(path, '文件头损坏');
  if (db.prepare(FOREIGN).pluck().get() !== 0) throw damaged(path, '里面有不是本程序建立的视图或触发器');
  return version;
}

/** Tables, columns and indexes. */
function shapeOf(db: Sqlite): ReadonlySet<string> {
  const indexes = `SELECT "name" FROM sqlite_master WHERE "type" = 'index' AND "sql" IS NOT NULL`;
  return new Set([...namesOf(db), ...(db.prepare(indexes).pluck().all() as string[])]);
}

/** What the migrations up to a version make. */
function shapeAt(version: number): ReadonlySet<string> {
  const model = connect(':memory:', {});
  try {
    migrateTo(model, version);
    return shapeOf(model);
  } finally {
    model.close();
  }
}

/** SQLite takes a wrong text encoding in the header for ours, but not at a second reading. */
function readAnew(db: Sqlite, path: string): void {
  try {
    db.pragma('writable_schema = RESET');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    throw new Fault('LEDGER_DAMAGED', { what: path, why: '文件头损坏' }, { cause: error });
  }
}

/**
 * Whether the file has all that its version has, and nothing yet of a later one; takes some ten milliseconds. What else
 * somebody has put into it stands in no way.
 *
 * @throws Fault LEDGER_DAMAGED
 */
export function checkShape(db: Sqlite, path: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version === 0) return;
  readAnew(db, path);
  const expected = shapeAt(version);
  const found = shapeOf(db);
  const missing = [...expected].filter((name) => !found.has(name));
  if (missing.length > 0) throw damaged(path, `缺少“${missing[0]}”等 ${missing.length} 处表、列或索引`);
  if (version === SCHEMA_VERSION) return;
  const later = [...shapeAt(SCHEMA_VERSION)].filter((name) => !expected.has(name));
  if (later.some((name) => found.has(name))) throw damaged(path, '文件头损坏');
}

/** Brings the tables up to the version of this program. */
export function upgrade(db: Sqlite, version: number, beforeUpgrade?: BeforeUpgrade): void {
  if (version === SCHEMA_VERSION) return;
  if (version > 0) beforeUpgrade?.(db, version, SCHEMA_VERSION);
  migrateTo(db, SCHEMA_VERSION);
  db.prepare(`INSERT OR REPLACE INTO "meta" ("key", "value") VALUES ('program', ?)`).run(PROGRAM_VERSION);
}
