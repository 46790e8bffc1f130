import { type EntityName, type Field, isEntityName, type Value } from '../../../shared/dictionary/index.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { decimalText } from '../../../shared/domain/decimal.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';

export const EMPTY_WORDS = '（空）';

/** Looks up the name of a row that a value refers to; rows 作废 keep their names. Caches for one question. */
export class Names {
  readonly #store: Store;
  readonly #known = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
  }

  of(entity: EntityName, id: string): string {
    const key = `${entity}:${id}`;
    let name = this.#known.get(key);
    if (name === undefined) {
      const row = selectRow(this.#store, entity, id);
      const found = row?.['name'] ?? row?.['title'];
      name = typeof found === 'string' ? found : '（已不在台账中）';
      this.#known.set(key, name);
    }
    return name;
  }
}

function listWords(field: Field, text: string): string {
  const values: unknown = JSON.parse(text);
  if (!Array.isArray(values)) return text;
  return values
    .map((value) => field.choices?.find((choice) => choice.value === value)?.label ?? String(value))
    .join('、');
}

/** A stored value as an operator reads it, with its unit; '（空）' for nothing. Field undefined: the mark of 作废. */
export function valueWords(field: Field | undefined, value: Value, names: Names): string {
  if (value === null || value === '') return EMPTY_WORDS;
  if (field === undefined) return value === 1 ? '是' : value === 0 ? '否' : String(value);
  switch (field.type) {
    case 'money': {
      const unit = field.unit === '元' || field.unit === '亿元' ? field.unit : '万元';
      return typeof value === 'number' ? `${formatMoney(value, unit, 'exact')} ${unit}` : value;
    }
    case 'decimal':
      return typeof value === 'number' ? decimalText(value) : value;
    case 'integer':
      return field.unit === undefined ? String(value) : `${value} ${field.unit}`;
    case 'choice':
      return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
    case 'choices':
      return listWords(field, String(value));
    case 'flag':
      return value === 1 ? '是' : '否';
    case 'ref':
      return field.ref !== undefined && isEntityName(field.ref) ? names.of(field.ref, String(value)) : String(value);
    case 'instant':
      return new Date(Number(value) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    case 'text':
    case 'longText':
    case 'date':
    case 'json':
      return String(value);
    default:
      return assertNever(field.type);
  }
}
