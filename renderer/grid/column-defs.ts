import type { ColDef, ColGroupDef, ValueFormatterParams } from 'ag-grid-community';
import { CellContent } from './cell-content.tsx';
import type { ResolvedColumn } from './column.ts';
import { type ColumnFilter, passesFilter } from './filter-model.ts';
import { HeadingLabel } from './heading-label.tsx';
import { NUMBER_COLUMN, PAINTED, type Sheet } from './sheet.ts';
import type { Value } from './types.ts';
import { ValueFilter } from './value-filter.tsx';

/** Texts of the totals row by column, kept in the grid's context. */
export interface GridContext {
  totals: ReadonlyMap<string, string>;
}

interface Row {
  readonly id: string;
}

type Found<R> = () => ResolvedColumn<R> | undefined;

/**
 * Column definitions for AG Grid. They hold no closure over a column's own functions: these are looked up by key, so
 * that a parent may hand over new columns without the grid building anything anew.
 */
export function columnDefs<R extends Row>(
  columns: readonly ResolvedColumn<R>[],
  sheet: Sheet<R>,
  today: () => string,
): (ColDef<R> | ColGroupDef<R>)[] {
  const out: (ColDef<R> | ColGroupDef<R>)[] = [numberColumn(sheet)];
  let open: { readonly name: string; readonly children: ColDef<R>[] } | null = null;
  let groups = 0;
  for (const column of columns) {
    const def = columnDef(column, sheet, today);
    if (column.group === null || column.column.pinned !== undefined) {
      open = null;
      out.push(def);
      continue;
    }
    if (open === null || open.name !== column.group) {
      open = { name: column.group, children: [] };
      groups += 1;
      out.push({ headerName: column.group, groupId: `group-${groups}`, children: open.children });
    }
    open.children.push(def);
  }
  return out;
}

function numberColumn<R extends Row>(sheet: Sheet<R>): ColDef<R> {
  return {
    colId: NUMBER_COLUMN,
    headerName: '行号',
    headerClass: 'lg-heading-row-number',
    headerTooltip: '单击全选',
    width: 48,
    minWidth: 40,
    pinned: 'left',
    lockPinned: true,
    lockPosition: 'left',
    suppressMovable: true,
    sortable: false,
    resizable: false,
    suppressHeaderMenuButton: true,
    suppressHeaderFilterButton: true,
    suppressHeaderContextMenu: true,
    cellClass: 'lg-row-number',
    cellClassRules: {
      'lg-number-on': ({ rowIndex }) => {
        const { block } = sheet;
        return block !== null && rowIndex >= block.top && rowIndex <= block.bottom;
      },
    },
    valueGetter: ({ node }) => (node === null || node.rowPinned ? '' : (node.rowIndex ?? 0) + 1),
  };
}

const refusalWords = (reason: string | undefined): string | undefined =>
  reason === undefined ? undefined : `没有保存：${reason}`;

function columnDef<R extends Row>(resolved: ResolvedColumn<R>, sheet: Sheet<R>, today: () => string): ColDef<R> {
  const { key, label, unit, width, hidden, wrap, kind } = resolved;
  const found: Found<R> = () => sheet.columns.get(key);
  const classes = [`lg-kind-${kind}`, wrap ? 'lg-wrap' : ''].filter((name) => name !== '');
  return {
    colId: key,
    headerName: unit === null ? label : `${label}（${unit}）`,
    headerClass: `lg-heading-${kind}`,
    initialWidth: width,
    initialHide: hidden,
    initialPinned: resolved.column.pinned ?? false,
    minWidth: 48,
    headerComponentParams: { innerHeaderComponent: HeadingLabel, innerHeaderComponentParams: { resolved: found } },
    headerTooltipValueGetter: () => headingTooltip(found()),
    valueGetter: ({ data, node }) => {
      const column = found();
      // The totals row has no row of the list behind it: the column's own functions must not see it.
      return data === undefined || column === undefined || node?.rowPinned ? null : column.value(data);
    },
    valueFormatter: (params) => shownText(params, found),
    comparator: (left: Value, right: Value, leftNode, rightNode, isDescending) => {
      const blanks = Number(left === null || left === '') - Number(right === null || right === '');
      if (blanks !== 0) return isDescending ? -blanks : blanks;
      const { data: leftRow } = leftNode;
      const { data: rightRow } = rightNode;
      const column = found();
      if (left === null || column === undefined || leftRow === undefined || rightRow === undefined) return 0;
      return column.compare(left, right, leftRow, rightRow);
    },
    cellClass: ({ data, node }) => {
      const own = data === undefined || node.rowPinned ? undefined : found()?.column.cellClass?.(data);
      return own === undefined || own === '' ? classes : [...classes, ...own.split(/\s+/)];
    },
    cellClassRules: {
      ...Object.fromEntries(
        PAINTED.map((name) => [
          name,
          ({ node }: { readonly node: { readonly rowIndex: number | null; readonly rowPinned: unknown } }) =>
            node.rowIndex !== null && !node.rowPinned && sheet.isPainted(name, node.rowIndex, key),
        ]),
      ),
      'lg-refused': ({ data, node }) =>
        data !== undefined && !node.rowPinned && sheet.refusal(data.id, key) !== undefined,
      'lg-locked': ({ data, node }) =>
        data !== undefined && !node.rowPinned && sheet.dimLocked && found()?.editable(data) === false,
    },
    tooltipValueGetter: ({ data, node }) =>
      data == null || node?.rowPinned
        ? undefined
        : (refusalWords(sheet.refusal(data.id, key)) ?? found()?.column.tooltip?.(data)),
    ...(resolved.column.render === undefined
      ? {}
      : { cellRenderer: CellContent, cellRendererParams: { resolved: found } }),
    filter: {
      component: ValueFilter,
      handler: () => ({
        doesFilterPass: ({
          node,
          model,
        }: {
          readonly node: { readonly data?: R | undefined };
          readonly model: ColumnFilter;
        }) => {
          const column = found();
          return node.data === undefined || column === undefined || passesFilter(node.data, column, model);
        },
      }),
    },
    filterParams: { columnOf: found, today },
  };
}

function shownText<R extends Row>(params: ValueFormatterParams<R>, found: Found<R>): string {
  const { data, node, value } = params;
  const column = found();
  if (column === undefined) return '';
  if (node?.rowPinned) return (params.context as GridContext).totals.get(column.key) ?? '';
  return data === undefined ? '' : column.text(value as Value, data);
}

function headingTooltip<R>(column: ResolvedColumn<R> | undefined): string {
  if (column === undefined) return '';
  const { label, unit, help, column: own } = column;
  const lines = [unit === null ? label : `${label}（${unit}）`];
  if (help !== null) lines.push(help);
  if (own.ownerMark !== undefined) lines.push(`填报：${own.ownerMark}`);
  return lines.join('\n');
}
