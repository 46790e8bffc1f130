import { type EntityName, entityNames, isEntityName, type Value } from '../../../../shared/dictionary/index.ts';
import { type Stamp, stampStream } from '../../../../shared/domain/clock.ts';
import { holdsValue, readMarks } from '../../store/change-record.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { changesOf } from '../../store/row-changes.ts';
import { packStamps, packWith, readStamps, stampOf } from '../../store/stamps.ts';
import { type StoredRow, selectRow, statementsOf } from '../../store/statements.ts';
import { Lineage } from '../export/lineage.ts';
import type { ChangeLog } from '../merge/change-log.ts';
import { stampAfter } from '../merge/merge-tools.ts';
import { wireTable } from '../merge/wire-check.ts';
import type { ShiftBook } from './shift-book.ts';

interface Restamping {
  readonly store: Store;
  readonly shifts: ShiftBook;
  readonly log: ChangeLog;
}

/** A value of our own whose stamp, as it counts now, is earlier than that of a value that it had replaced. */
export interface Overtaken {
  readonly entity: EntityName;
  readonly rowId: string;
  readonly field: string;
  /** Of the value, as it counts. */
  readonly stamp: Stamp;
  /** The latest of those that it had replaced, as they count. */
  readonly by: Stamp;
}

/** The latest value of a field, as it counts, that was the earlier one until now. */
function overtakerOf(
  { store, shifts, log }: Restamping,
  { entity, rowId, field }: Omit<Overtaken, 'stamp' | 'by'>,
  stamp: string,
): Stamp | null {
  log.settle(rowId);
  let latest = shifts.read(stamp);
  for (const { record } of changesOf(store, entity, rowId)) {
    const marks = readMarks(record);
    const said = marks.stamps[field] ?? marks.stamp;
    if (said >= stamp || !holdsValue(record, field, said)) continue;
    const read = shifts.read(said);
    if (read > latest) latest = read;
  }
  return latest === shifts.read(stamp) ? null : latest;
}

/** Values stay, their stamps become those that count; in the journal, for it must explain the tables. */
function restampRow(
  { store, shifts, log }: Restamping,
  lineage: Lineage,
  entity: EntityName,
  row: StoredRow,
): readonly string[] {
  const old = readStamps(row);
  const rowStamp = shifts.read(old.row);
  const fields: Record<string, string> = {};
  const moved: string[] = [];
  for (const [field, stamp] of Object.entries(old.fields)) {
    const now = shifts.read(stamp);
    if (now !== rowStamp) fields[field] = now;
    if (now !== stamp || rowStamp !== old.row) moved.push(field);
  }
  if (rowStamp === old.row && moved.length === 0) return [];
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
  return moved;
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

/**
 * Gives every row the stamps that count by the decisions known now. Only where one was learnt: it looks through all tables.
 *
 * @returns values of our own that what they replaced has overtaken: an office that reads both by their stamps would take the
 *   older one, so they are to be said again (`sayOvertaken`)
 */
export function restampTables(restamping: Restamping): readonly Overtaken[] {
  const { store, shifts } = restamping;
  const own = new Set(prepared(store, 'SELECT "tag" FROM "stream" WHERE "own" = 1', 'pluck').all() as string[]);
  const overtaken: Overtaken[] = [];
  const tags = JSON.stringify([...shifts.tags]);
  const lineage = new Lineage(store);
  for (const entity of entityNames) {
    const rows = store.db
      .prepare(
        `SELECT * FROM "${entity}" WHERE substr("_stamp", 17) IN (SELECT "value" FROM json_each(@tags))
           OR "_stamps" IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(@tags) t WHERE instr("_stamps", t."value") > 0)`,
      )
      .all({ tags }) as StoredRow[];
    for (const row of rows) {
      const old = readStamps(row);
      for (const field of restampRow(restamping, lineage, entity, row)) {
        const stamp = stampOf(old, field);
        const spot = { entity, rowId: row.id, field };
        const by = own.has(stampStream(stamp as Stamp)) ? overtakerOf(restamping, spot, stamp) : null;
        if (by !== null) overtaken.push({ ...spot, stamp: shifts.read(stamp), by });
      }
    }
  }
  reconsider(restamping, tags);
  shifts.learnOrigins();
  return overtaken;
}

/**
 * What was written last stands: it is said again, later than what it had replaced. For who wrote it, when its clock is put
 * right.
 *
 * @param stamp of this import
 */
export function sayOvertaken(
  { store, log }: Pick<Restamping, 'store' | 'log'>,
  overtaken: readonly Overtaken[],
  stamp: Stamp,
): void {
  for (const { entity, rowId, field, stamp: ours, by } of overtaken) {
    const row = selectRow(store, entity, rowId);
    const stamps = row && readStamps(row);
    // Something else has come meanwhile.
    if (!stamps || stampOf(stamps, field) !== ours) continue;
    const later = stamp > by ? stamp : stampAfter(by, stampStream(stamp));
    const value = row[field] ?? null;
    statementsOf(store, entity)
      .update([field])
      .run(value, packWith(stamps, field, later), rowId);
    const record = [entity, rowId, stamps.row, { [field]: value }, { [field]: later }];
    log.add(entity, rowId, JSON.stringify(record), JSON.stringify({ [field]: [value, ours] }));
  }
}
