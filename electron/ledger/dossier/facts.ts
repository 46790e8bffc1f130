import type { IsoDate } from '../../../shared/domain/date.ts';
import { dateAt, monthOf, yearOf } from '../../../shared/domain/date.ts';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import { groupBy, inForce, reviewed } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

/** Ten-day figures of one month; yuan. */
export interface MonthLine {
  readonly month: number;
  readonly plan: number | null;
  readonly thirds: readonly (number | null)[];
  readonly done: number | null;
  readonly yearToDate: number | null;
}

const thirdOfKey = (period: string): number => Number(period.split('-').at(-1));

function reportsOfYear(store: Store, projectId: string, date: IsoDate) {
  const year = yearOf(date);
  return store.query
    .selectFrom('report as r')
    .leftJoin('submission as s', 's.id', 'r.submissionId')
    .select([
      'r.id',
      'r.period',
      'r.periodInvestment',
      'r.yearToDate',
      'r.visibleProgress',
      'r.problems',
      'r.nextSteps',
      'r.supersedes',
      's.reason',
      's.submittedAt',
    ])
    .where('r.projectId', '=', projectId)
    .where('r.kind', '=', 'tenDay')
    .where('r.voided', '=', 0)
    .where('r.period', '>=', `${year}-01-1`)
    .where('r.period', '<=', `${year}-12-3`)
    .orderBy('r.period')
    .orderBy('r.id')
    .execute();
}
type YearReport = Awaited<ReturnType<typeof reportsOfYear>>[number];

export interface YearFacts {
  readonly months: readonly MonthLine[];
  /** In force, oldest first. */
  readonly reports: readonly YearReport[];
  readonly corrections: readonly {
    readonly period: string;
    readonly before: number | null;
    readonly after: number | null;
    readonly on: IsoDate | null;
    readonly reason: string | null;
  }[];
}

export function labelOf(period: string): string {
  const parsed = parsePeriod(period);
  return parsed === null ? period : periodLabel(parsed);
}

/** The ten-day reports of the day's year: by month, in force, corrected. */
export async function readYear(store: Store, projectId: string, date: IsoDate): Promise<YearFacts> {
  const { heldBack } = reviewed(store);
  const rows = (await reportsOfYear(store, projectId, date)).filter((row) => !heldBack.has(row.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const standing = [...groupBy(rows, (row) => row.period).values()].flatMap((group) => {
    const report = inForce(group, heldBack);
    return report === null ? [] : [report];
  });
  const tasks = await store.query
    .selectFrom('monthlyTask')
    .select(['month', 'investment'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .where('month', 'like', `${yearOf(date)}-%`)
    .execute();
  const plans = new Map(tasks.map((task) => [Number((task.month ?? '').slice(5)), task.investment]));
  const byMonth = groupBy(standing, (report) => monthOf(parsePeriod(report.period)?.end ?? date));
  const last = Math.max(0, ...byMonth.keys(), ...[...plans.keys()].filter((month) => month >= 1 && month <= 12));
  return {
    months: Array.from({ length: last }, (_, index): MonthLine => {
      const month = index + 1;
      const own = byMonth.get(month) ?? [];
      const thirds = [1, 2, 3].map(
        (third) => own.find((report) => thirdOfKey(report.period) === third)?.periodInvestment ?? null,
      );
      return {
        month,
        plan: plans.get(month) ?? null,
        thirds,
        done: thirds.every((each) => each === null) ? null : thirds.reduce<number>((sum, each) => sum + (each ?? 0), 0),
        yearToDate: own.at(-1)?.yearToDate ?? null,
      };
    }),
    reports: standing,
    corrections: rows.flatMap((row) => {
      const old = row.supersedes === null ? undefined : byId.get(row.supersedes);
      if (old === undefined) return [];
      return [
        {
          period: row.period,
          before: old.yearToDate,
          after: row.yearToDate,
          on: row.submittedAt === null ? null : dateAt(row.submittedAt),
          reason: row.reason,
        },
      ];
    }),
  };
}

/** Permits and factors of one project, in the words of a form. */
export async function readProcedures(store: Store, projectId: string) {
  const permits = await store.query
    .selectFrom('permit as p')
    .innerJoin('permitKind as k', 'k.id', 'p.kindId')
    .select([
      'k.name',
      'k.department',
      'p.state',
      'p.plannedSubmit',
      'p.plannedApproval',
      'p.actualSubmit',
      'p.actualApproval',
      'p.blockedReason',
      'p.commitment',
      'p.commitmentDue',
      'p.documentNumber',
    ])
    .where('p.projectId', '=', projectId)
    .where('p.voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('k.sequence', on.lit(999)))
    .orderBy('p.id')
    .execute();
  const factors = await store.query
    .selectFrom('factor')
    .select(['kind', 'item', 'measure', 'needed', 'obtained', 'department', 'deadline', 'doneOn'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const financing = await store.query
    .selectFrom('financing')
    .select(['source', 'bank', 'needed', 'matched', 'paid', 'meetingOn', 'note'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  return { permits, factors, financing };
}

/** One matter of a project that somebody must settle: 一事一议, 要素个案 or 施工环境案件. */
export interface Matter {
  readonly kind: string;
  readonly on: IsoDate | null;
  readonly matter: string;
  readonly by: string;
  readonly deadline: IsoDate | null;
  readonly doneOn: IsoDate | null;
  readonly result: string;
}

/** Meetings and cases of one project, the earliest first (D11, E5, E7). */
export async function readMatters(store: Store, projectId: string): Promise<readonly Matter[]> {
  const meetings = await store.query
    .selectFrom('caseMeeting')
    .select(['matter', 'metOn', 'decision', 'unitText', 'deadline', 'doneOn', 'result'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .execute();
  const cases = await store.query
    .selectFrom('factorCase')
    .select(['matter', 'raisedOn', 'department', 'deadline', 'doneOn', 'result'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .execute();
  const obstructions = await store.query
    .selectFrom('obstruction')
    .select(['matter', 'happenedOn', 'unitText', 'deadline', 'doneOn', 'result'])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .execute();
  const found = [
    ...meetings.map(({ matter, metOn, decision, unitText, result, ...rest }) => ({
      ...rest,
      kind: '一事一议',
      on: metOn,
      matter: [matter, decision].filter(Boolean).join('：'),
      by: unitText,
      result,
    })),
    ...cases.map(({ raisedOn, department, ...rest }) => ({ ...rest, kind: '要素个案', on: raisedOn, by: department })),
    ...obstructions.map(({ happenedOn, unitText, ...rest }) => ({
      ...rest,
      kind: '施工环境',
      on: happenedOn,
      by: unitText,
    })),
  ].map((each): Matter => ({ ...each, matter: each.matter ?? '', by: each.by ?? '', result: each.result ?? '' }));
  return found.sort((left, right) => ((left.on ?? '') < (right.on ?? '') ? -1 : 1));
}

/** The bundle a project is a part of, and how many parts it has itself. */
export async function readBundle(
  store: Store,
  project: { readonly id: string; readonly bundleId: string | null },
): Promise<{ readonly bundle: string | null; readonly parts: readonly string[] }> {
  const rows = await store.query
    .selectFrom('project')
    .select(['id', 'name', 'bundleId'])
    .where('voided', '=', 0)
    .where((on) => on.or([on('bundleId', '=', project.id), on('id', '=', project.bundleId ?? '')]))
    .orderBy('id')
    .execute();
  return {
    bundle: rows.find((row) => row.id === project.bundleId)?.name ?? null,
    parts: rows.filter((row) => row.bundleId === project.id).map((row) => row.name),
  };
}
