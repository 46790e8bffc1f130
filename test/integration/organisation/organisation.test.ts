import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveUnit, retire } from '../../../electron/ledger/organisation/change.ts';
import { readCoverage } from '../../../electron/ledger/organisation/coverage.ts';
import { readOverview } from '../../../electron/ledger/organisation/overview.ts';
import { groupsOn } from '../../../electron/ledger/rates/index.ts';
import { saveCells } from '../../../electron/ledger/records/index.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import { CityLedger } from '../projects/office.ts';

const DAY = '2021-05-18';

describe('组织', () => {
  let city: CityLedger;
  let first: string;
  let second: string;
  beforeEach(() => {
    city = new CityLedger();
    first = city.add('promotionGroup', { name: '第一推进组', sequence: 1 });
    second = city.add('promotionGroup', { name: '第二推进组', sequence: 2 });
  });
  afterEach(() => city.close());

  const move = (groupId: string | null, from: string, unitId = city.unitA) =>
    moveUnit(city.store, { unitId, groupId, from }, city.actor());

  it('[A1] keeps the leading group with its office, director and members in their order', async () => {
    const director = city.add('person', { name: '沈晏清', title: '市发改委主任' });
    const leader = city.add('person', { name: '卫望舒', title: '市长', phone: '123' });
    const group = city.add('leadingGroup', {
      name: '领导小组',
      officeHost: '市发展和改革委员会',
      directorId: director,
      numberWord: '绥重办督',
    });
    city.add('leadingGroupMember', { leadingGroupId: group, personId: director, role: 'member', sequence: 2 });
    city.add('leadingGroupMember', { leadingGroupId: group, personId: leader, role: 'leader', sequence: 1 });
    const { leadingGroups, people } = await readOverview(city.store, DAY);
    expect(leadingGroups).toMatchObject([
      {
        name: '领导小组',
        officeHost: '市发展和改革委员会',
        directorId: director,
        members: [{ name: '卫望舒', role: 'leader' }, { name: '沈晏清' }],
      },
    ]);
    expect(people.find((person) => person.id === director)?.duties).toBe('领导小组办公室主任 1 个、领导小组成员 1 个');
  });

  it('[A2] keeps a promotion group with leader, liaison, members and the units of the day', async () => {
    const leader = city.add('person', { name: '吕砚修' });
    city.write('改', [
      { entity: 'promotionGroup', id: first, set: { leaderId: leader, liaisonId: leader, officeHost: '市工信局' } },
    ]);
    city.add('groupMember', { groupId: first, personId: leader, sequence: 1 });
    city.add('project', { name: '甲', unitId: city.unitA });
    await move(first, '2021-01-01');
    const { groups, units } = await readOverview(city.store, DAY);
    expect(groups[0]).toMatchObject({
      leaderId: leader,
      members: [{ name: '吕砚修', role: '' }],
      units: [{ unitName: '甲县', effectiveFrom: '2021-01-01', effectiveTo: null, projects: 1, current: true }],
    });
    expect(units[0]).toMatchObject({ name: '甲县', groupName: '第一推进组', projects: 1 });
    expect(units[1]).toMatchObject({ name: '乙县', groupName: null });
  });

  it('[A3] moves a unit from a day on; the history stays and old days read as they were', async () => {
    await move(first, '2021-01-01');
    const result = await move(second, '2021-05-01');
    expect(result).toMatchObject({ changed: 2, title: '甲县自2021年5月1日起归入第二推进组' });
    const { groups } = await readOverview(city.store, DAY);
    expect(groups[0]?.units).toMatchObject([{ effectiveTo: '2021-04-30', current: false }]);
    expect(groups[1]?.units).toMatchObject([{ effectiveFrom: '2021-05-01', current: true }]);
    const on = async (day: string) =>
      (await groupsOn(city.store, day)).filter((group) => group.units.length > 0).map((group) => group.name);
    expect(await on('2021-04-30')).toEqual(['第一推进组']);
    expect(await on('2021-05-01')).toEqual(['第二推进组']);
    undo(city.store, city.actor());
    expect(await on('2021-05-01')).toEqual(['第一推进组']);
  });

  it('[A3] refuses to put a unit into two groups on one day, says why, and changes nothing', async () => {
    await move(first, '2021-01-01');
    await move(second, '2021-08-01');
    await expect(move(second, '2021-03-01')).rejects.toThrow(/2021年8月1日起已归入“第二推进组”/u);
    const { groups } = await readOverview(city.store, DAY);
    const span = groups[0]?.units[0];
    const id = span?.id ?? '';
    const amend = (set: Record<string, string | null>) =>
      saveCells(
        city.store,
        'groupUnit',
        Object.entries(set).map(([key, value]) => ({ rowId: id, key, value })),
        '更正归组日期',
        { today: DAY, actor: city.actor() },
      );
    expect(amend({ effectiveFrom: '2021-01-01', effectiveTo: null }).refused).toMatchObject([
      { key: 'effectiveFrom', reason: expect.stringMatching(/一个单元同一天只能在一个组/u) },
      { key: 'effectiveTo' },
    ]);
    expect((await readOverview(city.store, DAY)).groups).toEqual(groups);
    // Both days of a row in one paste are one step, and taken back together.
    expect(amend({ effectiveFrom: '2021-02-01', effectiveTo: '2021-06-30' }).changed).toBe(1);
    expect((await readOverview(city.store, DAY)).groups[0]?.units[0]).toMatchObject({
      effectiveFrom: '2021-02-01',
      effectiveTo: '2021-06-30',
    });
    undo(city.store, city.actor());
    expect((await readOverview(city.store, DAY)).groups).toEqual(groups);
    // What was registered by mistake goes, and makes room.
    await retire(city.store, { entity: 'groupUnit', id }, city.actor());
    expect((await readOverview(city.store, DAY)).groups[0]?.units).toEqual([]);
    await move(second, '2021-03-01', city.unitB);
  });

  it('[A3] does not let go what something still leans on, and names it', async () => {
    await move(first, '2021-01-01');
    const person = city.add('person', { name: '钱有责' });
    city.add('project', { name: '甲', unitId: city.unitA, officerId: person });
    await expect(retire(city.store, { entity: 'promotionGroup', id: first }, city.actor())).rejects.toThrow(
      /还有 1 个被包保单元/u,
    );
    await expect(retire(city.store, { entity: 'responsibilityUnit', id: city.unitA }, city.actor())).rejects.toThrow(
      /名下还有 1 个项目/u,
    );
    await expect(retire(city.store, { entity: 'person', id: person }, city.actor())).rejects.toThrow(/责任人 1 个/u);
    for (const [entity, set, words] of [
      ['inspectionOffice', { name: '督查问责办', directorId: person }, '督查问责办主任 1 个'],
      ['taskForce', { level: 'city', name: '市级专班', leaderId: person }, '已登记专班的班长 1 个'],
      ['unitGroup', { unitId: city.unitB, name: '乙县领导小组', directorId: person }, '单位领导小组办公室主任 1 个'],
    ] as const) {
      const body = city.add(entity, set);
      await expect(retire(city.store, { entity: 'person', id: person }, city.actor())).rejects.toThrow(words);
      city.write('改', [{ entity, id: body, set: { voided: 1 } }]);
    }
    const [project = ''] = city.store.db.prepare('SELECT "id" FROM "project"').pluck().all() as string[];
    city.write('改', [{ entity: 'project', id: project, set: { officerId: null } }]);
    const link = city.add('link', { projectId: project, name: '立项', personId: person });
    await expect(retire(city.store, { entity: 'person', id: person }, city.actor())).rejects.toThrow(/环节.* 1 个/u);
    // What is done needs nobody any more.
    city.write('改', [{ entity: 'link', id: link, set: { doneOn: '2021-05-01' } }]);
    await retire(city.store, { entity: 'person', id: person }, city.actor());
    await retire(city.store, { entity: 'promotionGroup', id: second }, city.actor());
    expect((await readOverview(city.store, DAY)).groups.map((group) => group.name)).toEqual(['第一推进组']);
  });

  it('[A3] counts the projects of a unit with a bundle as one, and as its parts', async () => {
    const bundle = city.add('project', { name: '供水提升（打包）', unitId: city.unitB, isBundle: 1 });
    for (const name of ['东线管网', '西线管网', '泵站'])
      city.add('project', { name, unitId: city.unitB, bundleId: bundle });
    await move(first, '2021-01-01', city.unitB);
    const countOf = async (counting: 'whole' | 'parts') => {
      const { units, groups } = await readOverview(city.store, DAY, counting);
      const inGroup = groups.find(({ id }) => id === first)?.units.find(({ unitId }) => unitId === city.unitB);
      return [units.find(({ id }) => id === city.unitB)?.projects, inGroup?.projects];
    };
    expect(await countOf('whole')).toEqual([1, 1]);
    expect(await countOf('parts')).toEqual([3, 3]);
  });

  it('[A10, B3] finds projects that nobody serves, leaders without a task, units in no group', async () => {
    const leader = city.add('person', { name: '卫望舒', rank: 'cityDeputy', title: '副市长' });
    const idle = city.add('person', { name: '闲无事', rank: 'countyDeputy' });
    city.add('person', { name: '办事员', rank: 'staff' });
    // A seat in the leading group is no task of one's own.
    const group = city.add('leadingGroup', { name: '领导小组' });
    city.add('leadingGroupMember', { leadingGroupId: group, personId: idle, role: 'member' });
    const served = {
      cityLeaderId: leader,
      countyLeaderId: leader,
      officerId: leader,
      taskForceLeaderId: leader,
      chiefServiceOfficerId: leader,
      liaisonId: leader,
    };
    city.add('project', { name: '齐全', unitId: city.unitA, ...served, greenChannel: 'open' });
    city.add('project', {
      name: '缺服务员',
      unitId: city.unitA,
      ...served,
      chiefServiceOfficerId: null,
      taskForceLeaderId: null,
      greenChannel: 'wanted',
    });
    city.add('project', { name: '已竣工', unitId: city.unitA, stage: 'completed' });
    await move(first, '2021-01-01');
    const coverage = await readCoverage(city.store, DAY);
    expect(coverage.projects).toBe(2);
    expect(coverage.withoutCityLeader).toEqual([]);
    expect(coverage.withoutServiceOfficer).toMatchObject([{ name: '缺服务员', unitName: '甲县' }]);
    expect(coverage.withoutForceLeader.map((one) => one.name)).toEqual(['缺服务员']);
    expect(coverage.withoutGreenChannel.map((one) => one.name)).toEqual(['缺服务员']);
    expect(coverage.leadersWithoutProjects.map((one) => one.id)).toEqual([idle]);
    expect(coverage.unitsInNoGroup).toMatchObject([{ name: '乙县', projects: 0 }]);
    expect(coverage.unitsInTwoGroups).toEqual([]);
    expect(coverage.groupsWithoutLeader).toHaveLength(2);
  });
});
