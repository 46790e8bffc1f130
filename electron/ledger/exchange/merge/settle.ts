import { entityOf, type Value } from '../../../../shared/dictionary/index.ts';
import { type Stamp, stampMs } from '../../../../shared/domain/clock.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { selectRow, statementsOf } from '../../store/statements.ts';
import type { Dispute } from './aside.ts';
import type { ChangeLog } from './change-log.ts';
import { derivedId } from './derived-id.ts';
import { proposalId } from './refusals.ts';

/** Who wrote a stamp, by name, where a file or our own journal has told. */
export function operatorOf(store: Store, stamp: string): string | null {
  const row = prepared(
    store,
    `SELECT "operator" FROM "origin" WHERE "stamp" = @stamp
     UNION ALL SELECT "operator" FROM "journal" WHERE "stamp" = @stamp AND "kind" <> 'sync' LIMIT 1`,
  ).get({ stamp }) as { operator: string } | undefined;
  return row?.operator ?? null;
}

function conflictOf(dispute: Dispute): { readonly id: string; readonly values: Readonly<Record<string, Value>> } {
  const { entity, rowId, field } = dispute;
  // Sorted: the other side finds the same two values the other way round and must make the same row of them.
  const stamps = [dispute.keptStamp, dispute.otherStamp].sort();
  const at = stampMs((stamps[1] ?? '') as Stamp);
  return {
    id: derivedId(at, 'conflict', entity, rowId, field, ...stamps),
    values: {
      entity,
      rowId,
      field,
      kept: JSON.stringify(dispute.kept),
      keptStamp: dispute.keptStamp,
      other: JSON.stringify(dispute.other),
      otherStamp: dispute.otherStamp,
      unitId: dispute.unitId,
      state: 'open',
    },
  };
}

function proposalOf(
  store: Store,
  dispute: Dispute,
): { readonly id: string; readonly values: Readonly<Record<string, Value>> } {
  const { entity, rowId, field, otherStamp } = dispute;
  return {
    id: proposalId(entity, rowId, field, otherStamp),
    values: {
      entity,
      rowId,
      field,
      value: JSON.stringify(dispute.other),
      current: JSON.stringify(dispute.kept),
      currentStamp: dispute.keptStamp,
      fromOfficeId: dispute.otherOfficeId,
      toOwner: dispute.owner === 'city' ? 'city' : 'unit',
      unitId: dispute.unitId,
      operator: operatorOf(store, otherStamp),
      state: 'open',
    },
  };
}

/** Notes a row that this import makes itself, as `commit` would. */
function insert(
  store: Store,
  entity: 'conflict' | 'proposal',
  id: string,
  values: Readonly<Record<string, Value>>,
  stamp: string,
  log: ChangeLog,
): void {
  const { fields, insert: statement } = statementsOf(store, entity);
  statement.run(id, 0, ...fields.map((field) => values[field] ?? null), stamp, null);
  const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  log.add(entity, id, JSON.stringify([entity, id, stamp, kept]), null);
}

/** Makes rows of the disputes of one import; those known already stay as they are. @returns how many are new */
export function settleDisputes(
  store: Store,
  disputes: readonly Dispute[],
  stamp: string,
  log: ChangeLog,
): { readonly conflicts: number; readonly proposals: number } {
  let conflicts = 0;
  let proposals = 0;
  for (const dispute of disputes) {
    const { id, values } = dispute.kind === 'conflict' ? conflictOf(dispute) : proposalOf(store, dispute);
    if (selectRow(store, dispute.kind, id)) continue;
    insert(store, dispute.kind, id, values, stamp, log);
    if (dispute.kind === 'conflict') conflicts += 1;
    else proposals += 1;
  }
  return { conflicts, proposals };
}

/** '项目“某某”的“年度计划投资”'. */
export function fieldLabel(entity: string, field: string): string {
  const description = entityOf(entity as Dispute['entity']);
  return field === 'voided' ? '作废' : (description.fields[field]?.label ?? field);
}
