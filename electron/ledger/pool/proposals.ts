import type { PoolProposal } from '../../../shared/contract/pool.ts';
import { addDays, formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { timeProgress } from '../../../shared/domain/light-rule.ts';
import { parsePeriod, periodLabel, periodOf } from '../../../shared/domain/period.ts';
import {
  investmentDifference,
  inWindow,
  isStuck,
  type PoolRule,
  replacementsFor,
} from '../../../shared/domain/pool.ts';
import { formatPoints, formatRate } from '../../../shared/domain/rate.ts';
import {
  earlierPeriodEnds,
  figuresAt,
  lightRuleOn,
  lightRules,
  type ProjectFigures,
  type ReportKind,
  ratesRuleOn,
} from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { type KnownProject, poolProjects, poolRuleOn } from './projects.ts';

const MOST_CANDIDATES = 3;
const MOST_PROMOTIONS = 20;

type Pace = Awaited<ReturnType<typeof pacesOf>>[number];

/** What is due at the ends of the last finished periods, oldest first. */
async function pacesOf(store: Store, rule: PoolRule, date: IsoDate, kind: ReportKind) {
  const rules = await lightRules(store);
  return earlierPeriodEnds(kind, addDays(date, 1), rule.periods).map((end) => ({
    end,
    label: periodLabel(periodOf(kind, end)),
    due: timeProgress(lightRuleOn(rules, end), end),
  }));
}

/** Only a project at its works, or late to begin, can be stuck; a waiver holds it back from adjustment too. */
function mayBeStuck(figures: ProjectFigures, date: IsoDate): boolean {
  if (figures.lists.length === 0 || figures.bundleId !== null) return false;
  if ((figures.annualPlan ?? 0) <= 0 || figures.actualCompletion !== null) return false;
  if (figures.waiverUntil !== null && figures.waiverUntil >= date) return false;
  switch (figures.stage) {
    case 'completed':
    case 'inProduction':
    case 'reserve':
    case 'planned':
      return false;
    case 'preparing':
    case 'signed':
      return figures.plannedStart !== null && figures.plannedStart < date;
    default:
      return true;
  }
}

interface Stuck {
  readonly figures: ProjectFigures;
  readonly done: readonly (number | null)[];
}

/** The projects behind at every one of these period ends; each earlier end is asked only about those still in question. */
async function stuckProjects(
  store: Store,
  rule: PoolRule,
  paces: readonly Pace[],
  date: IsoDate,
  kind: ReportKind,
): Promise<readonly Stuck[]> {
  const newest = [...paces].reverse();
  let stuck: Stuck[] | null = null;
  for (const { end, due } of newest) {
    const ids: string[] | undefined = stuck?.map(({ figures }) => figures.id);
    if (ids?.length === 0) return [];
    const known = new Map<string, Stuck>((stuck ?? []).map((each) => [each.figures.id, each]));
    const figures: readonly ProjectFigures[] = await figuresAt(store, end, kind, ids);
    stuck = figures.flatMap((project): Stuck[] => {
      if (stuck === null && !mayBeStuck(project, date)) return [];
      const pace = { date: end, due, yearToDate: project.yearToDate };
      if (!isStuck({ ...rule, periods: 1 }, project.annualPlan, [pace])) return [];
      const before = known.get(project.id);
      return [{ figures: before?.figures ?? project, done: [project.yearToDate, ...(before?.done ?? [])] }];
    });
  }
  return stuck ?? [];
}

function stuckReason({ figures, done }: Stuck, paces: readonly Pace[]): string {
  const plan = figures.annualPlan ?? 0;
  const parts = paces.map(({ label, due }, index) => {
    const rate = { numerator: done[index] ?? 0, denominator: plan };
    return `${label}完成 ${formatRate(rate)}，差 ${formatPoints(due, rate) ?? '—'} 个百分点`;
  });
  const stopped = figures.stage === 'suspended' ? '项目停工；' : figures.actualStart === null ? '至今未开工；' : '';
  return `${stopped}连续 ${paces.length} 期低于序时进度：${parts.join('；')}`;
}

/** Projects by total investment, for finding the comparable ones without looking at all. */
class ByInvestment {
  readonly #sorted: readonly KnownProject[];

  /** @param without those that are stuck themselves */
  constructor(projects: Iterable<KnownProject>, without: ReadonlySet<string> = new Set()) {
    this.#sorted = [...projects]
      .filter(({ id, totalInvestment, bundleId }) => totalInvestment !== null && bundleId === null && !without.has(id))
      .sort((left, right) => (left.totalInvestment ?? 0) - (right.totalInvestment ?? 0));
  }

  #from(amount: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.totalInvestment ?? 0) < amount) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Those within `reach` yuan of an amount, the nearest first. */
  *around(amount: number, reach: number): Generator<KnownProject> {
    let right = this.#from(amount);
    let left = right - 1;
    const away = (project: KnownProject | undefined): number =>
      project === undefined ? Number.POSITIVE_INFINITY : Math.abs((project.totalInvestment ?? 0) - amount);
    for (;;) {
      const [lower, upper] = [this.#sorted[left], this.#sorted[right]];
      const next = away(lower) < away(upper) ? lower : upper;
      if (next === undefined || away(next) > reach) return;
      if (next === lower) left -= 1;
      else right += 1;
      yield next;
    }
  }
}

function candidatesFor(
  rule: PoolRule,
  project: KnownProject,
  list: string,
  index: ByInvestment,
  most: number,
): PoolProposal['candidates'] {
  const total = project.totalInvestment;
  if (total === null) return [];
  const reach = Math.ceil((total * rule.tolerance) / 100) + 1;
  return replacementsFor(rule, project, list, index.around(total, reach), most).map((other) => ({
    id: other.id,
    name: other.name,
    unitName: other.unitName,
    totalInvestment: other.totalInvestment,
    annualPlan: other.annualPlan,
    percent: investmentDifference(total, other.totalInvestment),
  }));
}

function proposalOf(
  kind: PoolProposal['kind'],
  project: KnownProject,
  list: string,
  reason: string,
  yearToDate: number | null,
  candidates: PoolProposal['candidates'] = [],
): PoolProposal {
  return {
    id: `${kind}:${project.id}:${list}`,
    kind,
    projectId: project.id,
    name: project.name,
    unitName: project.unitName,
    list,
    stage: project.stage,
    totalInvestment: project.totalInvestment,
    annualPlan: project.annualPlan,
    yearToDate,
    reason,
    candidates,
  };
}

function retirements(projects: Iterable<KnownProject>): PoolProposal[] {
  return [...projects]
    .filter((project) => project.stage === 'completed' || project.stage === 'inProduction')
    .flatMap((project) =>
      project.lists.map((list) => {
        const on = project.actualCompletion;
        const reason = on === null ? '项目已竣工' : `项目已于${formatChinese(on)}竣工`;
        return proposalOf('retire', project, list, reason, null);
      }),
    );
}

/** Reserves whose work beforehand is done, and that are in no list yet (D13: in when ripe). */
async function admissions(store: Store, projects: ReadonlyMap<string, KnownProject>, date: IsoDate) {
  const entries = await store.query
    .selectFrom('poolEntry')
    .select(['projectId', 'ripeOn', 'step'])
    .where('voided', '=', 0)
    .where('leftOn', 'is', null)
    .where('step', '=', 'reserved')
    .orderBy('id')
    .execute();
  return entries.flatMap(({ projectId, ripeOn }) => {
    const project = projects.get(projectId);
    if (project === undefined || project.lists.length > 0 || ripeOn === null || ripeOn > date) return [];
    if (project.stage === 'completed' || project.stage === 'inProduction') return [];
    const reason = `储备项目前期工作基本完备（预计${formatChinese(ripeOn)}成熟）`;
    return [proposalOf('admit', project, 'cityHundred', reason, null)];
  });
}

function promotions(
  rule: PoolRule,
  figures: readonly ProjectFigures[],
  projects: ReadonlyMap<string, KnownProject>,
  pace: Pace | undefined,
): PoolProposal[] {
  if (pace === undefined) return [];
  return figures
    .flatMap((each): PoolProposal[] => {
      const project = projects.get(each.id);
      const plan = each.annualPlan ?? 0;
      if (project === undefined || plan <= 0 || (project.totalInvestment ?? 0) < rule.promoteLeast) return [];
      if (!project.lists.includes(rule.promoteFrom) || project.lists.includes(rule.promoteTo)) return [];
      if (each.actualStart === null || project.actualCompletion !== null || project.stage === 'suspended') return [];
      const done = { numerator: each.yearToDate ?? 0, denominator: plan };
      if (done.numerator * pace.due.denominator < pace.due.numerator * plan) return [];
      const reason = `${pace.label}完成 ${formatRate(done)}，达到序时进度 ${formatRate(pace.due)}，投资规模居前`;
      return [proposalOf('promote', project, rule.promoteFrom, reason, each.yearToDate)];
    })
    .sort((left, right) => (right.totalInvestment ?? 0) - (left.totalInvestment ?? 0))
    .slice(0, MOST_PROMOTIONS);
}

export interface Proposals {
  readonly date: IsoDate;
  /** Labels of the periods judged, oldest first. */
  readonly periods: string[];
  readonly proposals: PoolProposal[];
}

/** The projects that the pace says to adjust (C9), with what may replace them. */
export async function paceProposals(store: Store, date: IsoDate): Promise<Proposals> {
  const rule = await poolRuleOn(store, date);
  const { reportKind } = await ratesRuleOn(store, date);
  const paces = await pacesOf(store, rule, date, reportKind);
  const projects = await poolProjects(store);
  const stuck = await stuckProjects(store, rule, paces, date, reportKind);
  const index = new ByInvestment(projects.values(), new Set(stuck.map(({ figures }) => figures.id)));
  return {
    date,
    periods: paces.map(({ label }) => label),
    proposals: stuck.flatMap((each) => {
      const project = projects.get(each.figures.id);
      if (project === undefined) return [];
      const reason = stuckReason(each, paces);
      return project.lists.map((list) => {
        const candidates = candidatesFor(rule, project, list, index, MOST_CANDIDATES);
        const kind = candidates.length > 0 ? 'replace' : 'drop';
        return proposalOf(kind, project, list, reason, each.done.at(-1) ?? null, candidates);
      });
    }),
  };
}

/** Everything the figures of a day suggest: out what is stuck or done, in what is ripe, up what is fit (C9, D13, B6). */
export async function proposalsOn(store: Store, date: IsoDate): Promise<Proposals> {
  const rule = await poolRuleOn(store, date);
  const pace = await paceProposals(store, date);
  const projects = await poolProjects(store);
  const { reportKind } = await ratesRuleOn(store, date);
  const [last] = (await pacesOf(store, rule, date, reportKind)).slice(-1);
  const up = inWindow(rule, date) && last !== undefined ? await figuresAt(store, last.end, reportKind) : [];
  const stuck = new Set(pace.proposals.map((proposal) => proposal.projectId));
  return {
    ...pace,
    proposals: [
      ...pace.proposals,
      ...retirements(projects.values()),
      ...(await admissions(store, projects, date)),
      ...promotions(rule, up, projects, last).filter((proposal) => !stuck.has(proposal.projectId)),
    ],
  };
}

/** What may take a project's place in a list. */
export async function candidatesOf(store: Store, projectId: string, list: string, date: IsoDate) {
  const rule = await poolRuleOn(store, date);
  const projects = await poolProjects(store);
  const project = projects.get(projectId);
  const candidates =
    project === undefined ? [] : candidatesFor(rule, project, list, new ByInvestment(projects.values()), 30);
  return { candidates, tolerance: rule.tolerance };
}

/** '2021年5月下半月' of a batch key, or the key itself. */
export function batchLabel(key: string): string {
  const period = parsePeriod(key);
  if (period === null) return key;
  return `${periodLabel(period)}${period.kind === 'quarter' ? '末' : ''}调整`;
}
