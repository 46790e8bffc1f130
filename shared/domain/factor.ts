import { daysBetween, type IsoDate } from './date.ts';
import { decimalText, subtractDecimals } from './decimal.ts';
import { order, present, question, type RowFinding, refuse } from './row-finding.ts';

/** 要素缺口: what is still to be provided; null when the need is not filled in. */
export function factorGap(factor: { readonly needed: number | null; readonly obtained: number | null }): number | null {
  return factor.needed === null ? null : Math.max(0, subtractDecimals(factor.needed, factor.obtained ?? 0));
}

export type DutyState = 'done' | 'overdue' | 'dueSoon' | 'open' | 'undated';

/** Where a matter with a deadline stands on a day. */
export function dutyState(
  duty: { readonly deadline: IsoDate | null; readonly doneOn: IsoDate | null },
  today: IsoDate,
  remindDays: number,
): { readonly state: DutyState; readonly days: number | null; readonly words: string } {
  if (duty.doneOn !== null && duty.doneOn <= today) {
    const late = duty.deadline === null ? 0 : Math.max(0, daysBetween(duty.deadline, duty.doneOn));
    return { state: 'done', days: late, words: late > 0 ? `已办结，晚 ${late} 天` : '已办结' };
  }
  if (duty.deadline === null) return { state: 'undated', days: null, words: '未定时限' };
  const left = daysBetween(today, duty.deadline);
  if (left < 0) return { state: 'overdue', days: -left, words: `逾期 ${-left} 天` };
  if (left <= remindDays) return { state: 'dueSoon', days: left, words: left === 0 ? '今天到期' : `还有 ${left} 天` };
  return { state: 'open', days: left, words: `还有 ${left} 天` };
}

function notInFuture(field: string, label: string, date: IsoDate | null, today: IsoDate): RowFinding | null {
  return date !== null && date > today ? refuse(field, `${label}（${date}）晚于今天（${today}）`) : null;
}

/** 要素 (C6): a factor that is settled has no gap. */
export function checkFactor(
  factor: {
    readonly needed: number | null;
    readonly obtained: number | null;
    readonly measure: string | null;
    readonly deadline: IsoDate | null;
    readonly doneOn: IsoDate | null;
    readonly department: string | null;
  },
  today: IsoDate,
): readonly RowFinding[] {
  const gap = factorGap(factor);
  return present([
    notInFuture('doneOn', '落实日期', factor.doneOn, today),
    factor.doneOn !== null && gap !== null && gap > 0
      ? refuse(
          'doneOn',
          `还有缺口 ${decimalText(gap)}${factor.measure ?? ''}，不能填落实日期；先把“已落实”改为 ${decimalText(factor.needed ?? 0)}`,
        )
      : null,
    factor.needed !== null && factor.obtained !== null && factor.obtained > factor.needed
      ? question('obtained', `已落实（${decimalText(factor.obtained)}）大于需求（${decimalText(factor.needed)}）`)
      : null,
    factor.needed !== null && (factor.measure ?? '') === '' ? question('measure', '没有填计量单位') : null,
    gap !== null && gap > 0 && (factor.department ?? '') === '' ? question('department', '有缺口，没有保障部门') : null,
    gap !== null && gap > 0 && factor.deadline === null ? question('deadline', '有缺口，没有落实时限') : null,
  ]);
}

/** How the first day of each kind of case is called. */
export const CASE_BEGAN = { field: 'raisedOn', label: '提出日期' } as const;
export const OBSTRUCTION_BEGAN = { field: 'happenedOn', label: '发生日期' } as const;

/** 要素个案 (E7) and 施工环境案件 (E5): begun, due, ended in this order; what is ended says how. */
export function checkCase(
  each: {
    readonly beganOn: IsoDate | null;
    readonly deadline: IsoDate | null;
    readonly doneOn: IsoDate | null;
    readonly result: string | null;
  },
  began: { readonly field: string; readonly label: string },
  today: IsoDate,
): readonly RowFinding[] {
  return present([
    notInFuture(began.field, began.label, each.beganOn, today),
    notInFuture('doneOn', '办结日期', each.doneOn, today),
    order(refuse, 'deadline', '时限', each.deadline, began.label, each.beganOn),
    order(refuse, 'doneOn', '办结日期', each.doneOn, began.label, each.beganOn),
    each.doneOn !== null && (each.result ?? '') === '' ? refuse('doneOn', '办结要先写结果') : null,
    each.doneOn === null && each.deadline === null ? question('deadline', '没有定时限') : null,
  ]);
}

/** 融资对接 (E8): matched within what is needed, paid within what is matched. Amounts are integer yuan. */
export function checkFinancing(
  line: {
    readonly needed: number | null;
    readonly matched: number | null;
    readonly paid: number | null;
    readonly bank: string | null;
    readonly meetingOn: IsoDate | null;
  },
  today: IsoDate,
): readonly RowFinding[] {
  const { needed, matched, paid } = line;
  return present([
    matched !== null && needed !== null && matched > needed ? question('matched', '已对接金额大于融资需求') : null,
    paid !== null && paid > (matched ?? 0) ? question('paid', '已到账金额大于已对接金额') : null,
    (matched ?? 0) > 0 && (line.bank ?? '') === '' ? question('bank', '已对接，没有填金融机构') : null,
    line.meetingOn !== null && line.meetingOn > today
      ? question('meetingOn', `对接会（${line.meetingOn}）还没有开`)
      : null,
  ]);
}

/** 招商线索 (E11): an agreement has its day and amount, a landed lead its project. */
export function checkLead(
  lead: {
    readonly state: string;
    readonly foundOn: IsoDate | null;
    readonly signedOn: IsoDate | null;
    readonly agreed: number | null;
    readonly projectId: string | null;
  },
  today: IsoDate,
): readonly RowFinding[] {
  const signed = lead.state === 'signed' || lead.state === 'landed';
  return present([
    notInFuture('signedOn', '签约日期', lead.signedOn, today),
    order(refuse, 'signedOn', '签约日期', lead.signedOn, '登记日期', lead.foundOn),
    signed && lead.signedOn === null ? refuse('state', '签约、落地要先填签约日期') : null,
    signed && lead.agreed === null ? question('agreed', '已签约，没有填协议投资') : null,
    lead.state === 'landed' && lead.projectId === null ? question('projectId', '已落地，没有对应到项目台账') : null,
  ]);
}
