import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CalendarOutlined,
  DeleteOutlined,
  OrderedListOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Spin } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { ChainLinkRow, MonthlyTaskRow } from '../../../shared/contract/chain.ts';
import { yearOf } from '../../../shared/domain/date.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { PrintButton } from '../../components/print-button.tsx';
import { FindingsStrip, useCheckedEdit } from '../../components/row-findings.tsx';
import { useKept } from '../../components/use-kept.ts';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { LedgerGrid, type LedgerGridApi, type Refs } from '../../grid/index.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { BreakDownDialog } from './break-down-dialog.tsx';
import './chain.css';
import { Gantt } from './gantt.tsx';
import { linkLabel, projectLinkColumns } from './link-columns.tsx';
import { Roadmap } from './roadmap.tsx';
import { taskColumns } from './task-columns.tsx';

type View = 'table' | 'roadmap' | 'gantt' | 'tasks';

const VIEWS: { value: View; label: string }[] = [
  { value: 'table', label: '环节表' },
  { value: 'roadmap', label: '路线图' },
  { value: 'gantt', label: '时间表' },
  { value: 'tasks', label: '任务分解' },
];

interface TableProps {
  readonly projectId: string;
  readonly links: readonly ChainLinkRow[];
  readonly refs: Refs;
}

function LinkTable({ projectId, links, refs }: TableProps) {
  const { today } = useLedger();
  const saver = useSave();
  const grid = useRef<LedgerGridApi<ChainLinkRow>>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [applying, setApplying] = useState(false);
  const edit = useCheckedEdit('link');
  const at = links.findIndex((link) => link.id === activeId);
  const active = links[at];
  const withLinks = useMemo(
    (): Refs => ({ ...refs, link: { options: links.map((link) => ({ id: link.id, label: link.name })) } }),
    [refs, links],
  );

  const add = async (): Promise<void> => {
    const id = newId();
    const last = links.at(-1);
    const sequence = Math.max(0, ...links.map((link) => link.sequence ?? 0)) + 1;
    const set = { projectId, name: '新环节', sequence, predecessorId: last?.id ?? null };
    const outcome = await saver.save('增加环节', [{ entity: 'link', id, set }]);
    if (outcome.ok) setTimeout(() => grid.current?.focusCell(id, 'name'), 250);
  };
  const shift = (by: -1 | 1): void => {
    const order = links.map((link) => link.id);
    const [own, other] = [order[at], order[at + by]];
    if (own === undefined || other === undefined) return;
    order[at + by] = own;
    order[at] = other;
    void saver.run(() => ledger.chain.setOrder({ projectId, ids: order }));
  };
  const remove = (): void => {
    if (active === undefined) return;
    const title = `作废环节“${active.name}”`;
    const freed = links
      .filter((link) => link.predecessorId === active.id)
      .map((link) => ({ entity: 'link', id: link.id, set: { predecessorId: active.predecessorId } }) as const);
    void saver.act(title, [{ entity: 'link', id: active.id, set: { voided: 1 } }, ...freed], `已${title}`);
  };
  return (
    <>
      <div className="bar">
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => void add()}>
          增加环节
        </Button>
        <Button icon={<OrderedListOutlined aria-hidden />} onClick={() => setApplying(true)}>
          套用模板
        </Button>
        <Button icon={<ArrowUpOutlined aria-hidden />} disabled={at <= 0} onClick={() => shift(-1)}>
          上移
        </Button>
        <Button
          icon={<ArrowDownOutlined aria-hidden />}
          disabled={at < 0 || at >= links.length - 1}
          onClick={() => shift(1)}
        >
          下移
        </Button>
        <Button icon={<DeleteOutlined aria-hidden />} disabled={active === undefined} onClick={remove}>
          作废环节
        </Button>
      </div>
      <div className="grow">
        <LedgerGrid<ChainLinkRow>
          apiRef={grid}
          label="推进链条"
          storageKey="project-chain"
          columns={projectLinkColumns}
          rows={links}
          refs={withLinks}
          today={today}
          onEdit={edit}
          onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText={
            '这里登记项目从前期到投产的各个环节：责任单位、责任人、办理时限、前置环节。\n点“套用模板”一次排好，或“增加环节”逐个登记。'
          }
        />
      </div>
      <FindingsStrip
        row={active === undefined ? null : { title: active.name, findings: active.findings }}
        labels={linkLabel}
        hint="选中一个环节，这里说明它有没有疑点。"
      />
      <ApplyDialog open={applying} projectId={projectId} onClose={() => setApplying(false)} />
    </>
  );
}

interface TasksProps {
  readonly projectId: string;
  readonly year: number;
  readonly tasks: readonly MonthlyTaskRow[];
  readonly total: number;
  readonly plan: number | null;
}

function sumWords(total: number, plan: number | null): string {
  const sum = `各月合计 ${formatMoney(total, '万元', 'exact')} 万元`;
  if (plan === null) return `${sum}，项目没有年度计划投资`;
  const gap = total - plan;
  if (gap === 0) return `${sum}，与年度计划一致`;
  return `${sum}，比年度计划${gap > 0 ? '多' : '少'} ${formatMoney(Math.abs(gap), '万元', 'exact')} 万元`;
}

function TaskTable({ projectId, year, tasks, total, plan }: TasksProps) {
  const { today } = useLedger();
  const saver = useSave();
  const [dividing, setDividing] = useState(false);
  const [active, setActive] = useState<MonthlyTaskRow | null>(null);
  const edit = useCheckedEdit('monthlyTask');
  const add = (): void => {
    const taken = new Set(tasks.map((task) => task.month));
    const free = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`).find(
      (month) => !taken.has(month),
    );
    if (free === undefined) return;
    void saver.save('增加月度任务', [{ entity: 'monthlyTask', id: newId(), set: { projectId, month: free } }]);
  };
  const remove = (): void => {
    if (active === null) return;
    const title = `作废 ${active.month} 的任务`;
    void saver.act(title, [{ entity: 'monthlyTask', id: active.id, set: { voided: 1 } }], `已${title}`);
  };
  return (
    <>
      <div className="bar">
        <Button icon={<CalendarOutlined aria-hidden />} onClick={() => setDividing(true)}>
          分解到月
        </Button>
        <Button icon={<PlusOutlined aria-hidden />} disabled={tasks.length >= 12} onClick={add}>
          增加一个月
        </Button>
        <Button icon={<DeleteOutlined aria-hidden />} disabled={active === null} onClick={remove}>
          作废
        </Button>
        <span className={total === plan ? 'quiet' : 'cell-soon'}>{sumWords(total, plan)}</span>
      </div>
      <div className="grow">
        <LedgerGrid<MonthlyTaskRow>
          label="月度任务"
          storageKey="project-tasks"
          columns={taskColumns}
          rows={tasks}
          today={today}
          totals
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText="这里把年度目标分到各月：计划投资、当月任务、完成情况。点“分解到月”按年度计划分好，再逐月修改。"
        />
      </div>
      <BreakDownDialog open={dividing} projectId={projectId} onClose={() => setDividing(false)} />
    </>
  );
}

/** 推进链条 of one project: table, 路线图, 时间表, 任务分解 as views of the same rows (A5, C12, E1). */
export function ProjectChainTab({ projectId }: { readonly projectId: string }) {
  const { today } = useLedger();
  const refs = useRefs();
  const [view, setView] = useKept<View>('chain.project.view', 'table');
  const year = yearOf(today);
  const { data, error } = useQuery({
    ...api.chain.project.queryOptions({ input: { id: projectId, year } }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin />;
  return (
    <div className="view">
      <div className="bar">
        <Segmented<View> aria-label="看法" options={VIEWS} value={view} onChange={setView} />
        <span className="quiet">{data.annualGoal === null ? '' : `年度目标：${data.annualGoal}`}</span>
        <span className="spring" />
        <PrintButton
          title="打印时间表、路线图、任务分解表"
          fileName={`${data.name} 推进链条`}
          disabled={data.links.length === 0}
          load={() => ledger.chain.projectPaper({ id: projectId, year })}
        />
      </div>
      {view === 'table' ? <LinkTable projectId={projectId} links={data.links} refs={refs} /> : null}
      {view === 'roadmap' ? (
        <div className="grow panel">
          <Roadmap links={data.links} />
        </div>
      ) : null}
      {view === 'gantt' ? (
        <div className="grow" style={{ overflow: 'auto' }}>
          <Gantt links={data.links} today={today} />
        </div>
      ) : null}
      {view === 'tasks' ? (
        <TaskTable
          projectId={projectId}
          year={year}
          tasks={data.tasks}
          total={data.tasksTotal}
          plan={data.annualPlan}
        />
      ) : null}
    </div>
  );
}
