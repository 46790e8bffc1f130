import { Fault } from '../../../shared/contract/faults.ts';
import { checkTemplate, planChain } from '../../../shared/domain/chain.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { readCalendar } from '../calendar/index.ts';
import { type Actor, type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { readTemplates } from './templates.ts';

export interface Application {
  readonly templateId: string;
  readonly projectIds: readonly string[];
  readonly start: IsoDate;
  /** The links a project has are 作废 first; else such a project is left out. */
  readonly replace: boolean;
}

/** Projects of these that have a chain. */
export async function projectsWithChain(store: Store, projectIds: readonly string[]): Promise<string[]> {
  if (projectIds.length === 0) return [];
  const rows = await store.query
    .selectFrom('link')
    .select('projectId')
    .distinct()
    .where('voided', '=', 0)
    .where('projectId', 'in', projectIds)
    .execute();
  return rows.map((row) => row.projectId);
}

/**
 * Gives projects the steps of a template, with days counted in working days from `start`: one action (C12).
 *
 * @returns names of the projects left out because they have a chain
 * @throws Fault UNKNOWN_ROW, RULE_BROKEN when the template is not sound
 */
export async function applyTemplate(
  store: Store,
  application: Application,
  actor: Actor,
): Promise<{ readonly applied: number; readonly skipped: string[]; readonly links: number }> {
  const template = (await readTemplates(store)).find((each) => each.id === application.templateId);
  if (template === undefined) throw new Fault('UNKNOWN_ROW', { what: '链条模板' });
  const [problem] = checkTemplate(template.links);
  if (template.links.length === 0 || problem !== undefined) {
    throw new Fault('RULE_BROKEN', {
      why:
        problem === undefined
          ? `模板“${template.name}”没有环节`
          : `模板“${template.name}”第 ${problem.sequence} 号环节：${problem.reason}`,
      cure: '请先在“链条模板”里改好',
    });
  }
  const projects = await store.query
    .selectFrom('project')
    .select(['id', 'name'])
    .where('voided', '=', 0)
    .where('id', 'in', application.projectIds)
    .execute();
  const having = new Set(await projectsWithChain(store, application.projectIds));
  const wanted = projects.filter((project) => application.replace || !having.has(project.id));
  const skipped = projects.filter((project) => !application.replace && having.has(project.id)).map(({ name }) => name);
  const plan = planChain(template.links, application.start, await readCalendar(store));
  const old = application.replace
    ? await store.query
        .selectFrom('link')
        .select('id')
        .where('voided', '=', 0)
        .where('projectId', 'in', application.projectIds)
        .execute()
    : [];
  const changes: Change[] = old.map(({ id }) => ({ entity: 'link', id, set: { voided: 1 } }));
  for (const project of wanted) {
    const ids = new Map(plan.map((step) => [step.sequence, newId()]));
    for (const { sequence, name, unitText, workingDays, after, plannedStart, deadline } of plan) {
      const predecessorId = after === null ? null : (ids.get(after) ?? null);
      const set = {
        projectId: project.id,
        sequence,
        name,
        unitText,
        workingDays,
        plannedStart,
        deadline,
        predecessorId,
      };
      changes.push({ entity: 'link', id: ids.get(sequence) ?? newId(), set });
    }
  }
  if (wanted.length === 0) return { applied: 0, skipped, links: 0 };
  const [only] = wanted;
  const whom = wanted.length === 1 && only ? `“${only.name}”` : `${wanted.length} 个项目`;
  commit(store, { kind: 'edit', title: `给${whom}套用“${template.name}”`.slice(0, 120), changes }, actor);
  return { applied: wanted.length, skipped, links: wanted.length * plan.length };
}
