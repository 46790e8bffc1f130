import { LISTED_LIGHT, type ListedLight, type ProjectLight, type RateScope } from '../../../shared/contract/rates.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { type Light, type LightResult, lightOf, lightReasonText } from '../../../shared/domain/light.ts';
import type { LightRule } from '../../../shared/domain/light-rule.ts';
import { packRows } from '../../../shared/domain/packed-rows.ts';
import { periodOf, previousPeriod } from '../../../shared/domain/period.ts';
import type { Store } from '../store/open.ts';
import { figuresAt, type ProjectFigures } from './figures.ts';
import { remembered } from './remembered.ts';
import { lightRuleMark, lightRuleOn, lightRules, type ReportKind, type RuleMark, ratesRuleOn } from './rules.ts';
import { withinScope } from './scope.ts';
import { groupOfUnits, unitNames } from './units.ts';

export interface JudgedProject {
  readonly figures: ProjectFigures;
  readonly result: LightResult;
}

/** The light of one project on a day. A waiver without an end is not a waiver. */
export function judge(
  rule: LightRule,
  figures: ProjectFigures,
  date: IsoDate,
  previousLights: readonly Light[] = [],
): LightResult {
  const { waiverUntil, waiverReason } = figures;
  const waiver = waiverUntil === null ? null : { until: waiverUntil, cause: waiverReason };
  return lightOf(rule, { ...figures, previousLights }, date, waiver);
}

/** Last days of the `count` periods before the one that holds the day, oldest first. */
export function earlierPeriodEnds(kind: ReportKind, date: IsoDate, count: number): readonly IsoDate[] {
  const ends: IsoDate[] = [];
  let period = previousPeriod(periodOf(kind, date));
  for (let taken = 0; taken < count; taken += 1) {
    ends.unshift(period.end);
    period = previousPeriod(period);
  }
  return ends;
}

/** The own lights of the periods before, by project, oldest first; only as many as the rule's escalation looks at. */
async function lightsBefore(
  store: Store,
  rules: readonly LightRule[],
  rule: LightRule,
  date: IsoDate,
  kind: ReportKind,
  only: readonly string[] | undefined,
): Promise<ReadonlyMap<string, readonly Light[]>> {
  const lights = new Map<string, Light[]>();
  if (rule.escalateAfter === null) return lights;
  for (const end of earlierPeriodEnds(kind, date, rule.escalateAfter - 1)) {
    const then = lightRuleOn(rules, end);
    for (const figures of await figuresAt(store, end, kind, only)) {
      const own = judge(then, figures, end).ownLight;
      const list = lights.get(figures.id);
      if (list === undefined) lights.set(figures.id, [own]);
      else list.push(own);
    }
  }
  return lights;
}

/** The light of every project on a day under the rule in force then (C12). @throws Fault RULE_BROKEN */
export function judgeAll(store: Store, date: IsoDate, only?: readonly string[]): Promise<JudgedOn> {
  if (only !== undefined) return judgeThem(store, date, only);
  return remembered(store, 'judged', date, {
    answer: () => judgeThem(store, date, undefined),
    count: ({ projects }) => projects.length,
  });
}

export interface JudgedOn {
  readonly rule: LightRule;
  readonly projects: readonly JudgedProject[];
}

async function judgeThem(store: Store, date: IsoDate, only: readonly string[] | undefined): Promise<JudgedOn> {
  const rules = await lightRules(store);
  const rule = lightRuleOn(rules, date);
  const { reportKind } = await ratesRuleOn(store, date);
  const before = await lightsBefore(store, rules, rule, date, reportKind, only);
  const figures = await figuresAt(store, date, reportKind, only);
  return {
    rule,
    projects: figures.map((project) => ({
      figures: project,
      result: judge(rule, project, date, before.get(project.id) ?? []),
    })),
  };
}

export function asProjectLight({ figures, result }: JudgedProject, names: ReadonlyMap<string, string>): ProjectLight {
  return {
    projectId: figures.id,
    name: figures.name,
    unitId: figures.unitId,
    unitName: names.get(figures.unitId) ?? '',
    lists: [...figures.lists],
    stage: figures.stage,
    light: result.light,
    text: result.text,
    reasons: result.reasons.map((reason) => ({
      code: reason.code,
      light: reason.light,
      text: lightReasonText(reason),
    })),
    ruleId: result.ruleId,
    ruleVersion: result.ruleVersion,
    annualPlan: figures.annualPlan,
    yearToDate: figures.yearToDate,
    period: figures.period,
  };
}

export interface LightsOn {
  readonly date: IsoDate;
  readonly rule: RuleMark;
  readonly lights: ProjectLight[];
}

interface JudgedWithin extends JudgedOn {
  readonly names: ReadonlyMap<string, string>;
}

async function judgedWithin(store: Store, date: IsoDate, scope: RateScope | undefined): Promise<JudgedWithin> {
  const { rule, projects } = await judgeAll(store, date);
  const names = await unitNames(store);
  if (scope === undefined) return { rule, projects, names };
  const groupOf = await groupOfUnits(store, date);
  const asked = new Set(
    withinScope(
      projects.map((project) => project.figures),
      scope,
      groupOf,
    ),
  );
  return { rule, projects: projects.filter((project) => asked.has(project.figures)), names };
}

/** The lights of a day with their reasons in words. @throws Fault RULE_BROKEN */
export async function lightsAt(store: Store, date: IsoDate, scope?: RateScope): Promise<LightsOn> {
  const { rule, projects, names } = await judgedWithin(store, date, scope);
  return { date, rule: lightRuleMark(rule), lights: projects.map((project) => asProjectLight(project, names)) };
}

/** The same for a list, as one text: `packRows` of LISTED_LIGHT. @throws Fault RULE_BROKEN */
export async function packedLights(
  store: Store,
  date: IsoDate,
  scope?: RateScope,
): Promise<{ readonly date: IsoDate; readonly rule: RuleMark; readonly packed: string }> {
  const { rule, projects, names } = await judgedWithin(store, date, scope);
  const rows = projects.map(({ figures, result }) => {
    const listed: ListedLight = {
      projectId: figures.id,
      name: figures.name,
      unitId: figures.unitId,
      unitName: names.get(figures.unitId) ?? '',
      stage: figures.stage,
      light: result.light,
      text: result.text,
      annualPlan: figures.annualPlan,
      yearToDate: figures.yearToDate,
    };
    return LISTED_LIGHT.map((column) => listed[column]);
  });
  return { date, rule: lightRuleMark(rule), packed: packRows(LISTED_LIGHT, rows) };
}
