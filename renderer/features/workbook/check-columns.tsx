import type { ImportPreview, PreviewColumn } from '../../../shared/contract/workbook.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { importField } from '../../../shared/domain/workbook/target.ts';
import type { GridColumn } from '../../grid/index.ts';
import { type CheckRow, OUTCOME_WORDS } from './outcome.ts';

function problemWords({ row }: CheckRow): string {
  const errors = row.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = row.problems.length - errors;
  return [errors > 0 ? `错 ${errors}` : '', warnings > 0 ? `提示 ${warnings}` : '']
    .filter((part) => part !== '')
    .join('，');
}

function outcomeClass({ outcome }: CheckRow): string {
  switch (outcome) {
    case 'create':
    case 'update':
      return outcome === 'create' ? 'wb-create' : 'wb-update';
    case 'choose':
    case 'repeat':
      return 'wb-warn-text';
    case 'blocked':
      return 'wb-error-text';
    case 'skip':
      return 'wb-quiet';
  }
}

function cellClass(key: string): (row: CheckRow) => string | undefined {
  return ({ row }) => {
    const found = row.problems.filter((problem) => problem.key === key);
    if (found.length === 0) return undefined;
    return found.some(({ severity }) => severity === 'error') ? 'wb-error' : 'wb-warn';
  };
}

function tooltip({ key }: PreviewColumn, index: number): (row: CheckRow) => string | undefined {
  return ({ row }) => {
    const written = row.written[index];
    const lines = row.problems.filter((problem) => problem.key === key).map(({ text }) => text);
    if (written !== null && written !== undefined) lines.push(`表中写作：${written}`);
    return lines.length === 0 ? undefined : lines.join('\n');
  };
}

const WIDTHS: Readonly<Record<string, number>> = { name: 230, years: 100 };

function valueColumn(column: PreviewColumn, index: number): GridColumn<CheckRow> {
  const { key, label, letter, unit, numeric } = column;
  // A cell that cannot be read shows what is written there; one that says 'nothing' (——, 待定) shows nothing.
  const shown = ({ row }: CheckRow): string => {
    const doubtful = row.problems.some((problem) => problem.key === key);
    return row.texts[index] ?? (doubtful ? row.written[index] : null) ?? '';
  };
  const asNumber = (row: CheckRow): Value => {
    const text = shown(row);
    const number = Number(text.replace(/,/g, ''));
    return text === '' ? null : Number.isFinite(number) ? number : text;
  };
  return {
    key: `f.${key}`,
    label,
    group: letter === null ? '取自分组或指定' : `${letter} 列`,
    width: WIDTHS[key] ?? Math.min(importField(key)?.field?.width ?? 120, 220),
    value: numeric ? asNumber : shown,
    format: (_, row) => shown(row),
    kind: numeric ? 'number' : 'text',
    ...(unit === null ? {} : { unit }),
    ...(key === 'name' ? { pinned: 'left' as const } : {}),
    cellClass: cellClass(key),
    tooltip: tooltip(column, index),
    total: 'none',
  };
}

/** The sheet as it will be read, with the place, the outcome and the problems of each row before it. */
export function checkColumns(preview: ImportPreview): readonly GridColumn<CheckRow>[] {
  const name = preview.columns.findIndex(({ key }) => key === 'name');
  const values = preview.columns.map(valueColumn);
  const first: readonly GridColumn<CheckRow>[] = [
    {
      key: 'rowNumber',
      label: '表中行',
      width: 62,
      pinned: 'left',
      kind: 'number',
      value: ({ row }) => row.rowNumber,
      total: 'none',
    },
    {
      key: 'outcome',
      label: '处理',
      width: 104,
      pinned: 'left',
      value: ({ outcome }) => OUTCOME_WORDS[outcome],
      cellClass: outcomeClass,
      tooltip: ({ row }) => row.reason || undefined,
    },
    {
      key: 'problems',
      label: '问题',
      width: 104,
      pinned: 'left',
      value: problemWords,
      cellClass: ({ row }) =>
        row.problems.some(({ severity }) => severity === 'error') ? 'wb-error-text' : 'wb-warn-text',
      tooltip: ({ row }) => row.problems.map(({ text }) => text).join('\n') || undefined,
    },
  ];
  return [...first, ...values.slice(name, name + 1), ...values.filter((_, index) => index !== name)];
}
