import type { ReactNode } from 'react';
import type { Field, Value } from '../../shared/dictionary/field.ts';

export type { Value };

/** One cell to change. `value` is as the ledger stores it (INTEGER yuan, 'YYYY-MM-DD', choice value, id). */
export interface CellEdit {
  readonly rowId: string;
  readonly key: string;
  readonly value: Value;
}

/** A cell the ledger did not accept, with the reason in Chinese. */
export interface RefusedEdit {
  readonly rowId: string;
  readonly key: string;
  readonly reason: string;
}

/** What became of a batch. `ok: false` puts every cell back; `refused` puts back only those cells. */
export type EditOutcome =
  | { readonly ok: true; readonly refused?: readonly RefusedEdit[] }
  | { readonly ok: false; readonly message: string };

export type ParseResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

export interface RefOption {
  readonly id: string;
  readonly label: string;
  /** Search text made by `buildSearchText`; made from the label when absent. */
  readonly pinyin?: string;
  /** Told beside the label where two labels are the same, such as the unit of a person. */
  readonly hint?: string;
}

export interface RefSource {
  readonly options: readonly RefOption[];
  /** Creates a row of that label and gives its id, or null when the operator changed his mind. */
  readonly create?: (label: string) => Promise<string | null>;
}

export type Refs = Readonly<Record<string, RefSource | undefined>>;

export type ColumnKind = 'text' | 'number' | 'date';

export interface GridColumn<R> {
  readonly key: string;
  /** Dictionary field: label, type, unit, choices, ref, width, group, help come from it. */
  readonly field?: Field;
  readonly label?: string;
  readonly group?: string;
  readonly width?: number;
  /** Default: true when there is a field that can be edited and no `value`. */
  readonly editable?: boolean | ((row: R) => boolean);
  /** Why a cell cannot be edited, shown when someone tries. */
  readonly lockedReason?: string | ((row: R) => string);
  readonly pinned?: 'left';
  /** Stands beside for comparison: a pasted block steps over it, so that columns copied from Excel fall into those to fill. */
  readonly aside?: boolean;
  readonly hidden?: boolean;
  /** Computed column. */
  readonly value?: (row: R) => Value;
  readonly format?: (value: Value, row: R) => string;
  /** Reads typed or pasted text; default by the dictionary field. */
  readonly parse?: (text: string, row: R) => ParseResult;
  readonly cellClass?: (row: R) => string | undefined;
  readonly tooltip?: (row: R) => string | undefined;
  readonly render?: (row: R) => ReactNode;
  /** In the totals row. Default: 'sum' for money, 'none' otherwise. */
  readonly total?: 'sum' | 'count' | 'none';
  /** Text of the totals row where a sum is wrong, such as a rate: from the rows that are shown. */
  readonly totalOf?: (rows: readonly R[]) => string;
  /** Sorting, alignment, filter of a column without a field. Default from the field, else 'text'. */
  readonly kind?: ColumnKind;
  /** Unit under the heading of a column without a field. */
  readonly unit?: string;
  /** Small mark in the heading saying who decides the field, such as '市'. */
  readonly ownerMark?: string;
  /** Definition, on the heading. Default: the field's. */
  readonly help?: string;
  /** Whether the quick search looks into it. Default: text, choice and ref columns. */
  readonly searchable?: boolean;
}

export interface ExportedColumn {
  readonly key: string;
  readonly label: string;
  readonly group: string | null;
  readonly unit: string | null;
  readonly kind: ColumnKind;
  readonly field: Field | null;
  /** Shown as it is, without a wording of its own. */
  readonly plain: boolean;
  /** px at 100 %. */
  readonly width: number;
}

export interface ExportedRow<R> {
  readonly row: R;
  /** In the totals. */
  readonly counted: boolean;
  /** Raw values, in the order of the columns. */
  readonly values: readonly Value[];
  /** The same as shown. */
  readonly texts: readonly string[];
}

/** What the grid shows: visible columns in their order, rows filtered and sorted. */
export interface ExportedGrid<R> {
  readonly columns: readonly ExportedColumn[];
  readonly rows: readonly ExportedRow<R>[];
  /** Totals row as shown, or null when there is none. */
  readonly totals: readonly string[] | null;
}

export interface CellAddress {
  readonly rowId: string;
  readonly key: string;
}

export interface LedgerGridApi<R> {
  exportRows(): ExportedGrid<R>;
  /** Scrolls to a cell and selects it. False when row or column is not shown. */
  focusCell(rowId: string, key: string): boolean;
  /** Puts the keyboard into the grid. */
  focus(): void;
  /** Marks cells for two seconds. */
  flash(cells: readonly CellAddress[]): void;
  /** Rows ticked, in the order shown. */
  selectedRows(): readonly R[];
  setSelectedRows(ids: readonly string[]): void;
  /** Rows that pass filter and search, in the order shown. */
  shownRows(): readonly R[];
  clearFilters(): void;
  openColumnChooser(): void;
  /** A line in the grid's footer; null takes it away. */
  notify(notice: GridNotice | null): void;
}

export interface GridNotice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
  /** One line each, shown on demand. */
  readonly details?: readonly string[];
}
