import type { Store } from '../store/open.ts';

/** What is asked about the whole ledger; the answers of each are kept apart, so that one does not push out the other. */
type Question = 'figures' | 'judged';

/**
 * Days of one ledger kept at a time: today, the end of the period before, and one that someone looks at. The figures of a day
 * that was judged are held by its judgement already.
 */
const DAYS: Readonly<Record<Question, number>> = { figures: 2, judged: 3 };
/** Projects of all days of a question, at two kilobytes each; a large ledger keeps fewer days. */
const PROJECTS: Readonly<Record<Question, number>> = { figures: 20_000, judged: 40_000 };

interface Memory {
  readonly n: number;
  readonly answers: Readonly<Record<Question, Map<string, Promise<unknown>>>>;
  /** Of one answer, as far as is known. */
  projects: number;
}

function daysKept(question: Question, { projects }: Memory): number {
  return Math.max(1, Math.min(DAYS[question], Math.floor(PROJECTS[question] / Math.max(1, projects))));
}

const memories = new WeakMap<Store, Memory>();

export function journalEnd(store: Store): number {
  const row = store.db.prepare('SELECT max("n") AS n FROM "journal"').get() as { n: number | null };
  return row.n ?? 0;
}

/**
 * The answer to a question about the whole ledger, asked once for each state of it: every write is a change in the
 * journal, so while the journal has not grown the answer stands. What was not asked for longest is forgotten first.
 *
 * @param about names the answer among those of its question, with all its parameters
 * @param ask `count`: projects in an answer
 */
export function remembered<R>(
  store: Store,
  question: Question,
  about: string,
  ask: { readonly answer: () => Promise<R>; readonly count: (result: R) => number },
): Promise<R> {
  const { answer, count } = ask;
  const n = journalEnd(store);
  let memory = memories.get(store);
  if (memory?.n !== n) {
    memory = { n, answers: { figures: new Map(), judged: new Map() }, projects: memory?.projects ?? 0 };
    memories.set(store, memory);
  }
  const answers = memory.answers[question];
  const known = answers.get(about) as Promise<R> | undefined;
  if (known) {
    answers.delete(about);
    answers.set(about, known);
    return known;
  }
  const kept = memory;
  const forget = (room: number): void => {
    for (const day of [...answers.keys()].slice(0, Math.max(0, answers.size + room - daysKept(question, kept))))
      answers.delete(day);
  };
  forget(1);
  const fresh = answer();
  answers.set(about, fresh);
  fresh.then(
    (result) => {
      kept.projects = count(result);
      forget(0);
    },
    // A failed answer is asked again.
    () => answers.delete(about),
  );
  return fresh;
}
