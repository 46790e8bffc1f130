import type { Store } from '../../electron/ledger/store/open.ts';
import { entityNames, entityOf } from '../../shared/dictionary/index.ts';

/** One spoiled file for the program to open. */
export interface Case {
  /** The office's ledger, or a backup that it restores. */
  readonly role: 'ledger' | 'backup';
  /** A page in hundreds at most is spoiled: most rows must be saved. */
  readonly single: boolean;
  /** The log beside the file may have taken the last changes with it. */
  readonly older: boolean;
}

export interface Verdict {
  readonly wrong: readonly string[];
  /** The first fault that was told, or 'works'. */
  readonly outcome: string;
  /** What the program wrote into its log of unexpected things. */
  readonly logged: readonly string[];
}

/** Rows by entity and id, each as text without its stamps. */
export type Rows = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the ledger holds before it is spoiled. */
export interface Base {
  readonly rows: Rows;
  readonly count: number;
  readonly projectId: string;
}

export const BASE_FILE = 'base.json';
export const LEDGER_FILE = '安澜市.bbledger';
export const BACKUP_FILE = '坏备份.bbbackup';
/** The data folder as it is at the start of each case. */
export const KEPT_DATA = 'data-kept';
export const READY = 'ready';

export const fieldsOf = (entity: (typeof entityNames)[number]): readonly string[] => [
  'id',
  'voided',
  ...Object.keys(entityOf(entity).fields),
];

export function rowsOf({ db }: Pick<Store, 'db'>): Rows {
  return Object.fromEntries(
    entityNames.map((entity) => {
      const columns = fieldsOf(entity).map((name) => `"${name}"`);
      const rows = db
        .prepare(`SELECT ${columns.join(', ')} FROM "${entity}"`)
        .raw()
        .all() as unknown[][];
      return [entity, Object.fromEntries(rows.map((row) => [String(row[0]), JSON.stringify(row)]))];
    }),
  );
}
