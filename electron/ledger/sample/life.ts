import type { Value } from '../../../shared/dictionary/index.ts';
import { addDays, addMonths, type IsoDate, yearOf } from '../../../shared/domain/date.ts';
import type { Change } from '../store/commit.ts';
import type { DetailedProject } from './details.ts';
import { expertsOf } from './experts.ts';
import type { SampleUnit } from './organisation.ts';
import { type Random, randomOf } from './random.ts';
import { CITY } from './words.ts';

/** Stages lived through, lists and pool, task forces and services of the sample city. */

export interface LifeOptions {
  readonly seed: number;
  readonly today: IsoDate;
  readonly units: readonly SampleUnit[];
  readonly nextId: () => string;
}

type Add = (entity: Change['entity'], set: Readonly<Record<string, Value>>) => string;

const text = (project: DetailedProject, key: string): string | null => {
  const value = project.set[key];
  return typeof value === 'string' ? value : null;
};

function eventsOf(project: DetailedProject, add: Add): void {
  const projectId = project.id;
  const step = (from: string | null, to: string, date: string | null, evidence: string | null, note?: string): void => {
    if (date === null) return;
    add('stageEvent', {
      projectId,
      from,
      to,
      date,
      ...(evidence === null ? {} : { evidence }),
      ...(note ? { note } : {}),
    });
  };
  const stage = text(project, 'stage') ?? '';
  const start = text(project, 'actualStart');
  step('preparing', 'started', start, '施工许可证、开工报告');
  if (stage === 'started' || start === null) return;
  const ends = [addMonths(start, 1), text(project, 'actualCompletion'), text(project, 'suspendedSince')];
  const building = ends.filter((each) => each !== null).sort()[0] ?? start;
  step('started', 'building', building, null);
  if (stage === 'resumed') {
    const stopped = addMonths(building, 1);
    step('building', 'suspended', stopped, null, '冬季停工');
    step('suspended', 'resumed', addMonths(stopped, 4), '复工通知');
  }
  step('building', 'suspended', text(project, 'suspendedSince'), null, '建设资金未落实，停工');
  step('building', 'completed', text(project, 'actualCompletion'), '竣工验收报告');
  step('completed', 'inProduction', text(project, 'productionDate'), '投产试运行报告');
}

function outputsOf(project: DetailedProject, today: IsoDate, random: Random, add: Add): void {
  const since = text(project, 'productionDate');
  if (since === null) return;
  const yearly = project.totalInvestment * random.between(0.25, 0.6);
  let month = addMonths(since, 1);
  for (let count = 0; month.slice(0, 7) < today.slice(0, 7) && count < 24; count += 1) {
    const share = Math.min(1, 0.35 + count * 0.08);
    add('outputRecord', {
      projectId: project.id,
      month: month.slice(0, 7),
      output: Math.round((yearly * share) / 12 / 10_000) * 10_000,
      tax: Math.round((yearly * share * 0.05) / 12 / 10_000) * 10_000,
      jobs: Math.round(60 + share * 120),
      capacity: Math.round(share * 100),
    });
    month = addMonths(month, 1);
  }
}

function listsOf(project: DetailedProject): readonly string[] {
  const lists = text(project, 'lists');
  return lists === null ? [] : (JSON.parse(lists) as string[]);
}

/** Since when each project is in its lists; a few 省百大 ones moved up from 市百大 this spring. */
function membershipsOf(project: DetailedProject, index: number, today: IsoDate, add: Add): void {
  const year = yearOf(today);
  const start = text(project, 'actualStart');
  const since = start !== null && yearOf(start) < year ? `${yearOf(start)}-01-20` : `${year}-01-20`;
  for (const list of listsOf(project)) {
    const promoted = list === 'provincialHundred' && index % 9 === 0 && !listsOf(project).includes('cityHundred');
    const from = promoted ? `${year}-04-01` : since;
    if (promoted) {
      add('listMembership', {
        projectId: project.id,
        list: 'cityHundred',
        year: yearOf(since),
        effectiveFrom: since,
        effectiveTo: addDays(from, -1),
        note: `${yearOf(since)}年度清单`,
      });
      add('poolAdjustment', {
        batch: `${year}-Q1`,
        kind: 'promote',
        projectId: project.id,
        list: 'cityHundred',
        state: 'done',
        reason: '投资规模居前，一季度进度达到序时，符合省百大条件',
        effectiveOn: from,
        approvedBy: '市政府',
        approvedOn: `${year}-03-29`,
        approvalNote: '市政府常务会议纪要',
      });
    }
    add('listMembership', {
      projectId: project.id,
      list,
      year: yearOf(from),
      effectiveFrom: from,
      note: promoted ? `${year}年一季度末调整` : `${yearOf(from)}年度清单`,
    });
  }
}

const STEP_OF: Readonly<Record<string, string>> = { reserve: 'planned', signed: 'secured', preparing: 'reserved' };

function poolEntryOf(project: DetailedProject, today: IsoDate, random: Random, add: Add): void {
  const stage = text(project, 'stage') ?? '';
  const step = STEP_OF[stage];
  if (step === undefined) return;
  const category = text(project, 'category');
  add('poolEntry', {
    projectId: project.id,
    poolClass: stage === 'signed' ? 'attraction' : category === 'industry' ? 'industry' : 'planning',
    step: stage === 'reserve' && random.chance(0.4) ? 'reported' : step,
    enteredOn: `${yearOf(today) - 1}-12-31`,
    ripeOn: text(project, 'plannedStart') ?? addMonths(today, random.integer(4, 14)),
  });
}

const CREWS = ['安澜市第一建筑工程有限公司', '北辰建设集团有限公司', '嘉垦市政工程有限公司', '恒垦路桥有限公司'];

function serviceOf(project: DetailedProject, random: Random, add: Add): void {
  const begun = text(project, 'actualStart') !== null;
  if (random.chance(0.06)) return;
  add('projectService', {
    projectId: project.id,
    stewardId: random.chance(0.05) ? null : random.pick(project.unit.serviceOfficerIds),
    plan: '项目推进方案（路线图、时间表、任务书）',
    crew: begun && random.chance(0.95) ? random.pick(CREWS) : null,
    crewPhone: begun ? `0455-555${String(1000 + random.integer(0, 8999))}` : null,
    mechanism: '周例会、旬调度、现场办公',
  });
}

const WANTED = [
  '加快办理施工许可，月底前具备全面施工条件。',
  '县里牵头一周内解决供电接入，费用按原定比例分担。',
  '倒排工期，每周向我报一次进度。',
  '住建、自然资源部门现场办公，把缺的手续一次补齐。',
];

/** What hooked-up leaders asked for on their visits (C3): told or not, done or late. */
function instructionsOf(project: DetailedProject, today: IsoDate, add: Add): void {
  const leaderId = text(project, 'cityLeaderId');
  if (project.index % 9 !== 4 || leaderId === null || text(project, 'actualCompletion') !== null) return;
  const turn = (project.index - 4) / 9;
  const givenOn = addDays(today, -8 - (turn % 5) * 3);
  const done = turn % 3 === 0;
  add('leaderInstruction', {
    projectId: project.id,
    leaderId,
    givenOn,
    content: WANTED[turn % WANTED.length] ?? '',
    unitText: project.unit.words.shortName,
    deadline: addDays(givenOn, 10),
    liaisonId: text(project, 'liaisonId'),
    reportedOn: turn % 4 === 1 ? null : addDays(givenOn, 1),
    doneOn: done ? addDays(givenOn, 7) : null,
    result: done ? '已办结，情况已向领导报告。' : null,
  });
}

function forcesOf(projects: readonly DetailedProject[], options: LifeOptions, random: Random, add: Add): void {
  const formedOn = `${yearOf(options.today)}-01-25`;
  const city = new Map<string, string>();
  for (const unit of options.units) {
    if (!city.has(unit.cityLeaderId))
      city.set(
        unit.cityLeaderId,
        add('taskForce', {
          level: 'city',
          name: `${CITY}重点项目市级第${city.size + 1}专班`,
          leaderId: unit.cityLeaderId,
          formedOn,
          document: '安重办发〔2021〕2号',
          duties: '统筹调度所包保县区的重点项目，协调跨部门问题。',
          dailyReport: 'no',
        }),
      );
    const county = add('taskForce', {
      level: 'county',
      name: `${unit.words.shortName}重点项目推进专班`,
      unitId: unit.id,
      parentId: city.get(unit.cityLeaderId) ?? null,
      leaderId: unit.headId,
      officerId: unit.deputyIds[0] ?? null,
      formedOn,
      duties: '落实属地责任，逐项目配备服务人员，每旬报送进度。',
      dailyReport: 'no',
    });
    const members: readonly (readonly [string | undefined, string])[] = [
      [unit.deputyIds[1], 'deputy'],
      [unit.officerIds[0], 'member'],
      [unit.officerIds[1], 'member'],
      [unit.liaisonIds[0], 'liaison'],
    ];
    members.forEach(([personId, role], index) => {
      if (personId !== undefined)
        add('taskForceMember', { taskForceId: county, unitId: unit.id, personId, role, sequence: index + 1 });
    });
    const large = projects
      .filter((project) => project.unit.id === unit.id && project.totalInvestment >= 300_000_000)
      .slice(0, 3);
    for (const project of large) {
      add('taskForce', {
        level: 'site',
        name: `${text(project, 'name') ?? ''}专班`.slice(0, 120),
        unitId: unit.id,
        projectId: project.id,
        parentId: county,
        leaderId: text(project, 'taskForceLeaderId'),
        officerId: text(project, 'taskForceOfficerId'),
        formedOn,
        dailyReport: 'yes',
      });
    }
    if (random.chance(0.85))
      add('unitGroup', {
        unitId: unit.id,
        name: `${unit.words.shortName}重点项目推进工作领导小组`,
        leaderId: unit.headId,
        deputyId: unit.deputyIds[0] ?? null,
        officeHost: unit.words.kind === 'department' ? '办公室' : `${unit.words.shortName}发展和改革局`,
        directorId: unit.officerIds[0] ?? null,
        liaisonId: unit.liaisonIds[0] ?? null,
        formedOn,
      });
  }
}

/** Rows in the order of their parents. Equal for equal seeds. */
export function* lifeOf(projects: readonly DetailedProject[], options: LifeOptions): Generator<Change> {
  const rows: Change[] = [];
  const add: Add = (entity, set) => {
    const id = options.nextId();
    rows.push({ entity, id, set: Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null)) });
    return id;
  };
  const random = randomOf(options.seed, 0x11fe);
  forcesOf(projects, options, random, add);
  add('inspectionOffice', {
    name: `${CITY}重点项目督查问责办公室`,
    officeHost: '市委市政府督查室',
    contact: '0455-5550002',
    duties: '跟踪督办文书办理、逾期环节销号，提出问责建议。',
  });
  for (const [index, project] of projects.entries()) {
    const own = randomOf(options.seed, project.index, 0x11);
    membershipsOf(project, index, options.today, add);
    eventsOf(project, add);
    outputsOf(project, options.today, own, add);
    poolEntryOf(project, options.today, own, add);
    serviceOf(project, own, add);
    instructionsOf(project, options.today, add);
    yield* rows.splice(0);
  }
  expertsOf(projects, options.today, randomOf(options.seed, 0xe10), add);
  yield* rows.splice(0);
}
