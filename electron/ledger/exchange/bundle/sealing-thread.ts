import type { Worker } from 'node:worker_threads';
import { startThread } from '../../thread.ts';
import type { SealingAnswer, SealingRequest } from './sealing-worker.ts';
import type { Suite } from './suite.ts';

/** Seals or opens the chunks of one blob. */
export interface Sealer {
  work(
    kind: SealingRequest['work'],
    chunk: { readonly index: number; readonly context: string; readonly bytes: Uint8Array },
  ): Promise<Uint8Array | undefined>;
}

/** Nobody has asked for this long: the thread ends. */
const IDLE_MS = 10_000;

interface Waiting {
  resolve(bytes: Uint8Array | undefined): void;
  reject(error: Error): void;
}

/** The one thread for suites that keep a thread busy; the window's questions are answered meanwhile. */
class SealingThread {
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #next = 0;
  #idle: NodeJS.Timeout | null = null;

  send(request: Omit<SealingRequest, 'id'>): Promise<Uint8Array | undefined> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    const thread = this.#thread ?? this.#start();
    this.#next += 1;
    const id = this.#next;
    // A view of a larger buffer would take all of it along.
    const bytes = new Uint8Array(request.bytes);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ ...request, id, bytes } satisfies SealingRequest, [bytes.buffer]);
    });
  }

  #start(): Worker {
    const thread = startThread(
      new URL('./sealing-worker.ts', import.meta.url),
      new URL('./sealing-worker.cjs', import.meta.url),
    );
    thread.on('message', (answer: SealingAnswer) => this.#settle(answer));
    thread.on('error', (error) => this.#fail(thread, error instanceof Error ? error : new Error(String(error))));
    thread.on('exit', (code) => this.#fail(thread, new Error(`the sealing thread ended with ${code}`)));
    this.#thread = thread;
    return thread;
  }

  #settle({ id, bytes, problem }: SealingAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (problem === undefined) waiting?.resolve(bytes);
    else waiting?.reject(new Error(problem));
    if (this.#waiting.size > 0) return;
    this.#thread?.unref();
    this.#idle = setTimeout(() => this.#stop(), IDLE_MS);
    this.#idle.unref();
  }

  #fail(thread: Worker, error: Error): void {
    if (this.#thread !== thread) return;
    this.#thread = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #stop(): void {
    const thread = this.#thread;
    this.#thread = null;
    void thread?.terminate();
  }
}

const shared = new SealingThread();

/** In a thread of its own for a suite in plain JavaScript, at once for one in native code. */
export function sealerOf(suite: Suite, contentKey: Uint8Array): Sealer {
  if (!suite.slow) {
    return {
      work: (kind, { index, context, bytes }) => Promise.resolve(suite[kind](contentKey, index, context, bytes)),
    };
  }
  return { work: (work, chunk) => shared.send({ work, suite: suite.id, contentKey, ...chunk }) };
}
