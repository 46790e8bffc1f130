import { dictionary } from '../../../shared/dictionary/index.ts';
import type { Store } from '../store/open.ts';

/** Fields of a project that name a person, with their labels, in the order of the dictionary. */
export const personFields = Object.entries(dictionary.project.fields).flatMap(([field, { label, ref }]) =>
  ref === 'person' ? [{ field: field as PersonField, label }] : [],
);
export type PersonField =
  | 'cityLeaderId'
  | 'countyLeaderId'
  | 'officerId'
  | 'taskForceLeaderId'
  | 'taskForceOfficerId'
  | 'chiefServiceOfficerId'
  | 'liaisonId';

export interface Duties {
  /** How often in which role: 市级责任领导 → 12. */
  readonly roles: ReadonlyMap<string, number>;
  readonly projects: number;
}

const NO_DUTIES: Duties = { roles: new Map(), projects: 0 };

/** What each person answers for. */
export class DutyBook {
  readonly #roles = new Map<string, Map<string, number>>();
  readonly #projects = new Map<string, Set<string>>();

  add(personId: string | null, role: string, projectId: string | null): void {
    if (personId === null) return;
    const roles = this.#roles.get(personId) ?? new Map<string, number>();
    roles.set(role, (roles.get(role) ?? 0) + 1);
    this.#roles.set(personId, roles);
    if (projectId === null) return;
    const projects = this.#projects.get(personId) ?? new Set<string>();
    projects.add(projectId);
    this.#projects.set(personId, projects);
  }

  of(personId: string): Duties {
    const roles = this.#roles.get(personId);
    return roles === undefined ? NO_DUTIES : { roles, projects: this.#projects.get(personId)?.size ?? 0 };
  }

  /** '市级责任领导 12 个、推进组组长 1 个'; '' for nobody. */
  words(personId: string): string {
    return [...this.of(personId).roles].map(([role, count]) => `${role} ${count} 个`).join('、');
  }
}

/** Reads every role that people hold: in projects, links, groups and the leading group. */
export async function readDuties(store: Store): Promise<DutyBook> {
  const book = new DutyBook();
  const projects = await store.query
    .selectFrom('project')
    .select(['id', ...personFields.map(({ field }) => field)])
    .where('voided', '=', 0)
    .execute();
  for (const { field, label } of personFields) {
    for (const project of projects) book.add(project[field], label, project.id);
  }
  const leading = await store.query.selectFrom('leadingGroup').select('directorId').where('voided', '=', 0).execute();
  for (const group of leading) book.add(group.directorId, '领导小组办公室主任', null);
  const leadingMembers = await store.query
    .selectFrom('leadingGroupMember')
    .select('personId')
    .where('voided', '=', 0)
    .execute();
  for (const member of leadingMembers) book.add(member.personId, '领导小组成员', null);
  const groups = await store.query
    .selectFrom('promotionGroup')
    .select(['leaderId', 'liaisonId', 'directorId'])
    .where('voided', '=', 0)
    .execute();
  for (const group of groups) {
    book.add(group.leaderId, '推进组组长', null);
    book.add(group.liaisonId, '推进组联络员', null);
    book.add(group.directorId, '组办公室主任', null);
  }
  const members = await store.query.selectFrom('groupMember').select('personId').where('voided', '=', 0).execute();
  for (const member of members) book.add(member.personId, '推进组成员', null);
  return book;
}
