import { lateness } from '../../../shared/domain/cadence.ts';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import { cadenceOn, cadences, reviewed } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { pickFigures } from './reports-of.ts';

/** Every report of a project, superseded and taken-back ones too, newest period and newest version first (C14). */
export async function reportHistory(store: Store, projectId: string) {
  const rows = await store.query
    .selectFrom('report')
    .leftJoin('submission', 'submission.id', 'report.submissionId')
    .selectAll('report')
    .select(['submission.submittedAt', 'submission.operator', 'submission.reason'])
    .where('report.projectId', '=', projectId)
    .orderBy('report.period', 'desc')
    .orderBy('report.id', 'desc')
    .execute();
  const all = await cadences(store);
  const { heldBack } = reviewed(store);
  const replaced = new Map(
    rows.filter((row) => row.voided === 0 && !heldBack.has(row.id)).map((row) => [row.supersedes, row.id]),
  );
  return rows.map((row) => {
    const period = parsePeriod(row.period);
    const late =
      period !== null &&
      row.submittedAt !== null &&
      row.supersedes === null &&
      lateness(period, row.submittedAt, cadenceOn(all, period.kind, period.end)) === 'late';
    return {
      reportId: row.id,
      period: row.period,
      label: period === null ? row.period : periodLabel(period),
      kind: row.kind,
      ...pickFigures(row),
      submittedAt: row.submittedAt,
      operator: row.operator,
      late,
      reason: row.supersedes === null ? null : row.reason,
      supersedes: row.supersedes,
      supersededBy: replaced.get(row.id) ?? null,
      voided: row.voided === 1,
      standing: heldBack.get(row.id)?.standing ?? ('counts' as const),
      answer: heldBack.get(row.id)?.reason ?? null,
    };
  });
}
