import { Fault } from '../../../shared/contract/faults.ts';
import { checkJointApproval } from '../../../shared/domain/permit.ts';
import { withLedger } from '../procedure.ts';
import { commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import { selectRow } from '../store/statements.ts';
import { knownPermitChanges, readKinds } from './catalogue.ts';
import { gapOf, missingPaperChanges, readPapers, readSpecials, readStatistics } from './others.ts';
import { boardPaper } from './paper.ts';
import { barsOf, clockOf, readBench, readBoard, readJoints, readPermits } from './permits.ts';
import { setUpPermits } from './set-up.ts';

export const permitsHandlers = {
  kinds: withLedger.permits.kinds.handler(({ context: { session } }) => readKinds(session.store)),
  seedKinds: withLedger.permits.seedKinds.handler(async ({ context: { session } }) => {
    const changes = (await readKinds(session.store)).length > 0 ? [] : knownPermitChanges(newId);
    commit(session.store, { kind: 'edit', title: '登记程序自带的手续目录', changes }, session.actor());
    return { added: changes.length };
  }),
  board: withLedger.permits.board.handler(({ context: { session }, input }) =>
    readBoard(session.store, input.unitId, input.asOf ?? session.today()),
  ),
  project: withLedger.permits.project.handler(async ({ context: { session }, input }) => {
    const { store } = session;
    const date = input.asOf ?? session.today();
    const project = selectRow(store, 'project', input.id);
    if (project === undefined) throw new Fault('UNKNOWN_ROW', { what: '项目' });
    const bench = await readBench(store, date);
    const permits = await readPermits(store, { projectId: input.id }, bench, date);
    const joint = (await readJoints(store, input.id)).get(input.id);
    const { standing, words, missing } = await gapOf(store, input.id);
    return {
      name: String(project['name'] ?? ''),
      permits,
      bars: barsOf(permits, bench, date),
      joint:
        joint === undefined
          ? null
          : { ...joint, clock: clockOf(joint, bench, date), findings: [...checkJointApproval(joint, date)] },
      specials: await readSpecials(store, { projectId: input.id }, date),
      papers: await readPapers(store, input.id),
      statistics: { standing, words, missing: [...missing] },
    };
  }),
  setUp: withLedger.permits.setUp.handler(({ context: { session }, input }) =>
    setUpPermits(session.store, input, session.actor()),
  ),
  expiring: withLedger.permits.expiring.handler(async ({ context: { session }, input }) => {
    const date = input.asOf ?? session.today();
    const bench = await readBench(session.store, date);
    const permits = await readPermits(session.store, { unitId: input.unitId }, bench, date);
    return permits
      .filter((permit) => permit.expiry !== null && permit.expiry.days <= input.withinDays)
      .sort((left, right) => (left.expiry?.days ?? 0) - (right.expiry?.days ?? 0));
  }),
  commitments: withLedger.permits.commitments.handler(async ({ context: { session }, input }) => {
    const date = input.asOf ?? session.today();
    const bench = await readBench(session.store, date);
    const permits = await readPermits(session.store, { unitId: input.unitId }, bench, date);
    return permits
      .filter((permit) => permit.state === 'conditional' && permit.commitmentMet === null)
      .sort((left, right) => ((left.commitmentDue ?? '') < (right.commitmentDue ?? '') ? -1 : 1));
  }),
  specials: withLedger.permits.specials.handler(({ context: { session }, input }) =>
    readSpecials(session.store, { unitId: input.unitId }, input.asOf ?? session.today()),
  ),
  statistics: withLedger.permits.statistics.handler(({ context: { session }, input }) =>
    readStatistics(session.store, { unitId: input.unitId }, input.asOf ?? session.today()),
  ),
  openPapers: withLedger.permits.openPapers.handler(async ({ context: { session }, input }) => {
    const changes = await missingPaperChanges(session.store, input.projectIds);
    commit(session.store, { kind: 'edit', title: '开列入统材料清单', changes }, session.actor());
    return { added: changes.length };
  }),
  paper: withLedger.permits.paper.handler(({ context: { session }, input }) =>
    boardPaper(session.store, input.unitId, input.asOf ?? session.today()),
  ),
};
