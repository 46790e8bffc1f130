import { PROJECT_LISTS, type Stage, type Value } from '../../../../shared/dictionary/index.ts';
import { type BundleNode, partProblem } from '../../../../shared/domain/bundle.ts';
import { formatChinese } from '../../../../shared/domain/date.ts';
import type { ListSpan } from '../../../../shared/domain/list-membership.ts';
import { checkProjectDays } from '../../../../shared/domain/project-days.ts';
import { LOWEST_RANKS, rankProblem } from '../../../../shared/domain/rank.ts';
import { question, type RowFinding, refuse } from '../../../../shared/domain/row-finding.ts';
import {
  datesAfter,
  isRefusal,
  type StageDates,
  stageFaults,
  stageMove,
  stageName,
} from '../../../../shared/domain/stage.ts';
import { membershipChanges } from '../../pool/index.ts';
import { readLists } from '../../rates/index.ts';
import { stageDatesOf } from '../../stages/index.ts';
import type { Change } from '../../store/commit.ts';
import { newId } from '../../store/id.ts';
import type { PlainRow, Rows } from '../rows.ts';
import type { EntityRules, Situation, Step } from '../rule.ts';

const asText = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const nameOf = (row: PlainRow | null): string => asText(row?.['name']) ?? '';

// 建设阶段 (A6)

const DAY_FIELDS: Readonly<Partial<Record<Stage, keyof StageDates>>> = {
  started: 'actualStart',
  suspended: 'suspendedSince',
  completed: 'actualCompletion',
  inProduction: 'productionDate',
};

/** Where the stage goes and on which day; null where it stays, or where the other side decides. */
function stageStep(
  before: PlainRow | null,
  set: Step['set'],
  { today, may }: Pick<Situation, 'today' | 'may'>,
): { readonly dates: StageDates; readonly to: Stage | null; readonly date: string } | null {
  if (before === null || !('stage' in set) || !may(before, 'stage')) return null;
  const dates = stageDatesOf(before);
  const to = asText(set['stage']) as Stage | null;
  if (to === dates.stage) return null;
  const field = to === null ? undefined : DAY_FIELDS[to];
  const date = (field && (asText(set[field]) ?? (field === 'suspendedSince' ? null : dates[field]))) ?? today;
  return { dates, to, date };
}

function checkStage(step: Step, situation: Situation): readonly RowFinding[] {
  const moved = stageStep(step.before, step.set, situation);
  if (moved === null) return [];
  const { dates, to, date } = moved;
  if (to === null) return [refuse('stage', '建设阶段不能清空', '登记有误的，请改为正确的阶段')];
  const { moves } = situation.occasion;
  if (moves === 'any') return [];
  if (moves === 'reasoned' && stageMove(dates.stage, to) === 'back')
    return [
      refuse(
        'stage',
        `由“${stageName(dates.stage)}”退回“${stageName(to)}”要写明理由`,
        '请在项目页“阶段”中登记，理由与日期一并保存',
      ),
    ];
  const days = situation.now.where('stageEvent', 'projectId', step.id).map((event) => asText(event['date']) ?? '');
  const last = days.sort().at(-1) ?? null;
  return stageFaults(dates, { to, date, evidence: null, note: null }, situation.today, last).flatMap((fault) => {
    if (fault.field === 'to') return [refuse('stage', fault.reason, fault.cure)];
    const field = DAY_FIELDS[to] ?? 'stage';
    return fault.field === 'date' ? [refuse(field in step.set ? field : 'stage', fault.reason, fault.cure)] : [];
  });
}

/** The dates that follow from the stage. */
function derivedDays(before: PlainRow, set: Step['set'], situation: Omit<Situation, 'then'>): Record<string, Value> {
  const moved = stageStep(before, set, situation);
  if (moved === null || moved.to === null || isRefusal(stageMove(moved.dates.stage, moved.to))) return {};
  const days = datesAfter(moved.dates, { to: moved.to, date: moved.date });
  return Object.fromEntries(Object.entries(days).filter(([key]) => !(key in set)));
}

function stageEvents(step: Step, situation: Situation): readonly Change[] {
  const moved = stageStep(step.before, step.set, situation);
  if (moved === null || moved.to === null) return [];
  const { dates, to, date } = moved;
  const { note } = situation.occasion;
  return [{ entity: 'stageEvent', id: newId(), set: { projectId: step.id, from: dates.stage, to, date, note } }];
}

/** A day corrected in the project itself, with the event it was registered by and that one's neighbours. */
function correctedDays({ id, before, set }: Step, { now, may }: Situation) {
  if (before === null || 'stage' in set) return [];
  return Object.entries(DAY_FIELDS).flatMap(([stage, field]) => {
    const [old, day] = [asText(before[field]), asText(set[field])];
    if (old === null || day === null || day === old || !may(before, field)) return [];
    const events = [...now.where('stageEvent', 'projectId', id)].sort((left, right) =>
      `${asText(left['date'])}${left.id}`.localeCompare(`${asText(right['date'])}${right.id}`),
    );
    const event = events.filter((each) => each['to'] === stage && each['date'] === old).at(-1);
    if (event === undefined) return [];
    const at = events.indexOf(event);
    return [{ field, day, event, earlier: events[at - 1], later: events[at + 1] }];
  });
}

function checkCorrections(step: Step, situation: Situation): readonly RowFinding[] {
  return correctedDays(step, situation).flatMap(({ field, day, earlier, later }) => {
    const [after, before] = [asText(earlier?.['date']), asText(later?.['date'])];
    const told = (event: PlainRow | undefined): string =>
      `“${stageName(asText(event?.['to']))}”的日期（${event?.['date']}）`;
    const cure = '请先核对阶段变动的先后';
    if (after !== null && day < after) return [refuse(field, `${day} 早于上一次阶段变动${told(earlier)}`, cure)];
    if (before !== null && day > before) return [refuse(field, `${day} 晚于下一次阶段变动${told(later)}`, cure)];
    return [];
  });
}

/** The event tells the same day as the project. */
function correctedEvents(step: Step, situation: Situation): readonly Change[] {
  return correctedDays(step, situation).map(({ day, event }) => ({
    entity: 'stageEvent',
    id: event.id,
    set: { date: day },
  }));
}

// 项目清单 (B6)

const LISTS: ReadonlySet<string> = new Set(PROJECT_LISTS.map(({ value }) => value));

const listsOf = (value: Value | undefined): readonly string[] =>
  typeof value === 'string' && value !== '' ? readLists(value).filter((list) => LISTS.has(list)) : [];

/** The memberships that follow where lists are set in the project itself: in and out from today on. */
function memberships(step: Step, { now, may, today, occasion }: Situation): readonly Change[] {
  const { id, before, set } = step;
  if (before === null || !('lists' in set) || !may(before, 'lists')) return [];
  const [held, wanted] = [listsOf(before['lists']), listsOf(set['lists'])];
  if (held.length === wanted.length && held.every((list) => wanted.includes(list))) return [];
  const spans = now.where('listMembership', 'projectId', id) as readonly PlainRow[] as unknown as readonly ListSpan[];
  return membershipChanges(spans, id, held, wanted, today, occasion.note);
}

// 打包项目

const nodeOf = (row: PlainRow): BundleNode => ({
  id: row.id,
  name: nameOf(row),
  isBundle: row['isBundle'] === 1,
  bundleId: asText(row['bundleId']),
});

const partsOf = (rows: Rows, id: string): number =>
  rows.where('project', 'bundleId', id).filter((part) => part.id !== id).length;

function checkBundle({ id, after, set }: Step, { then }: Situation): readonly RowFinding[] {
  if (set['voided'] === 1) {
    const parts = partsOf(then, id);
    return parts === 0
      ? []
      : [refuse('voided', `“${nameOf(after)}”还有 ${parts} 个子项，不能作废`, '请先把子项的“所属打包项目”清空')];
  }
  if (!('bundleId' in set) && !('isBundle' in set)) return [];
  const node = nodeOf(after);
  const parts = partsOf(then, id);
  if (node.bundleId !== null) {
    const bundle = then.get('project', node.bundleId);
    if (bundle === null || bundle['voided'] === 1) return [refuse('bundleId', '所属打包项目不在台账中', '请重新选择')];
    const problem = partProblem(node, nodeOf(bundle), parts > 0);
    return problem === null ? [] : [refuse('bundleId', problem.reason, problem.cure)];
  }
  return 'isBundle' in set && !node.isBundle && parts > 0
    ? [refuse('isBundle', `“${node.name}”还有 ${parts} 个子项，不能取消打包标记`, '请先把子项的“所属打包项目”清空')]
    : [];
}

/** What gets a part is a bundle. */
function bundleMark({ after, set }: Step, { then }: Situation): readonly Change[] {
  const bundleId = 'bundleId' in set ? asText(after['bundleId']) : null;
  const bundle = bundleId === null ? null : then.get('project', bundleId);
  return bundle === null || bundle['isBundle'] === 1
    ? []
    : [{ entity: 'project', id: bundle.id, set: { isBundle: 1 } }];
}

// 职级 (B3)

/** A person whose rank nobody registered passes; coverage shows him. */
function checkRanks({ before, set }: Step, { then }: Situation): readonly RowFinding[] {
  return Object.keys(LOWEST_RANKS).flatMap((field) => {
    const id = asText(set[field]);
    if (id === null || before?.[field] === id) return [];
    const person = then.get('person', id);
    const problem = rankProblem(field, { name: nameOf(person), rank: asText(person?.['rank']) });
    return problem === null ? [] : [refuse(field, problem.reason, problem.cure)];
  });
}

// 绿色通道 (A10)

function checkGreenChannel(row: PlainRow, today: string): readonly RowFinding[] {
  const day = asText(row['greenChannelOn']);
  if (day === null) return [];
  if (day > today) return [refuse('greenChannelOn', `绿色通道开通日期（${day}）晚于今天（${today}）`, '开通后再登记')];
  return row['greenChannel'] === 'open'
    ? []
    : [refuse('greenChannel', '已填绿色通道开通日期，不能填为未开通', '请先清空“绿色通道开通日期”')];
}

/** A channel with a day is open. */
function derivedChannel(set: Step['set']): Record<string, Value> {
  return asText(set['greenChannelOn']) !== null && !('greenChannel' in set) ? { greenChannel: 'open' } : {};
}

// 重复登记 (C14)

/** Another project with the same national code, or the same name in the same unit; the parts of one bundle may share a code. */
function doubleDoubts(row: PlainRow, rows: Rows): readonly RowFinding[] {
  const others = (field: string): readonly PlainRow[] => {
    const value = asText(row[field]);
    return value === null ? [] : rows.where('project', field, value).filter(({ id }) => id !== row.id);
  };
  const family = (each: PlainRow): string => asText(each['bundleId']) ?? each.id;
  const sameCode = others('nationalCode').find((each) => family(each) !== family(row));
  const sameName = others('name').find((each) => each['unitId'] === row['unitId']);
  return [
    ...(sameCode === undefined
      ? []
      : [question('nationalCode', `国家项目代码与“${nameOf(sameCode)}”相同，疑为重复登记`)]),
    ...(sameName === undefined ? [] : [question('name', '本单位另有一个同名项目，疑为重复登记')]),
  ];
}

export const projectRules: EntityRules = {
  doubts: doubleDoubts,
  derive: (before, set, situation) => ({ ...derivedDays(before, set, situation), ...derivedChannel(set) }),
  check: (row, _rows, today) => [
    ...checkProjectDays(row as unknown as Parameters<typeof checkProjectDays>[0], today),
    ...checkGreenChannel(row, today),
  ],
  step: (step, situation) => [
    ...checkStage(step, situation),
    ...checkCorrections(step, situation),
    ...checkBundle(step, situation),
    ...checkRanks(step, situation),
  ],
  beside: (step, situation) => [
    ...bundleMark(step, situation),
    ...stageEvents(step, situation),
    ...correctedEvents(step, situation),
    ...memberships(step, situation),
  ],
};

/** Rows of the list a project is in have their days in order. */
export const listMembershipRules: EntityRules = {
  check(row) {
    const [from, to] = [asText(row['effectiveFrom']), asText(row['effectiveTo'])];
    return from !== null && to !== null && to < from
      ? [refuse('effectiveTo', `移出日期早于列入日期（${formatChinese(from)}）`, '请核对两个日期')]
      : [];
  },
};
