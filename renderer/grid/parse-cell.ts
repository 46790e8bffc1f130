import type { Choice, Field, Value } from '../../shared/dictionary/field.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { IsoDate } from '../../shared/domain/date.ts';
import { DECIMALS, isDecimal } from '../../shared/domain/decimal.ts';
import { formatMoney, MONEY_FAULT_TEXT, parseMoney } from '../../shared/domain/money.ts';
import { parseDateText, shorten } from './date-text.ts';
import { moneyUnitOf } from './format-cell.ts';
import type { ParseResult, RefOption } from './types.ts';

export interface ParseContext {
  /** Rows a ref field may point to. */
  readonly options?: readonly RefOption[];
  /** For dates written without a year. */
  readonly today?: IsoDate;
}

const ok = (value: Value): ParseResult => ({ ok: true, value });
const fail = (reason: string): ParseResult => ({ ok: false, reason });

/** Reads a typed or pasted text as a value of the field; the reason is for the operator. Blank is null. */
export function parseCell(text: string, field: Field, context: ParseContext = {}): ParseResult {
  const result = parseByType(text, field, context);
  if (result.ok && result.value === null && field.required) return fail('不能为空');
  return result;
}

function parseByType(text: string, field: Field, context: ParseContext): ParseResult {
  switch (field.type) {
    case 'text':
      return parseText(text.replace(/[\r\n\t]+/g, ' ').trim(), field);
    case 'longText':
      return parseText(text.replace(/\r\n?/g, '\n').trim(), field);
    case 'money':
      return parseMoneyCell(text, field);
    case 'integer':
    case 'decimal':
      return parseNumber(text, field);
    case 'date': {
      const date = parseDateText(text, context.today);
      return date.ok ? ok(date.date) : fail(date.reason);
    }
    case 'choice':
      return parseChoice(text, field.choices ?? []);
    case 'choices':
      return parseChoices(text, field.choices ?? []);
    case 'flag':
      return parseFlag(text);
    case 'ref':
      return parseRef(text, context.options ?? []);
    case 'instant':
    case 'json':
      return fail('此列不能直接填写');
    default:
      return assertNever(field.type);
  }
}

function parseText(text: string, { maxLength, pattern }: Field): ParseResult {
  if (text === '') return ok(null);
  if (maxLength !== undefined && text.length > maxLength) {
    return fail(`有 ${text.length} 个字，最多 ${maxLength} 个字`);
  }
  if (pattern !== undefined && !new RegExp(pattern.source).test(text)) {
    return fail(`“${shorten(text)}”${pattern.message}`);
  }
  return ok(text);
}

function parseMoneyCell(text: string, field: Field): ParseResult {
  const unit = moneyUnitOf(field);
  const result = parseMoney(text, unit);
  if (!result.ok) return fail(`“${shorten(text)}”${MONEY_FAULT_TEXT[result.reason]}`);
  if (result.yuan === null) return ok(null);
  const bound = (yuan: number) => `${formatMoney(yuan, unit, 'exact')} ${unit}`;
  if (field.min !== undefined && result.yuan < field.min) {
    return fail(field.min === 0 ? `“${shorten(text)}”是负数` : `“${shorten(text)}”小于 ${bound(field.min)}`);
  }
  if (field.max !== undefined && result.yuan > field.max) return fail(`“${shorten(text)}”大于 ${bound(field.max)}`);
  return ok(result.yuan);
}

const NO_FIGURE = new Set(['', '-', '--', '/', '待定', '未定', '暂无']);

function parseNumber(text: string, field: Field): ParseResult {
  let tidied = text
    .normalize('NFKC')
    .replace(/[\s\u200b]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-');
  if (NO_FIGURE.has(tidied)) return ok(null);
  if (field.unit !== undefined && tidied.endsWith(field.unit)) tidied = tidied.slice(0, -field.unit.length);
  if (!/^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?$/.test(tidied)) return fail(`“${shorten(text)}”不是数字`);
  const number = Number(tidied.replaceAll(',', ''));
  if (field.type === 'decimal') {
    if (!isDecimal(number)) return fail(`“${shorten(text)}”超过 ${DECIMALS} 位小数，或数字过大`);
  } else {
    if (!Number.isInteger(number)) return fail(`“${shorten(text)}”不是整数`);
    if (!Number.isSafeInteger(number)) return fail(`“${shorten(text)}”数字过大`);
  }
  if (field.min !== undefined && number < field.min) return fail(`“${shorten(text)}”小于 ${field.min}`);
  if (field.max !== undefined && number > field.max) return fail(`“${shorten(text)}”大于 ${field.max}`);
  return ok(number);
}

/** For comparing what people write: width, spaces and the brackets' form do not matter. */
function normal(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

export function findChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  const wanted = normal(text);
  return (
    choices.find((choice) => normal(choice.label) === wanted) ??
    choices.find((choice) => choice.aliases?.some((alias) => normal(alias) === wanted) === true)
  );
}

function unknownChoice(text: string, choices: readonly Choice[]): ParseResult {
  const labels = choices.map((choice) => choice.label);
  const shown = labels.length > 6 ? `${labels.slice(0, 6).join('、')}…` : labels.join('、');
  return fail(`“${shorten(text)}”不在可选项中（${shown}）`);
}

function parseChoice(text: string, choices: readonly Choice[]): ParseResult {
  if (normal(text) === '') return ok(null);
  const found = findChoice(text, choices);
  return found === undefined ? unknownChoice(text, choices) : ok(found.value);
}

function parseChoices(text: string, choices: readonly Choice[]): ParseResult {
  const parts = text.split(/[、,，;；/\n]+/).filter((part) => normal(part) !== '');
  const values = new Set<string>();
  for (const part of parts) {
    const found = findChoice(part, choices);
    if (found === undefined) return unknownChoice(part, choices);
    values.add(found.value);
  }
  return ok(values.size === 0 ? null : JSON.stringify([...values].sort()));
}

const YES = new Set(['是', '有', '1', '√', '✓', '✔', 'y', 'yes', 'true', '对']);
const NO = new Set(['否', '无', '0', '×', 'x', 'n', 'no', 'false', '不是', '没有']);

function parseFlag(text: string): ParseResult {
  const tidied = normal(text);
  if (tidied === '') return ok(null);
  if (YES.has(tidied)) return ok(1);
  if (NO.has(tidied)) return ok(0);
  return fail(`“${shorten(text)}”应为“是”或“否”`);
}

function parseRef(text: string, options: readonly RefOption[]): ParseResult {
  const wanted = normal(text);
  if (wanted === '') return ok(null);
  const found = options.filter((option) => normal(option.label) === wanted || normal(refLabel(option)) === wanted);
  const [first] = found;
  if (first === undefined) return fail(`没有“${shorten(text)}”，请先登记或从列表中选择`);
  if (found.length > 1) return fail(`“${shorten(text)}”有 ${found.length} 个，请从列表中选择`);
  return ok(first.id);
}

/** Label with its hint: 张伟（发改委）. */
export function refLabel(option: RefOption): string {
  return option.hint === undefined || option.hint === '' ? option.label : `${option.label}（${option.hint}）`;
}
