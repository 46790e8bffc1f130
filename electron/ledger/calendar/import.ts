import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CalendarPlan } from '../../../shared/contract/calendar.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { yearOf } from '../../../shared/domain/date.ts';
import {
  type HolidayReading,
  readHolidayJson,
  readHolidayTable,
  wholeYears,
} from '../../../shared/domain/holiday-file.ts';
import { type Actor, commit } from '../store/commit.ts';
import { fileFault } from '../store/files.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { readWorkbook } from '../workbook/index.ts';
import { type HolidayChange, holidayRows, planDays } from './days.ts';

const CURE = '请用“日期、类别（放假/上班）、节日”三列的表格，或国务院放假安排的 JSON 文件';

async function readJson(path: string): Promise<HolidayReading | null> {
  const what = basename(path);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw fileFault(error, path);
  }
  try {
    return readHolidayJson(JSON.parse(text.replace(/^\ufeff/u, '')) as unknown);
  } catch (error) {
    throw new Fault('FILE_UNREADABLE', { what, why: '不是完整的 JSON 文件', cure: CURE }, { cause: error });
  }
}

/** @throws Fault FILE_GONE, FILE_LOCKED, FILE_UNREADABLE */
async function readHolidayFile(path: string): Promise<HolidayReading> {
  const what = basename(path);
  let reading: HolidayReading | null = null;
  if (/\.json$/iu.test(path)) reading = await readJson(path);
  else {
    const { sheets } = await readWorkbook(path);
    for (const sheet of sheets) {
      const rows = Array.from(sheet.rows, (row) => Array.from(row ?? [], (cell) => cell?.text ?? ''));
      reading ??= readHolidayTable(rows);
    }
  }
  if (reading === null) throw new Fault('FILE_UNREADABLE', { what, why: '没有找到放假安排', cure: CURE });
  if (reading.days.length === 0 && reading.problems.length === 0)
    throw new Fault('FILE_UNREADABLE', { what, why: '表里一天也没有', cure: CURE });
  return reading;
}

interface Prepared {
  readonly reading: HolidayReading;
  readonly change: HolidayChange;
  readonly plan: CalendarPlan;
}

async function prepare(store: Store, path: string): Promise<Prepared> {
  const reading = await readHolidayFile(path);
  const change = planDays(await holidayRows(store), reading.days, wholeYears(reading.days), newId);
  const years = [...new Set(reading.days.map((day) => yearOf(day.date)))];
  const { added, changed, removed } = change;
  return {
    reading,
    change,
    plan: {
      fileName: basename(path),
      years,
      added,
      changed,
      removed,
      problems: [...reading.problems],
      doubts: [...reading.doubts],
    },
  };
}

/** What an import of the file would do. @throws Fault FILE_GONE, FILE_LOCKED, FILE_UNREADABLE */
export async function previewHolidays(store: Store, path: string): Promise<CalendarPlan> {
  return (await prepare(store, path)).plan;
}

/**
 * Imports a file of 放假安排 as one action.
 *
 * @throws Fault RULE_BROKEN when a line cannot be taken, FILE_GONE, FILE_LOCKED, FILE_UNREADABLE, NOT_ALLOWED for a county
 */
export async function importHolidays(store: Store, path: string, actor: Actor): Promise<CalendarPlan> {
  const { change, plan } = await prepare(store, path);
  const [problem] = plan.problems;
  if (problem !== undefined) {
    throw new Fault('RULE_BROKEN', {
      why: `“${plan.fileName}”有 ${plan.problems.length} 处不能导入，如${problem.where}：${problem.reason}`,
      cure: '请改正后再导入',
    });
  }
  const title = `导入${plan.years.join('、')}年放假安排（${plan.added + plan.changed + plan.removed} 天）`;
  commit(store, { kind: 'excel', title, changes: change.changes }, actor);
  return plan;
}
