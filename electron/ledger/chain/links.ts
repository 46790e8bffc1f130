import type { ChainBoard, ChainFilter, ChainLinkRow, StateCounts } from '../../../shared/contract/chain.ts';
import type { Row } from '../../../shared/dictionary/index.ts';
import {
  type ChainLink,
  type ChainState,
  chainDays,
  chainState,
  checkLink,
  monthsOf,
} from '../../../shared/domain/chain.ts';
import { addDays, type IsoDate } from '../../../shared/domain/date.ts';
import { lightRuleOn, lightRules, unitsInOrder } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

/** A window takes no more at once. */
const MOST_LINKS = 20_000;

/** So many days ahead of its deadline a link is 临期, as the rule for lights says. */
export async function remindDaysOn(store: Store, date: IsoDate): Promise<number> {
  return lightRuleOn(await lightRules(store), date).remindDays;
}

const FIELDS = [
  'id',
  'projectId',
  'sequence',
  'name',
  'unitText',
  'personId',
  'plannedStart',
  'deadline',
  'doneOn',
  'evidence',
  'note',
  'predecessorId',
  'workingDays',
] as const;

type LinkRow = Pick<Row<'link'>, (typeof FIELDS)[number]>;

interface Wanted {
  readonly projectId?: string;
  readonly unitId?: string;
  readonly month?: string;
  readonly states?: readonly ChainState[];
}

/** SQL narrows by what it can; the state is told afterwards by the one rule there is. */
function selectLinks(store: Store, wanted: Wanted, date: IsoDate, remindDays: number): Promise<LinkRow[]> {
  const { projectId, unitId, month, states } = wanted;
  const onlyPressing =
    states !== undefined && states.length > 0 && states.every((s) => s === 'overdue' || s === 'dueSoon');
  return store.query
    .selectFrom('link as l')
    .innerJoin('project as p', 'p.id', 'l.projectId')
    .select(FIELDS.map((field) => `l.${field}` as const))
    .where('l.voided', '=', 0)
    .where('p.voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('l.projectId', '=', projectId ?? ''))
    .$if(unitId !== undefined, (query) => query.where('p.unitId', '=', unitId ?? ''))
    .$if(month !== undefined, (query) => query.where('l.deadline', 'like', `${month}-%`))
    .$if(onlyPressing, (query) =>
      query
        .where('l.deadline', '<=', addDays(date, remindDays))
        .where((on) => on.or([on('l.doneOn', 'is', null), on('l.doneOn', '>', date)])),
    )
    .orderBy('l.deadline')
    .orderBy('l.projectId')
    .orderBy((on) => on.fn.coalesce('l.sequence', on.lit(1000)))
    .orderBy('l.id')
    .execute();
}

/** Names that a link's row shows. */
async function readNames(store: Store) {
  const projects = await store.query.selectFrom('project').select(['id', 'name', 'unitId', 'cityLeaderId']).execute();
  const people = await store.query.selectFrom('person').select(['id', 'name']).execute();
  const units = await store.query.selectFrom('responsibilityUnit').select(['id', 'name', 'shortName']).execute();
  return {
    projects: new Map(projects.map((project) => [project.id, project])),
    people: new Map(people.map((person) => [person.id, person.name])),
    units: new Map(units.map((unit) => [unit.id, unit.shortName ?? unit.name])),
  };
}

const asChain = ({
  id,
  name,
  sequence,
  plannedStart,
  deadline,
  doneOn,
  evidence,
  predecessorId,
}: LinkRow): ChainLink => ({
  id,
  name,
  sequence,
  plannedStart,
  deadline,
  doneOn,
  evidence,
  predecessorId,
});

/** Every link of the projects concerned, by project: predecessors are judged among them. */
async function siblingsOf(store: Store, projectIds: readonly string[]): Promise<ReadonlyMap<string, ChainLink[]>> {
  const some = projectIds.length <= 500;
  const rows = await store.query
    .selectFrom('link')
    .select(FIELDS)
    .where('voided', '=', 0)
    .$if(some, (query) => query.where('projectId', 'in', projectIds.length === 0 ? [''] : [...projectIds]))
    .execute();
  const byProject = new Map<string, ChainLink[]>();
  for (const row of rows) {
    const list = byProject.get(row.projectId);
    if (list === undefined) byProject.set(row.projectId, [asChain(row)]);
    else list.push(asChain(row));
  }
  return byProject;
}

async function shown(
  store: Store,
  rows: readonly LinkRow[],
  date: IsoDate,
  remindDays: number,
): Promise<ChainLinkRow[]> {
  const names = await readNames(store);
  const siblings = await siblingsOf(store, [...new Set(rows.map((row) => row.projectId))]);
  return rows.map((row) => {
    const project = names.projects.get(row.projectId);
    const own = siblings.get(row.projectId) ?? [];
    const state = chainState(row, date, remindDays);
    const unitId = project?.unitId ?? '';
    return {
      ...row,
      projectName: project?.name ?? '',
      unitId,
      unitName: names.units.get(unitId) ?? '',
      personName: row.personId === null ? null : (names.people.get(row.personId) ?? null),
      cityLeader: names.people.get(project?.cityLeaderId ?? '') ?? null,
      predecessorName: own.find((each) => each.id === row.predecessorId)?.name ?? null,
      state,
      days: chainDays(row, state, date),
      findings: [...checkLink(asChain(row), own, date)],
    };
  });
}

const PRESSING: Readonly<Record<ChainState, number>> = { overdue: 0, dueSoon: 1, open: 2, undated: 3, done: 4 };

/** Links of all projects, the most pressing first (C12). */
export async function readLinks(
  store: Store,
  filter: ChainFilter,
  date: IsoDate,
): Promise<{ readonly total: number; readonly remindDays: number; readonly links: ChainLinkRow[] }> {
  const remindDays = await remindDaysOn(store, date);
  const { states = [] } = filter;
  const wanted: Wanted = {
    ...(filter.unitId === undefined ? {} : { unitId: filter.unitId }),
    ...(filter.month === undefined ? {} : { month: filter.month }),
    states,
  };
  const rows = (await selectLinks(store, wanted, date, remindDays))
    .map((row) => ({ row, state: chainState(row, date, remindDays) }))
    .filter(({ state }) => states.length === 0 || states.includes(state))
    // Within one state the order of the query, by deadline, stays.
    .sort((left, right) => PRESSING[left.state] - PRESSING[right.state])
    .map(({ row }) => row);
  const links = await shown(store, rows.slice(0, MOST_LINKS), date, remindDays);
  return { total: rows.length, remindDays, links };
}

/** The chain of one project in its order. */
export async function readProjectLinks(store: Store, projectId: string, date: IsoDate): Promise<ChainLinkRow[]> {
  const remindDays = await remindDaysOn(store, date);
  const rows = await shown(store, await selectLinks(store, { projectId }, date, remindDays), date, remindDays);
  return rows.sort(
    (left, right) => (left.sequence ?? 1000) - (right.sequence ?? 1000) || (left.id < right.id ? -1 : 1),
  );
}

/** Late links and those due soon (C7). */
export async function readReminders(store: Store, date: IsoDate, withinDays: number | undefined) {
  const within = withinDays ?? (await remindDaysOn(store, date));
  const rows = await selectLinks(store, { states: ['overdue', 'dueSoon'] }, date, within);
  const links = await shown(store, rows.slice(0, 500), date, within);
  const overdue = rows.filter((row) => chainState(row, date, within) === 'overdue').length;
  return { overdue, dueSoon: rows.length - overdue, withinDays: within, links };
}

const emptyCounts = (): { -readonly [K in keyof StateCounts]: number } => ({
  done: 0,
  overdue: 0,
  dueSoon: 0,
  open: 0,
});

/** Links by responsible unit and month of their deadline (挂图作战). */
export async function readBoard(store: Store, year: number, date: IsoDate): Promise<ChainBoard> {
  const remindDays = await remindDaysOn(store, date);
  const months = monthsOf(year, 1, 12);
  const rows = await store.query
    .selectFrom('link as l')
    .innerJoin('project as p', 'p.id', 'l.projectId')
    .select(['l.deadline', 'l.doneOn', 'l.projectId', 'p.unitId'])
    .where('l.voided', '=', 0)
    .where('p.voided', '=', 0)
    .execute();
  const units = await unitsInOrder(store);
  const byUnit = new Map(
    units.map((unit) => [
      unit.id,
      {
        unitId: unit.id,
        unitName: unit.name,
        projects: new Set<string>(),
        total: emptyCounts(),
        undated: 0,
        months: months.map(emptyCounts),
      },
    ]),
  );
  for (const row of rows) {
    const unit = byUnit.get(row.unitId);
    if (unit === undefined) continue;
    unit.projects.add(row.projectId);
    const state = chainState(row, date, remindDays);
    if (state === 'undated') {
      unit.undated += 1;
      continue;
    }
    unit.total[state] += 1;
    const month = unit.months[months.indexOf((row.deadline ?? '').slice(0, 7))];
    if (month !== undefined) month[state] += 1;
  }
  const list = [...byUnit.values()].filter((unit) => unit.projects.size > 0);
  return { months: [...months], rows: list.map((unit) => ({ ...unit, projects: unit.projects.size })) };
}
