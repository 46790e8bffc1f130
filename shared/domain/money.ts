import type { MoneyUnit } from '../dictionary/field.ts';

export type { MoneyUnit };

/**
 * Why a text is not an amount of money.
 * - `notANumber`: no number can be read from it
 * - `badGrouping`: commas that do not part the digits in threes, so a digit may be lost
 * - `otherUnit`: a number with a unit that is not money or not one of ours (万吨, 平方米, 美元)
 * - `tooLarge`: beyond what the ledger can keep exactly (9,007,199,254,740,991 yuan)
 */
export type MoneyFault = 'notANumber' | 'badGrouping' | 'otherUnit' | 'tooLarge';

export type MoneyResult =
  | {
      readonly ok: true;
      /** Whole yuan, or null where the text says that there is no figure (blank, dashes, 待定). */
      readonly yuan: number | null;
      /** Unit that was applied: the one written in the text, else the default. */
      readonly unit: MoneyUnit;
      readonly unitWritten: boolean;
      /** A fraction of a yuan was rounded away, half up by magnitude. */
      readonly rounded: boolean;
      /** The text was finer than a fen, as no payment can be; the unit is then often wrong. */
      readonly finerThanFen: boolean;
    }
  | { readonly ok: false; readonly reason: MoneyFault };

/** Wording of each fault for the import preview. */
export const MONEY_FAULT_TEXT: Readonly<Record<MoneyFault, string>> = {
  notANumber: '不是金额，请改为数字',
  badGrouping: '千分位逗号位置不对，请核对是否漏写数字',
  otherUnit: '单位不是元、万元或亿元，请换算后填写',
  tooLarge: '金额过大，请核对单位',
};

/** Largest amount believed of one project: ten trillion yuan (10万亿元). Sums of hundreds of them stay exact. */
export const LARGEST_BELIEVABLE = 10_000_000_000_000;

/** Power of ten of each unit in yuan. */
const POWER: Readonly<Record<MoneyUnit, number>> = { 元: 0, 万元: 4, 亿元: 8 };
const NAMES: Readonly<Record<string, MoneyUnit>> = { 元: '元', 万: '万元', 万元: '万元', 亿: '亿元', 亿元: '亿元' };

/** Cells that say 'no figure' in the field's tables (domain facts §3.5). */
const NO_FIGURE = new Set(['', '-', '--', '---', '/', '待定', '暂定', '未定', '暂无']);

const NUMBER = /^(\d[\d,]*)?(?:\.(\d*))?(?:e([+-]?\d{1,3}))?(\D*)$/i;
const CURRENCY = /^([+-]?)(?:人民币|¥|RMB)+/i;
const GROUPED = /^\d{1,3}(,\d{3})+$/;

const MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** Full-width signs become half-width, every dash a hyphen, all spaces go. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212\u2500\u30fc]/g, '-');
}

function scale(digits: bigint, power: number): { readonly value: bigint; readonly rounded: boolean } {
  if (power >= 0) return { value: digits * 10n ** BigInt(power), rounded: false };
  const divisor = 10n ** BigInt(-power);
  return { value: (digits + divisor / 2n) / divisor, rounded: digits % divisor !== 0n };
}

const fault = (reason: MoneyFault): MoneyResult => ({ ok: false, reason });

/** Takes off the signs that make an amount negative: a leading minus or accountants' parentheses. */
function splitSign(text: string): { readonly negative: boolean; readonly body: string } {
  const inBrackets = /^\((.+)\)(元|万元?|亿元?)?$/.exec(text);
  if (inBrackets !== null) return { negative: true, body: `${inBrackets[1]}${inBrackets[2] ?? ''}` };
  return { negative: text.startsWith('-'), body: text.replace(/^[+-]/, '') };
}

/**
 * Reads an amount as people write it: '1,234.5', '１２３４．５万元', '¥ 3.2亿', '(120)', '——'.
 * A unit in the text wins over `defaultUnit`. Works on decimal digits, so nothing drifts.
 */
export function parseMoney(text: string, defaultUnit: MoneyUnit): MoneyResult {
  const tidied = tidy(text);
  if (NO_FIGURE.has(tidied)) {
    return { ok: true, yuan: null, unit: defaultUnit, unitWritten: false, rounded: false, finerThanFen: false };
  }
  const { negative, body } = splitSign(tidied.replace(CURRENCY, '$1'));
  const match = NUMBER.exec(body.replace(CURRENCY, '$1'));
  if (match === null) return fault('notANumber');
  const [, whole = '', fraction = '', exponent = '0', suffix = ''] = match;
  if (whole === '' && fraction === '') return fault('notANumber');
  const written = Object.hasOwn(NAMES, suffix) ? NAMES[suffix] : undefined;
  if (suffix !== '' && written === undefined) return fault(/^\p{L}/u.test(suffix) ? 'otherUnit' : 'notANumber');
  if (whole.includes(',') && !GROUPED.test(whole)) return fault('badGrouping');

  const significant = `${whole.replaceAll(',', '')}${fraction}`.replace(/^0+/, '');
  const unit = written ?? defaultUnit;
  const power = POWER[unit] + Number(exponent) - fraction.length;
  // Bounds the work before any big arithmetic: a hostile cell may hold thousands of digits.
  if (significant.length > 400) return fault('tooLarge');
  if (significant !== '' && significant.length + power > 17) return fault('tooLarge');
  const { value, rounded } = significant === '' ? { value: 0n, rounded: false } : scale(BigInt(significant), power);
  if (value > MAX) return fault('tooLarge');
  const finerThanFen = rounded && scale(BigInt(significant), power + 2).rounded;
  const yuan = negative && value !== 0n ? -Number(value) : Number(value);
  return { ok: true, yuan, unit, unitWritten: written !== undefined, rounded, finerThanFen };
}

/**
 * Reads a number cell of a workbook. Excel keeps 15 significant digits; the rest of the double is noise
 * (0.1 + 0.2 is read as 0.3). A value that is not finite is `notANumber`.
 */
export function moneyFromNumber(value: number, unit: MoneyUnit): MoneyResult {
  if (!Number.isFinite(value)) return fault('notANumber');
  return parseMoney(String(Number(value.toPrecision(15))), unit);
}

function withThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * An amount in a unit with thousands marks: `formatMoney(123_000_000, '万元', 1)` is '12,300.0'.
 * `digits` are decimals, rounded half up by magnitude, or 'exact' for as many as needed. '—' for null.
 * Throws RangeError when `yuan` is not a safe integer.
 */
export function formatMoney(yuan: number | null, unit: MoneyUnit, digits: number | 'exact'): string {
  if (yuan === null) return '—';
  if (!Number.isSafeInteger(yuan)) throw new RangeError(`Not an amount in whole yuan: ${yuan}`);
  const decimals = digits === 'exact' ? POWER[unit] : digits;
  const { value } = scale(BigInt(Math.abs(yuan)), decimals - POWER[unit]);
  const text = value.toString().padStart(decimals + 1, '0');
  const whole = withThousands(text.slice(0, text.length - decimals));
  const kept = text.slice(text.length - decimals);
  const fraction = digits === 'exact' ? kept.replace(/0+$/, '') : kept;
  return `${yuan < 0 && value !== 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The exact amount with its unit, as texts name it: '12,300 万元'; '—' for null. */
export function moneyText(yuan: number | null, unit: MoneyUnit = '万元'): string {
  return yuan === null ? '—' : `${formatMoney(yuan, unit, 'exact')} ${unit}`;
}

/** Exact sum in yuan; null counts as nothing. Throws RangeError when the sum is no longer exact (over 9e15 yuan). */
export function sumMoney(amounts: readonly (number | null)[]): number {
  return amounts.reduce<number>((sum, amount) => {
    const next = sum + (amount ?? 0);
    if (!Number.isSafeInteger(next)) throw new RangeError('Sum of money beyond exact range');
    return next;
  }, 0);
}
