import { conflict, proposal, rule } from './entities/office-work.ts';
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
import { link, project } from './entities/project.ts';
import { report, reportDraft, submission } from './entities/report.ts';
import { supervisionSheet } from './entities/supervision.ts';
import type { Entity, Field, RowOf } from './field.ts';

/**
 * 数据字典: every entity and field of the ledger, described once. The order is also the order in which a sync file lists
 * rows, so that a parent comes before its children.
 */
export const dictionary = {
  office,
  responsibilityUnit,
  person,
  leadingGroup,
  leadingGroupMember,
  promotionGroup,
  groupMember,
  groupUnit,
  rule,
  project,
  link,
  reportDraft,
  submission,
  report,
  supervisionSheet,
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

export { PERSON_RANKS } from './entities/organisation.ts';
export { PROJECT_LISTS, STAGES, type Stage } from './entities/project.ts';
export { SHEET_KINDS } from './entities/supervision.ts';
export * from './field.ts';
