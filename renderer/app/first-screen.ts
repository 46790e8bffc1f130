import type { LedgerStatus } from '../../shared/contract/session.ts';
import { api, queryClient } from './api.ts';

/**
 * What kind of ledger was open last. The window's start goes by it: the frame is drawn and the first screen's figures are
 * asked for while the ledger process is still starting. Only a guess; what is shown is always what the process answers.
 */
const LAST_LEVEL = 'baobao.last.level';

export function lastLevel(): LedgerStatus['level'] | null {
  const level = localStorage.getItem(LAST_LEVEL);
  return level === 'city' || level === 'county' || level === 'town' ? level : null;
}

/** `null` when no ledger is open: the next start shows no frame then. */
export function rememberLevel(level: LedgerStatus['level'] | null): void {
  if (level === null) localStorage.removeItem(LAST_LEVEL);
  else localStorage.setItem(LAST_LEVEL, level);
}

/** Sends the first screen's questions off before anything is drawn. A refused one is asked again by its screen. */
export function askEarly(): void {
  void queryClient.prefetchQuery(api.session.status.queryOptions());
  void queryClient.prefetchQuery(api.backup.trouble.queryOptions());
  const level = lastLevel();
  if (level === null || !['', '#/'].includes(location.hash)) return;
  if (level === 'city') void queryClient.prefetchQuery(api.workbench.city.queryOptions());
  else void queryClient.prefetchQuery(api.workbench.county.queryOptions());
}

const PATIENCE_MS = 1000;

/** When all that the first screen asked for is there; on a large ledger, whose lights take their time, after a second. */
export async function firstScreenStands(): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  do await new Promise((resolve) => setTimeout(resolve, 50));
  while (queryClient.isFetching() > 0 && performance.now() < end);
}
