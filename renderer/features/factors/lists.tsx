import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type {
  FactorCaseRow,
  FactorRow,
  FactorSummary,
  FinancingRow,
  ObstructionRow,
} from '../../../shared/contract/factors.ts';
import { dictionary, FACTOR_GROUPS, FACTOR_KINDS } from '../../../shared/dictionary/index.ts';
import { decimalText } from '../../../shared/domain/decimal.ts';
import { api } from '../../app/api.ts';
import { useKept } from '../../components/use-kept.ts';
import type { GridColumn } from '../../grid/index.ts';
import { dutyColumn, projectColumns } from './common.tsx';
import { ListView } from './list-view.tsx';

export interface ListProps {
  /** Of one project; all where absent. */
  readonly projectId?: string | undefined;
  readonly open: ((id: string) => void) | null;
}

const scope = (projectId: string | undefined) => (projectId === undefined ? {} : { projectId });

function fieldsOf<F extends Readonly<Record<string, unknown>>, R>(
  fields: F,
  keys: readonly (keyof F & string)[],
): readonly GridColumn<R>[] {
  return keys.map((key) => ({ key, field: fields[key] as NonNullable<GridColumn<R>['field']> }));
}

function gapWords(gaps: FactorSummary[number]['gaps']): string {
  const open = gaps.filter((gap) => gap.gap > 0);
  return open.length === 0 ? '无缺口' : open.map(({ gap, measure }) => `缺 ${decimalText(gap)}${measure}`).join('，');
}

function SummaryChips({
  summary,
  kind,
  onKind,
}: {
  readonly summary: FactorSummary;
  readonly kind: string | null;
  readonly onKind: (kind: string | null) => void;
}) {
  return (
    <fieldset className="chip-group" aria-label="要素">
      <button type="button" className="chip" aria-pressed={kind === null} onClick={() => onKind(null)}>
        全部
      </button>
      {summary
        .filter((line) => line.projects > 0)
        .map((line) => (
          <button
            key={line.kind}
            type="button"
            className="chip"
            aria-pressed={kind === line.kind}
            title={`${line.projects} 个项目需要，${line.short} 个有缺口，逾期 ${line.overdue} 项`}
            onClick={() => onKind(kind === line.kind ? null : line.kind)}
          >
            {FACTOR_KINDS.find(({ value }) => value === line.kind)?.label}{' '}
            <b className={line.short > 0 ? 'cell-late' : ''}>{gapWords(line.gaps)}</b>
          </button>
        ))}
    </fieldset>
  );
}

/** 要素保障 (C6): needed, obtained, gap, department, deadline. */
export function FactorListView({ projectId, open }: ListProps) {
  const { data } = useQuery({
    ...api.factors.factors.queryOptions({ input: scope(projectId) }),
    placeholderData: keepPreviousData,
  });
  const [kind, setKind] = useKept<string | null>('factors.kind', null);
  const shown = projectId === undefined ? kind : null;
  const rows = useMemo(
    () => (shown === null ? data?.rows : data?.rows.filter((row) => row.kind === shown)),
    [data, shown],
  );
  const columns = useMemo((): readonly GridColumn<FactorRow>[] => {
    const { fields } = dictionary.factor;
    return [
      ...projectColumns<FactorRow>(open),
      ...fieldsOf<typeof fields, FactorRow>(fields, ['kind', 'item']),
      { key: 'measure', field: fields.measure, width: 92 },
      ...fieldsOf<typeof fields, FactorRow>(fields, ['needed', 'obtained']),
      {
        key: 'gap',
        label: '缺口',
        kind: 'number',
        width: 90,
        total: 'none',
        value: (row) => row.gap,
        format: (value) => (typeof value === 'number' ? decimalText(value) : ''),
        cellClass: (row) => ((row.gap ?? 0) > 0 ? 'cell-late' : undefined),
        help: '需求减已落实',
      },
      dutyColumn<FactorRow>(),
      ...fieldsOf<typeof fields, FactorRow>(fields, ['department', 'personId', 'deadline', 'doneOn', 'note']),
    ];
  }, [open]);
  return (
    <ListView<FactorRow>
      entity="factor"
      list="factor"
      label="要素保障"
      addLabel="增加要素"
      emptyText="这里登记项目需要的土地、资金、用工、水、电、气、环境容量和征拆：需求、已落实、缺口、保障部门和时限。"
      columns={columns}
      rows={rows}
      projectId={projectId}
      fresh={() => ({ kind: shown ?? 'land', measure: shown === null || shown === 'land' ? '亩' : null })}
      titleOf={(row) => `${row.projectName} ${FACTOR_KINDS.find(({ value }) => value === row.kind)?.label ?? ''}`}
      head={
        projectId === undefined && data !== undefined ? (
          <SummaryChips summary={data.summary} kind={kind} onKind={setKind} />
        ) : null
      }
    />
  );
}

/** 专项组个案 (E7): the case book of each factor group. */
export function CaseListView({ projectId, open }: ListProps) {
  const { data } = useQuery({
    ...api.factors.cases.queryOptions({ input: scope(projectId) }),
    placeholderData: keepPreviousData,
  });
  const [group, setGroup] = useKept<string | null>('factors.group', null);
  const shown = projectId === undefined ? group : null;
  const rows = useMemo(() => (shown === null ? data : data?.filter((row) => row.group === shown)), [data, shown]);
  const columns = useMemo((): readonly GridColumn<FactorCaseRow>[] => {
    const { fields } = dictionary.factorCase;
    return [
      ...projectColumns<FactorCaseRow>(open),
      ...fieldsOf<typeof fields, FactorCaseRow>(fields, ['group', 'matter']),
      dutyColumn<FactorCaseRow>(),
      ...fieldsOf<typeof fields, FactorCaseRow>(fields, [
        'raisedOn',
        'department',
        'personId',
        'deadline',
        'doneOn',
        'result',
      ]),
    ];
  }, [open]);
  return (
    <ListView<FactorCaseRow>
      entity="factorCase"
      list="factorCase"
      label="要素个案"
      addLabel="增加个案"
      emptyText="这里是资金、土地、规划、环境四个专项组的个案台账：一事一条，定部门、定时限、写结果。"
      columns={columns}
      rows={rows}
      projectId={projectId}
      fresh={(today) => ({ group: shown ?? 'land', raisedOn: today })}
      titleOf={(row) => `${row.projectName} ${(row.matter ?? '').slice(0, 20)}`}
      head={
        projectId === undefined ? (
          <fieldset className="chip-group" aria-label="专项组">
            <button type="button" className="chip" aria-pressed={group === null} onClick={() => setGroup(null)}>
              全部 <b>{data?.length ?? 0}</b>
            </button>
            {FACTOR_GROUPS.map(({ value, label }) => {
              const own = (data ?? []).filter((row) => row.group === value);
              const late = own.filter((row) => row.state === 'overdue').length;
              return (
                <button
                  key={value}
                  type="button"
                  className="chip"
                  aria-pressed={group === value}
                  onClick={() => setGroup(group === value ? null : value)}
                >
                  {label} <b>{own.length}</b>
                  {late > 0 ? <span className="cell-late">，逾期 {late}</span> : null}
                </button>
              );
            })}
          </fieldset>
        ) : null
      }
    />
  );
}

/** 施工环境 (E5): obstruction cases with the responsible officer and the result. */
export function ObstructionListView({ projectId, open }: ListProps) {
  const { data } = useQuery({
    ...api.factors.obstructions.queryOptions({ input: scope(projectId) }),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo((): readonly GridColumn<ObstructionRow>[] => {
    const { fields } = dictionary.obstruction;
    return [
      ...projectColumns<ObstructionRow>(open),
      ...fieldsOf<typeof fields, ObstructionRow>(fields, ['happenedOn', 'kind', 'matter']),
      dutyColumn<ObstructionRow>(),
      ...fieldsOf<typeof fields, ObstructionRow>(fields, ['unitText', 'officerId', 'deadline', 'doneOn', 'result']),
    ];
  }, [open]);
  return (
    <ListView<ObstructionRow>
      entity="obstruction"
      list="obstruction"
      label="施工环境案件"
      addLabel="登记案件"
      emptyText="这里登记阻挠施工、强揽工程、乱收费等案件：处置单位、责任人、时限和结果。"
      columns={columns}
      rows={data}
      projectId={projectId}
      fresh={(today) => ({ happenedOn: today })}
      titleOf={(row) => `${row.projectName} ${row.happenedOn}`}
    />
  );
}

/** 融资 (E8): sources, banks, meetings, matched amounts. */
export function FinancingListView({ projectId, open }: ListProps) {
  const { data } = useQuery({
    ...api.factors.financing.queryOptions({ input: scope(projectId) }),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo((): readonly GridColumn<FinancingRow>[] => {
    const { fields } = dictionary.financing;
    return [
      ...projectColumns<FinancingRow>(open),
      ...fieldsOf<typeof fields, FinancingRow>(fields, ['source', 'bank', 'needed', 'matched', 'paid']),
      {
        key: 'gap',
        field: fields.needed,
        label: '缺口',
        editable: false,
        help: '融资需求减已对接',
        cellClass: (row) => ((row.gap ?? 0) > 0 ? 'cell-late' : undefined),
      },
      ...fieldsOf<typeof fields, FinancingRow>(fields, ['meetingOn', 'meeting', 'deadline', 'note', 'contact']),
    ];
  }, [open]);
  return (
    <ListView<FinancingRow>
      entity="financing"
      list="financing"
      label="融资对接"
      addLabel="增加融资对接"
      emptyText="这里登记项目的融资渠道和银行：需求、对接会、已对接、已到账。"
      columns={columns}
      rows={data}
      projectId={projectId}
      totals
      fresh={() => ({ source: 'loan' })}
      titleOf={(row) => `${row.projectName} ${row.bank ?? ''}`}
    />
  );
}
