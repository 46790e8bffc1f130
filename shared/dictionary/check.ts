import { DECIMALS, isDecimal } from '../domain/decimal.ts';
import type { Field, Value } from './field.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

function isRealDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const instant = new Date(Date.UTC(year, month - 1, day));
  return instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day && year >= 1949 && year <= 2200;
}

function isStringArray(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}

function checkNumber(field: Field, value: Value): string | null {
  if (typeof value !== 'number') return `“${field.label}”应为数字`;
  if (field.type === 'decimal' && !isDecimal(value)) return `“${field.label}”应为数字，最多 ${DECIMALS} 位小数`;
  if (field.type !== 'decimal' && !Number.isSafeInteger(value)) return `“${field.label}”应为数字`;
  const scale = field.type === 'money' && field.unit === '万元' ? 10_000 : 1;
  const unit = field.type === 'money' ? (field.unit ?? '') : (field.unit ?? '');
  if (field.min !== undefined && value < field.min)
    return `“${field.label}”不能小于 ${field.min / scale} ${unit}`.trim();
  if (field.max !== undefined && value > field.max) return `“${field.label}”超出可登记的范围`;
  return null;
}

function checkText(field: Field, value: Value): string | null {
  if (typeof value !== 'string') return `“${field.label}”应为文字`;
  if (field.maxLength !== undefined && value.length > field.maxLength) {
    return `“${field.label}”最多 ${field.maxLength} 字，现有 ${value.length} 字`;
  }
  if (field.pattern && !new RegExp(field.pattern.source, 'u').test(value))
    return `“${field.label}”${field.pattern.message}`;
  return null;
}

/**
 * Whether a stored value fits its field.
 *
 * @returns null when it does, else the reason in Chinese, naming the field
 */
export function checkValue(field: Field, value: Value): string | null {
  if (value === null || value === '') return field.required ? `“${field.label}”不能为空` : null;
  switch (field.type) {
    case 'money':
    case 'integer':
    case 'decimal':
    case 'instant':
      return checkNumber(field, value);
    case 'flag':
      return value === 0 || value === 1 ? null : `“${field.label}”应为是或否`;
    case 'date':
      return typeof value === 'string' && isRealDate(value) ? null : `“${field.label}”应为日期，如 2021-05-11`;
    case 'choice':
      return field.choices?.some((choice) => choice.value === value) ? null : `“${field.label}”没有“${value}”这一选项`;
    case 'choices':
      return typeof value === 'string' && isStringArray(value) ? null : `“${field.label}”应为选项清单`;
    case 'text':
    case 'longText':
    case 'ref':
    case 'json':
      return checkText(field, value);
  }
}
