import type { GridState } from 'ag-grid-community';

/** Bumped when saved settings of older versions must not be used. */
const VERSION = 1;
const PREFIX = 'baobao.grid.';

type Columns = Pick<GridState, 'columnVisibility' | 'columnOrder' | 'columnSizing' | 'columnPinning' | 'sort'>;
/** Filter, scroll and place last as long as the window: a filter of last week would hide projects unnoticed. */
type Place = Pick<GridState, 'filter' | 'scroll'> & {
  readonly active?: { readonly rowId: string; readonly key: string };
};

interface Stored<T> {
  readonly version: number;
  readonly state: T;
}

function read<T>(storage: Storage, key: string): T | null {
  try {
    const text = storage.getItem(PREFIX + key);
    if (text === null) return null;
    const stored = JSON.parse(text) as Stored<T>;
    return stored.version === VERSION ? stored.state : null;
  } catch {
    // Settings only: a damaged entry means the defaults.
    return null;
  }
}

function write<T>(storage: Storage, key: string, state: T): void {
  try {
    storage.setItem(PREFIX + key, JSON.stringify({ version: VERSION, state } satisfies Stored<T>));
  } catch {
    // A full or forbidden storage costs the operator his column widths, nothing else.
  }
}

export const gridStorage = {
  columns: (key: string): Columns | null => read<Columns>(localStorage, key),
  place: (key: string): Place | null => read<Place>(sessionStorage, key),

  save(key: string, state: GridState, active: Place['active']): void {
    const { columnVisibility, columnOrder, columnSizing, columnPinning, sort, filter, scroll } = state;
    write<Columns>(localStorage, key, defined({ columnVisibility, columnOrder, columnSizing, columnPinning, sort }));
    write<Place>(sessionStorage, key, defined({ filter, scroll, active }));
  },

  /** Forgets columns and sorting; filter and place stay. */
  forgetColumns(key: string): void {
    localStorage.removeItem(PREFIX + key);
  },
};

/** Without the members that are undefined, which exact optional types do not admit. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
