import { fromExcelSerial } from '../date.ts';
import { squeeze } from './text.ts';

/** 起止年限. */
export type SpanReading =
  | { readonly kind: 'span'; readonly start: number | null; readonly end: number | null; readonly note: string | null }
  | { readonly kind: 'length'; readonly text: string }
  | { readonly kind: 'unreadable' };

const inRange = (year: number): boolean => year >= 1990 && year <= 2100;

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function span(start: number | null, end: number | null, note: string | null): SpanReading {
  if ((start !== null && !inRange(start)) || (end !== null && !inRange(end))) return { kind: 'unreadable' };
  return { kind: 'span', start, end, note };
}

const POINT = '(\\d{4}|\\d{2})(?:年度?)?(?:[.年/]?(?:0?[1-9]|1[0-2])月?(?:[./]?\\d{1,2}日?)?)?(?:底|末|初)?';
const BOTH = new RegExp(`^${POINT}(?:-+|~|至|到|—)${POINT}$`);
const OPEN = new RegExp(`^${POINT}(?:-+|~|至今|起|开始|以后|至)$`);
const UNTIL = new RegExp(`^(?:-+|~|至|到)${POINT}$`);
const ONE = new RegExp(`^${POINT}$`);
/** '09.10-11.3': years of one or two digits, then the month. */
const SHORT = /^(\d{1,2})[.年](\d{1,2})月?(?:-+|~|至)(\d{1,2})[.年](\d{1,2})月?$/;

/** Reads '2023-2025', '09.10-11.3', '2010-', '2021年3月至2023年12月', 2023, and a date cell's serial. */
export function readYears(raw: string | number, isDate: boolean): SpanReading {
  if (typeof raw === 'number') {
    if (isDate || raw > 20_000) {
      const date = fromExcelSerial(raw);
      const year = date === null ? null : Number(date.slice(0, 4));
      return year === null ? { kind: 'unreadable' } : span(year, null, `是日期格式，只读到起始年份${year}`);
    }
    const year = Math.floor(raw);
    return span(year, year, null);
  }
  const text = squeeze(raw)
    .replace(/(?<=\d)[—~～]+(?=\d)/g, '-')
    .replace(/[()]/g, '');
  const short = SHORT.exec(text);
  if (short !== null && Number(short[2]) <= 12 && Number(short[4]) <= 12) {
    return span(2000 + Number(short[1]), 2000 + Number(short[3]), null);
  }
  const both = BOTH.exec(text);
  if (both !== null) {
    const [start, end] = [fullYear(both[1] ?? ''), fullYear(both[2] ?? '')];
    return span(start, end, end < start ? `止年${end}早于起年${start}` : null);
  }
  const open = OPEN.exec(text);
  if (open !== null) return span(fullYear(open[1] ?? ''), null, null);
  const until = UNTIL.exec(text);
  if (until !== null) return span(null, fullYear(until[1] ?? ''), null);
  if (
    /^(?:约|共)?[\d.一二三四五六七八九十半]+(?:个)?(?:年|月|天)(?:半)?$/.test(text) &&
    !/^(?:19|20)\d\d年$/.test(text)
  )
    return { kind: 'length', text };
  const one = ONE.exec(text);
  if (one !== null && (one[1] ?? '').length === 4) return span(Number(one[1]), Number(one[1]), null);
  return { kind: 'unreadable' };
}
