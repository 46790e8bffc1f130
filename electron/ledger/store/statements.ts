import type { Statement } from 'better-sqlite3';
import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import type { Store } from './open.ts';

/** A row of any dictionary table as SQLite returns it. */
export type StoredRow = Readonly<Record<string, Value>> & {
  readonly id: string;
  readonly voided: number;
  readonly _stamp: string;
  readonly _stamps: string | null;
};

interface EntityStatements {
  /** Field keys in table order. */
  readonly fields: readonly string[];
  readonly select: Statement;
  readonly insert: Statement;
  update(columns: readonly string[]): Statement;
}

const cache = new WeakMap<Store, Map<EntityName, EntityStatements>>();

function prepare(store: Store, name: EntityName): EntityStatements {
  const fields = Object.keys(entityOf(name).fields);
  const columns = ['id', 'voided', ...fields, '_stamp', '_stamps'];
  const updates = new Map<string, Statement>();
  return {
    fields,
    select: store.db.prepare(`SELECT * FROM "${name}" WHERE "id" = ?`),
    insert: store.db.prepare(
      `INSERT INTO "${name}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ),
    update(changed) {
      const key = changed.join(',');
      let statement = updates.get(key);
      if (!statement) {
        const sets = [...changed, '_stamps'].map((column) => `"${column}" = ?`).join(', ');
        statement = store.db.prepare(`UPDATE "${name}" SET ${sets} WHERE "id" = ?`);
        updates.set(key, statement);
      }
      return statement;
    },
  };
}

/** Prepared statements of one entity's table, kept for the life of the store. */
export function statementsOf(store: Store, name: EntityName): EntityStatements {
  let ofStore = cache.get(store);
  if (!ofStore) {
    ofStore = new Map();
    cache.set(store, ofStore);
  }
  let statements = ofStore.get(name);
  if (!statements) {
    statements = prepare(store, name);
    ofStore.set(name, statements);
  }
  return statements;
}

export function selectRow(store: Store, name: EntityName, id: string): StoredRow | undefined {
  return statementsOf(store, name).select.get(id) as StoredRow | undefined;
}
