import type { Field, MoneyUnit, Value } from '../../../shared/dictionary/field.ts';
import { formatMoney } from '../../../shared/domain/money.ts';

export interface Names {
  readonly unit: (id: string) => string | null;
  readonly person: (id: string) => string | null;
}

export const unitShown = (field: Field): MoneyUnit =>
  field.unit === '元' || field.unit === '亿元' ? field.unit : '万元';

function labels(text: string, field: Field): string {
  const values = JSON.parse(text) as readonly string[];
  return values.map((value) => field.choices?.find((choice) => choice.value === value)?.label ?? value).join('、');
}

/** A stored value in the operator's words: amounts in the field's unit, choices by label, people and units by name. */
export function showValue(value: Value, field: Field, names: Names): string {
  if (value === null) return '';
  switch (field.type) {
    case 'money':
      return typeof value === 'number' ? formatMoney(value, unitShown(field), 'exact') : String(value);
    case 'choice':
      return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
    case 'choices':
      return labels(String(value), field);
    case 'flag':
      return value === 1 ? '是' : '否';
    case 'ref':
      return (field.ref === 'person' ? names.person(String(value)) : names.unit(String(value))) ?? String(value);
    default:
      return String(value);
  }
}
