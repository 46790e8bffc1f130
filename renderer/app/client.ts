import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { ledgerContract } from '../../shared/contract/index.ts';
import type { platformContract } from '../../shared/contract/platform.ts';

/** The two ends that the window talks to. Calls made before a port is there wait for it. */

type PortName = 'ledger' | 'platform';
type Link = Pick<RPCLink<Record<never, never>>, 'call'>;

/**
 * The link over the newest port of that name. After the ledger process died, a new port takes the place of the old one;
 * the calls that were under way are rejected by the closed port and may be repeated by the caller.
 */
class Reconnecting implements Link {
  #connected: Promise<RPCLink<Record<never, never>>>;
  #resolve: (link: RPCLink<Record<never, never>>) => void = () => {};
  #port: MessagePort | undefined;

  constructor() {
    this.#connected = this.#promise();
    // Chromium 114 crashes when a page is left with a listening port still open (tried: reload).
    window.addEventListener('pagehide', () => this.#port?.close());
  }

  connect(port: MessagePort): void {
    if (this.#port !== undefined) {
      // Chromium 114 does not tell a port that its other end died: without this the calls under way would wait forever.
      this.#port.dispatchEvent(new Event('close'));
      this.#port.close();
      this.#connected = this.#promise();
    }
    this.#port = port;
    this.#resolve(new RPCLink({ port }));
    port.start();
  }

  async call(...args: Parameters<Link['call']>): Promise<unknown> {
    return (await this.#connected).call(...args);
  }

  #promise(): Promise<RPCLink<Record<never, never>>> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }
}

const links: Readonly<Record<PortName, Reconnecting>> = { ledger: new Reconnecting(), platform: new Reconnecting() };

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || !isPortMessage(event.data)) return;
  const [port] = event.ports;
  if (port !== undefined) links[event.data.name].connect(port);
});

function isPortMessage(data: unknown): data is { kind: 'baobao:port'; name: PortName } {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'baobao:port' && 'name' in data;
}

/** The ledger process: every piece of data. */
export const ledger: ContractRouterClient<typeof ledgerContract> = createORPCClient(links.ledger);

/** The main process: dialogs, printing, folders. */
export const platform: ContractRouterClient<typeof platformContract> = createORPCClient(links.platform);

window.postMessage('baobao:ready', location.origin);
