import type { Value } from '../../../shared/dictionary/index.ts';
import { divideByMonths, monthsOf } from '../../../shared/domain/chain.ts';
import { addDays, type IsoDate, monthOf, yearOf } from '../../../shared/domain/date.ts';
import { planPermits } from '../../../shared/domain/permit-catalogue.ts';
import { type WorkCalendar, workCalendar } from '../../../shared/domain/workday.ts';
import { knownHolidayChanges } from '../calendar/index.ts';
import { knownTemplateChanges } from '../chain/index.ts';
import { knownPermitChanges } from '../permits/index.ts';
import type { Change } from '../store/commit.ts';
import { attractionOf } from './attraction.ts';
import { casesOf, factorsOf } from './factors.ts';
import type { SampleUnit } from './organisation.ts';
import type { SampleProject } from './project.ts';
import { type Random, randomOf } from './random.ts';

/** A project with its own row and its links, as far as its permits, factors and months need them. */
export interface DetailedProject extends SampleProject {
  readonly set: Readonly<Record<string, Value>>;
  readonly links: readonly Change[];
}

interface Kind {
  readonly id: string;
  readonly name: string;
  readonly stage: 'land' | 'planning' | 'construction' | 'acceptance' | 'other' | null;
  readonly limitDays: number | null;
  readonly joint: boolean;
}

/** Working calendar, chain templates and permit catalogue, as a new ledger has them. */
export function cataloguesOf(nextId: () => string): readonly Change[] {
  return [...knownHolidayChanges(nextId), ...knownTemplateChanges(nextId), ...knownPermitChanges(nextId)];
}

function kindsOf(catalogues: readonly Change[]): readonly Kind[] {
  return catalogues.flatMap(({ entity, id, set }): Kind[] =>
    entity === 'permitKind'
      ? [
          {
            id,
            name: String(set['name']),
            stage: set['stage'] as Kind['stage'],
            limitDays: Number(set['limitDays']),
            joint: set['joint'] === 1,
          },
        ]
      : [],
  );
}

/** Which permits a project takes; a company's works are registered, the state's are approved. */
function needs(kind: Kind, project: DetailedProject, random: Random): boolean {
  const company = project.set['investorKind'] !== 'government';
  switch (kind.name) {
    case '项目备案':
      return company;
    case '可行性研究报告批复':
    case '初步设计和概算批复':
      return !company;
    case '使用林地审核':
      return random.chance(0.1);
    case '供地手续':
      return project.works === 'building' && random.chance(0.7);
    case '社会稳定风险评估':
    case '水土保持方案':
      return random.chance(0.5);
    case '人防审批':
    case '消防设计审查':
      return project.works === 'building';
    case '竣工验收备案':
      return project.set['actualCompletion'] !== undefined || random.chance(0.3);
    default:
      return true;
  }
}

interface Dates {
  readonly plannedSubmit: IsoDate | null;
  readonly plannedApproval: IsoDate | null;
}

interface PermitContext {
  readonly calendar: WorkCalendar;
  readonly today: IsoDate;
  readonly random: Random;
}

/** How it went: submitted a little after it was planned, approved within the limit, or a little beyond. */
function actualOf(
  { calendar, random }: PermitContext,
  kind: Kind,
  planned: Dates,
  last: IsoDate,
): { readonly actualSubmit: IsoDate; readonly actualApproval: IsoDate } | null {
  if (planned.plannedSubmit === null) return null;
  const earliest = (left: IsoDate, right: IsoDate): IsoDate => (left < right ? left : right);
  const actualSubmit = earliest(calendar.shift(planned.plannedSubmit, random.integer(0, 5)), last);
  const takes = Math.max(0, Math.round((kind.limitDays ?? 5) * random.between(0.4, 1.12)));
  return { actualSubmit, actualApproval: earliest(calendar.shift(actualSubmit, takes), last) };
}

const BLOCKED = ['建设用地指标未落实', '规划调整未批复，用地性质待变更', '土地征收补偿协议未签完', '占补平衡指标不足'];
const OWED = ['施工图审查合格书', '人防审批意见', '质量安全监督手续', '用地不动产权证'];

/** A project being prepared: done, running and planned side by side; a lagging one is blocked over its land. */
function pendingState(
  context: PermitContext,
  project: DetailedProject,
  kind: Kind,
  planned: Dates,
): Record<string, Value> {
  const { today, calendar, random } = context;
  const { plannedSubmit } = planned;
  const late = project.profile === 'lateYellow' || project.profile === 'lateRed';
  if (late && (kind.name === '建设用地规划许可证' || (kind.name === '供地手续' && random.chance(0.5)))) {
    return {
      state: 'blocked',
      blockedReason: random.pick(BLOCKED),
      actualSubmit: addDays(today, -random.integer(25, 60)),
    };
  }
  if (plannedSubmit === null || plannedSubmit > today || (late && kind.stage !== 'land')) return { state: 'planned' };
  const actual = actualOf(context, kind, planned, today);
  if (actual === null) return { state: 'planned' };
  const isDone = calendar.shift(actual.actualSubmit, kind.limitDays ?? 5) <= today && random.chance(0.8);
  if (isDone && actual.actualApproval <= today) return { state: 'done', ...actual, ...numberOf(kind, actual, random) };
  return { state: 'running', actualSubmit: actual.actualSubmit };
}

function numberOf(kind: Kind, { actualApproval }: { readonly actualApproval: IsoDate }, random: Random) {
  const word = { land: '批', planning: '规', construction: '建', acceptance: '验', other: '文' }[kind.stage ?? 'other'];
  return { documentNumber: `安审${word}〔${yearOf(actualApproval)}〕${random.integer(1, 180)}号` };
}

/** Works that have begun: everything before is done, but for a paper still owed here and there. */
function startedState(
  context: PermitContext,
  project: DetailedProject,
  kind: Kind,
  planned: Dates,
): Record<string, Value> {
  const { today, random } = context;
  const start = project.actualStart ?? today;
  if (kind.stage === 'acceptance') {
    const completed = project.set['actualCompletion'];
    if (typeof completed !== 'string') return { state: 'planned' };
    const actualSubmit = completed;
    const approval = addDays(completed, random.integer(5, 12));
    if (approval > today) return { state: 'running', actualSubmit };
    return { state: 'done', actualSubmit, actualApproval: approval };
  }
  const actual = actualOf(context, kind, planned, addDays(start, -1)) ?? { actualSubmit: start, actualApproval: start };
  const owes =
    kind.name === '建筑工程施工许可证' && (project.profile === 'red' ? random.chance(0.5) : random.chance(0.03));
  if (owes) {
    return {
      state: 'conditional',
      ...actual,
      commitment: random.pick(OWED),
      commitmentDue: addDays(today, random.integer(-18, 45)),
    };
  }
  return { state: 'done', ...actual, ...numberOf(kind, actual, random) };
}

/** Permits of one project and, for a company's, the clock of its joint approval. */
function permitsOf(
  context: PermitContext,
  project: DetailedProject,
  kinds: readonly Kind[],
  nextId: () => string,
): readonly Change[] {
  const { calendar, today, random } = context;
  const { profile, id: projectId } = project;
  if (profile === 'reserve' || profile === 'signed') return [];
  const wanted = kinds.filter((kind) => needs(kind, project, random));
  const isStarted = project.actualStart !== null;
  const anchor = project.actualStart ?? project.plannedStart ?? today;
  const begins = calendar.shift(anchor, -random.integer(isStarted ? 62 : 55, isStarted ? 85 : 110));
  const plan = planPermits(wanted, begins, calendar);
  const rows = wanted.map((kind): Change => {
    const planned = plan.get(kind.id) ?? { plannedSubmit: null, plannedApproval: null };
    const state = isStarted
      ? startedState(context, project, kind, planned)
      : pendingState(context, project, kind, planned);
    const personId = random.pick(project.unit.officerIds);
    return { entity: 'permit', id: nextId(), set: { projectId, kindId: kind.id, ...planned, ...state, personId } };
  });
  if (project.set['investorKind'] === 'government') return rows;
  const joint = rows.filter((row) => wanted.some((kind) => kind.joint && kind.id === row.set['kindId']));
  const days = (key: string): readonly string[] =>
    joint.flatMap((row) => (typeof row.set[key] === 'string' ? [row.set[key]] : [])).sort();
  const startedOn = days('actualSubmit')[0];
  if (startedOn === undefined) return rows;
  const isOver = joint.every((row) => row.set['state'] === 'done' || row.set['state'] === 'conditional');
  const endedOn = isOver ? (days('actualApproval').at(-1) ?? null) : null;
  const total = calendar.between(startedOn, endedOn ?? today);
  const pausedDays = Math.max(0, Math.min(total - random.integer(26, 41), 24));
  const set = {
    projectId,
    startedOn,
    limitDays: 38,
    endedOn,
    ...(pausedDays > 0 ? { pausedDays, note: '补正材料、专家评审和公示期间停表' } : {}),
  };
  return [...rows, { entity: 'jointApproval', id: nextId(), set }];
}

/** Leave to build in the heating season, for a few works in the open. */
function specialsOf(project: DetailedProject, today: IsoDate, random: Random, nextId: () => string): readonly Change[] {
  if (project.profile !== 'green' && project.profile !== 'yellow') return [];
  const { id: projectId, actualStart } = project;
  const year = yearOf(today);
  const began = actualStart ?? today;
  const row = (set: Readonly<Record<string, Value>>): Change => ({
    entity: 'specialPermit',
    id: nextId(),
    set: {
      projectId,
      measures: '围挡、喷淋、湿法作业，渣土车密闭运输，在线监测联网',
      department: '市生态环境局',
      ...set,
    },
  });
  if (began < `${year - 1}-10-15` && random.chance(0.05)) {
    return [
      row({
        season: `${year - 1}—${year}年采暖季`,
        scope: '主体结构施工，不含土方开挖和爆破',
        appliedOn: `${year - 1}-10-28`,
        state: 'granted',
        documentNumber: `安环特〔${year - 1}〕${random.integer(1, 30)}号`,
        validFrom: `${year - 1}-11-15`,
        validUntil: `${year}-03-15`,
      }),
    ];
  }
  if (!random.chance(0.03)) return [];
  return [
    row({
      season: `${year}年中高考期间`,
      scope: '混凝土连续浇筑夜间施工',
      appliedOn: addDays(today, -random.integer(3, 12)),
      ...(random.chance(0.6)
        ? {
            state: 'granted',
            documentNumber: `安环特〔${year}〕${random.integer(1, 30)}号`,
            validFrom: addDays(today, -2),
            validUntil: addDays(today, random.integer(8, 30)),
          }
        : { state: 'applied' }),
    }),
  ];
}

const PAPERS = ['approval', 'contract', 'licence', 'photo', 'platform'] as const;

/** Papers for the statistics of works that have begun: in order where they are included, one or two missing else. */
function papersOf(project: DetailedProject, today: IsoDate, random: Random, nextId: () => string): readonly Change[] {
  if (project.actualStart === null || project.set['actualCompletion'] !== undefined) return [];
  const included = project.set['inStatistics'] === 'included';
  if (included && !random.chance(0.15)) return [];
  const missing = new Set(included || random.chance(0.2) ? [] : [random.pick(PAPERS), random.pick(PAPERS)]);
  return PAPERS.map((kind): Change => {
    const isMissing = missing.has(kind);
    const set = isMissing
      ? {
          state: 'missing',
          dueOn: addDays(today, random.integer(-8, 25)),
          note: kind === 'contract' ? '合同正在签订' : null,
        }
      : { state: 'ready', readyOn: addDays(today, -random.integer(5, 60)) };
    return { entity: 'statisticsPaper', id: nextId(), set: { projectId: project.id, kind, ...set } };
  });
}

const WORKS: Readonly<Record<SampleProject['works'], readonly string[]>> = {
  building: ['基础施工', '主体结构施工', '主体封顶，二次结构', '内外装修', '设备安装调试', '室外工程，收尾验收'],
  line: ['清表、征迁，修施工便道', '路基、管沟土方', '主线工程', '附属构筑物', '安装、铺装', '收尾，交工验收'],
};

/** Months of the annual plan (E1), done up to the present where the project keeps pace. */
function monthsOfProject(
  project: DetailedProject,
  today: IsoDate,
  random: Random,
  nextId: () => string,
): readonly Change[] {
  const plan = project.set['annualPlan'];
  if (typeof plan !== 'number' || plan <= 0) return [];
  const year = yearOf(today);
  const start = project.actualStart ?? project.plannedStart;
  const from = start !== null && start >= `${year}-01-01` && start < `${year}-11-30` ? monthOf(start) : 3;
  const completion = project.set['actualCompletion'] ?? project.set['plannedCompletion'];
  const to = typeof completion === 'string' && yearOf(completion) === year ? Math.max(from, monthOf(completion)) : 12;
  const months = monthsOf(year, from, to);
  const parts = divideByMonths(plan, months.length);
  const words = WORKS[project.works];
  const behind = project.profile === 'red' || project.profile === 'suspended';
  return months.map((month, index) => {
    const due = project.links.filter(({ set }) => String(set['deadline'] ?? '').startsWith(month));
    const names = due.map(({ set }) => String(set['name']));
    const work = words[Math.min(words.length - 1, Math.floor((index * words.length) / months.length))] ?? '';
    const content = names.length > 0 ? `${work}；完成：${names.join('、')}` : work;
    const doneOn = addDays(`${month}-25`, random.integer(-2, 5));
    const isDone = doneOn <= today && !(behind && index >= 1) && !(project.profile === 'yellow' && random.chance(0.3));
    const done = isDone ? { doneOn, result: random.pick(['按计划完成', '完成，投资略超当月计划', '完成']) } : {};
    const set = { projectId: project.id, month, investment: parts[index] ?? null, content, ...done };
    return { entity: 'monthlyTask', id: nextId(), set };
  });
}

export interface DetailOptions {
  readonly seed: number;
  readonly today: IsoDate;
  readonly catalogues: readonly Change[];
  readonly units: readonly SampleUnit[];
  readonly nextId: () => string;
}

/** Permits, factors and months of the projects, and what the units do to attract investment. */
export function* detailsOf(projects: readonly DetailedProject[], options: DetailOptions): Generator<Change> {
  const { seed, today, units, nextId } = options;
  const kinds = kindsOf(options.catalogues);
  const calendar = workCalendar();
  for (const project of projects) {
    const random = randomOf(seed, project.index, 0xd7);
    yield* permitsOf({ calendar, today, random }, project, kinds, nextId);
    yield* specialsOf(project, today, random, nextId);
    yield* papersOf(project, today, random, nextId);
    yield* monthsOfProject(project, today, random, nextId);
    yield* factorsOf(project, today, random, nextId);
    yield* casesOf(project, today, random, nextId);
  }
  yield* attractionOf(units, today, randomOf(seed, 0xa7), nextId);
}
