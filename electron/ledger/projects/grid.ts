import { type ComputedKey, computedKeys, type GridSlice, type GridTable } from '../../../shared/contract/projects.ts';
import { dictionary, type Row, type Value } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { packRows } from '../../../shared/domain/packed-rows.ts';
import { rateValue } from '../../../shared/domain/rate.ts';
import { type JudgedProject, judgeAll } from '../rates/index.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { linkCounts, openProposals, unitNames } from './counts.ts';

const fields = Object.keys(dictionary.project.fields) as readonly (keyof typeof dictionary.project.fields)[];
const columns: readonly string[] = ['id', ...fields, ...computedKeys];

/** Last number of the journal, 0 when it is empty. */
export async function journalEnd(store: Store): Promise<number> {
  const row = await store.query
    .selectFrom('journal')
    .select((on) => on.fn.max('n').as('n'))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

function sinceStart(previous: number | null, yearToDate: number | null): number | null {
  return previous === null && yearToDate === null ? null : (previous ?? 0) + (yearToDate ?? 0);
}

function investmentRate(yearToDate: number | null, annualPlan: number | null): number | null {
  return yearToDate === null || annualPlan === null
    ? null
    : rateValue({ numerator: yearToDate, denominator: annualPlan });
}

/** The lights and figures of a day by project. */
export async function judgedByProject(
  store: Store,
  date: IsoDate,
  ids: readonly string[] | null,
): Promise<ReadonlyMap<string, JudgedProject>> {
  const { projects } = await judgeAll(store, date, ids ?? undefined);
  return new Map(projects.map((project) => [project.figures.id, project]));
}

type StoredProject = Pick<Row<'project'>, 'id' | (typeof fields)[number]>;

/** Projects not 作废 in the order they were created: those named, or the next `most` after one. */
function readProjects(
  store: Store,
  which: { readonly ids: readonly string[] } | { readonly after: string; readonly most: number } | null,
): Promise<StoredProject[]> {
  return store.query
    .selectFrom('project')
    .select(['id', ...fields])
    .where('voided', '=', 0)
    .orderBy('id')
    .$if(which !== null && 'ids' in which, (query) =>
      query.where('id', 'in', which !== null && 'ids' in which ? which.ids : []),
    )
    .$if(which !== null && 'after' in which, (query) =>
      which !== null && 'after' in which ? query.where('id', '>', which.after).limit(which.most) : query,
    )
    .execute();
}

/** Makes a row of the grid out of a project. */
async function rowMaker(
  store: Store,
  date: IsoDate,
  ids: readonly string[] | null,
): Promise<(project: StoredProject) => readonly Value[]> {
  const judged = await judgedByProject(store, date, ids);
  const links = await linkCounts(store, date, ids);
  const proposals = await openProposals(store, ids);
  const units = await unitNames(store, date);
  return (project) => {
    const figures = judged.get(project.id)?.figures;
    const result = judged.get(project.id)?.result;
    const unit = units.get(project.unitId);
    const chain = links.get(project.id);
    const yearToDate = figures?.yearToDate ?? null;
    const computed: Readonly<Record<ComputedKey, Value>> = {
      unitName: unit?.unitName ?? null,
      groupName: unit?.groupName ?? null,
      period: figures?.period ?? null,
      yearToDate,
      sinceStart: sinceStart(project.previousInvestment, yearToDate),
      fundsInPlace: figures?.fundsInPlace ?? null,
      visibleProgress: figures?.visibleProgress ?? null,
      problems: figures?.problems ?? null,
      investmentRate: investmentRate(yearToDate, project.annualPlan),
      light: result?.light ?? 'none',
      lightText: result?.text ?? null,
      linksTotal: chain?.total ?? 0,
      linksDone: chain?.done ?? 0,
      linksOverdue: chain?.overdue ?? 0,
      proposals: proposals.get(project.id) ?? 0,
    };
    return [project.id, ...fields.map((field) => project[field]), ...computedKeys.map((key) => computed[key])];
  };
}

/**
 * The projects not 作废, with the figures and lights of a day, in the order they were created. The fields are those of now:
 * only reports, chain, groups and lights follow the day.
 *
 * @param ids only these projects, or null for all
 * @throws Fault RULE_BROKEN
 */
export async function readGrid(store: Store, date: IsoDate, ids: readonly string[] | null): Promise<GridTable> {
  const n = await journalEnd(store);
  const projects = await readProjects(store, ids === null ? null : { ids });
  const asRow = await rowMaker(store, date, ids);
  return { ledgerId: readIdentity(store).ledgerId, n, date, columns: [...columns], rows: projects.map(asRow) };
}

const SLICE = 1000;

/** All of `readGrid` in slices, so that neither process ever holds it twice. @throws Fault RULE_BROKEN */
export async function* gridSlices(store: Store, date: IsoDate): AsyncGenerator<GridSlice> {
  const n = await journalEnd(store);
  const { ledgerId } = readIdentity(store);
  const asRow = await rowMaker(store, date, null);
  let after = '';
  for (;;) {
    const projects = await readProjects(store, { after, most: SLICE });
    yield { ledgerId, n, date, columns: [...columns], packed: packRows(columns, projects.map(asRow)) };
    const last = projects.at(-1);
    if (last === undefined || projects.length < SLICE) return;
    after = last.id;
  }
}
