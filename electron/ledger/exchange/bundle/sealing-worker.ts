import { parentPort } from 'node:worker_threads';
import { suiteOf } from './suite.ts';

/** One chunk to be sealed or opened, and what the thread answers. */
export interface SealingRequest {
  readonly id: number;
  readonly work: 'seal' | 'open';
  readonly suite: number;
  readonly contentKey: Uint8Array;
  readonly index: number;
  readonly context: string;
  readonly bytes: Uint8Array;
}

export interface SealingAnswer {
  readonly id: number;
  /** Undefined for a chunk that does not verify. */
  readonly bytes?: Uint8Array | undefined;
  readonly problem?: string;
}

/** A suite derives its keys once for one content key object; what comes through a port is always a new one. */
let held: Uint8Array = new Uint8Array();

function same(key: Uint8Array): Uint8Array {
  if (Buffer.compare(held, key) !== 0) held = key;
  return held;
}

function answer({ id, work, suite: number, contentKey, index, context, bytes }: SealingRequest): SealingAnswer {
  const suite = suiteOf(number);
  if (!suite) return { id, problem: `suite ${number}` };
  try {
    const result = suite[work](same(contentKey), index, context, bytes);
    // Its own memory, so that it can be handed over instead of copied.
    return { id, bytes: result === undefined ? undefined : new Uint8Array(result) };
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: SealingRequest) => {
  const result = answer(request);
  parentPort?.postMessage(result, result.bytes === undefined ? [] : [result.bytes.buffer as ArrayBuffer]);
});
