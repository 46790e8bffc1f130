import { Fault } from '../../../shared/contract/faults.ts';
import { type EntityName, entityNames } from '../../../shared/dictionary/index.ts';
import { open, withLedger } from '../procedure.ts';
import { createSampleLedger } from '../sample/index.ts';
import { writeMeta } from '../store/meta.ts';
import { createCityLedger } from './create-city.ts';
import { type Desk, statusOf } from './session.ts';

/** Touched entities, one event per commit, until the window goes. */
async function* watch(desk: Desk, signal: AbortSignal | undefined): AsyncGenerator<{ entities: EntityName[] }> {
  const pending: EntityName[][] = [];
  let wake: (() => void) | null = null;
  const push = (entities: Iterable<EntityName>): void => {
    pending.push([...entities]);
    wake?.();
  };
  const listen = (touched: ReadonlySet<EntityName>): void => push(touched);
  let watched = desk.session?.store ?? null;
  watched?.listeners.add(listen);
  const stop = desk.onSwitch((session) => {
    watched?.listeners.delete(listen);
    watched = session?.store ?? null;
    watched?.listeners.add(listen);
    push(entityNames);
  });
  signal?.addEventListener('abort', () => wake?.());
  // A window's first questions go out before it watches: they may have met the damage that it must be told of.
  if (desk.trouble !== null) push(entityNames);
  try {
    while (signal?.aborted !== true) {
      const next = pending.shift();
      if (next) yield { entities: next };
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stop();
    watched?.listeners.delete(listen);
  }
}

export const sessionHandlers = {
  status: open.session.status.handler(({ context }) => (context.desk.session ? statusOf(context.desk.session) : null)),
  recent: open.session.recent.handler(({ context }) => [...context.desk.recent()]),
  createCity: open.session.createCity.handler(async ({ context, input }) => {
    const store = createCityLedger(input, context.desk.host.now());
    return statusOf(await context.desk.adopt(store));
  }),
  open: open.session.open.handler(async ({ context, input }) => statusOf(await context.desk.open(input.path))),
  openSample: open.session.openSample.handler(async ({ context }) => {
    const store = createSampleLedger(context.desk.freshSamplePath(), context.desk.host.now());
    return statusOf(await context.desk.adopt(store));
  }),
  close: open.session.close.handler(({ context }) => {
    context.desk.close();
    return null;
  }),
  setOperator: withLedger.session.setOperator.handler(({ context, input }) => {
    if (input.operator.trim() === '') throw new Fault('INVALID_VALUE', { what: '操作人', why: '不能为空' });
    writeMeta(context.session.store, 'operator', input.operator.trim());
    return statusOf(context.session);
  }),
  changes: open.session.changes.handler(({ context, signal }) => watch(context.desk, signal)),
};
