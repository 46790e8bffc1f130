import type { Stage, Value } from '../../../shared/dictionary/index.ts';
import { authority } from '../../../shared/domain/authority.ts';
import type { StageDates } from '../../../shared/domain/stage.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { Scope } from '../store/scope.ts';
import type { StoredRow } from '../store/statements.ts';

const asText = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function stageDatesOf(row: Readonly<Record<string, Value>>): StageDates {
  return {
    stage: asText(row['stage']) as Stage | null,
    actualStart: asText(row['actualStart']),
    actualCompletion: asText(row['actualCompletion']),
    productionDate: asText(row['productionDate']),
    suspendedSince: asText(row['suspendedSince']),
  };
}

/** Whether this office decides the stage of a project; else an edit becomes a 建议修改. */
export function maySetStage(store: Store, row: StoredRow): boolean {
  const identity = readIdentity(store);
  return authority('unit', identity, new Scope(store, identity).officeOf('project', row)) === 'may';
}
