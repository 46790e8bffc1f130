import { addDays, daysBetween, type IsoDate, isoWeekday, yearOf } from './date.ts';
import type { CalendarDay } from './known-holidays.ts';
import { readDate } from './workbook/date-text.ts';

/** One line that cannot be taken, as the operator finds it in his file. */
export interface HolidayProblem {
  /** '第 5 行', '第 3 项'. */
  readonly where: string;
  readonly reason: string;
}

export interface HolidayReading {
  readonly days: readonly CalendarDay[];
  /** Nothing is imported while there is one. */
  readonly problems: readonly HolidayProblem[];
  /** Odd, but it may be so: '2027年没有国庆节的放假'. */
  readonly doubts: readonly string[];
}

const KINDS: Readonly<Record<string, CalendarDay['kind']>> = {
  放假: 'off',
  休: 'off',
  休息: 'off',
  假: 'off',
  节假日: 'off',
  off: 'off',
  holiday: 'off',
  上班: 'work',
  班: 'work',
  补班: 'work',
  调休: 'work',
  调休上班: 'work',
  工作日: 'work',
  work: 'work',
  workday: 'work',
};

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];
/** No arrangement has a longer stretch than the eight or nine days of a Spring Festival. */
const LONGEST = 16;

interface Line {
  readonly where: string;
  readonly date: string;
  readonly kind: string;
  readonly name: string;
}

function daysOfText(text: string): readonly IsoDate[] | string {
  const [first = '', last = first, ...more] = text
    .trim()
    .split(/\s*(?:至|到|~|～|—{1,2}|–)\s*/u)
    .filter((part) => part !== '');
  if (first === '' || more.length > 0) return `“${text}”不是日期，应如 2027-01-01，或 2027-01-01至2027-01-03`;
  const from = readDate(first, 0, 'first');
  if (from.kind !== 'date' || from.note !== null) return `“${first}”不是完整的日期，应如 2027-01-01`;
  const to = readDate(last, yearOf(from.date), 'first');
  if (to.kind !== 'date') return `“${last}”不是完整的日期，应如 2027-01-03`;
  const count = daysBetween(from.date, to.date) + 1;
  if (count < 1) return `“${text}”的止日早于起日`;
  if (count > LONGEST) return `“${text}”长达 ${count} 天，请核对起止日期`;
  return Array.from({ length: count }, (_, index) => addDays(from.date, index));
}

function checkLines(lines: readonly Line[]): HolidayReading {
  const problems: HolidayProblem[] = [];
  const days = new Map<IsoDate, CalendarDay>();
  for (const { where, date, kind: word, name } of lines) {
    const dates = daysOfText(date);
    const kind = KINDS[word.trim().toLowerCase()];
    if (typeof dates === 'string') problems.push({ where, reason: dates });
    else if (kind === undefined) {
      problems.push({ where, reason: word.trim() === '' ? '没有写是放假还是上班' : `“${word}”看不出是放假还是上班` });
    } else {
      for (const day of dates) {
        const known = days.get(day);
        const weekday = isoWeekday(day);
        if (known !== undefined && known.kind !== kind)
          problems.push({ where, reason: `${day} 前面写的是${known.kind === 'off' ? '放假' : '上班'}，这里又相反` });
        else if (kind === 'work' && weekday <= 5)
          problems.push({ where, reason: `${day} 是星期${WEEKDAYS[weekday - 1]}，本来就上班，请核对日期` });
        else days.set(day, { date: day, kind, name: name.trim() === '' ? null : name.trim() });
      }
    }
  }
  const list = [...days.values()].sort((left, right) => (left.date < right.date ? -1 : 1));
  return { days: list, problems, doubts: doubtsOf(list) };
}

/** Years that a file is complete for: with fewer days it only adds to another year. */
export function wholeYears(days: readonly CalendarDay[]): readonly number[] {
  const count = new Map<number, number>();
  for (const { date } of days) count.set(yearOf(date), (count.get(yearOf(date)) ?? 0) + 1);
  return [...count].filter(([, number]) => number >= 10).map(([year]) => year);
}

function doubtsOf(days: readonly CalendarDay[]): readonly string[] {
  return wholeYears(days).flatMap((year) => {
    const of = days.filter((day) => yearOf(day.date) === year);
    const off = of.filter((day) => day.kind === 'off').length;
    const has = (date: string): boolean => of.some((day) => day.date === `${year}-${date}` && day.kind === 'off');
    return [
      has('01-01') ? null : `${year}年1月1日不放假`,
      has('05-01') ? null : `${year}年5月1日不放假`,
      has('10-01') ? null : `${year}年10月1日不放假`,
      of.some((day) => day.kind === 'work') ? null : `${year}年没有调休上班的日子`,
      off < 20 || off > 45 ? `${year}年共放假 ${off} 天，往年在 26 至 33 天之间` : null,
    ].filter((doubt): doubt is string => doubt !== null);
  });
}

const HEADINGS = {
  date: ['日期', '放假日期', '调休日期', '时间', 'date'],
  kind: ['类别', '类型', '安排', '放假或上班', 'kind', 'type'],
  name: ['节日', '名称', '节日名称', '节假日', '说明', 'name'],
} as const;

/**
 * Reads 放假安排 from a table with the columns 日期, 类别 (放假/上班) and 节日.
 *
 * @param rows cells as shown, from the first row of the sheet
 * @returns null when no row is such a header
 */
export function readHolidayTable(rows: readonly (readonly string[])[]): HolidayReading | null {
  const find = (row: readonly string[], words: readonly string[]): number =>
    row.findIndex((cell) => words.includes(cell.replace(/\s/gu, '').toLowerCase()));
  const header = rows.findIndex((row) => find(row, HEADINGS.date) >= 0 && find(row, HEADINGS.kind) >= 0);
  const heading = rows[header];
  if (heading === undefined) return null;
  const [date, kind, name] = [find(heading, HEADINGS.date), find(heading, HEADINGS.kind), find(heading, HEADINGS.name)];
  const lines = rows.slice(header + 1).flatMap((row, index): Line[] => {
    const line = {
      where: `第 ${header + 2 + index} 行`,
      date: row[date] ?? '',
      kind: row[kind] ?? '',
      name: row[name] ?? '',
    };
    return `${line.date}${line.kind}${line.name}`.trim() === '' ? [] : [line];
  });
  return checkLines(lines);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lineOf(item: unknown, index: number): Line {
  const of = (...keys: readonly string[]): string => {
    for (const key of keys) {
      const value = isRecord(item) ? item[key] : undefined;
      if (typeof value === 'string') return value;
    }
    return '';
  };
  const off = isRecord(item) ? item['isOffDay'] : undefined;
  const kind = typeof off === 'boolean' ? (off ? '放假' : '上班') : of('kind', 'type', '类别');
  return { where: `第 ${index + 1} 项`, date: of('date', '日期'), kind, name: of('name', '节日', '名称') };
}

/** {'2027-01-01': "New Year's Day,元旦,1"} as chinese-days keeps it. */
function linesOfMap(map: unknown, kind: string): readonly Line[] {
  if (!isRecord(map)) return [];
  return Object.entries(map).map(([date, words]) => ({
    where: `“${date}”`,
    date,
    kind,
    name: typeof words === 'string' ? (words.split(',')[1] ?? words) : '',
  }));
}

/**
 * Reads 放假安排 from JSON: a list of {date, kind, name}, the {days: [{date, isOffDay, name}]} that public lists use, or
 * chinese-days' {holidays, workdays}.
 *
 * @returns null when it is none of these
 */
export function readHolidayJson(json: unknown): HolidayReading | null {
  const list = Array.isArray(json) ? json : isRecord(json) && Array.isArray(json['days']) ? json['days'] : null;
  if (list !== null) return checkLines(list.map(lineOf));
  if (isRecord(json) && isRecord(json['holidays'])) {
    return checkLines([...linesOfMap(json['holidays'], '放假'), ...linesOfMap(json['workdays'], '上班')]);
  }
  return null;
}
