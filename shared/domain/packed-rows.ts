import type { Value } from '../dictionary/field.ts';
import { SharedTexts } from './shared-texts.ts';

/**
 * Many rows as one text, column by column: what the window's port costs and what the window keeps in memory grow with the
 * different values, not with the cells. A column is null where no row has a value, plain values, or its texts once with
 * the place of each row's text among them (-1 for none).
 */
type PackedColumn = null | readonly Value[] | { readonly t: readonly string[]; readonly i: readonly number[] };

function packColumn(values: readonly Value[]): PackedColumn {
  if (values.every((value) => value === null)) return null;
  if (!values.every((value) => value === null || typeof value === 'string')) return values;
  const places = new Map<string, number>();
  const at = values.map((value): number => {
    if (value === null) return -1;
    const text = String(value);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  });
  return { t: [...places.keys()], i: at };
}

/** @param rows values in the order of `columns` */
export function packRows(columns: readonly string[], rows: readonly (readonly Value[])[]): string {
  return JSON.stringify({
    count: rows.length,
    columns: columns.map((_column, index) => packColumn(rows.map((row) => row[index] ?? null))),
  });
}

/** Unpacks texts of `packRows` one after the other; the same text of a column is the same string in all of them. */
export class RowUnpacker {
  readonly #columns: readonly string[];
  readonly #shared = new SharedTexts();

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  unpack(packed: string): Record<string, Value>[] {
    const { count, columns } = JSON.parse(packed) as { count: number; columns: readonly PackedColumn[] };
    const read = columns.map((column): ((at: number) => Value) => {
      if (column === null) return () => null;
      if (!('t' in column)) return (at) => column[at] ?? null;
      const texts = column.t.map((text) => this.#shared.of(text));
      return (at) => texts[column.i[at] ?? -1] ?? null;
    });
    return Array.from({ length: count }, (_, at) => {
      const row: Record<string, Value> = {};
      this.#columns.forEach((column, index) => {
        row[column] = read[index]?.(at) ?? null;
      });
      return row;
    });
  }
}
