import type { OfficeLevel } from '../../../shared/domain/authority.ts';
import { newId, newStreamTag } from './id.ts';
import { writeMeta } from './meta.ts';
import { openStore, type Store } from './open.ts';

export interface NewLedger {
  /** Id of the office whose ledger this is; a city makes its own, a county gets it in the enrolment file. */
  readonly officeId: string;
  readonly level: OfficeLevel;
  readonly operator: string;
  /** UTC ms. */
  readonly now: number;
}

/** Makes an empty ledger file with an identity of its own. @throws Fault LEDGER_EXISTS, DISK_FULL, READ_ONLY */
export function createStore(path: string, ledger: NewLedger): Store {
  const store = openStore(path, { create: true });
  const ledgerId = newId();
  const streamTag = newStreamTag();
  store.db.transaction(() => {
    writeMeta(store, 'ledgerId', ledgerId);
    writeMeta(store, 'officeId', ledger.officeId);
    writeMeta(store, 'level', ledger.level);
    writeMeta(store, 'operator', ledger.operator);
    writeMeta(store, 'incarnation', '1');
    writeMeta(store, 'streamTag', streamTag);
    writeMeta(store, 'createdAt', String(ledger.now));
    store.db
      .prepare(
        'INSERT INTO "stream" ("tag", "officeId", "ledgerId", "incarnation", "openedAt", "own") VALUES (?, ?, ?, 1, ?, 1)',
      )
      .run(streamTag, ledger.officeId, ledgerId, ledger.now);
  })();
  return store;
}
