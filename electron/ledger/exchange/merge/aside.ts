import type { EntityName, Owner, Value } from '../../../../shared/dictionary/index.ts';
import type { WireRow } from '../bundle/record.ts';

/** Why a row or value waits beside the tables instead of being in them. */
export type ParkReason =
  /** A table or field of a newer version. */
  | 'unknown'
  /** Known, but the value does not fit this version's dictionary. */
  | 'value'
  /** The row it hangs on, or the row it changes, is not here yet. */
  | 'missing'
  /** Its writer may not create such a row. */
  | 'authority'
  /** A sealed row of that id is here with another content. */
  | 'digest'
  /** Its clock is more than a day ahead. */
  | 'clock';

export interface ParkedRow {
  readonly reason: ParkReason;
  readonly entity: string;
  readonly rowId: string;
  /** [entity, id, stamp, values, stamps, bases, whole] */
  readonly record: string;
}

/** A value that lost, with what it lost to. */
export interface Dispute {
  readonly kind: 'conflict' | 'proposal';
  readonly entity: EntityName;
  readonly rowId: string;
  readonly field: string;
  readonly unitId: string | null;
  readonly kept: Value;
  readonly keptStamp: string;
  readonly other: Value;
  readonly otherStamp: string;
  readonly otherOfficeId: string;
  readonly owner: Owner;
}

/** These lists are the means of settling disputes; a dispute about them settles itself by time. */
const UNDISPUTED: ReadonlySet<EntityName> = new Set(['proposal', 'conflict']);
/** Who an office is and with which keys it signs: decided at admission, never by suggestion in a file. */
const NEVER_PROPOSED: ReadonlySet<string> = new Set(['signKey', 'boxKey', 'status', 'parentOfficeId', 'level']);

/** What a merge could not put into the tables: rows that wait, values that lost. Nothing is dropped. */
export class Aside {
  readonly parked: ParkedRow[] = [];
  readonly disputes: Dispute[] = [];
  /** New rows that their maker no longer answered for; they are in the tables as 作废. */
  withdrawn = 0;

  parkRow(reason: ParkReason, entity: string, row: WireRow): void {
    this.#park(
      reason,
      entity,
      row,
      row.columns.map((_, index) => index),
      row.whole,
    );
  }

  parkField(reason: ParkReason, entity: string, row: WireRow, index: number): void {
    this.#park(reason, entity, row, [index], false);
  }

  #park(reason: ParkReason, entity: string, row: WireRow, indexes: readonly number[], whole: boolean): void {
    const values: [string, Value][] = [];
    const stamps: [string, string][] = [];
    const bases: [string, string][] = [];
    for (const index of indexes) {
      const column = row.columns[index];
      if (column === undefined) continue;
      values.push([column, row.values[index] ?? null]);
      const stamp = row.stamps?.[index];
      if (stamp !== undefined) stamps.push([column, stamp]);
      const base = row.bases?.[index];
      if (base !== undefined) bases.push([column, base]);
    }
    const maps = [values, stamps, bases].map((pairs) => Object.fromEntries<Value>(pairs));
    this.parked.push({
      reason,
      entity,
      rowId: row.id,
      record: JSON.stringify([entity, row.id, row.stamp, ...maps, whole]),
    });
  }

  /** A dispute of two values that are both in the ledger. */
  between(dispute: Dispute): void {
    if (UNDISPUTED.has(dispute.entity) || (dispute.entity === 'office' && NEVER_PROPOSED.has(dispute.field))) return;
    this.disputes.push(dispute);
  }

  /** @param index of the disputed column in the row, for parking where a proposal must not be made of it */
  dispute(dispute: Dispute, row: WireRow, index: number): void {
    if (UNDISPUTED.has(dispute.entity)) return;
    if (dispute.kind === 'proposal' && dispute.entity === 'office' && NEVER_PROPOSED.has(dispute.field)) {
      this.parkField('authority', dispute.entity, row, index);
      return;
    }
    this.disputes.push(dispute);
  }
}
