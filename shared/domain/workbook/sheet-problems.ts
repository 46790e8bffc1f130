import { cellName } from './grid.ts';
import type { ColumnMapping } from './mapping.ts';
import { isMapped, type RecognisedRow, type SheetProblem } from './recognition.ts';
import { readCategory } from './row-kind.ts';
import type { RowContext } from './rows.ts';
import { type ImportTarget, importField } from './target.ts';
import { quote } from './text.ts';
import { readValue } from './value.ts';

function claimedTwice(mapping: readonly ColumnMapping[]): readonly SheetProblem[] {
  const fields = [...new Set(mapping.filter((column) => column.claimedTwice).map((column) => column.field))];
  return fields.map((field) => {
    const columns = mapping
      .filter((column) => column.field === field)
      .map(({ letter, heading }) => `${letter}列“${heading}”`);
    const label = field === null ? '' : (importField(field)?.label ?? '');
    return {
      kind: 'claimedTwice',
      severity: 'error',
      text: `${columns.join('和')}都像“${label}”，请选定其中一列，其余改为不导入`,
    };
  });
}

/** Totals that do not add up are told, never refused: published tables often differ (domain facts §3.7). */
function totalDiffers(
  context: RowContext,
  rows: readonly RecognisedRow[],
  target: ImportTarget,
): readonly SheetProblem[] {
  const total = rows.find(
    (row) => row.kind === 'subtotal' && /^(?:全.)?(?:总?合计|总计)/.test(row.label.replace(/\s/g, '')),
  );
  const projects = rows.filter((row) => row.kind === 'data');
  if (total === undefined || projects.length === 0) return [];
  const figures = target === 'project' ? ['totalInvestment', 'annualPlan'] : ['periodInvestment', 'yearToDate'];
  return figures.flatMap((key) => {
    const column = context.mapping.find((mapped) => mapped.field === key && !mapped.claimedTwice);
    const field = importField(key)?.field;
    if (column === undefined || field === undefined || field === null) return [];
    const cell = context.sheet.own(total.rowNumber - 1, column.column);
    const unit = column.unit ?? '万元';
    const { value } = readValue(cell, key, field, { unit, findUnit: context.findUnit, sheetYear: 2020 });
    if (typeof value !== 'number') return [];
    const sum = projects.reduce((all, row) => all + Number(row.values[key] ?? 0), 0);
    if (Math.abs(sum - value) <= Math.max(value * 0.001, 10_000)) return [];
    const say = (yuan: number): string =>
      `${(yuan / 10_000).toLocaleString('zh-CN', { maximumFractionDigits: 2 })} 万元`;
    const at = cellName(total.rowNumber - 1, column.column);
    return [
      {
        kind: 'totalDiffers' as const,
        severity: 'warn' as const,
        text: `合计行${field.label}（${at}）为 ${say(value)}，各项目相加为 ${say(sum)}，请核对`,
      },
    ];
  });
}

/** What is wrong with the sheet as a whole, not with one of its cells. */
export function sheetProblems(
  context: RowContext,
  rows: readonly RecognisedRow[],
  target: ImportTarget,
): readonly SheetProblem[] {
  const { mapping } = context;
  const found: SheetProblem[] = [];
  if (!isMapped(mapping, 'name')) {
    found.push({ kind: 'noName', severity: 'error', text: '没有找到“项目名称”一列，请在对照表里指定哪一列是项目名称' });
  }
  found.push(...claimedTwice(mapping));
  for (const { letter, heading, note, unit, field } of mapping) {
    if (unit === null || field === null || note === null) continue;
    found.push({ kind: 'unitDoubt', severity: 'warn', text: `${letter}列“${heading}”按${unit}读入，${note}` });
  }
  const groups = rows.filter(
    (row) => row.kind === 'unitGroup' && context.findUnit(readCategory(row.label).label).kind !== 'found',
  );
  for (const { rowNumber, label } of groups) {
    found.push({
      kind: 'unknownUnitGroup',
      severity: 'warn',
      text: `第${rowNumber}行${quote(label)}像是单位，但不在责任单位名单里；其下的项目没有责任单位，请先在“组织”里添加`,
    });
  }
  if (!rows.some((row) => row.kind === 'data'))
    found.push({ kind: 'noRows', severity: 'error', text: '表头下面没有项目行，请核对是否选错了工作表' });
  return [...found, ...totalDiffers(context, rows, target)];
}
