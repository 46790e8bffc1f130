import type { InstructionLine } from '../../../shared/contract/teams.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { instructionState } from '../../../shared/domain/instruction.ts';
import type { Store } from '../store/open.ts';

/** What hooked-up leaders asked for (C3), the open ones first, each with who follows it up. */
export async function readInstructions(
  store: Store,
  date: IsoDate,
  projectId: string | null = null,
): Promise<InstructionLine[]> {
  const rows = await store.query
    .selectFrom('leaderInstruction as i')
    .innerJoin('project as p', 'p.id', 'i.projectId')
    .innerJoin('responsibilityUnit as u', 'u.id', 'p.unitId')
    .leftJoin('person as l', 'l.id', 'i.leaderId')
    .leftJoin('inspectionTask as t', (join) => join.onRef('t.subjectId', '=', 'i.id').on('t.voided', '=', 0))
    .leftJoin('person as o', 'o.id', 't.officerId')
    .select([
      'i.id',
      'i.projectId',
      'p.name as projectName',
      'u.name as unitFullName',
      'u.shortName',
      'i.leaderId',
      'l.name as leaderName',
      'i.givenOn',
      'i.content',
      'i.unitText',
      'i.deadline',
      'i.liaisonId',
      'i.reportedOn',
      'i.doneOn',
      'i.result',
      'o.name as followedBy',
    ])
    .where('i.voided', '=', 0)
    .where('p.voided', '=', 0)
    .$if(projectId !== null, (query) => query.where('i.projectId', '=', projectId ?? ''))
    .orderBy('i.givenOn', 'desc')
    .orderBy('i.id')
    .execute();
  // Two offices of one city may each have opened a follow-up of the same instruction.
  const once = new Map(rows.map((row) => [row.id, row]));
  return [...once.values()]
    .map(({ unitFullName, shortName, ...row }) => ({
      ...row,
      unitName: shortName ?? unitFullName,
      state: instructionState(row, date),
    }))
    .sort((left, right) => Number(left.doneOn !== null) - Number(right.doneOn !== null));
}
