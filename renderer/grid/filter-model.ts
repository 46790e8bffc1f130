import type { Value } from '../../shared/dictionary/field.ts';
import type { ResolvedColumn } from './column.ts';

/** Filter of one column. Bounds are as stored (yuan, 'YYYY-MM-DD'). Conditions that are set must all hold. */
export interface ColumnFilter {
  /** Shown texts that pass; '' is a blank. */
  readonly values?: readonly string[];
  readonly contains?: string;
  readonly from?: Value;
  readonly to?: Value;
}

export function isEmptyFilter({ values, contains, from, to }: ColumnFilter): boolean {
  return values === undefined && (contains ?? '') === '' && (from ?? null) === null && (to ?? null) === null;
}

export function passesFilter<R>(row: R, column: ResolvedColumn<R>, filter: ColumnFilter): boolean {
  const { values, contains, from, to } = filter;
  if (values !== undefined) {
    const wanted = wantedValues(filter, values);
    if (!column.filterKeys(row).some((key) => wanted.has(key))) return false;
  }
  if (contains !== undefined && contains !== '') {
    const text = column.text(column.value(row), row).toLowerCase();
    if (!text.includes(contains.toLowerCase())) return false;
  }
  const bounded = (from ?? null) !== null || (to ?? null) !== null;
  return !bounded || within(column.value(row), from ?? null, to ?? null);
}

function within(value: Value, from: Value, to: Value): boolean {
  if (value === null || value === '') return false;
  if (from !== null && below(value, from)) return false;
  return to === null || !below(to, value);
}

function below(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  return String(left) < String(right);
}

const sets = new WeakMap<ColumnFilter, ReadonlySet<string>>();

/** The list as a set, made once per filter: it is asked for every row. */
function wantedValues(filter: ColumnFilter, values: readonly string[]): ReadonlySet<string> {
  let known = sets.get(filter);
  if (known === undefined) {
    known = new Set(values);
    sets.set(filter, known);
  }
  return known;
}
