import type { Coverage } from '../../../shared/contract/organisation.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { holdsOn, membershipOn, overlaps } from '../../../shared/domain/membership.ts';
import type { Store } from '../store/open.ts';
import { memberships, projectCounts } from './overview.ts';
import { type PersonField, ROLES_WITHOUT_TASK, readDuties } from './people.ts';

/** Ranks from deputy county up: those who must answer for projects (B3). */
const LEADING_RANKS = ['cityChief', 'cityDeputy', 'countyChief', 'countyDeputy'] as const;

/** Closed projects need nobody any more. */
const CLOSED = new Set(['completed', 'inProduction']);

/** What has nobody, and who has nothing, on a day (C3, A10). Completed projects are not asked about. */
export async function readCoverage(store: Store, date: IsoDate): Promise<Coverage> {
  const units = await store.query
    .selectFrom('responsibilityUnit')
    .select(['id', 'name', 'shortName'])
    .where('voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('sequence', on.lit(99_999)))
    .orderBy('id')
    .execute();
  const unitNames = new Map(units.map((unit) => [unit.id, unit.shortName ?? unit.name]));
  const all = await store.query
    .selectFrom('project')
    .select([
      'id',
      'name',
      'unitId',
      'stage',
      'cityLeaderId',
      'countyLeaderId',
      'officerId',
      'taskForceLeaderId',
      'chiefServiceOfficerId',
      'liaisonId',
      'greenChannel',
    ])
    .where('voided', '=', 0)
    .orderBy('unitId')
    .orderBy('id')
    .execute();
  const projects = all.filter((project) => !CLOSED.has(project.stage ?? ''));
  const bare = (found: typeof projects) =>
    found.map(({ id, name, unitId }) => ({ id, name, unitName: unitNames.get(unitId) ?? '' }));
  const without = (field: Exclude<PersonField, 'taskForceOfficerId'>) =>
    bare(projects.filter((project) => project[field] === null));

  const duties = await readDuties(store);
  const leaders = await store.query
    .selectFrom('person')
    .select(['id', 'name', 'title'])
    .where('voided', '=', 0)
    .where('rank', 'in', LEADING_RANKS)
    .orderBy('id')
    .execute();

  const spans = await memberships(store);
  const counts = await projectCounts(store, null);
  const groups = await store.query
    .selectFrom('promotionGroup')
    .select(['id', 'name', 'leaderId', 'liaisonId'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const groupNames = new Map(groups.map((group) => [group.id, group.name]));
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
  const doubled = overlaps(spans.filter((span) => holdsOn(span, date)));

  return {
    date,
    projects: projects.length,
    withoutCityLeader: without('cityLeaderId'),
    withoutCountyLeader: without('countyLeaderId'),
    withoutOfficer: without('officerId'),
    withoutForceLeader: without('taskForceLeaderId'),
    withoutServiceOfficer: without('chiefServiceOfficerId'),
    withoutLiaison: without('liaisonId'),
    withoutGreenChannel: bare(
      projects.filter(({ greenChannel }) => greenChannel === null || greenChannel === 'wanted'),
    ),
    leadersWithoutProjects: leaders.filter((leader) =>
      [...duties.of(leader.id).roles.keys()].every((role) => ROLES_WITHOUT_TASK.has(role)),
    ),
    unitsInNoGroup: units
      .filter((unit) => membershipOn(spans, unit.id, date) === null)
      .map((unit) => ({ ...named(unit), projects: counts.get(unit.id) ?? 0 })),
    unitsInTwoGroups: doubled.map(([left, right]) => ({
      id: left.unitId,
      name: unitNames.get(left.unitId) ?? '',
      groups: [left, right].map((span) => groupNames.get(span.groupId) ?? '').join('、'),
    })),
    groupsWithoutLeader: groups.filter((group) => group.leaderId === null).map(named),
    groupsWithoutLiaison: groups.filter((group) => group.liaisonId === null).map(named),
  };
}
