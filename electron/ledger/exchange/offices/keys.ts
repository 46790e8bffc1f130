import type { Identity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { KnownOffice, Reader } from '../bundle/bundle-read.ts';
import {
  defaultSuite,
  type KeyPair,
  type PublicKeys,
  type SecretKeys,
  SUITE_IDS,
  type SuiteId,
  suiteOf,
} from '../bundle/suite.ts';

/** Name in the keyring; ledgers that knew suite 1 only called it 'own'. */
const ringName = (suite: SuiteId): string => (suite === defaultSuite.id ? 'own' : `own-${suite}`);

/** This office's keys of a suite, or null before it has any. */
export function ownKeys(store: Store, suite: SuiteId = 1): KeyPair | null {
  const row = prepared(store, 'SELECT "secret", "public" FROM "keyring" WHERE "name" = ?').get(ringName(suite)) as
    | { secret: string; public: string }
    | undefined;
  if (!row) return null;
  return { secret: JSON.parse(row.secret) as SecretKeys, public: JSON.parse(row.public) as PublicKeys };
}

/** This office's keys, made now if there are none. */
export function ensureKeys(store: Store, suite: SuiteId = 1): KeyPair {
  const known = ownKeys(store, suite);
  if (known) return known;
  const keys = (suiteOf(suite) ?? defaultSuite).newKeys();
  prepared(store, 'INSERT INTO "keyring" ("name", "secret", "public") VALUES (?, ?, ?)').run(
    ringName(suite),
    JSON.stringify(keys.secret),
    JSON.stringify(keys.public),
  );
  return keys;
}

export interface OfficeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: 'city' | 'county' | 'town';
  readonly parentOfficeId: string | null;
  readonly status: 'invited' | 'admitted' | 'revoked' | null;
  readonly signKey: string | null;
  readonly boxKey: string | null;
}

export function officeRow(store: Store, id: string): OfficeRow | undefined {
  return prepared(
    store,
    'SELECT "id", "code", "name", "level", "parentOfficeId", "status", "signKey", "boxKey" FROM "office" WHERE "id" = ?',
  ).get(id) as OfficeRow | undefined;
}

/** The part of a key column that belongs to a suite: '<suite 1> 2:<suite 2>'. */
function partOf(column: string | null, suite: SuiteId): string | null {
  const parts = column === null ? [] : column.split(' ');
  if (suite === defaultSuite.id) return parts.find((part) => part !== '' && !part.includes(':')) ?? null;
  return parts.find((part) => part.startsWith(`${suite}:`))?.slice(2) ?? null;
}

/** Public keys of an office in a suite, or null where none are on record. */
export function keysOf(office: OfficeRow, suite: SuiteId = 1): PublicKeys | null {
  const sign = partOf(office.signKey, suite);
  const box = partOf(office.boxKey, suite);
  return sign !== null && box !== null ? { sign, box } : null;
}

/** Public keys by suite as the two columns of an office hold them; suite 1 stands bare, as before there was a second. */
export function joinKeys(all: ReadonlyMap<number, PublicKeys>): { readonly signKey: string; readonly boxKey: string } {
  const join = (pick: (keys: PublicKeys) => string): string =>
    [...all]
      .sort(([left], [right]) => left - right)
      .map(([suite, keys]) => (suite === defaultSuite.id ? pick(keys) : `${suite}:${pick(keys)}`))
      .join(' ');
  return { signKey: join((keys) => keys.sign), boxKey: join((keys) => keys.box) };
}

/** This office's own public keys of every suite, made where missing. */
export function allKeysText(store: Store): { readonly signKey: string; readonly boxKey: string } {
  return joinKeys(new Map(SUITE_IDS.map((suite) => [suite, ensureKeys(store, suite).public])));
}

function enrolSecret(store: Store, officeId: string): string | null {
  const row = prepared(store, 'SELECT "enrolSecret" AS s FROM "peer" WHERE "officeId" = ?').get(officeId) as
    | { s: string | null }
    | undefined;
  return row?.s ?? null;
}

/** Files pass between an office and the one above it, and between no others. */
function isNeighbour(store: Store, identity: Identity, office: OfficeRow): boolean {
  return (
    office.parentOfficeId === identity.officeId || officeRow(store, identity.officeId)?.parentOfficeId === office.id
  );
}

function knownOffice(store: Store, identity: Identity, officeId: string): KnownOffice | undefined {
  const office = officeRow(store, officeId);
  if (!office || !isNeighbour(store, identity, office)) return undefined;
  const { name } = office;
  if (office.status === 'revoked') return { status: 'revoked', name };
  const keys = keysOf(office);
  const enrolling = enrolSecret(store, officeId) !== null;
  if (keys === null) return enrolling ? { status: 'invited', name } : undefined;
  const second = keysOf(office, 2);
  return { status: 'admitted', name, keys, enrolling, ...(second ? { others: new Map([[2, second]]) } : {}) };
}

/** How this ledger reads sync files: whom it knows and with which keys it opens them. */
export function readerOf(store: Store, identity: Identity): Reader {
  return {
    knownOffice: (officeId) => knownOffice(store, identity, officeId),
    ownOfficeId: identity.officeId,
    opener: {
      kind: 'office',
      officeId: identity.officeId,
      keys: ensureKeys(store),
      others: new Map([[2, ensureKeys(store, 2)]]),
    },
  };
}

/**
 * Proof that the holder of these keys opened the enrolment file.
 *
 * @param secret from inside the enrolment file, base64url
 */
export function enrolmentProof(secret: string, officeId: string, keys: PublicKeys, suite = 1): string {
  return (suiteOf(suite) ?? defaultSuite).mac(secret, `bbsync enrolment 1\n${officeId}\n${keys.sign}\n${keys.box}`);
}

/** Whether a file's proof fits the enrolment file that this office gave out last. */
export function proofHolds(
  store: Store,
  officeId: string,
  keys: PublicKeys,
  proof: string | null,
  suite: number,
): boolean {
  const secret = enrolSecret(store, officeId);
  return secret !== null && proof !== null && enrolmentProof(secret, officeId, keys, suite) === proof;
}
