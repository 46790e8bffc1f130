import { CheckOutlined, DeleteOutlined, PlusOutlined, PrinterOutlined, SwapOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Popover, Segmented, Select } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { AdjustmentLine, BatchSheet, PoolFinding, PoolOverview } from '../../../shared/contract/pool.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { PrintDialog } from '../../components/print-dialog.tsx';
import { RowStrip } from '../../components/row-strip.tsx';
import { useRefs } from '../../components/use-refs.ts';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';
import { AddDialog } from './add-dialog.tsx';
import { ApproveBatch, ExecuteBatch } from './approve-batch.tsx';
import { CandidateDialog } from './candidate-dialog.tsx';
import { ProposalsGrid } from './proposals-grid.tsx';

const { fields } = dictionary.poolAdjustment;
const { fields: projectFields } = dictionary.project;
type Line = AdjustmentLine & { readonly hint: string };

const wan = (yuan: number): string => formatMoney(yuan, '万元', 'exact');

const columns: readonly GridColumn<Line>[] = [
  { key: 'kind', field: fields.kind, editable: false, pinned: 'left' },
  { key: 'name', label: '项目名称', width: 250, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 84 },
  { key: 'list', field: fields.list, editable: false },
  { key: 'state', field: fields.state, editable: false },
  {
    key: 'hint',
    label: '提示',
    width: 190,
    value: (line) => line.hint,
    cellClass: (line) => (line.hint === '' ? undefined : 'cell-question'),
    tooltip: (line) => line.hint,
  },
  { key: 'totalInvestment', field: projectFields.totalInvestment, editable: false, width: 100 },
  { key: 'annualPlan', field: projectFields.annualPlan, editable: false, width: 116 },
  { key: 'replacementName', label: '替换项目', width: 210, lockedReason: '请用“选替换”' },
  {
    key: 'percent',
    label: '规模相差',
    width: 88,
    kind: 'number',
    unit: '%',
    value: (line) => line.percent,
    format: (value) => (typeof value === 'number' ? `${value > 0 ? '+' : ''}${value.toFixed(1)}` : ''),
  },
  {
    key: 'reason',
    field: fields.reason,
    width: 260,
    editable: (line) => line.state === 'proposed',
    lockedReason: '已批准的理由不再修改',
  },
  { key: 'approvedBy', field: fields.approvedBy, editable: false },
  { key: 'approvedOn', field: fields.approvedOn, editable: false },
  { key: 'approvalNote', field: fields.approvalNote, editable: false },
  { key: 'effectiveOn', field: fields.effectiveOn, editable: false },
];

function Changes({ sheet }: { readonly sheet: BatchSheet }) {
  if (sheet.changes.length === 0) return null;
  return (
    <div className="pool-changes" role="status">
      {sheet.changes.map((change) => (
        <span key={change.list} className={change.problem === null ? undefined : 'bad'}>
          {change.label}：{change.before.count} → {change.after.count} 个，年度计划 {wan(change.before.annualPlan)} →{' '}
          {wan(change.after.annualPlan)} 万元
          {change.excused.count > 0 ? `（竣工、升级 ${change.excused.count} 个不计减少）` : ''}
          {change.problem === null ? '' : '，不得减少'}
        </span>
      ))}
    </div>
  );
}

function hintsOf(findings: readonly PoolFinding[]): ReadonlyMap<string, string> {
  const hints = new Map<string, string>();
  for (const finding of findings)
    hints.set(finding.id, [hints.get(finding.id), finding.reason].filter(Boolean).join('；'));
  return hints;
}

/** 调整批次: the run of this half month or quarter, from suggestion to approval to done (B6, C9, D13). */
export function BatchTab({ overview, saver }: { readonly overview: PoolOverview; readonly saver: Saver }) {
  const isCity = useLedger().level === 'city';
  const [, navigate] = useLocation();
  const [batch, setBatch] = useState(overview.runs.halfMonth.key);
  const [view, setView] = useState<'batch' | 'proposals'>('batch');
  const [active, setActive] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'add' | 'approve' | 'execute' | 'candidate' | 'print' | null>(null);
  const grid = useRef<LedgerGridApi<Line>>(null);
  const refs = useRefs();
  const { data: sheet, error } = useQuery({
    ...api.pool.batch.queryOptions({ input: { batch } }),
    placeholderData: keepPreviousData,
  });
  const proposals = useQuery(api.pool.proposals.queryOptions({ input: {} }));
  const paper = useQuery({
    ...api.pool.paper.queryOptions({ input: { batch } }),
    enabled: dialog === 'print',
    gcTime: 0,
  });
  const options = useMemo(() => {
    const known = [overview.runs.halfMonth, overview.runs.quarter];
    const others = overview.batches.filter((each) => !known.some((run) => run.key === each.key));
    return [
      { value: known[0]?.key ?? '', label: `本半月：${known[0]?.label ?? ''}` },
      { value: known[1]?.key ?? '', label: `本季度：${known[1]?.label ?? ''}` },
      ...others.map((each) => ({ value: each.key, label: `${each.label}（已调整 ${each.done}）` })),
    ];
  }, [overview]);
  const rows = useMemo(() => {
    const hints = hintsOf(sheet?.findings ?? []);
    return (sheet?.lines ?? []).map((line): Line => ({ ...line, hint: hints.get(line.id) ?? '' }));
  }, [sheet]);
  const line = rows.find((row) => row.id === active) ?? null;
  const inBatch = useMemo(() => new Set(rows.map((row) => `${row.list}:${row.projectId}`)), [rows]);
  const fresh = useMemo(
    () => (proposals.data?.proposals ?? []).filter((each) => !inBatch.has(`${each.list}:${each.projectId}`)),
    [proposals.data, inBatch],
  );
  const proposed = rows.filter((row) => row.state === 'proposed').length;
  const approved = rows.filter((row) => row.state === 'approved').length;
  const stops = sheet?.findings.filter((finding) => finding.severity === 'stop') ?? [];
  const remove = (): void => {
    if (line === null) return;
    void saver.act(
      `从批次中去掉“${line.name}”`,
      [{ entity: 'poolAdjustment', id: line.id, set: { voided: 1 } }],
      `已去掉“${line.name}”`,
    );
  };
  const ofLine = sheet?.findings.filter((finding) => finding.id === active) ?? [];
  return (
    <div className="pool-column">
      <div className="pool-bar">
        <Select<string> aria-label="批次" style={{ width: 240 }} value={batch} options={options} onChange={setBatch} />
        <Segmented<'batch' | 'proposals'>
          aria-label="显示"
          value={view}
          onChange={setView}
          options={[
            { value: 'batch', label: `本批（${rows.length}）` },
            { value: 'proposals', label: `调整建议（${fresh.length}）` },
          ]}
        />
        <Popover
          title="调整口径"
          trigger="click"
          content={overview.rule.map((clause) => <div key={clause}>{clause}</div>)}
        >
          <button type="button" className="link-button">
            调整口径
          </button>
        </Popover>
        <span className="quiet">{overview.window.open ? '窗口期开放' : '不在升级窗口期'}</span>
        <span style={{ flex: 1 }} />
        {isCity && view === 'batch' ? (
          <>
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => setDialog('add')}>
              列入项目
            </Button>
            <Button
              icon={<SwapOutlined aria-hidden />}
              disabled={line === null || line.kind !== 'replace' || line.state !== 'proposed'}
              onClick={() => setDialog('candidate')}
            >
              选替换
            </Button>
            <Button
              icon={<DeleteOutlined aria-hidden />}
              disabled={line === null || line.state === 'done'}
              onClick={remove}
            >
              去掉
            </Button>
          </>
        ) : null}
        {view === 'batch' ? (
          <Button
            icon={<PrinterOutlined aria-hidden />}
            disabled={rows.length === 0}
            onClick={() => setDialog('print')}
          >
            打印
          </Button>
        ) : null}
        {isCity && view === 'batch' && (proposed > 0 || approved === 0) ? (
          <Button
            type="primary"
            disabled={proposed === 0 || stops.length > 0}
            title={stops.length > 0 ? '先处理“提示”列中的问题' : '把批准人、日期和依据记下'}
            onClick={() => setDialog('approve')}
          >
            登记批准（{proposed}）
          </Button>
        ) : null}
        {isCity && view === 'batch' && approved > 0 ? (
          <Button
            type={proposed === 0 ? 'primary' : 'default'}
            icon={<CheckOutlined aria-hidden />}
            onClick={() => setDialog('execute')}
          >
            调整到位（{approved}）
          </Button>
        ) : null}
      </div>
      {error === null ? null : <div className="field-fault">{messageOf(error)}</div>}
      {view === 'batch' && sheet !== undefined ? <Changes sheet={sheet} /> : null}
      {view === 'batch' ? (
        <>
          <div className="pool-grid">
            <LedgerGrid<Line>
              apiRef={grid}
              label="调整批次"
              storageKey="pool-batch"
              columns={columns}
              rows={rows}
              refs={refs}
              readOnly={!isCity}
              openLabel="打开项目页"
              onOpenRow={(row) => navigate(`/projects/${row.projectId}`)}
              onEdit={(edits, title) => saver.saveCells('poolAdjustment', edits, title)}
              onActiveCellChange={(cell) => setActive(cell?.row.id ?? null)}
              emptyText="本批还没有调整。到“调整建议”中勾选列入，或用“列入项目”手工登记。"
            />
          </div>
          <RowStrip hint="选中一行，这里显示理由、规则提示和批准情况。">
            {line === null ? null : (
              <span className="row-strip-text">
                {ofLine.length > 0
                  ? ofLine.map((finding) => `${finding.reason}。${finding.cure}`).join('　')
                  : `${line.reason ?? ''}${line.approvedOn === null ? '' : `　${line.approvedBy ?? ''} ${line.approvedOn} 批准：${line.approvalNote ?? ''}`}`}
              </span>
            )}
          </RowStrip>
        </>
      ) : (
        <ProposalsGrid
          proposals={fresh}
          periods={proposals.data?.periods ?? []}
          loading={proposals.isPending}
          canAdd={isCity}
          onAdd={async (chosen) => {
            const done = await saver.run(
              () =>
                ledger.pool.add({
                  batch,
                  items: chosen.map((each) => ({
                    kind: each.kind,
                    projectId: each.projectId,
                    list: each.list,
                    replacementId: each.kind === 'replace' ? (each.candidates[0]?.id ?? null) : null,
                    reason: each.reason,
                  })),
                }),
              `已列入本批 ${chosen.length} 条`,
            );
            if (done) setView('batch');
          }}
        />
      )}
      {dialog === 'add' ? <AddDialog batch={batch} saver={saver} onClose={() => setDialog(null)} /> : null}
      {dialog === 'candidate' && line !== null ? (
        <CandidateDialog line={line} saver={saver} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'approve' && sheet !== undefined ? (
        <ApproveBatch
          batch={batch}
          label={sheet.label}
          count={proposed}
          saver={saver}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'execute' && sheet !== undefined ? (
        <ExecuteBatch
          batch={batch}
          label={sheet.label}
          count={approved}
          saver={saver}
          onClose={() => setDialog(null)}
        />
      ) : null}
      <PrintDialog
        open={dialog === 'print'}
        title="打印调整审批表"
        paper={paper.data}
        fault={paper.error === null ? null : messageOf(paper.error)}
        fileName={paper.data?.title ?? '调整审批表'}
        onClose={() => setDialog(null)}
      />
    </div>
  );
}
