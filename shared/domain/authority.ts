import type { Owner } from '../dictionary/field.ts';

export type OfficeLevel = 'city' | 'county' | 'town';

/** Who writes: an office and its level. */
export interface Writer {
  readonly officeId: string;
  readonly level: OfficeLevel;
}

export type Verdict = 'may' | 'propose';

/**
 * Authority before time (exchange design, 'What must hold' 5): may this writer set this field of this row?
 *
 * @param owner the field's owner in the dictionary
 * @param writer the office that writes
 * @param rowOfficeId office of the row's responsible unit at that time, for an office's own row the office above it; null
 *   for rows of the city as a whole
 * @returns 'may', or 'propose': the value is not applied but becomes a 建议修改 for the owner
 */
export function authority(owner: Owner, writer: Writer, rowOfficeId: string | null): Verdict {
  const inScope = writer.level === 'city' || rowOfficeId === null || rowOfficeId === writer.officeId;
  switch (owner) {
    case 'shared':
      return inScope ? 'may' : 'propose';
    case 'city':
      return writer.level === 'city' ? 'may' : 'propose';
    case 'above':
      return writer.level === 'city' || rowOfficeId === writer.officeId ? 'may' : 'propose';
    case 'unit':
      // A unit whose office keeps no ledger of its own is kept by the city.
      if (rowOfficeId === null) return writer.level === 'city' ? 'may' : 'propose';
      return rowOfficeId === writer.officeId ? 'may' : 'propose';
  }
}

/**
 * May this writer create such a row? Its creator sets every field as initial values, the other side's included.
 *
 * @param creator the entity's `creator` trait
 */
export function mayCreate(creator: 'city' | 'unit' | 'any', writer: Writer, rowOfficeId: string | null): boolean {
  switch (creator) {
    case 'city':
      return writer.level === 'city';
    case 'unit':
      return rowOfficeId === writer.officeId;
    case 'any':
      return writer.level === 'city' || rowOfficeId === null || rowOfficeId === writer.officeId;
  }
}
