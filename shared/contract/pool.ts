import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';
import { commitResult } from './records.ts';

const text = z.string().nullable();
const amount = z.number().nullable();

export const runKind = z.enum(['halfMonth', 'quarter']);
export type RunKindName = z.infer<typeof runKind>;
export const adjustmentKind = z.enum(['admit', 'drop', 'replace', 'promote', 'retire']);
export type AdjustmentKindName = z.infer<typeof adjustmentKind>;

const batchLine = z.object({
  key: z.string(),
  label: z.string(),
  proposed: z.number(),
  approved: z.number(),
  done: z.number(),
  declined: z.number(),
});

const counted = z.object({ count: z.number(), totalInvestment: z.number(), annualPlan: z.number() });

const listSummary = z.object({
  list: z.string(),
  label: z.string(),
  /** 打包项目 counted as one, and as their parts. */
  whole: counted,
  parts: counted,
});
export type ListSummary = z.infer<typeof listSummary>;

export const poolOverview = z.object({
  date: dateText,
  /** The rule in words. */
  rule: z.array(z.string()),
  /** Days in which promotion is open, and whether today is one. */
  window: z.object({ open: z.boolean(), text: z.string() }),
  /** The run of the present half month and quarter. */
  runs: z.object({ halfMonth: batchLine, quarter: batchLine }),
  /** Runs with rows, newest first. */
  batches: z.array(batchLine),
  lists: z.array(listSummary),
});
export type PoolOverview = z.infer<typeof poolOverview>;

const candidate = z.object({
  id: z.string(),
  name: z.string(),
  unitName: z.string(),
  totalInvestment: amount,
  annualPlan: amount,
  /** Percent by which the total investment differs. */
  percent: z.number().nullable(),
});
export type PoolCandidate = z.infer<typeof candidate>;

export const poolProposal = z.object({
  id: z.string(),
  kind: adjustmentKind,
  projectId: z.string(),
  name: z.string(),
  unitName: z.string(),
  list: z.string(),
  stage: text,
  totalInvestment: amount,
  annualPlan: amount,
  yearToDate: amount,
  reason: z.string(),
  candidates: z.array(candidate),
});
export type PoolProposal = z.infer<typeof poolProposal>;

const finding = z.object({
  id: z.string(),
  field: z.string(),
  severity: z.enum(['stop', 'ask']),
  reason: z.string(),
  cure: z.string(),
});
export type PoolFinding = z.infer<typeof finding>;

export const adjustmentLine = z.object({
  id: z.string(),
  batch: z.string(),
  kind: adjustmentKind,
  state: z.enum(['proposed', 'approved', 'done', 'declined']),
  projectId: z.string(),
  name: z.string(),
  unitName: z.string(),
  list: z.string(),
  totalInvestment: amount,
  annualPlan: amount,
  replacementId: text,
  replacementName: text,
  replacementInvestment: amount,
  /** Percent by which the replacement differs. */
  percent: z.number().nullable(),
  reason: text,
  effectiveOn: text,
  approvedBy: text,
  approvedOn: text,
  approvalNote: text,
});
export type AdjustmentLine = z.infer<typeof adjustmentLine>;

const totals = z.object({ list: z.string(), count: z.number(), annualPlan: z.number(), totalInvestment: z.number() });
const listChange = z.object({
  list: z.string(),
  label: z.string(),
  before: totals,
  after: totals,
  excused: z.object({ count: z.number(), annualPlan: z.number() }),
  problem: text,
});
export type ListChangeLine = z.infer<typeof listChange>;

export const batchSheet = z.object({
  key: z.string(),
  label: z.string(),
  date: dateText,
  lines: z.array(adjustmentLine),
  findings: z.array(finding),
  /** Of the rows that are not yet carried out. */
  changes: z.array(listChange),
});
export type BatchSheet = z.infer<typeof batchSheet>;

export const membershipLine = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  unitName: z.string(),
  list: z.string(),
  year: z.number().nullable(),
  effectiveFrom: text,
  effectiveTo: text,
  note: text,
  current: z.boolean(),
  totalInvestment: amount,
  annualPlan: amount,
});
export type MembershipLine = z.infer<typeof membershipLine>;

export const reserveLine = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  unitName: z.string(),
  stage: text,
  totalInvestment: amount,
  poolClass: z.string(),
  step: z.string(),
  enteredOn: text,
  ripeOn: text,
  leftOn: text,
  outcome: text,
  note: text,
  /** Ripe on the day asked: may be admitted. */
  ripe: z.boolean(),
});
export type ReserveLine = z.infer<typeof reserveLine>;

export const expertLine = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  title: text,
  speciality: text,
  source: text,
  since: text,
  until: text,
  note: text,
  reviews: z.number(),
});
export type ExpertLine = z.infer<typeof expertLine>;

export const reviewLine = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  unitName: z.string(),
  expertId: z.string(),
  expertName: z.string(),
  reviewedOn: z.string(),
  conclusion: text,
  risk: text,
  opinion: text,
  riskText: text,
});
export type ReviewLine = z.infer<typeof reviewLine>;

const bundleAmounts = { totalInvestment: amount, annualPlan: amount, yearToDate: amount };
export const bundleLine = z.object({
  id: z.string(),
  name: z.string(),
  unitName: z.string(),
  /** '' for the bundle itself, else the bundle the part belongs to. */
  bundleId: z.string(),
  bundleName: z.string(),
  parts: z.number(),
  ...bundleAmounts,
  /** Where the sum of the parts is not that of the bundle, in words; '' otherwise. */
  difference: z.string(),
});
export type BundleLine = z.infer<typeof bundleLine>;

const paper = z.object({ html: z.string(), title: z.string(), pages: z.number() });

/** 储备调整 (B6, C9, D13, E9, E10) and 打包项目. Plain fields are changed through `records.commit`. */
export const poolContract = {
  overview: procedure.output(poolOverview),
  /** Adjustments that the figures of a day suggest: behind the pace, completed, ripe, fit to move up. */
  proposals: procedure
    .input(z.object({ date: dateText.optional() }))
    .output(z.object({ date: dateText, periods: z.array(z.string()), proposals: z.array(poolProposal) })),
  batch: procedure.input(z.object({ batch: z.string().max(24) })).output(batchSheet),
  /** Projects that may take another's place, the nearest in investment first. */
  candidates: procedure
    .input(z.object({ projectId: rowId, list: z.string().max(40) }))
    .output(z.object({ candidates: z.array(candidate), tolerance: z.number() })),
  add: procedure
    .input(
      z.object({
        batch: z.string().max(24),
        items: z
          .array(
            z.object({
              kind: adjustmentKind,
              projectId: rowId,
              list: z.string().max(40),
              replacementId: rowId.nullable(),
              reason: z.string().max(2000).nullable(),
            }),
          )
          .min(1)
          .max(500),
      }),
    )
    .output(z.object({ ids: z.array(z.string()) })),
  /** Records the approval of a run's rows; fails with RULE_BROKEN where the run breaks a rule. */
  approve: procedure
    .input(
      z.object({
        batch: z.string().max(24),
        approvedBy: z.string().trim().min(1).max(40),
        approvedOn: dateText,
        note: z.string().trim().min(2).max(200),
      }),
    )
    .output(commitResult),
  decline: procedure
    .input(z.object({ ids: z.array(rowId).min(1).max(500), reason: z.string().trim().min(2).max(200) }))
    .output(commitResult),
  /** Carries the approved rows out: memberships, lists of the projects, the reserve pool. */
  execute: procedure.input(z.object({ batch: z.string().max(24), date: dateText })).output(commitResult),
  memberships: procedure
    .input(z.object({ date: dateText.optional() }))
    .output(z.object({ date: dateText, rows: z.array(membershipLine) })),
  reserve: procedure.output(z.object({ date: dateText, rows: z.array(reserveLine) })),
  /** Projects that are reserves by their stage and in no pool yet, put into it. */
  takeIn: procedure.output(commitResult),
  experts: procedure.output(z.object({ experts: z.array(expertLine), reviews: z.array(reviewLine) })),
  bundles: procedure.output(z.object({ date: dateText, rows: z.array(bundleLine) })),
  /** The run as a paper to be approved and sealed. */
  paper: procedure.input(z.object({ batch: z.string().max(24) })).output(paper),
};
