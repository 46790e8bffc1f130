import type { EntityName } from '../../../../shared/dictionary/index.ts';
import type { WireGroup, WireRow } from '../bundle/record.ts';
import { type Overtaken, restampTables } from '../clock/restamp.ts';
import { Aside } from './aside.ts';
import { LocalRows } from './local-rows.ts';
import { KnownRows, type Meeting } from './merge-known.ts';
import { NewRows } from './merge-new.ts';
import { Latest, type MergeTools, makePlan, type Plan, Tallies } from './merge-tools.ts';
import { obeyRefusals, sayAgain, takeBack } from './refusals.ts';
import { RowInserter } from './row-inserter.ts';
import { type WireTable, wireTable } from './wire-check.ts';

/** What has to be known of our rows to decide. */
function columnsOf(meetings: readonly Meeting[]): ReadonlySet<string> {
  const columns = new Set(['unitId', 'projectId', 'parentOfficeId']);
  for (const { row, differing } of meetings) for (const index of differing) columns.add(row.columns[index] ?? '');
  return columns;
}

interface TableTools {
  readonly local: LocalRows;
  readonly inserter: RowInserter;
}

/**
 * Merges rows of one file into the tables, inside the caller's transaction: new rows many at a time, known rows by their
 * stamps, values only where stamps differ. What cannot be placed or has lost is in `aside`.
 */
export class Merge {
  readonly aside = new Aside();
  readonly tallies = new Tallies();
  readonly latest = new Latest();

  readonly #tools: MergeTools;
  readonly #newRows: NewRows;
  readonly #knownRows: KnownRows;
  readonly #plans = new WeakMap<readonly string[], Plan>();
  readonly #tables = new Map<EntityName, TableTools>();
  readonly #overtaken: Overtaken[] = [];

  constructor(tools: MergeTools) {
    this.#tools = tools;
    this.#newRows = new NewRows(tools, this.aside, this.latest);
    this.#knownRows = new KnownRows(tools, this.aside, this.latest);
  }

  apply(group: WireGroup): void {
    const table = wireTable(group.entity);
    if (!table) {
      for (const row of group.rows) this.aside.parkRow('unknown', group.entity, row);
      return;
    }
    const { shifts } = this.#tools;
    const came = shifts.any ? group.rows.map((row) => shifts.row(row)) : group.rows;
    const rows = came.filter((row) => this.#isTimely(table, row));
    this.#chunk(table, rows, group);
    if (group.entity === 'clockShift') this.learnShifts();
  }

  /** Decisions about clocks have come, or the offices that may make them: what is here is read by them at once. */
  learnShifts(): void {
    const { shifts, streams, scope } = this.#tools;
    if (!shifts.reload()) return;
    streams.relearn();
    scope.forgetTimes();
    this.#overtaken.push(...restampTables(this.#tools));
  }

  /** Our own values that a clock put right has set behind what they replaced. */
  get overtaken(): readonly Overtaken[] {
    return this.#overtaken;
  }

  /** When all of the file is merged, and what had waited is tried. */
  sayAgain(): void {
    sayAgain(this.#tools, this.#knownRows.outdone);
  }

  #isTimely(table: WireTable, row: WireRow): boolean {
    // A decision about clocks never waits for a clock: what follows must be read by it. It moves ours no more than it did.
    if (table.entity === 'clockShift') return true;
    if (row.stamp > this.#tools.latest) {
      this.aside.parkRow('clock', table.entity, row);
      return false;
    }
    this.latest.see(row.stamp);
    return true;
  }

  #chunk(table: WireTable, rows: readonly WireRow[], group: WireGroup): void {
    const { local, inserter } = this.#toolsOf(table);
    const tally = this.tallies.of(table.entity);
    const heads = local.heads(rows);
    const seen = new Set<string>();
    const again: WireRow[] = [];
    const meetings: Meeting[] = [];
    for (const [index, row] of rows.entries()) {
      // The same row twice in one file: the first must be in its table before the second is compared with it.
      if (seen.has(row.id)) {
        again.push(row);
        continue;
      }
      seen.add(row.id);
      const plan = this.#plan(table, row);
      const head = heads[index];
      if (head) {
        const meeting = this.#knownRows.meet(plan, row, head);
        if (meeting) meetings.push(meeting);
        else tally.same += 1;
      } else if (this.#newRows.insert(plan, row, group, inserter)) tally.added += 1;
    }
    inserter.flush();
    this.#newRows.withdrawRefused();
    const values = local.rows(
      meetings.map(({ row }) => row.id),
      columnsOf(meetings),
    );
    for (const meeting of meetings) {
      const ours = values.get(meeting.row.id);
      if (ours) this.#knownRows.merge(meeting, ours, tally);
    }
    if (table.entity === 'proposal' && this.#tools.fromAbove) {
      const proposals = [...seen];
      for (const entity of [
        ...obeyRefusals(this.#tools, proposals, this.#knownRows.outdone, this.aside),
        ...takeBack(this.#tools, proposals),
      ])
        this.tallies.of(entity).changed += 1;
    }
    for (const row of again) this.#chunk(table, [row], group);
  }

  #toolsOf(table: WireTable): TableTools {
    let tools = this.#tables.get(table.entity);
    if (!tools) {
      const { store } = this.#tools;
      tools = { local: new LocalRows(store, table), inserter: new RowInserter(store, table) };
      this.#tables.set(table.entity, tools);
    }
    return tools;
  }

  #plan(table: WireTable, row: WireRow): Plan {
    let plan = this.#plans.get(row.columns);
    if (!plan) {
      plan = makePlan(table, row);
      this.#plans.set(row.columns, plan);
    }
    return plan;
  }
}
