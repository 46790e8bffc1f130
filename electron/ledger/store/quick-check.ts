import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import { checkShape } from './migrate.ts';
import { sqliteFault } from './sqlite-fault.ts';

/**
 * SQLite's quick check of every page, a quarter of a second for 60 MB, and whether all tables are there.
 *
 * @throws Fault LEDGER_DAMAGED
 */
export function quickCheck(db: Sqlite, path: string): void {
  try {
    const [check] = db.pragma('quick_check(1)') as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw new Fault('LEDGER_DAMAGED', { what: path, why: '完整性检查未通过' });
    checkShape(db, path);
    // Every page went through the cache; it keeps the last ones read, for which nobody will ask.
    db.pragma('shrink_memory');
  } catch (error) {
    throw sqliteFault(error, path);
  }
}
