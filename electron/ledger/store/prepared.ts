import type { Database as Sqlite, Statement } from 'better-sqlite3';

const cache = new WeakMap<Sqlite, Map<string, Statement>>();

/**
 * A statement of a connection, prepared once: long ones that take many rows, and short ones that are asked often, cost more
 * to prepare than to run.
 *
 * @param mode 'rows' gives objects, 'raw' arrays, 'pluck' the first column
 */
export function prepared(
  { db }: { readonly db: Sqlite },
  sql: string,
  mode: 'rows' | 'raw' | 'pluck' = 'rows',
): Statement {
  let statements = cache.get(db);
  if (!statements) {
    statements = new Map();
    cache.set(db, statements);
  }
  const key = `${mode} ${sql}`;
  let statement = statements.get(key);
  if (!statement) {
    statement = db.prepare(sql);
    if (mode === 'raw') statement.raw();
    if (mode === 'pluck') statement.pluck();
    statements.set(key, statement);
  }
  return statement;
}
