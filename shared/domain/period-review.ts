/** 旬报审核: what the office that receives reports has closed, and what it has said to those that came afterwards. */
export interface PeriodReview {
  readonly unitId: string;
  readonly kind: string;
  readonly period: string;
  /** Closed now; false once it was withdrawn. */
  readonly closed: boolean;
  /** Submissions that it had. */
  readonly submissions: ReadonlySet<string>;
  /** Reports of later submissions that it took. */
  readonly accepted: ReadonlySet<string>;
  /** And those that it left, with the reason. */
  readonly declined: ReadonlyMap<string, string>;
}

/** 报送批次, as far as the rule needs it. */
export interface Batch {
  readonly id: string;
  readonly unitId: string;
  readonly kind: string;
  readonly period: string;
}

/** `counts`: as any report. `requested`: 更正申请, kept and shown, not counted. `declined`: 更正申请 that was not taken. */
export type ReportStanding = 'counts' | 'requested' | 'declined';

const placeOf = ({ unitId, kind, period }: Omit<Batch, 'id'>): string => `${unitId} ${kind} ${period}`;

/**
 * 该旬已审核: whether a report counts, by the reviews that are known. A pure function of rows, so that two ledgers that hold
 * the same rows agree, in whatever order these came (exchange design, table of situations: period locked).
 */
export class PeriodReviews {
  readonly #byPlace = new Map<string, PeriodReview[]>();

  constructor(reviews: readonly PeriodReview[]) {
    for (const review of reviews) {
      const place = placeOf(review);
      const others = this.#byPlace.get(place);
      // Two rows are of two PCs of one office, and both hold.
      if (others === undefined) this.#byPlace.set(place, [review]);
      else others.push(review);
    }
  }

  isClosed(place: Omit<Batch, 'id'>): boolean {
    return this.#byPlace.get(placeOf(place))?.some((review) => review.closed) ?? false;
  }

  /** Whether any report of the batch may not count; all do where this is false. */
  mayHoldBack(batch: Batch): boolean {
    const reviews = this.#byPlace.get(placeOf(batch));
    if (reviews === undefined) return false;
    return this.#isLater(reviews, batch) || reviews.some((review) => review.declined.size > 0);
  }

  #isLater(reviews: readonly PeriodReview[], { id }: Batch): boolean {
    const closed = reviews.filter((review) => review.closed);
    return closed.length > 0 && closed.every((review) => !review.submissions.has(id));
  }

  standingOf(reportId: string, batch: Batch): ReportStanding {
    const reviews = this.#byPlace.get(placeOf(batch)) ?? [];
    if (reviews.some((review) => review.accepted.has(reportId))) return 'counts';
    if (reviews.some((review) => review.declined.has(reportId))) return 'declined';
    return this.#isLater(reviews, batch) ? 'requested' : 'counts';
  }

  /** Why a report was not taken. */
  reasonOf(reportId: string, batch: Batch): string | null {
    for (const review of this.#byPlace.get(placeOf(batch)) ?? []) {
      const reason = review.declined.get(reportId);
      if (reason !== undefined) return reason;
    }
    return null;
  }
}
