import './crypto-global.ts';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { router } from './router.ts';
import { Desk } from './session/index.ts';

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

const dataFolder = process.env['BAOBAO_DATA_DIR'];
if (dataFolder === undefined) throw new Error('BAOBAO_DATA_DIR is not set');
const desk = new Desk({ dataFolder, now: Date.now });

function log(message: string, error: unknown): void {
  console.error(message, error);
}

/** What the program was started with, or what was open when the process last lived: after a crash, and at the next start. */
const begun = desk.begin(process.env['BAOBAO_OPEN']).catch((error: unknown) => log('could not open a ledger', error));

const { parentPort } = process as unknown as { parentPort: HostPort };
const handler = new RPCHandler(router);
parentPort.on('message', ({ data, ports }) => {
  if (data.kind === 'close') {
    desk.shutdown();
    process.exit(0);
  }
  const [port] = ports;
  if (port === undefined) return;
  void begun.then(() => {
    handler.upgrade(port, { context: { desk, log } });
    port.start();
  });
});
