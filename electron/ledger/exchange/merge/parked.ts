import type { ParkedItem, WaitingCounts } from '../../../../shared/contract/exchange.ts';
import { entityNames, fieldOf, isEntityName, type Value } from '../../../../shared/dictionary/index.ts';
import { parseStamp, type Stamp } from '../../../../shared/domain/clock.ts';
import { Names, valueWords } from '../../projects/index.ts';
import { digestOf } from '../../store/digest.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { selectRow } from '../../store/statements.ts';
import type { WireGroup, WireRow } from '../bundle/record.ts';
import { labelOf } from '../register/register.ts';
import type { ParkedRow, ParkReason } from './aside.ts';
import type { Merge } from './merge.ts';
import { wireTable } from './wire-check.ts';

type Record7 = readonly [
  entity: string,
  id: string,
  stamp: string,
  values: Readonly<Record<string, Value>>,
  stamps: Readonly<Record<string, string>>,
  bases: Readonly<Record<string, string>>,
  whole: boolean,
];

interface Kept {
  readonly id: number;
  readonly bundleId: string;
  readonly officeId: string;
  readonly at: number;
  readonly reason: ParkReason;
  readonly record: string;
  readonly digest: string;
}

const NO_BYTES = Buffer.alloc(0);

/** A parked record as the row that came. */
export function wireRowOf(record: string): { readonly entity: string; readonly row: WireRow } | null {
  const [entity, id, rowStamp, values, stamps, bases, whole] = JSON.parse(record) as Record7;
  const stamp = parseStamp(rowStamp);
  if (stamp === null) return null;
  const columns = Object.keys(values);
  const marks = (map: Readonly<Record<string, string>>): (Stamp | undefined)[] | null =>
    Object.keys(map).length === 0 ? null : columns.map((column) => parseStamp(map[column]) ?? undefined);
  const row: WireRow = {
    id,
    stamp,
    whole,
    columns,
    values: columns.map((column) => values[column] ?? null),
    stamps: marks(stamps),
    bases: marks(bases),
    text: null,
  };
  return { entity, row };
}

/** Whether this version can now place what an earlier one could not. */
function isUnderstood(record: string): boolean {
  const [entity, , , values] = JSON.parse(record) as Record7;
  const table = wireTable(entity);
  return (
    table !== undefined && Object.entries(values).every(([column, value]) => table.checks.get(column)?.(value) === true)
  );
}

/** Parents before children. */
function byDictionary(left: WireGroup, right: WireGroup): number {
  const order = entityNames as readonly string[];
  return order.indexOf(left.entity) - order.indexOf(right.entity);
}

function groupOf({ record }: Kept): WireGroup | null {
  const wire = wireRowOf(record);
  return wire && { entity: wire.entity, columns: wire.row.columns, rows: [wire.row], bytes: NO_BYTES, heading: 0 };
}

/** How a row that waited is tried again: as it came, or as a value that this version could not place before. */
export type Retry = 'waiting' | 'upgraded';

/**
 * Tries the rows that wait once more: those whose parent may have come, those whose time may have come, and those of a newer
 * version that this one understands by now. What then waits for another reason goes on waiting for that one.
 *
 * @param mergeFor merge with the authority of the office whose file brought the row, whosever file is being read now
 * @returns how many found their place
 */
export function retryParked(store: Store, mergeFor: (officeId: string, retry: Retry) => Merge): number {
  const all = prepared(
    store,
    `SELECT "id", "bundleId", "officeId", "at", "reason", "record", "digest" FROM "parked"
        WHERE "reason" IN ('missing', 'clock', 'unknown', 'value') ORDER BY "id"`,
  ).all() as Kept[];
  const remove = prepared(store, 'DELETE FROM "parked" WHERE "id" = ?');
  const tries = all
    .flatMap((kept): { kept: Kept; group: WireGroup; retry: Retry }[] => {
      const waits = kept.reason === 'missing' || kept.reason === 'clock';
      const group = waits || isUnderstood(kept.record) ? groupOf(kept) : null;
      return group === null ? [] : [{ kept, group, retry: waits ? 'waiting' : 'upgraded' }];
    })
    .sort((left, right) => byDictionary(left.group, right.group));
  let placed = 0;
  for (const { kept, group, retry } of tries) {
    const merge = mergeFor(kept.officeId, retry);
    const before = merge.aside.parked.length;
    merge.apply(group);
    const left = merge.aside.parked.slice(before);
    if (left.some((row) => parkedDigest(row) === kept.digest)) continue;
    remove.run(kept.id);
    keepParked(store, left, kept);
    if (left.every(({ record }) => record !== kept.record)) placed += 1;
  }
  return placed;
}

function parkedDigest(row: ParkedRow): string {
  return digestOf(row.reason, row.record);
}

/** Keeps rows that could not be placed; what waits already is not kept twice. @returns how many are new, by reason */
export function keepParked(
  store: Store,
  rows: readonly ParkedRow[],
  from: { readonly bundleId: string; readonly officeId: string; readonly at: number },
): Map<ParkReason, number> {
  const insert = prepared(
    store,
    'INSERT INTO "parked" ("bundleId", "officeId", "at", "reason", "entity", "rowId", "record", "digest") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const counts = new Map<ParkReason, number>();
  for (const row of rows) {
    const digest = parkedDigest(row);
    const { changes } = insert.run(
      from.bundleId,
      from.officeId,
      from.at,
      row.reason,
      row.entity,
      row.rowId,
      row.record,
      digest,
    );
    if (changes > 0) counts.set(row.reason, (counts.get(row.reason) ?? 0) + 1);
  }
  return counts;
}

export const NOTHING_WAITS: WaitingCounts = { unknown: 0, value: 0, missing: 0, authority: 0, digest: 0, clock: 0 };

export function waitingOf(counts: ReadonlyMap<string, number>): WaitingCounts {
  const of = (reason: ParkReason): number => counts.get(reason) ?? 0;
  return {
    unknown: of('unknown'),
    value: of('value'),
    missing: of('missing'),
    authority: of('authority'),
    digest: of('digest'),
    clock: of('clock'),
  };
}

/** Everything that waits, by reason. */
export function countWaiting(store: Store): WaitingCounts {
  const rows = prepared(store, 'SELECT "reason", count(*) AS c FROM "parked" GROUP BY "reason"').all() as {
    reason: string;
    c: number;
  }[];
  return waitingOf(new Map(rows.map(({ reason, c }) => [reason, c])));
}

/** How much that an office's files brought waits because its clock ran ahead. */
export function countAhead(store: Store, officeId: string): number {
  return store.db
    .prepare(`SELECT count(*) FROM "parked" WHERE "reason" = 'clock' AND "officeId" = ?`)
    .pluck()
    .get(officeId) as number;
}

const REASON_TEXT: Readonly<Record<ParkReason, string>> = {
  unknown: '本版程序没有这个字段，升级后自动补入',
  value: '值不合本版字典，升级后自动补入',
  missing: '所属项目或单位还没有收到，收到后自动补入',
  authority: '对方无权新建这类记录，没有采用，保留备查',
  digest: '与已报送、已封存的记录内容不符，没有采用，保留备查',
  clock: '对方电脑时钟超前一天以上',
};

/** What waits, the latest first. */
export function listParked(store: Store, limit: number): ParkedItem[] {
  const rows = prepared(
    store,
    `SELECT p."id", p."at", p."reason", p."entity", p."rowId", p."record", o."name" AS "officeName"
         FROM "parked" p LEFT JOIN "office" o ON o."id" = p."officeId" ORDER BY p."id" DESC LIMIT ?`,
  ).all(limit) as {
    id: number;
    at: number;
    reason: ParkReason;
    entity: string;
    rowId: string;
    record: string;
    officeName: string | null;
  }[];
  const names = new Names(store);
  return rows.map(({ record, officeName, ...row }) => ({
    ...row,
    officeName: officeName ?? '',
    reasonText: REASON_TEXT[row.reason],
    ...inWords(store, record, names),
  }));
}

/** What is not of this version has no name here: its own is of the program that made it. */
const NEWER_ENTITY = '新版本的一类记录';
const NEWER_FIELD = '新版本的字段';

/** A record that waits, in words. */
function inWords(store: Store, record: string, names: Names): Pick<ParkedItem, 'entityLabel' | 'rowName' | 'values'> {
  const [entity, id, , values, , , whole] = JSON.parse(record) as Record7;
  const known = isEntityName(entity);
  // A row that is here, or that waits whole, may have a name.
  const row = known && !whole ? selectRow(store, entity, id) : values;
  const rowName = row?.['name'] ?? row?.['title'];
  const told = Object.entries(values).flatMap(([column, value]): ParkedItem['values'] => {
    // A row that waits whole has many fields that nobody filled.
    if (whole && (value === null || (column === 'voided' && value === 0))) return [];
    const field = known ? fieldOf(entity, column) : undefined;
    // The row that it waits for has no name here yet; others never have one.
    if (field?.ref !== undefined && isEntityName(field.ref)) {
      const row = selectRow(store, field.ref, String(value));
      if (typeof (row?.['name'] ?? row?.['title']) !== 'string') return [];
    }
    const label = column === 'voided' ? '作废' : (field?.label ?? NEWER_FIELD);
    return [{ label, text: valueWords(field, value, names) }];
  });
  return {
    entityLabel: known ? labelOf(entity) : NEWER_ENTITY,
    rowName: typeof rowName === 'string' ? rowName : '',
    values: told,
  };
}
