import { join } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import type { TableColumn, TableSheet } from '../../../shared/contract/workbook.ts';
import { type EntityName, entityNames, entityOf, type Field } from '../../../shared/dictionary/index.ts';
import { readRecord } from '../store/change-record.ts';
import { fileFault, writeFileWhole } from '../store/files.ts';
import { writeTables } from '../workbook/index.ts';
import { makeFolder } from './backup-now.ts';
import { type AnyRow, openDamaged, readableRows } from './readable.ts';

export interface Salvaged {
  readonly folder: string;
  readonly rows: number;
  readonly lost: readonly string[];
}

interface SavedEntity {
  readonly entity: EntityName;
  readonly rows: readonly AnyRow[];
}

/** Rows of which the table's page is lost, made from the changes that can be read. */
function fromJournal(db: Sqlite, known: ReadonlyMap<EntityName, Map<string, AnyRow>>): void {
  let changes: readonly AnyRow[];
  try {
    changes = readableRows(db, 'change', 'seq').rows;
  } catch {
    return;
  }
  const made = new Map<string, Record<string, string | number | null>>();
  for (const change of [...changes].sort((left, right) => Number(left['seq']) - Number(right['seq']))) {
    const rows = known.get(change['entity'] as EntityName);
    const id = String(change['rowId']);
    if (rows === undefined || (rows.has(id) && !made.has(id))) continue;
    try {
      const { values } = readRecord({ db }, String(change['record']));
      const row = made.get(id) ?? { id, voided: 0 };
      Object.assign(row, values);
      made.set(id, row);
      rows.set(id, row);
    } catch {
      // Half a record: what else is known of the row stands.
    }
  }
}

function collect(db: Sqlite): { readonly entities: readonly SavedEntity[]; readonly lost: readonly string[] } {
  const broken = new Map<EntityName, string>();
  const known = new Map<EntityName, Map<string, AnyRow>>();
  for (const entity of entityNames) {
    const rows = new Map<string, AnyRow>();
    known.set(entity, rows);
    try {
      const read = readableRows(db, entity, 'id');
      for (const row of read.rows) rows.set(String(row['id']), row);
      if (!read.whole) broken.set(entity, `“${entityOf(entity).label}”表有一部分读不出来`);
    } catch {
      broken.set(entity, `“${entityOf(entity).label}”表读不出来`);
    }
  }
  const before = new Map([...known].map(([entity, rows]) => [entity, rows.size]));
  fromJournal(db, known);
  const lost = [...broken].map(([entity, text]) => {
    const added = (known.get(entity)?.size ?? 0) - (before.get(entity) ?? 0);
    return added > 0 ? `${text}，已从流水补出 ${added} 行` : text;
  });
  return {
    entities: entityNames.map((entity) => ({ entity, rows: [...(known.get(entity)?.values() ?? [])] })),
    lost,
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

function sheetOf({ entity, rows }: SavedEntity): TableSheet {
  const { label, fields } = entityOf(entity);
  const entries = Object.entries(fields);
  const names = (row: AnyRow): (string | number | null)[] => [
    row['id'] ?? null,
    row['voided'] === 1 ? '是' : null,
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
      ...entries.map(([, field]) => column(field.label, columnOf(field), 16)),
    ],
    rows: rows.map(names),
    totals: null,
    frozenColumns: 2,
    paper: 'A4',
  };
}

const pad = (n: number): string => String(n).padStart(2, '0');

/**
 * Writes what can be read of a damaged ledger: `数据.xlsx` for people, a sheet a table, and `数据.json` for technicians.
 * The damaged file is only read.
 *
 * @param parent an existing folder; a new one is made inside it
 * @throws Fault FILE_UNREADABLE when nothing can be read, DISK_FULL, READ_ONLY
 */
export async function salvage(path: string, parent: string, now: number): Promise<Salvaged> {
  const db = openDamaged(path);
  if (db === null) {
    throw new Fault('FILE_UNREADABLE', {
      what: path,
      why: '文件的开头已经损坏，读不出任何一张表',
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
  writeFileWhole(join(folder, '数据.json'), JSON.stringify({ lost: saved.lost, ...json }, null, 1));
  if (filled.length > 0) await writeTables(join(folder, '数据.xlsx'), filled.map(sheetOf));
  return { folder, rows: filled.reduce((sum, { rows }) => sum + rows.length, 0), lost: saved.lost };
}
