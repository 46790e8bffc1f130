export { type CellEdit, type PlainRow, type RowRules, saveChecked } from './checked.ts';
