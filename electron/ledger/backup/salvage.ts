import { join } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import type { TableColumn, TableSheet } from '../../../shared/contract/workbook.ts';
import { type EntityName, entityNames, entityOf, type Field } from '../../../shared/dictionary/index.ts';
import { groupBy } from '../rates/index.ts';
import { digestOf } from '../store/digest.ts';
import { fileFault, writeFileWhole } from '../store/files.ts';
import { foldSorted } from '../store/rebuild.ts';
import { writeTables } from '../workbook/index.ts';
import { makeFolder } from './backup-now.ts';
import { type AnyRow, openDamaged, readableRows } from './readable.ts';

export interface Salvaged {
  readonly folder: string;
  readonly rows: number;
  readonly lost: readonly string[];
}

/** What stands in the column 核对 beside a row that is not simply what both table and journal say. */
type Doubt = '按流水补出' | '按流水更正' | '与流水不符，存疑' | '流水读不全，没有核对';

interface SavedEntity {
  readonly entity: EntityName;
  readonly rows: readonly AnyRow[];
  readonly doubts: ReadonlyMap<string, Doubt>;
}

/** What the journal makes of every row. */
interface Told {
  readonly rows: ReadonlyMap<EntityName, ReadonlyMap<string, AnyRow>>;
  /** Ids of rows all of whose changes are as they were written. */
  readonly proven: ReadonlySet<string>;
  /** Whether all of the journal could be read. */
  readonly whole: boolean;
}

const UNTOLD: Told = { rows: new Map(), proven: new Set(), whole: false };

/** Numbers of the journal whose records are what was written; of an import the texts that came are checked as they are read. */
function soundNumbers(entries: readonly AnyRow[], changes: readonly AnyRow[]): ReadonlySet<unknown> {
  const records = groupBy(changes, (change) => change['n']);
  const isSound = (entry: AnyRow): boolean => {
    const written = records.get(entry['n'] ?? null) ?? [];
    if (written.length !== entry['changes']) return false;
    return (
      entry['kind'] === 'sync' || digestOf(...written.map((change) => String(change['record']))) === entry['digest']
    );
  };
  return new Set(entries.filter(isSound).map((entry) => entry['n']));
}

function fromJournal(db: Sqlite): Told {
  let journal: ReturnType<typeof readableRows>;
  let read: ReturnType<typeof readableRows>;
  try {
    journal = readableRows(db, 'journal', 'n');
    read = readableRows(db, 'change', 'seq');
  } catch {
    return UNTOLD;
  }
  const changes = [...read.rows].sort((left, right) => Number(left['seq']) - Number(right['seq']));
  const sound = soundNumbers(journal.rows, changes);
  const lost = new Set<string>();
  const stored = changes.map((change) => ({
    n: Number(change['n']),
    entity: String(change['entity']),
    rowId: String(change['rowId']),
    record: String(change['record']),
    made: change['before'] === null ? (1 as const) : (0 as const),
  }));
  for (const { n, rowId } of stored) if (!sound.has(n)) lost.add(rowId);
  const rows = new Map<EntityName, Map<string, AnyRow>>();
  const synced = new Set(journal.rows.filter(({ kind }) => kind === 'sync').map(({ n }) => Number(n)));
  const byRow = [...groupBy(stored, ({ rowId }) => rowId).values()].flat();
  for (const row of foldSorted(db, byRow, ({ rowId }) => lost.add(rowId), synced)) {
    const ofEntity = rows.get(row.entity) ?? new Map<string, AnyRow>();
    rows.set(row.entity, ofEntity.set(row.id, { id: row.id, voided: 0, ...row.values }));
  }
  const proven = new Set(stored.map(({ rowId }) => rowId).filter((rowId) => !lost.has(rowId)));
  return { rows, proven, whole: journal.whole && read.whole && lost.size === 0 };
}

function isSame(entity: EntityName, left: AnyRow, right: AnyRow): boolean {
  return ['voided', ...Object.keys(entityOf(entity).fields)].every(
    (key) => (left[key] ?? null) === (right[key] ?? null),
  );
}

/** A table's rows held against the journal: what it proves is taken, and what it does not explain is told. */
function compare(entity: EntityName, stored: readonly AnyRow[], told: Told): SavedEntity {
  const journal = told.rows.get(entity) ?? new Map<string, AnyRow>();
  const doubts = new Map<string, Doubt>();
  const rows = new Map<string, AnyRow>();
  for (const row of stored) {
    const id = String(row['id']);
    const written = journal.get(id);
    if (written !== undefined && isSame(entity, row, written)) rows.set(id, row);
    else if (written !== undefined && told.proven.has(id)) {
      rows.set(id, written);
      doubts.set(id, '按流水更正');
    } else {
      rows.set(id, row);
      doubts.set(id, told.whole ? '与流水不符，存疑' : '流水读不全，没有核对');
    }
  }
  for (const [id, row] of journal) {
    if (rows.has(id)) continue;
    rows.set(id, row);
    doubts.set(id, '按流水补出');
  }
  return { entity, rows: [...rows.values()], doubts };
}

const LINES: Readonly<Record<Doubt, (rows: number) => string>> = {
  按流水补出: (rows) => `已从流水补出 ${rows} 行`,
  按流水更正: (rows) => `${rows} 行与流水不符，已按流水更正`,
  '与流水不符，存疑': (rows) => `${rows} 行与流水不符，存疑`,
  '流水读不全，没有核对': (rows) => `${rows} 行没有流水可以核对`,
};

function tellOf({ entity, doubts }: SavedEntity, broken: string | undefined): readonly string[] {
  const counts = groupBy([...doubts.values()], (doubt) => doubt);
  const parts = [
    ...(broken === undefined ? [] : [broken]),
    ...[...counts].map(([doubt, rows]) => LINES[doubt](rows.length)),
  ];
  return parts.length === 0 ? [] : [`“${entityOf(entity).label}”表${parts.join('，')}`];
}

function collect(db: Sqlite): { readonly entities: readonly SavedEntity[]; readonly lost: readonly string[] } {
  const told = fromJournal(db);
  const broken = new Map<EntityName, string>();
  const entities = entityNames.map((entity) => {
    let stored: readonly AnyRow[] = [];
    try {
      const read = readableRows(db, entity, 'id');
      stored = read.rows;
      if (!read.whole) broken.set(entity, '有一部分读不出来');
    } catch {
      broken.set(entity, '读不出来');
    }
    return compare(entity, stored, told);
  });
  return {
    entities,
    lost: [
      ...(told.whole ? [] : ['流水有一部分读不出来']),
      ...entities.flatMap((saved) => tellOf(saved, broken.get(saved.entity))),
    ],
  };
}

function columnOf(field: Field): TableColumn['kind'] {
  switch (field.type) {
    case 'money':
      return 'money';
    case 'integer':
    case 'flag':
      return 'integer';
    case 'decimal':
      return 'decimal';
    case 'date':
      return 'date';
    default:
      return 'text';
  }
}

function shown(field: Field, value: string | number | null): string | number | null {
  if (value === null) return null;
  if (field.type === 'choice') return field.choices?.find((choice) => choice.value === value)?.label ?? value;
  if (field.type === 'instant') return new Date(Number(value)).toLocaleString('zh-CN');
  return value;
}

function sheetOf({ entity, rows, doubts }: SavedEntity): TableSheet {
  const { label, fields } = entityOf(entity);
  const entries = Object.entries(fields);
  const names = (row: AnyRow): (string | number | null)[] => [
    row['id'] ?? null,
    row['voided'] === 1 ? '是' : null,
    doubts.get(String(row['id'])) ?? null,
    ...entries.map(([key, field]) => shown(field, row[key] ?? null)),
  ];
  const column = (heading: string, kind: TableColumn['kind'], width: number): TableColumn => ({
    heading,
    kind,
    width,
    group: null,
    unit: kind === 'money' ? '元' : null,
  });
  return {
    name: label,
    title: `${label}（从损坏的台账中读出）`,
    note: `共 ${rows.length} 行`,
    unit: null,
    columns: [
      column('编号', 'text', 38),
      column('作废', 'text', 6),
      column('核对', 'text', 18),
      ...entries.map(([, field]) => column(field.label, columnOf(field), 16)),
    ],
    rows: rows.map(names),
    totals: null,
    frozenColumns: 3,
    paper: 'A4',
  };
}

const pad = (n: number): string => String(n).padStart(2, '0');

/**
 * Writes what can be read of a damaged ledger: `数据.xlsx` for people, a sheet a table, and `数据.json` for technicians.
 * Rows are held against the journal, and those that it does not bear out are marked. The damaged file is only read.
 *
 * @param parent an existing folder; a new one is made inside it
 * @throws Fault FILE_UNREADABLE when nothing can be read, DISK_FULL, READ_ONLY
 */
export async function salvage(path: string, parent: string, now: number): Promise<Salvaged> {
  const db = openDamaged(path);
  if (db === null) {
    throw new Fault('FILE_UNREADABLE', {
      what: path,
      why: '文件的开头已经损坏或被改动，读不出任何一张表',
      cure: '请保留原文件，用最近的备份恢复',
    });
  }
  let saved: ReturnType<typeof collect>;
  try {
    saved = collect(db);
  } finally {
    db.close();
  }
  const day = new Date(now);
  const folder = join(
    parent,
    `台账读出的数据_${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}_${pad(day.getHours())}${pad(day.getMinutes())}`,
  );
  try {
    makeFolder(folder);
  } catch (error) {
    throw fileFault(error, folder);
  }
  const filled = saved.entities.filter(({ rows }) => rows.length > 0);
  const json = Object.fromEntries(filled.map(({ entity, rows }) => [entity, rows]));
  const doubts = Object.fromEntries(filled.map((each) => [each.entity, Object.fromEntries(each.doubts)]));
  writeFileWhole(join(folder, '数据.json'), JSON.stringify({ lost: saved.lost, doubts, ...json }, null, 1));
  if (filled.length > 0) await writeTables(join(folder, '数据.xlsx'), filled.map(sheetOf));
  return { folder, rows: filled.reduce((sum, { rows }) => sum + rows.length, 0), lost: saved.lost };
}
