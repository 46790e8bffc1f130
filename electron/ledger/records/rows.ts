import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';

/** A row without its stamps. */
export type PlainRow = Readonly<Record<string, Value>> & { readonly id: string };

/** Rows as the ledger holds them, each read once. */
export class StoredRows {
  readonly #store: Store;
  readonly #rows = new Map<string, PlainRow | null>();
  readonly #ids = new Map<string, readonly string[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** 作废 rows included: they still tell what was. */
  get(entity: EntityName, id: string): PlainRow | null {
    const key = `${entity} ${id}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const stored = selectRow(this.#store, entity, id);
    let row: PlainRow | null = null;
    if (stored !== undefined) {
      const { _stamp, _stamps, ...plain } = stored;
      row = plain;
    }
    this.#rows.set(key, row);
    return row;
  }

  ids(entity: EntityName, field: string, value: string): readonly string[] {
    const key = `${entity} ${field} ${value}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const ids = this.#store.db
      .prepare(`SELECT "id" FROM "${entity}" WHERE "${field}" = ? AND "voided" = 0 ORDER BY "id"`)
      .pluck()
      .all(value) as string[];
    this.#ids.set(key, ids);
    return ids;
  }
}

/** Rows as they would be once these changes are written. Without changes: as they are. */
export class Rows {
  readonly #stored: StoredRows;
  readonly #sets = new Map<EntityName, Map<string, Change['set']>>();

  constructor(stored: StoredRows, changes: readonly Change[]) {
    this.#stored = stored;
    for (const { entity, id, set } of changes) {
      const ofEntity = this.#sets.get(entity) ?? new Map<string, Change['set']>();
      ofEntity.set(id, { ...ofEntity.get(id), ...set });
      this.#sets.set(entity, ofEntity);
    }
  }

  get(entity: EntityName, id: string): PlainRow | null {
    const row = this.#stored.get(entity, id);
    const set = this.#sets.get(entity)?.get(id);
    if (set === undefined) return row;
    return { ...(row ?? blank(entity)), ...nothingForEmpty(set), id };
  }

  /** Rows not 作废 that hold this value. */
  where(entity: EntityName, field: string, value: string): readonly PlainRow[] {
    const ids = new Set(this.#stored.ids(entity, field, value));
    for (const [id, set] of this.#sets.get(entity) ?? [])
      if (field in set ? set[field] === value : 'voided' in set) ids.add(id);
    return [...ids]
      .map((id) => this.get(entity, id))
      .filter((row): row is PlainRow => row !== null && row['voided'] !== 1 && row[field] === value);
  }
}

const blanks = new Map<EntityName, Readonly<Record<string, Value>>>();

/** A row of which nothing is filled in yet. */
function blank(entity: EntityName): Readonly<Record<string, Value>> {
  const known = blanks.get(entity);
  if (known !== undefined) return known;
  const made = Object.fromEntries(['voided', ...Object.keys(entityOf(entity).fields)].map((key) => [key, null]));
  made['voided'] = 0 as never;
  blanks.set(entity, made);
  return made;
}

function nothingForEmpty(set: Change['set']): Change['set'] {
  return Object.values(set).includes('')
    ? Object.fromEntries(Object.entries(set).map(([key, value]) => [key, value === '' ? null : value]))
    : set;
}
