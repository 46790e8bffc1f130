export { findingsOf, judge, type Refusal } from './judge.ts';
export type { PlainRow } from './rows.ts';
export type { Occasion } from './rule.ts';
export { type CellEdit, commitByRules, type Moment, momentOf, refusalText, saveCells } from './save.ts';
