import type { YieldRow } from '../../../shared/contract/stages.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { monthsBetween, previousMonth } from '../../../shared/domain/stage.ts';
import { groupBy, unitNames } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

/** 达产达效 (D10): every project in production, what it yielded in a year and which months nobody told of. */
export async function readYields(store: Store, year: number, date: IsoDate): Promise<YieldRow[]> {
  const names = await unitNames(store);
  const projects = await store.query
    .selectFrom('project')
    .select(['id', 'name', 'unitId', 'productionDate', 'totalInvestment'])
    .where('voided', '=', 0)
    .where('stage', '=', 'inProduction')
    .orderBy('unitId')
    .orderBy('id')
    .execute();
  const records = await store.query
    .selectFrom('outputRecord')
    .select(['projectId', 'month', 'output', 'tax', 'jobs', 'capacity'])
    .where('voided', '=', 0)
    .where('month', 'like', `${year}-%`)
    .orderBy('month')
    .orderBy('id')
    .execute();
  const byProject = groupBy(records, (record) => record.projectId);
  // The month that runs is told of when it is over.
  const lastWhole = previousMonth(date.slice(0, 7));
  const last = lastWhole < `${year}-12` ? lastWhole : `${year}-12`;
  return projects.map((project): YieldRow => {
    const own = byProject.get(project.id) ?? [];
    const told = new Set(own.map((record) => record.month));
    const since = (project.productionDate ?? `${year}-01`).slice(0, 7);
    const first = since > `${year}-01` ? since : `${year}-01`;
    const sum = (key: 'output' | 'tax'): number | null =>
      own.every((record) => record[key] === null) ? null : own.reduce((total, record) => total + (record[key] ?? 0), 0);
    const latest = own.at(-1);
    return {
      id: project.id,
      name: project.name,
      unitName: names.get(project.unitId) ?? '',
      productionDate: project.productionDate,
      totalInvestment: project.totalInvestment,
      output: sum('output'),
      tax: sum('tax'),
      latestMonth: latest?.month ?? null,
      jobs: latest?.jobs ?? null,
      capacity: latest?.capacity ?? null,
      missing: monthsBetween(first, last).filter((month) => !told.has(month)),
    };
  });
}
