import type { ConflictItem, ProposalItem } from '../../../../shared/contract/exchange.ts';
import { Fault } from '../../../../shared/contract/faults.ts';
import { fieldOf, isEntityName, type Row, type Value } from '../../../../shared/dictionary/index.ts';
import { isUnwritten, parseStamp, stampMs } from '../../../../shared/domain/clock.ts';
import { Names, valueWords } from '../../projects/index.ts';
import { commitByRules, type Moment } from '../../records/index.ts';
import type { Change } from '../../store/commit.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { Scope } from '../../store/scope.ts';
import { readStamps, stampOf } from '../../store/stamps.ts';
import { type StoredRow, selectRow } from '../../store/statements.ts';
import { fieldLabel, operatorOf } from '../merge/settle.ts';
import { originOf } from '../offices/origins.ts';
import { labelOf } from './register.ts';

type Conflict = Row<'conflict'>;
type Proposal = Row<'proposal'> & { readonly _stamp: string };

function all<R>(store: Store, entity: 'conflict' | 'proposal', open: boolean): R[] {
  const where = open ? `WHERE "state" = 'open' AND "voided" = 0` : 'WHERE "voided" = 0';
  return store.db.prepare(`SELECT * FROM "${entity}" ${where} ORDER BY "id" DESC LIMIT 5000`).all() as R[];
}

/** The row a dispute is about; undefined when it is of an entity this version does not know. */
function subject(store: Store, dispute: { readonly entity: string; readonly rowId: string }): StoredRow | undefined {
  return isEntityName(dispute.entity) ? selectRow(store, dispute.entity, dispute.rowId) : undefined;
}

function rowName(row: StoredRow | undefined, names: Names): string {
  const own = row?.['name'] ?? row?.['title'];
  if (typeof own === 'string') return own;
  const project = row?.['projectId'];
  return typeof project === 'string' ? names.of('project', project) : '（记录已不在台账中）';
}

class Wording {
  readonly #store: Store;
  readonly #names: Names;

  constructor(store: Store) {
    this.#store = store;
    this.#names = new Names(store);
  }

  common(item: Conflict | Proposal) {
    return {
      id: item.id,
      entity: item.entity,
      entityLabel: labelOf(item.entity),
      rowId: item.rowId,
      rowName: rowName(subject(this.#store, item), this.#names),
      field: item.field,
      fieldLabel: fieldLabel(item.entity, item.field),
      unitId: item.unitId,
      state: item.state,
      decidedBy: item.decidedBy,
    };
  }

  text(item: Conflict | Proposal, value: Value): string {
    return valueWords(isEntityName(item.entity) ? fieldOf(item.entity, item.field) : undefined, value, this.#names);
  }

  side(item: Conflict | Proposal, json: string | null, stamp: string | null): ConflictItem['kept'] {
    const value = json === null ? null : (JSON.parse(json) as Value);
    const origin = stamp === null ? null : originOf(this.#store, stamp);
    const parsed = parseStamp(stamp);
    return {
      value,
      text: this.text(item, value),
      officeName: origin ? this.#names.of('office', origin.officeId) : '',
      operator: stamp === null ? '' : (operatorOf(this.#store, stamp) ?? ''),
      at: origin?.at ?? (parsed === null || isUnwritten(parsed) ? null : stampMs(parsed)),
    };
  }

  officeName(id: string | null): string {
    return id === null ? '' : this.#names.of('office', id);
  }
}

/** 冲突: both values with office, person and time. */
export function conflicts(store: Store, open: boolean): ConflictItem[] {
  const words = new Wording(store);
  return all<Conflict>(store, 'conflict', open).map((item) => ({
    ...words.common(item),
    kept: words.side(item, item.kept, item.keptStamp),
    other: words.side(item, item.other, item.otherStamp),
  }));
}

/** Whether this office decides a proposal: it owns the field of that row. */
function decides(store: Store, item: Proposal, scope: Scope): boolean {
  const { level, officeId } = readIdentity(store);
  if (item.toOwner === 'city') return level === 'city';
  const row = subject(store, item);
  const office = row && isEntityName(item.entity) ? scope.officeOf(item.entity, row) : null;
  return office === null ? level === 'city' : office === officeId;
}

/** 建议修改 with the value as it stands now. */
export function proposals(store: Store, open: boolean): ProposalItem[] {
  const words = new Wording(store);
  const scope = new Scope(store, readIdentity(store));
  return all<Proposal>(store, 'proposal', open).map((item) => {
    const row = subject(store, item);
    const now = row?.[item.field] ?? null;
    const stamp = row === undefined ? null : stampOf(readStamps(row), item.field);
    const made = parseStamp(item._stamp);
    const proposed = words.side(item, item.value, null);
    return {
      ...words.common(item),
      current: words.side(item, JSON.stringify(now), stamp),
      proposed: {
        ...proposed,
        officeName: words.officeName(item.fromOfficeId),
        operator: item.operator ?? '',
        // While it is open, its row is as it was made.
        at: originOf(store, item._stamp)?.at ?? (made === null ? null : stampMs(made)),
      },
      reason: item.reason,
      mine: decides(store, item, scope),
    };
  });
}

function need<R>(store: Store, entity: 'conflict' | 'proposal', id: string): R {
  const row = selectRow(store, entity, id);
  if (!row || row.voided === 1) throw new Fault('UNKNOWN_ROW', { what: entity === 'conflict' ? '冲突' : '建议修改' });
  return row as unknown as R;
}

function setField(item: Conflict | Proposal, value: Value): Change {
  if (!isEntityName(item.entity)) throw new Fault('UNKNOWN_FIELD', { what: item.entity });
  return { entity: item.entity, id: item.rowId, set: { [item.field]: value } };
}

type Choice = 'kept' | 'other' | 'value' | 'ours' | 'theirs';

/** Which value a rule means in one conflict; null where both, or neither, are what it asks for. */
function sideOf(store: Store, item: Conflict, choice: Choice, ownOfficeId: string): 'kept' | 'other' | 'value' | null {
  if (choice !== 'ours' && choice !== 'theirs') return choice;
  const isOurs = (stamp: string | null): boolean => stamp !== null && originOf(store, stamp)?.officeId === ownOfficeId;
  const [kept, other] = [isOurs(item.keptStamp), isOurs(item.otherStamp)];
  if (kept === other) return null;
  return kept === (choice === 'ours') ? 'kept' : 'other';
}

/**
 * Chooses in conflicts, one by one or by a rule; choosing is itself a change, undone like any other (exchange design, 'What must hold' 6).
 *
 * @returns how many were decided, and how many the rule does not decide
 * @throws Fault UNKNOWN_ROW, INVALID_VALUE, RULE_BROKEN
 */
export function resolve(
  store: Store,
  request: { readonly ids: readonly string[]; readonly choice: Choice; readonly value?: Value },
  moment: Moment,
): { readonly resolved: number; readonly left: number } {
  const { operator } = moment.actor;
  const { officeId } = readIdentity(store);
  const changes: Change[] = [];
  let left = 0;
  for (const id of request.ids) {
    const item = need<Conflict>(store, 'conflict', id);
    if (item.state !== 'open') continue;
    const side = sideOf(store, item, request.choice, officeId);
    if (side === null) {
      left += 1;
      continue;
    }
    if (side === 'other') changes.push(setField(item, item.other === null ? null : (JSON.parse(item.other) as Value)));
    if (side === 'value') changes.push(setField(item, request.value ?? null));
    changes.push({ entity: 'conflict', id, set: { state: 'resolved', decidedBy: operator } });
  }
  const resolved = changes.filter((change) => change.entity === 'conflict').length;
  if (resolved > 0) {
    const title = `处理冲突 ${resolved} 处`;
    commitByRules(store, { kind: 'decision', title, changes }, moment, { note: '处理冲突', moves: 'any' });
  }
  return { resolved, left };
}

/**
 * Takes or leaves proposals. Those that another office decides are refused, and those that the rules do not let stand.
 *
 * @throws Fault UNKNOWN_ROW, NOT_ALLOWED, RULE_BROKEN
 */
export function decide(store: Store, ids: readonly string[], accept: boolean, moment: Moment): number {
  const { operator } = moment.actor;
  const scope = new Scope(store, readIdentity(store));
  const changes: Change[] = [];
  for (const id of ids) {
    const item = need<Proposal>(store, 'proposal', id);
    if (item.state !== 'open') continue;
    if (!decides(store, item, scope))
      throw new Fault('NOT_ALLOWED', { why: '这条建议由对方决定', cure: '请等对方处理后的回执' });
    if (accept) changes.push(setField(item, item.value === null ? null : (JSON.parse(item.value) as Value)));
    changes.push({
      entity: 'proposal',
      id,
      set: { state: accept ? 'accepted' : 'declined', decidedBy: operator },
    });
  }
  const decided = changes.filter((change) => change.entity === 'proposal').length;
  if (decided > 0) {
    const title = `${accept ? '采纳' : '不采纳'}建议修改 ${decided} 条`;
    commitByRules(store, { kind: 'decision', title, changes }, moment, { note: '采纳建议修改', moves: 'agreed' });
  }
  return decided;
}
