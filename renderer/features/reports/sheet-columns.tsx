import type { FillField, SheetRow } from '../../../shared/contract/reports.ts';
import { dictionary, type Value } from '../../../shared/dictionary/index.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { SEVERITY_NAMES } from '../../../shared/domain/report-check.ts';
import { LightMark, lightText } from '../../components/light-mark.tsx';
import type { GridColumn } from '../../grid/index.ts';

const { project, reportDraft } = dictionary;

/** What decides how a cell looks and whether it can be typed into. */
export interface SheetMode {
  readonly mayFill: boolean;
  readonly correcting: boolean;
  readonly manyUnits: boolean;
  /** '上期' named: '5月上旬'. */
  readonly lastLabel: string;
  /** Photos and videos of the period by project. */
  readonly photos: ReadonlyMap<string, number>;
}

/** '须更正 1，需核实 2', or how the row stands. */
export function statusWords(row: SheetRow): string {
  const errors = row.findings.filter((finding) => finding.severity === 'error').length;
  const doubts = row.findings.length - errors;
  if (row.status === 'sealed' || row.findings.length === 0) return row.statusText;
  if (errors > 0) return `${SEVERITY_NAMES.error} ${errors}`;
  return row.needsExplanation ? `${SEVERITY_NAMES.warn} ${doubts}` : `${row.statusText}，已说明`;
}

/** Every finding of a row in words, parted by '；'. */
export function findingsText(row: SheetRow): string {
  return row.findings.map((finding) => `${SEVERITY_NAMES[finding.severity]}：${finding.text}`).join(' ');
}

function statusClass(row: SheetRow): string {
  if (row.status === 'sealed') return 'report-sealed';
  if (row.findings.some((finding) => finding.severity === 'error')) return 'report-error-text';
  return row.needsExplanation ? 'report-warn-text' : 'report-quiet';
}

function cellClass(field: FillField): (row: SheetRow) => string | undefined {
  return (row) => {
    if (row.status === 'sealed') return undefined;
    const found = row.findings.filter((finding) => finding.field === field);
    if (found.some((finding) => finding.severity === 'error')) return 'report-error';
    if (field === 'explanation') return row.needsExplanation ? 'report-warn' : undefined;
    return found.length > 0 ? 'report-warn' : undefined;
  };
}

function tooltip(field: FillField): (row: SheetRow) => string | undefined {
  return (row) => {
    const found = row.findings.filter((finding) => finding.field === field).map((finding) => finding.text);
    const value = row[field];
    return [...found, typeof value === 'string' ? value : null].filter((line) => line !== null).join('\n') || undefined;
  };
}

function share(row: Pick<SheetRow, 'yearToDate' | 'annualPlan'>): string {
  return row.yearToDate === null ? '' : formatRate({ numerator: row.yearToDate, denominator: row.annualPlan ?? 0 });
}

/** Of the rows that are filled: a sheet half filled would otherwise look far behind. */
function totalShare(all: readonly SheetRow[]): string {
  const rows = all.filter((row) => row.yearToDate !== null);
  if (rows.length === 0) return '';
  const sum = (of: (row: SheetRow) => number | null): number => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  return formatRate({ numerator: sum((row) => row.yearToDate), denominator: sum((row) => row.annualPlan) });
}

type PreviousField = Exclude<keyof NonNullable<SheetRow['previous']>, 'period' | 'label'>;

/** The column of last period's figure that stands before the one to fill. */
function last(field: PreviousField, label: string, width: number): GridColumn<SheetRow> {
  const source = reportDraft.fields[field];
  return {
    key: `previous.${field}`,
    field: source,
    label,
    width,
    aside: true,
    editable: false,
    value: (row): Value => row.previous?.[field] ?? null,
    cellClass: () => 'report-last',
    tooltip: (row) => {
      const text = row.previous?.[field];
      return row.previous === null
        ? '以前没有报过'
        : `${row.previous.label}${typeof text === 'string' ? `：${text}` : ''}`;
    },
    searchable: false,
    help: '上一次报送的数，供对照，不能修改',
    lockedReason: '这是上期数。如上期报错，请切换到上期后“更正”',
  };
}

export function sheetColumns(mode: SheetMode): readonly GridColumn<SheetRow>[] {
  const editable = (row: SheetRow): boolean => mode.mayFill && (mode.correcting || row.status !== 'sealed');
  const lockedReason = mode.mayFill ? '本期已报送。需要改数请按“更正”' : '由责任单位填报，这里只供查看';
  const fill = (field: FillField, width: number, label?: string): GridColumn<SheetRow> => ({
    key: field,
    field: reportDraft.fields[field],
    width,
    editable,
    lockedReason,
    cellClass: cellClass(field),
    tooltip: tooltip(field),
    ...(label === undefined ? {} : { label }),
  });
  const info = (key: 'totalInvestment' | 'annualPlan', label: string): GridColumn<SheetRow> => ({
    key,
    field: project.fields[key],
    group: '计划',
    label,
    width: 92,
    editable: false,
    cellClass: () => 'report-quiet',
    lockedReason: '在项目台账中修改',
  });
  const { lastLabel } = mode;
  const columns: GridColumn<SheetRow>[] = [
    {
      key: 'name',
      field: project.fields.name,
      group: '项目',
      width: 212,
      pinned: 'left',
      editable: false,
      lockedReason: '项目名称在项目台账中修改',
      tooltip: (row) => row.name,
    },
    {
      key: 'status',
      label: '填报',
      group: '项目',
      width: 86,
      pinned: 'left',
      value: statusWords,
      cellClass: statusClass,
      tooltip: (row) => findingsText(row) || row.statusText,
    },
    {
      key: 'light',
      label: '灯',
      group: '项目',
      width: 40,
      value: (row) => lightText(row.light),
      render: (row) => <LightMark light={row.light} />,
      tooltip: (row) => `${lightText(row.light)}：${row.lightText}`,
      searchable: false,
    },
    {
      key: 'stage',
      field: project.fields.stage,
      group: '项目',
      label: '阶段',
      width: 76,
      editable: false,
      cellClass: () => 'report-quiet',
      lockedReason: '建设阶段在项目台账中修改',
    },
    info('totalInvestment', '总投资'),
    info('annualPlan', '年度计划'),
    { ...last('periodInvestment', lastLabel, 84), group: '本旬完成投资' },
    { ...fill('periodInvestment', 88, '本旬'), group: '本旬完成投资' },
    { ...last('yearToDate', lastLabel, 88), group: '自年初累计' },
    { ...fill('yearToDate', 92, '本旬末'), group: '自年初累计' },
    {
      key: 'share',
      aside: true,
      label: '占计划',
      group: '自年初累计',
      width: 84,
      help: '自年初累计÷年度计划投资；合计只算已填的项目',
      kind: 'number',
      value: (row) => (row.yearToDate === null || !row.annualPlan ? null : row.yearToDate / row.annualPlan),
      format: (_, row) => share(row),
      totalOf: totalShare,
      cellClass: () => 'report-quiet',
    },
    { ...last('fundsInPlace', lastLabel, 84), group: '资金到位' },
    { ...fill('fundsInPlace', 88, '本旬末'), group: '资金到位' },
    { ...last('visibleProgress', lastLabel, 150), group: '形象进度' },
    { ...fill('visibleProgress', 210, '本旬末'), group: '形象进度' },
    { ...fill('problems', 180), group: '问题与计划' },
    { ...fill('nextSteps', 180), group: '问题与计划' },
    { ...fill('explanation', 170), group: '核实' },
    {
      key: 'photos',
      label: '照片',
      group: '核实',
      width: 60,
      kind: 'number',
      value: (row) => mode.photos.get(row.id) ?? null,
      help: '本期照片、视频的个数；选中一行后在下方添加',
      lockedReason: '选中这一行，在下方按“添加”',
    },
    {
      key: 'findings',
      label: '校验结果',
      group: '核实',
      width: 420,
      value: findingsText,
      cellClass: statusClass,
      tooltip: findingsText,
    },
  ];
  if (!mode.manyUnits) return columns;
  const unit: GridColumn<SheetRow> = {
    key: 'unitName',
    label: '责任单位',
    group: '项目',
    width: 96,
    cellClass: () => 'report-quiet',
  };
  return [...columns.slice(0, 2), unit, ...columns.slice(2)];
}
