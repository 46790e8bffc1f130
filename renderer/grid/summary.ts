import type { Value } from '../../shared/dictionary/field.ts';

/** What the status bar tells of a selection, as Excel does. */
export interface Summary {
  /** Cells with something in them. */
  readonly count: number;
  /** Cells with a number. */
  readonly numbers: number;
  readonly sum: number;
}

export interface SummedValue {
  readonly value: Value;
  readonly numeric: boolean;
}

export function summarise(values: Iterable<SummedValue>): Summary {
  let count = 0;
  let numbers = 0;
  let sum = 0;
  for (const { value, numeric } of values) {
    if (value === null || value === '') continue;
    count += 1;
    if (numeric && typeof value === 'number') {
      numbers += 1;
      sum += value;
    }
  }
  return { count, numbers, sum };
}
