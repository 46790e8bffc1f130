import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFactors } from '../../../electron/ledger/factors/read.ts';
import { retire } from '../../../electron/ledger/organisation/change.ts';
import { readCoverage } from '../../../electron/ledger/organisation/coverage.ts';
import { readOverview } from '../../../electron/ledger/organisation/overview.ts';
import { commitByRules } from '../../../electron/ledger/records/index.ts';
import { readInstructions, readServing, readSixOnes, readTeams } from '../../../electron/ledger/teams/index.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';
import { type Office, type Region, region } from './offices.ts';

/** Whatever the rows A1 to A10, B3, B4, C1, C3, C4 keep, beside the projects. */
const BODIES: readonly EntityName[] = [
  'person',
  'leadingGroup',
  'leadingGroupMember',
  'promotionGroup',
  'groupMember',
  'groupUnit',
  'inspectionOffice',
  'inspectionTask',
  'unitGroup',
  'taskForce',
  'taskForceMember',
  'projectService',
  'caseMeeting',
  'leaderInstruction',
];
const WORK: readonly EntityName[] = ['project', 'link', 'monthlyTask', 'permit', 'factor', 'outputRecord', 'poolEntry'];

let world: Region;
let city: Office;
let county: Office;
let plant: string;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [county] = world.counties as [Office];
  plant = county.addProject('生物质热电联产');
  await city.read(await county.send(city));
  await county.read(await city.send(county));
});
afterEach(() => world.close());

const byRules = (office: Office, entity: EntityName, id: string, set: Readonly<Record<string, Value>>) =>
  commitByRules(office.store, { kind: 'edit', title: '修改', changes: [{ entity, id, set }] }, office.moment());
const down = async () => county.read(await city.send(county));
const up = async () => city.read(await county.send(city));

describe('organisation and service on the stick', () => {
  it('[A1, A2, A3, C1] the city’s bodies reach the county, which reads them and may not change them', async () => {
    const mayor = city.add('person', { name: '卫望舒', title: '市长', rank: 'cityChief' });
    const vice = city.add('person', { name: '王某', title: '副市长', rank: 'cityDeputy' });
    const [leading = ''] = city.ids('leadingGroup');
    city.set('leadingGroup', leading, { officeHost: '市发改委', directorId: vice });
    city.add('leadingGroupMember', { leadingGroupId: leading, personId: mayor, role: 'leader', sequence: 1 });
    const groups = ['第一推进组', '第二推进组'].map((name, index) =>
      city.add('promotionGroup', { name, sequence: index + 1, leaderId: vice, liaisonId: vice }),
    );
    city.add('groupMember', { groupId: groups[0] ?? '', personId: mayor });
    const span = { unitId: county.unitId, groupId: groups[0] ?? '', effectiveFrom: '2021-01-01' };
    const first = city.add('groupUnit', { ...span, effectiveTo: '2021-04-30' });
    city.add('groupUnit', { ...span, groupId: groups[1] ?? '', effectiveFrom: '2021-05-01' });
    city.add('inspectionOffice', { name: '督查问责办', directorId: vice });
    expect(await down()).toMatchObject({ state: 'applied', conflicts: 0 });
    expect(county.dump(...BODIES)).toBe(city.dump(...BODIES));
    // The county's own screens say the same as the city's, for today and for a day of the past.
    for (const day of ['2021-04-15', '2021-05-12'])
      expect(await readOverview(county.store, day)).toEqual(await readOverview(city.store, day));
    const unitOn = async (day: string) =>
      (await readOverview(county.store, day)).units.find(({ id }) => id === county.unitId)?.groupName;
    expect([await unitOn('2021-04-30'), await unitOn('2021-05-01')]).toEqual(['第一推进组', '第二推进组']);
    expect(byRules(county, 'groupUnit', first, { effectiveTo: '2021-04-20' })).toMatchObject({
      changed: 0,
      proposals: 1,
    });
    expect(county.get('groupUnit', first, 'effectiveTo')).toBe('2021-04-30');
    // A correction by the city travels as well, 作废 included.
    await retire(city.store, { entity: 'groupUnit', id: first }, city.actor());
    await down();
    expect(await unitOn('2021-04-30')).toBeNull();
  });

  it('[A7, A10, B3, B4, C3, C4] what the county keeps of a project reaches the city; follow-up goes back down', async () => {
    const person = (name: string, rank: string) => county.add('person', { name, rank, unitId: county.unitId });
    const [deputy, clerk] = [person('张某', 'countyDeputy'), person('赵某', 'staff')];
    byRules(county, 'project', plant, {
      countyLeaderId: deputy,
      officerId: clerk,
      chiefServiceOfficerId: clerk,
      liaisonId: clerk,
      taskForceLeaderId: deputy,
      greenChannelOn: '2021-04-06',
      greenChannelNote: '专窗受理',
    });
    const force = county.add('taskForce', {
      level: 'site',
      name: '热电专班',
      unitId: county.unitId,
      projectId: plant,
      leaderId: deputy,
      dailyReport: 'yes',
    });
    county.add('taskForceMember', { taskForceId: force, unitId: county.unitId, personId: clerk, role: 'member' });
    county.add('unitGroup', {
      unitId: county.unitId,
      name: '宝清县领导小组',
      leaderId: deputy,
      members: '赵某（项目办）',
    });
    county.add('projectService', { projectId: plant, stewardId: clerk, crew: '某建设集团', mechanism: '周例会' });
    county.add('caseMeeting', { projectId: plant, matter: '供电接入', metOn: '2021-05-08' });
    const wish = county.add('leaderInstruction', {
      projectId: plant,
      leaderId: deputy,
      givenOn: '2021-05-10',
      content: '一周内解决供电接入',
      reportedOn: '2021-05-11',
    });
    expect(await up()).toMatchObject({ state: 'applied', conflicts: 0 });
    expect(city.dump(...BODIES, 'project')).toBe(county.dump(...BODIES, 'project'));
    const { servers } = await readServing(city.store);
    expect(servers.map(({ role, name }) => `${role} ${name}`)).toEqual(['chief 赵某', 'liaison 赵某', 'steward 赵某']);
    expect((await readCoverage(city.store, '2021-05-12')).withoutGreenChannel).toEqual([]);
    expect((await readSixOnes(city.store)).map(({ name, gaps }) => [name, gaps])).toEqual([['生物质热电联产', 1]]);
    expect((await readTeams(city.store)).forces).toMatchObject([{ name: '热电专班', members: [{ name: '赵某' }] }]);
    // The inspection office follows the instruction up; the county sees by whom, does it and tells.
    const officer = city.add('person', { name: '孙某' });
    const task = { subject: 'instruction', subjectId: wish, officerId: officer, dueOn: '2021-05-17' };
    city.add('inspectionTask', task);
    await down();
    expect(await readInstructions(county.store, '2021-05-12')).toMatchObject([{ followedBy: '孙某', state: 'open' }]);
    byRules(county, 'leaderInstruction', wish, { doneOn: '2021-05-12', result: '已接入' });
    await up();
    expect(await readInstructions(city.store, '2021-05-12')).toMatchObject([{ state: 'done', result: '已接入' }]);
    expect(city.dump(...BODIES, 'project')).toBe(county.dump(...BODIES, 'project'));
  });

  it('[A5, C5, C6, C9] chain, months, permits, factors, output and reserve travel whole, and undo travels after them', async () => {
    const before = city.dump(...WORK);
    const [kindId = ''] = county.ids('permitKind');
    county.add('link', { projectId: plant, name: '施工许可', deadline: '2021-06-01', unitText: '住建局' });
    county.add('monthlyTask', { projectId: plant, month: '2021-06', investment: 6_000_000 });
    county.add('permit', {
      projectId: plant,
      kindId,
      state: 'conditional',
      commitment: '消防意见',
      commitmentDue: '2021-06-10',
    });
    county.add('factor', {
      projectId: plant,
      kind: 'land',
      measure: '亩',
      needed: 66.7,
      obtained: 40.5,
      department: '自然资源局',
    });
    county.add('outputRecord', { projectId: plant, month: '2021-04', output: 3_000_000 });
    county.add('poolEntry', { projectId: plant, poolClass: 'industry', step: 'reported', enteredOn: '2021-03-31' });
    expect(await up()).toMatchObject({ state: 'applied', conflicts: 0 });
    expect(city.dump(...WORK)).not.toBe(before);
    expect(city.dump(...WORK)).toBe(county.dump(...WORK));
    const land = (await readFactors(city.store, {}, '2021-05-12')).find((row) => row.kind === 'land');
    expect([land?.needed, land?.obtained, land?.gap]).toEqual([66.7, 40.5, 26.2]);
  });
});
