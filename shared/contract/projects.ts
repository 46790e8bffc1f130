import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import type { Value } from '../dictionary/index.ts';
import { dateText, procedure, row, rowId } from './base.ts';
import { light } from './rates.ts';

/**
 * What a project row of the grid has beside the fields of the dictionary. Money in yuan; `investmentRate` 1 = 100 %;
 * `light` green, yellow, red or none.
 */
export const computedKeys = [
  'unitName',
  'groupName',
  'period',
  'yearToDate',
  'sinceStart',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'investmentRate',
  'light',
  'lightText',
  'linksTotal',
  'linksDone',
  'linksOverdue',
  'proposals',
] as const;
export type ComputedKey = (typeof computedKeys)[number];

/**
 * Rows of the grid as arrays in the order of `columns`. They are not checked one by one here; they come from our own
 * query.
 */
const compactRows = z.custom<readonly (readonly Value[])[]>((rows) => Array.isArray(rows));

const gridTable = z.object({
  ledgerId: z.string(),
  /** Last number of the journal that these rows know of; what `changes` starts from. */
  n: z.number(),
  /** The day of the figures and lights. */
  date: dateText,
  columns: z.array(z.string()),
  rows: compactRows,
});
export type GridTable = z.infer<typeof gridTable>;

/** Some of the rows, packed (shared/domain/packed-rows.ts): 20,000 rows of 75 values must pass a port. */
const gridSlice = gridTable.omit({ rows: true }).extend({ packed: z.string() });
export type GridSlice = z.infer<typeof gridSlice>;

export const linkState = z.enum(['done', 'overdue', 'dueSoon', 'open', 'undated']);
export type LinkState = z.infer<typeof linkState>;

const pageLink = z.object({
  id: z.string(),
  sequence: z.number().nullable(),
  name: z.string().nullable(),
  unitText: z.string().nullable(),
  personId: z.string().nullable(),
  plannedStart: z.string().nullable(),
  deadline: z.string().nullable(),
  doneOn: z.string().nullable(),
  evidence: z.string().nullable(),
  note: z.string().nullable(),
  state: linkState,
  /** Days late when overdue or done late, days left when open; null without a deadline. */
  days: z.number().nullable(),
});
export type PageLink = z.infer<typeof pageLink>;

const pageReport = z.object({
  id: z.string(),
  period: z.string(),
  periodLabel: z.string(),
  periodInvestment: z.number().nullable(),
  yearToDate: z.number().nullable(),
  fundsInPlace: z.number().nullable(),
  visibleProgress: z.string().nullable(),
  problems: z.string().nullable(),
  nextSteps: z.string().nullable(),
  /** A later submission replaced an earlier one of the same period. */
  corrected: z.boolean(),
  submittedAt: z.number().nullable(),
  operator: z.string().nullable(),
});
export type PageReport = z.infer<typeof pageReport>;

const pageSheet = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  number: z.string().nullable(),
  title: z.string().nullable(),
  issuedOn: z.string().nullable(),
  replyDue: z.string().nullable(),
  repliedOn: z.string().nullable(),
});

const pageProposal = z.object({
  id: z.string(),
  field: z.string(),
  label: z.string(),
  current: z.string(),
  proposed: z.string(),
  office: z.string(),
  operator: z.string().nullable(),
  reason: z.string().nullable(),
  /** Who decides. */
  toOwner: z.string().nullable(),
  /** This office made it. */
  ours: z.boolean(),
});

const pageHistory = z.object({
  at: z.number(),
  operator: z.string(),
  office: z.string(),
  /** What was done: '粘贴 36 个单元格'. */
  title: z.string(),
  /** '项目', or the link concerned: '环节“施工许可”'. */
  subject: z.string(),
  label: z.string(),
  before: z.string(),
  after: z.string(),
});

export const projectPage = z.object({
  project: row,
  unitName: z.string(),
  groupName: z.string().nullable(),
  date: dateText,
  /** Latest report in force on the date, within its year; yuan. */
  latest: z.object({
    period: z.string().nullable(),
    periodLabel: z.string().nullable(),
    yearToDate: z.number().nullable(),
    fundsInPlace: z.number().nullable(),
    visibleProgress: z.string().nullable(),
  }),
  light,
  lightText: z.string(),
  /** In the order of the dictionary: who holds which role. */
  people: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      personId: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  ),
  links: z.array(pageLink),
  /** Newest first, at most twelve periods. */
  reports: z.array(pageReport),
  sheets: z.array(pageSheet),
  /** Open ones. */
  proposals: z.array(pageProposal),
  /** Newest first, values in words. */
  history: z.array(pageHistory),
});
export type ProjectPage = z.infer<typeof projectPage>;

/** 项目台账 (A5, A6, A10): the grid of all projects and the page of one. Rows are changed through `records.commit`. */
export const projectsContract = {
  /**
   * All projects not 作废, with figures and lights of a day (today when absent), slice by slice, at least one. `n` is that
   * of the first slice in all of them: ask `changes` from there for what was written meanwhile.
   */
  grid: procedure.input(z.object({ asOf: dateText.optional() })).output(eventIterator(gridSlice)),
  /**
   * What differs since a reading of the grid, told by its ledger, journal number and date. `whole`: too much did, read the
   * grid again. `gone` are projects no longer to be shown.
   */
  changes: procedure
    .input(z.object({ ledgerId: z.string(), since: z.int().min(0), date: dateText, asOf: dateText.optional() }))
    .output(gridTable.extend({ whole: z.boolean(), gone: z.array(z.string()) })),
  /** The rows of the projects named, with the columns of `grid`. */
  rows: procedure.input(z.object({ ids: z.array(rowId).max(20_000), asOf: dateText.optional() })).output(gridTable),
  page: procedure.input(z.object({ id: rowId, asOf: dateText.optional() })).output(projectPage),
};
