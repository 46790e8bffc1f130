import type { Value } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { type PresetChange, presetChanges, type SchemePreset } from '../../../shared/presets/index.ts';
import type { Change } from '../store/commit.ts';
import { CITY, personName, UNITS, type UnitWords } from './words.ts';

export interface SampleUnit {
  readonly id: string;
  readonly officeId: string;
  readonly words: UnitWords;
  /** Head of the county or department. */
  readonly headId: string;
  /** Deputies who sponsor projects; at departments the deputy directors. */
  readonly deputyIds: readonly string[];
  readonly officerIds: readonly string[];
  readonly serviceOfficerIds: readonly string[];
  readonly liaisonIds: readonly string[];
  readonly operator: string;
  /** Leader of the promotion group the unit is in. */
  readonly cityLeaderId: string;
}

export interface Organisation {
  readonly units: readonly SampleUnit[];
  readonly changes: readonly Change[];
}

export interface OrganisationOptions {
  readonly units: number;
  readonly groups: number;
  readonly projects: number;
  /** Office that keeps the city's ledger. */
  readonly officeId: string;
  readonly preset: SchemePreset;
  readonly year: number;
  readonly effectiveFrom: IsoDate;
  readonly nextId: () => string;
}

const GROUP_NAMES = ['产业发展', '农林水利', '交通能源', '城市建设', '园区经济', '社会民生', '商贸物流', '生态环保'];
const GROUP_HOSTS = [
  '市工业和信息化局',
  '市农业农村局',
  '市交通运输局',
  '市住房和城乡建设局',
  '市商务局',
  '市教育局',
  '市市场监督管理局',
  '市生态环境局',
];
const MEMBER_HOSTS = ['市财政局', '市自然资源局', '市生态环境局', '市统计局', '市金融服务局', '市行政审批局'];
const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八'];

/** Collects rows and the people in them. */
class Register {
  readonly rows: Change[] = [];
  #people = 0;
  readonly #nextId: () => string;

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  add(entity: Change['entity'], set: Readonly<Record<string, Value>>, id = this.#nextId()): string {
    this.rows.push({ entity, id, set });
    return id;
  }

  /** A person with an invented name and a telephone number of the unassigned 555 range. */
  person(title: string, rank: string, place: { readonly unitId?: string; readonly workplace?: string }): string {
    const n = this.#people;
    this.#people += 1;
    const phone = `0455-555${String(1000 + (n % 9000))}`;
    return this.add('person', { name: personName(n), title, rank, phone, ...place });
  }

  lastName(): string {
    return personName(this.#people - 1);
  }
}

function people<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

interface UnitPeople {
  readonly headId: string;
  readonly deputyIds: readonly string[];
  readonly officerIds: readonly string[];
  readonly serviceOfficerIds: readonly string[];
  readonly liaisonIds: readonly string[];
  readonly operator: string;
}

function unitPeople(register: Register, words: UnitWords, unitId: string, projects: number): UnitPeople {
  const { name, kind } = words;
  const place = { unitId };
  const government = kind === 'department' ? '' : name.endsWith('县') ? '县' : kind === 'zone' ? '管委会' : '区';
  const head = kind === 'department' ? '局长' : kind === 'zone' ? '管委会主任' : `${government}长`;
  const deputy = kind === 'department' ? '副局长' : kind === 'zone' ? '管委会副主任' : `副${government}长`;
  const each = Math.min(60, Math.max(4, Math.ceil(projects / 6)));
  const headId = register.person(`${name}${head}`, 'countyChief', place);
  const deputyIds = people(4, () => register.person(`${name}${deputy}`, 'countyDeputy', place));
  const officerIds = people(4, (index) => {
    const bureau = ['发展和改革局', '工业和信息化局', '住房和城乡建设局', '农业农村局'][index] ?? '发展和改革局';
    return kind === 'department'
      ? register.person(`${name}项目科科长`, 'sectionChief', place)
      : register.person(`${name}${bureau}局长`, 'sectionChief', place);
  });
  const serviceOfficerIds = people(each, () => register.person(`${name}首席服务员`, 'sectionDeputy', place));
  const liaisonIds = people(each, () => register.person(`${name}项目联络员`, 'staff', place));
  register.person(`${name}项目办经办人`, 'staff', place);
  return { headId, deputyIds, officerIds, serviceOfficerIds, liaisonIds, operator: register.lastName() };
}

interface Group {
  readonly id: string;
  readonly leaderId: string;
}

function addGroups(register: Register, count: number): readonly Group[] {
  return people(count, (index) => {
    const field = GROUP_NAMES[index] ?? '综合';
    const host = GROUP_HOSTS[index] ?? '市发展和改革委员会';
    const leaderId = register.person(`${CITY}副市长`, 'cityDeputy', { workplace: '市政府' });
    const directorId = register.person(`${host}局长`, 'countyChief', { workplace: host });
    const liaisonId = register.person(`${host}综合科科长`, 'sectionChief', { workplace: host });
    const id = register.add('promotionGroup', {
      name: `第${NUMERALS[index] ?? String(index + 1)}包保推进组（${field}）`,
      sequence: index + 1,
      leaderId,
      liaisonId,
      officeHost: host,
      directorId,
      duties: `负责${field}类重点项目和所包保单元的推进、调度和督察，每旬调度一次，每半月现场督察一次。`,
    });
    people(3, (member) => {
      const workplace = MEMBER_HOSTS[(index + member * 2) % MEMBER_HOSTS.length] ?? '市财政局';
      const personId = register.person(`${workplace}副局长`, 'countyDeputy', { workplace });
      register.add('groupMember', { groupId: id, personId, sequence: member + 1 });
    });
    return { id, leaderId };
  });
}

/** The leading group of the preset with its director and members (A1). */
function addLeadingGroup(
  register: Register,
  group: PresetChange,
  groups: readonly Group[],
  heads: readonly string[],
): void {
  const mayor = register.person(`${CITY}市长`, 'cityChief', { workplace: '市政府' });
  const executive = register.person(`${CITY}常务副市长`, 'cityDeputy', { workplace: '市政府' });
  const director = register.person('市发展和改革委员会主任', 'countyChief', { workplace: '市发展和改革委员会' });
  register.add('leadingGroup', { ...group.set, directorId: director }, group.id);
  const members: readonly (readonly [string, string])[] = [
    [mayor, 'leader'],
    [executive, 'executiveDeputy'],
    ...groups.map(({ leaderId }) => [leaderId, 'deputy'] as const),
    [director, 'member'],
    ...heads.map((head) => [head, 'member'] as const),
  ];
  for (const [index, [personId, role]] of members.entries()) {
    register.add('leadingGroupMember', { leadingGroupId: group.id, personId, role, sequence: index + 1 });
  }
}

/** Everybody and every body of the sample city, parents before children, with the rules of the preset. */
export function organisationOf(options: OrganisationOptions): Organisation {
  const { nextId } = options;
  const register = new Register(nextId);
  register.add(
    'office',
    { code: 'ALS', name: `${CITY}重点项目领导小组办公室`, level: 'city', contact: '0455-5550001' },
    options.officeId,
  );
  const words = UNITS.slice(0, options.units);
  if (options.units > UNITS.length) throw new RangeError(`The sample has at most ${UNITS.length} units`);
  const bare = words.map((unit, index) => {
    const number = String(index + 1).padStart(2, '0');
    const officeId = register.add('office', {
      code: `AL${number}`,
      name: unit.kind === 'department' ? unit.name : `${unit.name}重点项目办公室`,
      level: 'county',
      parentOfficeId: options.officeId,
      status: 'invited',
      contact: `0455-55501${number}`,
    });
    const id = register.add('responsibilityUnit', {
      name: unit.name,
      shortName: unit.shortName,
      kind: unit.kind,
      officeId,
      sequence: index + 1,
    });
    return { id, officeId, words: unit };
  });
  const staffed = bare.map((unit) => ({
    ...unit,
    ...unitPeople(register, unit.words, unit.id, options.projects / options.units),
  }));
  const groups = addGroups(register, options.groups);
  const units = staffed.map((unit, index): SampleUnit => {
    const group = groups[index % groups.length];
    if (group === undefined) throw new RangeError('The sample needs a promotion group');
    register.add('groupUnit', { groupId: group.id, unitId: unit.id, effectiveFrom: options.effectiveFrom });
    return { ...unit, cityLeaderId: group.leaderId };
  });
  const ofPreset = presetChanges(options.preset, nextId, options.year, {
    place: CITY,
    placeShort: '安',
    effectiveFrom: options.effectiveFrom,
  });
  for (const change of ofPreset) {
    if (change.entity === 'rule') register.add('rule', change.set, change.id);
    else {
      const heads = units.map((unit) => unit.headId);
      addLeadingGroup(register, change, groups, heads);
    }
  }
  return { units, changes: inOrder(register.rows) };
}

const ORDER: readonly Change['entity'][] = [
  'office',
  'responsibilityUnit',
  'person',
  'leadingGroup',
  'leadingGroupMember',
  'promotionGroup',
  'groupMember',
  'groupUnit',
  'rule',
];

function inOrder(rows: readonly Change[]): readonly Change[] {
  return ORDER.flatMap((entity) => rows.filter((row) => row.entity === entity));
}
