import type { Value } from '../../dictionary/field.ts';
import type { ColumnMapping } from './mapping.ts';
import type { PersonText } from './people.ts';
import type { RowKind } from './row-kind.ts';
import type { ImportTarget } from './target.ts';
import type { UnitName } from './units.ts';
import type { Severity } from './value.ts';

export interface RecognitionContext {
  readonly target: ImportTarget;
  readonly units: readonly UnitName[];
  /** Year of dates that name none, where the sheet's title names none either. */
  readonly year: number;
  /** Unit of projects whose row and group name none; null: such rows are errors. */
  readonly defaultUnitId: string | null;
}

export interface RowProblem {
  /** 'C7'. */
  readonly cell: string;
  readonly field: string | null;
  readonly severity: Severity;
  /** Names the cell and the cure: '总投资（E7）“12o5”里有字母，请改为数字'. */
  readonly text: string;
}

export type SheetProblemKind =
  | 'noHeader'
  | 'noName'
  | 'claimedTwice'
  | 'noRows'
  | 'unitDoubt'
  | 'totalDiffers'
  | 'unknownUnitGroup';

export interface SheetProblem {
  readonly kind: SheetProblemKind;
  readonly severity: Severity;
  readonly text: string;
}

export interface RecognisedRow {
  /** As Excel numbers it, from 1. */
  readonly rowNumber: number;
  readonly lastRow: number;
  readonly kind: RowKind;
  /** Name of the project, or what the row says. */
  readonly label: string;
  /** Stored values by field; fields that the row leaves blank are absent. */
  readonly values: Readonly<Record<string, Value>>;
  /** People named in the row, by field, to be looked up or created. */
  readonly people: Readonly<Record<string, PersonText>>;
  readonly problems: readonly RowProblem[];
}

export interface Recognition {
  readonly sheet: string;
  readonly title: string | null;
  /** First and last row of the header as Excel numbers them; null when none was found. */
  readonly headerRows: readonly [number, number] | null;
  readonly mapping: readonly ColumnMapping[];
  readonly rows: readonly RecognisedRow[];
  /** Columns with content that are not imported, 0-based. */
  readonly unknownColumns: readonly number[];
  readonly problems: readonly SheetProblem[];
}

/** Whether some column is mapped to the field. */
export function isMapped(mapping: readonly ColumnMapping[], field: string): boolean {
  return mapping.some((column) => column.field === field);
}
