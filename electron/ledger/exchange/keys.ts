import type { Identity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import type { KnownOffice, Reader } from './bundle-read.ts';
import { defaultSuite, type KeyPair, type PublicKeys, type SecretKeys } from './suite.ts';

const OWN = 'own';

/** This office's keys, or null before it has any. */
export function ownKeys(store: Store): KeyPair | null {
  const row = store.db.prepare('SELECT "secret", "public" FROM "keyring" WHERE "name" = ?').get(OWN) as
    | { secret: string; public: string }
    | undefined;
  if (!row) return null;
  return { secret: JSON.parse(row.secret) as SecretKeys, public: JSON.parse(row.public) as PublicKeys };
}

/** This office's keys, made now if there are none. */
export function ensureKeys(store: Store): KeyPair {
  const known = ownKeys(store);
  if (known) return known;
  const keys = defaultSuite.newKeys();
  store.db
    .prepare('INSERT INTO "keyring" ("name", "secret", "public") VALUES (?, ?, ?)')
    .run(OWN, JSON.stringify(keys.secret), JSON.stringify(keys.public));
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
  return store.db
    .prepare(
      'SELECT "id", "code", "name", "level", "parentOfficeId", "status", "signKey", "boxKey" FROM "office" WHERE "id" = ?',
    )
    .get(id) as OfficeRow | undefined;
}

export function keysOf(office: OfficeRow): PublicKeys | null {
  return office.signKey !== null && office.boxKey !== null ? { sign: office.signKey, box: office.boxKey } : null;
}

function enrolSecret(store: Store, officeId: string): string | null {
  const row = store.db.prepare('SELECT "enrolSecret" AS s FROM "peer" WHERE "officeId" = ?').get(officeId) as
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
  return { status: 'admitted', name, keys, enrolling };
}

/** How this ledger reads sync files: whom it knows and with which keys it opens them. */
export function readerOf(store: Store, identity: Identity): Reader {
  return {
    knownOffice: (officeId) => knownOffice(store, identity, officeId),
    ownOfficeId: identity.officeId,
    opener: { kind: 'office', officeId: identity.officeId, keys: ensureKeys(store) },
  };
}

/**
 * Proof that the holder of these keys opened the enrolment file.
 *
 * @param secret from inside the enrolment file, base64url
 */
export function enrolmentProof(secret: string, officeId: string, keys: PublicKeys): string {
  return defaultSuite.mac(secret, `bbsync enrolment 1\n${officeId}\n${keys.sign}\n${keys.box}`);
}

/** Whether a file's proof fits the enrolment file that the city gave out last. */
export function proofHolds(store: Store, officeId: string, keys: PublicKeys, proof: string | null): boolean {
  const secret = enrolSecret(store, officeId);
  return secret !== null && proof !== null && enrolmentProof(secret, officeId, keys) === proof;
}
