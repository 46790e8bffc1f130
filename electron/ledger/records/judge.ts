import { checkValue } from '../../../shared/dictionary/check.ts';
import { fieldOf } from '../../../shared/dictionary/index.ts';
import { authority } from '../../../shared/domain/authority.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { type RowFinding, refuse } from '../../../shared/domain/row-finding.ts';
import { type Change, coalesce } from '../store/commit.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { ownersOf } from '../store/owners.ts';
import { Scope } from '../store/scope.ts';
import { type PlainRow, Rows, StoredRows } from './rows.ts';
import type { Occasion, Situation, Step } from './rule.ts';
import { RULES } from './rules/index.ts';

export const BY_HAND: Occasion = { note: '在台账中直接修改', moves: 'reasoned' };

/** A change that may not be written, and why. */
export interface Refusal {
  readonly change: Change;
  /** Not empty; all of them `refuse`. */
  readonly findings: readonly RowFinding[];
}

export interface Judgement {
  /** What may be written, with the fields that follow and the rows beside: one commit. */
  readonly changes: readonly Change[];
  readonly refused: readonly Refusal[];
}

/** Values the dictionary does not take. */
function wrongValues({ entity, set }: Change): readonly RowFinding[] {
  return Object.entries(set).flatMap(([key, value]) => {
    if (key === 'voided') return [];
    const field = fieldOf(entity, key);
    const reason = field === undefined ? '此列不能填写' : checkValue(field, value);
    return reason === null ? [] : [refuse(key, reason)];
  });
}

const told = ({ field, reason }: RowFinding): string => `${field} ${reason}`;

class Judge {
  readonly #stored: StoredRows;
  readonly #now: Rows;
  readonly #today: IsoDate;
  readonly #occasion: Occasion;
  readonly #may: (change: Pick<Change, 'entity'>, row: PlainRow, field: string) => boolean;

  constructor(store: Store, today: IsoDate, occasion: Occasion) {
    this.#stored = new StoredRows(store);
    this.#now = new Rows(this.#stored, []);
    this.#today = today;
    this.#occasion = occasion;
    const identity = readIdentity(store);
    const scope = new Scope(store, identity);
    const owners = ownersOf(store);
    this.#may = ({ entity }, row, field) =>
      authority(owners.of(entity, field), identity, scope.officeOf(entity, row)) === 'may';
  }

  /** The change with the fields that follow from it. */
  complete(change: Change): Change {
    const derive = RULES[change.entity]?.derive;
    const before = this.#now.get(change.entity, change.id);
    if (derive === undefined || before === null || wrongValues(change).length > 0) return change;
    return { ...change, set: { ...change.set, ...derive(before, change.set, this.#situation(change, this.#now)) } };
  }

  over(changes: readonly Change[]): Rows {
    return new Rows(this.#stored, changes);
  }

  findings(change: Change, then: Rows): readonly RowFinding[] {
    const wrong = wrongValues(change);
    const rules = RULES[change.entity];
    if (wrong.length > 0 || rules === undefined) return wrong;
    const step = this.#step(change, then);
    const found = [...(rules.step?.(step, this.#situation(change, then)) ?? [])];
    if (rules.check !== undefined && step.after['voided'] !== 1) {
      const before = step.before === null ? [] : rules.check(step.before, this.#now, this.#today);
      const known = new Set(before.map(told));
      found.push(...rules.check(step.after, then, this.#today).filter((finding) => !known.has(told(finding))));
    }
    return found.filter(({ severity }) => severity === 'refuse');
  }

  beside(change: Change, then: Rows): readonly Change[] {
    return RULES[change.entity]?.beside?.(this.#step(change, then), this.#situation(change, then)) ?? [];
  }

  #step({ entity, id, set }: Change, then: Rows): Step {
    const after = then.get(entity, id) ?? { ...set, id };
    return { id, before: this.#now.get(entity, id), after, set };
  }

  #situation(change: Change, then: Rows): Situation {
    return {
      today: this.#today,
      occasion: this.#occasion,
      now: this.#now,
      then,
      may: (row, field) => this.#may(change, row, field),
    };
  }
}

/**
 * Which of these changes may be written, by the rules of `RULES` and the dictionary: those that break one stay out, each
 * with its reasons; the others bring what must be written beside them. Whoever leaned on a row that stays out is judged
 * again without it. Nothing is written here.
 */
export function judge(
  store: Store,
  changes: readonly Change[],
  today: IsoDate,
  occasion: Occasion = BY_HAND,
): Judgement {
  const judge = new Judge(store, today, occasion);
  const refused: Refusal[] = [];
  let left: readonly Change[] = coalesce(changes).map((change) => judge.complete(change));
  for (;;) {
    const then = judge.over(left);
    const bad = new Set<Change>();
    for (const change of left) {
      const findings = judge.findings(change, then);
      if (findings.length === 0) continue;
      bad.add(change);
      refused.push({ change, findings });
    }
    if (bad.size === 0) return { changes: [...left, ...left.flatMap((change) => judge.beside(change, then))], refused };
    left = left.filter((change) => !bad.has(change));
  }
}

/** What is wrong or doubtful with a row as it stands, by the same rules: a row from another office is taken as it came. */
export function findingsOf(store: Store, entity: Change['entity'], id: string, today: IsoDate): readonly RowFinding[] {
  const rows = new Rows(new StoredRows(store), []);
  const row = rows.get(entity, id);
  const rules = RULES[entity];
  if (row === null || row['voided'] === 1 || rules === undefined) return [];
  return [...(rules.check?.(row, rows, today) ?? []), ...(rules.doubts?.(row, rows) ?? [])];
}
