import type { Statement } from 'better-sqlite3';
import type { Store } from '../store/open.ts';

const cache = new WeakMap<Store, Map<string, Statement>>();

/**
 * A statement of a connection, prepared once: the long ones that take many rows cost more to prepare than to run.
 *
 * @param mode 'rows' gives objects, 'raw' arrays, 'pluck' the first column
 */
export function prepared(store: Store, sql: string, mode: 'rows' | 'raw' | 'pluck' = 'rows'): Statement {
  let statements = cache.get(store);
  if (!statements) {
    statements = new Map();
    cache.set(store, statements);
  }
  const key = `${mode} ${sql}`;
  let statement = statements.get(key);
  if (!statement) {
    statement = store.db.prepare(sql);
    if (mode === 'raw') statement.raw();
    if (mode === 'pluck') statement.pluck();
    statements.set(key, statement);
  }
  return statement;
}
