import { daysBetween, type IsoDate } from './date.ts';
import { order, present, question, type RowFinding, refuse } from './row-finding.ts';
import type { WorkCalendar } from './workday.ts';

/** One step of a template (C12). `after` names the step, by its number, that must be done before. */
export interface TemplateStep {
  readonly sequence: number;
  readonly name: string;
  readonly unitText: string | null;
  /** Working days it takes, the first day counted. */
  readonly workingDays: number | null;
  readonly after: number | null;
  readonly evidence: string | null;
}

/** A step with its days. */
export interface PlannedStep extends TemplateStep {
  readonly plannedStart: IsoDate;
  readonly deadline: IsoDate;
}

/** What is wrong with a template: numbers twice, a predecessor that is missing or comes later, no working days. */
export function checkTemplate(steps: readonly TemplateStep[]): readonly (RowFinding & { readonly sequence: number })[] {
  const count = new Map<number, number>();
  for (const { sequence } of steps) count.set(sequence, (count.get(sequence) ?? 0) + 1);
  return steps.flatMap(({ sequence, after, workingDays }) => {
    const findings = present([
      (count.get(sequence) ?? 0) > 1 ? refuse('sequence', `序号 ${sequence} 有两个环节`) : null,
      after !== null && !count.has(after) ? refuse('after', `模板里没有第 ${after} 号环节`) : null,
      after !== null && after >= sequence
        ? refuse('after', `前置环节（${after}）应排在本环节（${sequence}）之前`)
        : null,
      workingDays === null ? refuse('workingDays', '没有填办理工作日，算不出时限') : null,
    ]);
    return findings.map((finding) => ({ ...finding, sequence }));
  });
}

/**
 * The steps of a template with their days. A step begins on the first working day after the one before it is due, those
 * without a predecessor on the day given or the next working day; that day is its first working day.
 *
 * @param steps a template that `checkTemplate` finds nothing against
 */
export function planChain(
  steps: readonly TemplateStep[],
  start: IsoDate,
  calendar: WorkCalendar,
): readonly PlannedStep[] {
  const deadlines = new Map<number, IsoDate>();
  return [...steps]
    .sort((left, right) => left.sequence - right.sequence)
    .map((step) => {
      const before = step.after === null ? undefined : deadlines.get(step.after);
      const plannedStart = before === undefined ? calendar.shift(start, 0) : calendar.shift(before, 1);
      const deadline = calendar.shift(plannedStart, (step.workingDays ?? 1) - 1);
      deadlines.set(step.sequence, deadline);
      return { ...step, plannedStart, deadline };
    });
}

export interface ChainLink {
  readonly id: string;
  readonly name: string;
  readonly sequence: number | null;
  readonly plannedStart: IsoDate | null;
  readonly deadline: IsoDate | null;
  readonly doneOn: IsoDate | null;
  readonly evidence: string | null;
  readonly predecessorId: string | null;
}

export type ChainState = 'done' | 'overdue' | 'dueSoon' | 'open' | 'undated';

/** Where a link stands on a day. `remindDays`: so many days before its deadline it is 临期. */
export function chainState(
  link: Pick<ChainLink, 'deadline' | 'doneOn'>,
  date: IsoDate,
  remindDays: number,
): ChainState {
  if (link.doneOn !== null && link.doneOn <= date) return 'done';
  if (link.deadline === null) return 'undated';
  const left = daysBetween(date, link.deadline);
  if (left < 0) return 'overdue';
  return left <= remindDays ? 'dueSoon' : 'open';
}

/** Days late when overdue or done late, else days left; null without a deadline. */
export function chainDays(
  link: Pick<ChainLink, 'deadline' | 'doneOn'>,
  state: ChainState,
  date: IsoDate,
): number | null {
  if (link.deadline === null) return null;
  if (state === 'done') return link.doneOn === null ? null : Math.max(0, daysBetween(link.deadline, link.doneOn));
  return Math.abs(daysBetween(date, link.deadline));
}

/** Whether following predecessors from `id` comes back to it. */
function goesInCircle(id: string, byId: ReadonlyMap<string, Pick<ChainLink, 'predecessorId'>>): boolean {
  let at = byId.get(id)?.predecessorId ?? null;
  for (let steps = 0; at !== null && steps <= byId.size; steps += 1) {
    if (at === id) return true;
    at = byId.get(at)?.predecessorId ?? null;
  }
  return false;
}

/**
 * What is wrong with a link among the others of its project. Days out of order and a circle of predecessors are refused;
 * a link that would be due or done before its predecessor is questioned: the operator may have a reason.
 *
 * @param links all links of the project, the one asked about among them
 */
export function checkLink(link: ChainLink, links: readonly ChainLink[], today: IsoDate): readonly RowFinding[] {
  const byId = new Map(links.map((each) => [each.id, each]));
  const before = link.predecessorId === null ? undefined : byId.get(link.predecessorId);
  const found: (RowFinding | null)[] = [
    order(refuse, 'deadline', '办理时限', link.deadline, '计划开始', link.plannedStart),
    link.doneOn !== null && link.doneOn > today
      ? refuse('doneOn', `完成日期（${link.doneOn}）晚于今天（${today}）`)
      : null,
    link.predecessorId === link.id ? refuse('predecessorId', '不能以自己为前置环节') : null,
    link.predecessorId !== null && before === undefined
      ? refuse('predecessorId', '前置环节不在本项目的链条里，或已作废')
      : null,
    link.predecessorId !== link.id && before !== undefined && goesInCircle(link.id, byId)
      ? refuse('predecessorId', `“${before.name}”本身要等本环节，互为前置`)
      : null,
  ];
  if (before !== undefined && before.id !== link.id) {
    const name = `前置环节“${before.name}”`;
    found.push(
      order(question, 'deadline', '办理时限', link.deadline, `${name}的时限`, before.deadline),
      order(question, 'plannedStart', '计划开始', link.plannedStart, `${name}的计划开始`, before.plannedStart),
      order(question, 'doneOn', '完成日期', link.doneOn, `${name}的完成日期`, before.doneOn),
      link.doneOn !== null && before.doneOn === null ? question('doneOn', `${name}还没有完成`) : null,
    );
  }
  if (link.doneOn !== null && (link.evidence ?? '') === '') {
    found.push(question('evidence', '已完成，还没有填完成依据'));
  }
  return present(found);
}

/** 链条跟办 (C7): open links that are late or due within so many days, most pressing first. */
export function remindersOf<L extends Pick<ChainLink, 'deadline' | 'doneOn'>>(
  links: readonly L[],
  date: IsoDate,
  withinDays: number,
): readonly L[] {
  return links
    .filter((link) => {
      const state = chainState(link, date, withinDays);
      return state === 'overdue' || state === 'dueSoon';
    })
    .sort((left, right) => ((left.deadline ?? '') < (right.deadline ?? '') ? -1 : 1));
}

/** 'YYYY-MM' of the months of a year from one to another, both 1 to 12. */
export function monthsOf(year: number, from: number, to: number): readonly string[] {
  return Array.from(
    { length: Math.max(0, to - from + 1) },
    (_, index) => `${year}-${String(from + index).padStart(2, '0')}`,
  );
}

const TEN_THOUSAND = 10_000;

/**
 * An annual plan broken into months in equal parts of whole 万元; what does not divide goes to the last months, so that
 * the sum is the plan to the yuan (E1).
 *
 * @param plan integer yuan
 */
export function divideByMonths(plan: number, months: number): readonly number[] {
  if (months <= 0) return [];
  const units = Math.floor(plan / TEN_THOUSAND);
  const part = Math.floor(units / months);
  const more = units - part * months;
  const rest = plan - units * TEN_THOUSAND;
  return Array.from({ length: months }, (_, index) => {
    const extra = index >= months - more ? 1 : 0;
    return (part + extra) * TEN_THOUSAND + (index === months - 1 ? rest : 0);
  });
}

/** What is wrong with one month's task of a project. */
export function checkMonthlyTask(
  task: { readonly month: string; readonly doneOn: IsoDate | null; readonly result: string | null },
  months: readonly string[],
  today: IsoDate,
): readonly RowFinding[] {
  return present([
    months.filter((month) => month === task.month).length > 1 ? refuse('month', `${task.month} 已有月度任务`) : null,
    task.doneOn !== null && task.doneOn > today
      ? refuse('doneOn', `完成日期（${task.doneOn}）晚于今天（${today}）`)
      : null,
    task.doneOn !== null && task.doneOn.slice(0, 7) < task.month
      ? question('doneOn', `完成日期（${task.doneOn}）早于任务月份（${task.month}）`)
      : null,
    task.doneOn !== null && (task.result ?? '') === '' ? question('result', '已完成，还没有填完成情况') : null,
  ]);
}
