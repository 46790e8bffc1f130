import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { EntityName } from '../../shared/dictionary/index.ts';
import { ledger, platform } from './client.ts';

/** Cache over the ledger process. No network is involved, so nothing waits for one. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Query and mutation options of every procedure: `useQuery(api.records.list.queryOptions({ input }))`. */
export const api = createTanstackQueryUtils(ledger);

type ChangeListener = (entities: ReadonlySet<EntityName>) => void;
const listeners = new Set<ChangeListener>();

/** Calls back after each commit, whoever made it. Returns the way to stop. */
export function onLedgerChange(listener: ChangeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Queries that keep themselves up to date from the change stream: refetching them whole would cost a second per cell. */
const selfKept = new Set(['projects.grid']);

function pathOf(key: readonly unknown[]): string {
  const [path] = key;
  return Array.isArray(path) ? path.join('.') : '';
}

function refresh(entities: ReadonlySet<EntityName>): void {
  for (const listener of listeners) listener(entities);
  void queryClient.invalidateQueries({ predicate: (query) => !selfKept.has(pathOf(query.queryKey)) });
}

/** Follows the ledger's commits for the life of the window; starts over when the ledger process was restarted. */
export async function followChanges(): Promise<never> {
  for (;;) {
    try {
      for await (const event of await ledger.session.changes()) refresh(new Set(event.entities));
    } catch {
      // The ledger process went away; the next call waits for the new one (see client.ts).
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** After the ledger process was restarted, or another ledger was opened: nothing in the cache can be trusted. */
export function forgetEverything(): void {
  void queryClient.invalidateQueries();
}

/** After a file was written or looked at: register and peers change without a commit. */
export function forgetExchange(): void {
  for (const queryKey of [api.exchange.key(), api.workbench.key()]) void queryClient.invalidateQueries({ queryKey });
}

export { ledger, platform };
