import type { Store } from '../store/open.ts';

interface Memory {
  readonly n: number;
  readonly answers: Map<string, Promise<unknown>>;
}

const memories = new WeakMap<Store, Memory>();
/** Days of one ledger kept at a time: today, the period before, and a few that someone looks at. */
const KEPT = 6;

function journalEnd(store: Store): number {
  const row = store.db.prepare('SELECT max("n") AS n FROM "journal"').get() as { n: number | null };
  return row.n ?? 0;
}

/**
 * The answer to a question about the whole ledger, asked once for each state of it: every write is a change in the
 * journal, so while the journal has not grown the answer stands.
 *
 * @param question names it, with all its parameters
 */
export function remembered<R>(store: Store, question: string, answer: () => Promise<R>): Promise<R> {
  const n = journalEnd(store);
  let memory = memories.get(store);
  if (memory?.n !== n) {
    memory = { n, answers: new Map() };
    memories.set(store, memory);
  }
  const { answers } = memory;
  const known = answers.get(question) as Promise<R> | undefined;
  if (known) return known;
  const [oldest] = answers.keys();
  if (answers.size >= KEPT && oldest !== undefined) answers.delete(oldest);
  const fresh = answer();
  answers.set(question, fresh);
  // A failed answer is asked again.
  fresh.catch(() => answers.delete(question));
  return fresh;
}
