import { assertNever } from './assert-never.ts';
import { addMonths, daysBetween, type IsoDate } from './date.ts';
import { order, present, question, type RowFinding, refuse } from './row-finding.ts';
import type { WorkCalendar } from './workday.ts';

export type PermitState = 'planned' | 'running' | 'done' | 'blocked' | 'conditional' | 'exempt';

/** 项目办证 (C5): four dates, planned and actual, and what stands in the way. */
export interface PermitRow {
  readonly id: string;
  readonly kindId: string;
  readonly state: PermitState;
  readonly plannedSubmit: IsoDate | null;
  readonly plannedApproval: IsoDate | null;
  readonly actualSubmit: IsoDate | null;
  readonly actualApproval: IsoDate | null;
  /** Working days; null: as the catalogue says. */
  readonly limitDays: number | null;
  readonly blockedReason: string | null;
  readonly commitment: string | null;
  readonly commitmentDue: IsoDate | null;
  readonly commitmentMet: IsoDate | null;
  readonly validUntil: IsoDate | null;
}

export interface PermitKind {
  readonly id: string;
  readonly limitDays: number | null;
  readonly validMonths: number | null;
  /** 审批阶段: permits of one stage run side by side, the stages one after another. */
  readonly stage?: string | null;
}

const STAGE_ORDER: readonly string[] = ['land', 'planning', 'construction', 'acceptance', 'other'];

function stageOf(kind: PermitKind | undefined): number {
  return Math.max(0, STAGE_ORDER.indexOf(kind?.stage ?? 'other'));
}

/** Shape of each state on screen and on paper: printed black and white, the shape alone must tell. */
export const PERMIT_SIGNS: Readonly<Record<PermitState, string>> = {
  planned: '○',
  running: '◎',
  done: '√',
  blocked: '×',
  conditional: '△',
  exempt: '—',
};

/**
 * What is wrong with a permit. Days out of order, a day in the future, 办结 without approval, 受阻 without a reason and 容缺
 * without commitment and date are refused.
 */
export function checkPermit(permit: PermitRow, today: IsoDate): readonly RowFinding[] {
  const { state, plannedSubmit, plannedApproval, actualSubmit, actualApproval } = permit;
  const blank = (text: string | null): boolean => (text ?? '').trim() === '';
  const future = (field: string, label: string, date: IsoDate | null): RowFinding | null =>
    date !== null && date > today ? refuse(field, `${label}（${date}）晚于今天（${today}）`) : null;
  return present([
    order(refuse, 'plannedApproval', '计划批复', plannedApproval, '计划上报', plannedSubmit),
    order(refuse, 'actualApproval', '实际批复', actualApproval, '实际上报', actualSubmit),
    future('actualSubmit', '实际上报', actualSubmit),
    future('actualApproval', '实际批复', actualApproval),
    order(refuse, 'validUntil', '有效期至', permit.validUntil, '实际批复', actualApproval),
    state === 'done' && actualApproval === null ? refuse('state', '办结要先填实际批复日期') : null,
    state === 'blocked' && blank(permit.blockedReason) ? refuse('state', '受阻要先填受阻原因') : null,
    state === 'conditional' && permit.commitmentDue === null
      ? refuse('state', '容缺要先填承诺期限：缺的材料哪一天补齐')
      : null,
    state === 'conditional' && blank(permit.commitment) ? refuse('state', '容缺要先填承诺补齐的材料') : null,
    order(refuse, 'commitmentDue', '承诺期限', permit.commitmentDue, '实际上报', actualSubmit),
    future('commitmentMet', '补齐日期', permit.commitmentMet),
    order(refuse, 'commitmentMet', '补齐日期', permit.commitmentMet, '实际上报', actualSubmit),
    state === 'running' && actualSubmit === null ? question('actualSubmit', '办理中，还没有填实际上报日期') : null,
    state === 'planned' && actualSubmit !== null
      ? question('state', `已于 ${actualSubmit} 上报，状态仍是计划办理`)
      : null,
    state === 'exempt' && (actualSubmit ?? actualApproval) !== null
      ? question('state', '标为无需，但填有实际日期')
      : null,
  ]);
}

/**
 * The state that follows from what was just filled in, where the operator did not set it: an approval makes 办结, a
 * submission 办理中, a commitment with its date 容缺, all owed papers handed in 办结 once there is an approval.
 */
export function stateAfter(before: PermitRow, set: Readonly<Partial<PermitRow>>): PermitState {
  if (set.state !== undefined) return set.state;
  const now = { ...before, ...set };
  const filled = (field: 'actualSubmit' | 'actualApproval' | 'commitmentMet'): boolean =>
    set[field] !== undefined && set[field] !== null;
  if (now.state === 'conditional') {
    return filled('commitmentMet') && now.actualApproval !== null ? 'done' : 'conditional';
  }
  if (filled('actualApproval')) return 'done';
  if (set.actualApproval === null && now.state === 'done') return now.actualSubmit === null ? 'planned' : 'running';
  if (filled('actualSubmit') && now.state === 'planned') return 'running';
  if (set.actualSubmit === null && now.state === 'running') return 'planned';
  return now.state;
}

export type Tone = 'none' | 'soon' | 'late';

export interface PermitTiming {
  /** Day by which it is due: the approval, the submission, or the owed paper; null when nothing is awaited. */
  readonly due: IsoDate | null;
  readonly tone: Tone;
  /** '办理中，还有 5 个工作日'. */
  readonly words: string;
  /** Working days it took; null while it runs. */
  readonly used: number | null;
}

function toneOf(left: number, remind: number): Tone {
  return left < 0 ? 'late' : left <= remind ? 'soon' : 'none';
}

/** Where a permit stands on a day, in working days. `remindDays`: so many working days ahead it is pointed out. */
export function permitTiming(
  permit: PermitRow,
  kind: PermitKind | undefined,
  calendar: WorkCalendar,
  today: IsoDate,
  remindDays: number,
): PermitTiming {
  const limit = permit.limitDays ?? kind?.limitDays ?? null;
  const { state, actualSubmit, actualApproval, plannedSubmit, plannedApproval } = permit;
  const none = (words: string): PermitTiming => ({ due: null, tone: 'none', words, used: null });
  switch (state) {
    case 'exempt':
      return none('无需办理');
    case 'done': {
      const used =
        actualSubmit === null || actualApproval === null ? null : calendar.between(actualSubmit, actualApproval);
      const over = used !== null && limit !== null && used > limit ? `，超时限 ${used - limit} 个` : '';
      return { due: null, tone: 'none', words: used === null ? '办结' : `办结，用 ${used} 个工作日${over}`, used };
    }
    case 'blocked':
      return { due: null, tone: 'late', words: `受阻：${permit.blockedReason ?? ''}`, used: null };
    case 'conditional': {
      if (permit.commitmentMet !== null) return none('容缺材料已补齐');
      const due = permit.commitmentDue;
      if (due === null) return none('容缺');
      const left = calendar.between(today, due);
      const words = due < today ? `容缺材料逾期 ${-left} 个工作日未补` : `容缺，${due} 前补齐`;
      return { due, tone: due < today ? 'late' : toneOf(left, remindDays), words, used: null };
    }
    case 'running': {
      const due = actualSubmit !== null && limit !== null ? calendar.shift(actualSubmit, limit) : plannedApproval;
      if (due === null) return none('办理中');
      const left = calendar.between(today, due);
      const words = due < today ? `办理中，超时限 ${-left} 个工作日` : `办理中，还有 ${left} 个工作日`;
      return { due, tone: due < today ? 'late' : toneOf(left, remindDays), words, used: null };
    }
    case 'planned': {
      if (plannedSubmit === null) return none('计划办理，未定日期');
      const left = calendar.between(today, plannedSubmit);
      const isLate = plannedSubmit < today;
      const words = isLate ? `应于 ${plannedSubmit} 上报，已晚 ${-left} 个工作日` : `计划 ${plannedSubmit} 上报`;
      return { due: plannedSubmit, tone: isLate ? 'late' : toneOf(left, remindDays), words, used: null };
    }
    default:
      return assertNever(state);
  }
}

export interface Expiry {
  readonly until: IsoDate;
  readonly days: number;
  readonly state: 'valid' | 'soon' | 'expired';
}

/**
 * Until when an approval holds: as written on it, else by the months of the catalogue, which end with the start of the works
 * (a land or building permit lapses when nothing is begun); null when neither says.
 *
 * @param started the works have begun
 */
export function expiryOf(
  permit: PermitRow,
  kind: PermitKind | undefined,
  started: boolean,
  today: IsoDate,
  warnDays = 90,
): Expiry | null {
  const approved = permit.actualApproval;
  if (permit.state !== 'done' && permit.state !== 'conditional') return null;
  const months = started ? null : (kind?.validMonths ?? null);
  const until = permit.validUntil ?? (approved === null || months === null ? null : addMonths(approved, months));
  if (until === null) return null;
  const days = daysBetween(today, until);
  return { until, days, state: days < 0 ? 'expired' : days <= warnDays ? 'soon' : 'valid' };
}

/** One permit beside the others: from when to when, as it is or as it is to be expected. */
export interface ParallelBar {
  readonly id: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** `to` is a day still to come. */
  readonly expected: boolean;
  /** What holds the rest: in the first stage that is open the blocked one, else the one that ends last (D12). */
  readonly critical: boolean;
}

type Span = Omit<ParallelBar, 'critical'> & { readonly stage: number; readonly blocked: boolean };

const later = (left: IsoDate, right: IsoDate): IsoDate => (left > right ? left : right);

/** @param ready first day on which its stage can begin */
function spanOf(
  permit: PermitRow,
  kind: PermitKind | undefined,
  calendar: WorkCalendar,
  today: IsoDate,
  ready: IsoDate,
): Span | null {
  const { id, state, actualSubmit, actualApproval, plannedSubmit, plannedApproval } = permit;
  if (state === 'exempt') return null;
  const stage = stageOf(kind);
  const blocked = state === 'blocked';
  const limit = permit.limitDays ?? kind?.limitDays ?? 0;
  if (actualApproval !== null && !blocked) {
    return { id, stage, blocked, from: actualSubmit ?? actualApproval, to: actualApproval, expected: false };
  }
  const from = actualSubmit ?? plannedSubmit;
  if (from === null) return null;
  if (state === 'conditional')
    return { id, stage, blocked, from, to: later(permit.commitmentDue ?? from, from), expected: true };
  if (actualSubmit !== null) {
    const to = later(calendar.shift(actualSubmit, limit), today);
    return { id, stage, blocked, from: actualSubmit, to, expected: true };
  }
  const start = later(from, ready);
  const to = later(calendar.shift(start, limit), plannedApproval ?? start);
  return { id, stage, blocked, from: start, to, expected: true };
}

/**
 * 并联审批 (D12): the permits of one project side by side, those not yet handed in after what is open in the stages before.
 */
export function parallelPicture(
  permits: readonly PermitRow[],
  kinds: ReadonlyMap<string, PermitKind>,
  calendar: WorkCalendar,
  today: IsoDate,
): readonly ParallelBar[] {
  const spans = new Map<string, Span>();
  let ready = today;
  for (let stage = 0; stage < STAGE_ORDER.length; stage += 1) {
    const own = permits.flatMap((permit) => {
      const kind = kinds.get(permit.kindId);
      const span = stageOf(kind) === stage ? spanOf(permit, kind, calendar, today, ready) : null;
      return span === null ? [] : [span];
    });
    for (const span of own) spans.set(span.id, span);
    const end = own.filter((span) => span.expected).reduce((latest, span) => later(latest, span.to), '');
    if (end !== '') ready = later(ready, calendar.shift(end, 1));
  }
  const open = [...spans.values()].filter((span) => span.expected);
  const first = open.reduce((stage, span) => Math.min(stage, span.stage), STAGE_ORDER.length);
  const holding = open.filter((span) => span.stage === first);
  const worst = holding.reduce<Span | null>((worst, span) => {
    if (worst === null || (span.blocked && !worst.blocked)) return span;
    return span.blocked === worst.blocked && span.to > worst.to ? span : worst;
  }, null);
  return permits.flatMap((permit) => {
    const span = spans.get(permit.id);
    if (span === undefined) return [];
    const { id, from, to, expected } = span;
    return [{ id, from, to, expected, critical: span === worst }];
  });
}

export interface JointClock {
  readonly startedOn: IsoDate;
  readonly limitDays: number;
  /** Working days used, stops of the clock left out. */
  readonly elapsed: number;
  /** Working days left; 0 when over. */
  readonly left: number;
  /** Working days over. */
  readonly over: number;
  /** The last day on which it is still in time. */
  readonly due: IsoDate;
  readonly endedOn: IsoDate | null;
  readonly tone: Tone;
  readonly words: string;
}

/** 联合审批总时限 (E6: 38 days) on a day, in working days; the first day does not count. */
export function jointClock(
  joint: {
    readonly startedOn: IsoDate;
    readonly limitDays: number;
    readonly pausedDays: number | null;
    readonly endedOn: IsoDate | null;
  },
  calendar: WorkCalendar,
  today: IsoDate,
): JointClock {
  const { startedOn, limitDays, endedOn } = joint;
  const paused = joint.pausedDays ?? 0;
  const end = endedOn !== null && endedOn <= today ? endedOn : today;
  const elapsed = Math.max(0, calendar.between(startedOn, end) - paused);
  const over = Math.max(0, elapsed - limitDays);
  const left = Math.max(0, limitDays - elapsed);
  const ended = endedOn !== null && endedOn <= today;
  const words = ended
    ? over > 0
      ? `用 ${elapsed} 个工作日，超 ${over} 个`
      : `用 ${elapsed} 个工作日办结`
    : over > 0
      ? `已用 ${elapsed} 个，超 ${over} 个工作日`
      : `第 ${elapsed} 个工作日，还有 ${left} 个`;
  return {
    startedOn,
    limitDays,
    elapsed,
    left,
    over,
    due: calendar.shift(startedOn, limitDays + paused),
    endedOn: ended ? endedOn : null,
    tone: over > 0 ? 'late' : !ended && left <= 5 ? 'soon' : 'none',
    words,
  };
}

export function checkJointApproval(
  joint: {
    readonly startedOn: IsoDate;
    readonly endedOn: IsoDate | null;
    readonly pausedDays: number | null;
    readonly note: string | null;
  },
  today: IsoDate,
): readonly RowFinding[] {
  return present([
    order(refuse, 'endedOn', '办结日期', joint.endedOn, '启动日期', joint.startedOn),
    joint.endedOn !== null && joint.endedOn > today
      ? refuse('endedOn', `办结日期（${joint.endedOn}）晚于今天（${today}）`)
      : null,
    (joint.pausedDays ?? 0) > 0 && (joint.note ?? '') === ''
      ? question('note', '有停表天数，请在说明里写明停表原因')
      : null,
  ]);
}

export type SpecialState = 'applied' | 'granted' | 'refused' | 'revoked';

/** 特许施工 (E4): granted needs its span, and the span its order. */
export function checkSpecialPermit(special: {
  readonly state: SpecialState;
  readonly appliedOn: IsoDate | null;
  readonly validFrom: IsoDate | null;
  readonly validUntil: IsoDate | null;
  readonly scope: string | null;
  readonly documentNumber: string | null;
}): readonly RowFinding[] {
  const granted = special.state === 'granted';
  return present([
    order(refuse, 'validUntil', '许可止', special.validUntil, '许可起', special.validFrom),
    granted && (special.validFrom === null || special.validUntil === null)
      ? refuse('state', '已批准要先填许可起止日期')
      : null,
    granted && (special.scope ?? '') === '' ? question('scope', '已批准，还没有写许可的施工范围') : null,
    granted && (special.documentNumber ?? '') === '' ? question('documentNumber', '已批准，还没有填许可文号') : null,
  ]);
}

/** Where a special permit stands on a day: in force only between its days. */
export function specialStanding(
  special: {
    readonly state: SpecialState;
    readonly validFrom: IsoDate | null;
    readonly validUntil: IsoDate | null;
  },
  today: IsoDate,
): { readonly words: string; readonly tone: Tone } {
  switch (special.state) {
    case 'applied':
      return { words: '已申请，未批准前不得施工', tone: 'soon' };
    case 'refused':
      return { words: '未批准', tone: 'none' };
    case 'revoked':
      return { words: '已撤销', tone: 'none' };
    case 'granted': {
      const { validFrom, validUntil } = special;
      if (validFrom === null || validUntil === null) return { words: '已批准，未定起止', tone: 'soon' };
      if (today < validFrom) return { words: `${validFrom} 起有效`, tone: 'none' };
      const left = daysBetween(today, validUntil);
      if (left < 0) return { words: `已于 ${validUntil} 到期`, tone: 'none' };
      return { words: `有效，还有 ${left} 天`, tone: left <= 10 ? 'soon' : 'none' };
    }
    default:
      return assertNever(special.state);
  }
}

/** Total investment from which a project counts in the statistics, integer yuan (domain facts §3.7). */
export const STATISTICS_THRESHOLD = 5_000_000;

export type StatisticsStanding = 'included' | 'ready' | 'missing' | 'notYet' | 'exempt';

export interface StatisticsGap {
  readonly standing: StatisticsStanding;
  /** Kinds of papers that are missing. */
  readonly missing: readonly string[];
  readonly words: string;
}

/** 应统尽统 (D14): whether a project is, can be or cannot yet be included in the statistics, and which paper is missing. */
export function statisticsGap(
  project: {
    readonly totalInvestment: number | null;
    readonly actualStart: IsoDate | null;
    readonly inStatistics: string | null;
  },
  papers: readonly { readonly kind: string; readonly state: string }[],
  kinds: readonly { readonly value: string; readonly label: string }[],
): StatisticsGap {
  if (project.inStatistics === 'included') return { standing: 'included', missing: [], words: '已入统' };
  if (project.inStatistics === 'exempt') return { standing: 'exempt', missing: [], words: '不需入统' };
  const stateOf = new Map(papers.map((paper) => [paper.kind, paper.state]));
  const missing = kinds.filter((kind) => (stateOf.get(kind.value) ?? 'missing') === 'missing');
  const names = missing.map(({ value }) => value);
  if ((project.totalInvestment ?? 0) < STATISTICS_THRESHOLD) {
    return { standing: 'exempt', missing: names, words: '总投资不足500万元，不在入统范围' };
  }
  if (project.actualStart === null) return { standing: 'notYet', missing: names, words: '尚未开工，开工后可入统' };
  if (missing.length === 0) return { standing: 'ready', missing: [], words: '材料已齐，可以申报入统' };
  return { standing: 'missing', missing: names, words: `应入未入，缺${missing.map(({ label }) => label).join('、')}` };
}
