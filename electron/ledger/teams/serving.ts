import type { ChannelRow, ServingRow } from '../../../shared/contract/teams.ts';
import { groupBy } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { isOpen, type Person, readFacts } from './facts.ts';

const ROLES = [
  ['chiefServiceOfficerId', 'chief'],
  ['liaisonId', 'liaison'],
  ['stewardId', 'steward'],
] as const;

/**
 * 服务名单 (A10): who serves which open projects, as 首席服务员, 项目联络员 or 项目管家; and each project with those who serve it
 * and its 绿色通道.
 */
export async function readServing(store: Store): Promise<{ servers: ServingRow[]; projects: ChannelRow[] }> {
  const facts = await readFacts(store);
  const channels = new Map(
    (
      await store.query
        .selectFrom('project')
        .select(['id', 'greenChannel', 'greenChannelOn', 'greenChannelNote'])
        .where('voided', '=', 0)
        .execute()
    ).map((row) => [row.id, row]),
  );
  const projects = facts.projects.filter(isOpen).map((project): ChannelRow => {
    const channel = channels.get(project.id);
    const gaps = [
      ...(project.chiefServiceOfficerId === null ? ['没有首席服务员'] : []),
      ...(project.liaisonId === null ? ['没有联络员'] : []),
      ...(channel?.greenChannel === 'open' || channel?.greenChannel === 'exempt' ? [] : ['没有开通绿色通道']),
    ];
    return {
      id: project.id,
      name: project.name,
      unitId: project.unitId,
      unitName: facts.units.get(project.unitId) ?? '',
      chiefServiceOfficerId: project.chiefServiceOfficerId,
      liaisonId: project.liaisonId,
      greenChannel: channel?.greenChannel ?? null,
      greenChannelOn: channel?.greenChannelOn ?? null,
      greenChannelNote: channel?.greenChannelNote ?? null,
      problem: gaps.join('；'),
    };
  });
  const unitOf = (person: Person): string =>
    (person.unitId === null ? person.workplace : facts.units.get(person.unitId)) ?? '';
  const servers = ROLES.flatMap(([field, role]): ServingRow[] => {
    const served = facts.projects.filter(isOpen).flatMap(({ id, name, ...project }) => {
      const personId = field === 'stewardId' ? (facts.services.get(id)?.stewardId ?? null) : project[field];
      return personId === null ? [] : [{ personId, name }];
    });
    return [...groupBy(served, ({ personId }) => personId)].flatMap(([personId, own]): ServingRow[] => {
      const person = facts.people.get(personId);
      if (person === undefined) return [];
      return [
        {
          id: `${role} ${personId}`,
          personId,
          role,
          name: person.name,
          title: person.title,
          phone: person.phone,
          unitName: unitOf(person),
          count: own.length,
          projects: own.map((each) => each.name),
        },
      ];
    });
  });
  return { servers, projects };
}
