import type { IsoDate } from './date.ts';
import { present, type RowFinding, refuse } from './row-finding.ts';

/** The days and years of a project that have an order. */
export interface ProjectDays {
  readonly plannedStart: IsoDate | null;
  readonly plannedCompletion: IsoDate | null;
  readonly actualStart: IsoDate | null;
  readonly actualCompletion: IsoDate | null;
  readonly productionDate: IsoDate | null;
  readonly suspendedSince: IsoDate | null;
  readonly startYear: number | null;
  readonly endYear: number | null;
}

const LABELS = {
  plannedStart: '计划开工日期',
  plannedCompletion: '计划竣工日期',
  actualStart: '实际开工日期',
  actualCompletion: '实际竣工日期',
  productionDate: '投产日期',
  suspendedSince: '停工日期',
} as const;
type Day = keyof typeof LABELS;

/** Each pair: the later one, and what it may not lie before. */
const ORDER: readonly (readonly [Day, Day])[] = [
  ['plannedCompletion', 'plannedStart'],
  ['actualCompletion', 'actualStart'],
  ['productionDate', 'actualCompletion'],
  ['suspendedSince', 'actualStart'],
];

/** What happened lies in the past. */
const HAPPENED: readonly Day[] = ['actualStart', 'actualCompletion', 'productionDate', 'suspendedSince'];

/** Days of a project out of order, or told of as past before they came. */
export function checkProjectDays(project: ProjectDays, today: IsoDate): readonly RowFinding[] {
  const ordered = ORDER.map(([late, early]) => {
    const [after, before] = [project[late], project[early]];
    return after === null || before === null || after >= before
      ? null
      : refuse(
          late,
          `${LABELS[late]}（${after}）早于${LABELS[early]}（${before}）`,
          '请核对；两个都要改的，请先改另一个',
        );
  });
  const past = HAPPENED.map((day) => {
    const date = project[day];
    return date === null || date <= today
      ? null
      : refuse(day, `${LABELS[day]}（${date}）晚于今天（${today}）`, '还没有发生的，请填计划日期');
  });
  const { startYear, endYear } = project;
  const years =
    startYear !== null && endYear !== null && endYear < startYear
      ? refuse('endYear', `终止年份（${endYear}）早于起始年份（${startYear}）`, '请核对起止年限')
      : null;
  return present([...ordered, ...past, years]);
}
