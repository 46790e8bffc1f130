import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Fault } from '../../../shared/contract/faults.ts';
import { fieldOf, type Value } from '../../../shared/dictionary/index.ts';
import { parseMoney } from '../../../shared/domain/money.ts';
import { checkPeriod, copyLast, fillCells, submitPeriod } from '../../ledger/reports/index.ts';
import type { Session } from '../../ledger/session/index.ts';
import { type CommonOptions, withSession } from '../context.ts';
import { EXIT, type Result } from '../output.ts';

export interface ReportOptions extends CommonOptions {
  readonly period: string;
  readonly data?: string;
  readonly copyLast?: boolean;
  readonly submit?: boolean;
  readonly incomplete?: boolean;
  readonly reason?: string;
}

const FIELDS = [
  'periodInvestment',
  'yearToDate',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
  'explanation',
] as const;

/** One line of the data file: the project by name, code or id; figures by key, money in 万元. */
const line = z.object({ project: z.string().min(1) }).catchall(z.union([z.string(), z.number(), z.null()]));

function readData(path: string): z.infer<typeof line>[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault('FILE_GONE', { what: path }, { cause: error });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Fault('FILE_UNREADABLE', { what: path, why: '不是 JSON 文件' }, { cause: error });
  }
  const checked = z.array(line).safeParse(parsed);
  if (!checked.success) throw new Fault('FILE_UNREADABLE', { what: path, why: '每行应有“project”和各项数据' });
  return checked.data;
}

function storedValue(key: (typeof FIELDS)[number], raw: string | number | null | undefined): Value {
  if (raw === null || raw === undefined || raw === '') return null;
  if (fieldOf('report', key)?.type !== 'money') return String(raw);
  const money = parseMoney(String(raw), '万元');
  if (!money.ok)
    throw new Fault('INVALID_VALUE', { what: `“${fieldOf('report', key)?.label ?? key}”${raw}`, why: '不是数字' });
  return money.yuan;
}

async function projectIds(session: Session): Promise<ReadonlyMap<string, string>> {
  const projects = await session.store.query
    .selectFrom('project')
    .select(['id', 'name', 'code'])
    .where('voided', '=', 0)
    .execute();
  const ids = new Map<string, string>();
  for (const project of projects) {
    ids.set(project.id, project.id).set(project.name, project.id);
    if (project.code !== null) ids.set(project.code, project.id);
  }
  return ids;
}

/** 填旬报 from a data file or from last period's words, and 提交 (B7). */
export function fillReport(options: ReportOptions): Promise<Result> {
  return withSession(options, async (session) => {
    const { store } = session;
    const query = { kind: 'tenDay' as const, period: options.period };
    const lines: string[] = [];
    let cells = 0;
    if (options.data !== undefined) {
      const ids = await projectIds(session);
      const edits = readData(options.data).flatMap((row) => {
        const projectId = ids.get(row.project);
        if (projectId === undefined) throw new Fault('UNKNOWN_ROW', { what: row.project });
        return FIELDS.filter((key) => key in row).map((field) => ({
          projectId,
          field,
          value: storedValue(field, row[field]),
        }));
      });
      await fillCells(
        store,
        { ...query, edits, ...(options.reason === undefined ? {} : { correcting: true }) },
        session.actor(),
      );
      cells = edits.length;
      lines.push(`已填写 ${cells} 项数据`);
    }
    if (options.copyLast === true) {
      const copied = await copyLast(
        store,
        { ...query, fields: ['visibleProgress', 'nextSteps', 'problems'] },
        session.actor(),
      );
      lines.push(`参照上期填写 ${copied.cells} 处`);
    }
    if (options.submit !== true) return { value: { cells, submitted: null }, lines };
    const request = { ...query, incomplete: options.incomplete, reason: options.reason };
    try {
      const submitted = await submitPeriod(store, request, session.actor());
      for (const { unitName, count, late } of submitted.submissions)
        lines.push(`${unitName}：已提交 ${count} 项${late ? '（迟报）' : ''}`);
      if (submitted.missing > 0) lines.push(`缺报 ${submitted.missing} 项`);
      return { value: { cells, submitted }, lines };
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'RULE_BROKEN') throw error;
      // Without a window there is no 校验结果 to look at: the findings are said here. What was filled in stays a draft.
      const { rows } = await checkPeriod(store, query);
      const findings = rows.flatMap((row) => row.findings.map(({ text }) => `　${row.name}：${text}`));
      return {
        value: { fault: error.code, text: error.message, cells, rows },
        lines: [...lines, error.message, ...findings],
        exitCode: EXIT.fault,
      };
    }
  });
}
