import { addDays, formatChinese, type IsoDate, isDate } from './date.ts';

/**
 * 单元归组 (A3): a responsible unit is in one promotion group at a time. Rows are spans of days, both ends inside; the
 * history stays, so that an old bulletin adds up as it did.
 */
export interface Membership {
  readonly id: string;
  readonly groupId: string;
  readonly unitId: string;
  readonly effectiveFrom: IsoDate;
  /** Last day, or null while it goes on. */
  readonly effectiveTo: IsoDate | null;
}

export type Refusal = { readonly ok: false; readonly reason: string };

/** What a move writes: the rows to shorten, those to take away, the row to open. */
export interface MovePlan {
  readonly ok: true;
  readonly close: readonly { readonly id: string; readonly effectiveTo: IsoDate }[];
  readonly remove: readonly string[];
  readonly open: Omit<Membership, 'id'> | null;
}

const FAR = '9999-12-31';

const lastDay = (row: Pick<Membership, 'effectiveTo'>): string => row.effectiveTo ?? FAR;

/** Whether a membership holds on a day. */
export function holdsOn(row: Pick<Membership, 'effectiveFrom' | 'effectiveTo'>, date: IsoDate): boolean {
  return row.effectiveFrom <= date && date <= lastDay(row);
}

/** The membership of a unit on a day, or null. Of two that hold, the one that began later. */
export function membershipOn(rows: readonly Membership[], unitId: string, date: IsoDate): Membership | null {
  return rows
    .filter((row) => row.unitId === unitId && holdsOn(row, date))
    .reduce<Membership | null>(
      (latest, row) => (latest === null || row.effectiveFrom >= latest.effectiveFrom ? row : latest),
      null,
    );
}

/** Whether two memberships of one unit share a day. */
export function sharesDay(left: Membership, right: Membership): boolean {
  return left.unitId === right.unitId && left.effectiveFrom <= lastDay(right) && right.effectiveFrom <= lastDay(left);
}

/** Every pair of rows that puts a unit into two groups on one day, or into one group twice. */
export function overlaps(rows: readonly Membership[]): readonly (readonly [Membership, Membership])[] {
  return rows.flatMap((left, index) =>
    rows
      .slice(index + 1)
      .filter((right) => sharesDay(left, right))
      .map((right) => [left, right] as const),
  );
}

function spanWords({ effectiveFrom, effectiveTo }: Pick<Membership, 'effectiveFrom' | 'effectiveTo'>): string {
  return effectiveTo === null
    ? `自${formatChinese(effectiveFrom)}起`
    : `${formatChinese(effectiveFrom)}至${formatChinese(effectiveTo)}`;
}

/**
 * How a unit moves to a group from a day on; `groupId` null takes it out of its group. The row in force is closed the day
 * before; one that began on that very day is replaced. A unit with an arrangement that begins later is refused: the
 * operator must say first what becomes of it.
 *
 * @param rows all memberships not 作废
 * @param groupName name of a group, for the reason
 */
export function planMove(
  rows: readonly Membership[],
  unitId: string,
  groupId: string | null,
  from: IsoDate,
  groupName: (groupId: string) => string,
): MovePlan | Refusal {
  if (!isDate(from)) return { ok: false, reason: '请填写生效日期，如 2021-05-11' };
  const own = rows.filter((row) => row.unitId === unitId);
  const later = own.find((row) => row.effectiveFrom > from);
  if (later) {
    return {
      ok: false,
      reason: `该单元${spanWords(later)}已归入“${groupName(later.groupId)}”，同一天不能在两个组。请先更正或作废那一条，再调整`,
    };
  }
  const held = own.filter((row) => holdsOn(row, from));
  if (groupId !== null && held.some((row) => row.groupId === groupId)) {
    return { ok: false, reason: `该单元${formatChinese(from)}已在“${groupName(groupId)}”中，不需要调整` };
  }
  if (groupId === null && held.length === 0)
    return { ok: false, reason: `该单元${formatChinese(from)}不在任何推进组中` };
  return {
    ok: true,
    close: held
      .filter((row) => row.effectiveFrom < from)
      .map((row) => ({ id: row.id, effectiveTo: addDays(from, -1) })),
    remove: held.filter((row) => row.effectiveFrom === from).map((row) => row.id),
    open: groupId === null ? null : { groupId, unitId, effectiveFrom: from, effectiveTo: null },
  };
}

/** What is wrong with the days of a membership by themselves; null when nothing. */
export function membershipDaysProblem({ effectiveFrom, effectiveTo }: Membership): string | null {
  if (!isDate(effectiveFrom)) return '请填写起始日期，如 2021-05-11';
  if (effectiveTo !== null && !isDate(effectiveTo)) return '截止日期不正确，应如 2021-05-11';
  return effectiveTo !== null && effectiveTo < effectiveFrom ? '截止日期早于起始日期' : null;
}

/**
 * Whether a membership may have these days: in order, and sharing none with another of the same unit.
 *
 * @returns null when it may, else the reason in Chinese
 */
export function checkMembership(
  rows: readonly Membership[],
  changed: Membership,
  groupName: (groupId: string) => string,
): string | null {
  const wrong = membershipDaysProblem(changed);
  if (wrong !== null) return wrong;
  const other = rows.find((row) => row.id !== changed.id && sharesDay(row, changed));
  return other === undefined
    ? null
    : `与“${groupName(other.groupId)}”（${spanWords(other)}）重叠，一个单元同一天只能在一个组`;
}
