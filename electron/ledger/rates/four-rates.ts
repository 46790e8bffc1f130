import type {
  RateFigure,
  RateGrouping,
  RateKindName,
  RateRow,
  RateScope,
  RateSummary,
} from '../../../shared/contract/rates.ts';
import { PROJECT_LISTS } from '../../../shared/dictionary/index.ts';
import { type Counting, leftOutOf } from '../../../shared/domain/bundle.ts';
import { type IsoDate, yearOf } from '../../../shared/domain/date.ts';
import {
  EXCLUSION_TEXT,
  type FourRates,
  fourRates,
  RATE_KINDS,
  type RateProject,
  type RateResult,
  rateDefinitions,
} from '../../../shared/domain/four-rates.ts';
import { timeProgress } from '../../../shared/domain/light-rule.ts';
import { sumMoney } from '../../../shared/domain/money.ts';
import { formatRate, rateValue } from '../../../shared/domain/rate.ts';
import type { Store } from '../store/open.ts';
import type { ProjectFigures } from './figures.ts';
import { type JudgedProject, judgeAll } from './lights.ts';
import { type RatesRule, type RuleMark, ratesRuleOn } from './rules.ts';
import { withinScope } from './scope.ts';
import { groupOfUnits, groupsOn, unitNames, unitsInOrder } from './units.ts';

export interface RatesQuery {
  readonly date: IsoDate;
  readonly by: RateGrouping;
  readonly scope?: RateScope | undefined;
  readonly counting?: Counting | undefined;
}

interface Member extends RateProject<string> {
  readonly judged: JudgedProject;
  /** What was supposed where a date is missing; told beside the figure. */
  readonly note: string | null;
}

const STARTED = new Set(['started', 'building', 'resumed', 'suspended', 'completed', 'inProduction']);

/**
 * Imported lists often give a stage and no date. A project said to be under way counts as started, and one said to be
 * completed and planned for this year as completed; the figure's explanation names them.
 */
function member(judged: JudgedProject, date: IsoDate): Member {
  const { figures } = judged;
  const stage = figures.stage ?? '';
  const supposeStarted = figures.actualStart === null && STARTED.has(stage);
  const planned = figures.plannedCompletion;
  const supposeCompleted =
    figures.actualCompletion === null &&
    (stage === 'completed' || stage === 'inProduction') &&
    planned !== null &&
    yearOf(planned) === yearOf(date);
  const notes = [
    supposeStarted ? '未填实际开工日期，按建设阶段计为已开工' : null,
    supposeCompleted ? '未填实际竣工日期，按建设阶段计为已竣工' : null,
  ].filter((note) => note !== null);
  return {
    id: figures.id,
    plannedStart: figures.plannedStart,
    actualStart: supposeStarted ? date : figures.actualStart,
    plannedCompletion: planned,
    actualCompletion: supposeCompleted ? date : figures.actualCompletion,
    annualPlan: figures.annualPlan,
    yearToDate: figures.yearToDate,
    fundsInPlace: figures.fundsInPlace,
    judged,
    note: notes.length > 0 ? notes.join('；') : null,
  };
}

const PART_OF_BUNDLE = '打包项目的子项，已计入打包项目';
const COUNTED_BY_PARTS = '打包项目，已按子项分别计算';

interface Counted {
  readonly members: readonly Member[];
  readonly leftOut: readonly { readonly figures: ProjectFigures; readonly reason: string }[];
}

/** A bundle is counted once: as itself, or as its parts where it has any. */
function count(judged: readonly JudgedProject[], date: IsoDate, counting: Counting): Counted {
  const out = leftOutOf(
    judged.map(({ figures }) => figures),
    counting,
  );
  const members: Member[] = [];
  const leftOut: { figures: ProjectFigures; reason: string }[] = [];
  for (const project of judged) {
    const { figures } = project;
    if (out.has(figures.id))
      leftOut.push({ figures, reason: counting === 'whole' ? PART_OF_BUNDLE : COUNTED_BY_PARTS });
    else members.push(member(project, date));
  }
  return { members, leftOut };
}

interface Grouping {
  keysOf(figures: ProjectFigures): readonly string[];
  /** Keys in the order of the table with their names; keys met but not named come last. */
  readonly labels: ReadonlyMap<string, string>;
}

const WITHOUT: Readonly<Record<RateGrouping, string>> = {
  city: '全市',
  unit: '未定单位',
  group: '未归组',
  list: '未列入清单',
};

async function groupingOf(
  store: Store,
  { by, date }: RatesQuery,
  groupOf: ReadonlyMap<string, string>,
): Promise<Grouping> {
  switch (by) {
    case 'city':
      return { keysOf: () => ['city'], labels: new Map([['city', '全市']]) };
    case 'unit': {
      const names = await unitNames(store);
      const order = await unitsInOrder(store);
      const labels = new Map([...order.map((unit): [string, string] => [unit.id, unit.name]), ...names]);
      return { keysOf: (figures) => [figures.unitId], labels };
    }
    case 'group': {
      const groups = await groupsOn(store, date);
      return {
        keysOf: (figures) => [groupOf.get(figures.unitId) ?? ''],
        labels: new Map(groups.map((group) => [group.groupId, group.name])),
      };
    }
    case 'list':
      return {
        keysOf: (figures) => (figures.lists.length > 0 ? figures.lists : ['']),
        labels: new Map(PROJECT_LISTS.map((list) => [list.value, list.label])),
      };
  }
}

function figureOf(result: RateResult<string>, rule: RatesRule, members: ReadonlyMap<string, Member>): RateFigure {
  const value = rateValue(result);
  return {
    kind: result.kind,
    numerator: result.numerator,
    denominator: result.denominator,
    text: formatRate(result, rule.options.digits),
    value,
    formula: result.formula,
    included: result.includedIds.length,
    achieved: result.achievedIds.length,
    excluded: result.excluded.length,
    assumed: new Set([...result.assumedZeroIds, ...notedIds(result, members)]).size,
  };
}

const isOfProjects = (kind: RateKindName): boolean => kind === 'commencementRate' || kind === 'completionRate';

function notedIds(result: RateResult<string>, members: ReadonlyMap<string, Member>): readonly string[] {
  if (!isOfProjects(result.kind)) return [];
  return result.achievedIds.filter((id) => noteFor(result.kind, members.get(id)) !== null);
}

function noteFor(kind: RateKindName, project: Member | undefined): string | null {
  if (project === undefined || project.note === null) return null;
  const word = kind === 'commencementRate' ? '开工' : '竣工';
  return project.note.split('；').find((note) => note.includes(`未填实际${word}`)) ?? null;
}

function rowOf(key: string, label: string, counted: Counted, date: IsoDate, rule: RatesRule): RateRow {
  const { members } = counted;
  const rates: FourRates<string> = fourRates<string>(members, date, rule.options);
  const byId = new Map(members.map((project) => [project.id, project]));
  const lights = { green: 0, yellow: 0, red: 0, none: 0 };
  for (const { judged } of members) lights[judged.result.light] += 1;
  const figure = (kind: RateKindName): RateFigure => {
    const plain = figureOf(rates[kind], rule, byId);
    return { ...plain, excluded: plain.excluded + counted.leftOut.length };
  };
  return {
    key,
    label,
    projects: members.length,
    totalInvestment: sumMoney(members.map(({ judged }) => judged.figures.totalInvestment)),
    annualPlan: sumMoney(members.map((project) => project.annualPlan)),
    yearToDate: sumMoney(members.map((project) => project.yearToDate)),
    lights,
    rates: {
      commencementRate: figure('commencementRate'),
      investmentRate: figure('investmentRate'),
      fundsRate: figure('fundsRate'),
      completionRate: figure('completionRate'),
    },
  };
}

async function gather(store: Store, query: RatesQuery) {
  const rule = await ratesRuleOn(store, query.date);
  const { projects, rule: lightRule } = await judgeAll(store, query.date);
  const groupOf = await groupOfUnits(store, query.date);
  const asked = new Set(
    withinScope(
      projects.map((project) => project.figures),
      query.scope,
      groupOf,
    ),
  );
  const judged = projects.filter((project) => asked.has(project.figures));
  const grouping = await groupingOf(store, query, groupOf);
  return { rule, lightRule, judged, grouping, counting: query.counting ?? 'whole' };
}

function markOf({ ruleId, name, version, effectiveFrom }: RatesRule): RuleMark {
  return { ruleId, name, version, effectiveFrom };
}

/**
 * 四率 of every unit, group or list, and of all projects together, on a day (A4). Units and groups without projects are left
 * out; a project in two lists counts in both and once in the total.
 *
 * @throws Fault RULE_BROKEN
 */
export async function ratesAt(store: Store, query: RatesQuery): Promise<RateSummary> {
  const { rule, lightRule, judged, grouping, counting } = await gather(store, query);
  const { date, by } = query;
  const due = timeProgress(lightRule, date);
  const members = new Map<string, JudgedProject[]>();
  for (const project of judged) {
    for (const key of new Set(grouping.keysOf(project.figures))) {
      const list = members.get(key);
      if (list === undefined) members.set(key, [project]);
      else list.push(project);
    }
  }
  const keys = [
    ...[...grouping.labels.keys()].filter((key) => members.has(key)),
    ...[...members.keys()].filter((key) => !grouping.labels.has(key)),
  ];
  return {
    date,
    by,
    counting,
    rule: markOf(rule),
    definitions: rateDefinitions(date, rule.options),
    due: { value: rateValue(due) ?? 0, text: formatRate(due, rule.options.digits) },
    rows: keys.map((key) =>
      rowOf(key, grouping.labels.get(key) ?? WITHOUT[by], count(members.get(key) ?? [], date, counting), date, rule),
    ),
    total: rowOf('city', '合计', count(judged, date, counting), date, rule),
  };
}

/** The projects behind one figure: what each put in, which were left out and why. `key` 'city' is the total. */
export async function behindRate(store: Store, query: RatesQuery, key: string, kind: RateKindName) {
  const { rule, judged, grouping, counting } = await gather(store, query);
  const { date, by } = query;
  const inRow = key === 'city' ? judged : judged.filter((project) => grouping.keysOf(project.figures).includes(key));
  const counted = count(inRow, date, counting);
  const byId = new Map(counted.members.map((project) => [project.id, project]));
  const [result] = RATE_KINDS.filter((each) => each === kind).map(
    (each) => fourRates<string>(counted.members, date, rule.options)[each],
  );
  if (result === undefined) throw new RangeError(`No such rate: ${kind}`);
  const names = await unitNames(store);
  const named = (figures: ProjectFigures) => ({
    id: figures.id,
    name: figures.name,
    unitName: names.get(figures.unitId) ?? '',
  });
  const achieved = new Set(result.achievedIds);
  const zero = new Set(result.assumedZeroIds);
  const done = (project: Member): number =>
    (kind === 'investmentRate' ? project.yearToDate : project.fundsInPlace) ?? 0;
  const plain = figureOf(result, rule, byId);
  return {
    label: key === 'city' ? '合计' : (grouping.labels.get(key) ?? WITHOUT[by]),
    figure: { ...plain, excluded: plain.excluded + counted.leftOut.length },
    definition: rateDefinitions(date, rule.options)[kind],
    rule: markOf(rule),
    included: result.includedIds.flatMap((id) => {
      const project = byId.get(id);
      if (project === undefined) return [];
      const part = isOfProjects(kind)
        ? { numerator: achieved.has(id) ? 1 : 0, denominator: 1 }
        : { numerator: done(project), denominator: project.annualPlan ?? 0 };
      const note = isOfProjects(kind)
        ? achieved.has(id)
          ? noteFor(kind, project)
          : null
        : zero.has(id)
          ? '未报，按 0 计'
          : null;
      return [{ ...named(project.judged.figures), ...part, note }];
    }),
    excluded: [
      ...result.excluded.flatMap(({ id, reason }) => {
        const project = byId.get(id);
        return project === undefined ? [] : [{ ...named(project.judged.figures), reason: EXCLUSION_TEXT[reason] }];
      }),
      ...counted.leftOut.map(({ figures, reason }) => ({ ...named(figures), reason })),
    ],
  };
}
