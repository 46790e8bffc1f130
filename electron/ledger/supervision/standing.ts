import type { SheetKind, SheetStanding } from '../../../shared/contract/supervision.ts';
import type { Row } from '../../../shared/dictionary/index.ts';

/** The rising steps (domain facts §2.1). */
export const STEPS: readonly SheetKind[] = ['reminder', 'order', 'warning', 'talk'];

/** The step after this one; the last stays. */
export function nextStep(kind: SheetKind): SheetKind {
  return STEPS[Math.min(STEPS.indexOf(kind) + 1, STEPS.length - 1)] ?? 'talk';
}

/**
 * Where a sheet stands on a day: an issued sheet is answered by its reply date, whichever side recorded it, and overdue
 * once its reply date has passed without one.
 */
export function standingOf(
  sheet: Pick<Row<'supervisionSheet'>, 'state' | 'repliedOn' | 'replyDue'>,
  today: string,
): SheetStanding {
  switch (sheet.state) {
    case 'draft':
    case 'approved':
    case 'closed':
      return sheet.state;
    case 'issued':
    case 'replied':
      if (sheet.repliedOn !== null) return 'replied';
      return sheet.replyDue !== null && sheet.replyDue < today ? 'overdue' : 'issued';
  }
}
