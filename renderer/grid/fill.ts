import type { Value } from '../../shared/dictionary/field.ts';
import { addDays, daysBetween, isDate } from '../../shared/domain/date.ts';

/**
 * Values that follow `source` when it is dragged further: a constant step of at least two numbers or days goes on,
 * all else repeats. `backwards` when dragged up or left; the result is then in the order walked.
 */
export function fillSeries(source: readonly Value[], count: number, backwards = false): Value[] {
  const walked = backwards ? [...source].reverse() : source;
  const next = stepOf(walked);
  if (next !== null) {
    const out: Value[] = [];
    let last = walked.at(-1) ?? null;
    for (let index = 0; index < count; index += 1) {
      last = next(last);
      out.push(last);
    }
    return out;
  }
  return Array.from({ length: count }, (_, index) => walked[index % walked.length] ?? null);
}

type Next = (value: Value) => Value;

function stepOf(values: readonly Value[]): Next | null {
  if (values.length < 2) return null;
  if (values.every((value) => typeof value === 'number')) {
    const difference = constant(values, (left, right) => right - left);
    if (difference === null || difference === 0) return null;
    return (value) => (typeof value === 'number' ? value + difference : value);
  }
  if (values.every((value) => isDate(value))) {
    const days = constant(values, (left, right) => daysBetween(left, right));
    if (days === null || days === 0) return null;
    return (value) => (isDate(value) ? addDays(value, days) : value);
  }
  return null;
}

function constant<T>(values: readonly T[], difference: (left: T, right: T) => number): number | null {
  let found: number | null = null;
  for (let index = 1; index < values.length; index += 1) {
    const left = values[index - 1];
    const right = values[index];
    if (left === undefined || right === undefined) return null;
    const step = difference(left, right);
    if (found !== null && step !== found) return null;
    found = step;
  }
  return found;
}
