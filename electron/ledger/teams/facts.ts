import type { ForceCheck } from '../../../shared/contract/teams.ts';
import type { Row } from '../../../shared/dictionary/index.ts';
import { type SixOne, sixOnes } from '../../../shared/domain/six-ones.ts';
import { hasBegun } from '../../../shared/domain/stage.ts';
import { expectedForce, forceRuleOf } from '../../../shared/domain/task-force-rule.ts';
import { groupBy, readLists } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

export type Person = Pick<Row<'person'>, 'id' | 'name' | 'title' | 'rank' | 'unitId' | 'workplace' | 'phone'>;

const PROJECT_COLUMNS = [
  'id',
  'name',
  'unitId',
  'stage',
  'lists',
  'annualPlan',
  'annualGoal',
  'cityLeaderId',
  'countyLeaderId',
  'officerId',
  'taskForceLeaderId',
  'taskForceOfficerId',
  'chiefServiceOfficerId',
  'liaisonId',
  'bundleId',
] as const;

function projectsOf(store: Store, only: string | null) {
  return store.query
    .selectFrom('project')
    .select(PROJECT_COLUMNS)
    .where('voided', '=', 0)
    .$if(only !== null, (query) => query.where('id', '=', only ?? ''))
    .orderBy('unitId')
    .orderBy('id')
    .execute();
}
export type TeamProject = Awaited<ReturnType<typeof projectsOf>>[number];

/** What the checks of teams need, read once. */
export interface TeamFacts {
  readonly projects: readonly TeamProject[];
  readonly people: ReadonlyMap<string, Person>;
  /** Short names. */
  readonly units: ReadonlyMap<string, string>;
  /** 主要领导 of each unit, where one is registered. */
  readonly heads: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<
    string,
    Pick<Row<'projectService'>, 'id' | 'stewardId' | 'plan' | 'crew' | 'crewManager' | 'crewPhone' | 'mechanism'>
  >;
  /** Name of a task force of the project's own. */
  readonly forces: ReadonlyMap<string, string>;
  /** Links with a deadline, by project. */
  readonly dated: ReadonlyMap<string, number>;
}

/** 局长、县长、区长、市长、主任, not a deputy: the first such person of a unit at 正处级 or above. */
function headsOf(people: readonly Person[], groups: readonly { unitId: string; leaderId: string | null }[]) {
  const heads = new Map<string, string>();
  for (const [unitId, members] of groupBy(people, (person) => person.unitId ?? '')) {
    const head =
      members.find((person) => person.rank === 'countyChief') ??
      members.find(
        (person) =>
          /(?<!副)(县长|区长|市长|局长|主任|书记)$/u.test(person.title ?? '') && !/副/u.test(person.title ?? ''),
      );
    if (unitId !== '' && head !== undefined) heads.set(unitId, head.id);
  }
  for (const { unitId, leaderId } of groups) if (leaderId !== null) heads.set(unitId, leaderId);
  return heads;
}

/** @param only one project, or null for all */
export async function readFacts(store: Store, only: string | null = null): Promise<TeamFacts> {
  const people = await store.query
    .selectFrom('person')
    .select(['id', 'name', 'title', 'rank', 'unitId', 'workplace', 'phone'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const units = await store.query.selectFrom('responsibilityUnit').select(['id', 'name', 'shortName']).execute();
  const groups = await store.query
    .selectFrom('unitGroup')
    .select(['unitId', 'leaderId'])
    .where('voided', '=', 0)
    .execute();
  const services = await store.query
    .selectFrom('projectService')
    .select(['id', 'projectId', 'stewardId', 'plan', 'crew', 'crewManager', 'crewPhone', 'mechanism'])
    .where('voided', '=', 0)
    .$if(only !== null, (query) => query.where('projectId', '=', only ?? ''))
    .orderBy('id')
    .execute();
  const forces = await store.query
    .selectFrom('taskForce')
    .select(['projectId', 'name'])
    .where('voided', '=', 0)
    .where('projectId', 'is not', null)
    .orderBy('id')
    .execute();
  const dated = await store.query
    .selectFrom('link')
    .select((on) => ['projectId', on.fn.countAll<number>().as('count')])
    .where('voided', '=', 0)
    .where('deadline', 'is not', null)
    .$if(only !== null, (query) => query.where('projectId', '=', only ?? ''))
    .groupBy('projectId')
    .execute();
  return {
    projects: await projectsOf(store, only),
    people: new Map(people.map((person) => [person.id, person])),
    units: new Map(units.map((unit) => [unit.id, unit.shortName ?? unit.name])),
    heads: headsOf(people, groups),
    services: new Map(services.map(({ projectId, ...service }) => [projectId, service])),
    forces: new Map(forces.map((force) => [force.projectId ?? '', force.name])),
    dated: new Map(dated.map((row) => [row.projectId, row.count])),
  };
}

const CLOSED = new Set(['completed', 'inProduction']);

/** Completed projects need nobody any more. */
export function isOpen(project: Pick<TeamProject, 'stage'>): boolean {
  return !CLOSED.has(project.stage ?? '');
}

export function nameIn(facts: TeamFacts, id: string | null): string | null {
  return id === null ? null : (facts.people.get(id)?.name ?? null);
}

/** 六个一 of one project (C4). */
export function sixOf(facts: TeamFacts, project: TeamProject): readonly SixOne[] {
  const service = facts.services.get(project.id);
  const links = facts.dated.get(project.id) ?? 0;
  const leader = nameIn(facts, project.cityLeaderId) ?? nameIn(facts, project.countyLeaderId);
  const force = nameIn(facts, project.taskForceLeaderId);
  return sixOnes({
    leader,
    officer: nameIn(facts, project.officerId),
    team: facts.forces.get(project.id) ?? (force === null ? null : `班长 ${force}`),
    plan: service?.plan ?? (links > 0 ? `推进链条 ${links} 个环节` : null),
    crew: service?.crew ?? null,
    mechanism: service?.mechanism ?? null,
    begun: hasBegun(project.stage),
  });
}

export interface ForceVerdict extends ForceCheck {
  readonly leaderId: string | null;
  readonly officerId: string | null;
}

/** 班长 and 责任人 of one project against the rule of its list (B4). */
export function forceOf(facts: TeamFacts, project: TeamProject): ForceVerdict {
  const lists = readLists(project.lists);
  const rule = forceRuleOf(lists);
  const expected = expectedForce(rule, {
    cityLeaderId: project.cityLeaderId,
    countyLeaderId: project.countyLeaderId,
    unitHeadId: facts.heads.get(project.unitId) ?? null,
  });
  const differs = (role: string, now: string | null, wanted: string | null): string[] => {
    if (wanted === null || now === wanted) return [];
    const name = nameIn(facts, wanted) ?? '';
    return [
      now === null ? `${role}未定，按规定应为${name}` : `${role}为${nameIn(facts, now) ?? ''}，按规定应为${name}`,
    ];
  };
  const unknown =
    rule.key !== 'none' && (expected.leaderId === null || expected.officerId === null)
      ? [
          `${expected.leaderId === null ? '应任班长的领导' : '应任责任人的领导'}未登记，请先填${rule.key === 'city' ? '市级责任领导和单位主要领导' : '属地主要领导和县级包保领导'}`,
        ]
      : [];
  const differences = [
    ...differs('班长', project.taskForceLeaderId, expected.leaderId),
    ...differs('专班责任人', project.taskForceOfficerId, expected.officerId),
  ];
  return {
    id: project.id,
    name: project.name,
    unitName: facts.units.get(project.unitId) ?? '',
    lists: [...lists],
    rule: rule.text,
    leader: nameIn(facts, project.taskForceLeaderId),
    officer: nameIn(facts, project.taskForceOfficerId),
    expectedLeader: nameIn(facts, expected.leaderId),
    expectedOfficer: nameIn(facts, expected.officerId),
    problem: [...differences, ...unknown].join('；'),
    fixable: differences.length > 0,
    leaderId: expected.leaderId,
    officerId: expected.officerId,
  };
}
