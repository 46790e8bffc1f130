import * as z from 'zod';
import { type EntityName, entityNames, entityOf, type Owner } from '../../../shared/dictionary/index.ts';
import { digestOf } from './digest.ts';
import { readIdentity, readMeta, readNote, writeMeta } from './meta.ts';
import type { Store } from './open.ts';

/** 字段归属表: who decides each field, 作废 included. */
export type OwnerTable = Readonly<Record<string, Readonly<Record<string, Owner>>>>;

/** The table of the city, as a file from above brought it. */
export interface CityOwners {
  /** Schema version of the program that it is of: a table of an older program does not take its place. */
  readonly version: number;
  readonly digest: string;
  readonly table: OwnerTable;
  /** Version of that program. */
  readonly program: string;
}

/** 作废 is decided by the creator's side where only the city creates, else by either. */
function dictionaryOwner(entity: EntityName, field: string): Owner {
  const { creator, fields } = entityOf(entity);
  if (field === 'voided') return creator === 'city' ? 'city' : 'shared';
  return fields[field]?.owner ?? 'shared';
}

let own: { readonly table: OwnerTable; readonly digest: string } | undefined;

/** The table of this program's own dictionary. */
export function ownTable(): { readonly table: OwnerTable; readonly digest: string } {
  if (own === undefined) {
    const of = (entity: EntityName): [string, Record<string, Owner>] => {
      const fields = ['voided', ...Object.keys(entityOf(entity).fields)];
      return [entity, Object.fromEntries(fields.map((field) => [field, dictionaryOwner(entity, field)]))];
    };
    const table = Object.fromEntries(entityNames.filter((name) => entityOf(name).travels).map(of));
    own = { table, digest: tableDigest(table) };
  }
  return own;
}

/** The same for the same table, in whatever order it is written. */
export function tableDigest(table: OwnerTable): string {
  const lines = Object.entries(table).flatMap(([entity, fields]) =>
    Object.entries(fields).map(([field, owner]) => `${entity}.${field} ${owner}`),
  );
  return digestOf(...lines.sort());
}

const cityOwnersShape: z.ZodType<CityOwners> = z.object({
  version: z.number(),
  digest: z.string(),
  table: z.record(z.string(), z.record(z.string(), z.enum(['city', 'unit', 'shared', 'above']))),
  program: z.string(),
});

/** The city's table, where this office is told by it; null in the city's own ledger and where no file brought one yet. */
export function cityOwners(store: Store): CityOwners | null {
  return readNote(store, 'cityOwners', cityOwnersShape);
}

export function keepCityOwners(store: Store, owners: CityOwners): void {
  writeMeta(store, 'cityOwners', JSON.stringify(owners));
}

/** Who decides a field (exchange design, Ownership): by the city's table, else by the dictionary. */
export class Owners {
  readonly #table: OwnerTable | null;

  constructor(table: OwnerTable | null) {
    this.#table = table;
  }

  of(entity: EntityName, field: string): Owner {
    const fields = this.#table?.[entity];
    if (fields !== undefined && Object.hasOwn(fields, field)) return fields[field] ?? dictionaryOwner(entity, field);
    return dictionaryOwner(entity, field);
  }
}

const read = new WeakMap<Store, { readonly text: string | null; readonly owners: Owners }>();

/** The owners by which this ledger goes now. */
export function ownersOf(store: Store): Owners {
  const text = readIdentity(store).level === 'city' ? null : readMeta(store, 'cityOwners');
  const known = read.get(store);
  if (known !== undefined && known.text === text) return known.owners;
  const owners = new Owners(text === null ? null : (cityOwners(store)?.table ?? null));
  read.set(store, { text, owners });
  return owners;
}

/** A field that the city's table gives to another than this program's dictionary does. */
export interface OtherOwner {
  readonly entity: EntityName;
  readonly field: string;
  readonly city: Owner;
  readonly own: Owner;
}

/** Fields of this program on which the city's table says otherwise; what this program does not know is no difference. */
export function otherOwners(store: Store): readonly OtherOwner[] {
  const owners = ownersOf(store);
  return Object.entries(ownTable().table).flatMap(([name, fields]) => {
    const entity = name as EntityName;
    return Object.entries(fields).flatMap(([field, mine]): OtherOwner[] => {
      const city = owners.of(entity, field);
      return city === mine ? [] : [{ entity, field, city, own: mine }];
    });
  });
}
