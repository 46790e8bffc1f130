import { judgeAll } from '../rates/index.ts';
import type { Session } from '../session/index.ts';
import { standings } from './standing.ts';

/** Judges the day while the window is still being drawn, so that its first question finds the answer ready. */
export async function warmUp(session: Session): Promise<void> {
  await judgeAll(session.store, session.today());
  await standings(session);
}
