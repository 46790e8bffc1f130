import { Fault } from '../../../shared/contract/faults.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { LOWEST_RANKS, rankProblem } from '../../../shared/domain/rank.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';

const asText = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Refuses a leader without the rank his role asks for (B3). A person whose rank nobody registered passes; coverage shows him.
 *
 * @throws Fault RULE_BROKEN naming the person, his rank and the way on
 */
export function checkRanks(store: Store, changes: readonly Change[]): void {
  const people = new Map<string, Change['set']>();
  for (const change of changes) {
    if (change.entity === 'person') people.set(change.id, { ...people.get(change.id), ...change.set });
  }
  for (const change of changes) {
    if (change.entity !== 'project') continue;
    for (const field of Object.keys(LOWEST_RANKS)) {
      const id = asText(change.set[field]);
      if (id === null) continue;
      const stored = selectRow(store, 'project', change.id);
      if (stored?.[field] === id) continue;
      const person = { ...selectRow(store, 'person', id), ...people.get(id) } as Readonly<Record<string, Value>>;
      const problem = rankProblem(field, { name: asText(person['name']) ?? '', rank: asText(person['rank']) });
      if (problem !== null) throw new Fault('RULE_BROKEN', { why: problem.reason, cure: problem.cure });
    }
  }
}
