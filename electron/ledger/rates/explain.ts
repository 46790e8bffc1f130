import { Fault } from '../../../shared/contract/faults.ts';
import { dateOf, daysInMonth, type IsoDate, monthOf, yearOf } from '../../../shared/domain/date.ts';
import type { Light } from '../../../shared/domain/light.ts';
import { type LightRule, timeProgress } from '../../../shared/domain/light-rule.ts';
import { moneyText } from '../../../shared/domain/money.ts';
import { parsePeriod, periodLabel, periodOf } from '../../../shared/domain/period.ts';
import type { Store } from '../store/open.ts';
import { figuresAt, groupBy, inForce, reportWindow } from './figures.ts';
import { asProjectLight, earlierPeriodEnds, judge, judgeAll } from './lights.ts';
import { reviewed } from './reviews.ts';
import { lightRuleMark, lightRuleOn, lightRules, ratesRuleOn } from './rules.ts';
import { unitNames } from './units.ts';

const PAST_PERIODS = 12;

const CURVES: Readonly<Record<LightRule['curve']['kind'], string>> = {
  linear: '序时进度按月数÷12计算',
  quarterly: '序时进度按各季末累计目标计算',
  monthly: '序时进度按各月末累计目标计算',
};

const STEPS: Readonly<Record<LightRule['granularity'], string>> = {
  month: '按整月计',
  tenDay: '按整旬计',
  day: '按日计',
};

/** The rule as an office reads it, one line per clause. */
export function lightRuleText(rule: LightRule): string[] {
  const lines =
    rule.basis === 'absolute'
      ? [
          `完成率低于序时进度 ${rule.yellowBelow} 个百分点以内（含）为绿灯，${rule.yellowBelow}–${rule.redBelow} 个百分点（含）为黄灯，超过 ${rule.redBelow} 个百分点为红灯`,
        ]
      : [
          `完成率达到序时进度的 ${rule.yellowBelow} % 为绿灯，低于 ${rule.yellowBelow} % 为黄灯，低于 ${rule.redBelow} % 为红灯`,
        ];
  lines.push(`${CURVES[rule.curve.kind]}，${STEPS[rule.granularity]}；先相减，后取整`);
  const months = rule.startRedAfterMonths;
  lines.push(`计划开工月份已过而未开工为黄灯${months === null ? '' : `，再满 ${months} 个月仍未开工为红灯`}`);
  const { linkRedAfterDays } = rule;
  lines.push(
    `推进链条环节逾期为黄灯${linkRedAfterDays === null ? '' : `，逾期超过 ${linkRedAfterDays} 天为红灯`}；到期前 ${rule.remindDays} 天提醒`,
  );
  if (rule.judgeCompletion) lines.push('已过计划竣工日期而未竣工为黄灯');
  lines.push('停工为红灯');
  if (rule.escalateAfter !== null) lines.push(`连续 ${rule.escalateAfter} 期黄灯升为红灯`);
  if (rule.minAnnualPlan !== null) lines.push(`年度计划投资不足 ${moneyText(rule.minAnnualPlan)}的不适用`);
  lines.push(`经${rule.waiverAuthority}同意免责的，免责期内不亮黄灯、红灯`);
  return lines;
}

/** 自年初累计 at each month end of the year up to the day, from the reports in force. */
async function doneByMonth(store: Store, projectId: string, date: IsoDate): Promise<ReadonlyMap<number, number>> {
  const { reportKind } = await ratesRuleOn(store, date);
  const window = await reportWindow(store, date, reportKind);
  const rows = await store.query
    .selectFrom('report')
    .select(['id', 'supersedes', 'submissionId', 'period', 'yearToDate'])
    .where('projectId', '=', projectId)
    .where('kind', '=', reportKind)
    .where('voided', '=', 0)
    .where('period', '>=', window.first)
    .where('period', '<=', window.running)
    .orderBy('period')
    .execute();
  const counting = rows.filter(
    (row) => row.period < window.running || (window.handedIn?.has(row.submissionId) ?? true),
  );
  const { heldBack } = reviewed(store);
  const done = new Map<number, number>();
  for (const [key, group] of groupBy(counting, (row) => row.period)) {
    const report = inForce(group, heldBack);
    const period = parsePeriod(key);
    if (report !== null && report.yearToDate !== null && period !== null)
      done.set(monthOf(period.end), report.yearToDate);
  }
  return done;
}

/** Lights at the ends of earlier periods, newest first, each under the rule in force then. */
async function lightHistory(store: Store, projectId: string, date: IsoDate) {
  const rules = await lightRules(store);
  const { reportKind } = await ratesRuleOn(store, date);
  const lookBack = Math.max(...rules.map((rule) => rule.escalateAfter ?? 1)) - 1;
  const own: Light[] = [];
  const history: { period: string; label: string; date: IsoDate; light: Light; text: string }[] = [];
  for (const end of earlierPeriodEnds(reportKind, date, PAST_PERIODS + lookBack)) {
    const [figures] = await figuresAt(store, end, reportKind, [projectId]);
    if (figures === undefined) continue;
    const rule = lightRuleOn(rules, end);
    const back = (rule.escalateAfter ?? 1) - 1;
    const result = judge(rule, figures, end, back === 0 ? [] : own.slice(-back));
    own.push(result.ownLight);
    const period = periodOf(reportKind, end);
    history.unshift({
      period: period.key,
      label: periodLabel(period),
      date: end,
      light: result.light,
      text: result.text,
    });
  }
  return history.slice(0, PAST_PERIODS);
}

/** Why a project has its light (C12): reason, rule, target curve, lights of the periods before. @throws Fault UNKNOWN_ROW */
export async function explainLight(store: Store, projectId: string, date: IsoDate) {
  const { rule, projects } = await judgeAll(store, date, [projectId]);
  const [project] = projects;
  if (project === undefined) throw new Fault('UNKNOWN_ROW', { what: '项目' });
  const names = await unitNames(store);
  const history = await lightHistory(store, projectId, date);
  const done = await doneByMonth(store, projectId, date);
  const year = yearOf(date);
  const plan = project.figures.annualPlan;
  const curve = Array.from({ length: 12 }, (_, index) => {
    const month = index + 1;
    const due = timeProgress(rule, dateOf(year, month, daysInMonth(year, month)));
    const amount = done.get(month);
    return {
      month,
      due: (due.numerator / due.denominator) * 100,
      done: amount === undefined || plan === null || plan <= 0 ? null : (amount / plan) * 100,
    };
  });
  return {
    current: asProjectLight(project, names),
    rule: lightRuleMark(rule),
    ruleText: lightRuleText(rule),
    curve,
    history,
  };
}
