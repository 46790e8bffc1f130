import type { Field, Value } from '../../shared/dictionary/field.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { decimalText } from '../../shared/domain/decimal.ts';
import { formatMoney, type MoneyUnit } from '../../shared/domain/money.ts';
import type { ColumnKind } from './types.ts';

export type LabelOf = (id: string) => string | undefined;

/** Unit a money field is shown and typed in. */
export function moneyUnitOf(field: Field): MoneyUnit {
  return field.unit === '元' || field.unit === '亿元' ? field.unit : '万元';
}

/** Unit behind the heading, or null. */
export function unitOf(field: Field): string | null {
  if (field.type === 'money') return moneyUnitOf(field);
  return field.unit ?? null;
}

export function kindOf(field: Field): ColumnKind {
  if (field.type === 'money' || field.type === 'integer' || field.type === 'decimal') return 'number';
  return field.type === 'date' || field.type === 'instant' ? 'date' : 'text';
}

/** Values of a `choices` field; empty for anything that is not a JSON list. */
export function listOf(value: Value): readonly string[] {
  if (typeof value !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed.filter((item): item is string => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

const BEIJING_MS = 8 * 3_600_000;

/** '2021-05-11 09:30' on the wall clock of Beijing. */
function formatInstant(instant: number): string {
  return new Date(instant + BEIJING_MS).toISOString().slice(0, 16).replace('T', ' ');
}

function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A value as the grid shows it; blank for null. A value the dictionary does not know is shown as it is. */
export function formatCell(value: Value, field: Field, labelOf?: LabelOf): string {
  return formatWith(value, field, labelOf, true);
}

/** The same for an editor or the clipboard: numbers without thousands marks. */
export function editText(value: Value, field: Field, labelOf?: LabelOf): string {
  return formatWith(value, field, labelOf, false);
}

function formatWith(value: Value, field: Field, labelOf: LabelOf | undefined, marks: boolean): string {
  if (value === null || value === '') return '';
  switch (field.type) {
    case 'money': {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return String(value);
      const text = formatMoney(value, moneyUnitOf(field), 'exact');
      return marks ? text : text.replaceAll(',', '');
    }
    case 'integer':
      // Without a unit an integer is a year or a number in a list, and takes no marks.
      return marks && field.unit !== undefined && typeof value === 'number' ? thousands(value) : String(value);
    case 'decimal':
      return typeof value === 'number' ? decimalText(value, marks) : String(value);
    case 'instant':
      return typeof value === 'number' ? formatInstant(value) : value;
    case 'choice':
      return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
    case 'choices':
      return choiceLabels(value, field).join('、');
    case 'flag':
      return value === 1 ? '是' : value === 0 ? '否' : String(value);
    case 'ref':
      return labelOf?.(String(value)) ?? '';
    case 'text':
    case 'longText':
    case 'date':
    case 'json':
      return String(value);
    default:
      return assertNever(field.type);
  }
}

/** Labels of a `choices` value, in the order of the dictionary. */
export function choiceLabels(value: Value, field: Field): readonly string[] {
  const chosen = listOf(value);
  const known = (field.choices ?? []).filter((choice) => chosen.includes(choice.value)).map((choice) => choice.label);
  const unknown = chosen.filter((item) => field.choices?.some((choice) => choice.value === item) !== true);
  return [...known, ...unknown];
}
