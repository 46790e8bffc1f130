import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { PlatformEvent, platformContract } from '../../../shared/contract/platform.ts';
import type { processContract } from '../../../shared/contract/process.ts';

/**
 * Runs in the page of the smoke test before the page's own code and takes the ports in its place. So the test knocks at
 * the door that the program really has, and the program needs no hook for tests.
 */
type Ledger = ContractRouterClient<{ process: typeof processContract }>;
type Platform = ContractRouterClient<typeof platformContract>;

const clients: { ledger?: Ledger; platform?: Platform } = {};
const heard: PlatformEvent[] = [];

async function listen(platform: Platform): Promise<void> {
  for await (const event of await platform.events()) heard.push(event);
}

let ledgerPort: MessagePort | undefined;
window.addEventListener(
  'message',
  (event) => {
    if (event.data?.kind !== 'baobao:port') return;
    event.stopImmediatePropagation();
    const [port] = event.ports;
    if (port === undefined) return;
    window.addEventListener('pagehide', () => port.close());
    const link = new RPCLink({ port });
    port.start();
    if (event.data.name === 'ledger') {
      // As in renderer/app/client.ts: Chromium 114 does not tell a port that its other end died.
      ledgerPort?.dispatchEvent(new Event('close'));
      ledgerPort = port;
      clients.ledger = createORPCClient(link);
    } else {
      clients.platform = createORPCClient(link);
      void listen(clients.platform);
    }
  },
  { capture: true },
);

export interface Bridge {
  readonly ledger: () => Ledger | undefined;
  readonly platform: () => Platform | undefined;
  readonly heard: readonly PlatformEvent[];
}
declare global {
  interface Window {
    bridge: Bridge;
  }
}
window.bridge = { ledger: () => clients.ledger, platform: () => clients.platform, heard };
