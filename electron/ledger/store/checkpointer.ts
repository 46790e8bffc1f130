import type { Worker } from 'node:worker_threads';
import { startThread } from '../thread.ts';

/** Changes that are worth a move: some 10 MB of log. A move ends with the disk, for which the work itself then waits too. */
const CHANGES = 8000;

/**
 * Moves the write-ahead log of a ledger to its main file in a thread, while the next rows of a long work go in. Only speed
 * depends on it: what is committed is in the log, and whatever stays there is moved by the next connection that closes.
 */
export class Checkpointer {
  readonly #path: string;
  #thread: Worker | null = null;
  #waiting = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** @param changes that have just been committed */
  committed(changes: number): void {
    this.#waiting += changes;
    if (this.#waiting < CHANGES) return;
    this.#waiting = 0;
    this.#thread ??= this.#start();
    this.#thread.postMessage('move');
  }

  #start(): Worker {
    const thread = startThread(
      new URL('./checkpoint-worker.ts', import.meta.url),
      new URL('./checkpoint-worker.cjs', import.meta.url),
      { workerData: this.#path },
    );
    // A thread that cannot go on (a full disk, a stick pulled out) moves nothing; the work itself meets the same and says so.
    thread.on('error', () => undefined);
    return thread;
  }

  /** The thread has let go of the file when this is done. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    if (thread === null || thread.threadId < 0) return;
    await new Promise<void>((resolve) => {
      thread.once('message', () => resolve());
      thread.once('exit', () => resolve());
      thread.postMessage('end');
    });
  }
}
