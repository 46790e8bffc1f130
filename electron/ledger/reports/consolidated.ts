import type { ConsolidatedRow } from '../../../shared/contract/reports.ts';
import { sumMoney } from '../../../shared/domain/money.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { cadences, groupBy, type ReportKind } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { isExpected, officeUnits, projectsOf } from './expected.ts';
import { describePeriod, type Moment, readPeriod } from './periods.ts';
import { NO_FIGURES, reportsOf } from './reports-of.ts';
import { pickUnits } from './sheet.ts';

function shareOf(done: number | null, plan: number | null): string {
  return done === null || plan === null ? '—' : formatRate({ numerator: done, denominator: plan });
}

function totalOf(label: string, rows: readonly ConsolidatedRow[]) {
  const sum = (of: (row: ConsolidatedRow) => number | null): number => sumMoney(rows.map(of));
  const [annualPlan, yearToDate] = [sum((row) => row.annualPlan), sum((row) => row.yearToDate)];
  return {
    label,
    projects: rows.length,
    reported: rows.filter((row) => row.mark !== '未报').length,
    totalInvestment: sum((row) => row.totalInvestment),
    annualPlan,
    periodInvestment: sum((row) => row.periodInvestment),
    yearToDate,
    fundsInPlace: sum((row) => row.fundsInPlace),
    planShare: rows.some((row) => row.yearToDate !== null) ? shareOf(yearToDate, annualPlan) : '—',
  };
}

function markOf(reported: boolean, corrections: number): string {
  if (!reported) return '未报';
  return corrections > 0 ? `更正${corrections}次` : '';
}

/** 旬报汇总表 (domain facts §3.1): every expected or reported project with what stands for the period, and sums. */
export async function consolidate(
  store: Store,
  query: { readonly kind: ReportKind; readonly period: string; readonly unitId?: string | undefined },
  moment: Moment,
) {
  const period = readPeriod(query.kind, query.period);
  const units = query.unitId === undefined ? await officeUnits(store) : await pickUnits(store, [query.unitId]);
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const reports = await reportsOf(store, period);
  const people = await store.query.selectFrom('person').select(['id', 'name']).execute();
  const personName = new Map(people.map((person) => [person.id, person.name]));
  const nameOf = (id: string | null): string | null => (id === null ? null : (personName.get(id) ?? null));
  const projects = (
    await projectsOf(
      store,
      units.map((unit) => unit.id),
    )
  ).filter((project) => isExpected(project, period) || reports.has(project.id));
  const rows = projects.map((project, index): ConsolidatedRow => {
    const standing = reports.get(project.id);
    const figures = standing?.report ?? NO_FIGURES;
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
      periodInvestment: figures.periodInvestment,
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
      mark: markOf(standing !== undefined, standing?.corrections ?? 0),
    };
  });
  return {
    period: describePeriod(period, await cadences(store), moment),
    rows,
    total: totalOf('合计', rows),
    units: [...groupBy(rows, (row) => row.unitId)].map(([unitId, ofUnit]) => ({
      unitId,
      ...totalOf(names.get(unitId) ?? '', ofUnit),
    })),
  };
}
