import type { Value } from '../../../../shared/dictionary/index.ts';
import { type Stamp, stampStream } from '../../../../shared/domain/clock.ts';
import { readMarks } from '../../store/change-record.ts';
import type { Store } from '../../store/open.ts';
import { changesOf } from '../../store/row-changes.ts';

/**
 * For each field of a row that was changed since its making: the stamp of the last value of another stream that the
 * present one replaced. A receiver that still holds that value knows the change for a clean one (exchange design, Base).
 */
export class Lineage {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param rowStamp the row's own; fields whose base is that are left out */
  basesOf(entity: string, rowId: string, rowStamp: string): Readonly<Record<string, string>> | null {
    const bases = new Map<string, string>();
    for (const { record, before } of changesOf(this.#store, entity, rowId)) {
      const { stamp, stamps, bases: received } = readMarks(record);
      if (received) for (const [field, base] of Object.entries(received)) bases.set(field, base);
      if (before === null) continue;
      for (const [field, [, old]] of Object.entries(JSON.parse(before) as Record<string, readonly [Value, string]>)) {
        const now = stamps[field] ?? stamp;
        if (received && Object.hasOwn(received, field)) continue;
        if (stampStream(now as Stamp) !== stampStream(old as Stamp)) bases.set(field, old);
      }
    }
    const given = [...bases].filter(([, base]) => base !== rowStamp);
    return given.length === 0 ? null : Object.fromEntries(given);
  }
}
