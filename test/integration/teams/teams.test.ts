import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitByRules } from '../../../electron/ledger/records/index.ts';
import { openSession } from '../../../electron/ledger/session/session.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { writeMeta } from '../../../electron/ledger/store/meta.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import {
  applyRule,
  readChecks,
  readHookup,
  readInspection,
  readProjectTeam,
  readSixOnes,
  readStewards,
  readTeams,
} from '../../../electron/ledger/teams/index.ts';
import { teamPaper } from '../../../electron/ledger/teams/paper.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { type Office, openOffice, WAN } from '../reports/office.ts';

describe('teams and coverage', () => {
  let office: Office;
  let unit: string;
  let plant: string;
  let people: Record<'vice' | 'head' | 'deputy' | 'clerk' | 'officer', string>;

  beforeEach(() => {
    office = openOffice('2021-05-18');
    unit = office.unit('青禾县', { sequence: 1 });
    const person = (name: string, title: string, rank: string, inUnit = true) =>
      office.add('person', { name, title, rank, ...(inUnit ? { unitId: unit } : {}) });
    people = {
      vice: person('王某', '副市长', 'cityDeputy', false),
      head: person('李某', '青禾县县长', 'countyChief'),
      deputy: person('张某', '青禾县副县长', 'countyDeputy'),
      clerk: person('赵某', '项目办科员', 'staff'),
      officer: person('孙某', '发改局局长', 'sectionChief'),
    };
    plant = office.project(unit, '生物质热电联产', {
      lists: '["provincialHundred"]',
      cityLeaderId: people.vice,
      officerId: people.officer,
    });
  });
  afterEach(() => office.close());

  const edit = (set: Record<string, Value>, id = plant) =>
    commitByRules(
      office.store,
      { kind: 'edit', title: '修改', changes: [{ entity: 'project', id, set }] },
      { today: office.today, actor: office.actor() },
    );

  it('[B3] a county leader below deputy-county rank is stopped with the reason; nothing is written', () => {
    expect(() => edit({ countyLeaderId: people.clerk })).toThrow(
      /“赵某”的职级是科员及其他，县级包保领导应为副处级（副县级）以上.*请换人/u,
    );
    expect(selectRow(office.store, 'project', plant)?.['countyLeaderId']).toBeNull();
    edit({ countyLeaderId: people.deputy });
    expect(selectRow(office.store, 'project', plant)?.['countyLeaderId']).toBe(people.deputy);
  });

  it('[B4] the task force follows from the list of the project', async () => {
    const [before] = await readChecks(office.store);
    expect(before?.problem).toBe('班长未定，按规定应为王某；专班责任人未定，按规定应为李某');
    expect(await applyRule(office.store, [plant], office.actor())).toMatchObject({ set: 1, left: 0 });
    expect(selectRow(office.store, 'project', plant)).toMatchObject({
      taskForceLeaderId: people.vice,
      taskForceOfficerId: people.head,
    });
    edit({ lists: '["cityHundred"]', countyLeaderId: people.deputy });
    expect((await readChecks(office.store))[0]?.problem).toBe(
      '班长为王某，按规定应为李某；专班责任人为李某，按规定应为张某',
    );
    await expect(applyRule(office.store, [office.project(unit, '无清单')], office.actor())).rejects.toThrow(
      /已符合规定/u,
    );
  });

  it('[C4] six checks per project, gaps with what to do', async () => {
    const six = async () => (await readSixOnes(office.store))[0]?.six.map((each) => each.state);
    expect(await six()).toEqual(['has', 'has', 'lacks', 'lacks', 'lacks', 'lacks']);
    office.add('link', { projectId: plant, name: '施工许可', deadline: '2021-06-01' });
    office.add('taskForce', { level: 'site', name: '热电专班', unitId: unit, projectId: plant, leaderId: people.head });
    office.add('projectService', { projectId: plant, crew: '某建设集团', mechanism: '周例会' });
    expect(await six()).toEqual(['has', 'has', 'has', 'has', 'has', 'has']);
    expect((await readProjectTeam(office.store, plant)).forces).toMatchObject([{ name: '热电专班' }]);
  });

  it('[A7, D2] task forces of three levels with members, and each unit its own leading group', async () => {
    const city = office.add('taskForce', { level: 'city', name: '市级第一专班', leaderId: people.vice });
    const county = office.add('taskForce', {
      level: 'county',
      name: '青禾县专班',
      unitId: unit,
      parentId: city,
      dailyReport: 'yes',
    });
    office.add('taskForceMember', {
      taskForceId: county,
      unitId: unit,
      personId: people.deputy,
      role: 'deputy',
      sequence: 1,
    });
    expect((await readTeams(office.store)).unitsWithoutGroup).toMatchObject([{ name: '青禾县' }]);
    office.add('unitGroup', { unitId: unit, name: '青禾县领导小组', leaderId: people.head });
    const teams = await readTeams(office.store);
    expect(teams.forces.map((force) => [force.level, force.members.map((member) => member.name)])).toEqual([
      ['city', []],
      ['county', ['张某']],
    ]);
    expect(teams.unitsWithoutGroup).toEqual([]);
  });

  it('[D2] the unit’s group with its office and members, one for each unit, printed as a roster', async () => {
    const group = {
      unitId: unit,
      name: '青禾县重点项目推进领导小组',
      leaderId: people.head,
      deputyId: people.deputy,
      members: '孙某（发改局局长）、钱某（住建局局长）',
      officeHost: '青禾县发展和改革局',
      directorId: people.officer,
    };
    const id = office.add('unitGroup', group);
    const again = { entity: 'unitGroup', id: newId(), set: { unitId: unit, name: '第二个' } } as const;
    const moment = { today: office.today, actor: office.actor() };
    expect(() => commitByRules(office.store, { kind: 'edit', title: '加', changes: [again] }, moment)).toThrow(
      /一个单位只有一个领导小组/u,
    );
    expect((await readTeams(office.store)).unitGroups).toMatchObject([{ id, ...group }]);
    office.unit('望川县', { sequence: 2 });
    const { html } = await teamPaper(office.store, 'unitGroups', office.today);
    const plain = html.replace(/<[^>]+>|\s/gu, '');
    for (const words of ['各单位重点项目推进领导小组名册', '李某', '钱某（住建局局长）', '还没有成立领导小组：望川县'])
      expect(plain).toContain(words);
  });

  it('[A10, C3, E12] hook-up is checked both ways and on both levels', async () => {
    const hookup = await readHookup(office.store, office.today);
    expect(hookup.levels.map((level) => [level.label, level.text, level.idle])).toEqual([
      ['市级领导', '100.0 %', 0],
      ['县级领导', '0.0 %', 2],
    ]);
    expect(hookup.uncovered).toMatchObject([{ name: '生物质热电联产', lacksCity: false, lacksCounty: true }]);
    expect(
      hookup.leaders
        .filter((leader) => leader.problem === '没有挂点项目')
        .map((leader) => leader.name)
        .sort(),
    ).toEqual(['张某', '李某'].sort());
    edit({ countyLeaderId: people.deputy });
    expect((await readHookup(office.store, office.today)).levels[1]?.text).toBe('100.0 %');
  });

  it('[D11] a steward for each project; from ten million yuan on a team; one case one meeting', async () => {
    const small = office.project(unit, '小项目', { annualPlan: 900 * WAN });
    const problems = async () =>
      new Map((await readStewards(office.store, office.today)).rows.map((row) => [row.id, row.problem]));
    expect((await problems()).get(plant)).toBe('没有项目管家；年度计划投资在 1,000 万元以上，应建推进团队');
    expect((await problems()).get(small)).toBe('没有项目管家');
    office.add('projectService', { projectId: plant, stewardId: people.clerk });
    edit({ taskForceLeaderId: people.vice });
    expect((await problems()).get(plant)).toBe('');
    office.add('caseMeeting', { projectId: plant, matter: '供电接入', metOn: '2021-05-12', decision: '6月底前接入' });
    expect((await readProjectTeam(office.store, plant)).cases).toMatchObject([{ matter: '供电接入' }]);
    // The city sets another threshold, from a day on.
    const body = JSON.stringify({ teamFrom: 800 * WAN });
    office.add('rule', { kind: 'pool', name: '储备调整口径', version: 1, effectiveFrom: '2021-05-10', body });
    expect((await problems()).get(small)).toBe('没有项目管家；年度计划投资在 800 万元以上，应建推进团队');
    const before = await readStewards(office.store, '2021-05-09');
    expect(before.rows.find((row) => row.id === small)?.problem).toBe('没有项目管家');
  });

  it('[C1] the inspection office has its own queue of open sheets and overdue links', async () => {
    office.add('inspectionOffice', { name: '督查问责办', directorId: people.officer });
    const link = office.add('link', { projectId: plant, name: '施工许可', deadline: '2021-05-08' });
    const sheet = office.add('supervisionSheet', {
      kind: 'order',
      unitId: unit,
      state: 'issued',
      number: '督〔2021〕1号',
      title: '关于进度滞后',
      issuedOn: '2021-05-01',
      replyDue: '2021-05-15',
      projectIds: JSON.stringify([plant]),
    });
    office.add('inspectionTask', { subject: 'link', subjectId: link, officerId: people.clerk, manner: 'site' });
    writeMeta(office.store, 'today', office.today);
    const session = openSession(office.store, { dataFolder: '/tmp', now: () => office.actor().now });
    const { offices, queue } = await readInspection(session, office.today);
    expect(offices).toMatchObject([{ name: '督查问责办' }]);
    expect(queue).toMatchObject([
      { subject: 'sheet', subjectId: sheet, standing: '逾期未回复', daysLate: 3, projectId: plant },
      { subject: 'link', title: '生物质热电联产：施工许可', daysLate: 10, officerId: people.clerk, manner: 'site' },
    ]);
  });

  it('[A1, B3] roster and 包保责任一览表 as papers', async () => {
    office.add('leadingGroup', { name: '某市重点项目领导小组', officeHost: '市发改委' });
    for (const kind of ['roster', 'responsibility', 'sixOnes', 'hookup'] as const) {
      const paper = await teamPaper(office.store, kind, office.today);
      expect([kind, paper.pages]).toEqual([kind, 1]);
    }
  });
});
