import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';
import { counting } from './rates.ts';
import { commitResult } from './records.ts';

const text = z.string().nullable();

const stageEventLine = z.object({
  id: z.string(),
  from: text,
  to: z.string(),
  date: z.string(),
  evidence: text,
  note: text,
  /** 'forward', 'stop', 'resume' or 'back'. */
  kind: z.string(),
  /** Nothing proves a step that wants a paper. */
  lacksEvidence: z.boolean(),
  operator: z.string(),
});
export type StageEventLine = z.infer<typeof stageEventLine>;

const outputLine = z.object({
  id: z.string(),
  month: z.string(),
  output: z.number().nullable(),
  tax: z.number().nullable(),
  jobs: z.number().nullable(),
  capacity: z.number().nullable(),
  note: text,
});
export type OutputLine = z.infer<typeof outputLine>;

const stageMoveChoice = z.object({ to: z.string(), label: z.string(), kind: z.string(), evidence: z.boolean() });

export const projectStages = z.object({
  projectId: z.string(),
  stage: text,
  dates: z.object({ actualStart: text, actualCompletion: text, productionDate: text, suspendedSince: text }),
  /** Day of the latest event, or null. */
  lastEvent: text,
  moves: z.array(stageMoveChoice),
  /** Why this office may not enter a step; null when it may. */
  locked: text,
  /** Oldest first. */
  events: z.array(stageEventLine),
  /** By month, oldest first. */
  outputs: z.array(outputLine),
});
export type ProjectStages = z.infer<typeof projectStages>;

const rate = z.object({ text: z.string(), formula: z.string() });

export const conversionRow = z.object({
  key: z.string(),
  label: z.string(),
  reserve: z.number(),
  started: z.number(),
  underWay: z.number(),
  inProduction: z.number(),
  startRate: rate,
  outputRate: rate,
});
export type ConversionRow = z.infer<typeof conversionRow>;

export const yieldRow = z.object({
  id: z.string(),
  name: z.string(),
  unitName: z.string(),
  productionDate: text,
  totalInvestment: z.number().nullable(),
  /** Yuan of the year. */
  output: z.number().nullable(),
  tax: z.number().nullable(),
  latestMonth: text,
  /** Of the latest month told. */
  jobs: z.number().nullable(),
  capacity: z.number().nullable(),
  /** Whole months of the year since production that nobody told of. */
  missing: z.array(z.string()),
});
export type YieldRow = z.infer<typeof yieldRow>;

/** 建设阶段 (A6, D10): every step with its day and paper, what follows production, how reserves become output. */
export const stagesContract = {
  of: procedure.input(z.object({ projectId: rowId })).output(projectStages),
  /** Enters a step: event, stage and dates of the project in one undo step. Fails with RULE_BROKEN naming what is wrong. */
  move: procedure
    .input(
      z.object({
        projectId: rowId,
        to: z.string().max(20),
        date: dateText,
        evidence: z.string().max(200).nullable(),
        note: z.string().max(5000).nullable(),
      }),
    )
    .output(commitResult.extend({ title: z.string() })),
  /** 储备→开工→投产 by unit in a year, and of the years around it. */
  conversion: procedure.input(z.object({ year: z.int().min(2000).max(2100), counting: counting.optional() })).output(
    z.object({
      year: z.number(),
      counting,
      definitions: z.array(z.string()),
      rows: z.array(conversionRow),
      total: conversionRow,
      years: z.array(conversionRow),
    }),
  ),
  /** What the projects in production yielded in a year. */
  yields: procedure.input(z.object({ year: z.int().min(2000).max(2100) })).output(z.array(yieldRow)),
};
