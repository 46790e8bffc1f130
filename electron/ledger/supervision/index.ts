export { approve, issue } from './decide.ts';
export { type DraftRequest, draftSheets } from './draft.ts';
export { paperOf } from './paper.ts';
export { sheetLines } from './sheets.ts';
export { suggest } from './suggest.ts';
