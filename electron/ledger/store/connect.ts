import Database, { type Database as Sqlite } from 'better-sqlite3';

/** A connection with the program's own SQLite. */
export function connect(path: string, options: Database.Options): Sqlite {
  const nativeBinding = process.env['BAOBAO_NATIVE'];
  return new Database(path, { ...options, ...(nativeBinding ? { nativeBinding } : {}) });
}

/** How long a connection waits for another one, ms. */
export const PATIENCE_MS = 2000;
