import type { Value } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import type { RowFinding } from '../../../shared/domain/row-finding.ts';
import type { Change } from '../store/commit.ts';
import type { PlainRow, Rows } from './rows.ts';

/** On what occasion rows are written, for what is written beside them. */
export interface Occasion {
  /** Told in stage events and list memberships: '在台账中直接修改'. */
  readonly note: string;
  /**
   * Moves of a stage: 'reasoned' sends a step back to where its reason is written; 'agreed' has one, both sides having
   * spoken; 'any' chooses between two stages that were each reached by rule.
   */
  readonly moves: 'reasoned' | 'agreed' | 'any';
}

/** One row from what it is to what it would be. */
export interface Step {
  readonly id: string;
  /** Null for a row that is only being made. */
  readonly before: PlainRow | null;
  readonly after: PlainRow;
  readonly set: Readonly<Record<string, Value>>;
}

export interface Situation {
  readonly today: IsoDate;
  readonly occasion: Occasion;
  /** As they are. */
  readonly now: Rows;
  /** As they would be. */
  readonly then: Rows;
  /** Whether this office decides the field of that row; else the value becomes 建议修改. */
  may(row: PlainRow, field: string): boolean;
}

/**
 * The rules across the fields and rows of one entity, beyond what the dictionary says of each field. Reading is all they
 * do: `judge` runs them, `store/commit.ts` writes.
 */
export interface EntityRules {
  /** Fields of the same row that follow from what was filled in. */
  derive?(before: PlainRow, set: Step['set'], situation: Omit<Situation, 'then'>): Readonly<Record<string, Value>>;
  /** What is wrong with a row among the others. What was wrong before does not stand in the way of another field. */
  check?(row: PlainRow, rows: Rows, today: IsoDate): readonly RowFinding[];
  /** What to ask about a row that is looked at; nothing stands in the way of saving it. May look through the whole table. */
  doubts?(row: PlainRow, rows: Rows): readonly RowFinding[];
  /** What is wrong with going from one to the other. */
  step?(step: Step, situation: Situation): readonly RowFinding[];
  /** Rows written with it, in the same commit. */
  beside?(step: Step, situation: Situation): readonly Change[];
}
