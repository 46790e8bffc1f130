import type { SavedCells } from '../../../shared/contract/checked.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { checkCase, checkFactor, checkFinancing, checkLead } from '../../../shared/domain/factor.ts';
import { refuse } from '../../../shared/domain/row-finding.ts';
import { type CellEdit, type PlainRow, type RowRules, saveChecked } from '../records/index.ts';
import type { Actor } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { CASE_BEGAN, OBSTRUCTION_BEGAN } from './read.ts';

export type FactorEntity = 'factor' | 'factorCase' | 'obstruction' | 'financing' | 'investmentLead' | 'leadVisit';

/** Rows come from the tables, so their shape is the dictionary's. */
const as = <T>(row: PlainRow): T => row as unknown as T;

type Case = Omit<Parameters<typeof checkCase>[0], 'beganOn'>;

function rulesOf(entity: FactorEntity, today: IsoDate): RowRules {
  const began = (row: PlainRow, field: string): string | null => {
    const value = row[field];
    return typeof value === 'string' ? value : null;
  };
  switch (entity) {
    case 'factor':
      return { check: (row) => checkFactor(as<Parameters<typeof checkFactor>[0]>(row), today) };
    case 'factorCase':
      return {
        check: (row) => checkCase({ ...as<Case>(row), beganOn: began(row, CASE_BEGAN.field) }, CASE_BEGAN, today),
      };
    case 'obstruction':
      return {
        check: (row) =>
          checkCase({ ...as<Case>(row), beganOn: began(row, OBSTRUCTION_BEGAN.field) }, OBSTRUCTION_BEGAN, today),
      };
    case 'financing':
      return { check: (row) => checkFinancing(as<Parameters<typeof checkFinancing>[0]>(row), today) };
    case 'investmentLead':
      return { check: (row) => checkLead(as<Parameters<typeof checkLead>[0]>(row), today) };
    case 'leadVisit':
      return {
        check: (row) => {
          const visitedOn = began(row, 'visitedOn');
          return visitedOn !== null && visitedOn > today
            ? [refuse('visitedOn', `日期（${visitedOn}）晚于今天（${today}）`)]
            : [];
        },
      };
  }
}

/** Saves cells by the rules of their entity. @throws Fault as `saveChecked` does */
export function saveFactors(
  store: Store,
  input: { readonly entity: FactorEntity; readonly title: string; readonly edits: readonly CellEdit[] },
  today: IsoDate,
  actor: Actor,
): SavedCells {
  return saveChecked(store, input.entity, input.edits, input.title, rulesOf(input.entity, today), actor);
}
