import { addDays, type IsoDate } from './date.ts';

/** 清单归属: a project is in a list over these days, both ends inside; null: since ever, or still. */
export interface ListSpan {
  readonly id: string;
  readonly projectId: string;
  readonly list: string;
  readonly effectiveFrom: IsoDate | null;
  readonly effectiveTo: IsoDate | null;
}

export function spanHolds(span: Pick<ListSpan, 'effectiveFrom' | 'effectiveTo'>, date: IsoDate): boolean {
  return (span.effectiveFrom ?? '') <= date && date <= (span.effectiveTo ?? '9999-12-31');
}

/**
 * The lists of each project that has memberships, on a day; a project without any is not in the map and keeps the lists it
 * has now.
 */
export function listsOn(spans: readonly ListSpan[], date: IsoDate): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const span of spans) {
    const held = lists.get(span.projectId) ?? [];
    lists.set(span.projectId, held);
    if (spanHolds(span, date) && !held.includes(span.list)) held.push(span.list);
  }
  for (const held of lists.values()) held.sort();
  return lists;
}

/** What a change of lists writes: rows to open, rows to close or, where they began that very day, to take away. */
export interface ListPlan {
  readonly open: readonly Omit<ListSpan, 'id' | 'projectId'>[];
  readonly close: readonly { readonly id: string; readonly effectiveTo: IsoDate }[];
  readonly remove: readonly string[];
}

/**
 * How a project comes to be in `wanted` from a day on.
 *
 * @param spans memberships of this project, not 作废
 * @param before the lists it is in now by the project itself: told as rows without a first day where no row tells them
 */
export function planLists(
  spans: readonly ListSpan[],
  before: readonly string[],
  wanted: readonly string[],
  from: IsoDate,
): ListPlan {
  const held = spans.filter((span) => spanHolds(span, from));
  const known = new Set(spans.map((span) => span.list));
  const yesterday = addDays(from, -1);
  const untold = before.filter((list) => !known.has(list));
  return {
    open: [
      ...untold.map((list) => ({
        list,
        effectiveFrom: null,
        effectiveTo: wanted.includes(list) ? null : yesterday,
      })),
      ...wanted
        .filter((list) => !untold.includes(list) && !held.some((span) => span.list === list))
        .map((list) => ({ list, effectiveFrom: from, effectiveTo: null })),
    ],
    close: held
      .filter((span) => !wanted.includes(span.list) && span.effectiveFrom !== from)
      .map((span) => ({ id: span.id, effectiveTo: yesterday })),
    remove: held.filter((span) => !wanted.includes(span.list) && span.effectiveFrom === from).map((span) => span.id),
  };
}
