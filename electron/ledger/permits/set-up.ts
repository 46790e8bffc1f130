import type { IsoDate } from '../../../shared/domain/date.ts';
import { planPermits } from '../../../shared/domain/permit-catalogue.ts';
import { readCalendar } from '../calendar/index.ts';
import { type Actor, type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { readKinds } from './catalogue.ts';

export interface SetUp {
  readonly projectIds: readonly string[];
  readonly kindIds: readonly string[];
  readonly start: IsoDate;
  readonly jointLimit: number | null;
}

/** Registers permits of projects with planned days, stage after stage (D12): one action. */
export async function setUpPermits(
  store: Store,
  wanted: SetUp,
  actor: Actor,
): Promise<{ readonly added: number; readonly projects: number }> {
  const kinds = (await readKinds(store)).filter((kind) => wanted.kindIds.includes(kind.id));
  const plan = planPermits(kinds, wanted.start, await readCalendar(store));
  const present = await store.query
    .selectFrom('permit')
    .select(['projectId', 'kindId'])
    .where('voided', '=', 0)
    .where('projectId', 'in', wanted.projectIds)
    .execute();
  const clocks = await store.query
    .selectFrom('jointApproval')
    .select('projectId')
    .where('voided', '=', 0)
    .where('projectId', 'in', wanted.projectIds)
    .execute();
  const has = new Set(present.map((row) => `${row.projectId} ${row.kindId}`));
  const hasClock = new Set(clocks.map((row) => row.projectId));
  const changes: Change[] = [];
  let projects = 0;
  for (const projectId of wanted.projectIds) {
    const missing = kinds.filter((kind) => !has.has(`${projectId} ${kind.id}`));
    for (const kind of missing) {
      const set = { projectId, kindId: kind.id, state: 'planned', ...plan.get(kind.id) };
      changes.push({ entity: 'permit', id: newId(), set });
    }
    if (missing.length > 0) projects += 1;
    if (wanted.jointLimit !== null && !hasClock.has(projectId)) {
      const set = { projectId, startedOn: wanted.start, limitDays: wanted.jointLimit };
      changes.push({ entity: 'jointApproval', id: newId(), set });
    }
  }
  const added = changes.filter((change) => change.entity === 'permit').length;
  if (changes.length > 0) {
    commit(store, { kind: 'edit', title: `登记 ${projects} 个项目的 ${added} 项手续`, changes }, actor);
  }
  return { added, projects };
}
