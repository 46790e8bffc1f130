import type { PermitLine } from '../../../shared/contract/permits.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { markFindings } from '../../components/row-findings.tsx';
import type { GridColumn } from '../../grid/index.ts';
import { PermitMark, stateLabel, TONE_CLASS } from './permit-mark.tsx';

const { fields } = dictionary.permit;

const of = (...keys: readonly (keyof typeof fields)[]): readonly GridColumn<PermitLine>[] =>
  keys.map((key) => ({ key, field: fields[key] }));

const state: GridColumn<PermitLine> = {
  key: 'state',
  field: fields.state,
  render: (row) => <PermitMark state={row.state} named />,
  format: (_, row) => stateLabel(row.state),
};

const words: GridColumn<PermitLine> = {
  key: 'words',
  label: '进展',
  width: 224,
  cellClass: (row) => TONE_CLASS[row.tone],
  tooltip: (row) => row.words,
  help: '按实际上报日期和时限计算，工作日',
};

const expiry: GridColumn<PermitLine> = {
  key: 'expiry',
  label: '有效期',
  width: 186,
  kind: 'number',
  total: 'none',
  value: (row) => row.expiry?.days ?? null,
  format: (_, row) => expiryWords(row),
  cellClass: (row) =>
    `cell-left ${row.expiry?.state === 'expired' ? 'cell-late' : row.expiry?.state === 'soon' ? 'cell-soon' : ''}`,
};

function expiryWords({ expiry: found }: PermitLine): string {
  if (found === null) return '';
  if (found.days < 0) return `已过期 ${-found.days} 天`;
  return `至 ${found.until}，剩 ${found.days} 天`;
}

/** Columns of one project's permits. */
export const permitColumns = markFindings<PermitLine>([
  { key: 'kindName', label: '手续', width: 170, pinned: 'left' },
  state,
  words,
  ...of('plannedSubmit', 'plannedApproval', 'actualSubmit', 'actualApproval'),
  {
    key: 'limitDays',
    field: fields.limitDays,
    width: 100,
    tooltip: (row) => (row.limitDays === null ? `手续目录：${row.usualDays ?? '—'} 个工作日` : undefined),
  },
  { key: 'department', label: '审批部门', width: 130 },
  ...of('blockedReason', 'commitment', 'commitmentDue', 'commitmentMet', 'documentNumber', 'validUntil'),
  expiry,
  ...of('personId', 'note'),
]);

/** The same for permits of many projects, with the columns that matter there. */
export function listColumns(keys: readonly string[], open: (id: string) => void): readonly GridColumn<PermitLine>[] {
  const project: GridColumn<PermitLine> = {
    key: 'projectName',
    label: '项目',
    width: 260,
    pinned: 'left',
    render: (row) => (
      <button type="button" className="link-button" onClick={() => open(row.projectId)}>
        {row.projectName}
      </button>
    ),
  };
  return [
    project,
    { key: 'unitName', label: '责任单位', width: 100 },
    ...keys.flatMap((key) =>
      permitColumns.filter((column) => column.key === key).map(({ pinned: _, ...column }) => column),
    ),
  ];
}

/** Name of a field for the strip below a grid. */
export function permitLabel(key: string): string {
  return (fields as Readonly<Record<string, { readonly label: string } | undefined>>)[key]?.label ?? key;
}
