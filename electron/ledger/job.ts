import type { Progress } from '../../shared/contract/base.ts';

export type JobEvent<R> = Progress | { readonly kind: 'done'; readonly result: R };

/**
 * A long job as a stream: work that reports through a callback becomes progress events and one result. Ending the stream
 * early cancels the work and waits until it has cleaned up.
 *
 * @param work gets a reporter (Chinese title, share 0..1) and the signal that cancels it
 */
export async function* jobOf<R>(
  work: (report: (title: string, share: number) => void, signal: AbortSignal) => Promise<R>,
  outer?: AbortSignal,
): AsyncGenerator<JobEvent<R>> {
  const abort = new AbortController();
  const cancel = (): void => abort.abort();
  outer?.addEventListener('abort', cancel, { once: true });
  if (outer?.aborted === true) cancel();
  let latest: Progress | null = null;
  let wake: () => void = () => {};
  const finished = work((title, share) => {
    latest = { kind: 'progress', title, share };
    wake();
  }, abort.signal);
  let ended = false;
  const end = finished
    .then(
      () => undefined,
      () => undefined,
    )
    .then(() => {
      ended = true;
      wake();
    });
  try {
    while (!ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ended || latest !== null) resolve();
      });
      const event: Progress | null = latest;
      latest = null;
      if (event !== null && !ended) yield event;
    }
    yield { kind: 'done', result: await finished };
  } finally {
    outer?.removeEventListener('abort', cancel);
    abort.abort();
    await end;
  }
}
