import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Spin } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { OutputLine, StageEventLine } from '../../../shared/contract/stages.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { stageName } from '../../../shared/domain/stage.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { VoidButton } from '../../components/row-buttons.tsx';
import '../../components/row-findings.css';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';
import { MoveDialog } from './move-dialog.tsx';

const event = dictionary.stageEvent.fields;
const output = dictionary.outputRecord.fields;

const eventColumns: readonly GridColumn<StageEventLine>[] = [
  {
    key: 'date',
    field: event.date,
    editable: false,
    lockedReason: '开工、竣工、投产、停工的日期有误，在“基本情况”中更正，这里随之改正；阶段有误请撤销后重登',
  },
  { key: 'from', field: event.from, editable: false },
  { key: 'to', field: event.to, editable: false },
  {
    key: 'evidence',
    field: event.evidence,
    width: 260,
    cellClass: (line) => (line.lacksEvidence ? 'cell-question' : undefined),
    tooltip: (line) => (line.lacksEvidence ? '这一步要有依据，请补填' : undefined),
  },
  { key: 'note', field: event.note, width: 300 },
  { key: 'operator', label: '登记人', width: 100, value: (line) => line.operator },
];

const outputColumns: readonly GridColumn<OutputLine>[] = [
  { key: 'month', field: output.month },
  { key: 'output', field: output.output },
  { key: 'tax', field: output.tax },
  { key: 'jobs', field: output.jobs },
  { key: 'capacity', field: output.capacity },
  { key: 'note', field: output.note },
];

/** The month after the last one told, else the month of today. */
function nextMonth(outputs: readonly OutputLine[], today: string): string {
  const last = outputs.at(-1)?.month;
  if (last === undefined) return today.slice(0, 7);
  const [year = 0, month = 0] = last.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** 阶段 (A6, D10): where the project stands, how it came there, what it yields since. */
export function StagesTab({ projectId }: { readonly projectId: string }) {
  const { today } = useLedger();
  const { data, error } = useQuery(api.stages.of.queryOptions({ input: { projectId } }));
  const saver = useSave();
  const outputs = useRef<LedgerGridApi<OutputLine>>(null);
  const [moving, setMoving] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const events = useMemo(() => [...(data?.events ?? [])].reverse(), [data?.events]);
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  const inProduction = data.stage === 'inProduction';
  const current = data.outputs.find((line) => line.id === active);
  const addMonth = async (): Promise<void> => {
    const id = newId();
    const month = nextMonth(data.outputs, today);
    const saved = await saver.save(`登记 ${month} 达产达效`, [
      { entity: 'outputRecord', id, set: { projectId, month } },
    ]);
    if (saved.ok) setTimeout(() => outputs.current?.focusCell(id, 'output'), 250);
  };
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      <div style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
        <span>
          当前阶段：<strong>{stageName(data.stage)}</strong>
        </span>
        <Button type="primary" disabled={data.locked !== null} onClick={() => setMoving(true)}>
          登记阶段变动
        </Button>
        <span className="quiet">{data.locked ?? `可以转为：${data.moves.map((move) => move.label).join('、')}`}</span>
        <span style={{ flex: 1 }} />
        {inProduction ? (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => void addMonth()}>
            登记月度产出
          </Button>
        ) : null}
      </div>
      <div style={{ flex: 1, minHeight: 120 }}>
        <LedgerGrid<StageEventLine>
          label="阶段变动"
          storageKey="stage-events"
          columns={eventColumns}
          rows={events}
          onEdit={(edits, title) => saver.saveCells('stageEvent', edits, title)}
          emptyText="还没有登记阶段变动。项目开工、停工、复工、竣工、投产时在上面登记，日期和依据随项目存档。"
        />
      </div>
      {inProduction || data.outputs.length > 0 ? (
        <div style={{ flex: 1, minHeight: 140, display: 'flex', flexDirection: 'column', gap: 4 }}>
          <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
            <strong>达产达效跟踪</strong>
            <VoidButton entity="outputRecord" id={current?.id ?? null} name={current?.month ?? ''} />
          </div>
          <div style={{ flex: 1, minHeight: 0 }}>
            <LedgerGrid<OutputLine>
              apiRef={outputs}
              label="达产达效"
              storageKey="stage-outputs"
              columns={outputColumns}
              rows={data.outputs}
              totals
              onEdit={(edits, title) => saver.saveCells('outputRecord', edits, title)}
              onActiveCellChange={(cell) => setActive(cell?.row.id ?? null)}
              emptyText="投产后逐月登记产值、税收、用工。"
            />
          </div>
        </div>
      ) : null}
      {moving ? <MoveDialog stages={data} onClose={() => setMoving(false)} /> : null}
    </div>
  );
}
