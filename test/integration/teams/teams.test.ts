import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitByRules } from '../../../electron/ledger/records/index.ts';
import { openSession } from '../../../electron/ledger/session/session.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { writeMeta } from '../../../electron/ledger/store/meta.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import {
  applyRule,
  readChecks,
  readHookup,
  readInspection,
  readInstructions,
  readProjectTeam,
  readServing,
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
    expect((await readProjectTeam(office.store, plant, office.today)).forces).toMatchObject([{ name: '热电专班' }]);
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
    expect((await readProjectTeam(office.store, plant, office.today)).cases).toMatchObject([{ matter: '供电接入' }]);
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
    const { offices, queue, past } = await readInspection(session, office.today);
    expect(past).toEqual([]);
    expect(offices).toMatchObject([{ name: '督查问责办' }]);
    expect(queue).toMatchObject([
      { subject: 'sheet', subjectId: sheet, standing: '逾期未回复', daysLate: 3, projectId: plant },
      { subject: 'link', title: '生物质热电联产：施工许可', daysLate: 10, officerId: people.clerk, manner: 'site' },
    ]);
    // What is settled leaves the queue; what was done about it is kept.
    const [task = ''] = office.store.db.prepare('SELECT "id" FROM "inspectionTask"').pluck().all() as string[];
    const moment = { today: office.today, actor: office.actor() };
    commitByRules(
      office.store,
      {
        kind: 'edit',
        title: '办结',
        changes: [
          { entity: 'inspectionTask', id: task, set: { doneOn: '2021-05-17', result: '现场督办后取得许可' } },
          { entity: 'link', id: link, set: { doneOn: '2021-05-17' } },
        ],
      },
      moment,
    );
    const after = await readInspection(session, office.today);
    expect(after.queue.map((line) => line.subject)).toEqual(['sheet']);
    expect(after.past).toMatchObject([
      { title: '生物质热电联产：施工许可', unitName: '青禾县', standing: '已销号', result: '现场督办后取得许可' },
    ]);
  });

  it('[A10] who serves whom, which projects have nobody, and the green channel of each', async () => {
    edit({ chiefServiceOfficerId: people.clerk, greenChannelOn: '2021-04-06' });
    const cold = office.project(unit, '冷链园', { chiefServiceOfficerId: people.clerk, liaisonId: people.officer });
    office.project(unit, '已竣工', { chiefServiceOfficerId: people.clerk, stage: 'completed' });
    office.add('projectService', { projectId: cold, stewardId: people.clerk });
    // A day opens the channel by itself, in one step.
    expect(selectRow(office.store, 'project', plant)).toMatchObject({ greenChannel: 'open' });
    const { servers, projects } = await readServing(office.store);
    expect(servers.map(({ role, name, count, projects: names }) => [role, name, count, names])).toEqual([
      ['chief', '赵某', 2, ['生物质热电联产', '冷链园']],
      ['liaison', '孙某', 1, ['冷链园']],
      ['steward', '赵某', 1, ['冷链园']],
    ]);
    expect(projects.map(({ name, problem }) => [name, problem])).toEqual([
      ['生物质热电联产', '没有联络员'],
      ['冷链园', '没有开通绿色通道'],
    ]);
    undo(office.store, office.actor());
    edit({ greenChannel: 'exempt' }, cold);
    expect((await readServing(office.store)).projects[1]?.problem).toBe('');
  });

  it('[C3] what a leader asked for is told by the liaison and followed up by the inspection office', async () => {
    const id = office.add('leaderInstruction', {
      projectId: plant,
      leaderId: people.vice,
      givenOn: '2021-05-06',
      content: '一周内解决供电接入',
      deadline: '2021-05-13',
      liaisonId: people.clerk,
    });
    const lines = () => readInstructions(office.store, office.today);
    const queue = async () => {
      writeMeta(office.store, 'today', office.today);
      const session = openSession(office.store, { dataFolder: '/tmp', now: () => office.actor().now });
      return (await readInspection(session, office.today)).queue;
    };
    expect(await lines()).toMatchObject([{ state: 'late', leaderName: '王某', unitName: '青禾县', followedBy: null }]);
    expect(await readInstructions(office.store, '2021-05-10')).toMatchObject([{ state: 'untold' }]);
    expect(await queue()).toMatchObject([
      {
        subject: 'instruction',
        title: '生物质热电联产：王某要求一周内解决供电接入',
        standing: '逾期未办结',
        daysLate: 5,
        officerId: null,
      },
    ]);
    office.add('inspectionTask', { subject: 'instruction', subjectId: id, officerId: people.officer, manner: 'site' });
    expect(await lines()).toMatchObject([{ followedBy: '孙某' }]);
    const moment = { today: office.today, actor: office.actor() };
    const set = { reportedOn: '2021-05-07', doneOn: '2021-05-17', result: '已接入' };
    commitByRules(
      office.store,
      { kind: 'edit', title: '办结', changes: [{ entity: 'leaderInstruction', id, set }] },
      moment,
    );
    expect(await lines()).toMatchObject([{ state: 'done' }]);
    expect(await queue()).toEqual([]);
    expect((await readProjectTeam(office.store, plant, office.today)).instructions).toMatchObject([
      { result: '已接入' },
    ]);
  });

  it('[A1, A10, B3, C1, C3, C4] the papers name everybody with title, and count what is missing', async () => {
    const group = office.add('leadingGroup', {
      name: '某市重点项目领导小组',
      officeHost: '市发改委',
      directorId: people.officer,
    });
    office.add('leadingGroupMember', { leadingGroupId: group, personId: people.vice, role: 'leader', sequence: 1 });
    office.add('inspectionOffice', { name: '督查问责办', officeHost: '市政府督查室', directorId: people.deputy });
    office.add('unitGroup', { unitId: unit, name: '青禾县领导小组', leaderId: people.head, members: '赵某' });
    edit({ countyLeaderId: people.deputy, chiefServiceOfficerId: people.clerk, taskForceLeaderId: people.vice });
    office.add('leaderInstruction', {
      projectId: plant,
      leaderId: people.vice,
      givenOn: '2021-05-06',
      content: '解决供电接入',
    });
    const words: Readonly<Record<Exclude<Parameters<typeof teamPaper>[1], 'unitGroups'>, readonly string[]>> = {
      roster: [
        '某市重点项目领导小组（办公室设在市发改委）',
        '王某',
        '副市长',
        '办公室主任',
        '督查问责办（设在市政府督查室）',
        '青禾县副县长',
        '青禾县领导小组',
        '赵某',
      ],
      responsibility: ['生物质热电联产', '省百大', '王某', '张某', '孙某', '赵某', '未竣工项目1个'],
      sixOnes: ['生物质热电联产', '缺', '缺项项目1个'],
      hookup: ['王某', '副市长', '县级领导：1个项目已挂点1个，覆盖率100.0%'],
      serving: ['首席服务员', '赵某', '生物质热电联产', '没有联络员1个、没有开通绿色通道1个'],
      instructions: ['生物质热电联产', '王某', '2021-05-06', '解决供电接入', '未反馈', '共1条，已办结0条'],
    };
    for (const [kind, expected] of Object.entries(words)) {
      const paper = await teamPaper(office.store, kind as keyof typeof words, office.today);
      const text = paper.html.replace(/<[^>]*>/gu, '').replace(/\s/gu, '');
      for (const each of expected) expect([kind, text]).toEqual([kind, expect.stringContaining(each)]);
      expect([kind, paper.pages]).toEqual([kind, 1]);
    }
  });
});
