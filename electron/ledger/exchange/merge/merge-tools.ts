import { type Entity, type EntityName, entityOf, type Value } from '../../../../shared/dictionary/index.ts';
import {
  isUnwritten,
  QUARANTINE_MS,
  type Stamp,
  type StreamTag,
  stampCounter,
  stampMs,
  tick,
} from '../../../../shared/domain/clock.ts';
import type { Identity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import type { Owners } from '../../store/owners.ts';
import type { WireRow } from '../bundle/record.ts';
import type { ShiftBook } from '../clock/shift-book.ts';
import type { StreamBook } from '../offices/streams.ts';
import type { ChangeLog } from './change-log.ts';
import { parentColumn, type RowScope } from './row-scope.ts';
import type { WireTable } from './wire-check.ts';

/** What the merge of one file works with. */
export interface MergeTools {
  readonly store: Store;
  readonly identity: Identity;
  readonly scope: RowScope;
  /** Who decides each field, by the city's table. */
  readonly owners: Owners;
  readonly streams: StreamBook;
  readonly log: ChangeLog;
  /** How stamps are read, where clocks that ran ahead were put right. */
  readonly shifts: ShiftBook;
  /** Stamps beyond this one are in quarantine: their clock is more than a day ahead. */
  readonly latest: string;
  /** The file is of the office above, which decides what becomes of our values where they are not ours to set. */
  readonly fromAbove: boolean;
  /** Up to which number of our journal the sender had read when it wrote the file; 0 where that is not known. */
  readonly acknowledged: number;
  /** An enrolment file fills an empty ledger: what the city says stands. */
  readonly trusting: boolean;
  /** Replay of parked rows: a value of the row's own stamp fills an empty field. */
  readonly replay: boolean;
  /** Rows that came before and waited: what was said of them since counts. */
  readonly waited: boolean;
}

/** The last stamp that our wall clock allows, as text, so that rows are compared without reading their time. */
export function quarantineFrom(now: number): string {
  return (now + QUARANTINE_MS + 1).toString(16).padStart(12, '0');
}

/** The next stamp of our own after another's: what is decided at the table must outrank what it decides about. */
export function stampAfter(stamp: Stamp, stream: StreamTag): Stamp {
  return tick({ ms: stampMs(stamp), counter: stampCounter(stamp), stream }, 0).stamp;
}

/** Whether an incoming field is one that its row came without (see `NewRows`): nothing that anybody need have a right to. */
export function isLeftOut(row: WireRow, index: number): boolean {
  const stamp = row.stamps?.[index];
  return stamp !== undefined && isUnwritten(stamp) && (row.values[index] ?? null) === null;
}

/** How the columns of incoming rows lie to those of the table. */
export interface Plan {
  readonly table: WireTable;
  readonly description: Entity;
  /** For each column of the rows; undefined where this version has no such field. */
  readonly checks: readonly (((value: Value) => boolean) | undefined)[];
  /** Position in the row for each column of the table; null where both are alike, or for rows that are not whole. */
  readonly order: readonly number[] | null;
  /** The text of a whole row's values can stand for them: columns as in the table, and numbers that all read alike. */
  readonly textual: boolean;
  /** Position in the row of the column that leads to the responsible unit; −1 where there is none. */
  readonly parent: number;
}

export function makePlan(table: WireTable, row: WireRow): Plan {
  const { columns } = row;
  const { scope, fields } = entityOf(table.entity);
  const alike =
    columns.length === table.columns.length && columns.every((column, index) => column === table.columns[index]);
  return {
    table,
    description: entityOf(table.entity),
    checks: columns.map((column) => table.checks.get(column)),
    order: alike || !row.whole ? null : table.columns.map((column) => columns.indexOf(column)),
    // The last bit of a fraction with many digits is rounded by SQLite and by JavaScript, each in its way.
    textual: alike && Object.values(fields).every(({ type }) => type !== 'decimal'),
    parent: scope === 'none' ? -1 : columns.indexOf(parentColumn(scope)),
  };
}

export interface EntityTally {
  added: number;
  changed: number;
  same: number;
  /** Rows of which at least one value came later than what is here. */
  older: number;
  voided: number;
  /** Rows that another unit or office answers for from now on. */
  moved: number;
}

export class Tallies {
  readonly byEntity = new Map<EntityName, EntityTally>();

  of(entity: EntityName): EntityTally {
    let tally = this.byEntity.get(entity);
    if (!tally) {
      tally = { added: 0, changed: 0, same: 0, older: 0, voided: 0, moved: 0 };
      this.byEntity.set(entity, tally);
    }
    return tally;
  }
}

/** The latest stamp that came and was believed, for our clock. */
export class Latest {
  stamp = '';

  see(stamp: string): void {
    if (stamp > this.stamp) this.stamp = stamp;
  }
}
