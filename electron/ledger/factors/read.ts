import type {
  AttractionByUnit,
  FactorCaseRow,
  FactorRow,
  FactorSummary,
  FinancingRow,
  LeadRow,
  ObstructionRow,
  VisitRow,
} from '../../../shared/contract/factors.ts';
import { FACTOR_KINDS } from '../../../shared/dictionary/index.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { addDecimals } from '../../../shared/domain/decimal.ts';
import {
  CASE_BEGAN,
  checkCase,
  checkFactor,
  checkFinancing,
  checkLead,
  dutyState,
  factorGap,
  OBSTRUCTION_BEGAN,
} from '../../../shared/domain/factor.ts';
import type { RowFinding } from '../../../shared/domain/row-finding.ts';
import { lightRuleOn, lightRules, unitsInOrder } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

interface Named {
  readonly name: string;
  readonly unitName: string;
  readonly place: number;
}

/** Name and unit of every project not 作废, with its place in the order of the units. */
async function projectNames(store: Store): Promise<ReadonlyMap<string, Named>> {
  const rows = await store.query
    .selectFrom('project as p')
    .leftJoin('responsibilityUnit as u', 'u.id', 'p.unitId')
    .select(['p.id', 'p.name', 'u.name as unitName', 'u.shortName'])
    .where('p.voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('u.sequence', on.lit(9999)))
    .orderBy('p.id')
    .execute();
  return new Map(
    rows.map((row, place) => [row.id, { name: row.name, unitName: row.shortName ?? row.unitName ?? '', place }]),
  );
}

async function remindDays(store: Store, date: IsoDate): Promise<number> {
  return lightRuleOn(await lightRules(store), date).remindDays;
}

interface OfProject {
  readonly id: string;
  readonly projectId: string;
}

/** Rows of projects that are there, in the order of units and projects, with their names. */
async function withProjects<R extends OfProject>(
  store: Store,
  rows: readonly R[],
): Promise<(R & { projectName: string; unitName: string })[]> {
  const projects = await projectNames(store);
  return rows
    .flatMap((row) => {
      const project = projects.get(row.projectId);
      return project === undefined ? [] : [{ row, project }];
    })
    .sort((left, right) => left.project.place - right.project.place || (left.row.id < right.row.id ? -1 : 1))
    .map(({ row, project }) => ({ ...row, projectName: project.name, unitName: project.unitName }));
}

const DUTY_ORDER = { overdue: 0, dueSoon: 1, open: 2, undated: 3, done: 4 } as const;

/** What is pressing first; within one state the order stays. */
function pressingFirst<R extends { readonly state: keyof typeof DUTY_ORDER }>(rows: R[]): R[] {
  return rows.sort((left, right) => DUTY_ORDER[left.state] - DUTY_ORDER[right.state]);
}

type Case = OfProject & { readonly deadline: IsoDate | null; readonly doneOn: IsoDate | null };

/** Cases with their projects, where they stand and what is questionable, the pressing ones first. */
async function casesShown<R extends Case>(
  store: Store,
  rows: readonly R[],
  date: IsoDate,
  check: (row: R) => readonly RowFinding[],
) {
  const remind = await remindDays(store, date);
  const named = await withProjects(store, rows);
  return pressingFirst(
    named.map((row) => {
      const { state, words } = dutyState(row, date, remind);
      return { ...row, state, words, findings: [...check(row)] };
    }),
  );
}

interface Scope {
  readonly projectId?: string | undefined;
}

export async function readFactors(store: Store, { projectId }: Scope, date: IsoDate): Promise<FactorRow[]> {
  const rows = await store.query
    .selectFrom('factor')
    .select([
      'id',
      'projectId',
      'kind',
      'item',
      'measure',
      'needed',
      'obtained',
      'department',
      'personId',
      'deadline',
      'doneOn',
      'note',
    ])
    .where('voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('projectId', '=', projectId ?? ''))
    .execute();
  const remind = await remindDays(store, date);
  const named = await withProjects(store, rows);
  return pressingFirst(
    named.map((row) => {
      const { state, words } = dutyState(row, date, remind);
      const gap = factorGap(row);
      const isMet = state !== 'done' && gap === 0 && row.needed !== null;
      return {
        ...row,
        gap,
        state: isMet ? ('done' as const) : state,
        words: isMet ? '已满足' : state === 'done' ? words.replace('办结', '落实') : words,
        findings: [...checkFactor(row, date)],
      };
    }),
  );
}

/** By kind of factor: how many projects need it, how many are short, gaps added up where the measure is the same. */
export function summaryOf(rows: readonly FactorRow[]): FactorSummary {
  return FACTOR_KINDS.map(({ value }) => {
    const own = rows.filter((row) => row.kind === value);
    const measures = new Map<string, { needed: number; obtained: number; gap: number }>();
    for (const row of own) {
      const measure = row.measure ?? '';
      const sum = measures.get(measure) ?? { needed: 0, obtained: 0, gap: 0 };
      sum.needed = addDecimals(sum.needed, row.needed ?? 0);
      sum.obtained = addDecimals(sum.obtained, row.obtained ?? 0);
      sum.gap = addDecimals(sum.gap, row.gap ?? 0);
      measures.set(measure, sum);
    }
    return {
      kind: value,
      projects: new Set(own.map((row) => row.projectId)).size,
      short: new Set(own.filter((row) => (row.gap ?? 0) > 0).map((row) => row.projectId)).size,
      overdue: own.filter((row) => row.state === 'overdue').length,
      gaps: [...measures].map(([measure, sum]) => ({ measure, ...sum })),
    };
  });
}

export async function readCases(store: Store, { projectId }: Scope, date: IsoDate): Promise<FactorCaseRow[]> {
  const rows = await store.query
    .selectFrom('factorCase')
    .select([
      'id',
      'projectId',
      'group',
      'matter',
      'raisedOn',
      'department',
      'personId',
      'deadline',
      'doneOn',
      'result',
    ])
    .where('voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('projectId', '=', projectId ?? ''))
    .execute();
  return casesShown(store, rows, date, (row) => checkCase({ ...row, beganOn: row.raisedOn }, CASE_BEGAN, date));
}

export async function readObstructions(store: Store, { projectId }: Scope, date: IsoDate): Promise<ObstructionRow[]> {
  const rows = await store.query
    .selectFrom('obstruction')
    .select([
      'id',
      'projectId',
      'happenedOn',
      'kind',
      'matter',
      'unitText',
      'officerId',
      'deadline',
      'doneOn',
      'result',
    ])
    .where('voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('projectId', '=', projectId ?? ''))
    .execute();
  return casesShown(store, rows, date, (row) =>
    checkCase({ ...row, beganOn: row.happenedOn }, OBSTRUCTION_BEGAN, date),
  );
}

export async function readFinancing(store: Store, { projectId }: Scope, date: IsoDate): Promise<FinancingRow[]> {
  const rows = await store.query
    .selectFrom('financing')
    .select([
      'id',
      'projectId',
      'source',
      'bank',
      'needed',
      'matched',
      'paid',
      'meetingOn',
      'meeting',
      'contact',
      'deadline',
      'note',
    ])
    .where('voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('projectId', '=', projectId ?? ''))
    .execute();
  const named = await withProjects(store, rows);
  return named.map((row) => ({
    ...row,
    gap: factorGap({ needed: row.needed, obtained: row.matched }),
    findings: [...checkFinancing(row, date)],
  }));
}

export interface Attraction {
  readonly leads: LeadRow[];
  readonly visits: VisitRow[];
  readonly byUnit: AttractionByUnit;
}

/** Leads, visits, and both by unit (E11). */
export async function readAttraction(store: Store, date: IsoDate): Promise<Attraction> {
  const units = await unitsInOrder(store);
  const unitName = new Map(units.map((unit) => [unit.id, unit.name]));
  const leadRows = await store.query
    .selectFrom('investmentLead')
    .select([
      'id',
      'unitId',
      'name',
      'investor',
      'origin',
      'planned',
      'state',
      'officerId',
      'foundOn',
      'signedOn',
      'agreement',
      'agreed',
      'projectId',
      'note',
    ])
    .where('voided', '=', 0)
    .orderBy('foundOn', 'desc')
    .orderBy('id')
    .execute();
  const visitRows = await store.query
    .selectFrom('leadVisit')
    .select(['id', 'leadId', 'unitId', 'visitedOn', 'kind', 'leader', 'participants', 'result'])
    .where('voided', '=', 0)
    .orderBy('visitedOn', 'desc')
    .orderBy('id')
    .execute();
  const leadName = new Map(leadRows.map((lead) => [lead.id, lead.name]));
  const visits = visitRows.map((visit) => ({
    ...visit,
    leadName: leadName.get(visit.leadId) ?? '（已作废的线索）',
    unitName: unitName.get(visit.unitId) ?? '',
  }));
  const leads = leadRows.map((lead) => {
    const own = visits.filter((visit) => visit.leadId === lead.id);
    return {
      ...lead,
      unitName: unitName.get(lead.unitId) ?? '',
      visits: own.length,
      lastVisit: own[0]?.visitedOn ?? null,
      findings: [...checkLead(lead, date)],
    };
  });
  const byUnit = units.flatMap((unit) => {
    const own = leads.filter((lead) => lead.unitId === unit.id);
    if (own.length === 0) return [];
    const signed = own.filter((lead) => lead.state === 'signed' || lead.state === 'landed');
    return [
      {
        unitId: unit.id,
        unitName: unit.name,
        leads: own.length,
        visits: visits.filter((visit) => visit.unitId === unit.id).length,
        signed: signed.length,
        landed: own.filter((lead) => lead.state === 'landed').length,
        agreed: signed.reduce((sum, lead) => sum + (lead.agreed ?? 0), 0),
      },
    ];
  });
  return { leads, visits, byUnit };
}
