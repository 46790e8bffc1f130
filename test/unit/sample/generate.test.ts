import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateCity, type SampleOptions } from '../../../electron/ledger/sample/index.ts';
import type { Change } from '../../../electron/ledger/store/commit.ts';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { entityOf, fieldOf, type Stage } from '../../../shared/dictionary/index.ts';
import { cadenceSchema, lateness } from '../../../shared/domain/cadence.ts';
import { isUuidV7 } from '../../../shared/domain/ids.ts';
import { type Light, lightOf } from '../../../shared/domain/light.ts';
import { lightRuleSchema } from '../../../shared/domain/light-rule.ts';
import { isFirstOfYear, type Period, parsePeriod } from '../../../shared/domain/period.ts';
import { checkReport, type ReportFigures } from '../../../shared/domain/report-check.ts';

const OFFICE = '0174a000-0000-7000-8000-0000000000a1';
const TODAY = '2021-05-18';

function rowsOf(options: Partial<SampleOptions> = {}): readonly Change[] {
  return [...generateCity({ officeId: OFFICE, ...options })].flatMap((batch) => batch.changes);
}

function digest(options: Partial<SampleOptions>): string {
  const hash = createHash('sha256');
  for (const batch of generateCity({ officeId: OFFICE, ...options })) hash.update(JSON.stringify(batch));
  return hash.digest('hex');
}

function required(period: string): Period {
  const parsed = parsePeriod(period);
  if (parsed === null) throw new Error(period);
  return parsed;
}

const rows = rowsOf();
const of = (entity: Change['entity']): readonly Change[] => rows.filter((row) => row.entity === entity);
const text = (row: Change, key: string): string | null => (row.set[key] ?? null) as string | null;
const amount = (row: Change, key: string): number | null => (row.set[key] ?? null) as number | null;

const reportsByProject = new Map<string, Change[]>();
for (const report of of('report')) {
  const id = text(report, 'projectId') ?? '';
  reportsByProject.set(id, [...(reportsByProject.get(id) ?? []), report]);
}

function figuresOf(report: Change): ReportFigures {
  return {
    period: required(text(report, 'period') ?? ''),
    periodInvestment: amount(report, 'periodInvestment'),
    yearToDate: amount(report, 'yearToDate'),
    fundsInPlace: amount(report, 'fundsInPlace'),
    visibleProgress: text(report, 'visibleProgress'),
  };
}

describe('the sample is the same each time', () => {
  it('for one seed, and another for another', () => {
    const small = { projects: 40, reportsPerProject: 5 };
    expect(digest(small)).toBe(digest(small));
    expect(digest({ ...small, seed: 2 })).not.toBe(digest({ ...small, seed: 1 }));
  });
});

describe('the sample is a sound ledger', () => {
  it('has values that the dictionary takes, and no required one missing', () => {
    for (const { entity, set } of rows) {
      for (const [key, value] of Object.entries(set)) {
        const field = fieldOf(entity, key);
        if (!field) throw new Error(`${entity}.${key}`);
        expect(checkValue(field, value)).toBeNull();
      }
      for (const [key, field] of Object.entries(entityOf(entity).fields)) {
        if (field.required) expect(set[key] ?? null, `${entity}.${key}`).not.toBeNull();
      }
    }
  });

  it('has unique ids of version 7, and parents before children', () => {
    const known = new Map<string, string>();
    for (const { entity, id, set } of rows) {
      expect(isUuidV7(id)).toBe(true);
      expect(known.has(id)).toBe(false);
      for (const [key, value] of Object.entries(set)) {
        const target = fieldOf(entity, key)?.ref;
        if (target !== undefined && value !== null) expect(known.get(String(value)), `${entity}.${key}`).toBe(target);
      }
      known.set(id, entity);
    }
  });

  it('has rules the domain can read', () => {
    const bodies = new Map(
      of('rule').map((row) => [text(row, 'kind'), JSON.parse(text(row, 'body') ?? '') as unknown]),
    );
    expect([...bodies.keys()]).toEqual(['light', 'cadence', 'rates', 'scheme']);
    expect(lightRuleSchema.parse(bodies.get('light'))).toMatchObject({ yellowBelow: 10, redBelow: 20 });
    cadenceSchema.parse(bodies.get('cadence'));
    expect(bodies.get('scheme')).toMatchObject({ campaign: { from: '2021-08-01', to: '2021-11-10' } });
  });

  it('has projects with names of their own and funds that sum to the total', () => {
    const projects = of('project');
    expect(new Set(projects.map((row) => text(row, 'name'))).size).toBe(projects.length);
    for (const row of projects) {
      const funds = Object.entries(row.set).filter(([key]) => key.startsWith('fund'));
      expect(funds.reduce((sum, [, value]) => sum + Number(value), 0)).toBe(amount(row, 'totalInvestment'));
      const planned = (amount(row, 'previousInvestment') ?? 0) + (amount(row, 'annualPlan') ?? 0);
      expect(planned).toBeLessThanOrEqual(amount(row, 'totalInvestment') ?? 0);
    }
  });

  it('has no day in the future where something is said to be done', () => {
    const done = ['actualStart', 'actualCompletion', 'suspendedSince', 'statisticsDate', 'productionDate', 'doneOn'];
    for (const row of rows) {
      for (const key of done) expect((text(row, key) ?? '') <= TODAY, `${key} ${text(row, key)}`).toBe(true);
    }
  });

  it('has reports up to 2021年5月上旬 without an error or, but for a few, a doubt', () => {
    let doubts = 0;
    let count = 0;
    for (const project of of('project')) {
      const reports = reportsByProject.get(project.id) ?? [];
      let previous: ReportFigures | null = null;
      for (const report of reports) {
        const figures = figuresOf(report);
        const context = {
          project: {
            // Stage and plan are today's: not those of earlier periods.
            stage: null,
            totalInvestment: amount(project, 'totalInvestment'),
            annualPlan: null,
            actualStart: text(project, 'actualStart'),
          },
          previous,
          recentInvestments: [],
        };
        const findings = checkReport(figures, context);
        expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
        if (isFirstOfYear(figures.period)) expect(figures.yearToDate).toBe(figures.periodInvestment);
        doubts += findings.length;
        count += 1;
        previous = figures;
      }
    }
    expect(count).toBeGreaterThan(6000);
    expect(doubts / count).toBeLessThan(0.02);
    const periods = new Set(of('report').map((row) => text(row, 'period')));
    expect([periods.size, [...periods].at(-1)]).toEqual([24, '2021-05-1']);
  });

  it('has submissions that count their reports, mostly on time', () => {
    const counts = new Map<string, number>();
    for (const report of of('report')) {
      const id = text(report, 'submissionId') ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const rule = of('rule').find((row) => text(row, 'kind') === 'cadence');
    const cadence = cadenceSchema.parse(JSON.parse(rule ? (text(rule, 'body') ?? '') : ''));
    const submissions = of('submission');
    let late = 0;
    for (const row of submissions) {
      expect(amount(row, 'count')).toBe(counts.get(row.id));
      const at = amount(row, 'submittedAt') ?? 0;
      if (lateness(required(text(row, 'period') ?? ''), at, cadence) === 'late') late += 1;
    }
    expect(late).toBeGreaterThan(0);
    expect(late / submissions.length).toBeLessThan(0.12);
  });

  it('shows about 15 % red and 15 % yellow lights', () => {
    const rule = of('rule').find((row) => text(row, 'kind') === 'light');
    const light = lightRuleSchema.parse(JSON.parse(rule ? (text(rule, 'body') ?? '') : ''));
    const links = Map.groupBy(of('link'), (row) => text(row, 'projectId'));
    const shown: Record<Light, number> = { green: 0, yellow: 0, red: 0, none: 0 };
    for (const project of of('project')) {
      const last = reportsByProject.get(project.id)?.at(-1);
      const open = (links.get(project.id) ?? []).flatMap((row) => {
        const deadline = text(row, 'deadline');
        return text(row, 'doneOn') === null && deadline !== null ? [{ name: text(row, 'name') ?? '', deadline }] : [];
      });
      const result = lightOf(
        light,
        {
          stage: text(project, 'stage') as Stage,
          annualPlan: amount(project, 'annualPlan'),
          yearToDate: last === undefined ? null : amount(last, 'yearToDate'),
          plannedStart: text(project, 'plannedStart'),
          actualStart: text(project, 'actualStart'),
          plannedCompletion: text(project, 'plannedCompletion'),
          actualCompletion: text(project, 'actualCompletion'),
          openLinks: open,
        },
        TODAY,
      );
      shown[result.light] += 1;
    }
    const share = (name: Light): number => shown[name] / 300;
    expect(share('red'), JSON.stringify(shown)).toBeGreaterThan(0.12);
    expect(share('red'), JSON.stringify(shown)).toBeLessThan(0.18);
    expect(share('yellow'), JSON.stringify(shown)).toBeGreaterThan(0.12);
    expect(share('yellow'), JSON.stringify(shown)).toBeLessThan(0.18);
    expect(share('none'), JSON.stringify(shown)).toBeGreaterThan(0.08);
  });
});

describe('the sample grows', () => {
  it('streams in bounded batches, each later than the one before', () => {
    let at = 0;
    let reports = 0;
    for (const batch of generateCity({ officeId: OFFICE, projects: 1200, reportsPerProject: 12, units: 20 })) {
      expect(batch.changes.length).toBeLessThanOrEqual(4000);
      expect(batch.at).toBeGreaterThan(at);
      at = batch.at;
      reports += batch.changes.filter((row) => row.entity === 'report').length;
    }
    expect(reports).toBeGreaterThan(12_000);
  });

  it('works in January and for a year of another city day', () => {
    const january = rowsOf({ projects: 50, reportsPerProject: 4, today: '2022-01-11' });
    expect(
      january
        .filter((row) => row.entity === 'report')
        .map((row) => text(row, 'period'))
        .at(-1),
    ).toBe('2022-01-1');
    expect(rowsOf({ projects: 5, reportsPerProject: 0 }).some((row) => row.entity === 'submission')).toBe(false);
  });
});
