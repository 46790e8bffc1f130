import type { PlatformEvent } from '../../shared/contract/platform.ts';

interface Listener {
  wake: () => void;
}

/** Events for the window. What happens while no page listens is kept for the next listener. */
export class EventHub {
  readonly #waiting: PlatformEvent[] = [];
  #current: Listener | undefined;

  emit(event: PlatformEvent): void {
    this.#waiting.push(event);
    this.#current?.wake();
  }

  /** A new listener ends the old one: after a reload the old page is gone. */
  async *listen(signal: AbortSignal | undefined): AsyncGenerator<PlatformEvent, void> {
    const mine: Listener = { wake: () => {} };
    const previous = this.#current;
    this.#current = mine;
    previous?.wake();
    signal?.addEventListener('abort', () => mine.wake(), { once: true });
    while (this.#current === mine && !signal?.aborted) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      await new Promise<void>((resolve) => {
        mine.wake = resolve;
      });
    }
  }
}
