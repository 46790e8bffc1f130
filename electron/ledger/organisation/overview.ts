import type {
  GroupRow,
  LeadingGroupRow,
  MemberRow,
  MembershipRow,
  PersonRow,
  UnitRow,
} from '../../../shared/contract/organisation.ts';
import { type Counting, leftOutOf } from '../../../shared/domain/bundle.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { holdsOn, type Membership, membershipOn } from '../../../shared/domain/membership.ts';
import { groupBy } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { readDuties } from './people.ts';

/** Memberships not 作废, in the order of their first day. */
export function memberships(store: Store): Promise<Membership[]> {
  return store.query
    .selectFrom('groupUnit')
    .select(['id', 'groupId', 'unitId', 'effectiveFrom', 'effectiveTo'])
    .where('voided', '=', 0)
    .orderBy('effectiveFrom')
    .orderBy('id')
    .execute();
}

/**
 * Projects not 作废 of each unit.
 *
 * @param counting how a bundle and its parts count; null: each of them
 */
export async function projectCounts(store: Store, counting: Counting | null): Promise<ReadonlyMap<string, number>> {
  const projects = await store.query
    .selectFrom('project')
    .select(['id', 'bundleId', 'unitId'])
    .where('voided', '=', 0)
    .execute();
  const out = counting === null ? new Set<string>() : leftOutOf(projects, counting);
  const counts = new Map<string, number>();
  for (const { id, unitId } of projects) if (!out.has(id)) counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
  return counts;
}

async function peopleRows(store: Store): Promise<PersonRow[]> {
  const people = await store.query
    .selectFrom('person')
    .select(['id', 'name', 'title', 'rank', 'unitId', 'workplace', 'phone', 'note'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const duties = await readDuties(store);
  return people.map((person) => ({
    ...person,
    duties: duties.words(person.id),
    projects: duties.of(person.id).projects,
  }));
}

async function unitRows(
  store: Store,
  spans: readonly Membership[],
  groupNames: ReadonlyMap<string, string>,
  counts: ReadonlyMap<string, number>,
  date: IsoDate,
): Promise<UnitRow[]> {
  const units = await store.query
    .selectFrom('responsibilityUnit')
    .select(['id', 'name', 'shortName', 'kind', 'officeId', 'sequence'])
    .where('voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('sequence', on.lit(99_999)))
    .orderBy('id')
    .execute();
  return units.map((unit) => {
    const groupId = membershipOn(spans, unit.id, date)?.groupId ?? null;
    return {
      ...unit,
      groupId,
      groupName: groupId === null ? null : (groupNames.get(groupId) ?? null),
      projects: counts.get(unit.id) ?? 0,
    };
  });
}

/** Members with the order the office gave them, then the order they were entered. */
function inOrder<R extends { readonly sequence: number | null; readonly id: string }>(rows: readonly R[]): R[] {
  return [...rows].sort(
    (left, right) => (left.sequence ?? 9999) - (right.sequence ?? 9999) || (left.id < right.id ? -1 : 1),
  );
}

async function groupMembers(store: Store): Promise<ReadonlyMap<string, readonly MemberRow[]>> {
  const rows = await store.query
    .selectFrom('groupMember as m')
    .innerJoin('person as p', 'p.id', 'm.personId')
    .select(['m.id', 'm.groupId', 'm.personId', 'm.sequence', 'p.name', 'p.title', 'p.phone'])
    .where('m.voided', '=', 0)
    .execute();
  const members = groupBy(rows, (row) => row.groupId);
  return new Map(
    [...members].map(([id, list]) => [id, list.map(({ groupId: _, ...member }) => ({ ...member, role: '' }))]),
  );
}

async function leadingGroups(store: Store): Promise<LeadingGroupRow[]> {
  const groups = await store.query
    .selectFrom('leadingGroup')
    .select(['id', 'name', 'officeHost', 'directorId', 'issuer', 'numberWord', 'duties'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const rows = await store.query
    .selectFrom('leadingGroupMember as m')
    .innerJoin('person as p', 'p.id', 'm.personId')
    .select(['m.id', 'm.leadingGroupId', 'm.personId', 'm.role', 'm.sequence', 'p.name', 'p.title', 'p.phone'])
    .where('m.voided', '=', 0)
    .execute();
  const members = groupBy(rows, (row) => row.leadingGroupId);
  return groups.map((group) => ({
    ...group,
    members: inOrder((members.get(group.id) ?? []).map(({ leadingGroupId: _, ...member }) => member)),
  }));
}

export interface Overview {
  readonly date: IsoDate;
  readonly leadingGroups: LeadingGroupRow[];
  readonly groups: GroupRow[];
  readonly units: UnitRow[];
  readonly people: PersonRow[];
}

/** The whole organisation as of a day: leading group, promotion groups with their units of all times, units, people (A1–A3). */
export async function readOverview(store: Store, date: IsoDate, counting: Counting = 'whole'): Promise<Overview> {
  const groups = await store.query
    .selectFrom('promotionGroup')
    .select(['id', 'name', 'sequence', 'leaderId', 'liaisonId', 'officeHost', 'directorId', 'duties'])
    .where('voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('sequence', on.lit(999)))
    .orderBy('id')
    .execute();
  const spans = await memberships(store);
  const counts = await projectCounts(store, counting);
  const groupNames = new Map(groups.map((group) => [group.id, group.name]));
  const units = await unitRows(store, spans, groupNames, counts, date);
  const unitNames = new Map(units.map((unit) => [unit.id, unit.name]));
  const members = await groupMembers(store);
  const asRow = (span: Membership): MembershipRow => ({
    ...span,
    groupName: groupNames.get(span.groupId) ?? '',
    unitName: unitNames.get(span.unitId) ?? '（已作废的单位）',
    projects: counts.get(span.unitId) ?? 0,
    current: holdsOn(span, date),
  });
  const byNewest = (left: MembershipRow, right: MembershipRow): number =>
    Number(right.current) - Number(left.current) || (left.effectiveFrom < right.effectiveFrom ? 1 : -1);
  return {
    date,
    leadingGroups: await leadingGroups(store),
    groups: groups.map((group) => ({
      ...group,
      members: inOrder(members.get(group.id) ?? []),
      units: spans
        .filter((span) => span.groupId === group.id)
        .map(asRow)
        .sort(byNewest),
    })),
    units,
    people: await peopleRows(store),
  };
}
