import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import { initial } from './migrations/0001-initial.ts';
import { chainPermitsFactors } from './migrations/0003-chain-permits-factors.ts';
import { stagesPoolTeams } from './migrations/0004-stages-pool-teams.ts';

/** 'BBLG' as a number: marks the file as a ledger of ours. */
const APPLICATION_ID = 0x42424c47;

/** In order; position + 1 is the schema version. Frozen, additive, each in one transaction. */
const migrations: readonly string[] = [initial, chainPermitsFactors, stagesPoolTeams];

export const SCHEMA_VERSION = migrations.length;

/**
 * Brings the tables up to the version of this program.
 *
 * @throws Fault NOT_A_LEDGER when the file is another program's, LEDGER_FROM_FUTURE when it is newer than this program
 */
export function migrate(db: Sqlite, path: string, readOnly: boolean): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  const application = db.pragma('application_id', { simple: true }) as number;
  const objects = db.prepare('SELECT count(*) AS c FROM sqlite_master').get() as { c: number };
  if (objects.c > 0 && application !== APPLICATION_ID) throw new Fault('NOT_A_LEDGER', { what: path });
  if (version > SCHEMA_VERSION) {
    throw new Fault('LEDGER_FROM_FUTURE', {
      what: path,
      why: `表结构第 ${version} 版，本程序支持到第 ${SCHEMA_VERSION} 版`,
    });
  }
  if (readOnly) return;
  for (let next = version; next < SCHEMA_VERSION; next += 1) {
    const sql = migrations[next];
    if (sql === undefined) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${next + 1}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    })();
  }
}
