import type { GridTable } from '../../../shared/contract/projects.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { journalEnd, readGrid } from './grid.ts';

/** Beyond so many projects a new reading of the whole grid is cheaper than patching. */
const MOST_PATCHED = 500;

export interface GridChanges extends GridTable {
  readonly whole: boolean;
  readonly gone: string[];
}

/** What the window has: of which ledger, up to which journal number, with the figures of which day. */
export interface GridReading {
  readonly ledgerId: string;
  readonly since: number;
  readonly date: IsoDate;
}

/** Ids of the projects whose rows may differ since a journal number; null when that cannot be told one by one. */
async function touchedSince(store: Store, since: number): Promise<ReadonlySet<string> | null> {
  const rows = await store.query
    .selectFrom('change')
    .select(['entity', 'rowId'])
    .where('n', '>', since)
    .limit(MOST_PATCHED * 4)
    .execute();
  if (rows.length >= MOST_PATCHED * 4) return null;
  const projects = new Set<string>();
  const owned: Record<'link' | 'report', string[]> = { link: [], report: [] };
  const proposals: string[] = [];
  for (const { entity, rowId } of rows) {
    switch (entity) {
      case 'project':
        projects.add(rowId);
        break;
      case 'link':
      case 'report':
        owned[entity].push(rowId);
        break;
      case 'proposal':
        proposals.push(rowId);
        break;
      // They show in no row of the grid; people are looked up by the window.
      case 'reportDraft':
      case 'submission':
      case 'supervisionSheet':
      case 'person':
      // The project itself is listed beside.
      case 'stageEvent':
      case 'leadingGroup':
      case 'leadingGroupMember':
      case 'groupMember':
      case 'conflict':
      case 'holiday':
      case 'chainTemplate':
      case 'chainTemplateLink':
      case 'monthlyTask':
      case 'permitKind':
      case 'permit':
      case 'jointApproval':
      case 'specialPermit':
      case 'statisticsPaper':
      case 'factor':
      case 'factorCase':
      case 'obstruction':
      case 'financing':
      case 'investmentLead':
      case 'leadVisit':
        break;
      default:
        return null;
    }
  }
  for (const entity of ['link', 'report'] as const) {
    if (owned[entity].length === 0) continue;
    const parents = await store.query.selectFrom(entity).select('projectId').where('id', 'in', owned[entity]).execute();
    for (const parent of parents) projects.add(parent.projectId);
  }
  if (proposals.length > 0) {
    const about = await store.query
      .selectFrom('proposal')
      .select('rowId')
      .where('id', 'in', proposals)
      .where('entity', '=', 'project')
      .execute();
    for (const proposal of about) projects.add(proposal.rowId);
  }
  return projects;
}

/** Whether a file was read since then: what it brought is in the tables, and not listed row by row for us to trust. */
async function mergedSince(store: Store, since: number): Promise<boolean> {
  const row = await store.query
    .selectFrom('journal')
    .select('n')
    .where('n', '>', since)
    .where('kind', 'in', ['sync', 'setup'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The rows of the grid that differ since a journal number, by way of the journal itself: whoever wrote, it is in there.
 *
 * @throws Fault RULE_BROKEN
 */
export async function gridChanges(store: Store, reading: GridReading, date: IsoDate): Promise<GridChanges> {
  const { ledgerId, since } = reading;
  const end = await journalEnd(store);
  const sameLedger = readIdentity(store).ledgerId === ledgerId;
  const whole = async (): Promise<GridChanges> => ({
    ...(await readGrid(store, date, [])),
    n: end,
    whole: true,
    gone: [],
  });
  if (!sameLedger || reading.date !== date || end < since || (await mergedSince(store, since))) return whole();
  const touched = await touchedSince(store, since);
  if (touched === null || touched.size > MOST_PATCHED) return whole();
  const table = await readGrid(store, date, [...touched]);
  const shown = new Set(table.rows.map(([id]) => id));
  return { ...table, whole: false, gone: [...touched].filter((id) => !shown.has(id)) };
}
