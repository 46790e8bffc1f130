import type { Value } from '../../../../shared/dictionary/index.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { changesOf, replacedIn } from '../../store/row-changes.ts';

/** A value as a row held it from the journal's number `from` to `to`. */
interface Span {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
}

/** Rows of a unit that may be another's later. */
type Movable = 'project' | 'conflict' | 'proposal';

export function isMovable(entity: string): entity is Movable {
  return entity === 'project' || entity === 'conflict' || entity === 'proposal';
}

/** The ledger went back to an older state, or on from a copy: what it told in between it does not know. */
const WENT_BACK = `SELECT 1 FROM "stream" WHERE "own" = 1 AND "previousTag" IS NOT NULL AND "reason" NOT IN ('clock', 'chosen') LIMIT 1`;

/**
 * Which projects and disputes were ever those of an office, as this ledger's own journal has it: in which unit a row was, and
 * which office kept that unit then. Today's units say nothing of what an office was told in an earlier file.
 */
export class PastScope {
  readonly #store: Store;
  /** The office and those under it. */
  readonly #offices: ReadonlySet<string>;
  readonly #kept = new Map<string, readonly Span[]>();
  #wentBack: boolean | null = null;

  constructor(store: Store, offices: ReadonlySet<string>) {
    this.#store = store;
    this.#offices = offices;
  }

  /**
   * Number of the journal from which on a row first was the office's, for however short; null where it never was. Infinity
   * where it may have been at a time of which this ledger knows nothing any more.
   */
  firstIn(entity: Movable, id: string): number | null {
    let first: number | null = null;
    for (const { value: unit, from, to } of this.#spans(entity, id, 'unitId')) {
      if (typeof unit !== 'string') continue;
      for (const kept of this.#keptSpans(unit)) {
        const since = Math.max(from, kept.from);
        // Within one number too: what an import brought may have been over in the same file (see `noteLostPlace`).
        if (since <= Math.min(to, kept.to)) first = Math.min(first ?? since, since);
        else if (this.#hasGoneBack()) first ??= Number.POSITIVE_INFINITY;
      }
    }
    return first;
  }

  #hasGoneBack(): boolean {
    this.#wentBack ??= prepared(this.#store, WENT_BACK).get() !== undefined;
    return this.#wentBack;
  }

  /** When a unit was the office's. */
  #keptSpans(unit: string): readonly Span[] {
    let kept = this.#kept.get(unit);
    if (!kept) {
      const spans = this.#spans('responsibilityUnit', unit, 'officeId');
      kept = spans.filter(({ value }) => typeof value === 'string' && this.#offices.has(value));
      this.#kept.set(unit, kept);
    }
    return kept;
  }

  #spans(entity: Movable | 'responsibilityUnit', id: string, field: 'unitId' | 'officeId'): Span[] {
    const now = prepared(this.#store, `SELECT "${field}" FROM "${entity}" WHERE "id" = ?`, 'pluck').get(id) as
      | Value
      | undefined;
    if (now === undefined) return [];
    const spans: Span[] = [];
    let from = 0;
    for (const change of changesOf(this.#store, entity, id)) {
      const old = replacedIn(change, field);
      if (old) spans.push({ value: old[0], from, to: change.n });
      if (old || change.before === null) from = change.n;
    }
    spans.push({ value: now, from, to: Number.POSITIVE_INFINITY });
    return spans;
  }
}
