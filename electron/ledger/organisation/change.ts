import { Fault } from '../../../shared/contract/faults.ts';
import { entityOf } from '../../../shared/dictionary/index.ts';
import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { planMove } from '../../../shared/domain/membership.ts';
import { type Actor, type Change, type CommitResult, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { memberships, projectCounts } from './overview.ts';
import { openWorkOf, readDuties } from './people.ts';

function nameOf(store: Store, entity: 'promotionGroup' | 'responsibilityUnit' | 'person', id: string): string {
  const row = selectRow(store, entity, id);
  if (!row) throw new Fault('UNKNOWN_ROW', { what: entityOf(entity).label });
  return String(row['name'] ?? '');
}

/**
 * Puts a unit into a group from a day on (A3): one operator action, one undo step.
 *
 * @throws Fault RULE_BROKEN with the reason, UNKNOWN_ROW, NOT_ALLOWED
 */
export async function moveUnit(
  store: Store,
  move: { readonly unitId: string; readonly groupId: string | null; readonly from: IsoDate },
  actor: Actor,
): Promise<CommitResult & { readonly title: string }> {
  const unit = nameOf(store, 'responsibilityUnit', move.unitId);
  const group = move.groupId === null ? null : nameOf(store, 'promotionGroup', move.groupId);
  const rows = await memberships(store);
  const plan = planMove(rows, move.unitId, move.groupId, move.from, (id) => nameOf(store, 'promotionGroup', id));
  if (!plan.ok) throw new Fault('RULE_BROKEN', { why: plan.reason });
  const changes: Change[] = [
    ...plan.close.map(({ id, effectiveTo }): Change => ({ entity: 'groupUnit', id, set: { effectiveTo } })),
    ...plan.remove.map((id): Change => ({ entity: 'groupUnit', id, set: { voided: 1 } })),
    ...(plan.open === null ? [] : [{ entity: 'groupUnit', id: newId(), set: { ...plan.open } } satisfies Change]),
  ];
  const day = formatChinese(move.from);
  const title = group === null ? `${unit}自${day}起移出推进组` : `${unit}自${day}起归入${group}`;
  return { ...commit(store, { kind: 'edit', title, changes }, actor), title };
}

/** Why a row cannot go yet, or null. */
async function leansOn(
  store: Store,
  entity: 'promotionGroup' | 'responsibilityUnit' | 'person' | 'groupUnit',
  id: string,
): Promise<string | null> {
  switch (entity) {
    case 'promotionGroup': {
      const units = (await memberships(store)).filter((row) => row.groupId === id && row.effectiveTo === null);
      return units.length === 0 ? null : `本组还有 ${units.length} 个被包保单元，请先把它们调整到其他组`;
    }
    case 'responsibilityUnit': {
      const count = (await projectCounts(store, null)).get(id) ?? 0;
      return count === 0 ? null : `该单位名下还有 ${count} 个项目，请先调整这些项目的责任单位`;
    }
    case 'person': {
      const words = [(await readDuties(store)).words(id), openWorkOf(store, id)]
        .filter((each) => each !== '')
        .join('、');
      return words === '' ? null : `该人员仍担任：${words}。请先换人`;
    }
    case 'groupUnit':
      return null;
  }
}

/** 作废 a row that nothing leans on any more. @throws Fault RULE_BROKEN naming what does, UNKNOWN_ROW, NOT_ALLOWED */
export async function retire(
  store: Store,
  what: { readonly entity: 'promotionGroup' | 'responsibilityUnit' | 'person' | 'groupUnit'; readonly id: string },
  actor: Actor,
): Promise<CommitResult> {
  const row = selectRow(store, what.entity, what.id);
  const { label } = entityOf(what.entity);
  if (!row) throw new Fault('UNKNOWN_ROW', { what: label });
  const reason = await leansOn(store, what.entity, what.id);
  if (reason !== null) throw new Fault('RULE_BROKEN', { why: reason });
  const name = typeof row['name'] === 'string' ? `“${row['name']}”` : '';
  return commit(
    store,
    { kind: 'edit', title: `作废${label}${name}`, changes: [{ entity: what.entity, id: what.id, set: { voided: 1 } }] },
    actor,
  );
}
