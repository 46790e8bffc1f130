import './crypto-global.ts';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { processContract } from '../../shared/contract/process.ts';

/** Entry of the ledger process: hands each port that main sends to the router. Plain Node; Electron is only its host. */

/** What the host gives on `process.parentPort`; declared here because this folder never imports Electron. */
interface HostPort {
  on(event: 'message', listener: (event: HostMessage) => void): void;
}
interface HostMessage {
  readonly data: { readonly kind: 'port' } | { readonly kind: 'close' };
  readonly ports: readonly LedgerPort[];
}
type LedgerPort = SupportedMessagePort & { start(): void };

const os = implement(processContract);
const router = {
  process: os.router({ ping: os.ping.handler(() => ({ pid: process.pid })) }),
};

/** Runs before the process ends on request, e.g. to close the open ledger. */
const closers: (() => void)[] = [];

const { parentPort } = process as unknown as { parentPort: HostPort };
const handler = new RPCHandler(router);
parentPort.on('message', ({ data, ports }) => {
  if (data.kind === 'close') {
    for (const close of closers) close();
    process.exit(0);
  }
  const [port] = ports;
  if (port === undefined) return;
  handler.upgrade(port, { context: {} });
  port.start();
});
