import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { WireGroup } from '../bundle/record.ts';
import type { ShiftBook } from '../clock/shift-book.ts';

/** Notes who made the stamps of a file: operator, time and what they did. */
export function learnOrigins(store: Store, group: WireGroup, shifts: ShiftBook): void {
  const insert = prepared(
    store,
    'INSERT INTO "origin" ("stamp", "at", "officeId", "operator", "kind", "title") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const row of group.rows) {
    if (row.id !== row.stamp) continue;
    const of = (column: string): unknown => row.values[row.columns.indexOf(column)];
    const [at, officeId, operator, kind, title] = ['at', 'officeId', 'operator', 'kind', 'title'].map(of);
    if (typeof at !== 'number' || !Number.isSafeInteger(at)) continue;
    const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
    insert.run(
      shifts.read(row.stamp),
      shifts.timeRead(row.stamp, at),
      text(officeId),
      text(operator),
      text(kind),
      text(title),
    );
  }
}

export interface Origin {
  readonly stamp: string;
  readonly at: number;
  readonly officeId: string;
  readonly operator: string;
  readonly kind: string;
  readonly title: string;
}

/** Who made a stamp, from our own journal or as a file told us. */
export function originOf(store: Store, stamp: string): Origin | undefined {
  const columns = '"stamp", "at", "officeId", "operator", "kind", "title"';
  return store.db
    .prepare(
      `SELECT ${columns} FROM "journal" WHERE "stamp" = @stamp UNION ALL SELECT ${columns} FROM "origin" WHERE "stamp" = @stamp LIMIT 1`,
    )
    .get({ stamp }) as Origin | undefined;
}
