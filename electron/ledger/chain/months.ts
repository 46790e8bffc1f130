import type { MonthlyTaskRow } from '../../../shared/contract/chain.ts';
import { checkMonthlyTask, divideByMonths, monthsOf } from '../../../shared/domain/chain.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { type Actor, type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';

interface Wanted {
  readonly projectId?: string;
  readonly month?: string;
  readonly year?: number;
}

function stateOf(
  task: { readonly month: string; readonly doneOn: string | null },
  today: IsoDate,
): MonthlyTaskRow['state'] {
  if (task.doneOn !== null && task.doneOn <= today) return 'done';
  const now = today.slice(0, 7);
  return task.month < now ? 'late' : task.month === now ? 'current' : 'ahead';
}

/** Monthly tasks in the order of units, projects and months (E1). */
export async function readTasks(store: Store, wanted: Wanted, today: IsoDate): Promise<MonthlyTaskRow[]> {
  const { projectId, month, year } = wanted;
  const rows = await store.query
    .selectFrom('monthlyTask as t')
    .innerJoin('project as p', 'p.id', 't.projectId')
    .leftJoin('responsibilityUnit as u', 'u.id', 'p.unitId')
    .select([
      't.id',
      't.projectId',
      'p.name as projectName',
      'u.shortName',
      'u.name as unitFullName',
      't.month',
      't.investment',
      't.content',
      't.doneOn',
      't.result',
    ])
    .where('t.voided', '=', 0)
    .where('p.voided', '=', 0)
    .$if(projectId !== undefined, (query) => query.where('t.projectId', '=', projectId ?? ''))
    .$if(month !== undefined, (query) => query.where('t.month', '=', month ?? ''))
    .$if(year !== undefined, (query) => query.where('t.month', 'like', `${year}-%`))
    .orderBy((on) => on.fn.coalesce('u.sequence', on.lit(9999)))
    .orderBy('p.id')
    .orderBy('t.month')
    .orderBy('t.id')
    .execute();
  const months = new Map<string, string[]>();
  for (const row of rows) months.set(row.projectId, [...(months.get(row.projectId) ?? []), row.month]);
  return rows.map(({ shortName, unitFullName, ...row }) => ({
    ...row,
    unitName: shortName ?? unitFullName ?? '',
    state: stateOf(row, today),
    findings: [...checkMonthlyTask(row, months.get(row.projectId) ?? [], today)],
  }));
}

/**
 * Breaks the annual plan of projects into months (E1): equal parts of whole 万元 over the months without a task, what the
 * months have already taken off; the links due in a month are its words.
 *
 * @returns names of the projects left out: without an annual plan, or with every month filled
 */
export async function breakDown(
  store: Store,
  wanted: { readonly projectIds: readonly string[]; readonly year: number; readonly from: number; readonly to: number },
  actor: Actor,
): Promise<{ readonly added: number; readonly skipped: string[] }> {
  const { projectIds, year } = wanted;
  const months = monthsOf(year, wanted.from, wanted.to);
  const projects = await store.query
    .selectFrom('project')
    .select(['id', 'name', 'annualPlan'])
    .where('voided', '=', 0)
    .where('id', 'in', projectIds)
    .execute();
  const present = await store.query
    .selectFrom('monthlyTask')
    .select(['projectId', 'month', 'investment'])
    .where('voided', '=', 0)
    .where('projectId', 'in', projectIds)
    .where('month', 'like', `${year}-%`)
    .execute();
  const links = await store.query
    .selectFrom('link')
    .select(['projectId', 'name', 'deadline'])
    .where('voided', '=', 0)
    .where('projectId', 'in', projectIds)
    .where('deadline', 'like', `${year}-%`)
    .orderBy('deadline')
    .execute();
  const skipped: string[] = [];
  const changes: Change[] = [];
  for (const project of projects) {
    const own = present.filter((task) => task.projectId === project.id);
    const free = months.filter((month) => !own.some((task) => task.month === month));
    if (free.length === 0 || project.annualPlan === null) {
      skipped.push(project.name);
      continue;
    }
    const taken = own.reduce((sum, task) => sum + (task.investment ?? 0), 0);
    const parts = divideByMonths(Math.max(0, project.annualPlan - taken), free.length);
    free.forEach((month, index) => {
      const due = links.filter((link) => link.projectId === project.id && link.deadline?.startsWith(month));
      const content = due.length === 0 ? null : `完成：${due.map((link) => link.name).join('、')}`;
      const set = { projectId: project.id, month, investment: parts[index] ?? null, content };
      changes.push({ entity: 'monthlyTask', id: newId(), set });
    });
  }
  if (changes.length > 0) {
    const title = `把 ${projects.length - skipped.length} 个项目的${year}年计划分解到月`;
    commit(store, { kind: 'edit', title, changes }, actor);
  }
  return { added: changes.length, skipped };
}
