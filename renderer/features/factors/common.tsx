import type { DutyStateName } from '../../../shared/contract/factors.ts';
import type { WithFindings } from '../../components/row-findings.tsx';
import type { GridColumn } from '../../grid/index.ts';

const LOOKS: Readonly<Record<DutyStateName, readonly [sign: string, color: string]>> = {
  overdue: ['■', '#c01c28'],
  dueSoon: ['▲', '#a15c00'],
  open: ['○', '#374151'],
  undated: ['—', '#4b5563'],
  done: ['✓', '#1a7f37'],
};
const ORDER: readonly DutyStateName[] = ['overdue', 'dueSoon', 'open', 'undated', 'done'];

interface Dutiful extends WithFindings {
  readonly state: DutyStateName;
  readonly words: string;
}

/** '■ 逾期 3 天': where a matter with a deadline stands. */
export function dutyColumn<R extends Dutiful>(): GridColumn<R> {
  return {
    key: 'state',
    label: '状态',
    width: 118,
    kind: 'number',
    total: 'none',
    value: (row) => ORDER.indexOf(row.state),
    cellClass: () => 'cell-left',
    format: (_, row) => row.words,
    render: (row) => {
      const [sign, color] = LOOKS[row.state];
      return (
        <span style={{ whiteSpace: 'nowrap' }}>
          <span aria-hidden style={{ color }}>
            {sign}
          </span>{' '}
          {row.words}
        </span>
      );
    },
  };
}

/** Columns that say which project a row is of; none on the page of one project. */
export function projectColumns<
  R extends { readonly projectName: string; readonly unitName: string; readonly projectId: string },
>(open: ((id: string) => void) | null): readonly GridColumn<R>[] {
  if (open === null) return [];
  return [
    {
      key: 'projectName',
      label: '项目',
      width: 250,
      pinned: 'left',
      render: (row) => (
        <button type="button" className="link-button" onClick={() => open(row.projectId)}>
          {row.projectName}
        </button>
      ),
    },
    { key: 'unitName', label: '责任单位', width: 96 },
  ];
}
