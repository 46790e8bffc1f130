import type { FirstSteps } from '../../../shared/contract/workbench.ts';
import type { Store } from '../store/open.ts';

/** What a new city's ledger still needs before it can be worked with; null when nothing is missing. */
export async function firstSteps({ query }: Store): Promise<FirstSteps | null> {
  const count = async (table: 'responsibilityUnit' | 'project' | 'office'): Promise<number> => {
    const row = await query
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('voided', '=', 0)
      .executeTakeFirst();
    return row?.n ?? 0;
  };
  const steps = {
    units: await count('responsibilityUnit'),
    projects: await count('project'),
    // The city's own office is one of them.
    enrolled: (await count('office')) - 1,
  };
  return steps.units > 0 && steps.projects > 0 && steps.enrolled > 0 ? null : steps;
}
