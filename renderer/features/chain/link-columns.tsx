import type { ChainLinkRow } from '../../../shared/contract/chain.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { markFindings } from '../../components/row-findings.tsx';
import type { GridColumn } from '../../grid/index.ts';
import { LOOKS, STATE_ORDER, StateMark } from './states.tsx';

const { fields } = dictionary.link;

const state: GridColumn<ChainLinkRow> = {
  key: 'state',
  label: '状态',
  width: 136,
  kind: 'number',
  total: 'none',
  value: (link) => STATE_ORDER.indexOf(link.state),
  format: (_, link) => LOOKS[link.state].words(link.days),
  render: (link) => <StateMark state={link.state} days={link.days} />,
  cellClass: () => 'cell-left',
  help: '按办理时限和完成日期判断；临期的天数由亮灯规则规定',
};

const of = (...keys: readonly (keyof typeof fields)[]): readonly GridColumn<ChainLinkRow>[] =>
  keys.map((key) => ({ key, field: fields[key] }));

/** Columns of one project's chain. */
export const projectLinkColumns = markFindings<ChainLinkRow>([
  { key: 'sequence', field: fields.sequence, width: 56 },
  { key: 'name', field: fields.name, pinned: 'left' },
  state,
  ...of(
    'unitText',
    'personId',
    'plannedStart',
    'deadline',
    'doneOn',
    'evidence',
    'predecessorId',
    'workingDays',
    'note',
  ),
]);

/** Columns of the links of all projects. */
export function allLinkColumns(openProject: (id: string) => void): readonly GridColumn<ChainLinkRow>[] {
  return markFindings<ChainLinkRow>([
    {
      key: 'projectName',
      label: '项目',
      width: 240,
      pinned: 'left',
      render: (link) => (
        <button type="button" className="link-button" onClick={() => openProject(link.projectId)}>
          {link.projectName}
        </button>
      ),
    },
    { key: 'name', field: fields.name, width: 150 },
    state,
    { key: 'unitName', label: '责任单位', width: 92 },
    { key: 'unitText', field: fields.unitText, label: '办理单位', width: 140 },
    { key: 'personId', field: fields.personId, width: 90 },
    { key: 'cityLeader', label: '市级责任领导', width: 104 },
    ...of('deadline', 'doneOn', 'evidence', 'plannedStart'),
    { key: 'predecessorName', label: '前置环节', width: 150 },
    ...of('note'),
  ]);
}

/** Name of a field for the strip below a grid. */
export function linkLabel(key: string): string {
  return (fields as Readonly<Record<string, { readonly label: string } | undefined>>)[key]?.label ?? key;
}
