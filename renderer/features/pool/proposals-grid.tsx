import { Button } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { PoolProposal } from '../../../shared/contract/pool.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { moneyText } from '../../../shared/domain/money.ts';
import { RowStrip } from '../../components/row-strip.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

const { fields } = dictionary.poolAdjustment;
const { fields: projectFields } = dictionary.project;

const columns: readonly GridColumn<PoolProposal>[] = [
  { key: 'kind', field: fields.kind, pinned: 'left' },
  { key: 'name', label: '项目名称', width: 270, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 84 },
  { key: 'list', field: fields.list },
  { key: 'stage', field: projectFields.stage },
  { key: 'totalInvestment', field: projectFields.totalInvestment, width: 100 },
  { key: 'annualPlan', field: projectFields.annualPlan, width: 116 },
  { key: 'reason', label: '理由', width: 420, tooltip: (row) => row.reason },
  {
    key: 'candidate',
    label: '可替换项目',
    width: 260,
    value: (row) => row.candidates[0]?.name ?? '',
    tooltip: (row) => row.candidates.map((each) => `${each.name} ${moneyText(each.totalInvestment)}`).join('\n'),
  },
];

interface ProposalsGridProps {
  readonly proposals: readonly PoolProposal[];
  readonly periods: readonly string[];
  readonly loading: boolean;
  readonly canAdd: boolean;
  onAdd(chosen: readonly PoolProposal[]): Promise<void>;
}

/** 调整建议: what the figures say, to be ticked and taken into the run. */
export function ProposalsGrid({ proposals, periods, loading, canAdd, onAdd }: ProposalsGridProps) {
  const [, navigate] = useLocation();
  const [ticked, setTicked] = useState<readonly PoolProposal[]>([]);
  const [active, setActive] = useState<PoolProposal | null>(null);
  return (
    <>
      <div className="pool-bar">
        <span className="quiet">
          按 {periods.join('、')} 的进度、阶段和储备情况提出；勾选后列入本批，仍可逐条修改。
        </span>
        <span style={{ flex: 1 }} />
        {canAdd ? (
          <Button type="primary" disabled={ticked.length === 0} onClick={() => void onAdd(ticked)}>
            列入本批（{ticked.length}）
          </Button>
        ) : null}
      </div>
      <div className="pool-grid">
        <LedgerGrid<PoolProposal>
          label="调整建议"
          storageKey="pool-proposals"
          columns={columns}
          rows={proposals}
          readOnly
          selectable={canAdd}
          loading={loading}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.projectId}`)}
          onSelectionChange={setTicked}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          emptyText="没有需要调整的项目。"
        />
      </div>
      <RowStrip hint="选中一行，这里显示理由和可替换项目。">
        {active === null ? null : (
          <span className="row-strip-text">
            {active.reason}
            {active.candidates.length > 0
              ? `　可替换：${active.candidates.map((each) => `${each.name}（${each.unitName}，${moneyText(each.totalInvestment)}）`).join('；')}`
              : active.kind === 'drop'
                ? '　没有规模相当、年度计划不低于本项目的替换项目'
                : ''}
          </span>
        )}
      </RowStrip>
    </>
  );
}
