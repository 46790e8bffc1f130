/** The stamps of a row: one for the row, exceptions for the fields written since (exchange design, Stamps). */
export interface RowStamps {
  readonly row: string;
  readonly fields: Readonly<Record<string, string>>;
}

const NONE: Readonly<Record<string, string>> = {};

export function readStamps(row: { readonly _stamp: string; readonly _stamps: string | null }): RowStamps {
  return { row: row._stamp, fields: row._stamps === null ? NONE : (JSON.parse(row._stamps) as Record<string, string>) };
}

export function stampOf(stamps: RowStamps, field: string): string {
  return stamps.fields[field] ?? stamps.row;
}

/** The packed exceptions column; null when there are none. */
export function packStamps(fields: Readonly<Record<string, string>>): string | null {
  for (const _ in fields) return JSON.stringify(fields);
  return null;
}

/** The packed exceptions once a field has a certain stamp; the row's own is no exception. */
export function packWith({ row, fields }: RowStamps, field: string, stamp: string): string | null {
  const { [field]: _, ...others } = fields;
  return packStamps(stamp === row ? others : { ...others, [field]: stamp });
}
