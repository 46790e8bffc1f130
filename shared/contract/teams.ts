import * as z from 'zod';
import { procedure, rowId } from './base.ts';
import { commitResult } from './records.ts';

const text = z.string().nullable();

const forceMember = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  title: text,
  phone: text,
  role: z.string(),
  sequence: z.number().nullable(),
});
export type ForceMember = z.infer<typeof forceMember>;

export const forceLine = z.object({
  id: z.string(),
  level: z.string(),
  name: z.string(),
  unitId: text,
  projectId: text,
  projectName: text,
  parentId: text,
  leaderId: text,
  officerId: text,
  formedOn: text,
  document: text,
  dailyReport: text,
  duties: text,
  members: z.array(forceMember),
});
export type ForceLine = z.infer<typeof forceLine>;

const unitGroupLine = z.object({
  id: z.string(),
  unitId: z.string(),
  name: z.string(),
  leaderId: text,
  deputyId: text,
  members: text,
  officeHost: text,
  directorId: text,
  liaisonId: text,
  document: text,
  formedOn: text,
});
export type UnitGroupLine = z.infer<typeof unitGroupLine>;

export const teamsOverview = z.object({
  forces: z.array(forceLine),
  unitGroups: z.array(unitGroupLine),
  /** Units without a group of their own (D2). */
  unitsWithoutGroup: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type TeamsOverview = z.infer<typeof teamsOverview>;

export const sixOne = z.object({
  key: z.string(),
  label: z.string(),
  state: z.enum(['has', 'lacks', 'notYet']),
  text: z.string(),
});
export type SixOneLine = z.infer<typeof sixOne>;

export const sixOnesRow = z.object({
  id: z.string(),
  name: z.string(),
  unitName: z.string(),
  stage: text,
  annualPlan: z.number().nullable(),
  six: z.array(sixOne),
  gaps: z.number(),
});
export type SixOnesRow = z.infer<typeof sixOnesRow>;

/** One project against the rule of its list (B4) and the rule of rank (B3). */
export const forceCheck = z.object({
  id: z.string(),
  name: z.string(),
  unitName: z.string(),
  lists: z.array(z.string()),
  rule: z.string(),
  leader: text,
  officer: text,
  expectedLeader: text,
  expectedOfficer: text,
  /** What differs, in words; '' when nothing does. */
  problem: z.string(),
  /** Can be set by the rule. */
  fixable: z.boolean(),
});
export type ForceCheck = z.infer<typeof forceCheck>;

const hookLevel = z.object({
  level: z.enum(['city', 'county']),
  label: z.string(),
  projects: z.number(),
  covered: z.number(),
  text: z.string(),
  leaders: z.number(),
  idle: z.number(),
});

export const hookLeader = z.object({
  id: z.string(),
  name: z.string(),
  title: text,
  rank: text,
  level: z.enum(['city', 'county']),
  unitName: text,
  projects: z.number(),
  /** Yuan of this year's plan of those projects. */
  annualPlan: z.number(),
  red: z.number(),
  /** Rank too low, nothing to do; '' otherwise. */
  problem: z.string(),
});
export type HookLeader = z.infer<typeof hookLeader>;

export const hookup = z.object({
  date: z.string(),
  levels: z.array(hookLevel),
  leaders: z.array(hookLeader),
  uncovered: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      unitName: z.string(),
      lacksCity: z.boolean(),
      lacksCounty: z.boolean(),
    }),
  ),
});
export type Hookup = z.infer<typeof hookup>;

export const queueLine = z.object({
  id: z.string(),
  subject: z.enum(['sheet', 'link', 'instruction']),
  subjectId: z.string(),
  projectId: text,
  title: z.string(),
  unitName: z.string(),
  due: text,
  /** Days past its deadline; negative: days left; null without one. */
  daysLate: z.number().nullable(),
  standing: z.string(),
  taskId: text,
  officerId: text,
  manner: text,
  dueOn: text,
  doneOn: text,
  result: text,
});
export type QueueLine = z.infer<typeof queueLine>;

export const inspection = z.object({
  date: z.string(),
  offices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      officeHost: text,
      directorId: text,
      deputyId: text,
      contact: text,
      duties: text,
    }),
  ),
  queue: z.array(queueLine),
  /** Follow-ups that are done, or whose matter is settled: the newest first. */
  past: z.array(queueLine),
});
export type Inspection = z.infer<typeof inspection>;

export const stewardRow = z.object({
  id: z.string(),
  name: z.string(),
  unitName: z.string(),
  annualPlan: z.number().nullable(),
  serviceId: text,
  stewardId: text,
  chiefServiceOfficer: text,
  liaison: text,
  team: text,
  /** The plan is large enough for a team (D11). */
  needsTeam: z.boolean(),
  problem: z.string(),
});
export type StewardRow = z.infer<typeof stewardRow>;

export const SERVING_ROLES = { chief: '首席服务员', liaison: '项目联络员', steward: '项目管家' } as const;

/** One person in one serving role, with the open projects served. */
export const servingRow = z.object({
  id: z.string(),
  personId: z.string(),
  role: z.enum(['chief', 'liaison', 'steward']),
  name: z.string(),
  title: text,
  phone: text,
  unitName: z.string(),
  count: z.number(),
  /** Names. */
  projects: z.array(z.string()),
});
export type ServingRow = z.infer<typeof servingRow>;

/** One open project with who serves it and its 绿色通道. */
export const channelRow = z.object({
  id: z.string(),
  name: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  chiefServiceOfficerId: text,
  liaisonId: text,
  greenChannel: text,
  greenChannelOn: text,
  greenChannelNote: text,
  problem: z.string(),
});
export type ChannelRow = z.infer<typeof channelRow>;

export const instructionLine = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  leaderId: z.string(),
  leaderName: text,
  givenOn: z.string(),
  content: z.string(),
  unitText: text,
  deadline: text,
  liaisonId: text,
  reportedOn: text,
  doneOn: text,
  result: text,
  /** Of the inspection office; null while nobody follows it up. */
  followedBy: text,
  state: z.enum(['done', 'late', 'untold', 'open']),
});
export type InstructionLine = z.infer<typeof instructionLine>;

const service = z.object({
  id: z.string(),
  stewardId: text,
  plan: text,
  crew: text,
  crewManager: text,
  crewPhone: text,
  mechanism: text,
});

const caseLine = z.object({
  id: z.string(),
  matter: z.string(),
  metOn: text,
  hostId: text,
  participants: text,
  decision: text,
  unitText: text,
  deadline: text,
  doneOn: text,
  result: text,
});
export type CaseLine = z.infer<typeof caseLine>;

export const projectTeam = z.object({
  projectId: z.string(),
  service: service.nullable(),
  forces: z.array(forceLine),
  six: z.array(sixOne),
  check: forceCheck,
  cases: z.array(caseLine),
  instructions: z.array(instructionLine),
});
export type ProjectTeam = z.infer<typeof projectTeam>;

const paper = z.object({ html: z.string(), title: z.string(), pages: z.number() });

/** 专班与覆盖 (A7, A10, B3, B4, C1, C3, C4, D2, D11, E12). Plain fields are changed through `records.commit`. */
export const teamsContract = {
  overview: procedure.output(teamsOverview),
  sixOnes: procedure.output(z.object({ date: z.string(), rows: z.array(sixOnesRow) })),
  checks: procedure.output(z.array(forceCheck)),
  /** Sets 专班班长 and 专班责任人 of these projects as the rule of their list says. */
  applyRule: procedure
    .input(z.object({ projectIds: z.array(rowId).min(1).max(20_000) }))
    .output(commitResult.extend({ set: z.number(), left: z.number() })),
  hookup: procedure.output(hookup),
  inspection: procedure.output(inspection),
  stewards: procedure.output(z.object({ least: z.number(), rows: z.array(stewardRow) })),
  /** 服务名单 (A10). */
  serving: procedure.output(z.object({ servers: z.array(servingRow), projects: z.array(channelRow) })),
  /** 领导指示 (C3). */
  instructions: procedure.output(z.array(instructionLine)),
  project: procedure.input(z.object({ id: rowId })).output(projectTeam),
  /** 名册, 包保责任一览表, 六个一缺项, 挂点帮扶, 服务名单, 领导指示 as papers. */
  paper: procedure
    .input(
      z.object({
        kind: z.enum(['roster', 'responsibility', 'sixOnes', 'hookup', 'unitGroups', 'serving', 'instructions']),
        unitIds: z.array(rowId).max(500).optional(),
      }),
    )
    .output(paper),
};
