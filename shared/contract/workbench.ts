import * as z from 'zod';
import { procedure } from './base.ts';
import { upgradeNotice } from './exchange.ts';
import { light, rateKind } from './rates.ts';
import { periodInfo, unitState } from './reports.ts';
import { sheetLine } from './supervision.ts';

/** 专项行动 on the ledger's day. */
const campaign = z.object({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  state: z.enum(['before', 'running', 'after']),
  /** 第 n 天, from 1, while it runs; days until it begins before it; 0 after it. */
  day: z.number(),
  total: z.number(),
});
export type Campaign = z.infer<typeof campaign>;

const lightCounts = z.object({ green: z.number(), yellow: z.number(), red: z.number(), none: z.number() });

const redProject = z.object({
  projectId: z.string(),
  name: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  text: z.string(),
  /** Was not red at the end of the period before. */
  isNew: z.boolean(),
  /** Light at the end of the period before; null when the project was not there. */
  before: light.nullable(),
  /** The open sheet about it, if there is one. */
  sheet: z.object({ id: z.string(), text: z.string() }).nullable(),
});
export type RedProject = z.infer<typeof redProject>;

const named = z.object({ unitId: z.string(), unitName: z.string(), expected: z.number(), reported: z.number() });

/** A unit at a glance: its report, its red lights, its 投资完成率. */
const unitLine = z.object({
  unitId: z.string(),
  name: z.string(),
  state: unitState,
  stateText: z.string(),
  projects: z.number(),
  red: z.number(),
  /** '22.3 %', or '—'. */
  investment: z.string(),
});
export type UnitLine = z.infer<typeof unitLine>;

/** How the units stand with one period, by name. */
const standing = z.object({
  period: periodInfo,
  /** Units that have something to report. */
  units: z.number(),
  reported: z.array(named),
  late: z.array(named),
  partial: z.array(named),
  /** Nothing handed in, whether or not the deadline has passed. */
  missing: z.array(named),
});
export type Standing = z.infer<typeof standing>;

const waiting = z.object({
  /** 更正申请 that wait for the city. */
  requests: z.number(),
  /** 建议修改 for this office to decide, and its own that the other side has not decided. */
  proposals: z.number(),
  proposed: z.number(),
  conflicts: z.number(),
});

const fileRead = z.object({
  id: z.string(),
  officeName: z.string(),
  at: z.number(),
  /** '2021年5月中旬', or what kind of file it was. */
  period: z.string().nullable(),
  fileName: z.string(),
});

/** What a ledger that was just set up holds of each of the things it needs. */
const firstSteps = z.object({ units: z.number(), projects: z.number(), enrolled: z.number() });
export type FirstSteps = z.infer<typeof firstSteps>;

const rates = z.record(rateKind, z.object({ value: z.number().nullable(), /** '22.3 %', or '—'. */ text: z.string() }));

const weeklyBy = z.enum(['leader', 'unit']);
export type WeeklyBy = z.infer<typeof weeklyBy>;

/** The lights of a Monday to whoever answers for them, as a message ready to be sent (C12). */
const weeklyNotes = z.object({
  /** The Monday of the week, and the one before. */
  date: z.string(),
  lastDate: z.string(),
  notes: z.array(
    z.object({
      /** Id of the person or unit; '' for projects that nobody is named for. */
      key: z.string(),
      to: z.string(),
      projects: z.number(),
      red: z.number(),
      yellow: z.number(),
      /** Red or yellow a week before, no longer. */
      cleared: z.number(),
      text: z.string(),
    }),
  ),
});
export type WeeklyNotes = z.infer<typeof weeklyNotes>;

/** 工作台: what is due today. What is due comes first; the lights of all projects, which take longer, by a query of their own. */
export const workbenchContract = {
  city: procedure.output(
    z.object({
      campaign: campaign.nullable(),
      /** Null once units, projects and an enrolled office are there. */
      firstSteps: firstSteps.nullable(),
      current: standing,
      previous: standing,
      /** Sheets not 办结. */
      sheets: z.array(sheetLine),
      waiting,
      /** Sync files read today. */
      filesRead: z.array(fileRead),
      unsent: z.object({ changes: z.number(), offices: z.number() }),
    }),
  ),
  /** Lights, rates and units of the city on its day, all of one moment. */
  cityLights: procedure.output(
    z.object({
      projects: z.number(),
      lights: lightCounts,
      /** At the end of the period before. */
      lightsBefore: lightCounts,
      beforeDate: z.string(),
      /** New ones first, then those no open sheet is about. */
      red: z.array(redProject),
      units: z.array(unitLine),
      rates,
    }),
  ),
  county: procedure.output(
    z.object({
      campaign: campaign.nullable(),
      projects: z.number(),
      current: standing,
      expected: z.number(),
      filled: z.number(),
      reported: z.number(),
      /** Rows begun in this ledger that are not in a submission. */
      drafts: z.number(),
      lights: lightCounts,
      red: z.array(redProject),
      /** Received and waiting for an answer. */
      sheets: z.array(sheetLine),
      waiting,
      /** The city's program asks for a newer one here. */
      upgrade: upgradeNotice.nullable(),
      unsent: z.object({ changes: z.number(), lastAt: z.number().nullable() }),
    }),
  ),
  weekly: procedure.input(z.object({ by: weeklyBy })).output(weeklyNotes),
  weeklyPaper: procedure
    .input(z.object({ by: weeklyBy, keys: z.array(z.string().max(40)).max(2000) }))
    .output(z.object({ html: z.string(), title: z.string(), pages: z.number() })),
  /** 四率 of all projects at the ends of the last periods of the year, oldest first; today's are with `city`. */
  trend: procedure.output(z.array(z.object({ date: z.string(), label: z.string(), rates }))),
};
