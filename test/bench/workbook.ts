import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { openSession } from '../../electron/ledger/session/index.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { createStore } from '../../electron/ledger/store/create.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { importExcel, tableWorkbook } from '../../electron/ledger/workbook/index.ts';
import type { TableColumn } from '../../shared/contract/workbook.ts';
import { dictionary, type Field } from '../../shared/dictionary/index.ts';
import { type Measure, measure, medianMs } from './measure.ts';

const ROWS = 2000;
const COLUMNS = 40;
const RUNS = 3;

const fields = Object.entries(dictionary.project.fields as Readonly<Record<string, Field>>)
  .filter(([, field]) => field.ref !== 'project' && field.type !== 'json')
  .slice(0, COLUMNS);

function columnOf([, field]: readonly [string, Field]): TableColumn {
  const kind =
    field.type === 'money' || field.type === 'date' ? field.type : field.type === 'integer' ? 'integer' : 'text';
  return { heading: field.label, group: null, kind, unit: kind === 'money' ? '万元' : null, width: 12 };
}

function cellOf([key, field]: readonly [string, Field], row: number): string | number | null {
  if (key === 'name') return `第${row}号重点产业园基础设施配套建设项目`;
  if (key === 'code') return `ZD-${row}`;
  if (key === 'unitId') return `第${row % 10}县`;
  if (key === 'nationalCode') return `2101-230521-04-01-${String(row).padStart(6, '0')}`;
  switch (field.type) {
    case 'money':
      return (row + 1) * 1_000_000 * (key === 'totalInvestment' ? 10 : 1);
    case 'integer':
      return key.endsWith('Year') ? 2021 + (row % 3) : row;
    case 'date':
      return `2021-${String((row % 12) + 1).padStart(2, '0')}-15`;
    case 'choice':
    case 'choices':
      return field.choices?.[row % field.choices.length]?.label ?? null;
    case 'decimal':
      return row / 10;
    case 'flag':
      return row % 2 === 0 ? '是' : '否';
    case 'ref':
      return `${'王李张刘陈'[row % 5] ?? '王'}${'一二三四五六七八九'[row % 9] ?? '一'}`;
    case 'text':
    case 'longText':
    case 'instant':
    case 'json':
      return `${field.label}第${row}项说明`;
  }
}

async function writeSource(path: string): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, row) => fields.map((field) => cellOf(field, row)));
  const sheet = {
    name: '项目',
    title: '重点项目',
    note: null,
    unit: '万元',
    columns: fields.map(columnOf),
    rows,
    totals: null,
    frozenColumns: 1,
    paper: 'A3',
  } as const;
  writeFileSync(path, await tableWorkbook([{ ...sheet, columns: [...sheet.columns] }]));
}

async function importOnce(folder: string, path: string, run: number): Promise<void> {
  const store = createStore(join(folder, `${run}.bbledger`), {
    officeId: newId(),
    level: 'city',
    operator: '量',
    now: Date.now(),
  });
  try {
    const changes = Array.from({ length: 10 }, (_, unit) => ({
      entity: 'responsibilityUnit' as const,
      id: newId(),
      set: { name: `第${unit}县` },
    }));
    commit(store, { kind: 'setup', title: '登记单位', changes }, { operator: '量', now: Date.now() });
    const { result } = await importExcel(openSession(store, { dataFolder: folder, now: Date.now }), { path });
    if (result?.created !== ROWS) throw new Error(`imported ${result?.created ?? 0} of ${ROWS}`);
  } finally {
    store.close();
  }
}

/** [excel-import]: from the file to the committed ledger, against exceljs only reading the same file. */
export async function bench(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-bench-'));
  try {
    const path = join(folder, '项目.xlsx');
    await writeSource(path);
    let run = 0;
    const ours = await medianMs(RUNS, () => importOnce(folder, path, run++));
    const reference = await medianMs(RUNS, async () => {
      await new ExcelJS.Workbook().xlsx.load(readFileSync(path) as unknown as ArrayBuffer);
    });
    return [measure('excel-import', { ours, reference, unit: 'ms', budget: null })];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
