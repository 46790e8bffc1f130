import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';
import { rowFinding } from './checked.ts';
import { commitResult } from './records.ts';

const text = z.string().nullable();
const count = z.number();

export const chainLinkState = z.enum(['done', 'overdue', 'dueSoon', 'open', 'undated']);
export type ChainLinkState = z.infer<typeof chainLinkState>;

const chainLink = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  sequence: z.number().nullable(),
  name: z.string(),
  unitText: text,
  personId: text,
  personName: text,
  cityLeader: text,
  plannedStart: text,
  deadline: text,
  doneOn: text,
  evidence: text,
  note: text,
  predecessorId: text,
  predecessorName: text,
  workingDays: z.number().nullable(),
  state: chainLinkState,
  /** Days late when overdue or done late, else days left; null without a deadline. */
  days: z.number().nullable(),
  findings: z.array(rowFinding),
});
export type ChainLinkRow = z.infer<typeof chainLink>;

const monthlyTask = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  month: z.string(),
  /** Yuan. */
  investment: z.number().nullable(),
  content: text,
  doneOn: text,
  result: text,
  /** Done, late after the month has passed, running in it, ahead of it. */
  state: z.enum(['done', 'late', 'current', 'ahead']),
  findings: z.array(rowFinding),
});
export type MonthlyTaskRow = z.infer<typeof monthlyTask>;

const templateLink = z.object({
  id: z.string(),
  templateId: z.string(),
  sequence: z.number(),
  name: z.string(),
  unitText: text,
  workingDays: z.number().nullable(),
  after: z.number().nullable(),
  evidence: text,
  findings: z.array(rowFinding),
});
export type TemplateLinkRow = z.infer<typeof templateLink>;

const template = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['building', 'preparing', 'other']),
  note: text,
  links: z.array(templateLink),
});
export type ChainTemplateRow = z.infer<typeof template>;

const stateCounts = z.object({ done: count, overdue: count, dueSoon: count, open: count });
export type StateCounts = z.infer<typeof stateCounts>;

const board = z.object({
  /** 'YYYY-MM', January to December. */
  months: z.array(z.string()),
  rows: z.array(
    z.object({
      unitId: z.string(),
      unitName: z.string(),
      projects: count,
      /** Of all links of the unit, dated in this year or not. */
      total: stateCounts,
      undated: count,
      months: z.array(stateCounts),
    }),
  ),
});
export type ChainBoard = z.infer<typeof board>;

const paper = z.object({ html: z.string(), title: z.string(), pages: z.number() });

const linkFilter = z.object({
  /** Empty: every state. */
  states: z.array(chainLinkState).optional(),
  unitId: rowId.optional(),
  /** 'YYYY-MM' of the deadline. */
  month: z.string().max(7).optional(),
  asOf: dateText.optional(),
});
export type ChainFilter = z.infer<typeof linkFilter>;

/** 推进链条 (C12, C7, A5, E1). New rows and 作废 go through `records.commit`. */
export const chainContract = {
  /** Links of all projects, most pressing first; at most 20,000, `total` tells how many there are. */
  links: procedure.input(linkFilter).output(z.object({ total: count, remindDays: count, links: z.array(chainLink) })),
  /** Links by unit and month of their deadline: the wall chart. */
  board: procedure.input(z.object({ year: z.int().min(1990).max(2100), asOf: dateText.optional() })).output(board),
  /** One project's chain and the months of a year. */
  project: procedure
    .input(z.object({ id: rowId, year: z.int().min(1990).max(2100), asOf: dateText.optional() }))
    .output(
      z.object({
        name: z.string(),
        /** Yuan. */
        annualPlan: z.number().nullable(),
        annualGoal: text,
        plannedStart: text,
        remindDays: count,
        links: z.array(chainLink),
        tasks: z.array(monthlyTask),
        /** Sum of the months, yuan. */
        tasksTotal: count,
      }),
    ),
  templates: procedure.output(z.array(template)),
  /** Puts in the templates of 7 and 13 steps, where the ledger has none. */
  seedTemplates: procedure.output(z.object({ added: count })),
  /** Gives each project the steps of a template with days in working days; those with a chain are left out, or replaced. */
  apply: procedure
    .input(
      z.object({
        templateId: rowId,
        projectIds: z.array(rowId).min(1).max(2000),
        start: dateText,
        replace: z.boolean(),
      }),
    )
    .output(z.object({ applied: count, skipped: z.array(z.string()), links: count })),
  /** Projects that have a chain already, of those named. */
  withChain: procedure
    .input(z.object({ projectIds: z.array(rowId).max(2000) }))
    .output(z.object({ projectIds: z.array(z.string()) })),
  /** Breaks the annual plan of each project into months (E1). Months that have a task are left as they are. */
  breakDown: procedure
    .input(
      z.object({
        projectIds: z.array(rowId).min(1).max(2000),
        year: z.int().min(1990).max(2100),
        from: z.int().min(1).max(12),
        to: z.int().min(1).max(12),
      }),
    )
    .output(z.object({ added: count, skipped: z.array(z.string()) })),
  /** Monthly tasks of all projects in one month. */
  tasks: procedure.input(z.object({ month: z.string().max(7) })).output(z.array(monthlyTask)),
  /** 链条跟办 (C7): what is late or due within some days, by default as the rule for lights says. */
  reminders: procedure
    .input(z.object({ asOf: dateText.optional(), withinDays: z.int().min(0).max(366).optional() }))
    .output(z.object({ overdue: count, dueSoon: count, withinDays: count, links: z.array(chainLink) })),
  /** 路线图、时间表、任务分解 of one project on paper. */
  projectPaper: procedure
    .input(z.object({ id: rowId, year: z.int().min(1990).max(2100), asOf: dateText.optional() }))
    .output(paper),
  /** The list as filtered, on paper. */
  listPaper: procedure.input(linkFilter).output(paper),
  setOrder: procedure.input(z.object({ projectId: rowId, ids: z.array(rowId).max(500) })).output(commitResult),
};
