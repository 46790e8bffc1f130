import { dictionary, type EntityName, entityNames, entityOf } from '../../../shared/dictionary/index.ts';
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

type BodyRole = readonly [entity: EntityName, field: string, role: string];

/** Roles outside projects, in the order in which they are told. */
const BODY_ROLES: readonly BodyRole[] = [
  ['leadingGroup', 'directorId', '领导小组办公室主任'],
  ['leadingGroupMember', 'personId', '领导小组成员'],
  ['promotionGroup', 'leaderId', '推进组组长'],
  ['promotionGroup', 'liaisonId', '推进组联络员'],
  ['promotionGroup', 'directorId', '组办公室主任'],
  ['groupMember', 'personId', '推进组成员'],
  ['inspectionOffice', 'directorId', '督查问责办主任'],
  ['inspectionOffice', 'deputyId', '督查问责办副主任'],
  ['unitGroup', 'leaderId', '单位领导小组组长'],
  ['unitGroup', 'deputyId', '单位领导小组副组长'],
  ['unitGroup', 'directorId', '单位领导小组办公室主任'],
  ['unitGroup', 'liaisonId', '单位领导小组联络员'],
  ['taskForce', 'leaderId', '已登记专班的班长'],
  ['taskForce', 'officerId', '已登记专班的责任人'],
  ['taskForceMember', 'personId', '专班成员'],
];

/** To sit in a leading group is no 包保 task of one's own. */
const BODIES_WITHOUT_TASK: readonly EntityName[] = [
  'leadingGroup',
  'leadingGroupMember',
  'unitGroup',
  'inspectionOffice',
];
export const ROLES_WITHOUT_TASK: ReadonlySet<string> = new Set(
  BODY_ROLES.filter(([entity]) => BODIES_WITHOUT_TASK.includes(entity)).map(([, , role]) => role),
);

function holders(store: Store, entity: EntityName, field: string): readonly string[] {
  const sql = `SELECT "${field}" FROM "${entity}" WHERE "voided" = 0 AND "${field}" IS NOT NULL`;
  return store.db.prepare(sql).pluck().all() as string[];
}

/** Reads every role that people hold: in projects, their service, groups, task forces and the leading groups. */
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
  const stewards = await store.query
    .selectFrom('projectService')
    .select(['projectId', 'stewardId'])
    .where('voided', '=', 0)
    .execute();
  for (const { projectId, stewardId } of stewards) book.add(stewardId, '项目管家', projectId);
  for (const [entity, field, role] of BODY_ROLES) {
    for (const personId of holders(store, entity, field)) book.add(personId, role, null);
  }
  return book;
}

const TOLD: ReadonlySet<string> = new Set([
  ...Object.keys(dictionary.project.fields).map((field) => `project.${field}`),
  'projectService.stewardId',
  ...BODY_ROLES.map(([entity, field]) => `${entity}.${field}`),
]);

/** What else of a person is still open: links, permits, cases and follow-ups that are not done; '' for nothing. */
export function openWorkOf(store: Store, personId: string): string {
  const words: string[] = [];
  for (const name of entityNames) {
    const { fields, label, travels } = entityOf(name);
    if (!travels) continue;
    for (const [field, { ref, label: role }] of Object.entries(fields)) {
      if (ref !== 'person' || TOLD.has(`${name}.${field}`)) continue;
      const open = 'doneOn' in fields ? ' AND "doneOn" IS NULL' : '';
      const sql = `SELECT count(*) FROM "${name}" WHERE "voided" = 0 AND "${field}" = ?${open}`;
      const count = store.db.prepare(sql).pluck().get(personId) as number;
      if (count > 0) words.push(`${label}${role} ${count} 个`);
    }
  }
  return words.join('、');
}
