import { Fault } from '../../../shared/contract/faults.ts';
import type { Store } from './open.ts';
import { quickCheck } from './quick-check.ts';
import { verifyRebuild } from './rebuild.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { verify } from './verify.ts';

/** Ledgers that were sound at a number of the journal: to look again would find the same. */
const sound = new WeakMap<Store['db'], number>();

/**
 * What is wrong with a ledger over which the program has stumbled: pages, journal, or rows that the journal does not explain.
 * Null when it is sound, and the mistake is the program's own.
 */
export function findDamage(store: Pick<Store, 'db' | 'path'>): Fault | null {
  const { db, path } = store;
  try {
    quickCheck(db, path);
    const n = db.prepare('SELECT max("n") FROM "journal"').pluck().get() as number;
    if (sound.get(db) === n) return null;
    const { pages, journal } = verify(store);
    const told = [...pages, ...journal][0] ?? verifyRebuild(db).told[0];
    if (told !== undefined) return new Fault('LEDGER_DAMAGED', { what: path, why: told });
    sound.set(db, n);
    return null;
  } catch (error) {
    const fault = sqliteFault(error, path);
    return fault.code === 'LEDGER_DAMAGED' ? fault : null;
  }
}
