import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { InstructionLine } from '../../../shared/contract/teams.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { INSTRUCTION_STATES } from '../../../shared/domain/instruction.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { AddButton, VoidButton } from '../../components/row-buttons.tsx';
import '../../components/row-findings.css';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';
import { InstructionDialog } from './instruction-dialog.tsx';
import './teams.css';

const { fields } = dictionary.leaderInstruction;

const columns: readonly GridColumn<InstructionLine>[] = [
  { key: 'leaderId', field: fields.leaderId },
  { key: 'givenOn', field: fields.givenOn },
  { key: 'content', field: fields.content },
  {
    key: 'state',
    label: '状态',
    width: 100,
    value: (line) => INSTRUCTION_STATES[line.state],
    cellClass: (line) => (line.state === 'late' ? 'cell-late' : line.state === 'untold' ? 'cell-question' : undefined),
  },
  { key: 'unitText', field: fields.unitText },
  { key: 'deadline', field: fields.deadline },
  { key: 'liaisonId', field: fields.liaisonId },
  { key: 'reportedOn', field: fields.reportedOn },
  {
    key: 'followedBy',
    label: '督查跟办人',
    width: 96,
    value: (line) => line.followedBy,
    lockedReason: '由督查问责办在“督查问责办”中登记',
  },
  { key: 'doneOn', field: fields.doneOn },
  { key: 'result', field: fields.result },
];

const withProject: readonly GridColumn<InstructionLine>[] = [
  { key: 'projectName', label: '项目名称', width: 230, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 84 },
  ...columns,
];

interface InstructionsProps {
  readonly rows: readonly InstructionLine[];
  /** On the page of one project. */
  readonly projectId?: string;
}

/** 领导指示 (C3): what hooked-up leaders asked for, told by the liaison, followed up by the inspection office. */
export function Instructions({ rows, projectId }: InstructionsProps) {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const refs = useRefs();
  const saver = useSave();
  const [adding, setAdding] = useState(false);
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = useMemo(() => rows.find(({ id }) => id === activeId) ?? null, [rows, activeId]);
  return (
    <>
      <div className="team-bar">
        <AddButton label="登记领导指示" onClick={() => setAdding(true)} />
        <VoidButton entity="leaderInstruction" id={active?.id ?? null} name={active?.content ?? ''} />
        <span className="quiet">联络员报领导小组办公室后填反馈日期；督查问责办在自己的事项中跟办。</span>
      </div>
      <div className="team-grid">
        <LedgerGrid<InstructionLine>
          label="领导指示"
          storageKey={projectId === undefined ? 'instructions' : 'project-instructions'}
          columns={projectId === undefined ? withProject : columns}
          rows={rows}
          refs={refs}
          today={today}
          {...(projectId === undefined
            ? {
                openLabel: '打开项目页',
                onOpenRow: (line: InstructionLine) => navigate(`/projects/${line.projectId}`),
              }
            : {})}
          onEdit={(edits, title) => saver.saveCells('leaderInstruction', edits, title)}
          onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
          emptyText="还没有领导指示。挂点领导对项目提出的指示和要求登记在这里，一条一行。"
        />
      </div>
      {adding ? (
        <InstructionDialog
          {...(projectId === undefined ? {} : { projectId })}
          saver={saver}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
