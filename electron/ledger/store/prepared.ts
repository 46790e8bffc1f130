import type { Database as Sqlite, Statement } from 'better-sqlite3';

type Mode = 'rows' | 'raw' | 'pluck';

// By mode first: to put it before the text would make a new string of each, to be hashed anew each time.
const cache = new WeakMap<Sqlite, Readonly<Record<Mode, Map<string, Statement>>>>();

/**
 * A statement of a connection, prepared once: long ones that take many rows, and short ones that are asked often, cost more
 * to prepare than to run.
 *
 * @param mode 'rows' gives objects, 'raw' arrays, 'pluck' the first column
 */
export function prepared({ db }: { readonly db: Sqlite }, sql: string, mode: Mode = 'rows'): Statement {
  let modes = cache.get(db);
  if (!modes) {
    modes = { rows: new Map(), raw: new Map(), pluck: new Map() };
    cache.set(db, modes);
  }
  const statements = modes[mode];
  let statement = statements.get(sql);
  if (!statement) {
    statement = db.prepare(sql);
    if (mode === 'raw') statement.raw();
    if (mode === 'pluck') statement.pluck();
    statements.set(sql, statement);
  }
  return statement;
}
