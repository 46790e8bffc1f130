import { Fault } from '../../../shared/contract/faults.ts';
import type { Grid } from '../../../shared/domain/workbook/grid.ts';

/** A workbook as read: its sheets as grids, hidden ones included and marked. */
export interface WorkbookContent {
  readonly fileName: string;
  readonly sheets: readonly Grid[];
}

/** Limits that keep one file from stopping the ledger process; far above any office's table. */
export const READ_LIMITS = { bytes: 40_000_000, rows: 60_000, columns: 300, cells: 3_000_000 } as const;

/** A fault that names the file, the reason and the cure. */
export function unreadable(what: string, why: string, cure: string, cause?: unknown): Fault {
  return new Fault('FILE_UNREADABLE', { what, why, cure }, cause === undefined ? undefined : { cause });
}
