import type { Store } from '../store/open.ts';

/** What is asked about the whole ledger; the answers of each are kept apart, so that one does not push out the other. */
type Question = 'figures' | 'judged';

/**
 * Days of one ledger kept at a time: today, the end of the period before, and one that someone looks at. An answer holds a
 * few kilobytes a project; the figures of a day that was judged are held by its judgement already.
 */
const KEPT: Readonly<Record<Question, number>> = { figures: 2, judged: 3 };

interface Memory {
  readonly n: number;
  readonly answers: Readonly<Record<Question, Map<string, Promise<unknown>>>>;
}

const memories = new WeakMap<Store, Memory>();

function journalEnd(store: Store): number {
  const row = store.db.prepare('SELECT max("n") AS n FROM "journal"').get() as { n: number | null };
  return row.n ?? 0;
}

/**
 * The answer to a question about the whole ledger, asked once for each state of it: every write is a change in the
 * journal, so while the journal has not grown the answer stands. What was not asked for longest is forgotten first.
 *
 * @param about names the answer among those of its question, with all its parameters
 */
export function remembered<R>(store: Store, question: Question, about: string, answer: () => Promise<R>): Promise<R> {
  const n = journalEnd(store);
  let memory = memories.get(store);
  if (memory?.n !== n) {
    memory = { n, answers: { figures: new Map(), judged: new Map() } };
    memories.set(store, memory);
  }
  const answers = memory.answers[question];
  const known = answers.get(about) as Promise<R> | undefined;
  if (known) {
    answers.delete(about);
    answers.set(about, known);
    return known;
  }
  const [oldest] = answers.keys();
  if (answers.size >= KEPT[question] && oldest !== undefined) answers.delete(oldest);
  const fresh = answer();
  answers.set(about, fresh);
  // A failed answer is asked again.
  fresh.catch(() => answers.delete(about));
  return fresh;
}
