import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import { authority } from '../../../shared/domain/authority.ts';
import { isUnwritten, type Stamp, stampStream } from '../../../shared/domain/clock.ts';
import { holdsValue, readMarks } from '../store/change-record.ts';
import { ownerOf } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { readStamps } from '../store/stamps.ts';
import type { StoredRow } from '../store/statements.ts';
import type { Dispute } from './aside.ts';
import { decideField, takes } from './merge-rule.ts';
import type { MergeTools } from './merge-tools.ts';
import { type Place, parentColumn } from './row-scope.ts';

/** A value of a field and the stamp that it has. */
interface Standing {
  readonly value: Value;
  readonly stamp: string;
}

/** One field of a row that is here. */
interface Spot {
  readonly entity: EntityName;
  readonly row: StoredRow;
  readonly field: string;
}

interface Said {
  readonly record: string;
  readonly before: string | null;
}

/** Values that this ledger has had in a field, from the last to the first. */
class Past {
  readonly #field: string;
  readonly #said: readonly Said[];

  constructor(store: Store, { entity, row, field }: Spot) {
    this.#field = field;
    this.#said = store.db
      .prepare('SELECT "record", "before" FROM "change" WHERE "rowId" = ? AND "entity" = ? ORDER BY "seq" DESC')
      .all(row['id'], entity) as Said[];
  }

  holds(stamp: string): boolean {
    return this.#said.some(({ record }) => holdsValue(record, this.#field, stamp));
  }

  /** What a value was written over when it first came; undefined where that was nothing. */
  beforeOf(stamp: string): Standing | undefined {
    for (const { record, before } of [...this.#said].reverse()) {
      if (before === null || !holdsValue(record, this.#field, stamp)) continue;
      const old = (JSON.parse(before) as Record<string, readonly [Value, string]>)[this.#field];
      if (old !== undefined && old[1] !== stamp) return { value: old[0], stamp: old[1] };
    }
    return undefined;
  }

  /** Stamp of the last value of another stream that a value replaced; undefined where that is the row's own. */
  baseOf(stamp: string): string | undefined {
    let at = stamp;
    for (let steps = 0; steps < this.#said.length; steps += 1) {
      for (const { record } of this.#said) {
        const base = holdsValue(record, this.#field, at) ? readMarks(record).bases?.[this.#field] : undefined;
        if (base !== undefined) return base;
      }
      const old = this.beforeOf(at)?.stamp;
      if (old === undefined || stampStream(old as Stamp) !== stampStream(stamp as Stamp)) return old;
      at = old;
    }
    return undefined;
  }
}

interface Revived extends Standing {
  /** As in a record. */
  readonly base: string | undefined;
}

function disputeOf(
  tools: MergeTools,
  spot: Spot,
  place: Place,
  kept: Standing,
  other: Standing,
): Omit<Dispute, 'kind'> {
  const { entity, row, field } = spot;
  return {
    entity,
    rowId: row['id'] as string,
    field,
    unitId: place.unitAt(other.stamp),
    kept: kept.value,
    keptStamp: kept.stamp,
    other: other.value,
    otherStamp: other.stamp,
    otherOfficeId: tools.streams.localWriterOf(other.stamp).officeId,
    owner: ownerOf(entityOf(entity), field),
  };
}

/**
 * A value of ours was refused above, where another one stands. What ours had been written over may never have gone there:
 * it meets what stands above now, as if ours had never been.
 *
 * @param isRefused whether a value, by its stamp, was refused itself
 * @param base stamp that the value above replaced, where its row has just come
 * @returns what is to stand here, and what is to be shown of the other one
 */
export function uncovered(
  tools: MergeTools,
  spot: Spot,
  refused: string,
  above: Standing & { readonly base?: string },
  isRefused: (stamp: string) => boolean,
): { readonly stands: Revived | null; readonly dispute: Dispute | null } {
  const { entity, row, field } = spot;
  tools.log.settle(row['id'] as string);
  const past = new Past(tools.store, spot);
  const visited = new Set([refused]);
  let hidden = past.beforeOf(refused);
  while (hidden !== undefined && isRefused(hidden.stamp) && !visited.has(hidden.stamp)) {
    visited.add(hidden.stamp);
    hidden = past.beforeOf(hidden.stamp);
  }
  const rowStamp = readStamps(row).row;
  // With the row itself went what it was made with.
  if (hidden === undefined || visited.has(hidden.stamp) || hidden.stamp === above.stamp || hidden.stamp === rowStamp)
    return { stands: null, dispute: null };
  const { stamp } = hidden;
  if (isUnwritten(stamp)) return { stands: null, dispute: null };
  const description = entityOf(entity);
  const place = tools.scope.placeOf(entity, row[parentColumn(description.scope)] ?? null, row['id'] as string);
  if (place === null) return { stands: null, dispute: null };
  const writer = tools.streams.localWriterOf(stamp);
  const may = writer.vouched || authority(ownerOf(description, field), writer, place.officeAt(stamp)) === 'may';
  const isOver = past.holds(above.stamp);
  const decision = decideField({
    local: { value: hidden.value, stamp: stamp as Stamp, may },
    incoming: { value: above.value, stamp: above.stamp as Stamp, may: true },
    base: (above.base ?? (isOver ? stamp : rowStamp)) as Stamp,
    forked: stamp.endsWith(stampStream(above.stamp as Stamp)) && tools.streams.isForked(stampStream(stamp as Stamp)),
    seen: () => isOver,
    known: true,
    ahead: false,
  });
  if (takes(decision)) {
    const kind = may ? 'conflict' : 'proposal';
    const shown = decision === 'takeWithConflict';
    return { stands: null, dispute: shown ? { kind, ...disputeOf(tools, spot, place, above, hidden) } : null };
  }
  const shown = decision === 'keepWithConflict';
  return {
    stands: { ...hidden, base: past.baseOf(stamp) },
    dispute: shown ? { kind: 'conflict', ...disputeOf(tools, spot, place, hidden, above) } : null,
  };
}
