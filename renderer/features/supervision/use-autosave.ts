import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '../../app/fault.ts';

type Values = Readonly<Record<string, string | null>>;

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed'; readonly text: string };

/** Idle time after the last key before what was typed is saved; one undo step covers what was typed until then. */
const IDLE_MS = 900;

interface Autosave<V extends Values> {
  /** What the ledger holds, with what is being typed laid over it. */
  readonly values: V;
  readonly state: SaveState;
  /** Typed text: saved after a pause, or with `flush`. */
  type(key: keyof V & string, value: string): void;
  /** A choice: saved at once. */
  choose(set: Partial<V>): void;
  flush(): void;
}

/**
 * Fields without a save button. What another action changes in the ledger (an undo, an import) is shown at once, unless
 * the same field is just being typed.
 *
 * @param kept what the ledger holds now
 * @param save writes these fields; throws the fault of the ledger
 */
export function useAutosave<V extends Values>(kept: V, save: (set: Partial<V>) => Promise<void>): Autosave<V> {
  const [draft, setDraft] = useState<Partial<V>>({});
  const [state, setState] = useState<SaveState>({ kind: 'idle' });
  const latest = useRef({ draft, kept, save });
  latest.current.kept = kept;
  latest.current.save = save;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inTurn = useRef<Promise<void>>(Promise.resolve());

  const change = useCallback((next: Partial<V>): void => {
    latest.current.draft = next;
    setDraft(next);
  }, []);

  const flush = useCallback((): void => {
    clearTimeout(timer.current);
    const set = differing(latest.current.draft, latest.current.kept);
    if (Object.keys(set).length === 0) return;
    inTurn.current = inTurn.current.then(async () => {
      setState({ kind: 'saving' });
      try {
        await latest.current.save(set);
        setState({ kind: 'saved', at: Date.now() });
      } catch (error) {
        setState({ kind: 'failed', text: messageOf(error) });
      }
    });
  }, []);

  // Once the ledger holds what was typed, the typed copy has done its work.
  useEffect(() => {
    const open = differing(latest.current.draft, kept);
    if (Object.keys(open).length < Object.keys(latest.current.draft).length) change(open);
  }, [kept, change]);

  useEffect(() => flush, [flush]);

  return {
    values: { ...kept, ...draft },
    state,
    type(key, value) {
      change({ ...latest.current.draft, [key]: value });
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, IDLE_MS);
    },
    choose(set) {
      change({ ...latest.current.draft, ...set });
      flush();
    },
    flush,
  };
}

function differing<V extends Values>(draft: Partial<V>, kept: V): Partial<V> {
  const entries = Object.entries(draft).filter(([key, value]) => (value ?? '') !== (kept[key] ?? ''));
  return Object.fromEntries(entries) as Partial<V>;
}
