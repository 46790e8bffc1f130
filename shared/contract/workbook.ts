import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { LIST_ENTITIES } from '../domain/workbook/list-sheet.ts';
import type { ColumnMapping } from '../domain/workbook/mapping.ts';
import type { RowAction } from '../domain/workbook/match.ts';
import type { SheetProblem } from '../domain/workbook/recognition.ts';
import type { RowKind } from '../domain/workbook/row-kind.ts';
import type { Severity } from '../domain/workbook/value.ts';
import { jobEvent, procedure, rowId } from './base.ts';
import { reportKind } from './reports.ts';

const moneyUnit = z.enum(['元', '万元', '亿元']);
const importTarget = z.enum(['project', 'report']);

const sheetInfo = z.object({
  index: z.number(),
  name: z.string(),
  hidden: z.boolean(),
  rows: z.number(),
  columns: z.number(),
  title: z.string().nullable(),
  /** Project rows found under a header; 0 when none was recognised. */
  projects: z.number(),
  /** What its headings speak for. */
  target: importTarget,
});
export type SheetInfo = z.infer<typeof sheetInfo>;

export const openedWorkbook = z.object({
  importId: z.string(),
  fileName: z.string(),
  sheets: z.array(sheetInfo),
  /** The sheet that looks most like the one meant; null when none has a header. */
  suggested: z.number().nullable(),
});
export type OpenedWorkbook = z.infer<typeof openedWorkbook>;

const previewInput = z.object({
  importId: z.string(),
  /** Index of the sheet. */
  sheet: z.int().min(0),
  target: importTarget,
  /** First and last row of the header as Excel numbers them; null: find it. */
  headerRows: z.tuple([z.int().min(1), z.int().min(1)]).nullable(),
  /** The operator's mapping; null: by the headings. */
  columns: z
    .array(z.object({ column: z.int().min(0), field: z.string().max(60).nullable(), unit: moneyUnit.nullable() }))
    .max(400)
    .nullable(),
  /** Unit of projects whose row names none. */
  unitId: rowId.nullable(),
  /** For reports: which period; null: by the title, else the present one. */
  period: z.object({ kind: reportKind, key: z.string().max(16) }).nullable(),
});
export type PreviewInput = z.infer<typeof previewInput>;

/** A column of the preview: a mapped one, or a field that rows take from their group. */
export interface PreviewColumn {
  readonly key: string;
  readonly label: string;
  /** 0-based column of the sheet; null when the value comes from a group row or the operator. */
  readonly column: number | null;
  readonly letter: string | null;
  /** Unit the amounts are shown in. */
  readonly unit: string | null;
  readonly numeric: boolean;
}

export interface PreviewProblem {
  /** Key of the preview column concerned; null when it is the row as a whole. */
  readonly key: string | null;
  readonly cell: string;
  readonly severity: Severity;
  readonly text: string;
}

export interface PreviewRow {
  /** As Excel numbers it. */
  readonly rowNumber: number;
  readonly lastRow: number;
  readonly kind: RowKind;
  readonly label: string;
  /** Default action; null for rows that are no project. */
  readonly action: RowAction | null;
  /** Project of the ledger that an update goes to, or the one that is like this. */
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly reason: string;
  readonly needsChoice: boolean;
  /** Has errors: not imported unless bad cells may stay blank. */
  readonly blocked: boolean;
  /** Cannot be imported even then: no name, or a new project without a unit. */
  readonly fatal: boolean;
  /** Values as read, in the order of the columns; null where there is none. */
  readonly texts: readonly (string | null)[];
  /** The cell as written, where it reads differently from `texts`; else null. */
  readonly written: readonly (string | null)[];
  readonly problems: readonly PreviewProblem[];
  /** What an update would change, at most 60. */
  readonly changes: readonly { readonly label: string; readonly before: string; readonly after: string }[];
}

export interface ImportPreview {
  readonly importId: string;
  readonly sheet: number;
  readonly target: 'project' | 'report';
  readonly title: string | null;
  readonly headerRows: readonly [number, number] | null;
  readonly mapping: readonly ColumnMapping[];
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly PreviewRow[];
  readonly problems: readonly SheetProblem[];
  /** People that an import would add. */
  readonly newPeople: readonly { readonly name: string; readonly title: string | null; readonly rows: number }[];
  /** For reports. */
  readonly period: { readonly kind: string; readonly key: string; readonly label: string } | null;
}

const importPreview = z.custom<ImportPreview>((preview) => typeof preview === 'object' && preview !== null);

const applyInput = z.object({
  importId: z.string(),
  /** Rows whose action is not the default one. */
  actions: z
    .array(
      z.object({
        rowNumber: z.int().min(1),
        action: z.enum(['create', 'update', 'skip']),
        /** For update: which project; null: the one proposed. */
        projectId: rowId.nullable(),
      }),
    )
    .max(100_000),
  /** What becomes of rows with cells that cannot be read: left out, or imported with those cells blank. */
  badCells: z.enum(['skipRow', 'leaveBlank']),
});
export type ApplyInput = z.infer<typeof applyInput>;

export const importResult = z.object({
  /** Number in the journal; null when nothing differed from the ledger. */
  n: z.number().nullable(),
  /** The undo step: '导入 Excel：项目表.xlsx，新增 12 项，更新 3 项'. */
  title: z.string(),
  created: z.number(),
  updated: z.number(),
  /** Rows whose values the ledger already had. */
  unchanged: z.number(),
  /** Left out by the operator. */
  skipped: z.number(),
  /** Left out because of problems or doubts; `saveProblems` gives them back. */
  returned: z.number(),
  people: z.number(),
  /** Values that belong to the other side and became 建议修改. */
  proposals: z.number(),
  /** Of the rows given back, the first ones with their reasons. */
  reasons: z.array(z.object({ rowNumber: z.number(), label: z.string(), text: z.string() })),
});
export type ImportResult = z.infer<typeof importResult>;

const tableColumn = z.object({
  heading: z.string(),
  group: z.string().nullable(),
  kind: z.enum(['text', 'integer', 'decimal', 'money', 'percent', 'date']),
  /** For money: what the yuan are divided by. */
  unit: moneyUnit.nullable(),
  /** In characters, as Excel counts. */
  width: z.number(),
});
export type TableColumn = z.infer<typeof tableColumn>;

const tableCell = z.union([z.string(), z.number(), z.null()]);
const tableRows = z.custom<readonly (readonly (string | number | null)[])[]>((rows) => Array.isArray(rows));

/** A table to be written as one sheet. Money in yuan, dates 'YYYY-MM-DD', percents as fractions. */
const tableSheet = z.object({
  name: z.string(),
  title: z.string(),
  /** Left of the unit line: day of the data, office. */
  note: z.string().nullable(),
  /** '单位：万元' over the table; money columns in another unit say theirs in the heading. */
  unit: moneyUnit.nullable(),
  columns: z.array(tableColumn).min(1).max(300),
  rows: tableRows,
  totals: z.array(tableCell).nullable(),
  frozenColumns: z.int().min(0).max(20),
  paper: z.enum(['A4', 'A3']),
});
export type TableSheet = z.infer<typeof tableSheet>;

const listTarget = { entity: z.enum(LIST_ENTITIES), projectId: rowId.optional() };

const listRow = z.object({
  rowNumber: z.number(),
  /** In the order of the columns, as written. */
  texts: z.array(z.string()),
  /** Why it cannot be imported, each with its cell. */
  problems: z.array(z.string()),
  state: z.enum(['new', 'update', 'same', 'bad']),
});
export type ListRow = z.infer<typeof listRow>;

const listPreview = z.object({
  importId: z.string(),
  fileName: z.string(),
  sheet: z.string(),
  columns: z.array(z.object({ letter: z.string(), heading: z.string(), read: z.boolean() })),
  /** Those that cannot be imported first; no more than 500. */
  rows: z.array(listRow),
  counts: z.object({ new: z.number(), update: z.number(), same: z.number(), bad: z.number() }),
});
export type ListPreview = z.infer<typeof listPreview>;

const listResult = z.object({
  n: z.number().nullable(),
  title: z.string(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  returned: z.number(),
  /** Values that belong to the other side and became 建议修改. */
  proposals: z.number(),
});
export type ListResult = z.infer<typeof listResult>;

/** Excel in and out. An import is opened, looked at as often as needed, and applied in one commit. */
export const workbookContract = {
  /** Reads a workbook; nothing is written. */
  open: procedure.input(z.object({ path: z.string().min(1) })).output(openedWorkbook),
  /** What an import of the sheet would do, with every problem tied to its cell. */
  preview: procedure.input(previewInput).output(eventIterator(jobEvent(importPreview))),
  /** Imports what the last preview showed: all or nothing, one undo step. */
  apply: procedure.input(applyInput).output(eventIterator(jobEvent(importResult))),
  /** Writes the rows that were (or would be) left out, each with the reason beside its cells. */
  saveProblems: procedure
    .input(applyInput.extend({ path: z.string().min(1) }))
    .output(z.object({ path: z.string(), rows: z.number() })),
  close: procedure.input(z.object({ importId: z.string() })).output(z.null()),
  /** Looks at a list of another entity than projects: factors, permits, leads and the like. Nothing is written. */
  openList: procedure.input(z.object({ path: z.string().min(1), ...listTarget })).output(listPreview),
  /** Imports its rows that are in order: one undo step. */
  applyList: procedure.input(z.object({ importId: z.string(), ...listTarget })).output(listResult),
  /** Writes tables to an .xlsx file. */
  exportTables: procedure
    .input(z.object({ path: z.string().min(1), sheets: z.array(tableSheet).min(1).max(50) }))
    .output(z.object({ path: z.string(), rows: z.number() })),
};
