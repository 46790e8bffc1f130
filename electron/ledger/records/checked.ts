import type { SavedCells } from '../../../shared/contract/checked.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { type EntityName, entityOf, fieldOf, type Value } from '../../../shared/dictionary/index.ts';
import type { RowFinding } from '../../../shared/domain/row-finding.ts';
import { type Actor, type Change, commit } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';

export type PlainRow = Readonly<Record<string, Value>> & { readonly id: string };

export interface CellEdit {
  readonly rowId: string;
  readonly key: string;
  readonly value: Value;
}

/** The rules of one entity's rows, beyond what the dictionary says of each field. */
export interface RowRules {
  /** What is wrong with a row; `rows` are all rows of this action as they would be. */
  check(row: PlainRow, rows: ReadonlyMap<string, PlainRow>): readonly RowFinding[];
  /** Fields that follow from what was filled in. */
  derive?(before: PlainRow, set: Readonly<Record<string, Value>>): Readonly<Record<string, Value>>;
}

interface Draft {
  readonly before: PlainRow;
  readonly set: Readonly<Record<string, Value>>;
}

function gather(store: Store, entity: EntityName, edits: readonly CellEdit[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const { rowId, key, value } of edits) {
    const known = drafts.get(rowId);
    if (known !== undefined) {
      drafts.set(rowId, { ...known, set: { ...known.set, [key]: value === '' ? null : value } });
      continue;
    }
    const stored = selectRow(store, entity, rowId);
    if (stored === undefined || stored.voided === 1) throw new Fault('UNKNOWN_ROW', { what: entityOf(entity).label });
    const { _stamp, _stamps, ...before } = stored;
    drafts.set(rowId, { before, set: { [key]: value === '' ? null : value } });
  }
  return drafts;
}

/** Values the dictionary does not take, each with its reason. */
function wrongValues(entity: EntityName, draft: Draft): SavedCells['refused'] {
  return Object.entries(draft.set).flatMap(([key, value]) => {
    const field = fieldOf(entity, key);
    const reason = field === undefined ? '此列不能填写' : checkValue(field, value);
    return reason === null ? [] : [{ rowId: draft.before.id, key, reason }];
  });
}

/** What an edit newly breaks. What was wrong before does not stand in the way of another field. */
function newlyBroken(
  rules: RowRules,
  draft: Draft,
  after: PlainRow,
  rows: ReadonlyMap<string, PlainRow>,
): readonly RowFinding[] {
  const before = new Set(
    rules
      .check(draft.before, new Map())
      .filter(({ severity }) => severity === 'refuse')
      .map(({ field, reason }) => `${field} ${reason}`),
  );
  return rules
    .check(after, rows)
    .filter(({ severity, field, reason }) => severity === 'refuse' && !before.has(`${field} ${reason}`));
}

/** The refusal shown at the cells that were edited: at the field itself where it was one of them. */
function refusalOf(draft: Draft, findings: readonly RowFinding[]): SavedCells['refused'] {
  const [first] = findings;
  if (first === undefined) return [];
  return Object.keys(draft.set).map((key) => {
    const own = findings.find((finding) => finding.field === key);
    return { rowId: draft.before.id, key, reason: (own ?? first).reason };
  });
}

/**
 * Saves cells of one entity by its rules: rows that break one stay as they were, each cell with its reason; the others are
 * one commit and one undo step.
 *
 * @throws Fault UNKNOWN_ROW, and as `commit` does
 */
export function saveChecked(
  store: Store,
  entity: EntityName,
  edits: readonly CellEdit[],
  title: string,
  rules: RowRules,
  actor: Actor,
): SavedCells {
  const drafts = gather(store, entity, edits);
  const refused: SavedCells['refused'] = [];
  const after = new Map<string, PlainRow>();
  const sets = new Map<string, Readonly<Record<string, Value>>>();
  for (const [id, draft] of drafts) {
    const wrong = wrongValues(entity, draft);
    if (wrong.length > 0) {
      refused.push(...wrong);
      continue;
    }
    const set = { ...draft.set, ...rules.derive?.(draft.before, draft.set) };
    sets.set(id, set);
    after.set(id, { ...draft.before, ...set, id });
  }
  const changes: Change[] = [];
  for (const [id, row] of after) {
    const draft = drafts.get(id);
    const set = sets.get(id);
    if (draft === undefined || set === undefined) continue;
    const broken = newlyBroken(rules, draft, row, after);
    if (broken.length > 0) refused.push(...refusalOf(draft, broken));
    else changes.push({ entity, id, set });
  }
  if (changes.length === 0) return { changed: 0, proposals: 0, refused };
  const { changed, proposals } = commit(store, { kind: 'edit', title, changes }, actor);
  return { changed, proposals, refused };
}
