import type { ConsolidatedRow } from '../../../shared/contract/reports.ts';
import { type Counting, countedBothWays, leftOutOf } from '../../../shared/domain/bundle.ts';
import { sumMoney } from '../../../shared/domain/money.ts';
import { periodLabel, periodYear } from '../../../shared/domain/period.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { cadences, groupBy, type ReportKind } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { isExpected, officeUnits, projectsOf } from './expected.ts';
import { describePeriod, type Moment, readPeriod } from './periods.ts';
import { NO_FIGURES, reportsBefore, reportsOf, type Standing } from './reports-of.ts';
import { pickUnits } from './sheet.ts';

function shareOf(done: number | null, plan: number | null): string {
  return done === null || plan === null ? '—' : formatRate({ numerator: done, denominator: plan });
}

/** Reports owed and given are those of all rows; projects and amounts count a bundle once. */
function totalOf(label: string, rows: readonly ConsolidatedRow[]) {
  const counted = rows.filter((row) => row.counted);
  const sum = (of: (row: ConsolidatedRow) => number | null): number => sumMoney(counted.map(of));
  const [annualPlan, yearToDate] = [sum((row) => row.annualPlan), sum((row) => row.yearToDate)];
  return {
    label,
    projects: counted.length,
    expected: rows.filter((row) => row.expected).length,
    reported: rows.filter((row) => row.reported).length,
    totalInvestment: sum((row) => row.totalInvestment),
    annualPlan,
    periodInvestment: sum((row) => row.periodInvestment),
    yearToDate,
    fundsInPlace: sum((row) => row.fundsInPlace),
    planShare: counted.some((row) => row.yearToDate !== null) ? shareOf(yearToDate, annualPlan) : '—',
  };
}

function markOf(
  row: { expected: boolean; reported: boolean; carriedFrom: string | null },
  standing: Standing | undefined,
): string {
  const { corrections = 0, others = 0 } = standing ?? {};
  if (row.reported && others > 0) return '两份，用后一份';
  if (row.reported) return corrections > 0 ? `更正${corrections}次` : '';
  const missing = row.expected ? '未报' : '不用报';
  return row.carriedFrom === null ? missing : `${missing}，沿用${row.carriedFrom.replace(/^\d+年/u, '')}`;
}

/**
 * 旬报汇总表 (domain facts §3.1): every project that is expected, reported, or reported earlier this year. Where one did not
 * report, its cumulative figures of the last report of the year stand, marked, so that the sums do not shrink when a project
 * is completed or late; 本旬完成 stays empty.
 */
export async function consolidate(
  store: Store,
  query: {
    readonly kind: ReportKind;
    readonly period: string;
    readonly unitId?: string | undefined;
    readonly counting?: Counting | undefined;
  },
  moment: Moment,
) {
  const period = readPeriod(query.kind, query.period);
  const units = query.unitId === undefined ? await officeUnits(store) : await pickUnits(store, [query.unitId]);
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const reports = await reportsOf(store, period);
  const people = await store.query.selectFrom('person').select(['id', 'name']).execute();
  const personName = new Map(people.map((person) => [person.id, person.name]));
  const nameOf = (id: string | null): string | null => (id === null ? null : (personName.get(id) ?? null));
  const all = await projectsOf(
    store,
    units.map((unit) => unit.id),
  );
  const silent = all.filter((project) => !reports.has(project.id)).map((project) => project.id);
  const before = await reportsBefore(store, period, silent);
  const carried = (projectId: string) => {
    const latest = before.get(projectId)?.latest;
    return latest !== undefined && periodYear(latest.of) === periodYear(period) ? latest : null;
  };
  const listed = all.filter(
    (project) => reports.has(project.id) || isExpected(project, period) || carried(project.id) !== null,
  );
  const counting = query.counting ?? 'whole';
  const out = leftOutOf(listed, counting);
  const rows = listed.map((project, index): ConsolidatedRow => {
    const standing = reports.get(project.id);
    const earlier = standing === undefined ? carried(project.id) : null;
    const figures = standing?.report ?? earlier ?? NO_FIGURES;
    const state = {
      expected: isExpected(project, period),
      reported: standing !== undefined,
      carriedFrom: earlier === null ? null : periodLabel(earlier.of),
    };
    return {
      projectId: project.id,
      sequence: index + 1,
      unitId: project.unitId,
      unitName: names.get(project.unitId) ?? '',
      name: project.name,
      stage: project.stage,
      content: project.content,
      totalInvestment: project.totalInvestment,
      annualPlan: project.annualPlan,
      periodInvestment: standing?.report.periodInvestment ?? null,
      yearToDate: figures.yearToDate,
      fundsInPlace: figures.fundsInPlace,
      planShare: shareOf(figures.yearToDate, project.annualPlan),
      visibleProgress: figures.visibleProgress,
      problems: figures.problems,
      nextSteps: figures.nextSteps,
      cityLeader: nameOf(project.cityLeaderId),
      countyLeader: nameOf(project.countyLeaderId),
      officer: nameOf(project.officerId),
      builder: project.builder,
      bundleId: project.bundleId,
      counted: !out.has(project.id),
      ...state,
      mark: markOf(state, standing ?? undefined),
    };
  });
  return {
    period: describePeriod(period, await cadences(store), moment),
    counting,
    bothWays: countedBothWays(listed),
    rows,
    total: totalOf('合计', rows),
    units: [...groupBy(rows, (row) => row.unitId)].map(([unitId, ofUnit]) => ({
      unitId,
      ...totalOf(names.get(unitId) ?? '', ofUnit),
    })),
  };
}
