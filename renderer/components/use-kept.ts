import { useCallback, useState } from 'react';

const kept = new Map<string, unknown>();

/** Like `useState`, but keeps the value while the window lives, so that a screen comes back as it was left. */
export function useKept<T>(key: string, initial: T): readonly [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : initial));
  const set = useCallback(
    (next: T): void => {
      kept.set(key, next);
      setValue(next);
    },
    [key],
  );
  return [value, set];
}
