import type {
  PermitBar,
  PermitBoardRow,
  PermitCell,
  PermitKindRow,
  PermitLine,
} from '../../../shared/contract/permits.ts';
import type { Row } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import {
  checkPermit,
  expiryOf,
  type JointClock,
  jointClock,
  type PermitRow,
  parallelPicture,
  permitTiming,
} from '../../../shared/domain/permit.ts';
import type { WorkCalendar } from '../../../shared/domain/workday.ts';
import { readCalendar } from '../calendar/index.ts';
import { lightRuleOn, lightRules } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { readKinds } from './catalogue.ts';

const FIELDS = [
  'id',
  'projectId',
  'kindId',
  'state',
  'plannedSubmit',
  'plannedApproval',
  'actualSubmit',
  'actualApproval',
  'limitDays',
  'blockedReason',
  'commitment',
  'commitmentDue',
  'commitmentMet',
  'documentNumber',
  'validUntil',
  'personId',
  'note',
] as const;

type StoredPermit = Pick<Row<'permit'>, (typeof FIELDS)[number]>;

export interface ProjectOf {
  readonly projectId: string;
  readonly projectName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly stage: string | null;
  /** The works have begun. */
  readonly started: boolean;
}

export interface Scope {
  readonly projectId?: string;
  readonly unitId?: string | undefined;
}

/** Projects concerned, in the order of their units. */
export async function projectsOf(
  store: Store,
  { projectId, unitId }: Scope,
  date: IsoDate,
): Promise<ReadonlyMap<string, ProjectOf>> {
  const rows = await store.query
    .selectFrom('project as p')
    .leftJoin('responsibilityUnit as u', 'u.id', 'p.unitId')
    .select(['p.id', 'p.name', 'p.unitId', 'p.stage', 'p.actualStart', 'u.name as unitName', 'u.shortName'])
    .where('p.voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('p.id', '=', projectId ?? ''))
    .$if(unitId !== undefined, (query) => query.where('p.unitId', '=', unitId ?? ''))
    .orderBy((on) => on.fn.coalesce('u.sequence', on.lit(9999)))
    .orderBy('p.id')
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        projectId: row.id,
        projectName: row.name,
        unitId: row.unitId,
        unitName: row.shortName ?? row.unitName ?? '',
        stage: row.stage,
        started: row.actualStart !== null && row.actualStart <= date,
      },
    ]),
  );
}

function selectPermits(store: Store, { projectId, unitId }: Scope): Promise<StoredPermit[]> {
  return store.query
    .selectFrom('permit as t')
    .innerJoin('project as p', 'p.id', 't.projectId')
    .select(FIELDS.map((field) => `t.${field}` as const))
    .where('t.voided', '=', 0)
    .where('p.voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('t.projectId', '=', projectId ?? ''))
    .$if(unitId !== undefined, (query) => query.where('p.unitId', '=', unitId ?? ''))
    .execute();
}

/** What judging permits takes: the catalogue, the calendar, the days of notice. */
export interface Bench {
  readonly kinds: readonly PermitKindRow[];
  readonly byId: ReadonlyMap<string, PermitKindRow>;
  readonly order: ReadonlyMap<string, number>;
  readonly calendar: WorkCalendar;
  readonly remindDays: number;
}

export async function readBench(store: Store, date: IsoDate): Promise<Bench> {
  const kinds = await readKinds(store);
  return {
    kinds,
    byId: new Map(kinds.map((kind) => [kind.id, kind])),
    order: new Map(kinds.map((kind, index) => [kind.id, index])),
    calendar: await readCalendar(store),
    remindDays: lightRuleOn(await lightRules(store), date).remindDays,
  };
}

function lineOf(row: StoredPermit, project: ProjectOf | undefined, bench: Bench, date: IsoDate): PermitLine {
  const kind = bench.byId.get(row.kindId);
  const { tone, words } = permitTiming(row, kind, bench.calendar, date, bench.remindDays);
  return {
    ...row,
    projectName: project?.projectName ?? '',
    unitName: project?.unitName ?? '',
    kindName: kind?.name ?? '（目录中已作废）',
    department: kind?.department ?? null,
    usualDays: kind?.limitDays ?? null,
    tone,
    words,
    expiry: expiryOf(row, kind, project?.started ?? false, date),
    findings: [...checkPermit(row, date)],
  };
}

/** Permits in the order of the catalogue. */
export async function readPermits(store: Store, scope: Scope, bench: Bench, date: IsoDate): Promise<PermitLine[]> {
  const projects = await projectsOf(store, scope, date);
  const rows = await selectPermits(store, scope);
  const place = (row: StoredPermit): number => bench.order.get(row.kindId) ?? 999;
  return rows
    .sort((left, right) => place(left) - place(right) || (left.id < right.id ? -1 : 1))
    .map((row) => lineOf(row, projects.get(row.projectId), bench, date));
}

/** The permits of one project side by side (D12). */
export function barsOf(permits: readonly PermitLine[], bench: Bench, date: IsoDate): PermitBar[] {
  const byId = new Map(permits.map((permit) => [permit.id, permit]));
  return parallelPicture(permits, bench.byId, bench.calendar, date).flatMap((bar) => {
    const permit = byId.get(bar.id);
    if (permit === undefined) return [];
    return [{ ...bar, name: permit.kindName, department: permit.department, state: permit.state }];
  });
}

/** The day a cell of the board shows: of approval, of submission, or the one that is awaited. */
function dayOfCell(permit: PermitRow, due: IsoDate | null): IsoDate | null {
  switch (permit.state) {
    case 'done':
      return permit.actualApproval;
    case 'running':
      return due ?? permit.actualSubmit;
    case 'planned':
      return permit.plannedSubmit;
    case 'conditional':
      return permit.commitmentDue;
    case 'blocked':
    case 'exempt':
      return null;
  }
}

function cellOf(row: StoredPermit, started: boolean, bench: Bench, date: IsoDate): PermitCell {
  const kind = bench.byId.get(row.kindId);
  const { tone, words, due } = permitTiming(row, kind, bench.calendar, date, bench.remindDays);
  return {
    id: row.id,
    kindId: row.kindId,
    state: row.state,
    tone,
    words,
    day: dayOfCell(row, due),
    expiry: expiryOf(row, kind, started, date)?.state ?? null,
  };
}

export type JointRow = Pick<
  Row<'jointApproval'>,
  'id' | 'projectId' | 'startedOn' | 'limitDays' | 'pausedDays' | 'endedOn' | 'note'
>;

/** The joint clock of each project; of two the later begun counts. */
export async function readJoints(store: Store, projectId?: string): Promise<ReadonlyMap<string, JointRow>> {
  const rows = await store.query
    .selectFrom('jointApproval')
    .select(['id', 'projectId', 'startedOn', 'limitDays', 'pausedDays', 'endedOn', 'note'])
    .where('voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('projectId', '=', projectId ?? ''))
    .orderBy('startedOn')
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.projectId, row]));
}

export function clockOf(joint: JointRow, bench: Bench, date: IsoDate): JointClock {
  return jointClock(joint, bench.calendar, date);
}

/** 项目办证推进表: projects with permits, and how many have none. */
export async function readBoard(
  store: Store,
  unitId: string | undefined,
  date: IsoDate,
): Promise<{ readonly kinds: PermitKindRow[]; readonly rows: PermitBoardRow[]; readonly without: number }> {
  const bench = await readBench(store, date);
  const projects = await projectsOf(store, { unitId }, date);
  const joints = await readJoints(store);
  const cells = new Map<string, PermitCell[]>();
  for (const row of await selectPermits(store, { unitId })) {
    const list = cells.get(row.projectId) ?? [];
    list.push(cellOf(row, projects.get(row.projectId)?.started ?? false, bench, date));
    cells.set(row.projectId, list);
  }
  const rows = [...projects.values()].flatMap((project): PermitBoardRow[] => {
    const own = cells.get(project.projectId);
    if (own === undefined) return [];
    const joint = joints.get(project.projectId);
    const needed = own.filter((cell) => cell.state !== 'exempt');
    const { started: _, ...shown } = project;
    return [
      {
        ...shown,
        done: needed.filter((cell) => cell.state === 'done').length,
        needed: needed.length,
        late: needed.filter((cell) => cell.tone === 'late' && cell.state !== 'blocked').length,
        blocked: needed.filter((cell) => cell.state === 'blocked').length,
        clock: joint === undefined ? null : clockOf(joint, bench, date),
        cells: own,
      },
    ];
  });
  return { kinds: [...bench.kinds], rows, without: projects.size - rows.length };
}
