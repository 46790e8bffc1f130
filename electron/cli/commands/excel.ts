import { Fault } from '../../../shared/contract/faults.ts';
import type { Session } from '../../ledger/session/index.ts';
import { type ExcelImport, importExcel } from '../../ledger/workbook/index.ts';
import { type CommonOptions, withSession } from '../context.ts';
import type { Result } from '../output.ts';

export interface ExcelOptions extends CommonOptions {
  readonly file: string;
  readonly sheet?: string;
  readonly target: 'project' | 'report';
  readonly period?: string;
  readonly unit?: string;
  readonly dryRun?: boolean;
  readonly problems?: string;
}

async function unitId(session: Session, name: string): Promise<string> {
  const unit = await session.store.query
    .selectFrom('responsibilityUnit')
    .select('id')
    .where('name', '=', name)
    .where('voided', '=', 0)
    .executeTakeFirst();
  if (!unit) throw new Fault('UNKNOWN_ROW', { what: name });
  return unit.id;
}

/** A list of projects, or the figures of a ten-day report, from .xlsx or .xls. */
export function excel(options: ExcelOptions): Promise<Result> {
  return withSession(options, async (session) => {
    const request: ExcelImport = {
      path: options.file,
      target: options.target,
      ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
      ...(options.period === undefined ? {} : { period: options.period }),
      ...(options.unit === undefined ? {} : { unitId: await unitId(session, options.unit) }),
      ...(options.dryRun === undefined ? {} : { dryRun: options.dryRun }),
      ...(options.problems === undefined ? {} : { problemsPath: options.problems }),
    };
    const { result, problemRows } = await importExcel(session, request);
    const lines = [
      result === null
        ? '只查看，没有写入台账'
        : `${result.title}；相同 ${result.unchanged} 行，跳过 ${result.skipped} 行，有疑问未导入 ${result.returned} 行`,
      ...(result?.reasons ?? []).map(({ rowNumber, label, text }) => `  第 ${rowNumber} 行“${label}”没有导入：${text}`),
      ...(problemRows > 0 ? [`有问题的 ${problemRows} 行已写入 ${options.problems ?? ''}`] : []),
    ];
    return { value: { result, problemRows }, lines };
  });
}
