import { STAGES, type Stage } from '../dictionary/entities/project.ts';
import { addDays, formatChinese, type IsoDate, isDate, yearOf } from './date.ts';
import type { Rate } from './rate.ts';

/** Where a project stands in its life (A6): before the works, at the works, stopped, after them. */
export type MoveKind = 'forward' | 'stop' | 'resume' | 'back';

interface Move {
  readonly to: Stage;
  readonly kind: MoveKind;
}

const forward = (...stages: readonly Stage[]): Move[] => stages.map((to) => ({ to, kind: 'forward' }));
const back = (...stages: readonly Stage[]): Move[] => stages.map((to) => ({ to, kind: 'back' }));

/** Every allowed move. A step back is a correction or a failure and wants a reason in words. */
const MOVES: Readonly<Record<Stage, readonly Move[]>> = {
  reserve: forward('planned', 'signed', 'preparing'),
  planned: [...forward('signed', 'preparing'), ...back('reserve')],
  signed: [...forward('preparing', 'started'), ...back('planned', 'reserve')],
  preparing: [...forward('started'), ...back('signed', 'reserve')],
  started: [...forward('building', 'completed'), { to: 'suspended', kind: 'stop' }, ...back('preparing')],
  building: [...forward('completed'), { to: 'suspended', kind: 'stop' }, ...back('started')],
  suspended: [{ to: 'resumed', kind: 'resume' }, ...back('reserve')],
  resumed: [...forward('building', 'completed'), { to: 'suspended', kind: 'stop' }],
  completed: [...forward('inProduction'), ...back('building')],
  inProduction: back('completed'),
};

const LABELS = new Map<string, string>(STAGES.map(({ value, label }) => [value, label]));

export function stageName(stage: string | null): string {
  return stage === null ? '未填' : (LABELS.get(stage) ?? stage);
}

/** The moves that a project in this stage may make; any first stage where none is known. */
export function movesFrom(stage: Stage | null): readonly Move[] {
  return stage === null ? STAGES.map(({ value }) => ({ to: value, kind: 'forward' as const })) : MOVES[stage];
}

/** The works have begun, whatever became of them since. */
const BEGUN: ReadonlySet<Stage> = new Set(['started', 'building', 'suspended', 'resumed', 'completed', 'inProduction']);
/** The day and a paper must be named at these steps. */
const NEEDS_EVIDENCE: ReadonlySet<Stage> = new Set(['started', 'completed', 'inProduction']);

export function hasBegun(stage: Stage | null): boolean {
  return stage !== null && BEGUN.has(stage);
}

export function needsEvidence(to: Stage): boolean {
  return NEEDS_EVIDENCE.has(to);
}

/** Why a stage cannot follow another, and what can be done instead. */
export interface StageRefusal {
  readonly reason: string;
  readonly cure: string;
}

function wayTo(from: Stage, to: Stage): string {
  if (from === 'suspended') return '停工项目先登记复工；不再建设的，填明理由退回储备';
  if (to === 'resumed') return '只有停工的项目才登记复工';
  if (to === 'building' && !BEGUN.has(from)) return '请先登记开工（填实际开工日期），再转为在建';
  if (to === 'suspended' && !BEGUN.has(from)) return '没有开工的项目不登记停工，可填明理由退回储备';
  if (to === 'inProduction') return '请先登记竣工，再登记投产';
  if (to === 'completed' && !BEGUN.has(from)) return '请先登记开工，再登记竣工';
  const open = MOVES[from].map((move) => stageName(move.to));
  return `“${stageName(from)}”之后可以是：${open.join('、')}`;
}

/**
 * Whether a project may go from one stage to another.
 *
 * @returns the kind of move, null where nothing changes, or why not
 */
export function stageMove(from: Stage | null, to: Stage): MoveKind | null | StageRefusal {
  if (from === to) return null;
  const move = movesFrom(from).find((each) => each.to === to);
  if (move !== undefined) return from === null ? 'forward' : move.kind;
  return {
    reason: `“${stageName(from)}”不能直接改为“${stageName(to)}”`,
    cure: from === null ? '' : wayTo(from, to),
  };
}

export function isRefusal(result: MoveKind | null | StageRefusal): result is StageRefusal {
  return typeof result === 'object' && result !== null;
}

/** What the ledger knows of a project's life. */
export interface StageDates {
  readonly stage: Stage | null;
  readonly actualStart: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  readonly productionDate: IsoDate | null;
  readonly suspendedSince: IsoDate | null;
}

export interface StageStep {
  readonly to: Stage;
  readonly date: IsoDate;
  readonly evidence: string | null;
  readonly note: string | null;
}

/** A fault of a stage form, at the field it concerns. */
export interface StageFault {
  readonly field: 'to' | 'date' | 'evidence' | 'note';
  readonly reason: string;
  readonly cure: string;
}

function dateFault(dates: StageDates, step: StageStep, today: IsoDate, lastEvent: IsoDate | null): StageFault | null {
  const wrong = (reason: string, cure = '请核对日期'): StageFault => ({ field: 'date', reason, cure });
  const { date, to } = step;
  if (!isDate(date)) return wrong('请填写日期，如 2021-05-11');
  if (date > today) return wrong(`日期 ${date} 晚于今天 ${today}`, '还没有发生的，不登记阶段变动');
  if (lastEvent !== null && date < lastEvent)
    return wrong(`日期早于上一次阶段变动（${formatChinese(lastEvent)}）`, '请核对两次日期');
  const { actualStart, actualCompletion } = dates;
  const after = (earlier: IsoDate | null, name: string): StageFault | null =>
    earlier !== null && date < earlier ? wrong(`日期早于${name}（${formatChinese(earlier)}）`) : null;
  if (to === 'suspended' || to === 'resumed' || to === 'completed') {
    const late =
      after(actualStart, '实际开工日期') ?? (to === 'resumed' ? after(dates.suspendedSince, '停工日期') : null);
    if (late !== null) return late;
  }
  return to === 'inProduction' ? after(actualCompletion, '实际竣工日期') : null;
}

/**
 * Whether a step may be entered: the move is allowed, its day is in order, and what it needs is there.
 *
 * @param lastEvent day of the latest stage event of the project
 */
export function stageFaults(
  dates: StageDates,
  step: StageStep,
  today: IsoDate,
  lastEvent: IsoDate | null,
): readonly StageFault[] {
  const move = stageMove(dates.stage, step.to);
  if (move === null) return [{ field: 'to', reason: `项目已是“${stageName(step.to)}”`, cure: '不需要登记' }];
  if (isRefusal(move)) return [{ field: 'to', ...move }];
  const faults: StageFault[] = [];
  const late = dateFault(dates, step, today, lastEvent);
  if (late !== null) faults.push(late);
  if (NEEDS_EVIDENCE.has(step.to) && move === 'forward' && (step.evidence ?? '').trim() === '')
    faults.push({
      field: 'evidence',
      reason: `登记“${stageName(step.to)}”要写明依据`,
      cure: '如施工许可证、竣工验收报告及文号',
    });
  if ((move === 'back' || move === 'stop') && (step.note ?? '').trim() === '')
    faults.push({
      field: 'note',
      reason: move === 'stop' ? '停工要写明原因' : '退回以前的阶段要写明理由',
      cure: '请填写说明',
    });
  return faults;
}

/** What a step makes of the dates of the project; fields not named stay. */
export function datesAfter(
  dates: StageDates,
  step: Pick<StageStep, 'to' | 'date'>,
): Partial<Record<'actualStart' | 'actualCompletion' | 'productionDate' | 'suspendedSince', IsoDate | null>> {
  const { to, date } = step;
  const move = stageMove(dates.stage, to);
  if (move === 'back') {
    switch (to) {
      case 'building':
        return { actualCompletion: null, suspendedSince: null };
      case 'completed':
        return { productionDate: null };
      case 'started':
        return {};
      default:
        return { actualStart: null, suspendedSince: null };
    }
  }
  switch (to) {
    case 'started':
      return { actualStart: date };
    case 'suspended':
      return { suspendedSince: date };
    case 'resumed':
    case 'building':
      return { suspendedSince: null };
    case 'completed':
      return { actualCompletion: date, suspendedSince: null };
    case 'inProduction':
      return { productionDate: date };
    default:
      return {};
  }
}

/** A project as the conversion rates see it. */
export interface StageLife {
  readonly unitId: string;
  readonly stage: Stage | null;
  /** First day the ledger knows of it. */
  readonly knownSince: IsoDate;
  readonly actualStart: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  readonly productionDate: IsoDate | null;
}

/** 储备→开工→投产 in one year (D10); counts of projects. */
export interface Conversion {
  /** Not begun when the year began, or taken in during it. */
  readonly reserve: number;
  readonly started: number;
  /** At the works some day of the year, or completed and not yet in production. */
  readonly underWay: number;
  readonly inProduction: number;
  readonly startRate: Rate;
  readonly outputRate: Rate;
}

export const CONVERSION_TEXT = {
  startRate: '储备转开工率 = 本年开工项目数 ÷（年初未开工项目数 + 本年新登记的未开工项目数）',
  outputRate: '开工转投产率 = 本年投产项目数 ÷ 本年在建或已竣工待投产的项目数',
} as const;

/** Conversion of these projects in a year. A begun project without a day of starting counts as begun before the year. */
export function conversionOf(projects: readonly StageLife[], year: number): Conversion {
  const first = `${year}-01-01`;
  const last = `${year}-12-31`;
  let [reserve, started, underWay, inProduction] = [0, 0, 0, 0];
  for (const project of projects) {
    if (project.knownSince > last) continue;
    const begunOn = project.actualStart ?? (hasBegun(project.stage) ? addDays(first, -1) : null);
    if (begunOn === null || begunOn >= first) reserve += 1;
    if (begunOn !== null && begunOn >= first && begunOn <= last) started += 1;
    const yields = project.productionDate ?? (project.stage === 'inProduction' ? addDays(first, -1) : null);
    if (begunOn !== null && begunOn <= last && (yields === null || yields >= first)) underWay += 1;
    if (yields !== null && yearOf(yields) === year) inProduction += 1;
  }
  return {
    reserve,
    started,
    underWay,
    inProduction,
    startRate: { numerator: started, denominator: reserve },
    outputRate: { numerator: inProduction, denominator: underWay },
  };
}

/** '2021-01' of '2021-02', '2020-12' of '2021-01'. */
export function previousMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

/** Months 'YYYY-MM' from one to another, both included; none where the last lies before the first. */
export function monthsBetween(first: string, last: string): readonly string[] {
  const months: string[] = [];
  for (let month = last; month >= first; month = previousMonth(month)) months.unshift(month);
  return months;
}
