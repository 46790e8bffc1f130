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
import { order, present, refuse } from '../../../../shared/domain/row-finding.ts';
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

function linksOf(row: PlainRow, rows: Rows): readonly ChainLink[] {
  return as(rows.where('link', 'projectId', text(row, 'projectId') ?? ''));
}

const groupName =
  (rows: Rows) =>
  (id: string): string =>
    String(rows.get('promotionGroup', id)?.['name'] ?? '');

/** The rules of every entity that has some across its fields or rows. One table for every door. */
export const RULES: Readonly<Partial<Record<EntityName, EntityRules>>> = {
  project: projectRules,
  listMembership: listMembershipRules,
  groupUnit: {
    check(row, rows) {
      const changed = as<Membership>(row);
      const days = membershipDaysProblem(changed);
      if (days !== null) return [refuse('effectiveFrom', days, '请核对起止日期')];
      const own = rows.where('groupUnit', 'unitId', text(row, 'unitId') ?? '');
      const problem = checkMembership(as<readonly Membership[]>(own), changed, groupName(rows));
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
    check: (row, _rows, today) => checkPermit(as<PermitRow>(row), today),
    derive: (before, set) => ({ state: stateAfter(as<PermitRow>(before), as<Partial<PermitRow>>(set)) }),
  },
  jointApproval: {
    check: (row, _rows, today) => checkJointApproval(as<Parameters<typeof checkJointApproval>[0]>(row), today),
  },
  specialPermit: { check: (row) => checkSpecialPermit(as<Parameters<typeof checkSpecialPermit>[0]>(row)) },
  statisticsPaper: {
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
  expert: inOrder('until', '聘期截止', 'since', '聘任日期'),
  poolEntry: inOrder('leftOn', '出库日期', 'enteredOn', '入库日期'),
  unitGroup: {
    check(row, rows) {
      const others = rows.where('unitGroup', 'unitId', text(row, 'unitId') ?? '').filter(({ id }) => id !== row.id);
      const [other] = others;
      return other === undefined
        ? []
        : [
            refuse(
              'unitId',
              `该单位已有“${String(other['name'])}”，一个单位只有一个领导小组`,
              '请改原来的那一条，或先作废它',
            ),
          ];
    },
  },
  taskForce: {
    check(row, rows) {
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
  poolAdjustment: {
    // Approval and execution look at the whole run: count and plan of a list must not fall (B6).
    step: ({ before, set }) =>
      'state' in set && set['state'] !== (before?.['state'] ?? 'proposed')
        ? [refuse('state', '调整的状态不能直接填写', '请在批次中“登记批准”“调整到位”或“不予调整”')]
        : [],
  },
};
