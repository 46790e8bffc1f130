import { attachment } from './entities/attachment.ts';
import { chainTemplate, chainTemplateLink, holiday, link, monthlyTask } from './entities/chain.ts';
import { factor, factorCase, financing, investmentLead, leadVisit, obstruction } from './entities/factor.ts';
import { clockShift, conflict, proposal, rule } from './entities/office-work.ts';
import {
  groupMember,
  groupUnit,
  leadingGroup,
  leadingGroupMember,
  office,
  person,
  promotionGroup,
  responsibilityUnit,
} from './entities/organisation.ts';
import { jointApproval, permit, permitKind, specialPermit, statisticsPaper } from './entities/permit.ts';
import { expert, expertReview, listMembership, poolAdjustment, poolEntry } from './entities/pool.ts';
import { project } from './entities/project.ts';
import { periodReview, report, reportDraft, submission } from './entities/report.ts';
import { outputRecord, stageEvent } from './entities/stage.ts';
import { supervisionSheet } from './entities/supervision.ts';
import {
  caseMeeting,
  inspectionOffice,
  inspectionTask,
  leaderInstruction,
  projectService,
  taskForce,
  taskForceMember,
  unitGroup,
} from './entities/team.ts';
import type { Entity, Field, RowOf } from './field.ts';

/**
 * 数据字典: every entity and field of the ledger, described once. The order is also the order in which a sync file lists
 * rows, so that a parent comes before its children.
 */
export const dictionary = {
  // First: the stamps of all other rows are read by it.
  clockShift,
  office,
  responsibilityUnit,
  person,
  leadingGroup,
  leadingGroupMember,
  promotionGroup,
  groupMember,
  groupUnit,
  inspectionOffice,
  unitGroup,
  expert,
  rule,
  holiday,
  chainTemplate,
  chainTemplateLink,
  permitKind,
  project,
  listMembership,
  stageEvent,
  outputRecord,
  taskForce,
  taskForceMember,
  projectService,
  caseMeeting,
  leaderInstruction,
  poolEntry,
  poolAdjustment,
  expertReview,
  link,
  monthlyTask,
  permit,
  jointApproval,
  specialPermit,
  statisticsPaper,
  factor,
  factorCase,
  obstruction,
  financing,
  investmentLead,
  leadVisit,
  reportDraft,
  submission,
  periodReview,
  report,
  attachment,
  supervisionSheet,
  inspectionTask,
  proposal,
  conflict,
} as const;

export type EntityName = keyof typeof dictionary;
export type Row<N extends EntityName> = RowOf<(typeof dictionary)[N]>;
export type FieldName<N extends EntityName> = keyof (typeof dictionary)[N]['fields'] & string;

export const entityNames = Object.keys(dictionary) as readonly EntityName[];

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(dictionary, name);
}

/** The description of an entity, without the types of its rows. */
export function entityOf(name: EntityName): Entity {
  return dictionary[name];
}

/** The description of a field, or undefined when the entity has none of that key. */
export function fieldOf(name: EntityName, key: string): Field | undefined {
  const { fields } = entityOf(name);
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

export { CHAIN_KINDS } from './entities/chain.ts';
export { FACTOR_GROUPS, FACTOR_KINDS } from './entities/factor.ts';
export { PERMIT_STAGES, PERMIT_STATES, STATISTICS_PAPERS } from './entities/permit.ts';
export { ADJUSTMENT_KINDS, POOL_CLASSES, POOL_STEPS } from './entities/pool.ts';
export { PROJECT_LISTS, STAGES, type Stage } from './entities/project.ts';
export { TASK_FORCE_LEVELS } from './entities/team.ts';
export * from './field.ts';
