import type { SpecialPermitRow, StatisticsPaperRow, StatisticsRow } from '../../../shared/contract/permits.ts';
import { STATISTICS_PAPERS } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import {
  checkSpecialPermit,
  type StatisticsGap,
  specialStanding,
  statisticsGap,
} from '../../../shared/domain/permit.ts';
import type { Change } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { projectsOf, type Scope } from './permits.ts';

/** 特许施工 (E4), the latest first. */
export async function readSpecials(store: Store, scope: Scope, date: IsoDate): Promise<SpecialPermitRow[]> {
  const projects = await projectsOf(store, scope, date);
  const rows = await store.query
    .selectFrom('specialPermit')
    .select([
      'id',
      'projectId',
      'season',
      'scope',
      'measures',
      'appliedOn',
      'state',
      'department',
      'documentNumber',
      'validFrom',
      'validUntil',
      'note',
    ])
    .where('voided', '=', 0)
    .orderBy('validUntil', 'desc')
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => {
    const project = projects.get(row.projectId);
    if (project === undefined) return [];
    const { words, tone } = specialStanding(row, date);
    const { projectName, unitName } = project;
    return [{ ...row, projectName, unitName, standing: words, tone, findings: [...checkSpecialPermit(row)] }];
  });
}

type PaperOf = StatisticsPaperRow & { readonly projectId: string };

async function selectPapers(store: Store): Promise<PaperOf[]> {
  return store.query
    .selectFrom('statisticsPaper')
    .select(['id', 'projectId', 'kind', 'state', 'readyOn', 'dueOn', 'note'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
}

/** The papers of one project in the order of the list. */
export async function readPapers(store: Store, projectId: string): Promise<StatisticsPaperRow[]> {
  const rows = (await selectPapers(store)).filter((row) => row.projectId === projectId);
  return STATISTICS_PAPERS.flatMap(({ value }) =>
    rows.filter((row) => row.kind === value).map(({ projectId: _, ...row }) => row),
  );
}

export async function gapOf(store: Store, projectId: string): Promise<StatisticsGap> {
  const project = await store.query
    .selectFrom('project')
    .select(['totalInvestment', 'actualStart', 'inStatistics'])
    .where('id', '=', projectId)
    .executeTakeFirst();
  return statisticsGap(
    project ?? { totalInvestment: null, actualStart: null, inStatistics: null },
    await readPapers(store, projectId),
    STATISTICS_PAPERS,
  );
}

/** 入统 (D14): where each project stands and which paper is missing. */
export async function readStatistics(store: Store, scope: Scope, date: IsoDate): Promise<StatisticsRow[]> {
  const projects = await projectsOf(store, scope, date);
  const facts = await store.query
    .selectFrom('project')
    .select(['id', 'totalInvestment', 'actualStart', 'inStatistics'])
    .where('voided', '=', 0)
    .execute();
  const factsById = new Map(facts.map((row) => [row.id, row]));
  const papers = new Map<string, PaperOf[]>();
  for (const row of await selectPapers(store)) papers.set(row.projectId, [...(papers.get(row.projectId) ?? []), row]);
  return [...projects.values()].flatMap((project) => {
    const fact = factsById.get(project.projectId);
    if (fact === undefined) return [];
    const gap = statisticsGap(fact, papers.get(project.projectId) ?? [], STATISTICS_PAPERS);
    return [
      {
        id: project.projectId,
        projectName: project.projectName,
        unitName: project.unitName,
        totalInvestment: fact.totalInvestment,
        actualStart: fact.actualStart,
        standing: gap.standing,
        words: gap.words,
        missing: [...gap.missing],
      },
    ];
  });
}

/** Rows of the papers a project has no row for, all missing. */
export async function missingPaperChanges(store: Store, projectIds: readonly string[]): Promise<Change[]> {
  const present = await selectPapers(store);
  return projectIds.flatMap((projectId) => {
    const own = new Set(present.filter((row) => row.projectId === projectId).map((row) => row.kind));
    return STATISTICS_PAPERS.filter(({ value }) => !own.has(value)).map(
      ({ value }): Change => ({
        entity: 'statisticsPaper',
        id: newId(),
        set: { projectId, kind: value, state: 'missing' },
      }),
    );
  });
}
