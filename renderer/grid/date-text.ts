import { dateOf, fromExcelSerial, type IsoDate } from '../../shared/domain/date.ts';

export type DateTextResult =
  | { readonly ok: true; readonly date: IsoDate | null }
  | { readonly ok: false; readonly reason: string };

const NO_DATE = new Set(['', '-', '--', '—', '——', '/', '待定', '未定', '暂无', '无']);
const FULL = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const SHORT = /^(\d{1,2})[-./月](\d{1,2})[日号]?$/;
const MONTH_ONLY = /^\d{4}[-./年]\d{1,2}月?$/;
const SERIAL = /^[34]\d{4}$/;
const TIME = /[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * Reads a day as people write it: 2021-5-11, 2021.5.11, 2021/5/11, 20210511, 2021年5月11日, with a time behind it or
 * full-width. '5-11' and '5月11日' mean the year of `today`. Five digits are a serial number of Excel.
 */
export function parseDateText(text: string, today?: IsoDate): DateTextResult {
  const tidied = text.normalize('NFKC').trim().replace(TIME, '').replace(/\s+/g, '').replace(/[–—−]/g, '-');
  if (NO_DATE.has(tidied)) return { ok: true, date: null };
  const match = FULL.exec(tidied) ?? COMPACT.exec(tidied);
  if (match !== null) return day(Number(match[1]), Number(match[2]), Number(match[3]), text);
  const short = SHORT.exec(tidied);
  if (short !== null && today !== undefined) {
    return day(Number(today.slice(0, 4)), Number(short[1]), Number(short[2]), text);
  }
  if (MONTH_ONLY.test(tidied)) return { ok: false, reason: `“${shorten(text)}”缺少日，请写到某一天，如 2021-5-11` };
  const serial = SERIAL.test(tidied) ? fromExcelSerial(Number(tidied)) : null;
  if (serial !== null) return { ok: true, date: serial };
  return { ok: false, reason: `“${shorten(text)}”不是日期，请按 2021-5-11 填写` };
}

function day(year: number, month: number, dayOfMonth: number, text: string): DateTextResult {
  try {
    return { ok: true, date: dateOf(year, month, dayOfMonth) };
  } catch {
    return { ok: false, reason: `“${shorten(text)}”不是日历上有的日子` };
  }
}

/** A text for a message: one line, at most 20 signs. */
export function shorten(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 20 ? `${line.slice(0, 20)}…` : line;
}
