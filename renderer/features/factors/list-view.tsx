import { type ReactNode, useMemo, useState } from 'react';
import type { FactorList } from '../../../shared/contract/factors.ts';
import { fieldOf, type Value } from '../../../shared/dictionary/index.ts';
import type { ListEntity } from '../../../shared/domain/workbook/list-sheet.ts';
import { ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { ImportList } from '../../components/import-list.tsx';
import { NewRow } from '../../components/new-row.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { VoidButton } from '../../components/row-buttons.tsx';
import { FindingsStrip, markFindings, useCheckedEdit, type WithFindings } from '../../components/row-findings.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

interface Row extends WithFindings {
  readonly id: string;
}

interface ListViewProps<R extends Row> {
  readonly entity: ListEntity;
  readonly list: FactorList;
  readonly label: string;
  readonly addLabel: string;
  /** What belongs here and how to begin. */
  readonly emptyText: string;
  readonly columns: readonly GridColumn<R>[];
  readonly rows: readonly R[] | undefined;
  readonly projectId?: string | undefined;
  readonly totals?: boolean;
  /** Values of a new row of a project. */
  fresh(today: string): Readonly<Record<string, Value>>;
  titleOf(row: R): string;
  /** Between the buttons and the grid. */
  readonly head?: ReactNode;
}

/** One list of factors: add, 作废, edit by its rules, print. */
export function ListView<R extends Row>(props: ListViewProps<R>) {
  const { entity, list, label, columns, rows, projectId } = props;
  const { today } = useLedger();
  const refs = useRefs();
  const saver = useSave();
  const edit = useCheckedEdit(entity);
  const [active, setActive] = useState<R | null>(null);
  const marked = useMemo(() => markFindings(columns), [columns]);
  const current = rows?.find((row) => row.id === active?.id) ?? null;
  const add = (id: string): void => {
    const set = { projectId: id, ...props.fresh(today) };
    void saver.save(props.addLabel, [{ entity, id: newId(), set }]);
  };
  return (
    <div className="view">
      <div className="bar">
        <NewRow label={props.addLabel} projectId={projectId} onAdd={add} />
        <VoidButton entity={entity} id={current?.id ?? null} name={current === null ? '' : props.titleOf(current)} />
        <span className="spring" />
        <ImportList entity={entity} projectId={projectId} />
        <PrintButton
          title={`打印${label}`}
          fileName={`${label} ${today}`}
          disabled={(rows?.length ?? 0) === 0}
          load={() => ledger.factors.paper({ list, ...(projectId === undefined ? {} : { projectId }) })}
        />
      </div>
      {props.head}
      <div className="grow">
        <LedgerGrid<R>
          label={label}
          storageKey={`factors-${entity}${projectId === undefined ? '' : '-project'}`}
          columns={marked}
          rows={rows ?? []}
          refs={refs}
          today={today}
          totals={props.totals ?? false}
          loading={rows === undefined}
          onEdit={edit}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          emptyText={props.emptyText}
        />
      </div>
      <FindingsStrip
        row={current === null ? null : { title: props.titleOf(current), findings: current.findings }}
        labels={(key) => fieldOf(entity, key)?.label ?? key}
        hint="选中一行，这里说明它有没有疑点。"
      />
    </div>
  );
}
