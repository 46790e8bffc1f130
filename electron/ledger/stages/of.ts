import { Fault } from '../../../shared/contract/faults.ts';
import type { ProjectStages } from '../../../shared/contract/stages.ts';
import { movesFrom, needsEvidence, stageMove, stageName } from '../../../shared/domain/stage.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { maySetStage, stageDatesOf } from './guard.ts';

/** Events of one project in the order of their days. */
export function eventsOf(store: Store, projectId: string) {
  return store.query
    .selectFrom('stageEvent')
    .select(['id', 'from', 'to', 'date', 'evidence', 'note', '_stamp'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .orderBy('date')
    .orderBy('id')
    .execute();
}

function operatorOf(store: Store, stamp: string): string {
  const row = store.db.prepare('SELECT "operator" FROM "journal" WHERE "stamp" = ?').get(stamp) as
    | { operator: string }
    | undefined;
  return row?.operator ?? '';
}

/** The life of one project so far, and where it may go (A6, D10). @throws Fault UNKNOWN_ROW */
export async function readStages(store: Store, projectId: string): Promise<ProjectStages> {
  const row = selectRow(store, 'project', projectId);
  if (!row) throw new Fault('UNKNOWN_ROW', { what: '项目' });
  const { stage, ...dates } = stageDatesOf(row);
  const events = await eventsOf(store, projectId);
  const outputs = await store.query
    .selectFrom('outputRecord')
    .select(['id', 'month', 'output', 'tax', 'jobs', 'capacity', 'note'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .orderBy('month')
    .orderBy('id')
    .execute();
  return {
    projectId,
    stage,
    dates,
    lastEvent: events.at(-1)?.date ?? null,
    moves: movesFrom(stage)
      .filter((move) => move.to !== stage)
      .map(({ to, kind }) => ({ to, label: stageName(to), kind, evidence: kind === 'forward' && needsEvidence(to) })),
    locked: maySetStage(store, row)
      ? null
      : '建设阶段由责任单位的填报端登记；市级如有不同意见，可在“基本情况”中修改建设阶段，作为建议修改发给对方',
    events: events.map(({ _stamp, ...event }) => {
      const kind = stageMove(event.from, event.to);
      return {
        ...event,
        kind: typeof kind === 'string' ? kind : 'forward',
        lacksEvidence: needsEvidence(event.to) && kind !== 'back' && (event.evidence ?? '') === '',
        operator: operatorOf(store, _stamp),
      };
    }),
    outputs,
  };
}
