import { basename } from 'node:path';
import type { RegisterEntry } from '../../../../shared/contract/exchange.ts';
import { Fault } from '../../../../shared/contract/faults.ts';
import { type EntityName, entityNames, entityOf, isEntityName } from '../../../../shared/dictionary/index.ts';
import { newId } from '../../store/id.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { Tables } from '../../store/tables.ts';

export type Outcome = 'written' | 'applied' | 'repeated' | 'refused' | 'undone' | 'admitted' | 'forked';

const OUTCOME_TEXT: Record<Outcome, string> = {
  written: '已写出',
  applied: '已导入',
  repeated: '重复，无新数据',
  refused: '未导入',
  undone: '导入已撤销',
  admitted: '已核准入网',
  forked: '未导入，疑似两台电脑',
};

/** What a register entry remembers of a file's rows and of where the peer stood before, for undo. */
export interface EntryCounts {
  readonly rows: number;
  readonly byEntity: Readonly<Record<string, number>>;
  readonly before?: Readonly<Record<string, unknown>>;
  /** Digest of the table of field owners by which its sender goes. */
  readonly owners?: string;
  /** PC that wrote a file that was read. */
  readonly machine?: string;
  /** When it was made, by that PC's clock, UTC ms. */
  readonly madeAt?: number;
  /** Of a number that its office has left, and that two PCs have written. */
  readonly beside?: true;
}

export interface NewEntry {
  readonly direction: 'in' | 'out';
  readonly bundleId: string | null;
  readonly officeId: string | null;
  readonly number: number | null;
  readonly kind: string;
  readonly period: string | null;
  readonly at: number;
  readonly operator: string;
  readonly path: string;
  readonly bytes: number;
  readonly digest: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly journalN: number | null;
  readonly counts: EntryCounts;
  readonly outcome: Outcome;
  readonly note: string | null;
}

/** 收发登记. @returns id of the entry */
export function enter(store: Store, entry: NewEntry): string {
  const id = newId();
  prepared(
    store,
    `INSERT INTO "exchange" ("id", "direction", "bundleId", "officeId", "number", "kind", "period", "at", "operator", "fileName", "bytes", "digest", "fromN", "toN", "journalN", "counts", "outcome", "note")
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    entry.direction,
    entry.bundleId,
    entry.officeId,
    entry.number,
    entry.kind,
    entry.period,
    entry.at,
    entry.operator,
    basename(entry.path),
    entry.bytes,
    entry.digest,
    entry.from,
    entry.to,
    entry.journalN,
    JSON.stringify(entry.counts),
    entry.outcome,
    entry.note,
  );
  return id;
}

export type StoredEntry = Omit<Tables['exchange'], 'outcome'> & { readonly outcome: Outcome };

export function findEntry(store: Store, id: string): StoredEntry | undefined {
  return prepared(store, 'SELECT * FROM "exchange" WHERE "id" = ?').get(id) as StoredEntry | undefined;
}

export function labelOf(entity: string): string {
  return isEntityName(entity) ? entityOf(entity as EntityName).label : entity;
}

const FIRST_WORK = entityNames.indexOf('project');

/** Projects and what hangs on them before organisation and rules, which the dictionary has first for they must exist first. */
function placeInText(entity: string): number {
  const at = isEntityName(entity) ? entityNames.indexOf(entity) : entityNames.length;
  return at < FIRST_WORK ? at + entityNames.length : at;
}

/** '项目 3，旬报 42'. */
export function contentText(byEntity: Readonly<Record<string, number>>): string {
  const parts = Object.entries(byEntity)
    .filter(([entity, rows]) => rows > 0 && !entity.startsWith('_'))
    .sort(([left], [right]) => placeInText(left) - placeInText(right))
    .map(([entity, rows]) => `${labelOf(entity)} ${rows}`);
  return parts.length === 0 ? '无新数据' : parts.join('，');
}

export interface RegisterFilter {
  readonly direction?: 'in' | 'out' | undefined;
  readonly officeId?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
}

/** @throws Fault LEDGER_DAMAGED where the register holds what the program does not write */
function countsOf({ path }: Store, row: StoredEntry): EntryCounts {
  try {
    const counts = JSON.parse(row.counts) as EntryCounts;
    const fits = typeof counts.rows === 'number' && Object.values(counts.byEntity).every((rows) => rows >= 0);
    if (fits && Object.hasOwn(OUTCOME_TEXT, row.outcome) && ['in', 'out'].includes(row.direction)) return counts;
  } catch {
    // No counts of ours: told below.
  }
  throw new Fault('LEDGER_DAMAGED', { what: path, why: '收发登记中有不是本程序写入的值' });
}

/** Newest first. */
export function readRegister(store: Store, filter: RegisterFilter): RegisterEntry[] {
  const rows = prepared(
    store,
    `SELECT e.*, o."name" AS "officeName" FROM "exchange" e LEFT JOIN "office" o ON o."id" = e."officeId"
        WHERE (@direction IS NULL OR e."direction" = @direction) AND (@officeId IS NULL OR e."officeId" = @officeId)
          AND (@search IS NULL OR e."fileName" LIKE @search OR o."name" LIKE @search OR e."note" LIKE @search OR e."operator" LIKE @search)
        ORDER BY e."at" DESC, e."id" DESC LIMIT @limit`,
  ).all({
    direction: filter.direction ?? null,
    officeId: filter.officeId ?? null,
    search: filter.search ? `%${filter.search}%` : null,
    limit: filter.limit,
  }) as (StoredEntry & { officeName: string | null })[];
  return rows.map((row) => {
    const counts = countsOf(store, row);
    return {
      id: row.id,
      direction: row.direction,
      officeId: row.officeId,
      officeName: row.officeName ?? '未知单位',
      number: row.number,
      kind: row.kind,
      period: row.period,
      at: row.at,
      operator: row.operator,
      fileName: row.fileName,
      bytes: row.bytes,
      digest: row.digest,
      content: contentText(counts.byEntity),
      rows: counts.rows,
      outcome: row.outcome,
      outcomeText: OUTCOME_TEXT[row.outcome],
      note: row.note,
      receipt: row.direction === 'out' && row.bundleId !== null ? row.note : null,
      undoable:
        row.direction === 'in' && row.outcome === 'applied' && row.kind !== 'enrolment' && row.journalN !== null,
    };
  });
}
