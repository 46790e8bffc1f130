/**
 * What is wrong with one row, at the field concerned. `refuse`: it is not saved. `question`: it is saved and stays marked
 * until it is put right.
 */
export interface RowFinding {
  readonly field: string;
  readonly severity: 'refuse' | 'question';
  /** In Chinese, a whole clause without full stop: '计划批复早于计划上报（2021-05-11）'. */
  readonly reason: string;
  /** What to do instead, as a clause without full stop; for what is refused. */
  readonly cure?: string;
}

export function refuse(field: string, reason: string, cure?: string): RowFinding {
  return { field, severity: 'refuse', reason, ...(cure === undefined || cure === '' ? {} : { cure }) };
}

export function question(field: string, reason: string): RowFinding {
  return { field, severity: 'question', reason };
}

/** A finding that the second of two days lies before the first; null when one is missing or they are in order. */
export function order(
  make: (field: string, reason: string) => RowFinding,
  field: string,
  label: string,
  late: string | null,
  otherLabel: string,
  early: string | null,
): RowFinding | null {
  if (late === null || early === null || late >= early) return null;
  return make(field, `${label}（${late}）早于${otherLabel}（${early}）`);
}

export function present(findings: readonly (RowFinding | null)[]): readonly RowFinding[] {
  return findings.filter((finding): finding is RowFinding => finding !== null);
}
