import type { Database as Sqlite } from 'better-sqlite3';

/**
 * Tables and columns (`table`, `table.column`) that no version uses any more. A name listed here is never given again: files
 * of older programs still carry it with its old meaning.
 */
export const RETIRED: readonly string[] = [];

/** Names of a database: each table, and each column as `table.column`. */
export function namesOf(db: Sqlite): ReadonlySet<string> {
  const tables = db
    .prepare(`SELECT "name" FROM sqlite_master WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
  const names = new Set<string>();
  for (const table of tables) {
    names.add(table);
    for (const { name } of db.pragma(`table_info("${table}")`) as { name: string }[]) names.add(`${table}.${name}`);
  }
  return names;
}

/**
 * What is wrong with the names over the versions of a schema, in order: those that vanished without being retired, and
 * retired ones that are there.
 */
export function nameProblems(versions: readonly ReadonlySet<string>[], retired: readonly string[]): readonly string[] {
  const last = versions.at(-1) ?? new Set<string>();
  const ever = new Set(versions.flatMap((names) => [...names]));
  return [
    ...[...ever].filter((name) => !last.has(name) && !retired.includes(name)).map((name) => `${name} vanished`),
    ...retired.filter((name) => last.has(name)).map((name) => `${name} is retired`),
  ];
}
