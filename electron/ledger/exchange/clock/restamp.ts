import { type EntityName, entityNames, isEntityName, type Value } from '../../../../shared/dictionary/index.ts';
import type { Store } from '../../store/open.ts';
import { packStamps, packWith, readStamps, stampOf } from '../../store/stamps.ts';
import { type StoredRow, selectRow, statementsOf } from '../../store/statements.ts';
import { Lineage } from '../export/lineage.ts';
import type { ChangeLog } from '../merge/change-log.ts';
import { wireTable } from '../merge/wire-check.ts';
import type { ShiftBook } from './shift-book.ts';

interface Restamping {
  readonly store: Store;
  readonly shifts: ShiftBook;
  readonly log: ChangeLog;
}

/** Values stay, their stamps become those that count; in the journal, for it must explain the tables. */
function restampRow({ store, shifts, log }: Restamping, lineage: Lineage, entity: EntityName, row: StoredRow): void {
  const old = readStamps(row);
  const rowStamp = shifts.read(old.row);
  const fields: Record<string, string> = {};
  const moved: string[] = [];
  for (const [field, stamp] of Object.entries(old.fields)) {
    const now = shifts.read(stamp);
    if (now !== rowStamp) fields[field] = now;
    if (now !== stamp || rowStamp !== old.row) moved.push(field);
  }
  if (rowStamp === old.row && moved.length === 0) return;
  const packed = packStamps(fields);
  store.db.prepare(`UPDATE "${entity}" SET "_stamp" = ?, "_stamps" = ? WHERE "id" = ?`).run(rowStamp, packed, row.id);
  const before = lineage.basesOf(entity, row.id, old.row) ?? {};
  const values: Record<string, Value> = {};
  const stamps: Record<string, string> = {};
  const bases: Record<string, string> = {};
  for (const field of moved) {
    values[field] = row[field] ?? null;
    stamps[field] = shifts.read(stampOf(old, field));
    // What a value replaced it replaces still: its own former stamp is no other value.
    bases[field] = shifts.read(before[field] ?? old.row);
  }
  log.add(entity, row.id, JSON.stringify([entity, row.id, rowStamp, values, stamps, bases]), '{}');
}

interface Contested {
  readonly entity: string;
  readonly rowId: string;
  readonly field: string;
  readonly kept: string | null;
  readonly keptStamp: string | null;
  readonly other: string | null;
  readonly otherStamp: string | null;
}

/**
 * A value that lost to one of a fast clock may be the later of the two now: then it stands, as it does where it was never
 * outdone.
 */
function reconsider({ store, shifts, log }: Restamping, tags: string): void {
  const contested = store.db
    .prepare(
      `SELECT "entity", "rowId", "field", "kept", "keptStamp", "other", "otherStamp" FROM "conflict"
        WHERE substr("keptStamp", 17) IN (SELECT "value" FROM json_each(@tags))
           OR substr("otherStamp", 17) IN (SELECT "value" FROM json_each(@tags)) ORDER BY "id"`,
    )
    .all({ tags }) as Contested[];
  for (const { entity, rowId, field, ...sides } of contested) {
    if (!isEntityName(entity)) continue;
    for (const [json, at] of [
      [sides.kept, sides.keptStamp],
      [sides.other, sides.otherStamp],
    ]) {
      const row = selectRow(store, entity, rowId);
      if (!row || at === null || at === undefined || !Object.hasOwn(row, field)) continue;
      const stamps = readStamps(row);
      const [ours, theirs] = [stampOf(stamps, field), shifts.read(at)];
      const value = JSON.parse(json ?? 'null') as Value;
      if (theirs <= ours || wireTable(entity)?.checks.get(field)?.(value) !== true) continue;
      statementsOf(store, entity)
        .update([field])
        .run(value, packWith(stamps, field, theirs), rowId);
      const record = [entity, rowId, stamps.row, { [field]: value }, { [field]: theirs }];
      log.add(entity, rowId, JSON.stringify(record), JSON.stringify({ [field]: [row[field] ?? null, ours] }));
    }
  }
}

/** Gives every row the stamps that count by the decisions known now. Only where one was learnt: it looks through all tables. */
export function restampTables(restamping: Restamping): void {
  const { store, shifts } = restamping;
  const tags = JSON.stringify([...shifts.tags]);
  const lineage = new Lineage(store);
  for (const entity of entityNames) {
    const rows = store.db
      .prepare(
        `SELECT * FROM "${entity}" WHERE substr("_stamp", 17) IN (SELECT "value" FROM json_each(@tags))
           OR "_stamps" IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(@tags) t WHERE instr("_stamps", t."value") > 0)`,
      )
      .all({ tags }) as StoredRow[];
    for (const row of rows) restampRow(restamping, lineage, entity, row);
  }
  reconsider(restamping, tags);
  shifts.learnOrigins();
}
