import { Fault } from '../../../shared/contract/faults.ts';
import type { AdjustmentLine, BatchSheet, PoolFinding, PoolOverview } from '../../../shared/contract/pool.ts';
import { PROJECT_LISTS } from '../../../shared/dictionary/index.ts';
import { formatChinese, type IsoDate, yearOf } from '../../../shared/domain/date.ts';
import { type ListSpan, planLists } from '../../../shared/domain/list-membership.ts';
import { sumMoney } from '../../../shared/domain/money.ts';
import {
  adjustmentName,
  batchOf,
  checkRun,
  investmentDifference,
  inWindow,
  listChanges,
  listName,
  listsAfter,
  poolRuleText,
  windowsText,
} from '../../../shared/domain/pool.ts';
import { type Actor, type Change, type CommitResult, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { type KnownProject, poolProjects, poolRuleOn } from './projects.ts';
import { batchLabel } from './proposals.ts';

const COLUMNS = [
  'id',
  'batch',
  'kind',
  'projectId',
  'list',
  'replacementId',
  'state',
  'reason',
  'effectiveOn',
  'approvedBy',
  'approvedOn',
  'approvalNote',
] as const;

function rowsOf(store: Store, batch: string) {
  return store.query
    .selectFrom('poolAdjustment')
    .select(COLUMNS)
    .where('voided', '=', 0)
    .where('batch', '=', batch)
    .orderBy('id')
    .execute();
}
type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function lineOf(row: Row, projects: ReadonlyMap<string, KnownProject>): AdjustmentLine {
  const project = projects.get(row.projectId);
  const other = row.replacementId === null ? undefined : projects.get(row.replacementId);
  return {
    ...row,
    name: project?.name ?? '（已作废的项目）',
    unitName: project?.unitName ?? '',
    totalInvestment: project?.totalInvestment ?? null,
    annualPlan: project?.annualPlan ?? null,
    replacementName: other?.name ?? null,
    replacementInvestment: other?.totalInvestment ?? null,
    percent: other === undefined ? null : investmentDifference(project?.totalInvestment ?? null, other.totalInvestment),
  };
}

/** One run: its rows, what is against them, what they make of the lists. */
export async function readBatch(store: Store, batch: string, date: IsoDate): Promise<BatchSheet> {
  const rule = await poolRuleOn(store, date);
  const projects = await poolProjects(store);
  const rows = await rowsOf(store, batch);
  const open = rows.filter((row) => row.state === 'proposed' || row.state === 'approved');
  return {
    key: batch,
    label: batchLabel(batch),
    date,
    lines: rows.map((row) => lineOf(row, projects)),
    findings: [...checkRun(rule, open, projects, date)],
    changes: listChanges(rule, open, projects).map((change) => ({ ...change, label: listName(change.list) })),
  };
}

type Counted = PoolOverview['lists'][number]['whole'];

function counted(members: readonly KnownProject[]): Counted {
  return {
    count: members.length,
    totalInvestment: sumMoney(members.map((member) => member.totalInvestment)),
    annualPlan: sumMoney(members.map((member) => member.annualPlan)),
  };
}

/** A list counted with its bundles as one, and as their parts. */
function bothWays(members: readonly KnownProject[]): { readonly whole: Counted; readonly parts: Counted } {
  const ids = new Set(members.map(({ id }) => id));
  const withParts = new Set(members.map(({ bundleId }) => bundleId));
  return {
    whole: counted(members.filter(({ bundleId }) => bundleId === null || !ids.has(bundleId))),
    parts: counted(members.filter(({ id }) => !withParts.has(id))),
  };
}

export async function readPoolOverview(store: Store, date: IsoDate): Promise<PoolOverview> {
  const rule = await poolRuleOn(store, date);
  const projects = [...(await poolProjects(store)).values()];
  const states = await store.query
    .selectFrom('poolAdjustment')
    .select((on) => ['batch', 'state', on.fn.countAll<number>().as('count')])
    .where('voided', '=', 0)
    .groupBy(['batch', 'state'])
    .execute();
  const lineFor = (key: string, label: string) => {
    const count = (state: string): number => states.find((row) => row.batch === key && row.state === state)?.count ?? 0;
    return {
      key,
      label,
      proposed: count('proposed'),
      approved: count('approved'),
      done: count('done'),
      declined: count('declined'),
    };
  };
  const run = (kind: 'halfMonth' | 'quarter') => {
    const { key, label } = batchOf(kind, date);
    return lineFor(key, label);
  };
  const keys = [...new Set(states.map((row) => row.batch))].sort().reverse();
  return {
    date,
    rule: [...poolRuleText(rule)],
    window: { open: inWindow(rule, date), text: windowsText(rule) },
    runs: { halfMonth: run('halfMonth'), quarter: run('quarter') },
    batches: keys.map((key) => lineFor(key, batchLabel(key))),
    lists: PROJECT_LISTS.map(({ value, label }) => ({
      list: value,
      label,
      ...bothWays(projects.filter((project) => project.lists.includes(value))),
    })),
  };
}

export interface NewAdjustment {
  readonly kind: AdjustmentLine['kind'];
  readonly projectId: string;
  readonly list: string;
  readonly replacementId: string | null;
  readonly reason: string | null;
}

/** Puts rows into a run. @throws Fault RULE_BROKEN where a project is in it already, NOT_ALLOWED */
export async function addToBatch(
  store: Store,
  batch: string,
  items: readonly NewAdjustment[],
  actor: Actor,
): Promise<{ readonly ids: string[] }> {
  const projects = await poolProjects(store);
  const known = new Set((await rowsOf(store, batch)).map((row) => `${row.list}:${row.projectId}`));
  const fresh = items.filter((item) => !known.has(`${item.list}:${item.projectId}`));
  const [first] = items;
  if (fresh.length === 0)
    throw new Fault('RULE_BROKEN', {
      why: `“${projects.get(first?.projectId ?? '')?.name ?? ''}”已在${batchLabel(batch)}中`,
      cure: '请在批次中修改那一条',
    });
  const changes = fresh.map(
    (item): Change => ({
      entity: 'poolAdjustment',
      id: newId(),
      set: { batch, state: 'proposed', ...item },
    }),
  );
  const title =
    fresh.length === 1
      ? `${batchLabel(batch)}：${adjustmentName(fresh[0]?.kind ?? '')}“${projects.get(fresh[0]?.projectId ?? '')?.name ?? ''}”`
      : `${batchLabel(batch)}：列入 ${fresh.length} 条`;
  commit(store, { kind: 'edit', title: title.slice(0, 120), changes }, actor);
  return { ids: changes.map(({ id }) => id) };
}

function refuse(findings: readonly PoolFinding[], lines: readonly AdjustmentLine[]): void {
  const stops = findings.filter((finding) => finding.severity === 'stop');
  const [first] = stops;
  if (first === undefined) return;
  const name = lines.find((line) => line.id === first.id)?.name ?? '';
  const more = stops.length > 1 ? `（另有 ${stops.length - 1} 处，见批次中的提示）` : '';
  throw new Fault('RULE_BROKEN', { why: `“${name}”：${first.reason}${more}`, cure: first.cure });
}

/** Records the approval of every proposed row of a run (B6). @throws Fault RULE_BROKEN */
export async function approveBatch(
  store: Store,
  request: { readonly batch: string; readonly approvedBy: string; readonly approvedOn: IsoDate; readonly note: string },
  moment: { readonly today: IsoDate; readonly actor: Actor },
): Promise<CommitResult> {
  const sheet = await readBatch(store, request.batch, moment.today);
  const proposed = sheet.lines.filter((line) => line.state === 'proposed');
  if (proposed.length === 0) throw new Fault('RULE_BROKEN', { why: '本批没有待批准的调整', cure: '请先列入调整项目' });
  if (request.approvedOn > moment.today)
    throw new Fault('RULE_BROKEN', { why: `批准日期 ${request.approvedOn} 晚于今天`, cure: '请核对批准日期' });
  refuse(sheet.findings, sheet.lines);
  return commit(
    store,
    {
      kind: 'edit',
      title: `${sheet.label}：登记批准 ${proposed.length} 条`,
      changes: proposed.map((line) => ({
        entity: 'poolAdjustment',
        id: line.id,
        set: {
          state: 'approved',
          approvedBy: request.approvedBy,
          approvedOn: request.approvedOn,
          approvalNote: request.note,
        },
      })),
    },
    moment.actor,
  );
}

/** 不予调整. @throws Fault RULE_BROKEN for a row already carried out */
export async function declineRows(
  store: Store,
  ids: readonly string[],
  reason: string,
  actor: Actor,
): Promise<CommitResult> {
  const rows = await store.query.selectFrom('poolAdjustment').select(['id', 'state']).where('id', 'in', ids).execute();
  if (rows.some((row) => row.state === 'done'))
    throw new Fault('RULE_BROKEN', { why: '其中有已经调整到位的', cure: '如需改回，请另列一条反向的调整' });
  return commit(
    store,
    {
      kind: 'edit',
      title: `不予调整 ${rows.length} 条`,
      changes: rows.map(({ id }) => ({
        entity: 'poolAdjustment',
        id,
        set: { state: 'declined', approvalNote: reason },
      })),
    },
    actor,
  );
}

function spansOf(store: Store, ids: readonly string[]): Promise<ListSpan[]> {
  return store.query
    .selectFrom('listMembership')
    .select(['id', 'projectId', 'list', 'effectiveFrom', 'effectiveTo'])
    .where('voided', '=', 0)
    .where('projectId', 'in', ids)
    .execute();
}

/** The rows that take a project from some lists to others on a day. */
export function membershipChanges(
  spans: readonly ListSpan[],
  projectId: string,
  before: readonly string[],
  wanted: readonly string[],
  from: IsoDate,
  note: string | null,
): Change[] {
  const plan = planLists(
    spans.filter((span) => span.projectId === projectId),
    before,
    wanted,
    from,
  );
  return [
    ...plan.open.map(
      (span): Change => ({
        entity: 'listMembership',
        id: newId(),
        set: {
          projectId,
          ...span,
          year: yearOf(from),
          note: span.effectiveFrom === null ? null : note,
        },
      }),
    ),
    ...plan.close.map(({ id, effectiveTo }): Change => ({ entity: 'listMembership', id, set: { effectiveTo } })),
    ...plan.remove.map((id): Change => ({ entity: 'listMembership', id, set: { voided: 1 } })),
  ];
}

/** Reserves that become key projects leave the pool. */
async function poolLeavers(store: Store, ids: readonly string[], date: IsoDate): Promise<Change[]> {
  const entries = await store.query
    .selectFrom('poolEntry')
    .select('id')
    .where('voided', '=', 0)
    .where('leftOn', 'is', null)
    .where('projectId', 'in', ids)
    .execute();
  return entries.map(({ id }) => ({ entity: 'poolEntry', id, set: { leftOn: date, outcome: 'key' } }));
}

/**
 * Carries the approved rows of a run out (B6): memberships from the day on, the lists of the projects, the reserve pool; one
 * undo step. What bulletins said of earlier days stays as it was.
 *
 * @throws Fault RULE_BROKEN
 */
export async function executeBatch(
  store: Store,
  batch: string,
  date: IsoDate,
  moment: { readonly today: IsoDate; readonly actor: Actor },
): Promise<CommitResult> {
  const rule = await poolRuleOn(store, date);
  const projects = await poolProjects(store);
  const approved = (await rowsOf(store, batch)).filter((row) => row.state === 'approved');
  if (approved.length === 0) throw new Fault('RULE_BROKEN', { why: '本批没有已批准而未调整的', cure: '请先登记批准' });
  if (date > moment.today)
    throw new Fault('RULE_BROKEN', { why: `调整日期 ${date} 晚于今天 ${moment.today}`, cure: '请到当天再调整' });
  const late = approved.find((row) => row.approvedOn !== null && row.approvedOn > date);
  if (late !== undefined)
    throw new Fault('RULE_BROKEN', {
      why: `调整日期早于批准日期（${formatChinese(late.approvedOn ?? date)}）`,
      cure: '请核对日期',
    });
  const lines = approved.map((row) => lineOf(row, projects));
  refuse(checkRun(rule, approved, projects, approved.find((row) => row.kind === 'promote')?.approvedOn ?? date), lines);
  const before = new Map([...projects].map(([id, project]) => [id, project.lists]));
  const after = approved.reduce(
    (lists, row) => listsAfter(rule, row, lists),
    before as ReadonlyMap<string, readonly string[]>,
  );
  const moved = [...projects.keys()].filter((id) => after.get(id) !== before.get(id));
  const spans = await spansOf(store, moved);
  const changes: Change[] = moved.flatMap((id): Change[] => {
    const [was, is] = [before.get(id) ?? [], after.get(id) ?? []];
    return [
      { entity: 'project', id, set: { lists: is.length === 0 ? null : JSON.stringify([...is].sort()) } },
      ...membershipChanges(spans, id, was, is, date, batchLabel(batch)),
    ];
  });
  const entering = approved.flatMap((row) =>
    row.kind === 'admit' ? [row.projectId] : row.replacementId === null ? [] : [row.replacementId],
  );
  const figures = (id: string | null) => {
    const project = id === null ? undefined : projects.get(id);
    return project && { totalInvestment: project.totalInvestment, annualPlan: project.annualPlan };
  };
  changes.push(
    ...(await poolLeavers(store, entering, date)),
    ...approved.map(
      (row): Change => ({
        entity: 'poolAdjustment',
        id: row.id,
        set: {
          state: 'done',
          effectiveOn: date,
          figures: JSON.stringify({ project: figures(row.projectId), replacement: figures(row.replacementId) }),
        },
      }),
    ),
  );
  return commit(
    store,
    { kind: 'edit', title: `${batchLabel(batch)}：调整到位 ${approved.length} 条`, changes },
    moment.actor,
  );
}
