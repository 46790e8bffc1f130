import { Fault } from '../../../shared/contract/faults.ts';
import { STAGES, type Stage } from '../../../shared/dictionary/index.ts';
import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { datesAfter, type StageStep, stageFaults, stageName } from '../../../shared/domain/stage.ts';
import { type Actor, type CommitResult, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { maySetStage, stageDatesOf } from './guard.ts';
import { eventsOf } from './of.ts';

export interface MoveRequest {
  readonly projectId: string;
  readonly to: string;
  readonly date: IsoDate;
  readonly evidence: string | null;
  readonly note: string | null;
}

function isStage(text: string): text is Stage {
  return STAGES.some(({ value }) => value === text);
}

/**
 * Enters one step in the life of a project (A6): the event, the stage and the dates that follow, in one undo step.
 *
 * @throws Fault RULE_BROKEN with what is wrong and the way on, UNKNOWN_ROW, NOT_ALLOWED
 */
export async function moveStage(
  store: Store,
  request: MoveRequest,
  moment: { readonly today: IsoDate; readonly actor: Actor },
): Promise<CommitResult & { readonly title: string }> {
  const { projectId, to } = request;
  const row = selectRow(store, 'project', projectId);
  if (!row) throw new Fault('UNKNOWN_ROW', { what: '项目' });
  if (!isStage(to)) throw new Fault('INVALID_VALUE', { what: '建设阶段', why: `没有“${to}”这一阶段` });
  if (!maySetStage(store, row))
    throw new Fault('NOT_ALLOWED', {
      why: '建设阶段由责任单位的填报端登记',
      cure: '可在项目台账中修改建设阶段，作为建议修改发给对方',
    });
  const dates = stageDatesOf(row);
  const step: StageStep = { to, date: request.date, evidence: request.evidence, note: request.note };
  const last = (await eventsOf(store, projectId)).at(-1)?.date ?? null;
  const faults = stageFaults(dates, step, moment.today, last);
  if (faults.length > 0)
    throw new Fault('RULE_BROKEN', {
      why: faults.map((fault) => fault.reason).join('；'),
      cure: faults.map((fault) => fault.cure).join('；'),
    });
  const title = `“${String(row['name'] ?? '')}”${formatChinese(step.date)}${stageName(dates.stage)} → ${stageName(to)}`;
  const result = commit(
    store,
    {
      kind: 'edit',
      title: title.slice(0, 120),
      changes: [
        { entity: 'project', id: projectId, set: { stage: to, ...datesAfter(dates, step) } },
        {
          entity: 'stageEvent',
          id: newId(),
          set: { projectId, from: dates.stage, to, date: step.date, evidence: step.evidence, note: step.note },
        },
      ],
    },
    moment.actor,
  );
  return { ...result, title };
}
