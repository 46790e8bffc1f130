import type { SavedCells } from '../../../shared/contract/checked.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { type EntityName, entityOf, fieldOf, type Value } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import type { Session } from '../session/session.ts';
import { type Actor, type Change, type CommitRequest, type CommitResult, commit } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { judge, type Refusal } from './judge.ts';
import type { Occasion } from './rule.ts';

export interface CellEdit {
  readonly rowId: string;
  readonly key: string;
  readonly value: Value;
}

export interface Moment {
  readonly today: IsoDate;
  readonly actor: Actor;
}

export const momentOf = (session: Session): Moment => ({ today: session.today(), actor: session.actor() });

/** The fault of a refusal: '“生物质热电联产”：…', with the way on. */
function faultOf(store: Store, refused: readonly Refusal[]): Fault | null {
  const [first] = refused;
  const [finding] = first?.findings ?? [];
  if (first === undefined || finding === undefined) return null;
  const { entity, id, set } = first.change;
  const field = fieldOf(entity, finding.field);
  const problem = field === undefined ? null : checkValue(field, set[finding.field] ?? null);
  if (problem !== null && finding.reason === problem)
    return new Fault('INVALID_VALUE', { what: entityOf(entity).label, why: problem });
  const name = set['name'] ?? selectRow(store, entity, id)?.['name'];
  const named = typeof name === 'string' && !finding.reason.includes(`“${name}”`) ? `“${name}”：` : '';
  const more = refused.length > 1 ? `（另有 ${refused.length - 1} 条也不能保存）` : '';
  const { cure } = finding;
  return new Fault('RULE_BROKEN', { why: `${named}${finding.reason}${more}`, ...(cure === undefined ? {} : { cure }) });
}

/**
 * Writes changes by the rules: all of them with what must be written beside them, or nothing.
 *
 * @throws Fault RULE_BROKEN with the reason and the way on, and as `commit` does
 */
export function commitByRules(
  store: Store,
  request: CommitRequest,
  { today, actor }: Moment,
  occasion?: Occasion,
): CommitResult {
  const { changes, refused } = judge(store, request.changes, today, occasion);
  const fault = faultOf(store, refused);
  if (fault !== null) throw fault;
  return commit(store, { ...request, changes }, actor);
}

function changesOf(store: Store, entity: EntityName, edits: readonly CellEdit[]): readonly Change[] {
  const sets = new Map<string, Record<string, Value>>();
  for (const { rowId, key, value } of edits) {
    const set = sets.get(rowId);
    const given = value === '' ? null : value;
    if (set !== undefined) {
      set[key] = given;
      continue;
    }
    const stored = selectRow(store, entity, rowId);
    if (stored === undefined || stored.voided === 1) throw new Fault('UNKNOWN_ROW', { what: entityOf(entity).label });
    sets.set(rowId, { [key]: given });
  }
  return [...sets].map(([id, set]) => ({ entity, id, set }));
}

/** '…；请先登记开工': what a refused cell says. */
export const refusalText = ({ reason, cure }: Refusal['findings'][number]): string =>
  cure === undefined ? reason : `${reason}；${cure}`;

/** A row stays as it was as a whole: its cells that were edited say why, at the field itself where it was one of them. */
function cellsOf({ change, findings }: Refusal, edited: ReadonlySet<string>): SavedCells['refused'] {
  const [first] = findings;
  if (first === undefined) return [];
  const keys = Object.keys(change.set).filter((key) => edited.has(`${change.id} ${key}`));
  const ofRow = findings.find(({ field }) => keys.includes(field));
  const label = ofRow === undefined ? '' : (fieldOf(change.entity, ofRow.field)?.label ?? '');
  return keys.map((key) => {
    const own = findings.find(({ field }) => field === key);
    const elsewhere = ofRow === undefined ? refusalText(first) : `本行“${label}”不能保存：${refusalText(ofRow)}`;
    return { rowId: change.id, key, reason: own === undefined ? elsewhere : refusalText(own) };
  });
}

/**
 * Saves cells of one entity by its rules: rows that break one stay as they were, with the reason at the cells; the others
 * are one commit and one undo step.
 *
 * @throws Fault UNKNOWN_ROW, and as `commit` does
 */
export function saveCells(
  store: Store,
  entity: EntityName,
  edits: readonly CellEdit[],
  title: string,
  { today, actor }: Moment,
): SavedCells {
  const { changes, refused } = judge(store, changesOf(store, entity, edits), today);
  const edited = new Set(edits.map(({ rowId, key }) => `${rowId} ${key}`));
  const cells = refused.flatMap((refusal) => cellsOf(refusal, edited));
  if (changes.length === 0) return { changed: 0, proposals: 0, refused: cells };
  const { changed, proposals } = commit(store, { kind: 'edit', title, changes }, actor);
  return { changed, proposals, refused: cells };
}
