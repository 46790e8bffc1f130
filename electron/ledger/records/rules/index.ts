import type { EntityName, Value } from '../../../../shared/dictionary/index.ts';
import { type ChainLink, checkLink, checkMonthlyTask } from '../../../../shared/domain/chain.ts';
import {
  CASE_BEGAN,
  checkCase,
  checkFactor,
  checkFinancing,
  checkLead,
  OBSTRUCTION_BEGAN,
} from '../../../../shared/domain/factor.ts';
import { checkMembership, type Membership, membershipDaysProblem } from '../../../../shared/domain/membership.ts';
import {
  checkJointApproval,
  checkPermit,
  checkSpecialPermit,
  type PermitRow,
  stateAfter,
} from '../../../../shared/domain/permit.ts';
import { rankProblem } from '../../../../shared/domain/rank.ts';
import { order, present, question, type RowFinding, refuse } from '../../../../shared/domain/row-finding.ts';
import type { PlainRow, Rows } from '../rows.ts';
import type { EntityRules } from '../rule.ts';
import { listMembershipRules, projectRules } from './project.ts';

/** Rows come from the tables, so their shape is the dictionary's. */
const as = <T>(rows: PlainRow | readonly PlainRow[] | Readonly<Record<string, Value>>): T => rows as unknown as T;

const text = (row: PlainRow, field: string): string | null => {
  const value = row[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

type Case = Omit<Parameters<typeof checkCase>[0], 'beganOn'>;

const caseRules = (began: typeof CASE_BEGAN | typeof OBSTRUCTION_BEGAN): EntityRules => ({
  check: (row, _rows, today) => checkCase({ ...as<Case>(row), beganOn: text(row, began.field) }, began, today),
});

/** A day that tells of what happened is not in the future. */
const notAhead = (field: string, label: string): EntityRules => ({
  check(row, _rows, today) {
    const date = text(row, field);
    return date !== null && date > today ? [refuse(field, `${label}（${date}）晚于今天（${today}）`)] : [];
  },
});

const inOrder = (late: string, lateLabel: string, early: string, earlyLabel: string): EntityRules => ({
  check: (row) => present([order(refuse, late, lateLabel, text(row, late), earlyLabel, text(row, early))]),
});

/** What there is once only: a second row with the same values in these fields says of the first what it is. */
function onlyOne(
  entity: EntityName,
  fields: readonly [string, ...string[]],
  row: PlainRow,
  rows: Rows,
  say: (other: PlainRow) => string,
  cure: string,
): readonly RowFinding[] {
  const [parent] = fields;
  const at = fields.at(-1) ?? parent;
  const other = rows
    .where(entity, parent, text(row, parent) ?? '')
    .find((each) => each.id !== row.id && fields.every((field) => each[field] === row[field]));
  return other === undefined ? [] : [refuse(at, say(other), cure)];
}

const THE_OTHER = '请改原来的那一条，或先作废它';

function linksOf(row: PlainRow, rows: Rows): readonly ChainLink[] {
  return as(rows.where('link', 'projectId', text(row, 'projectId') ?? ''));
}

const nameOf = (rows: Rows, entity: EntityName, id: Value | undefined): string =>
  typeof id === 'string' ? String(rows.get(entity, id)?.['name'] ?? '') : '';

/**
 * The rules of every entity that has some across its fields or rows. One table for every door. Steps of a template have none:
 * their numbers change several at a time and stay marked meanwhile, and applying the template refuses what does not fit.
 */
export const RULES: Readonly<Partial<Record<EntityName, EntityRules>>> = {
  project: projectRules,
  listMembership: listMembershipRules,
  groupUnit: {
    check(row, rows) {
      const changed = as<Membership>(row);
      const days = membershipDaysProblem(changed);
      if (days !== null) return [refuse('effectiveFrom', days, '请核对起止日期')];
      const own = rows.where('groupUnit', 'unitId', text(row, 'unitId') ?? '');
      const problem = checkMembership(as<readonly Membership[]>(own), changed, (id) =>
        nameOf(rows, 'promotionGroup', id),
      );
      return problem === null ? [] : [refuse('effectiveFrom', problem, '请先更正或作废另一条')];
    },
  },
  link: { check: (row, rows, today) => checkLink(as<ChainLink>(row), linksOf(row, rows), today) },
  monthlyTask: {
    check(row, rows, today) {
      const own = rows.where('monthlyTask', 'projectId', text(row, 'projectId') ?? '');
      const months = own.map((task) => text(task, 'month') ?? '');
      return checkMonthlyTask(as<Parameters<typeof checkMonthlyTask>[0]>(row), months, today);
    },
  },
  permit: {
    check: (row, rows, today) => [
      ...checkPermit(as<PermitRow>(row), today),
      ...onlyOne(
        'permit',
        ['projectId', 'kindId'],
        row,
        rows,
        () => `该项目已登记“${nameOf(rows, 'permitKind', row['kindId'])}”`,
        THE_OTHER,
      ),
    ],
    derive: (before, set) => ({ state: stateAfter(as<PermitRow>(before), as<Partial<PermitRow>>(set)) }),
  },
  jointApproval: {
    check: (row, _rows, today) => checkJointApproval(as<Parameters<typeof checkJointApproval>[0]>(row), today),
  },
  specialPermit: { check: (row) => checkSpecialPermit(as<Parameters<typeof checkSpecialPermit>[0]>(row)) },
  statisticsPaper: {
    check: (row, rows, today) => [
      ...(notAhead('readyOn', '备齐日期').check?.(row, rows, today) ?? []),
      ...onlyOne('statisticsPaper', ['projectId', 'kind'], row, rows, () => '该项目的这项材料已有一条', THE_OTHER),
    ],
    // A paper said to be ready is ready from today on, unless a day is written.
    derive: (before, set, { today }) =>
      set['state'] === 'ready' && set['readyOn'] === undefined && before['readyOn'] === null ? { readyOn: today } : {},
  },
  factor: { check: (row, _rows, today) => checkFactor(as<Parameters<typeof checkFactor>[0]>(row), today) },
  factorCase: caseRules(CASE_BEGAN),
  obstruction: caseRules(OBSTRUCTION_BEGAN),
  financing: { check: (row, _rows, today) => checkFinancing(as<Parameters<typeof checkFinancing>[0]>(row), today) },
  investmentLead: { check: (row, _rows, today) => checkLead(as<Parameters<typeof checkLead>[0]>(row), today) },
  leadVisit: notAhead('visitedOn', '日期'),
  stageEvent: notAhead('date', '日期'),
  expertReview: notAhead('reviewedOn', '评审日期'),
  expert: {
    check: (row, rows, today) => [
      ...(inOrder('until', '聘期截止', 'since', '聘任日期').check?.(row, rows, today) ?? []),
      ...onlyOne('expert', ['personId'], row, rows, () => '这位专家已在专家库中', THE_OTHER),
    ],
  },
  poolEntry: {
    check: (row, rows, today) => [
      ...(inOrder('leftOn', '出库日期', 'enteredOn', '入库日期').check?.(row, rows, today) ?? []),
      ...(row['outcome'] !== null && row['leftOn'] === null
        ? [refuse('outcome', '还没有出库日期', '请先填出库日期，或清空出库去向')]
        : []),
      // A project may come back once it has left.
      ...(row['leftOn'] === null
        ? onlyOne(
            'poolEntry',
            ['projectId', 'leftOn'],
            row,
            rows,
            () => '该项目已在储备库中',
            '请先填原来那一条的出库日期',
          )
        : []),
    ],
  },
  outputRecord: {
    check(row, rows, today) {
      const month = text(row, 'month');
      const production = text(rows.get('project', text(row, 'projectId') ?? '') ?? row, 'productionDate');
      return present([
        month !== null && month > today.slice(0, 7) ? refuse('month', `${month} 还没有到`, '到月之后再登记') : null,
        month !== null && production !== null && month < production.slice(0, 7)
          ? question('month', `${month} 早于投产日期（${production}）`)
          : null,
        ...onlyOne('outputRecord', ['projectId', 'month'], row, rows, () => `${month ?? ''} 已有一条`, THE_OTHER),
      ]);
    },
  },
  projectService: {
    check: (row, rows) =>
      onlyOne('projectService', ['projectId'], row, rows, () => '该项目已有服务保障的记录', THE_OTHER),
  },
  taskForceMember: {
    check: (row, rows) =>
      onlyOne('taskForceMember', ['taskForceId', 'personId'], row, rows, () => '此人已在专班中', THE_OTHER),
  },
  unitGroup: {
    check: (row, rows) =>
      onlyOne(
        'unitGroup',
        ['unitId'],
        row,
        rows,
        (other) => `该单位已有“${String(other['name'])}”，一个单位只有一个领导小组`,
        THE_OTHER,
      ),
  },
  taskForce: {
    check(row, rows) {
      const leader = rows.get('person', text(row, 'leaderId') ?? '');
      const led = { name: String(leader?.['name'] ?? ''), rank: leader === null ? null : text(leader, 'rank') };
      const low = row['level'] === 'county' ? rankProblem('countyForceLeader', led) : null;
      if (low !== null) return [refuse('leaderId', low.reason, low.cure)];
      const seen = new Set([row.id]);
      for (let at = text(row, 'parentId'); at !== null; ) {
        if (seen.has(at)) return [refuse('parentId', '上级专班绕回到本专班', '请另选上级专班，或清空')];
        seen.add(at);
        const parent = rows.get('taskForce', at);
        at = parent === null ? null : text(parent, 'parentId');
      }
      return [];
    },
  },
  caseMeeting: inOrder('doneOn', '办结日期', 'metOn', '会议日期'),
  leaderInstruction: {
    check(row, rows, today) {
      const given = text(row, 'givenOn');
      const after = (field: string, label: string) => order(refuse, field, label, text(row, field), '指示日期', given);
      const past = [
        ['givenOn', '指示日期'],
        ['reportedOn', '反馈日期'],
        ['doneOn', '办结日期'],
      ] as const;
      return [
        ...past.flatMap(([field, label]) => notAhead(field, label).check?.(row, rows, today) ?? []),
        ...present([after('deadline', '办理期限'), after('reportedOn', '反馈日期'), after('doneOn', '办结日期')]),
      ];
    },
  },
  inspectionTask: notAhead('doneOn', '办结日期'),
  periodReview: {
    // What it had, took and left are one decision each.
    step: () => [refuse('state', '旬报审核不能直接填写', '请在“旬报 → 报送情况”中审核、取消审核或处理更正申请')],
  },
  poolAdjustment: {
    // Approval and execution look at the whole run: count and plan of a list must not fall (B6).
    step: ({ before, set }) =>
      'state' in set && set['state'] !== (before?.['state'] ?? 'proposed')
        ? [refuse('state', '调整的状态不能直接填写', '请在批次中“登记批准”“调整到位”或“不予调整”')]
        : [],
  },
};
