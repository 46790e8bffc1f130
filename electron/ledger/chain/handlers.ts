import { Fault } from '../../../shared/contract/faults.ts';
import { withLedger } from '../procedure.ts';
import { commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { applyTemplate, projectsWithChain } from './apply.ts';
import { readBoard, readLinks, readProjectLinks, readReminders, remindDaysOn } from './links.ts';
import { breakDown, readTasks } from './months.ts';
import { listPaper, projectPaper } from './paper.ts';
import { knownTemplateChanges, readTemplates } from './templates.ts';

interface ProjectHead {
  readonly name: string;
  readonly annualPlan: number | null;
  readonly annualGoal: string | null;
  readonly plannedStart: string | null;
}

/** @throws Fault UNKNOWN_ROW */
function headOf(store: Store, id: string): ProjectHead {
  const row = selectRow(store, 'project', id);
  if (row === undefined) throw new Fault('UNKNOWN_ROW', { what: '项目' });
  return {
    name: String(row['name'] ?? ''),
    annualPlan: typeof row['annualPlan'] === 'number' ? row['annualPlan'] : null,
    annualGoal: typeof row['annualGoal'] === 'string' ? row['annualGoal'] : null,
    plannedStart: typeof row['plannedStart'] === 'string' ? row['plannedStart'] : null,
  };
}

export const chainHandlers = {
  links: withLedger.chain.links.handler(({ context: { session }, input }) =>
    readLinks(session.store, input, input.asOf ?? session.today()),
  ),
  board: withLedger.chain.board.handler(({ context: { session }, input }) =>
    readBoard(session.store, input.year, input.asOf ?? session.today()),
  ),
  project: withLedger.chain.project.handler(async ({ context: { session }, input }) => {
    const { store } = session;
    const date = input.asOf ?? session.today();
    const tasks = await readTasks(store, { projectId: input.id, year: input.year }, date);
    return {
      ...headOf(store, input.id),
      remindDays: await remindDaysOn(store, date),
      links: await readProjectLinks(store, input.id, date),
      tasks,
      tasksTotal: tasks.reduce((sum, task) => sum + (task.investment ?? 0), 0),
    };
  }),
  templates: withLedger.chain.templates.handler(({ context: { session } }) => readTemplates(session.store)),
  seedTemplates: withLedger.chain.seedTemplates.handler(async ({ context: { session } }) => {
    const present = await readTemplates(session.store);
    const changes = present.length > 0 ? [] : knownTemplateChanges(newId);
    commit(session.store, { kind: 'edit', title: '登记程序自带的链条模板', changes }, session.actor());
    return { added: changes.length };
  }),
  apply: withLedger.chain.apply.handler(({ context: { session }, input }) =>
    applyTemplate(session.store, input, session.actor()),
  ),
  withChain: withLedger.chain.withChain.handler(async ({ context: { session }, input }) => ({
    projectIds: await projectsWithChain(session.store, input.projectIds),
  })),
  breakDown: withLedger.chain.breakDown.handler(({ context: { session }, input }) =>
    breakDown(session.store, input, session.actor()),
  ),
  tasks: withLedger.chain.tasks.handler(({ context: { session }, input }) =>
    readTasks(session.store, { month: input.month }, session.today()),
  ),
  reminders: withLedger.chain.reminders.handler(({ context: { session }, input }) =>
    readReminders(session.store, input.asOf ?? session.today(), input.withinDays),
  ),
  projectPaper: withLedger.chain.projectPaper.handler(({ context: { session }, input }) =>
    projectPaper(
      session.store,
      input.id,
      input.year,
      input.asOf ?? session.today(),
      headOf(session.store, input.id).name,
    ),
  ),
  listPaper: withLedger.chain.listPaper.handler(({ context: { session }, input }) =>
    listPaper(session.store, input, input.asOf ?? session.today()),
  ),
  setOrder: withLedger.chain.setOrder.handler(({ context: { session }, input }) => {
    const changes = input.ids.map((id, index) => ({ entity: 'link' as const, id, set: { sequence: index + 1 } }));
    return commit(session.store, { kind: 'edit', title: '调整环节的顺序', changes }, session.actor());
  }),
};
