import type { Store } from '../../electron/ledger/store/open.ts';

/** End of the journal. */
export function headOf({ db }: Pick<Store, 'db'>): { readonly n: number; readonly chain: string } {
  const row = db.prepare('SELECT "n", "chain" FROM "journal" ORDER BY "n" DESC LIMIT 1').get();
  return (row as { n: number; chain: string } | undefined) ?? { n: 0, chain: '' };
}
