import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { FillField, PeriodInfo, SheetRow } from '../../../shared/contract/reports.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { SEVERITY_NAMES } from '../../../shared/domain/report-check.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { PeriodPhotos } from '../../components/photos/period-photos.tsx';
import { RowStrip } from '../../components/row-strip.tsx';
import { type CellEdit, type EditOutcome, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';
import { sheetColumns } from './sheet-columns.tsx';

/** What the page asks of the grid. */
export interface SheetApi {
  goTo(projectId: string, field: string): void;
}

interface SheetGridProps {
  readonly period: PeriodInfo;
  readonly rows: readonly SheetRow[];
  readonly mayFill: boolean;
  readonly correcting: boolean;
  readonly manyUnits: boolean;
  readonly search: string;
  readonly empty: string;
  readonly apiRef?: Ref<SheetApi>;
}

/** '5月上旬'. */
function lastLabelOf(rows: readonly SheetRow[]): string {
  const label = rows.find((row) => row.previous !== null)?.previous?.label;
  return label?.replace(/^\d+年/u, '') ?? '上期';
}

/** The filling grid: last period's figures beside each field, findings in the row as they arise. */
export function SheetGrid(props: SheetGridProps) {
  const { period, rows, mayFill, correcting, manyUnits } = props;
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const grid = useRef<LedgerGridApi<SheetRow>>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const lastLabel = lastLabelOf(rows);
  const { data: counts } = useQuery(api.attachments.counts.queryOptions({ input: { period: period.key } }));
  const photos = useMemo(() => new Map((counts ?? []).map((each) => [each.projectId, each.count])), [counts]);
  const columns = useMemo(
    () => sheetColumns({ mayFill, correcting, manyUnits, lastLabel, photos }),
    [mayFill, correcting, manyUnits, lastLabel, photos],
  );
  const active = rows.find((row) => row.id === activeId) ?? null;
  useImperativeHandle(props.apiRef, () => ({
    goTo(projectId, field) {
      grid.current?.clearFilters();
      grid.current?.focusCell(projectId, field);
    },
  }));

  const save = async (edits: readonly CellEdit[], title: string): Promise<EditOutcome> => {
    try {
      const result = await ledger.reports.fill({
        kind: period.kind,
        period: period.key,
        correcting,
        title: `${title}（${period.title.replace(/^\d+年/u, '')}）`.slice(0, 120),
        edits: edits.map((edit) => ({ projectId: edit.rowId, field: edit.key as FillField, value: edit.value })),
      });
      const [first] = result.suggested;
      if (first !== undefined) {
        const one = `自年初累计按“上期累计＋本旬完成”填为 ${formatMoney(first.value, '万元', 'exact')} 万元，可以修改`;
        const text =
          result.suggested.length === 1
            ? one
            : `有 ${result.suggested.length} 格自年初累计按“上期累计＋本旬完成”自动填入，可以修改`;
        grid.current?.notify({ kind: 'info', text });
        grid.current?.flash(result.suggested.map((each) => ({ rowId: each.projectId, key: each.field })));
      }
      return { ok: true };
    } catch (error) {
      return { ok: false, message: messageOf(error) };
    }
  };

  return (
    <>
      <div className="reports-grid">
        <LedgerGrid<SheetRow>
          columns={columns}
          rows={rows}
          storageKey={`reports.sheet.${manyUnits ? 'many' : 'one'}`}
          label={period.title}
          totals
          quickSearch={props.search}
          readOnly={!mayFill}
          onEdit={save}
          today={today}
          openLabel="打开项目页"
          onOpenRow={(row) => navigate(`/projects/${row.id}`)}
          onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText={props.empty}
          apiRef={grid}
        />
      </div>
      <RowStrip
        hint={
          mayFill
            ? '可直接填写，也可从 Excel 复制一块粘贴。选中一行，这里显示校验结果。'
            : '选中一行，这里显示校验结果。'
        }
      >
        {active === null ? null : (
          <>
            <strong>{active.name}</strong>
            <PeriodPhotos
              key={active.id}
              projectId={active.id}
              projectName={active.name}
              period={period.key}
              periodLabel={period.label}
            />
            <Findings row={active} goTo={(field) => grid.current?.focusCell(active.id, field)} />
          </>
        )}
      </RowStrip>
    </>
  );
}

function Findings({ row, goTo }: { readonly row: SheetRow; readonly goTo: (field: string) => void }) {
  if (row.findings.length === 0) {
    const none = row.status === 'empty' ? '本期未填' : '没有发现问题';
    return <span className="quiet">{row.explanation === null ? none : `核实说明：${row.explanation}`}</span>;
  }
  return (
    <span className="row-strip-text reports-findings">
      {row.findings.map((finding) => (
        <span key={finding.text}>
          <b className={finding.severity === 'error' ? 'report-error-text' : 'report-warn-text'}>
            {SEVERITY_NAMES[finding.severity]}
          </b>
          {finding.text}
          <Button size="small" type="link" onClick={() => goTo(finding.field)}>
            转到该格
          </Button>
        </span>
      ))}
      {row.needsExplanation ? (
        <Button size="small" onClick={() => goTo('explanation')}>
          填核实说明
        </Button>
      ) : null}
    </span>
  );
}
