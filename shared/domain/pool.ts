import * as z from 'zod';
import { ADJUSTMENT_KINDS } from '../dictionary/entities/pool.ts';
import { PROJECT_LISTS, type Stage } from '../dictionary/entities/project.ts';
import { type IsoDate, isDate } from './date.ts';
import { moneyText, sumMoney } from './money.ts';
import { periodLabel, periodOf } from './period.ts';
import { compareDifference, type Rate } from './rate.ts';

/** 储备调整 (B6, C9, D13): what may enter a list, leave it, change places, move up. */

export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number]['value'];
export type AdjustmentState = 'proposed' | 'approved' | 'done' | 'declined';

const KIND_LABELS = new Map<string, string>(ADJUSTMENT_KINDS.map(({ value, label }) => [value, label]));
const LIST_LABELS = new Map<string, string>(PROJECT_LISTS.map(({ value, label }) => [value, label]));

export const adjustmentName = (kind: string): string => KIND_LABELS.get(kind) ?? kind;
export const listName = (list: string): string => LIST_LABELS.get(list) ?? list;

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u);

/** Body of a rule of kind 'pool' (储备调整口径). */
export const poolRuleSchema = z.object({
  /** 'Comparable investment': percent that a replacement may differ. */
  tolerance: z.number().min(0).max(100).default(20),
  /** Points behind the required pace that count as a stuck period. */
  behindPoints: z.number().min(0).max(100).default(20),
  /** Stuck periods in a row after which an adjustment is proposed (C9). */
  periods: z.int().min(1).max(12).default(3),
  /** Days of the year in which promotion is open, 'MM-DD', both inside. */
  windows: z.array(z.object({ from: monthDay, to: monthDay })).default([
    { from: '05-01', to: '05-31' },
    { from: '09-01', to: '09-30' },
  ]),
  promoteFrom: z.string().default('cityHundred'),
  promoteTo: z.string().default('provincialHundred'),
  /** Yuan of total investment from which a project is suggested for promotion. */
  promoteLeast: z.number().min(0).default(100_000_000),
  /** Yuan of this year's plan from which a project gets a team (D11). */
  teamFrom: z.number().min(0).default(10_000_000),
});
export type PoolRule = z.infer<typeof poolRuleSchema>;

export const DEFAULT_POOL_RULE: PoolRule = poolRuleSchema.parse({});

/** The rule in words, one clause a line. */
export function poolRuleText(rule: PoolRule): readonly string[] {
  return [
    `替换项目的总投资与被替换项目相差不超过 ${rule.tolerance} %`,
    `连续 ${rule.periods} 期低于序时进度 ${rule.behindPoints} 个百分点以上的，提出调整建议`,
    `${listName(rule.promoteFrom)}升${listName(rule.promoteTo)}的窗口期：${windowsText(rule)}；总投资 ${moneyText(rule.promoteLeast)}以上的提出建议`,
    '调整后清单的项目数和年度计划投资不得减少；竣工移出、升级转出的不计为减少',
    `年度计划投资 ${moneyText(rule.teamFrom)}以上的项目应建推进团队`,
  ];
}

/** '5月1日' of '05-01'. */
function dayWords(monthDay: string): string {
  const [month = '', day = ''] = monthDay.split('-');
  return `${Number(month)}月${Number(day)}日`;
}

export function windowsText(rule: PoolRule): string {
  return rule.windows.length === 0
    ? '未设'
    : rule.windows.map(({ from, to }) => `${dayWords(from)}至${dayWords(to)}`).join('、');
}

export function inWindow(rule: PoolRule, date: IsoDate): boolean {
  const day = date.slice(5);
  return rule.windows.some(({ from, to }) => (from <= to ? from <= day && day <= to : day >= from || day <= to));
}

/** 半月 and 季末: the runs in which the pool is turned (D13, E9). */
export type RunKind = 'halfMonth' | 'quarter';

export function batchOf(kind: RunKind, date: IsoDate): { readonly key: string; readonly label: string } {
  const period = periodOf(kind, date);
  return { key: period.key, label: `${periodLabel(period)}${kind === 'quarter' ? '末' : ''}调整` };
}

/** A project as the rules see it. Amounts in yuan. */
export interface PoolProject {
  readonly id: string;
  readonly name: string;
  readonly stage: Stage | null;
  readonly lists: readonly string[];
  readonly totalInvestment: number | null;
  readonly annualPlan: number | null;
  readonly actualCompletion: IsoDate | null;
  /** 打包项目 it is a part of: in a list that holds the bundle, a part is not counted again. */
  readonly bundleId: string | null;
}

export interface Adjustment {
  readonly id: string;
  readonly kind: AdjustmentKind;
  readonly projectId: string;
  readonly list: string;
  readonly replacementId: string | null;
  readonly reason: string | null;
}

/** Something against an adjustment, at its field; `stop` must be mended, `ask` wants a look. */
export interface AdjustmentFinding {
  readonly id: string;
  readonly field: 'kind' | 'projectId' | 'replacementId' | 'reason' | 'list' | 'totals';
  readonly severity: 'stop' | 'ask';
  readonly reason: string;
  readonly cure: string;
}

const isFinished = (project: PoolProject): boolean =>
  project.stage === 'completed' || project.stage === 'inProduction' || project.actualCompletion !== null;

/** How far a replacement's investment is from the other's, in percent with one decimal; null where either is unknown. */
export function investmentDifference(original: number | null, replacement: number | null): number | null {
  if (original === null || replacement === null || original === 0) return null;
  return Math.round(((replacement - original) / original) * 1000) / 10;
}

/** Whether a replacement is of comparable investment; exact, without rounding. */
export function isComparable(rule: PoolRule, original: number | null, replacement: number | null): boolean | null {
  if (original === null || replacement === null) return null;
  return Math.abs(replacement - original) * 100 <= original * rule.tolerance;
}

type Found = Omit<AdjustmentFinding, 'id'>;
const stop = (field: Found['field'], reason: string, cure: string): Found => ({
  field,
  severity: 'stop',
  reason,
  cure,
});
const ask = (field: Found['field'], reason: string, cure: string): Found => ({ field, severity: 'ask', reason, cure });

function checkReplacement(rule: PoolRule, project: PoolProject, list: string, other: PoolProject | null): Found[] {
  if (other === null) return [stop('replacementId', '没有选替换项目', '请选择一个投资规模相当的项目')];
  if (other.id === project.id) return [stop('replacementId', '替换项目就是本项目', '请选择另一个项目')];
  const found: Found[] = [];
  if (other.lists.includes(list))
    found.push(
      stop('replacementId', `“${other.name}”已在${listName(list)}中，换入不增加项目`, '请选择不在本清单的项目'),
    );
  if (isFinished(other)) found.push(stop('replacementId', `“${other.name}”已竣工`, '请选择未竣工的项目'));
  const comparable = isComparable(rule, project.totalInvestment, other.totalInvestment);
  if (comparable === false) {
    const percent = investmentDifference(project.totalInvestment, other.totalInvestment) ?? 0;
    found.push(
      stop(
        'replacementId',
        `投资规模不相当：“${other.name}”总投资 ${moneyText(other.totalInvestment)}，原项目 ${moneyText(project.totalInvestment)}，相差 ${percent > 0 ? '+' : ''}${percent} %，超过 ±${rule.tolerance} %`,
        '请另选项目，或先在“调整口径”中修改规模相当的口径',
      ),
    );
  } else if (comparable === null)
    found.push(stop('replacementId', '两个项目的总投资没有都填，不能判断规模是否相当', '请先在台账补填总投资'));
  return found;
}

/** The rules of one adjustment by itself. */
function checkOne(
  rule: PoolRule,
  adjustment: Adjustment,
  projects: ReadonlyMap<string, PoolProject>,
  date: IsoDate,
): Found[] {
  const project = projects.get(adjustment.projectId);
  if (project === undefined) return [stop('projectId', '项目已不在台账中', '请删除这一条')];
  const { kind, list } = adjustment;
  const inList = project.lists.includes(list);
  const found: Found[] = [];
  if ((adjustment.reason ?? '').trim() === '')
    found.push(stop('reason', '没有写调整理由', '请写明为什么调整，理由随批次存档'));
  const notIn = stop('list', `项目不在${listName(list)}中`, '请核对清单');
  switch (kind) {
    case 'admit':
      if (inList) found.push(stop('list', `项目已在${listName(list)}中`, '不需要入库'));
      if (isFinished(project)) found.push(stop('projectId', '项目已竣工', '竣工项目不再入库'));
      if (project.totalInvestment === null)
        found.push(ask('projectId', '没有填总投资', '入库前请补填，否则合计不完整'));
      if (project.stage === 'reserve' || project.stage === 'planned')
        found.push(ask('projectId', '项目还在储备、谋划阶段', '前期工作基本完备后再入库'));
      break;
    case 'drop':
      if (!inList) found.push(notIn);
      break;
    case 'replace':
      if (!inList) found.push(notIn);
      found.push(...checkReplacement(rule, project, list, projects.get(adjustment.replacementId ?? '') ?? null));
      break;
    case 'promote':
      if (!project.lists.includes(rule.promoteFrom))
        found.push(stop('projectId', `项目不在${listName(rule.promoteFrom)}中，不能升级`, '升级只从后备清单中选'));
      if (project.lists.includes(rule.promoteTo))
        found.push(stop('projectId', `项目已在${listName(rule.promoteTo)}中`, '不需要升级'));
      if (!inWindow(rule, date))
        found.push(
          stop(
            'kind',
            `${date} 不在升级窗口期内（${windowsText(rule)}）`,
            '请等窗口期再报，或先在“调整口径”中修改窗口期',
          ),
        );
      break;
    case 'retire':
      if (!inList) found.push(notIn);
      if (!isFinished(project))
        found.push(stop('projectId', '项目没有竣工，不能按竣工移出', '如需移出，请用“出库”或“替换”'));
      break;
  }
  return found;
}

/** Count and plan of a list, in yuan. */
export interface ListTotals {
  readonly list: string;
  readonly count: number;
  readonly annualPlan: number;
  readonly totalInvestment: number;
}

export interface ListChange {
  readonly list: string;
  readonly before: ListTotals;
  readonly after: ListTotals;
  /** Of the fall, what completed and promoted projects took with them: it is not counted as one. */
  readonly excused: { readonly count: number; readonly annualPlan: number };
  /** Why the run may not be approved; null when count and plan hold. */
  readonly problem: string | null;
}

function totalsOf(list: string, members: readonly PoolProject[]): ListTotals {
  return {
    list,
    count: members.length,
    annualPlan: sumMoney(members.map((member) => member.annualPlan)),
    totalInvestment: sumMoney(members.map((member) => member.totalInvestment)),
  };
}

/** The lists of a project after an adjustment of it, and of its replacement. */
export function listsAfter(
  rule: PoolRule,
  adjustment: Adjustment,
  lists: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const after = new Map(lists);
  const join = (id: string, list: string): void => {
    const held = after.get(id) ?? [];
    if (!held.includes(list)) after.set(id, [...held, list].sort());
  };
  const leave = (id: string, list: string): void => {
    after.set(
      id,
      (after.get(id) ?? []).filter((each) => each !== list),
    );
  };
  switch (adjustment.kind) {
    case 'admit':
      join(adjustment.projectId, adjustment.list);
      break;
    case 'drop':
    case 'retire':
      leave(adjustment.projectId, adjustment.list);
      break;
    case 'replace':
      leave(adjustment.projectId, adjustment.list);
      if (adjustment.replacementId !== null) join(adjustment.replacementId, adjustment.list);
      break;
    case 'promote':
      leave(adjustment.projectId, rule.promoteFrom);
      join(adjustment.projectId, rule.promoteTo);
      break;
  }
  return after;
}

/** What a run makes of every list it touches: count and annual plan must not fall (B6). */
export function listChanges(
  rule: PoolRule,
  adjustments: readonly Adjustment[],
  projects: ReadonlyMap<string, PoolProject>,
): readonly ListChange[] {
  const before = new Map([...projects].map(([id, project]) => [id, project.lists]));
  const after = adjustments.reduce<ReadonlyMap<string, readonly string[]>>(
    (lists, adjustment) => listsAfter(rule, adjustment, lists),
    before,
  );
  const touched = new Set(
    adjustments.flatMap((each) => (each.kind === 'promote' ? [rule.promoteFrom, rule.promoteTo] : [each.list])),
  );
  const members = (lists: ReadonlyMap<string, readonly string[]>, list: string): PoolProject[] =>
    [...projects.values()].filter(
      ({ id, bundleId }) =>
        lists.get(id)?.includes(list) && !(bundleId !== null && lists.get(bundleId)?.includes(list)),
    );
  return [...touched].map((list) => {
    const was = totalsOf(list, members(before, list));
    const is = totalsOf(list, members(after, list));
    const leaving = adjustments.flatMap((each) => {
      const excused =
        each.kind === 'retire' ? each.list === list : each.kind === 'promote' && rule.promoteFrom === list;
      const project = projects.get(each.projectId);
      return excused && project !== undefined ? [project] : [];
    });
    const excused = totalsOf(list, leaving);
    const fewer = was.count - excused.count - is.count;
    const less = was.annualPlan - excused.annualPlan - is.annualPlan;
    const parts = [
      ...(fewer > 0 ? [`项目数减少 ${fewer} 个（${was.count} → ${is.count}）`] : []),
      ...(less > 0
        ? [`年度计划投资减少 ${moneyText(less)}（${moneyText(was.annualPlan)} → ${moneyText(is.annualPlan)}）`]
        : []),
    ];
    return {
      list,
      before: was,
      after: is,
      excused: { count: excused.count, annualPlan: excused.annualPlan },
      problem: parts.length === 0 ? null : `${listName(list)}${parts.join('，')}`,
    };
  });
}

/**
 * Everything against a run of adjustments: each by itself, one project twice, totals that fall.
 *
 * @param projects all projects that the adjustments name, and all members of the lists concerned, with the lists they are in now
 */
export function checkRun(
  rule: PoolRule,
  adjustments: readonly Adjustment[],
  projects: ReadonlyMap<string, PoolProject>,
  date: IsoDate,
): readonly AdjustmentFinding[] {
  if (!isDate(date)) throw new RangeError(`Not a calendar day: ${date}`);
  const findings = adjustments.flatMap((adjustment) =>
    checkOne(rule, adjustment, projects, date).map((found) => ({ id: adjustment.id, ...found })),
  );
  const seen = new Map<string, string>();
  for (const { id, projectId, replacementId, list } of adjustments) {
    for (const each of [projectId, ...(replacementId === null ? [] : [replacementId])]) {
      const key = `${list}:${each}`;
      if (seen.has(key))
        findings.push({
          id,
          ...stop(
            each === projectId ? 'projectId' : 'replacementId',
            `“${projects.get(each)?.name ?? ''}”在同一批、同一清单中出现两次`,
            '请只保留一条',
          ),
        });
      seen.set(key, id);
    }
  }
  for (const change of listChanges(rule, adjustments, projects)) {
    const cause = adjustments.find(
      (each) => (each.kind === 'drop' || each.kind === 'replace') && each.list === change.list,
    );
    if (change.problem !== null && cause !== undefined)
      findings.push({
        id: cause.id,
        ...stop('totals', change.problem, '请在同一批中安排入库，或换计划投资不低于原项目的替换项目'),
      });
  }
  return findings;
}

/** One period's pace of a project. */
export interface PaceOn {
  readonly date: IsoDate;
  readonly due: Rate;
  readonly yearToDate: number | null;
}

/**
 * Points behind the required pace at each of these period ends; null where the pace is not asked.
 *
 * @returns whether every one of them is behind by more than the rule allows
 */
export function isStuck(rule: PoolRule, annualPlan: number | null, paces: readonly PaceOn[]): boolean {
  if (annualPlan === null || annualPlan <= 0 || paces.length < rule.periods) return false;
  return paces.every(
    ({ due, yearToDate }) =>
      compareDifference(due, { numerator: yearToDate ?? 0, denominator: annualPlan }, rule.behindPoints) === 1,
  );
}

/**
 * Candidates for a replacement: comparable, not in the list, not finished, of no smaller plan.
 *
 * @param nearestFirst projects in the order of how near their investment is; no more are looked at than needed
 */
export function replacementsFor<P extends PoolProject>(
  rule: PoolRule,
  project: PoolProject,
  list: string,
  nearestFirst: Iterable<P>,
  most: number,
): readonly P[] {
  const found: P[] = [];
  for (const other of nearestFirst) {
    const fits =
      other.id !== project.id &&
      !other.lists.includes(list) &&
      !isFinished(other) &&
      other.stage !== 'suspended' &&
      (other.annualPlan ?? 0) >= (project.annualPlan ?? 0) &&
      isComparable(rule, project.totalInvestment, other.totalInvestment) === true;
    if (fits) found.push(other);
    if (found.length === most) break;
  }
  return found;
}
