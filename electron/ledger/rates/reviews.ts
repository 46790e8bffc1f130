import {
  type Batch,
  type PeriodReview,
  PeriodReviews,
  type ReportStanding,
} from '../../../shared/domain/period-review.ts';
import type { Store } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';
import { journalEnd } from './remembered.ts';

/** A report that does not count: 更正申请, open or not taken. */
export interface HeldBack {
  readonly reportId: string;
  readonly projectId: string;
  readonly batch: Batch;
  readonly standing: Exclude<ReportStanding, 'counts'>;
  /** Why it was not taken. */
  readonly reason: string | null;
}

/** The reviews of all periods, and the reports that do not count for them. */
export interface Reviewed {
  readonly reviews: PeriodReviews;
  /** By id of the report. Empty in a ledger without a review: the ordinary case, which costs one look at an empty table. */
  readonly heldBack: ReadonlyMap<string, HeldBack>;
}

interface StoredReview {
  readonly unitId: string;
  readonly kind: string;
  readonly period: string;
  readonly state: string;
  readonly submissions: string | null;
  readonly accepted: string | null;
  readonly declined: string | null;
}

const NONE: Reviewed = { reviews: new PeriodReviews([]), heldBack: new Map() };

function listOf(json: string | null): ReadonlySet<string> {
  const list: unknown = json === null ? [] : JSON.parse(json);
  return new Set(Array.isArray(list) ? list.map(String) : []);
}

function reviewOf(row: StoredReview): PeriodReview {
  const { unitId, kind, period } = row;
  const declined: unknown = row.declined === null ? {} : JSON.parse(row.declined);
  const reasons = typeof declined === 'object' && declined !== null ? Object.entries(declined) : [];
  return {
    unitId,
    kind,
    period,
    closed: row.state === 'reviewed',
    submissions: listOf(row.submissions),
    accepted: listOf(row.accepted),
    declined: new Map(reasons.map(([id, reason]) => [id, String(reason)])),
  };
}

/** As the tables are now, asked anew: for inside a transaction. */
export function readReviewed(store: Store): Reviewed {
  const { db } = store;
  const rows = prepared(
    store,
    'SELECT "unitId", "kind", "period", "state", "submissions", "accepted", "declined" FROM "periodReview" WHERE "voided" = 0',
  ).all() as StoredReview[];
  if (rows.length === 0) return NONE;
  const reviews = new PeriodReviews(rows.map(reviewOf));
  const batchesOf = db.prepare(
    'SELECT "id", "unitId", "kind", "period" FROM "submission" WHERE "kind" = ? AND "period" = ? AND "unitId" = ? AND "voided" = 0',
  );
  const later = new Map<string, Batch>();
  for (const { unitId, kind, period } of rows)
    for (const batch of batchesOf.all(kind, period, unitId) as Batch[])
      if (reviews.mayHoldBack(batch)) later.set(batch.id, batch);
  const heldBack = new Map<string, HeldBack>();
  if (later.size === 0) return { reviews, heldBack };
  const reportsOf = db.prepare(
    `SELECT "id", "projectId", "submissionId" FROM "report" INDEXED BY "report_period"
      WHERE "kind" = ? AND "period" = ? AND "voided" = 0 AND "submissionId" IN (SELECT "value" FROM json_each(?))`,
  );
  const ids = JSON.stringify([...later.keys()]);
  const periods = new Map([...later.values()].map((batch) => [`${batch.kind} ${batch.period}`, batch]));
  for (const { kind, period } of periods.values()) {
    const reports = reportsOf.all(kind, period, ids) as { id: string; projectId: string; submissionId: string }[];
    for (const { id, projectId, submissionId } of reports) {
      const batch = later.get(submissionId);
      if (batch === undefined) continue;
      const standing = reviews.standingOf(id, batch);
      if (standing === 'counts') continue;
      heldBack.set(id, { reportId: id, projectId, batch, standing, reason: reviews.reasonOf(id, batch) });
    }
  }
  return { reviews, heldBack };
}

const known = new WeakMap<Store, { readonly n: number; readonly reviewed: Reviewed }>();

/** As `readReviewed`, asked once for each state of the ledger. */
export function reviewed(store: Store): Reviewed {
  const n = journalEnd(store);
  const last = known.get(store);
  if (last?.n === n) return last.reviewed;
  const fresh = readReviewed(store);
  known.set(store, { n, reviewed: fresh });
  return fresh;
}
