import { App } from 'antd';
import { useCallback } from 'react';
import type { EntityName } from '../../shared/dictionary/index.ts';
import { ledger } from '../app/api.ts';
import { messageOf } from '../app/fault.ts';
import type { CellEdit, EditOutcome, GridColumn } from '../grid/index.ts';
import './row-findings.css';

/** What is questionable at a field of a row (`shared/domain/row-finding.ts`). */
export interface Finding {
  readonly field: string;
  readonly severity: 'refuse' | 'question';
  readonly reason: string;
}

export interface WithFindings {
  readonly findings: readonly Finding[];
}

/** Marks the cells that have a finding and tells it on the cell. */
export function markFindings<R extends WithFindings>(columns: readonly GridColumn<R>[]): readonly GridColumn<R>[] {
  return columns.map((column) => {
    const of = (row: R): Finding | undefined => row.findings.find((finding) => finding.field === column.key);
    return {
      ...column,
      cellClass: (row: R) => (of(row) === undefined ? column.cellClass?.(row) : 'cell-question'),
      tooltip: (row: R) => of(row)?.reason ?? column.tooltip?.(row),
    };
  });
}

interface StripProps {
  /** Name and findings of the row the keyboard is on. */
  readonly row: (WithFindings & { readonly title: string }) | null;
  readonly labels: (field: string) => string;
  readonly hint: string;
}

/** Below a grid: what is questionable in the row the keyboard is on, in words. */
export function FindingsStrip({ row, labels, hint }: StripProps) {
  return (
    <div className="findings-strip" aria-live="polite">
      {row === null ? <span className="quiet">{hint}</span> : <strong>{row.title}</strong>}
      {row !== null && row.findings.length === 0 ? <span className="quiet">没有疑点</span> : null}
      {row?.findings.map((finding) => (
        <span key={`${finding.field}${finding.reason}`} className="doubt">
          {labels(finding.field)}：{finding.reason}
        </span>
      ))}
    </div>
  );
}

/** `onEdit` of a grid whose rows are of one entity: a row that breaks a rule stays as it was, with the reason at its cells. */
export function useCheckedEdit(
  entity: EntityName,
): (edits: readonly CellEdit[], title: string) => Promise<EditOutcome> {
  const { message } = App.useApp();
  return useCallback(
    async (edits: readonly CellEdit[], title: string): Promise<EditOutcome> => {
      try {
        const result = await ledger.records.saveCells({
          entity,
          title: title.slice(0, 120),
          edits: edits.map((edit) => ({ ...edit })),
        });
        if (result.proposals > 0) {
          message.info(`有 ${result.proposals} 处由对方填报，已作为建议修改提出，对方采纳后生效`, 6);
        }
        return { ok: true, refused: result.refused };
      } catch (error) {
        return { ok: false, message: messageOf(error) };
      }
    },
    [entity, message],
  );
}
