import type { InferContractRouterOutputs } from '@orpc/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType } from 'antd';
import type { reportsContract, UnitState, UnitStatus } from '../../../shared/contract/reports.ts';
import { api } from '../../app/api.ts';
import { Requests, useReview } from './review-panel.tsx';

type Overview = InferContractRouterOutputs<typeof reportsContract>['overview'];
type Matrix = InferContractRouterOutputs<typeof reportsContract>['received'];

const PERIODS = 6;

/** Shape first, so that a black-and-white print tells them apart. */
const MARKS: Readonly<Record<UnitState, string>> = {
  reported: '✓',
  late: '◐',
  partial: '◔',
  missing: '✗',
  open: '…',
  none: '—',
};

function instantText(ms: number): string {
  const at = new Date(ms);
  return `${at.getMonth() + 1}月${at.getDate()}日 ${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
}

function names(units: readonly UnitStatus[], state: UnitState): string {
  return units
    .filter((unit) => unit.state === state)
    .map((unit) => unit.unitName)
    .join('、');
}

function Card({
  label,
  count,
  unit,
  detail,
  alert = false,
}: {
  label: string;
  count: number;
  unit: string;
  detail?: string;
  alert?: boolean;
}) {
  return (
    <div className={alert && count > 0 ? 'reports-card alert' : 'reports-card'}>
      <div className="reports-card-label">{label}</div>
      <div className="reports-card-count">
        {count}
        <small>{unit}</small>
      </div>
      <div className="reports-card-detail" title={detail}>
        {detail}
      </div>
    </div>
  );
}

/** 报送情况: the counts of one period, and unit by period over the last six. A cell opens the unit's rows. */
export function Received({
  overview,
  onOpen,
}: {
  readonly overview: Overview;
  readonly onOpen: (unitId: string, period: string) => void;
}) {
  const { units, totals, period } = overview;
  const matrix = useQuery({
    ...api.reports.received.queryOptions({ input: { kind: 'tenDay', period: period.key, count: PERIODS } }),
    placeholderData: keepPreviousData,
  });
  const { busy, review, withdraw } = useReview(period.key);
  const complete = units.filter(
    (unit) => unit.reviewed === null && (unit.state === 'reported' || unit.state === 'late'),
  );
  const reviewed = units.filter((unit) => unit.reviewed !== null);
  const cell = (status: UnitStatus, key: string) => (
    <button
      type="button"
      className={`reports-cell ${status.state}`}
      onClick={() => onOpen(status.unitId, key)}
      title={
        status.submittedAt === null
          ? status.stateText
          : `${status.reviewed === null ? '' : `已审核（${instantText(status.reviewed.at)} ${status.reviewed.operator}），`}${status.stateText}，${instantText(status.submittedAt)} ${status.operator ?? ''}，应报 ${status.expected} 项，已报 ${status.reported} 项`
      }
    >
      <span aria-hidden>{MARKS[status.state]}</span> {status.stateText}
      {status.state === 'none' || status.state === 'open' ? null : (
        <small>
          {status.reported}/{status.expected}
        </small>
      )}
      {status.doubled > 0 ? (
        <small className="corrected" title="同一项目同一期收到两份，各不知道对方；现用后一份，两份都在项目的旬报历史里">
          两份{status.doubled}
        </small>
      ) : null}
      {status.reviewed === null ? null : <small>已审核</small>}
      {status.requests > 0 ? <small className="corrected">更正申请{status.requests}</small> : null}
      {status.corrected > 0 ? <small className="corrected">更正{status.corrected}</small> : null}
    </button>
  );
  type MatrixRow = Matrix['units'][number];
  const columns: TableColumnsType<MatrixRow> = [
    {
      key: 'unit',
      title: '责任单位',
      fixed: 'left',
      width: 150,
      render: (_: unknown, row: MatrixRow) =>
        row.cells.some(({ incomplete }) => incomplete) ? (
          <span title="该单位有交换文件没有收到（见“交换 → 往来单位”的缺号），请对方重新导出">
            {row.unitName}
            <br />
            <small className="incomplete">数据不完整</small>
          </span>
        ) : (
          row.unitName
        ),
    },
    ...(matrix.data?.periods ?? []).map((each, index) => ({
      key: each.key,
      title: each.key === period.key ? <b>{each.label}</b> : each.label,
      width: 146,
      render: (_: unknown, row: MatrixRow) => {
        const status = row.cells[index];
        return status === undefined ? null : cell(status, each.key);
      },
    })),
    {
      key: 'review',
      title: '本期审核',
      fixed: 'right',
      width: 92,
      render: (_: unknown, row: MatrixRow) => {
        const status = units.find((unit) => unit.unitId === row.unitId);
        if (status === undefined) return '—';
        const { reviewed } = status;
        if (reviewed !== null)
          return (
            <Button
              type="link"
              size="small"
              disabled={busy}
              title={`${instantText(reviewed.at)} ${reviewed.operator} 审核`}
              onClick={() => void withdraw(status)}
            >
              取消审核
            </Button>
          );
        return (
          <Button
            type="link"
            size="small"
            disabled={busy || status.reported === 0}
            title={status.reported === 0 ? '报送以后才能审核' : '审核后该单位再报的为更正申请'}
            onClick={() => review([status])}
          >
            审核
          </Button>
        );
      },
    },
  ];
  return (
    <>
      <div className="reports-cards">
        <Card
          label="应报单位"
          count={totals.units}
          unit="个"
          detail={`应报 ${totals.expectedProjects} 项，已报 ${totals.reportedProjects} 项`}
        />
        <Card label="按时报送" count={totals.reported} unit="个" detail={names(units, 'reported')} />
        <Card label="迟报" count={totals.late} unit="个" detail={names(units, 'late')} />
        <Card label="部分报送" count={totals.partial} unit="个" detail={names(units, 'partial')} alert />
        {period.overdue ? (
          <Card label="未报" count={totals.missing} unit="个" detail={names(units, 'missing')} alert />
        ) : (
          <Card label="尚未报送（未到期）" count={totals.open} unit="个" detail={names(units, 'open')} />
        )}
        <Card
          label="有更正"
          count={totals.corrected}
          unit="个"
          detail={units
            .filter((unit) => unit.corrected > 0)
            .map((unit) => unit.unitName)
            .join('、')}
        />
      </div>
      <div className="reports-review">
        <span>
          {period.label}：已审核 <b>{reviewed.length}</b> 个单位
          {complete.length > 0 ? `，报齐待审核 ${complete.length} 个` : ''}
        </span>
        <Button size="small" disabled={complete.length === 0 || busy} onClick={() => review(complete)}>
          审核全部报齐的单位
        </Button>
      </div>
      <Requests period={period.key} decides />
      <div className="page-body">
        <Table<MatrixRow>
          size="small"
          rowKey="unitId"
          sticky
          pagination={false}
          loading={matrix.isPending}
          columns={columns}
          dataSource={matrix.data?.units ?? []}
          locale={{ emptyText: '还没有责任单位。请先在“组织”中登记单位，再在“交换”中为各县区办理入网。' }}
        />
        <p className="quiet">按报送时间与当期截止时间判定迟报；点开任一格看该单位当期数据。</p>
      </div>
    </>
  );
}
