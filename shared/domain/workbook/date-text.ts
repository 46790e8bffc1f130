import { dateOf, daysInMonth, fromExcelSerial, type IsoDate } from '../date.ts';
import { squeeze } from './text.ts';

/** Whether a date that names only a month or a season means its first or its last day. */
export type Edge = 'first' | 'last';

export type DateReading =
  | {
      readonly kind: 'date';
      readonly date: IsoDate /** Said when part of it was supplied by us. */;
      readonly note: string | null;
    }
  | { readonly kind: 'outOfRange'; readonly text: string }
  | { readonly kind: 'notADate' };

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

const NOT_A_DATE: DateReading = { kind: 'notADate' };

function checked(year: number, month: number, day: number, note: string | null): DateReading {
  const text = `${year}年${month}月${day}日`;
  if (month < 1 || month > 12 || day < 1 || day > 31) return { kind: 'outOfRange', text };
  if (year < FIRST_YEAR || year > LAST_YEAR || day > daysInMonth(year, month)) return { kind: 'outOfRange', text };
  return { kind: 'date', date: dateOf(year, month, day), note };
}

function ofMonth(year: number, month: number, edge: Edge, written: string): DateReading {
  if (month < 1 || month > 12) return { kind: 'outOfRange', text: written };
  const day = edge === 'first' ? 1 : daysInMonth(year, month);
  return checked(year, month, day, `只写到月，按${year}年${month}月${day}日读入`);
}

function ofSpan(year: number, from: number, to: number, edge: Edge, written: string): DateReading {
  const [month, day] = edge === 'first' ? [from, 1] : [to, daysInMonth(year, to)];
  return checked(year, month, day, `“${written}”按${year}年${month}月${day}日读入`);
}

const QUARTERS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, '1': 1, '2': 2, '3': 3, '4': 4 };

function season(text: string, sheetYear: number, edge: Edge): DateReading | null {
  const match =
    /^(?:(\d{4})年)?(?:(底|末|年底|年末|初|年初)|(上|下)半年|第?([一二三四1-4])季度|(\d{1,2})月(上|中|下)旬)(?:前|左右)?$/.exec(
      text,
    );
  if (match === null) return null;
  const year = match[1] === undefined ? sheetYear : Number(match[1]);
  const [, , end, half, quarter, month, third] = match;
  if (end !== undefined)
    return end.includes('初') ? ofSpan(year, 1, 1, 'first', text) : ofSpan(year, 12, 12, 'last', text);
  if (half !== undefined) return half === '上' ? ofSpan(year, 1, 6, edge, text) : ofSpan(year, 7, 12, edge, text);
  if (quarter !== undefined) {
    const number = QUARTERS[quarter] ?? 1;
    return ofSpan(year, number * 3 - 2, number * 3, edge, text);
  }
  const m = Number(month);
  if (m < 1 || m > 12) return { kind: 'outOfRange', text };
  const start = third === '上' ? 1 : third === '中' ? 11 : 21;
  const last = third === '上' ? 10 : third === '中' ? 20 : daysInMonth(year, m);
  const day = edge === 'first' ? start : last;
  return checked(year, m, day, `“${text}”按${year}年${m}月${day}日读入`);
}

/** '202148': digits run together after a paste that lost the separators; read when only one day fits. */
function runTogether(digits: string): DateReading | null {
  const year = Number(digits.slice(0, 4));
  const rest = digits.slice(4);
  const fits: (readonly [number, number])[] = [];
  for (let cut = 1; cut < rest.length; cut++) {
    const [month, day] = [Number(rest.slice(0, cut)), Number(rest.slice(cut))];
    if (rest[0] === '0' || rest[cut] === '0') continue;
    if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)) fits.push([month, day]);
  }
  const [only] = fits;
  if (fits.length !== 1 || only === undefined) return null;
  return checked(year, only[0], only[1], `“${digits}”按${year}年${only[0]}月${only[1]}日读入`);
}

function fromDigits(text: string, edge: Edge): DateReading | null {
  if (/^(?:19|20|21)\d{6}$/.test(text))
    return checked(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)), null);
  if (/^(?:19|20)\d{4}$/.test(text)) {
    const month = Number(text.slice(4));
    return month >= 1 && month <= 12 ? ofMonth(Number(text.slice(0, 4)), month, edge, text) : runTogether(text);
  }
  if (/^(?:19|20)\d{3}$/.test(text)) return ofMonth(Number(text.slice(0, 4)), Number(text.slice(4)), edge, text);
  if (/^(?:19|20)\d\d年?$/.test(text))
    return ofSpan(Number(text.slice(0, 4)), 1, 12, edge, text.endsWith('年') ? text : `${text}年`);
  if (/^\d{7}$/.test(text) && /^(?:19|20)/.test(text)) return runTogether(text);
  return null;
}

/**
 * Reads a date as people write it: '2021-5-11', '2021.5', '20210511', '2021年底', '三季度', '5月11日', Excel serials.
 *
 * @param sheetYear year for a date that names none
 */
export function readDate(raw: string | number, sheetYear: number, edge: Edge): DateReading {
  if (typeof raw === 'number') {
    if (raw >= FIRST_YEAR && raw <= LAST_YEAR + 0.13) return fromYearNumber(raw, edge);
    return fromSerial(raw) ?? fromDigits(String(raw), edge) ?? { kind: 'outOfRange', text: String(raw) };
  }
  const text = squeeze(raw)
    .replace(/(?:T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)$/, '')
    .replace(/(?:前|左右|已?开工|已?竣工)$/, '');
  if (text === '') return NOT_A_DATE;
  const full = /^(\d{2}|\d{4})[-./年](\d{1,2})[-./月](\d{1,2})(?:日|号)?$/.exec(text);
  if (full !== null) {
    const year = Number(full[1]);
    return checked(year < 100 ? 2000 + year : year, Number(full[2]), Number(full[3]), null);
  }
  const month = /^(\d{4})[-./年](\d{1,2})月?(?:份)?$/.exec(text);
  if (month !== null) return ofMonth(Number(month[1]), Number(month[2]), edge, text);
  const day = /^(\d{1,2})[月](\d{1,2})(?:日|号)$/.exec(text);
  if (day !== null) return checked(sheetYear, Number(day[1]), Number(day[2]), `没有写年份，按${sheetYear}年读入`);
  const bare = /^(\d{1,2})月(?:份)?$/.exec(text);
  if (bare !== null) return ofMonth(sheetYear, Number(bare[1]), edge, text);
  const digits = fromDigits(text, edge);
  if (digits !== null) return digits;
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromSerial(Number(text)) ?? NOT_A_DATE;
  return season(text, sheetYear, edge) ?? NOT_A_DATE;
}

/** 2021.5 as a number is May; 2021.1 cannot be told from October, and is said to be. */
function fromYearNumber(value: number, edge: Edge): DateReading {
  const [year = '', decimals = ''] = String(value).split('.');
  if (decimals === '') return ofSpan(Number(year), 1, 12, edge, `${year}年`);
  const reading = ofMonth(Number(year), Number(decimals), edge, String(value));
  if (reading.kind !== 'date' || decimals !== '1') return reading;
  return { ...reading, note: `${value}可能是1月或10月，按1月读入` };
}

function fromSerial(value: number): DateReading | null {
  if (value < 20_000 || value > 80_000) return null;
  const date = fromExcelSerial(value);
  return date === null
    ? null
    : checked(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)), null);
}
