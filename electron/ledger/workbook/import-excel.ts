import { Fault } from '../../../shared/contract/faults.ts';
import type { ApplyInput, ImportPreview, ImportResult } from '../../../shared/contract/workbook.ts';
import type { Session } from '../session/session.ts';
import { ImportDesk, openImport } from './imports.ts';
import { type JobStep, previewImport, runImport, saveProblems } from './use-cases.ts';

/** An import in one go, as the command line does it. */
export interface ExcelImport {
  readonly path: string;
  /** Name of the sheet; the likeliest when absent. */
  readonly sheet?: string;
  readonly target?: 'project' | 'report';
  /** For reports: '2021-05-2'. */
  readonly period?: string;
  /** Unit of projects whose row names none. */
  readonly unitId?: string;
  readonly badCells?: ApplyInput['badCells'];
  /** Only look: nothing is written to the ledger. */
  readonly dryRun?: boolean;
  /** Where to write the rows that were left out. */
  readonly problemsPath?: string;
}

export interface ExcelImportResult {
  readonly preview: ImportPreview;
  /** Null on a dry run. */
  readonly result: ImportResult | null;
  /** Rows in the problems workbook; 0 when there was none to write. */
  readonly problemRows: number;
}

async function resultOf<T>(steps: AsyncIterable<JobStep<T>>): Promise<T> {
  for await (const step of steps) if (step.kind === 'done') return step.result;
  throw new Fault('CANCELLED');
}

/**
 * Opens, recognises and imports a workbook with the default actions.
 *
 * @throws Fault FILE_GONE, FILE_UNREADABLE, RULE_BROKEN (no sheet or header found, nothing to import), and those of `commit`
 */
export async function importExcel(session: Session, request: ExcelImport): Promise<ExcelImportResult> {
  const desk = new ImportDesk();
  const book = await openImport(desk, session, request.path);
  const named = book.sheets.find(({ name }) => name === request.sheet);
  if (request.sheet !== undefined && named === undefined) {
    throw new Fault('RULE_BROKEN', {
      why: `“${book.fileName}”里没有工作表“${request.sheet}”`,
      cure: `有：${book.sheets.map(({ name }) => name).join('、')}`,
    });
  }
  const sheet = named ?? book.sheets.find(({ index }) => index === book.suggested) ?? book.sheets[0];
  const opened = desk.get(book.importId, session.store.path);
  const preview = await resultOf(
    previewImport(session, opened, {
      importId: book.importId,
      sheet: sheet?.index ?? 0,
      target: request.target ?? sheet?.target ?? 'project',
      headerRows: null,
      columns: null,
      unitId: request.unitId ?? null,
      period: request.period === undefined ? null : { kind: 'tenDay', key: request.period },
    }),
  );
  const badCells = request.badCells ?? 'skipRow';
  const problems = async (): Promise<number> => {
    if (request.problemsPath === undefined) return 0;
    try {
      return (await saveProblems(opened, request.problemsPath, { actions: [], badCells })).rows;
    } catch (error) {
      if (error instanceof Fault && error.code === 'RULE_BROKEN') return 0;
      throw error;
    }
  };
  if (request.dryRun === true) return { preview, result: null, problemRows: await problems() };
  const result = await resultOf(runImport(session, opened, { actions: [], badCells }));
  return { preview, result, problemRows: await problems() };
}
