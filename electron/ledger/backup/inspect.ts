import { statSync } from 'node:fs';
import { Fault } from '../../../shared/contract/faults.ts';
import { entityNames } from '../../../shared/dictionary/index.ts';
import { openStore, type Store } from '../store/open.ts';

/** The end of a ledger's journal. */
export interface Head {
  readonly n: number;
  readonly chain: string;
}

export const EMPTY_HEAD: Head = { n: 0, chain: '' };

type Source = Pick<Store, 'db'>;

export function headOf({ db }: Source): Head {
  const row = db.prepare('SELECT "n", "chain" FROM "journal" ORDER BY "n" DESC LIMIT 1').get() as Head | undefined;
  return row ?? EMPTY_HEAD;
}

/** The chain that stands at a number of the journal, or null when there is no such number. */
export function chainAt({ db }: Source, n: number): string | null {
  if (n === 0) return '';
  const row = db.prepare('SELECT "chain" FROM "journal" WHERE "n" = ?').get(n) as { chain: string } | undefined;
  return row?.chain ?? null;
}

/** Rows of every table that matters, 作废 included; tables that this version of the file has not yet are left out. */
export function countRows({ db }: Source): Readonly<Record<string, number>> {
  const present = new Set(
    db.prepare(`SELECT "name" FROM sqlite_master WHERE "type" = 'table'`).pluck().all() as string[],
  );
  const tables = [...entityNames, 'journal', 'change', 'origin', 'exchange', 'keyring', 'parked'];
  return Object.fromEntries(
    tables
      .filter((table) => present.has(table))
      .map((table) => [table, db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]),
  );
}

/** What a backup or ledger file holds. */
export interface Contents {
  readonly path: string;
  readonly bytes: number;
  readonly ledgerId: string;
  readonly officeId: string;
  readonly officeName: string;
  readonly head: Head;
  readonly projects: number;
  readonly reports: number;
  /** The last thing done in it; null for an empty ledger. */
  readonly last: { readonly at: number; readonly operator: string; readonly title: string } | null;
}

export function contentsOf(store: Pick<Store, 'db' | 'path'>): Contents {
  const { db } = store;
  const meta = new Map(db.prepare('SELECT "key", "value" FROM "meta"').raw().all() as [string, string][]);
  const officeId = meta.get('officeId') ?? '';
  const count = (table: string): number =>
    db.prepare(`SELECT count(*) FROM "${table}" WHERE "voided" = 0`).pluck().get() as number;
  const last = db.prepare('SELECT "at", "operator", "title" FROM "journal" ORDER BY "n" DESC LIMIT 1').get() as
    | Contents['last']
    | undefined;
  return {
    path: store.path,
    bytes: statSync(store.path).size,
    ledgerId: meta.get('ledgerId') ?? '',
    officeId,
    officeName: officeNameOf(store, officeId),
    head: headOf(store),
    projects: count('project'),
    reports: count('report'),
    last: last ?? null,
  };
}

export function officeNameOf({ db }: Source, officeId: string): string {
  const name = db.prepare('SELECT "name" FROM "office" WHERE "id" = ?').pluck().get(officeId) as
    | string
    | null
    | undefined;
  return name ?? '';
}

/**
 * Opens a backup read-only, with its quick check, for as long as `work` needs it.
 *
 * @throws Fault LEDGER_NOT_FOUND, NOT_A_LEDGER, LEDGER_DAMAGED, LEDGER_FROM_FUTURE
 */
export function withReadOnly<T>(path: string, work: (store: Store) => T): T {
  const store = openStore(path, { readOnly: true });
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** A copy must hold what its source holds. @throws Fault LEDGER_DAMAGED */
export function compareCounts(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
  path: string,
): void {
  for (const [table, count] of Object.entries(expected)) {
    if (found[table] !== count) {
      throw new Fault('LEDGER_DAMAGED', {
        what: path,
        why: `“${table}”应有 ${count} 行，实有 ${found[table] ?? 0} 行`,
      });
    }
  }
}
