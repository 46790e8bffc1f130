/** A calendar day, 'YYYY-MM-DD', years 1800 to 2999. Plain text order is time order. */
export type IsoDate = string;

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Offset of Beijing time in minutes; the whole country keeps it, without summer time. */
export const BEIJING_OFFSET = 480;

const SHAPE = /^((?:1[89]|2\d)\d{2})-(\d{2})-(\d{2})$/;
const TIME_SHAPE = /^([01]\d|2[0-3]):([0-5]\d)$/;
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
/** Serial of 2999-12-31. */
const LAST_EXCEL_SERIAL = 401_768;

/** Number of days in a month; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function readParts(text: string): DateParts | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

/** Whether `text` is a day that exists in the calendar, written 'YYYY-MM-DD'. */
export function isDate(text: unknown): text is IsoDate {
  return typeof text === 'string' && readParts(text) !== null;
}

/** Year, month and day. Throws RangeError when `date` is not a day of the calendar. */
export function partsOf(date: IsoDate): DateParts {
  const parts = readParts(date);
  if (parts === null) throw new RangeError(`Not a calendar day: ${date}`);
  return parts;
}

export function yearOf(date: IsoDate): number {
  return partsOf(date).year;
}

export function monthOf(date: IsoDate): number {
  return partsOf(date).month;
}

/** The day with these parts. Throws RangeError when there is none, such as 30 February. */
export function dateOf(year: number, month: number, day: number): IsoDate {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  partsOf(date);
  return date;
}

/** Days since 1970-01-01; negative before. */
function dayNumber(date: IsoDate): number {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

function fromDayNumber(number: number): IsoDate {
  const instant = new Date(number * MS_PER_DAY);
  return dateOf(instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate());
}

/** The day `days` later, or earlier when negative. Throws RangeError outside years 1800 to 2999. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** The same day `months` later, or the last day of that month where it is shorter. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return dateOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** −1, 0 or 1, for sorting. */
export function compareDates(left: IsoDate, right: IsoDate): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Day of the week, Monday 1 to Sunday 7 (ISO 8601). */
export function isoWeekday(date: IsoDate): number {
  const day = new Date(dayNumber(date) * MS_PER_DAY).getUTCDay();
  return day === 0 ? 7 : day;
}

export function lastDayOfMonth(date: IsoDate): IsoDate {
  const { year, month } = partsOf(date);
  return dateOf(year, month, daysInMonth(year, month));
}

/** '2021年5月11日': Arabic digits, no leading zeros (GB/T 9704-2012, date of an official paper). */
export function formatChinese(date: IsoDate): string {
  const { year, month, day } = partsOf(date);
  return `${year}年${month}月${day}日`;
}

/**
 * The day behind a serial number of Excel's 1900 date system; the fraction (time of day) is dropped.
 * Null below 1, after 2999-12-31 and for 60, the 29 February 1900 that Excel counts and the calendar does not have.
 */
export function fromExcelSerial(serial: number): IsoDate | null {
  if (!Number.isFinite(serial)) return null;
  const days = Math.floor(serial);
  if (days < 1 || days === 60 || days > LAST_EXCEL_SERIAL) return null;
  return addDays(days < 60 ? '1899-12-31' : '1899-12-30', days);
}

/** The day on the wall calendar at an instant (UTC ms), by default in Beijing. */
export function dateAt(instantMs: number, offsetMinutes = BEIJING_OFFSET): IsoDate {
  return fromDayNumber(Math.floor((instantMs + offsetMinutes * MS_PER_MINUTE) / MS_PER_DAY));
}

/** UTC ms of a wall-clock time 'HH:mm' on a day, by default in Beijing. Throws RangeError for a malformed time. */
export function instantOf(date: IsoDate, time: string, offsetMinutes = BEIJING_OFFSET): number {
  const match = TIME_SHAPE.exec(time);
  if (match === null) throw new RangeError(`Not a time of day: ${time}`);
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return dayNumber(date) * MS_PER_DAY + (minutes - offsetMinutes) * MS_PER_MINUTE;
}
