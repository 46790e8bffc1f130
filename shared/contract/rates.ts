import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';

export const light = z.enum(['green', 'yellow', 'red', 'none']);
export const rateKind = z.enum(['commencementRate', 'investmentRate', 'fundsRate', 'completionRate']);
export type RateKindName = z.infer<typeof rateKind>;
export const rateGrouping = z.enum(['city', 'unit', 'group', 'list']);
export type RateGrouping = z.infer<typeof rateGrouping>;

/** 打包项目 counted as one (`whole`) or as their parts (`parts`). */
export const counting = z.enum(['whole', 'parts']);

/** Which projects: all when absent. */
export const rateScope = z.object({
  unitIds: z.array(rowId).max(5000).optional(),
  groupIds: z.array(rowId).max(500).optional(),
  lists: z.array(z.string()).max(50).optional(),
  projectIds: z.array(rowId).max(50_000).optional(),
});
export type RateScope = z.infer<typeof rateScope>;

/** The version of a rule by which something was judged. `ruleId` is 'default' where the ledger has none of its own. */
export const ruleMark = z.object({
  ruleId: z.string(),
  name: z.string(),
  version: z.number(),
  effectiveFrom: dateText,
});

/** One rate with what it says of itself; amounts in yuan, counts in projects. */
export const rateFigure = z.object({
  kind: rateKind,
  numerator: z.number(),
  denominator: z.number(),
  /** '22.3 %', or '—'. */
  text: z.string(),
  /** 0.223; null without a denominator. */
  value: z.number().nullable(),
  formula: z.string(),
  /** Projects in the denominator, done among them (rates of projects), left out, counted as 0 for want of a report. */
  included: z.number(),
  achieved: z.number(),
  excluded: z.number(),
  assumed: z.number(),
});
export type RateFigure = z.infer<typeof rateFigure>;

const lightCounts = z.object({ green: z.number(), yellow: z.number(), red: z.number(), none: z.number() });

export const rateRow = z.object({
  /** Unit, group or list; 'city' for all; '' for projects without one. */
  key: z.string(),
  label: z.string(),
  projects: z.number(),
  /** Yuan, of the projects counted. */
  totalInvestment: z.number(),
  annualPlan: z.number(),
  yearToDate: z.number(),
  lights: lightCounts,
  rates: z.record(rateKind, rateFigure),
});
export type RateRow = z.infer<typeof rateRow>;

export const rateSummary = z.object({
  date: dateText,
  by: rateGrouping,
  counting,
  rule: ruleMark,
  definitions: z.record(rateKind, z.string()),
  /** 序时进度 of the date under the light rule in force. */
  due: z.object({ value: z.number(), text: z.string() }),
  rows: z.array(rateRow),
  total: rateRow,
});
export type RateSummary = z.infer<typeof rateSummary>;

export const lightReason = z.object({ code: z.string(), light, text: z.string() });

export const projectLight = z.object({
  projectId: z.string(),
  name: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  lists: z.array(z.string()),
  stage: z.string().nullable(),
  light,
  text: z.string(),
  reasons: z.array(lightReason),
  ruleId: z.string(),
  ruleVersion: z.number(),
  /** Yuan. */
  annualPlan: z.number().nullable(),
  yearToDate: z.number().nullable(),
  /** Period of the report the figures are from. */
  period: z.string().nullable(),
});
export type ProjectLight = z.infer<typeof projectLight>;

/** What a list of lights shows of a project; why it has its light in full is asked for one by one. */
export const LISTED_LIGHT = [
  'projectId',
  'name',
  'unitId',
  'unitName',
  'stage',
  'light',
  'text',
  'annualPlan',
  'yearToDate',
] as const satisfies readonly (keyof ProjectLight)[];
export type ListedLight = Pick<ProjectLight, (typeof LISTED_LIGHT)[number]>;

const namedProject = z.object({ id: z.string(), name: z.string(), unitName: z.string() });

/** 四率 and 亮灯 of any date (A4, C12). A figure is that of the latest report in force by the date, within its year. */
export const ratesContract = {
  summary: procedure
    .input(z.object({ date: dateText, by: rateGrouping, scope: rateScope.optional(), counting: counting.optional() }))
    .output(rateSummary),
  /** The projects behind one figure of the summary. */
  behind: procedure
    .input(
      z.object({
        date: dateText,
        by: rateGrouping,
        key: z.string(),
        kind: rateKind,
        scope: rateScope.optional(),
        counting: counting.optional(),
      }),
    )
    .output(
      z.object({
        label: z.string(),
        figure: rateFigure,
        definition: z.string(),
        rule: ruleMark,
        included: z.array(
          namedProject.extend({ numerator: z.number(), denominator: z.number(), note: z.string().nullable() }),
        ),
        excluded: z.array(namedProject.extend({ reason: z.string() })),
      }),
    ),
  lights: procedure
    .input(z.object({ date: dateText, scope: rateScope.optional() }))
    // As `packRows` of LISTED_LIGHT: twenty thousand objects, checked one by one, would take some hundred MB on their way.
    .output(z.object({ date: dateText, rule: ruleMark, packed: z.string() })),
  /** Why a project has its light, the curve it is measured against, and its lights at the ends of earlier periods. */
  explain: procedure.input(z.object({ projectId: rowId, date: dateText })).output(
    z.object({
      current: projectLight,
      rule: ruleMark,
      /** The rule in words. */
      ruleText: z.array(z.string()),
      /** By month end of the year: percent due, percent done (null where nothing was reported or it lies ahead). */
      curve: z.array(z.object({ month: z.number(), due: z.number(), done: z.number().nullable() })),
      history: z.array(z.object({ period: z.string(), label: z.string(), date: dateText, light, text: z.string() })),
    }),
  ),
  /** 包保推进组 with the units each has on the date (A2, A3). */
  groups: procedure.input(z.object({ date: dateText })).output(
    z.array(
      z.object({
        groupId: z.string(),
        name: z.string(),
        leader: z.string().nullable(),
        units: z.array(z.object({ unitId: z.string(), name: z.string() })),
      }),
    ),
  ),
};
