import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread from the code beside the calling module: its source when run from source, its own bundle when bundled.
 *
 * @param source URL of the TypeScript file; `bundled` is what `build/bundle.ts` makes of it
 */
export function startThread(source: URL, bundled: URL, options: WorkerOptions = {}): Worker {
  const path = fileURLToPath(source);
  if (existsSync(path)) return new Worker(path, options);
  // Read here and not by the thread: inside an asar archive only the patched `fs` of this thread finds it.
  return new Worker(readFileSync(fileURLToPath(bundled), 'utf8'), { ...options, eval: true });
}
