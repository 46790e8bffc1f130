import type { Stage, Value } from '../../../shared/dictionary/index.ts';
import { addDays, addMonths, dateOf, daysBetween, type IsoDate, monthOf, yearOf } from '../../../shared/domain/date.ts';
import type { Change } from '../store/commit.ts';
import type { SampleUnit } from './organisation.ts';
import { type Random, randomOf, shuffled } from './random.ts';
import { CHAIN_AFTER, CHAIN_BEFORE, CHAIN_START, CITY, PROJECTS, type ProjectWords, type Topic } from './words.ts';

/** What a project is made to show: its stage in life and its light. */
type Profile =
  | 'reserve'
  | 'signed'
  | 'preparing'
  | 'lateYellow'
  | 'lateRed'
  | 'suspended'
  | 'red'
  | 'yellow'
  | 'green'
  | 'completed'
  | 'completedEarlier'
  | 'inProduction';

/** Per thousand projects: about 15 % red and 15 % yellow in all, a tenth without a plan. */
const SHARES: readonly (readonly [Profile, number])[] = [
  ['green', 425],
  ['yellow', 140],
  ['red', 115],
  ['completed', 85],
  ['preparing', 80],
  ['reserve', 50],
  ['completedEarlier', 25],
  ['signed', 20],
  ['suspended', 20],
  ['lateRed', 15],
  ['lateYellow', 15],
  ['inProduction', 10],
];

/** Profiles in their shares, in an order that the seed decides. */
export function profilesOf(count: number, random: Random): readonly Profile[] {
  const list: Profile[] = [];
  let soFar = 0;
  for (const [profile, share] of SHARES) {
    soFar += share;
    const until = Math.round((count * soFar) / 1000);
    while (list.length < until) list.push(profile);
  }
  return shuffled(list, random);
}

/** A project as the reports need it. Amounts are integer yuan. */
export interface SampleProject {
  readonly id: string;
  readonly index: number;
  readonly unit: SampleUnit;
  readonly profile: Profile;
  readonly works: ProjectWords['works'];
  readonly totalInvestment: number;
  readonly plannedStart: IsoDate | null;
  readonly actualStart: IsoDate | null;
  /** Last day on which it spends: completion or stop. */
  readonly until: IsoDate | null;
  /** Hands in no report after the period that holds this day; null: keeps reporting. */
  readonly reportsUntil: IsoDate | null;
  /** Whether it reports at all. */
  readonly reports: boolean;
  /** Investment of each past year and, up to the last period, of this one. */
  readonly byYear: ReadonlyMap<number, number>;
}

/** A project with its rows, which are written and let go. */
export interface MadeProject extends SampleProject {
  readonly change: Change;
  readonly links: readonly Change[];
}

export interface ProjectContext {
  readonly seed: number;
  readonly today: IsoDate;
  /** Last day of the last reported period. */
  readonly lastDay: IsoDate;
  /** Time progress on that day, as a fraction. */
  readonly due: number;
  readonly usedNames: Set<string>;
  readonly nextId: () => string;
}

const WAN = 10_000;
const roundTo = (amount: number, step: number): number => Math.round(amount / step) * step;

interface Dates {
  readonly stage: Stage;
  readonly plannedStart: IsoDate | null;
  readonly actualStart: IsoDate | null;
  readonly plannedCompletion: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  readonly productionDate: IsoDate | null;
  readonly suspendedSince: IsoDate | null;
}

const NO_DATES = {
  plannedStart: null,
  actualStart: null,
  plannedCompletion: null,
  actualCompletion: null,
  productionDate: null,
  suspendedSince: null,
} as const;

/** A day some months from `today`, never on the last days of the month. */
function monthsAway(today: IsoDate, random: Random, from: number, to: number): IsoDate {
  const month = addMonths(today, random.integer(from, to));
  return dateOf(yearOf(month), monthOf(month), random.integer(1, 25));
}

function building(context: ProjectContext, profile: Profile, random: Random): Dates {
  const { today, lastDay } = context;
  const thisYear = `${yearOf(today)}-01-05`;
  const latest = addDays(lastDay, -35);
  const isNew = latest > thisYear && random.chance(0.22);
  const actualStart = isNew
    ? addDays(latest, -random.integer(0, 20))
    : monthsAway(`${yearOf(today) - 1}-10-15`, random, -28, 0);
  const plannedStart = addDays(actualStart, random.integer(-12, 15));
  const overdue = profile === 'yellow' && random.chance(0.15);
  const ahead = monthsAway(today, random, isNew ? 5 : 2, isNew ? 26 : 19);
  return {
    ...NO_DATES,
    stage: isNew ? 'started' : random.chance(0.06) ? 'resumed' : 'building',
    plannedStart,
    actualStart,
    plannedCompletion: overdue ? addDays(today, -random.integer(5, 40)) : ahead,
  };
}

function finished(context: ProjectContext, profile: Profile, random: Random): Dates {
  const year = yearOf(context.today);
  const inYear = profile === 'completed';
  const actualCompletion = inYear
    ? addDays(context.lastDay, -random.integer(0, Math.min(110, daysBetween(`${year}-01-01`, context.lastDay))))
    : addDays(`${year - 1}-12-20`, -random.integer(0, 60));
  const actualStart = monthsAway(actualCompletion, random, -26, -11);
  return {
    ...NO_DATES,
    stage: profile === 'inProduction' ? 'inProduction' : 'completed',
    plannedStart: addDays(actualStart, random.integer(-15, 10)),
    actualStart,
    plannedCompletion: addDays(actualCompletion, random.integer(-10, 45)),
    actualCompletion,
    productionDate: profile === 'inProduction' ? addDays(actualCompletion, random.integer(35, 90)) : null,
  };
}

function datesOf(context: ProjectContext, profile: Profile, random: Random): Dates {
  const { today } = context;
  const later = (from: number, to: number): IsoDate => monthsAway(today, random, from, to);
  switch (profile) {
    case 'reserve':
      return { ...NO_DATES, stage: random.chance(0.4) ? 'planned' : 'reserve' };
    case 'signed':
      return { ...NO_DATES, stage: 'signed', plannedStart: later(9, 16), plannedCompletion: later(24, 36) };
    case 'preparing':
      return { ...NO_DATES, stage: 'preparing', plannedStart: later(1, 5), plannedCompletion: later(14, 30) };
    case 'lateYellow':
      return { ...NO_DATES, stage: 'preparing', plannedStart: later(-2, -1), plannedCompletion: later(12, 20) };
    case 'lateRed':
      return { ...NO_DATES, stage: 'preparing', plannedStart: later(-7, -5), plannedCompletion: later(8, 16) };
    case 'suspended': {
      const dates = building(context, profile, random);
      const actualStart = monthsAway(today, random, -26, -16);
      const suspendedSince = addDays(today, -random.integer(70, 200));
      return { ...dates, stage: 'suspended', actualStart, plannedStart: addDays(actualStart, -7), suspendedSince };
    }
    case 'red':
    case 'yellow':
    case 'green':
      return building(context, profile, random);
    case 'completed':
    case 'completedEarlier':
    case 'inProduction':
      return finished(context, profile, random);
  }
}

/** Within what such works cost, as round as such figures are; 5 million to 3 billion yuan. */
function totalOf([least, most]: ProjectWords['amounts'], random: Random): number {
  const amount = Math.exp(random.between(Math.log(least), Math.log(most))) * WAN;
  const step = amount < 100_000_000 ? 1_000_000 : amount < 1_000_000_000 ? 10_000_000 : 50_000_000;
  return Math.min(3_000_000_000, Math.max(5_000_000, roundTo(amount, step)));
}

/** Share of this year's plan that is done on the last day. */
function shareDone(profile: Profile, due: number, random: Random): number {
  switch (profile) {
    case 'red':
      return Math.max(0.01, due - random.between(0.215, 0.32));
    case 'yellow':
      return Math.max(0.01, due - random.between(0.115, 0.185));
    case 'green':
      return due + random.between(-0.075, 0.14);
    case 'suspended':
      return due * 0.3;
    case 'completed':
      return random.between(0.96, 1.02);
    default:
      return 0;
  }
}

interface Money {
  readonly annualPlan: number | null;
  readonly previousInvestment: number | null;
  readonly byYear: ReadonlyMap<number, number>;
}

/** Months of a year in which the works go on. */
function activeMonths(year: number, dates: Dates): number {
  const from = dates.actualStart ?? '2999-12-31';
  const to = dates.actualCompletion ?? dates.suspendedSince ?? '2999-12-31';
  const first = yearOf(from) === year ? monthOf(from) : yearOf(from) < year ? 1 : 13;
  const last = yearOf(to) === year ? monthOf(to) : yearOf(to) > year ? 12 : 0;
  return Math.max(0, last - first + 1);
}

function moneyOf(context: ProjectContext, profile: Profile, dates: Dates, total: number, random: Random): Money {
  const year = yearOf(context.today);
  const byYear = new Map<number, number>();
  const startYear = dates.actualStart === null ? year : yearOf(dates.actualStart);
  const wasDone = profile === 'completedEarlier' || profile === 'inProduction';
  const before =
    startYear >= year ? 0 : roundTo(total * (wasDone ? random.between(0.94, 1) : random.between(0.25, 0.6)), WAN);
  const years = Array.from({ length: year - startYear }, (_, index) => startYear + index);
  const months = years.reduce((sum, each) => sum + activeMonths(each, dates), 0);
  let left = before;
  for (const each of years) {
    const part = each === year - 1 ? left : roundTo((before * activeMonths(each, dates)) / Math.max(1, months), WAN);
    byYear.set(each, part);
    left -= part;
  }
  const rest = total - before;
  const draw = random.between(0.35, 0.8);
  const endsNow = dates.plannedCompletion !== null && dates.plannedCompletion <= `${year}-12-31`;
  const share = profile === 'completed' ? 0.96 : endsNow ? 1 : draw;
  const planned = Math.floor((rest * share) / 100_000) * 100_000;
  const noPlan = wasDone || profile === 'reserve' || profile === 'signed' || profile === 'lateYellow';
  const annualPlan = noPlan ? null : planned;
  const spent = annualPlan === null ? 0 : roundTo(annualPlan * shareDone(profile, context.due, random), WAN);
  const stopped = dates.suspendedSince !== null && dates.suspendedSince < `${year}-01-15`;
  if (dates.actualStart !== null && !stopped) byYear.set(year, Math.min(spent, rest));
  return { annualPlan, previousInvestment: startYear >= year ? null : before, byYear };
}

/** Sources that sum to the total. */
function fundsOf(total: number, money: ProjectWords['money'], random: Random): Readonly<Record<string, number>> {
  const step = 100_000;
  const part = (share: number): number => roundTo(total * share, step);
  if (money === 'company') {
    const fundLoan = random.chance(0.7) ? part(random.between(0.2, 0.55)) : 0;
    const fundForeign = random.chance(0.04) ? part(random.between(0.1, 0.2)) : 0;
    return withoutZeros({ fundLoan, fundForeign, fundOwn: total - fundLoan - fundForeign });
  }
  const fundCentral = part(random.between(0.1, 0.35));
  const fundProvince = part(random.between(0.05, 0.15));
  const fundBond = random.chance(0.45) ? part(random.between(0.15, 0.3)) : 0;
  const fundTreasury = random.chance(0.15) ? part(random.between(0.1, 0.2)) : 0;
  const fundCity = total - fundCentral - fundProvince - fundBond - fundTreasury;
  return withoutZeros({ fundCentral, fundProvince, fundCity, fundBond, fundTreasury });
}

function withoutZeros(funds: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(funds).filter(([, amount]) => amount > 0));
}

const MORE = ['二期', '三期', '扩建', '续建', '配套', '提升'];
const NUMERALS = ['零', '一', '二', '三', '四', '五', '六'];

interface Named {
  readonly name: string;
  readonly town: string;
  readonly topic: Topic;
  readonly content: string;
  readonly words: ProjectWords;
}

/** A name no other project of the sample has. */
function nameOf(context: ProjectContext, unit: SampleUnit, random: Random): Named {
  const { words: place } = unit;
  const prefix = placeOf(unit);
  for (let attempt = 0; ; attempt += 1) {
    const topic = random.pick(place.topics);
    const words = random.pick(PROJECTS[topic]);
    const scale = random.pick(words.scales);
    const town = random.pick(place.towns);
    const other = random.pick(place.towns.filter((each) => each !== town));
    const fill = (text: string): string =>
      text
        .replace('{p}', prefix)
        .replace('{t}', town)
        .replace('{u}', other)
        .replace('{c}', NUMERALS[scale] ?? String(scale))
        .replaceAll('{n}', String(scale));
    const plain = fill(words.name);
    const more = attempt < 12 ? '' : attempt < 40 ? random.pick(MORE) : `第${context.usedNames.size + 1}批`;
    const name = more === '' ? plain : plain.replace(/(项目|工程)$/u, `（${more}）$1`);
    if (context.usedNames.has(name)) continue;
    context.usedNames.add(name);
    return { name, town, topic, content: fill(words.content), words };
  }
}

/** The place of the works; a department's are anywhere in the city. */
function placeOf(unit: SampleUnit): string {
  return unit.words.kind === 'department' ? CITY : unit.words.name;
}

function listsOf(unit: SampleUnit, category: string, total: number, random: Random): string {
  const lists = new Set<string>();
  if (unit.words.kind === 'department') lists.add('cityKey');
  if (total >= 100_000_000 && random.chance(0.28)) lists.add('provincialHundred');
  else if (total >= 50_000_000 && random.chance(0.6)) lists.add('cityHundred');
  if (category === 'industry') lists.add('fiveMillion');
  if (lists.size === 0) lists.add(random.chance(0.5) ? 'cityHundred' : 'cityKey');
  return JSON.stringify([...lists].sort());
}

const BUILDERS = ['禾盛', '安泰丰', '绿源达', '恒垦', '北辰岭', '沃野通', '润泉源', '嘉垦', '松岚', '青桦'];
const TRADES: Readonly<Record<Topic, readonly string[]>> = {
  industry: ['实业', '科技', '制造'],
  agriculture: ['农业科技', '农牧'],
  water: ['水务'],
  transport: ['交通建设'],
  energy: ['新能源', '热力'],
  urban: ['城市建设'],
  service: ['物流', '商贸', '文旅'],
  social: ['实业'],
};
const BUREAUS: Readonly<Record<Topic, readonly string[]>> = {
  industry: ['工业和信息化局'],
  agriculture: ['农业农村局'],
  water: ['水务局'],
  transport: ['交通运输局'],
  energy: ['发展和改革局'],
  urban: ['住房和城乡建设局', '城市建设投资有限公司'],
  service: ['商务局'],
  social: ['教育局'],
};

function bureauOf({ name, topic }: Named, random: Random): string {
  if (/医院|卫生院|疾病/u.test(name)) return '卫生健康局';
  return name.includes('养老') ? '民政局' : random.pick(BUREAUS[topic]);
}

function builderOf(unit: SampleUnit, project: Named, random: Random): string {
  const { name, shortName, kind } = unit.words;
  if (project.words.money === 'company') {
    const place = kind === 'department' ? '安澜' : shortName;
    return `${place}${random.pick(BUILDERS)}${random.pick(TRADES[project.topic])}有限公司`;
  }
  return kind === 'department' ? name : `${name}${bureauOf(project, random)}`;
}

/** The responsible people, with a few gaps for the operator to find (B3, A10). */
function peopleOf(unit: SampleUnit, lists: string, random: Random): Readonly<Record<string, string | null>> {
  const city = lists.includes('provincialHundred') || lists.includes('cityKey');
  const gap = (probability: number, id: string): string | null => (random.chance(probability) ? null : id);
  const deputy = random.pick(unit.deputyIds);
  return {
    cityLeaderId: unit.cityLeaderId,
    countyLeaderId: gap(0.015, deputy),
    officerId: gap(0.01, city ? unit.headId : random.pick(unit.officerIds)),
    taskForceLeaderId: city ? unit.cityLeaderId : unit.headId,
    taskForceOfficerId: city ? unit.headId : deputy,
    chiefServiceOfficerId: gap(0.03, random.pick(unit.serviceOfficerIds)),
    liaisonId: gap(0.02, random.pick(unit.liaisonIds)),
  };
}

interface Step {
  readonly name: string;
  readonly evidence: string;
  readonly unitText: string;
  readonly deadline: IsoDate | null;
  /** Done by its deadline or a little after. */
  readonly done: boolean;
}

/** 推进链条: the steps before the start count back from it, the later ones from the completion. */
function stepsOf(context: ProjectContext, profile: Profile, dates: Dates, random: Random): readonly Step[] {
  const { today } = context;
  const start = dates.actualStart ?? dates.plannedStart;
  const before = shuffled(CHAIN_BEFORE.slice(1), random).slice(0, random.integer(2, 5));
  const kept = CHAIN_BEFORE.filter((step) => step === CHAIN_BEFORE[0] || before.includes(step));
  const early = [...kept, ...CHAIN_START];
  const after = CHAIN_AFTER.filter(() => dates.plannedCompletion !== null);
  const stepOf = (
    [name, evidence, unitText]: readonly [string, string, string],
    deadline: IsoDate | null,
    done: boolean,
  ): Step => ({ name, evidence, unitText, deadline, done });
  const isStarted = dates.actualStart !== null;
  const gap = random.integer(14, 24);
  const first = early.map((step, index) => {
    const deadline = start === null ? null : addDays(start, -gap * (early.length - 1 - index));
    return stepOf(step, deadline, isStarted || (deadline !== null && deadline <= today));
  });
  const last = after.map((step, index) => {
    const end = dates.actualCompletion ?? dates.plannedCompletion;
    const isLast = index === after.length - 1;
    const deadline = end === null ? null : isLast ? end : addDays(end, -random.integer(60, 120));
    return stepOf(
      step,
      deadline,
      dates.actualCompletion !== null || (!isLast && deadline !== null && deadline <= today),
    );
  });
  return overdue(profile, [...first, ...last], today, dates, random);
}

/** Lets one step of a lagging project be late, by less than a month (yellow) or more (red). */
function overdue(
  profile: Profile,
  steps: readonly Step[],
  today: IsoDate,
  dates: Dates,
  random: Random,
): readonly Step[] {
  const late = (low: number, high: number): IsoDate => addDays(today, -random.integer(low, high));
  if (profile === 'lateYellow' || profile === 'lateRed') {
    const days = profile === 'lateYellow' ? late(5, 28) : late(40, 100);
    return steps.map((step) =>
      CHAIN_START.some(([name]) => name === step.name) ? { ...step, deadline: days, done: false } : step,
    );
  }
  const isRed = profile === 'red' && random.chance(0.5);
  const isYellow = profile === 'yellow' && random.chance(0.35);
  if (!isRed && !isYellow) return steps;
  const days = isRed ? late(32, 80) : late(4, 28);
  if (dates.actualStart !== null && days <= addDays(dates.actualStart, 20)) return steps;
  const lateName = CHAIN_AFTER[0]?.[0];
  return steps.map((step) => (step.name === lateName ? { ...step, deadline: days, done: false } : step));
}

function linksOf(
  context: ProjectContext,
  projectId: string,
  unit: SampleUnit,
  steps: readonly Step[],
  random: Random,
): readonly Change[] {
  let before: { readonly id: string; readonly deadline: IsoDate | null } | null = null;
  return steps.map((step, index) => {
    const { deadline } = step;
    const id = context.nextId();
    const follows: boolean =
      deadline !== null && (before?.deadline ?? null) !== null && (before?.deadline ?? '') <= deadline;
    const predecessorId = follows ? (before?.id ?? null) : null;
    before = { id, deadline };
    const late = deadline === null ? null : addDays(deadline, random.integer(-9, 4));
    const exact = step.name === CHAIN_START[1]?.[0] || step.name === CHAIN_AFTER[1]?.[0];
    const doneOn = step.done && late !== null ? (exact || late > context.today ? deadline : late) : null;
    const place = unit.words.kind === 'department' ? '市' : unit.words.shortName;
    return {
      entity: 'link',
      id,
      set: {
        projectId,
        sequence: index + 1,
        name: step.name,
        unitText: step.unitText === '建设单位' ? '建设单位' : `${place}${step.unitText}`,
        personId: random.pick(unit.officerIds),
        plannedStart: deadline === null ? null : addDays(deadline, -random.integer(12, 30)),
        deadline,
        doneOn,
        evidence: doneOn === null ? null : step.evidence,
        predecessorId,
      },
    };
  });
}

function goalOf(profile: Profile, works: ProjectWords['works'], dates: Dates, year: number): string | null {
  if (profile === 'reserve' || profile === 'signed') return null;
  const ends = dates.plannedCompletion !== null && yearOf(dates.plannedCompletion) === year;
  if (ends) return '全部建设内容完成，竣工投用';
  if (profile === 'preparing' || profile.startsWith('late')) return '完成前期手续，年内开工，完成基础工程';
  return works === 'line' ? '完成主线工程的70%以上' : '主体完工，设备安装完成50%以上';
}

function statisticsOf(dates: Dates, random: Random): Readonly<Record<string, Value>> {
  if (dates.actualStart === null) return { inStatistics: dates.plannedStart === null ? null : 'pending' };
  if (!random.chance(0.88)) return { inStatistics: 'pending' };
  return { inStatistics: 'included', statisticsDate: addDays(dates.actualStart, random.integer(8, 30)) };
}

function permitsOf(profile: Profile): Readonly<Record<string, Value>> {
  switch (profile) {
    case 'reserve':
    case 'signed':
      return { landState: '选址阶段' };
    case 'preparing':
      return { landState: '用地预审已批复', permitState: '立项、用地预审已办结，环评、施工图审查正在办理。' };
    case 'lateYellow':
    case 'lateRed':
      return { landState: '农用地转用未批复', permitState: '立项已办结，用地手续受阻，施工许可未取得。' };
    case 'red':
      return { landState: '已供地', permitState: '规划许可已取得，施工许可容缺办理。' };
    default:
      return { landState: '已供地', permitState: '前期手续齐全。' };
  }
}

/** One project with its chain; the same for the same seed and place in the list. */
export function projectOf(context: ProjectContext, unit: SampleUnit, index: number, profile: Profile): MadeProject {
  const random = randomOf(context.seed, index, 0x9e);
  const year = yearOf(context.today);
  const id = context.nextId();
  const named = nameOf(context, unit, random);
  const { name, town, words } = named;
  const category = named.topic === 'water' ? 'agriculture' : named.topic;
  const dates = datesOf(context, profile, random);
  const totalInvestment = totalOf(words.amounts, random);
  const money = moneyOf(context, profile, dates, totalInvestment, random);
  const lists = listsOf(unit, category, totalInvestment, random);
  const number = String(index + 1).padStart(4, '0');
  const set: Record<string, Value> = {
    code: `AL${year}-${number}`,
    name,
    unitId: unit.id,
    lists,
    stage: dates.stage,
    category,
    nature: /改造|扩/u.test(name) ? 'rebuild' : 'new',
    manageClass: dates.plannedStart === null ? 'followed' : 'assessed',
    nationalCode: random.chance(0.6) ? `${year - 1}-239900-04-01-${String(random.integer(100_000, 999_999))}` : null,
    content: named.content,
    location: `${placeOf(unit)}${town}`,
    builder: builderOf(unit, named, random),
    investorKind: words.money === 'company' ? (random.chance(0.85) ? 'private' : 'joint') : 'government',
    startYear: dates.plannedStart === null ? null : yearOf(dates.actualStart ?? dates.plannedStart),
    endYear: dates.plannedCompletion === null ? null : yearOf(dates.plannedCompletion),
    totalInvestment,
    annualPlan: money.annualPlan,
    previousInvestment: money.previousInvestment,
    annualGoal: goalOf(profile, words.works, dates, year),
    ...fundsOf(totalInvestment, words.money, random),
    plannedStart: dates.plannedStart,
    actualStart: dates.actualStart,
    plannedCompletion: dates.plannedCompletion,
    actualCompletion: dates.actualCompletion,
    productionDate: dates.productionDate,
    suspendedSince: dates.suspendedSince,
    ...peopleOf(unit, lists, random),
    // A few task forces are still without a leader.
    ...(index % 23 === 7 ? { taskForceLeaderId: null } : {}),
    builderPhone: `0455-555${String(1000 + random.integer(0, 8999))}`,
    ...permitsOf(profile),
    ...statisticsOf(dates, random),
    landArea: words.works === 'building' ? random.integer(120, 4800) / 10 : null,
    ...channelOf(index, dates.plannedStart, context.today),
  };
  const steps = stepsOf(context, profile, dates, random);
  return {
    id,
    index,
    unit,
    profile,
    works: words.works,
    totalInvestment,
    plannedStart: dates.plannedStart,
    actualStart: dates.actualStart,
    until: dates.actualCompletion ?? dates.suspendedSince,
    reportsUntil: dates.actualCompletion,
    reports: profile !== 'reserve' && profile !== 'signed',
    byYear: money.byYear,
    change: { entity: 'project', id, set: dropNulls(set) },
    links: linksOf(context, id, unit, steps, random),
  };
}

/** 绿色通道, by the place in the list, so that nothing else of the sample moves. */
function channelOf(index: number, plannedStart: IsoDate | null, today: IsoDate): Readonly<Record<string, Value>> {
  const on = plannedStart === null ? null : addMonths(plannedStart, -4);
  if (index % 4 === 3 || on === null || on > today) return { greenChannel: 'wanted' };
  return { greenChannel: 'open', greenChannelOn: on, greenChannelNote: '市政务服务中心重大项目专窗，容缺受理' };
}

function dropNulls(set: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
}
