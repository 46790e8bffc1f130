import * as z from 'zod';
import { dateText, procedure, rowId, value } from './base.ts';
import { counting, light } from './rates.ts';
import { commitResult } from './records.ts';

export const reportKind = z.enum(['tenDay', 'day', 'week', 'halfMonth', 'month']);
export type ReportKindName = z.infer<typeof reportKind>;
const periodKey = z.string().min(4).max(16);

export const periodInfo = z.object({
  key: z.string(),
  kind: reportKind,
  /** '2021年5月中旬'. */
  label: z.string(),
  /** '2021年5月中旬旬报'. */
  title: z.string(),
  start: dateText,
  end: dateText,
  due: z.object({ date: dateText, time: z.string(), instant: z.number() }),
  /** '还有1天', '今天截止', '已过2天'. */
  dueText: z.string(),
  overdue: z.boolean(),
  previousKey: z.string(),
  nextKey: z.string(),
});
export type PeriodInfo = z.infer<typeof periodInfo>;

/** How a unit stands with one period. `open`: nothing yet, the deadline is ahead. `none`: it has nothing to report. */
export const unitState = z.enum(['reported', 'late', 'partial', 'missing', 'open', 'none']);
export type UnitState = z.infer<typeof unitState>;

export const unitStatus = z.object({
  unitId: z.string(),
  unitName: z.string(),
  state: unitState,
  /** 已报、迟报、部分报送、未报、未到期、无应报项目. */
  stateText: z.string(),
  expected: z.number(),
  reported: z.number(),
  /** Rows being filled in this ledger and not submitted. */
  drafts: z.number(),
  /** First submission; UTC ms. */
  submittedAt: z.number().nullable(),
  operator: z.string().nullable(),
  late: z.boolean(),
  /** Reports replaced by a correction. */
  corrected: z.number(),
  /** Reports that came beside another one of the same project and period, as from two PCs; the later counts. */
  doubled: z.number(),
  /** Files of its office are missing: 数据不完整. */
  incomplete: z.boolean(),
  /** 已审核: by whom and when; null while the period is open. */
  reviewed: z.object({ at: z.number(), operator: z.string() }).nullable(),
  /** 更正申请 that wait. */
  requests: z.number(),
});
export type UnitStatus = z.infer<typeof unitStatus>;

const amounts = {
  periodInvestment: z.number().nullable(),
  yearToDate: z.number().nullable(),
  fundsInPlace: z.number().nullable(),
};
const words = {
  visibleProgress: z.string().nullable(),
  problems: z.string().nullable(),
  nextSteps: z.string().nullable(),
};
export const figures = z.object({ ...amounts, ...words, explanation: z.string().nullable() });
export type Figures = z.infer<typeof figures>;

export const finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warn']),
  field: z.string(),
  text: z.string(),
});

export const sheetRow = figures.extend({
  /** The project's id: one row a project. */
  id: z.string(),
  name: z.string(),
  code: z.string().nullable(),
  unitId: z.string(),
  unitName: z.string(),
  stage: z.string().nullable(),
  light,
  lightText: z.string(),
  /** Not expected to report by its stage. */
  optional: z.boolean(),
  totalInvestment: z.number().nullable(),
  annualPlan: z.number().nullable(),
  /** The latest report before this period; null when there is none. */
  previous: z.object({ period: z.string(), label: z.string(), ...amounts, ...words }).nullable(),
  /** `sealed`: submitted, unchanged. `correcting`: submitted, and changed since in this ledger. */
  status: z.enum(['empty', 'draft', 'sealed', 'correcting']),
  statusText: z.string(),
  /** Times the submitted report was corrected. */
  corrections: z.number(),
  /** 更正申请 of this office, open or not taken, with the answer; null where there is none. */
  request: z.object({ state: z.enum(['requested', 'declined']), answer: z.string().nullable() }).nullable(),
  findings: z.array(finding),
  /** Something is to be confirmed and 核实说明 is empty. */
  needsExplanation: z.boolean(),
});
export type SheetRow = z.infer<typeof sheetRow>;

export const sheetCounts = z.object({
  expected: z.number(),
  filled: z.number(),
  submitted: z.number(),
  errors: z.number(),
  /** Rows whose doubts want an explanation. */
  unexplained: z.number(),
});

const fillField = z.enum([
  'periodInvestment',
  'yearToDate',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
  'explanation',
]);
export type FillField = z.infer<typeof fillField>;

export const fillResult = commitResult.extend({
  /** 自年初累计 that the program worked out, to be told to the operator. */
  suggested: z.array(z.object({ projectId: z.string(), field: fillField, value: z.number() })),
  title: z.string(),
});

const checkResult = z.object({
  counts: sheetCounts,
  rows: z.array(
    z.object({
      projectId: z.string(),
      name: z.string(),
      unitName: z.string(),
      findings: z.array(finding),
      needsExplanation: z.boolean(),
    }),
  ),
  missing: z.array(z.object({ projectId: z.string(), name: z.string(), unitName: z.string() })),
});
export type CheckResult = z.infer<typeof checkResult>;

export const submitResult = z.object({
  n: z.number(),
  title: z.string(),
  /** Reports new, corrected, and expected ones still missing. */
  added: z.number(),
  corrected: z.number(),
  missing: z.number(),
  /** Of them 更正申请, because the period was reviewed. */
  requests: z.number(),
  submissions: z.array(
    z.object({
      submissionId: z.string(),
      unitId: z.string(),
      unitName: z.string(),
      count: z.number(),
      late: z.boolean(),
    }),
  ),
});
export type SubmitResult = z.infer<typeof submitResult>;

export const reportLine = z.object({
  reportId: z.string(),
  period: z.string(),
  label: z.string(),
  kind: reportKind,
  ...amounts,
  ...words,
  explanation: z.string().nullable(),
  submittedAt: z.number().nullable(),
  operator: z.string().nullable(),
  late: z.boolean(),
  /** Why it replaced another, and which. */
  reason: z.string().nullable(),
  supersedes: z.string().nullable(),
  supersededBy: z.string().nullable(),
  voided: z.boolean(),
  /** 更正申请: waits, or was not taken and why. */
  standing: z.enum(['counts', 'requested', 'declined']),
  answer: z.string().nullable(),
});

/** 更正申请: a report that came after its unit's period was reviewed. */
export const correctionRequest = z.object({
  reportId: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  period: z.string(),
  /** '2021年5月中旬'. */
  label: z.string(),
  state: z.enum(['requested', 'declined']),
  submittedAt: z.number().nullable(),
  operator: z.string().nullable(),
  /** Why the unit corrects. */
  reason: z.string().nullable(),
  /** Why it was not taken. */
  answer: z.string().nullable(),
  asked: figures,
  /** What counts now; null where nothing was reported before the review. */
  counted: figures.nullable(),
});
export type CorrectionRequest = z.infer<typeof correctionRequest>;

export const consolidatedRow = z.object({
  projectId: z.string(),
  sequence: z.number(),
  unitId: z.string(),
  unitName: z.string(),
  name: z.string(),
  stage: z.string().nullable(),
  content: z.string().nullable(),
  totalInvestment: z.number().nullable(),
  annualPlan: z.number().nullable(),
  ...amounts,
  /** 自年初累计 ÷ 年度计划: '22.3 %' or '—'. */
  planShare: z.string(),
  ...words,
  cityLeader: z.string().nullable(),
  countyLeader: z.string().nullable(),
  officer: z.string().nullable(),
  builder: z.string().nullable(),
  bundleId: z.string().nullable(),
  /** In the sums; false for what a bundle or its parts already stand for. */
  counted: z.boolean(),
  expected: z.boolean(),
  reported: z.boolean(),
  /** Where the project did not report: label of the earlier report of the year whose cumulative figures stand here. */
  carriedFrom: z.string().nullable(),
  /** '未报', '未报，沿用2021年5月上旬', '更正2次', or empty. */
  mark: z.string(),
});
export type ConsolidatedRow = z.infer<typeof consolidatedRow>;

const consolidatedTotal = z.object({
  label: z.string(),
  projects: z.number(),
  expected: z.number(),
  reported: z.number(),
  totalInvestment: z.number(),
  annualPlan: z.number(),
  periodInvestment: z.number(),
  yearToDate: z.number(),
  fundsInPlace: z.number(),
  planShare: z.string(),
});

const periodInput = z.object({ kind: reportKind.default('tenDay'), period: periodKey });

/** 旬报 (B7): fill, check, submit, correct; and what the city has received. */
export const reportsContract = {
  /** The period to work on now, and those before it, newest first. */
  periods: procedure
    .input(z.object({ kind: reportKind.default('tenDay'), count: z.int().min(1).max(120).default(12) }))
    .output(z.object({ current: periodInfo, recent: z.array(periodInfo) })),
  /** How each unit stands with a period: the county's own units, or all for the city. */
  overview: procedure.input(periodInput).output(
    z.object({
      period: periodInfo,
      units: z.array(unitStatus),
      totals: z.object({
        /** Units with something to report, and how they stand. */
        units: z.number(),
        reported: z.number(),
        late: z.number(),
        partial: z.number(),
        missing: z.number(),
        open: z.number(),
        corrected: z.number(),
        /** Projects. */
        expectedProjects: z.number(),
        reportedProjects: z.number(),
        filledProjects: z.number(),
      }),
    }),
  ),
  /** The filling grid: one row per expected project, last period's figures beside. `all`: those not expected too. */
  sheet: procedure.input(periodInput.extend({ unitId: rowId.optional(), all: z.boolean().optional() })).output(
    z.object({
      period: periodInfo,
      /** Units this office fills; in the city's ledger, every unit. */
      units: z.array(z.object({ unitId: z.string(), name: z.string(), mayFill: z.boolean() })),
      mayFill: z.boolean(),
      /** Units of the sheet whose period is reviewed: what is submitted for them is a 更正申请. */
      reviewed: z.array(z.object({ unitId: z.string(), name: z.string(), at: z.number(), operator: z.string() })),
      counts: sheetCounts,
      rows: z.array(sheetRow),
    }),
  ),
  /** Cell edits into the draft, one commit. `correcting` allows changing what was submitted. */
  fill: procedure
    .input(
      periodInput.extend({
        edits: z
          .array(z.object({ projectId: rowId, field: fillField, value }))
          .min(1)
          .max(100_000),
        title: z.string().min(1).max(120).optional(),
        correcting: z.boolean().optional(),
      }),
    )
    .output(fillResult),
  /** 参照上期: copies the words of the last report into empty cells. */
  copyLast: procedure
    .input(
      periodInput.extend({
        projectIds: z.array(rowId).max(50_000).optional(),
        unitId: rowId.optional(),
        fields: z.array(z.enum(['visibleProgress', 'problems', 'nextSteps'])).min(1),
      }),
    )
    .output(commitResult.extend({ cells: z.number(), title: z.string() })),
  /** 校验: what is wrong or missing, without writing. */
  check: procedure.input(periodInput.extend({ unitIds: z.array(rowId).max(5000).optional() })).output(checkResult),
  /**
   * Seals the drafts of the units as reports, one submission a unit, one commit. What was already submitted and differs now is
   * a correction and needs `reason`. `incomplete` confirms that expected projects are missing.
   */
  submit: procedure
    .input(
      periodInput.extend({
        unitIds: z.array(rowId).max(5000).optional(),
        reason: z.string().trim().max(200).optional(),
        incomplete: z.boolean().optional(),
      }),
    )
    .output(submitResult),
  /** Throws away what was changed since the last submission, as one commit. */
  discard: procedure.input(periodInput.extend({ unitId: rowId.optional() })).output(commitResult),
  /** Every report of a project, newest period first, with what was corrected by what (C14). */
  history: procedure.input(z.object({ projectId: rowId })).output(z.array(reportLine)),
  /** Unit × period over the last periods up to the one asked for, oldest first. */
  received: procedure.input(periodInput.extend({ count: z.int().min(1).max(36).default(6) })).output(
    z.object({
      periods: z.array(periodInfo),
      units: z.array(z.object({ unitId: z.string(), unitName: z.string(), cells: z.array(unitStatus) })),
    }),
  ),
  /** 审核: the period of these units is closed. City only. */
  review: procedure
    .input(periodInput.extend({ unitIds: z.array(rowId).min(1).max(5000) }))
    .output(commitResult.extend({ title: z.string() })),
  /** 取消审核, with the reason. City only. */
  withdrawReview: procedure
    .input(periodInput.extend({ unitId: rowId, reason: z.string().trim().min(1).max(200) }))
    .output(commitResult.extend({ title: z.string() })),
  /** 更正申请 of a period or of all, newest first. */
  requests: procedure
    .input(z.object({ kind: reportKind.default('tenDay'), period: periodKey.optional() }))
    .output(z.array(correctionRequest)),
  /** 采纳 or, with the reason, 不采纳. City only. */
  decideRequests: procedure
    .input(
      z.object({
        reportIds: z.array(rowId).min(1).max(5000),
        accept: z.boolean(),
        reason: z.string().trim().max(200).optional(),
      }),
    )
    .output(z.object({ decided: z.number() })),
  /** 旬报汇总表 of a period (domain facts §3.1), with totals for all and for each unit. */
  consolidated: procedure.input(periodInput.extend({ unitId: rowId.optional(), counting: counting.optional() })).output(
    z.object({
      period: periodInfo,
      counting,
      /** '打包计一个 40 个，按子项计 46 个'; '' where there is no bundle. */
      bothWays: z.string(),
      rows: z.array(consolidatedRow),
      total: consolidatedTotal,
      units: z.array(consolidatedTotal.extend({ unitId: z.string() })),
    }),
  ),
};
