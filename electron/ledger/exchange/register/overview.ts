import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from '../../../../shared/contract/exchange.ts';
import type { OfficeLevel } from '../../../../shared/domain/authority.ts';
import { fileFault } from '../../store/files.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { EXTENSION } from '../bundle/layout.ts';
import { countAhead, countWaiting } from '../merge/parked.ts';
import { fingerprintOf } from '../offices/fingerprint.ts';
import { identityNotice } from '../offices/fork.ts';
import { keysOf, type OfficeRow, officeRow, ownKeys } from '../offices/keys.ts';
import { readPeer } from '../offices/peers.ts';
import { chosenSuite, suiteFor } from '../offices/suite-choice.ts';
import { upgradeNotice } from '../offices/upgrade.ts';
import { wasRead } from './receipts.ts';

interface Last {
  readonly at: number;
  readonly number: number | null;
  readonly period: string | null;
  readonly note: string | null;
}

function lastEntry(store: Store, officeId: string, direction: 'in' | 'out'): Last | null {
  const outcome = direction === 'in' ? 'applied' : 'written';
  const row = store.db
    .prepare(
      `SELECT "at", "number", "period", "note" FROM "exchange"
        WHERE "officeId" = ? AND "direction" = ? AND "outcome" = ? AND "kind" <> 'enrolment' AND "bundleId" IS NOT NULL
        ORDER BY "at" DESC LIMIT 1`,
    )
    .get(officeId, direction, outcome) as Last | undefined;
  return row ?? null;
}

/** Rows changed here since what the peer has acknowledged; an upper bound, for what is not the peer's is left out of a file. */
function unsentRows(store: Store, ackedN: number): number {
  const row = store.db
    .prepare(
      `SELECT count(DISTINCT c."rowId") AS c FROM "change" c JOIN "journal" j ON j."n" = c."n"
        WHERE c."n" > ? AND j."kind" <> 'sync' AND c."entity" <> 'reportDraft'`,
    )
    .get(ackedN) as { c: number };
  return row.c;
}

function peerOf(
  store: Store,
  office: OfficeRow & { readonly status: Peer['status'] | null; readonly code: string },
  above: boolean,
): Peer {
  const peer = readPeer(store, office.id);
  const keys = keysOf(office, chosenSuite(store).id) ?? keysOf(office);
  const sent = lastEntry(store, office.id, 'out');
  const read = lastEntry(store, office.id, 'in');
  return {
    officeId: office.id,
    name: office.name,
    code: office.code,
    level: office.level,
    above,
    // The office above signed our enrolment: there is nothing to admit.
    status: above ? 'admitted' : (office.status ?? 'invited'),
    fingerprint: keys === null ? null : fingerprintOf(keys),
    unsent: unsentRows(store, peer.ackedN),
    lastSent: sent?.number == null ? null : { at: sent.at, number: sent.number, read: wasRead(sent.note) },
    lastRead: read === null ? null : { at: read.at, number: read.number, period: read.period },
    gap: peer.gapFrom === null || peer.gapTo === null ? null : { from: peer.gapFrom, to: peer.gapTo },
    ahead: countAhead(store, office.id),
  };
}

const openRows = (store: Store, entity: 'conflict' | 'proposal'): number =>
  (
    store.db.prepare(`SELECT count(*) AS c FROM "${entity}" WHERE "state" = 'open' AND "voided" = 0`).get() as {
      c: number;
    }
  ).c;

/** Whom this office exchanges files with and what waits; the office above first. */
export function overview(store: Store) {
  const identity = readIdentity(store);
  const own = officeRow(store, identity.officeId);
  const above = own?.parentOfficeId == null ? undefined : officeRow(store, own.parentOfficeId);
  const introduces = own !== undefined && keysOf(own) === null;
  // The fingerprint that the office above will see on our first file.
  const suite = above ? suiteFor(store, above, introduces) : chosenSuite(store);
  const keys = ownKeys(store, suite.id) ?? ownKeys(store);
  const offices = store.db
    .prepare('SELECT * FROM "office" WHERE "voided" = 0 AND ("parentOfficeId" = ? OR "id" = ?) ORDER BY "id"')
    .all(identity.officeId, own?.parentOfficeId ?? null) as (OfficeRow & {
    status: Peer['status'] | null;
    code: string;
  })[];
  const peers = offices.map((office) => peerOf(store, office, office.id === own?.parentOfficeId));
  return {
    officeId: identity.officeId,
    level: identity.level as OfficeLevel,
    suite: chosenSuite(store).id,
    fingerprint: keys === null ? null : fingerprintOf(keys.public),
    peers: peers.sort((left, right) => Number(right.above) - Number(left.above)),
    conflicts: openRows(store, 'conflict'),
    proposals: openRows(store, 'proposal'),
    waiting: countWaiting(store),
    notice: identityNotice(store),
    upgrade: upgradeNotice(store),
  };
}

/** Sync files directly in a folder, by name. @throws Fault FILE_GONE, READ_ONLY */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith(EXTENSION))
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch (error) {
    throw fileFault(error, folder);
  }
}
