import { dictionary, type Value } from '../../../shared/dictionary/index.ts';
import type { RowFinding } from '../../../shared/domain/row-finding.ts';
import { judge } from '../records/index.ts';
import type { Session } from '../session/session.ts';
import type { Change } from '../store/commit.ts';
import type { OpenImport } from './imports.ts';
import type { NewPerson } from './people-plan.ts';
import type { PlannedRow } from './plan.ts';

const PROJECT_FIELDS: ReadonlySet<string> = new Set(Object.keys(dictionary.project.fields));

/** Figures of a report in a list of projects never reach the project. */
export function projectValues(set: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(set).filter(([key]) => PROJECT_FIELDS.has(key)));
}

/** A row and the project it goes to: a new id, or one of the ledger. */
export interface Target {
  readonly planned: PlannedRow;
  readonly id: string;
  /** What is written; the row's own values when absent. */
  readonly set?: Readonly<Record<string, Value>>;
}

/** What of these rows may be written, with what goes beside them, and which rows the rules refuse. */
export function judgeRows(
  session: Session,
  opened: OpenImport,
  targets: readonly Target[],
  people: readonly NewPerson[],
): { readonly changes: readonly Change[]; readonly refused: ReadonlyMap<PlannedRow, readonly RowFinding[]> } {
  const rows = targets.map(
    ({ planned, id, set }): Change => ({ entity: 'project', id, set: set ?? projectValues(planned.set) }),
  );
  const rowOf = new Map(targets.map(({ planned, id }) => [id, planned]));
  const used = new Set(rows.flatMap(({ set }) => Object.values(set)));
  const added = people
    .filter(({ id }) => used.has(id))
    .map(({ id, name, title, phone }): Change => ({ entity: 'person', id, set: { name, title, phone } }));
  const note = `导入 Excel：${opened.content.fileName}`.slice(0, 200);
  const { changes, refused } = judge(session.store, [...added, ...rows], session.today(), { note, moves: 'reasoned' });
  // People whom only refused rows name are not registered.
  const named = new Set(changes.flatMap(({ entity, set }) => (entity === 'project' ? Object.values(set) : [])));
  return {
    changes: changes.filter(({ entity, id }) => entity !== 'person' || named.has(id)),
    refused: new Map(
      refused.flatMap(({ change, findings }) => {
        const planned = rowOf.get(change.id);
        return planned === undefined ? [] : [[planned, findings] as const];
      }),
    ),
  };
}
