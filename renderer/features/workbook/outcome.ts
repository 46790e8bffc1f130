import type { ApplyInput, PreviewRow } from '../../../shared/contract/workbook.ts';
import type { RowAction } from '../../../shared/domain/workbook/match.ts';

/** What will become of a row: an action, or one of the reasons why it stays out until someone acts. */
export type Outcome = RowAction | 'blocked' | 'choose' | 'repeat';

export interface RowChoice {
  readonly action: RowAction;
  readonly projectId: string | null;
}

export type BadCells = ApplyInput['badCells'];

/** A project row of the sheet with what is decided about it. */
export interface CheckRow {
  readonly id: string;
  readonly row: PreviewRow;
  readonly outcome: Outcome;
  readonly choice: RowChoice | null;
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  create: '新增',
  update: '更新',
  skip: '不导入',
  blocked: '有错，不导入',
  choose: '待选择',
  repeat: '表内重复',
};

/** As the ledger process will decide it (`decide` in electron/ledger/workbook). */
export function outcomeOf(row: PreviewRow, choice: RowChoice | null, badCells: BadCells): Outcome {
  const action = choice?.action ?? row.action ?? 'skip';
  if (action === 'skip') {
    if (choice !== null) return 'skip';
    return row.needsChoice ? 'choose' : 'repeat';
  }
  const fatal = row.fatal && (action === 'create' || row.action === 'update');
  return fatal || (row.blocked && badCells === 'skipRow') ? 'blocked' : action;
}

export type RowFilter = 'all' | 'problems' | 'choose' | 'create' | 'update' | 'out';

export const FILTERS: readonly { readonly key: RowFilter; readonly label: string }[] = [
  { key: 'all', label: '全部' },
  { key: 'problems', label: '有问题' },
  { key: 'choose', label: '待选择' },
  { key: 'create', label: '新增' },
  { key: 'update', label: '更新' },
  { key: 'out', label: '不导入' },
];

export function passes({ row, outcome }: CheckRow, filter: RowFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'problems':
      return row.problems.length > 0;
    case 'choose':
      return outcome === 'choose';
    case 'create':
    case 'update':
      return outcome === filter;
    case 'out':
      return outcome !== 'create' && outcome !== 'update';
  }
}
