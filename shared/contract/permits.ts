import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';
import { rowFinding } from './checked.ts';

const text = z.string().nullable();
const count = z.number();
const tone = z.enum(['none', 'soon', 'late']);
export type PermitTone = z.infer<typeof tone>;
const state = z.enum(['planned', 'running', 'done', 'blocked', 'conditional', 'exempt']);

const expiry = z.object({ until: z.string(), days: count, state: z.enum(['valid', 'soon', 'expired']) });

const clock = z.object({
  startedOn: z.string(),
  limitDays: count,
  elapsed: count,
  left: count,
  over: count,
  due: z.string(),
  endedOn: text,
  tone,
  words: z.string(),
});
export type JointClockView = z.infer<typeof clock>;

const kind = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  department: text,
  stage: z.enum(['land', 'planning', 'construction', 'acceptance', 'other']).nullable(),
  limitDays: count.nullable(),
  validMonths: count.nullable(),
  joint: z.union([z.literal(0), z.literal(1)]).nullable(),
  sequence: count.nullable(),
  note: text,
});
export type PermitKindRow = z.infer<typeof kind>;

/** One permit on the board: what it says, and whether someone must act. */
const cell = z.object({
  id: z.string(),
  kindId: z.string(),
  state,
  tone,
  /** '办理中，还有 5 个工作日'. */
  words: z.string(),
  /** The day shown in the cell. */
  day: text,
  expiry: z.enum(['valid', 'soon', 'expired']).nullable(),
});
export type PermitCell = z.infer<typeof cell>;

const boardRow = z.object({
  projectId: z.string(),
  projectName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  stage: text,
  done: count,
  needed: count,
  late: count,
  blocked: count,
  clock: clock.nullable(),
  cells: z.array(cell),
});
export type PermitBoardRow = z.infer<typeof boardRow>;

const permit = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  kindId: z.string(),
  kindName: z.string(),
  department: text,
  state,
  plannedSubmit: text,
  plannedApproval: text,
  actualSubmit: text,
  actualApproval: text,
  limitDays: count.nullable(),
  /** Of the catalogue, working days. */
  usualDays: count.nullable(),
  blockedReason: text,
  commitment: text,
  commitmentDue: text,
  commitmentMet: text,
  documentNumber: text,
  validUntil: text,
  personId: text,
  note: text,
  tone,
  words: z.string(),
  expiry: expiry.nullable(),
  findings: z.array(rowFinding),
});
export type PermitLine = z.infer<typeof permit>;

const bar = z.object({
  id: z.string(),
  name: z.string(),
  department: text,
  state,
  from: z.string(),
  to: z.string(),
  expected: z.boolean(),
  critical: z.boolean(),
});
export type PermitBar = z.infer<typeof bar>;

const special = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  season: text,
  scope: text,
  measures: text,
  appliedOn: text,
  state: z.enum(['applied', 'granted', 'refused', 'revoked']),
  department: text,
  documentNumber: text,
  validFrom: text,
  validUntil: text,
  note: text,
  standing: z.string(),
  tone,
  findings: z.array(rowFinding),
});
export type SpecialPermitRow = z.infer<typeof special>;

const statisticsPaper = z.object({
  id: z.string(),
  kind: z.enum(['approval', 'contract', 'licence', 'photo', 'platform']),
  state: z.enum(['missing', 'ready', 'exempt']),
  readyOn: text,
  dueOn: text,
  note: text,
});
export type StatisticsPaperRow = z.infer<typeof statisticsPaper>;

const standing = z.enum(['included', 'ready', 'missing', 'notYet', 'exempt']);
export type StatisticsStandingName = z.infer<typeof standing>;

const statisticsRow = z.object({
  id: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  totalInvestment: count.nullable(),
  actualStart: text,
  standing,
  words: z.string(),
  missing: z.array(z.string()),
});
export type StatisticsRow = z.infer<typeof statisticsRow>;

const joint = z.object({
  id: z.string(),
  startedOn: z.string(),
  limitDays: count,
  pausedDays: count.nullable(),
  endedOn: text,
  note: text,
  clock,
  findings: z.array(rowFinding),
});

const filter = z.object({ unitId: rowId.optional(), asOf: dateText.optional() });
const paper = z.object({ html: z.string(), title: z.string(), pages: z.number() });

/** 手续 (C5, D12, D14, E4, E6). New rows and 作废 go through `records.commit`. */
export const permitsContract = {
  kinds: procedure.output(z.array(kind)),
  /** Puts the default catalogue into the ledger, where it has none. */
  seedKinds: procedure.output(z.object({ added: count })),
  /** 项目办证推进表: projects with permits against the catalogue. `without`: projects that have none. */
  board: procedure.input(filter).output(z.object({ kinds: z.array(kind), rows: z.array(boardRow), without: count })),
  project: procedure.input(z.object({ id: rowId, asOf: dateText.optional() })).output(
    z.object({
      name: z.string(),
      permits: z.array(permit),
      bars: z.array(bar),
      joint: joint.nullable(),
      specials: z.array(special),
      papers: z.array(statisticsPaper),
      statistics: z.object({ standing, words: z.string(), missing: z.array(z.string()) }),
    }),
  ),
  /** Registers the permits of projects with planned days in working days; those a project has stay. */
  setUp: procedure
    .input(
      z.object({
        projectIds: z.array(rowId).min(1).max(2000),
        kindIds: z.array(rowId).min(1).max(100),
        start: dateText,
        /** Also starts the joint clock, with this limit in working days. */
        jointLimit: z.int().min(1).max(400).nullable(),
      }),
    )
    .output(z.object({ added: count, projects: count })),
  /** Approvals that expire within some days, or have. */
  expiring: procedure.input(filter.extend({ withinDays: z.int().min(0).max(3660) })).output(z.array(permit)),
  /** Open commitments of 容缺 approvals. */
  commitments: procedure.input(filter).output(z.array(permit)),
  specials: procedure.input(filter).output(z.array(special)),
  statistics: procedure.input(filter).output(z.array(statisticsRow)),
  /** Makes the list of papers of a project, all missing at first. */
  openPapers: procedure
    .input(z.object({ projectIds: z.array(rowId).min(1).max(2000) }))
    .output(z.object({ added: count })),
  paper: procedure.input(filter).output(paper),
};
