import { tmpdir } from 'node:os';
import { Fault } from '../../shared/contract/faults.ts';
import { type Host, openSession, type Session } from '../ledger/session/index.ts';
import { writeMeta } from '../ledger/store/meta.ts';
import { openStore } from '../ledger/store/open.ts';

/** Options every command takes. */
export interface CommonOptions {
  readonly ledger: string;
  readonly operator?: string;
  /** Local time to act at, `YYYY-MM-DDTHH:mm`; the machine's own when absent. */
  readonly clock?: string;
  readonly json?: boolean;
}

/** @throws Fault INVALID_VALUE when the clock cannot be read */
export function hostOf(options: Pick<CommonOptions, 'clock'>): Host {
  if (options.clock === undefined) return { dataFolder: tmpdir(), now: Date.now };
  const start = new Date(options.clock).getTime();
  if (Number.isNaN(start))
    throw new Fault('INVALID_VALUE', { what: '--clock', why: '应为 2021-05-18T10:00 这样的时间' });
  const offset = start - Date.now();
  return { dataFolder: tmpdir(), now: () => Date.now() + offset };
}

/** Opens the ledger for a command that only looks; also beside a window that has it open. */
export async function withReading<T>(options: CommonOptions, work: (session: Session) => Promise<T> | T): Promise<T> {
  const store = openStore(options.ledger, { readOnly: true });
  try {
    return await work(openSession(store, hostOf(options)));
  } finally {
    store.close();
  }
}

/** Opens the ledger for one command and closes it whatever happens. @throws Fault LEDGER_BUSY while a window has it open */
export async function withSession<T>(options: CommonOptions, work: (session: Session) => Promise<T> | T): Promise<T> {
  const store = openStore(options.ledger);
  try {
    if (options.operator !== undefined) writeMeta(store, 'operator', options.operator);
    return await work(openSession(store, hostOf(options)));
  } finally {
    store.close();
  }
}
