import type { ReportKind } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import type { Tables } from '../store/tables.ts';

export interface PeriodQuery {
  readonly kind: ReportKind;
  readonly period: string;
}

export type StoredReview = Tables['periodReview'];

export function reviewsOf(store: Store, { kind, period }: PeriodQuery): Promise<StoredReview[]> {
  return store.query
    .selectFrom('periodReview')
    .selectAll()
    .where('kind', '=', kind)
    .where('period', '=', period)
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
}

/** Units whose period is closed, with who and when. */
export async function closedUnits(store: Store, query: PeriodQuery) {
  const rows = await reviewsOf(store, query);
  return new Map(
    rows
      .filter((row) => row.state === 'reviewed')
      .map((row) => [row.unitId, { at: row.reviewedAt ?? 0, operator: row.operator ?? '' }]),
  );
}
