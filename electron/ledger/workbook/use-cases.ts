import type { Progress } from '../../../shared/contract/base.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import type {
  ApplyInput,
  ImportPreview,
  ImportResult,
  PreviewInput,
  TableSheet,
} from '../../../shared/contract/workbook.ts';
import type { Session } from '../session/session.ts';
import { applyImport, decide } from './apply.ts';
import type { OpenImport } from './imports.ts';
import { planImport } from './plan.ts';
import { previewOf } from './preview.ts';
import { problemsWorkbook } from './problems-workbook.ts';
import { saveWorkbook } from './save.ts';
import { writeTables } from './write.ts';

export type JobStep<T> = Progress | { readonly kind: 'done'; readonly result: T };

const progress = (title: string, share: number): Progress => ({ kind: 'progress', title, share });

/** Lets a cancel that is waiting in the port arrive. @throws AbortError */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** Looks at a sheet as it would be imported. Writes nothing. */
export async function* previewImport(
  session: Session,
  opened: OpenImport,
  input: PreviewInput,
  signal?: AbortSignal,
): AsyncGenerator<JobStep<ImportPreview>> {
  if (opened.decisions !== null)
    throw new Fault('RULE_BROKEN', { why: '这张表已经导入过', cure: '如需再导，请重新选择文件' });
  yield progress('正在识别表头和各列', 0.1);
  await breathe(signal);
  const plan = await planImport(session, opened, input);
  yield progress('正在与台账比对', 0.8);
  await breathe(signal);
  const result = previewOf(opened.id, plan);
  opened.plan = plan;
  yield { kind: 'done', result };
}

/** Imports what the last preview showed; a cancel before the commit changes nothing, after it there is nothing to cancel. */
export async function* runImport(
  session: Session,
  opened: OpenImport,
  input: Omit<ApplyInput, 'importId'>,
  signal?: AbortSignal,
): AsyncGenerator<JobStep<ImportResult>> {
  yield progress('正在写入台账', 0.2);
  await breathe(signal);
  const result = await applyImport(session, opened, input);
  yield { kind: 'done', result };
}

/**
 * Writes the rows that were left out, or would be, with their reasons.
 *
 * @throws Fault RULE_BROKEN when there are none; FILE_LOCKED, DISK_FULL, READ_ONLY, FILE_GONE
 */
export async function saveProblems(opened: OpenImport, path: string, input: Omit<ApplyInput, 'importId'>) {
  const { plan } = opened;
  if (plan === null) throw new Fault('RULE_BROKEN', { why: '还没有预览', cure: '请先预览' });
  const decisions = opened.decisions ?? decide(plan, input.actions, input.badCells);
  // A row imported with blanks still has something to be corrected in the original.
  const returned = decisions
    .filter(
      ({ outcome, planned }) =>
        outcome === 'returned' ||
        (outcome !== 'skip' && planned.row.problems.some(({ severity }) => severity === 'error')),
    )
    .map(({ planned, reason }) => ({ row: planned.row, reason }));
  if (returned.length === 0) throw new Fault('RULE_BROKEN', { why: '没有有问题的行' });
  saveWorkbook(path, await problemsWorkbook(plan.grid, plan.recognition, returned));
  return { path, rows: returned.length };
}

/** Writes tables to an .xlsx file. @throws Fault FILE_LOCKED, DISK_FULL, READ_ONLY, FILE_GONE */
export async function exportTables(path: string, sheets: readonly TableSheet[]) {
  await writeTables(path, sheets);
  return { path, rows: sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0) };
}
