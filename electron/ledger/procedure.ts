import { implement, ORPCError } from '@orpc/server';
import { Fault } from '../../shared/contract/faults.ts';
import { ledgerContract } from '../../shared/contract/index.ts';
import type { Desk, Session } from './session/index.ts';
import { findDamage } from './store/find-damage.ts';
import { sqliteFault } from './store/sqlite-fault.ts';

/** What every handler gets. */
export interface LedgerContext {
  readonly desk: Desk;
  /** Where an unexpected fault is written for support. */
  readonly log: (message: string, error: unknown) => void;
}

/** An error of SQLite that a handler did not expect, such as a page that can no longer be read. */
function isSqlite(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}

/** A write beside `commit` while the window looks at a past instant: the file is read-only there, the books are views. */
function isWriteToPast(error: unknown): boolean {
  return isSqlite(error) && /readonly database|is a view/u.test(String(error));
}

/** Neither a fault in words nor an input that was refused: over a damaged ledger any handler stumbles somehow. */
function isUnexpected(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'UNEXPECTED';
  if (error instanceof ORPCError) return error.code === 'INTERNAL_SERVER_ERROR';
  return !(error instanceof Error && error.name === 'AbortError');
}

function asFault(thrown: unknown, { desk, log }: LedgerContext): unknown {
  const { store: present } = desk.present ?? {};
  const path = present?.path;
  const { store } = desk.session ?? {};
  if (store?.asOf != null && isWriteToPast(thrown)) return new Fault('LEDGER_PAST', { what: store.gate.holder ?? '' });
  const told = path !== undefined && isSqlite(thrown) ? sqliteFault(thrown, path) : thrown;
  const error = (present !== undefined && isUnexpected(told) ? findDamage(present) : null) ?? told;
  if (error instanceof Fault && error.code === 'LEDGER_DAMAGED' && error.detail.what === path) {
    log('ledger damaged', error.cause ?? error);
    return desk.noteTrouble(error, path ?? '');
  }
  if (error instanceof ORPCError) return error;
  if (error instanceof Error && error.name === 'AbortError') return new Fault('CANCELLED');
  if (error instanceof Fault) {
    if (error.code === 'UNEXPECTED') log(error.message, error.cause ?? error);
    return error;
  }
  log('unexpected fault', error);
  return new Fault('UNEXPECTED', { why: error instanceof Error ? error.message : String(error) });
}

/** Turns any error of a handler, or of the stream it returned, into the contract's FAULT. */
function toOrpc(error: unknown, context: LedgerContext): unknown {
  const fault = asFault(error, context);
  if (!(fault instanceof Fault)) return fault;
  return new ORPCError('FAULT', {
    message: fault.message,
    data: { code: fault.code, text: fault.message },
    cause: fault,
  });
}

async function* guarded(stream: AsyncIterator<unknown>, context: LedgerContext): AsyncGenerator<unknown> {
  try {
    for (;;) {
      const step = await stream.next();
      if (step.done === true) return step.value;
      yield step.value;
    }
  } catch (error) {
    throw toOrpc(error, context);
  } finally {
    await stream.return?.();
  }
}

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output;
}

/** The contract to be fulfilled: `contract.router` does not compile while a handler is missing. */
export const contract = implement(ledgerContract).$context<LedgerContext>();

/** For procedures that work with no ledger open. */
export const open = contract.use(async ({ context, next }) => {
  try {
    const result = await next();
    return isStream(result.output) ? { ...result, output: guarded(result.output, context) } : result;
  } catch (error) {
    throw toOrpc(error, context);
  }
});

/** For procedures on the open ledger: adds `context.session`, or fails with NO_LEDGER. */
export const withLedger = open.use(({ context, next }) => {
  const session: Session = context.desk.require();
  return next({ context: { session } });
});
