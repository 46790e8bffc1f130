import { type EntityName, entityOf, type Value } from '../../../../shared/dictionary/index.ts';
import { authority } from '../../../../shared/domain/authority.ts';
import { isUnwritten, parseStamp, type Stamp, stampStream } from '../../../../shared/domain/clock.ts';
import { holdsValue, readMarks } from '../../store/change-record.ts';
import type { Store } from '../../store/open.ts';
import { changesOf, type RowChange, replacedIn } from '../../store/row-changes.ts';
import { readStamps } from '../../store/stamps.ts';
import type { StoredRow } from '../../store/statements.ts';
import { wellFormed } from '../../store/well-formed.ts';
import type { Dispute } from './aside.ts';
import { type Decision, decideField, takes } from './merge-rule.ts';
import type { MergeTools } from './merge-tools.ts';
import { type Place, parentColumn } from './row-scope.ts';
import { wireTable } from './wire-check.ts';

/** A value of a field and the stamp that it has. */
interface Standing {
  readonly value: Value;
  readonly stamp: string;
}

/** A value as a list of disputes holds it. */
export function asValue(json: string | null): Value {
  const value: unknown = json === null ? null : JSON.parse(json);
  if (typeof value === 'string') return wellFormed(value);
  return typeof value === 'number' ? value : null;
}

/** One field of a row that is here. */
interface Spot {
  readonly entity: EntityName;
  readonly row: StoredRow;
  readonly field: string;
}

/** Values that this ledger has had in a field. */
class Past {
  readonly #field: string;
  readonly #said: readonly RowChange[];
  readonly #lastFirst: readonly RowChange[];

  constructor(store: Store, { entity, row, field }: Spot) {
    this.#field = field;
    this.#said = changesOf(store, entity, row['id'] as string);
    this.#lastFirst = [...this.#said].reverse();
  }

  holds(stamp: string): boolean {
    return this.#said.some(({ record }) => holdsValue(record, this.#field, stamp));
  }

  /** What a value was written over when it first came; undefined where that was nothing. */
  beforeOf(stamp: string): Standing | undefined {
    for (const change of this.#said) {
      if (!holdsValue(change.record, this.#field, stamp)) continue;
      const old = replacedIn(change, this.#field);
      if (old !== undefined && old[1] !== stamp) return { value: old[0], stamp: old[1] };
    }
    return undefined;
  }

  /** Stamp of the last value of another stream that a value replaced; undefined where that is the row's own. */
  baseOf(stamp: string): string | undefined {
    let at = stamp;
    for (let steps = 0; steps < this.#said.length; steps += 1) {
      for (const { record } of this.#lastFirst) {
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

type Candidate = Standing & { readonly may: boolean };

class Uncovering {
  readonly #tools: MergeTools;
  readonly #spot: Spot;
  readonly #past: Past;
  readonly #place: Place;
  readonly #rowStamp: string;

  constructor(tools: MergeTools, spot: Spot, place: Place) {
    this.#tools = tools;
    this.#spot = spot;
    this.#past = new Past(tools.store, spot);
    this.#place = place;
    this.#rowStamp = readStamps(spot.row).row;
  }

  /** What a refused value was written over, and what was written over that; without what was refused itself. */
  #hidden(refused: string, isRefused: (stamp: string) => boolean): Standing | undefined {
    const visited = new Set([refused]);
    let hidden = this.#past.beforeOf(refused);
    while (hidden !== undefined && isRefused(hidden.stamp)) {
      visited.add(hidden.stamp);
      hidden = this.#past.beforeOf(hidden.stamp);
      if (hidden !== undefined && visited.has(hidden.stamp)) return undefined;
    }
    return hidden;
  }

  /** What came while a value stood here, and lost to it. */
  #losers(refused: string): readonly Standing[] {
    const { entity, row, field } = this.#spot;
    const found = this.#tools.store.db
      .prepare(
        `SELECT CASE "keptStamp" WHEN @refused THEN "other" ELSE "kept" END AS "value",
                CASE "keptStamp" WHEN @refused THEN "otherStamp" ELSE "keptStamp" END AS "stamp"
           FROM "conflict" WHERE "entity" = @entity AND "rowId" = @id AND "field" = @field AND @refused IN ("keptStamp", "otherStamp")`,
      )
      .all({ refused, entity, id: row['id'], field }) as { value: string | null; stamp: string | null }[];
    return found.flatMap(({ value, stamp }): readonly Standing[] => {
      if (parseStamp(stamp) === null || stamp === null) return [];
      // A list of disputes is no proof of what somebody wrote, save of those who may write into it: the offices under us.
      if (!this.#tools.streams.isBelow(stamp) && !this.#past.holds(stamp)) return [];
      return [{ value: asValue(value), stamp }];
    });
  }

  #may(stamp: string): boolean {
    const writer = this.#tools.streams.localWriterOf(stamp);
    if (writer.vouched) return true;
    const { entity, field } = this.#spot;
    return authority(this.#tools.owners.of(entity, field), writer, this.#place.officeAt(stamp)) === 'may';
  }

  /** From the weakest to the one that stands before the others. */
  candidates(refused: string, above: Standing, isRefused: (stamp: string) => boolean): readonly Candidate[] {
    const { entity, field } = this.#spot;
    const hidden = this.#hidden(refused, isRefused);
    const losers = this.#losers(refused).filter(({ stamp }) => !isRefused(stamp));
    return (
      [...(hidden === undefined ? [] : [hidden]), ...losers]
        .filter(({ stamp }, index, all) => all.findIndex((each) => each.stamp === stamp) === index)
        // With the row itself went what it was made with.
        .filter(({ stamp }) => stamp !== above.stamp && stamp !== this.#rowStamp && !isUnwritten(stamp))
        .filter(({ value }) => wireTable(entity)?.checks.get(field)?.(value) === true)
        .map((standing) => ({ ...standing, may: this.#may(standing.stamp) }))
        .sort((left, right) => Number(left.may) - Number(right.may) || (left.stamp < right.stamp ? -1 : 1))
    );
  }

  #isForked(left: string, right: string): boolean {
    const stream = stampStream(left as Stamp);
    return right.endsWith(stream) && this.#tools.streams.isForked(stream);
  }

  decide(ours: Candidate, refused: string, above: Above): Decision {
    const isKnown = this.#past.holds(above.stamp);
    const isWrittenOver = isKnown && this.#past.beforeOf(refused)?.stamp === ours.stamp;
    return decideField({
      local: { ...ours, stamp: ours.stamp as Stamp },
      incoming: { value: above.value, stamp: above.stamp as Stamp, may: true },
      base: (above.base ?? (isWrittenOver ? ours.stamp : this.#rowStamp)) as Stamp,
      forked: this.#isForked(ours.stamp, above.stamp),
      seen: () => isKnown,
      known: true,
      ahead: false,
    });
  }

  /** Whether the writer of one value wrote it over the other, or the same again. */
  isSettled(kept: Standing, other: Standing): boolean {
    if (kept.value === other.value) return true;
    const isOneStream = stampStream(kept.stamp as Stamp) === stampStream(other.stamp as Stamp);
    return isOneStream && other.stamp < kept.stamp && !this.#isForked(kept.stamp, other.stamp);
  }

  dispute(kind: Dispute['kind'], kept: Standing, other: Standing): Dispute {
    const { entity, row, field } = this.#spot;
    return {
      kind,
      entity,
      rowId: row['id'] as string,
      field,
      unitId: this.#place.unitAt(other.stamp),
      kept: kept.value,
      keptStamp: kept.stamp,
      other: other.value,
      otherStamp: other.stamp,
      otherOfficeId: this.#tools.streams.localWriterOf(other.stamp).officeId,
      owner: this.#tools.owners.of(entity, field),
    };
  }

  baseOf(stamp: string): string | undefined {
    return this.#past.baseOf(stamp);
  }
}

/** What stands above, with the stamp that it replaced where its row has just come. */
type Above = Standing & { readonly base?: string };

interface Uncovered {
  /** Null where it is what stands above. */
  readonly stands: Revived | null;
  readonly disputes: readonly Dispute[];
}

const NOTHING: Uncovered = { stands: null, disputes: [] };

/**
 * A value of ours was refused above, where another one stands. What ours had been written over, or had won over, may never
 * have gone there: it meets what stands above now, as if ours had never been.
 *
 * @param isRefused whether a value, by its stamp, was refused itself
 */
export function uncovered(
  tools: MergeTools,
  spot: Spot,
  refused: string,
  above: Above,
  isRefused: (stamp: string) => boolean,
): Uncovered {
  const { entity, row } = spot;
  const parent = row[parentColumn(entityOf(entity).scope)] ?? null;
  const place = tools.scope.placeOf(entity, parent, row['id'] as string);
  if (place === null) return NOTHING;
  tools.log.settle(row['id'] as string);
  const uncovering = new Uncovering(tools, spot, place);
  const candidates = uncovering.candidates(refused, above, isRefused);
  const best = candidates.at(-1);
  if (best === undefined) return NOTHING;
  const decision = uncovering.decide(best, refused, above);
  const stays = !takes(decision);
  const winner = stays ? best : above;
  const disputes = candidates
    .filter((each) => each !== best && !uncovering.isSettled(winner, each))
    .map((each) => uncovering.dispute(each.may ? 'conflict' : 'proposal', winner, each));
  if (decision === 'takeWithConflict')
    disputes.push(uncovering.dispute(best.may ? 'conflict' : 'proposal', above, best));
  if (decision === 'keepWithConflict') disputes.push(uncovering.dispute('conflict', best, above));
  return { stands: stays ? { ...best, base: uncovering.baseOf(best.stamp) } : null, disputes };
}
