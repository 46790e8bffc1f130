import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Spin } from 'antd';
import { useState } from 'react';
import type { PermitLine, SpecialPermitRow, StatisticsPaperRow } from '../../../shared/contract/permits.ts';
import { dictionary, STATISTICS_PAPERS } from '../../../shared/dictionary/index.ts';
import { JOINT_LIMIT } from '../../../shared/domain/permit-catalogue.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { FieldInput } from '../../components/field-input.tsx';
import { AddButton, VoidButton } from '../../components/row-buttons.tsx';
import { FindingsStrip, useCheckedEdit } from '../../components/row-findings.tsx';
import { useKept } from '../../components/use-kept.ts';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type Refs } from '../../grid/index.ts';
import { specialColumns } from './lists.tsx';
import { ParallelChart } from './parallel-chart.tsx';
import { permitColumns, permitLabel } from './permit-columns.tsx';
import { TONE_CLASS } from './permit-mark.tsx';
import './permits.css';
import { SetUpDialog } from './set-up-dialog.tsx';

type View = 'table' | 'parallel' | 'special' | 'statistics';
type Data = Awaited<ReturnType<typeof ledger.permits.project>>;

function PermitTable({
  projectId,
  permits,
  refs,
}: {
  readonly projectId: string;
  readonly permits: readonly PermitLine[];
  readonly refs: Refs;
}) {
  const { today } = useLedger();
  const [active, setActive] = useState<PermitLine | null>(null);
  const [opening, setOpening] = useState(false);
  const edit = useCheckedEdit('permit');
  const current = permits.find((permit) => permit.id === active?.id) ?? null;
  return (
    <>
      <div className="bar">
        <AddButton label="登记手续" onClick={() => setOpening(true)} />
        <VoidButton entity="permit" id={current?.id ?? null} name={current?.kindName ?? ''} />
        <span className="quiet">填实际上报为办理中，填实际批复为办结；受阻要写原因，容缺要写材料和承诺期限。</span>
      </div>
      <div className="grow">
        <LedgerGrid<PermitLine>
          label="手续"
          storageKey="project-permits"
          columns={permitColumns}
          rows={permits}
          refs={refs}
          today={today}
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText="这里登记项目要办的手续：计划和实际上报、批复的日期。点“登记手续”按目录排出计划。"
        />
      </div>
      <FindingsStrip
        row={current === null ? null : { title: `${current.kindName}：${current.words}`, findings: current.findings }}
        labels={permitLabel}
        hint="选中一项手续，这里说明它的进展和疑点。"
      />
      <SetUpDialog open={opening} projectId={projectId} onClose={() => setOpening(false)} />
    </>
  );
}

const jointFields = dictionary.jointApproval.fields;

function ClockPanel({
  projectId,
  joint,
  refs,
}: {
  readonly projectId: string;
  readonly joint: Data['joint'];
  readonly refs: Refs;
}) {
  const { today } = useLedger();
  const saver = useSave();
  if (joint === null) {
    const set = { projectId, startedOn: today, limitDays: JOINT_LIMIT };
    return (
      <div className="panel clock">
        <span className="quiet">
          还没有启动联审计时。启动后从次日起按工作日计算，总时限 {JOINT_LIMIT} 个工作日，可以改。
        </span>
        <Button
          onClick={() =>
            void saver.act('启动联审计时', [{ entity: 'jointApproval', id: newId(), set }], '已启动联审计时')
          }
        >
          今天启动
        </Button>
      </div>
    );
  }
  const { clock } = joint;
  const share = Math.min(1, clock.elapsed / Math.max(1, clock.limitDays));
  const color = clock.over > 0 ? '#c01c28' : clock.tone === 'soon' ? '#c98a1b' : '#1f4e8c';
  const save = async (key: string, value: string | number | null) => {
    const result = await ledger.records
      .saveCells({ entity: 'jointApproval', title: '修改联审计时', edits: [{ rowId: joint.id, key, value }] })
      .catch((error: unknown) => messageOf(error));
    if (typeof result === 'string') return { fault: result, applied: false };
    const [refused] = result.refused;
    return refused === undefined ? { fault: null, applied: true } : { fault: refused.reason, applied: false };
  };
  return (
    <div className="panel" style={{ padding: '4px 12px 10px' }}>
      <div className="clock" style={{ paddingInline: 0 }}>
        <strong className={TONE_CLASS[clock.tone]}>联审计时：{clock.words}</strong>
        <span
          className="clock-track"
          role="img"
          aria-label={`已用 ${clock.elapsed} 个，共 ${clock.limitDays} 个工作日`}
        >
          <span style={{ width: `${share * 100}%`, background: color }} />
        </span>
        <span className="quiet">
          {clock.startedOn} 启动，应于 {clock.due} 前办结
          {(joint.pausedDays ?? 0) > 0 ? `（停表 ${joint.pausedDays} 个工作日）` : ''}
        </span>
        <VoidButton entity="jointApproval" id={joint.id} name="" />
      </div>
      <div className="fields">
        {(['startedOn', 'limitDays', 'pausedDays', 'endedOn', 'note'] as const).map((key) => (
          <FieldInput
            key={`${joint.id}${key}`}
            field={jointFields[key]}
            value={joint[key]}
            refs={refs}
            today={today}
            onSave={(value) => save(key, value)}
          />
        ))}
      </div>
      {joint.findings.map((finding) => (
        <p key={finding.reason} className="cell-soon" style={{ margin: '4px 0 0' }}>
          {finding.reason}
        </p>
      ))}
    </div>
  );
}

function SpecialTable({
  projectId,
  specials,
}: {
  readonly projectId: string;
  readonly specials: readonly SpecialPermitRow[];
}) {
  const { today } = useLedger();
  const saver = useSave();
  const [active, setActive] = useState<SpecialPermitRow | null>(null);
  const edit = useCheckedEdit('specialPermit');
  const add = (): void => {
    const set = { projectId, state: 'applied', appliedOn: today };
    void saver.save('增加特许施工', [{ entity: 'specialPermit', id: newId(), set }]);
  };
  return (
    <>
      <div className="bar">
        <AddButton label="增加特许施工" onClick={add} />
        <VoidButton entity="specialPermit" id={active?.id ?? null} name={active?.season ?? ''} />
        <span className="quiet">采暖季等管控时段内继续施工的许可：范围、起止、文号。</span>
      </div>
      <div className="grow">
        <LedgerGrid<SpecialPermitRow>
          label="特许施工"
          storageKey="project-specials"
          columns={specialColumns}
          rows={specials}
          today={today}
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          emptyText="没有特许施工。"
        />
      </div>
    </>
  );
}

const paperFields = dictionary.statisticsPaper.fields;
const paperColumns: readonly GridColumn<StatisticsPaperRow>[] = [
  { key: 'kind', field: paperFields.kind, pinned: 'left', editable: false },
  {
    key: 'state',
    field: paperFields.state,
    cellClass: (row) => (row.state === 'missing' ? 'cell-late' : undefined),
  },
  { key: 'readyOn', field: paperFields.readyOn },
  { key: 'dueOn', field: paperFields.dueOn },
  { key: 'note', field: paperFields.note, width: 360 },
];

/** 入统材料 (D14): each paper there or missing, until when, and where the project stands. */
function Papers({ projectId, data }: { readonly projectId: string; readonly data: Data }) {
  const { today } = useLedger();
  const saver = useSave();
  const edit = useCheckedEdit('statisticsPaper');
  const [active, setActive] = useState<StatisticsPaperRow | null>(null);
  const { papers, statistics } = data;
  const current = papers.find((paper) => paper.id === active?.id) ?? null;
  const label = STATISTICS_PAPERS.find(({ value }) => value === current?.kind)?.label ?? '';
  return (
    <>
      <div className="bar">
        {papers.length < STATISTICS_PAPERS.length ? (
          <AddButton
            label="开列入统材料"
            onClick={() =>
              void saver.run(() => ledger.permits.openPapers({ projectIds: [projectId] }), '已开列入统材料')
            }
          />
        ) : null}
        <VoidButton entity="statisticsPaper" id={current?.id ?? null} name={label} />
        <strong className={statistics.standing === 'missing' ? 'cell-late' : ''}>{statistics.words}</strong>
      </div>
      <div className="grow">
        <LedgerGrid<StatisticsPaperRow>
          label="入统材料"
          storageKey="project-papers"
          columns={paperColumns}
          rows={papers}
          today={today}
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          emptyText="点“开列入统材料”列出要交的材料，逐项填齐备情况、备齐日期和补齐期限。"
        />
      </div>
    </>
  );
}

/** 手续 of one project: table, parallel picture with the joint clock, special permits, statistics papers. */
export function ProjectPermitsTab({ projectId }: { readonly projectId: string }) {
  const { today } = useLedger();
  const refs = useRefs();
  const [view, setView] = useKept<View>('permits.project.view', 'table');
  const { data, error } = useQuery({
    ...api.permits.project.queryOptions({ input: { id: projectId } }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin />;
  const done = data.permits.filter((permit) => permit.state === 'done').length;
  const needed = data.permits.filter((permit) => permit.state !== 'exempt').length;
  return (
    <div className="view">
      <div className="bar">
        <Segmented<View>
          aria-label="看法"
          value={view}
          onChange={setView}
          options={[
            { value: 'table', label: '手续表' },
            { value: 'parallel', label: '并联和计时' },
            { value: 'special', label: `特许施工${data.specials.length > 0 ? `（${data.specials.length}）` : ''}` },
            { value: 'statistics', label: '入统材料' },
          ]}
        />
        <span className="quiet">
          {needed === 0 ? '' : `${needed} 项手续，已办结 ${done} 项`}
          {data.joint === null ? '' : `；联审${data.joint.clock.words}`}
        </span>
      </div>
      {view === 'table' ? <PermitTable projectId={projectId} permits={data.permits} refs={refs} /> : null}
      {view === 'parallel' ? (
        <div className="grow view" style={{ overflow: 'auto' }}>
          <ClockPanel projectId={projectId} joint={data.joint} refs={refs} />
          <ParallelChart bars={data.bars} today={today} />
        </div>
      ) : null}
      {view === 'special' ? <SpecialTable projectId={projectId} specials={data.specials} /> : null}
      {view === 'statistics' ? <Papers projectId={projectId} data={data} /> : null}
    </div>
  );
}
