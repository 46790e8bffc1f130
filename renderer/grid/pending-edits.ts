import type { Value } from '../../shared/dictionary/field.ts';
import type { CellEdit } from './types.ts';

type Patch = Readonly<Record<string, Value>>;
type Batch = ReadonlyMap<string, Patch>;

function batchOf(edits: readonly CellEdit[]): Batch {
  const batch = new Map<string, Record<string, Value>>();
  for (const { rowId, key, value } of edits) {
    const patch = batch.get(rowId);
    if (patch === undefined) batch.set(rowId, { [key]: value });
    else patch[key] = value;
  }
  return batch;
}

/**
 * Rows as the ledger gave them, with the edits under way laid over them. A batch is shown at once, kept when the ledger
 * accepts it, and taken back cell by cell when it does not.
 */
export class PendingEdits<R extends { readonly id: string }> {
  #given = new Map<string, R>();
  #rows = new Map<string, R>();
  readonly #batches: Batch[] = [];

  /** Takes new rows of the parent; gives the ids whose row changed, or null when rows came, went or moved. */
  take(rows: readonly R[]): readonly string[] | null {
    const before = this.#given;
    const given = new Map(rows.map((row) => [row.id, row]));
    const sameOrder = sameKeys(before, given);
    const changed = rows.filter((row) => before.get(row.id) !== row).map((row) => row.id);
    const kept = new Map<string, R>();
    for (const row of rows) {
      // An unchanged row may carry an accepted edit that the parent has not fetched yet.
      kept.set(row.id, before.get(row.id) === row ? (this.#rows.get(row.id) ?? row) : row);
    }
    this.#given = given;
    this.#rows = kept;
    return sameOrder ? changed : null;
  }

  /** A row with the edits under way. */
  row(id: string): R | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    const patches = this.#batches.map((batch) => batch.get(id)).filter((patch) => patch !== undefined);
    return patches.length === 0 ? row : Object.assign({}, row, ...patches);
  }

  get size(): number {
    return this.#rows.size;
  }

  rows(): R[] {
    return [...this.#rows.keys()].map((id) => this.row(id)).filter((row) => row !== undefined);
  }

  /** Lays a batch over the rows; the result ends it. */
  begin(edits: readonly CellEdit[]): (accepted: (edit: CellEdit) => boolean) => void {
    const batch = batchOf(edits);
    this.#batches.push(batch);
    return (accepted) => {
      this.#batches.splice(this.#batches.indexOf(batch), 1);
      for (const edit of edits) {
        const row = this.#rows.get(edit.rowId);
        if (row !== undefined && accepted(edit)) this.#rows.set(edit.rowId, { ...row, [edit.key]: edit.value });
      }
    };
  }
}

function sameKeys(left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>): boolean {
  if (left.size !== right.size) return false;
  const keys = right.keys();
  for (const key of left.keys()) if (keys.next().value !== key) return false;
  return true;
}
