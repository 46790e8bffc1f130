import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';
import { counting } from './rates.ts';
import { commitResult } from './records.ts';

const text = z.string().nullable();
const named = z.object({ id: z.string(), name: z.string() });

export const personRow = z.object({
  id: z.string(),
  name: z.string(),
  title: text,
  rank: text,
  unitId: text,
  workplace: text,
  phone: text,
  note: text,
  /** What the person answers for, in words: '市级责任领导 12 个、推进组组长 1 个'. */
  duties: z.string(),
  /** Projects in which the person holds any role. */
  projects: z.number(),
});
export type PersonRow = z.infer<typeof personRow>;

export const memberRow = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  title: text,
  phone: text,
  /** Empty for members of a promotion group. */
  role: z.string(),
  sequence: z.number().nullable(),
});
export type MemberRow = z.infer<typeof memberRow>;

export const membershipRow = z.object({
  id: z.string(),
  groupId: z.string(),
  groupName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  effectiveFrom: z.string(),
  effectiveTo: text,
  projects: z.number(),
  /** Holds on the day asked about. */
  current: z.boolean(),
});
export type MembershipRow = z.infer<typeof membershipRow>;

export const groupRow = z.object({
  id: z.string(),
  name: z.string(),
  sequence: z.number().nullable(),
  leaderId: text,
  liaisonId: text,
  officeHost: text,
  directorId: text,
  duties: text,
  members: z.array(memberRow),
  /** Present, past and future, newest first. */
  units: z.array(membershipRow),
});
export type GroupRow = z.infer<typeof groupRow>;

export const unitRow = z.object({
  id: z.string(),
  name: z.string(),
  shortName: text,
  kind: text,
  officeId: text,
  sequence: z.number().nullable(),
  /** Promotion group on the day. */
  groupId: text,
  groupName: text,
  projects: z.number(),
});
export type UnitRow = z.infer<typeof unitRow>;

export const leadingGroupRow = z.object({
  id: z.string(),
  name: z.string(),
  officeHost: text,
  directorId: text,
  issuer: text,
  numberWord: text,
  duties: text,
  members: z.array(memberRow),
});
export type LeadingGroupRow = z.infer<typeof leadingGroupRow>;

const bareProject = z.object({ id: z.string(), name: z.string(), unitName: z.string() });

/** 覆盖检查 (A10, B3, C3): what has nobody, and who has nothing. */
export const coverage = z.object({
  date: dateText,
  projects: z.number(),
  withoutCityLeader: z.array(bareProject),
  withoutCountyLeader: z.array(bareProject),
  withoutOfficer: z.array(bareProject),
  withoutForceLeader: z.array(bareProject),
  withoutServiceOfficer: z.array(bareProject),
  withoutLiaison: z.array(bareProject),
  /** Neither open nor not needed. */
  withoutGreenChannel: z.array(bareProject),
  /** People of deputy-county rank and above with no project, promotion group or task force; a seat in a leading group is none. */
  leadersWithoutProjects: z.array(named.extend({ title: text })),
  unitsInNoGroup: z.array(named.extend({ projects: z.number() })),
  unitsInTwoGroups: z.array(named.extend({ groups: z.string() })),
  groupsWithoutLeader: z.array(named),
  groupsWithoutLiaison: z.array(named),
});
export type Coverage = z.infer<typeof coverage>;

/** 组织 (A1–A3). Plain fields are changed through `records.commit`; what must hold across rows goes through here. */
export const organisationContract = {
  overview: procedure.input(z.object({ date: dateText.optional(), counting: counting.optional() })).output(
    z.object({
      date: dateText,
      leadingGroups: z.array(leadingGroupRow),
      groups: z.array(groupRow),
      units: z.array(unitRow),
      people: z.array(personRow),
    }),
  ),
  coverage: procedure.input(z.object({ date: dateText.optional() })).output(coverage),
  /**
   * Puts a unit into a group from a day on, or with null takes it out; closes the row before. Fails with RULE_BROKEN where
   * the unit would be in two groups on one day.
   */
  moveUnit: procedure
    .input(z.object({ unitId: rowId, groupId: rowId.nullable(), from: dateText }))
    .output(commitResult.extend({ title: z.string() })),
  /** 作废 a group, unit or person that nothing leans on any more. Fails with RULE_BROKEN naming what does. */
  retire: procedure
    .input(z.object({ entity: z.enum(['promotionGroup', 'responsibilityUnit', 'person', 'groupUnit']), id: rowId }))
    .output(commitResult),
};
