import type { Stamp } from '../../../../shared/domain/clock.ts';
import { readClock } from '../../store/commit.ts';
import type { Identity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import type { ManifestFacts } from '../bundle/bundle-write.ts';
import { type BundleKind, FORMAT, FORMAT_VERSION, type Manifest } from '../bundle/manifest.ts';
import { formerStreams } from '../offices/former.ts';
import { endpointsOf, type PeerRow, type Point } from '../offices/peers.ts';
import { allStreams } from '../offices/streams.ts';
import { readableFrom } from '../offices/suite-choice.ts';
import { leastProgram, ownersHeld, ownershipTo } from '../offices/upgrade.ts';
import type { Consignment } from './consignment.ts';
import type { RowSource } from './export-rows.ts';
import { lackedPictures } from './pictures-out.ts';
import { programFacts } from './program.ts';

/** End points named in a file even when all are acknowledged long since. */
const LEAST_ENDPOINTS = 50;
const MOST_ENDPOINTS = 1000;
/** Files of the receiver whose fate is told in the next file. */
const OUTCOMES_TOLD = 50;
function endpointsToTell(store: Store, identity: Identity, to: Point): Point[] {
  const all = endpointsOf(store, identity.streamTag).filter(([n]) => n < to[0]);
  const acked = store.db
    .prepare(`SELECT min("ackedN") AS n FROM "peer" WHERE "ackedStream" IS NOT NULL OR "readStream" IS NOT NULL`)
    .get() as { n: number | null };
  const since = all.findIndex(([n]) => n >= (acked.n ?? 0));
  const first = Math.min(since < 0 ? all.length : since, Math.max(0, all.length - LEAST_ENDPOINTS));
  return [...all.slice(Math.max(first, all.length - MOST_ENDPOINTS)), to];
}

function acknowledgementTo(store: Store, ledgerPath: string, peer: PeerRow): Manifest['acknowledgement'] {
  if (peer.readStream === null) return null;
  const rows = store.db
    .prepare(
      `SELECT "bundleId", "outcome", "at", "counts" ->> 'beside' AS "beside" FROM "exchange" WHERE "direction" = 'in' AND "officeId" = ? AND "bundleId" IS NOT NULL
        ORDER BY "at" DESC LIMIT ${OUTCOMES_TOLD}`,
    )
    .all(peer.officeId) as { bundleId: string; outcome: string; at: number; beside: 1 | null }[];
  return {
    stream: peer.readStream as NonNullable<Manifest['acknowledgement']>['stream'],
    n: peer.readN,
    chain: peer.readChain ?? '',
    bundles: rows.map(({ beside, ...told }) => (beside === null ? told : { ...told, beside: true })),
    lacks: lackedPictures(store, ledgerPath, peer.nextNumber),
    owners: ownersHeld(store),
  };
}

function streamFacts(store: Store, identity: Identity, peer: PeerRow, machine: string): Manifest['stream'] {
  type Tag = Manifest['stream']['tag'];
  const now = allStreams(store).find((stream) => stream.tag === identity.streamTag);
  const reason = now?.reason ?? null;
  return {
    tag: identity.streamTag as Tag,
    ledgerId: identity.ledgerId,
    incarnation: identity.incarnation,
    openedAt: now?.openedAt ?? 0,
    machine: machine.slice(0, 64),
    ...(reason === null ? {} : { reason }),
    former: formerStreams(store, identity, peer),
  };
}

/** Streams of others whose values are inside, so that the receiver knows whose they are. */
function relayedStreams(store: Store, source: RowSource, identity: Identity): Manifest['relayed'] {
  return allStreams(store)
    .filter((stream) => source.streams.has(stream.tag) && stream.tag !== identity.streamTag)
    .map(({ tag, officeId, ledgerId, incarnation }) => ({
      tag: tag as Manifest['stream']['tag'],
      officeId,
      ledgerId,
      incarnation,
    }));
}

/** What a file downward says of who decides which field and of the program it takes. */
function asks(store: Store, kind: BundleKind, officeId: string): Pick<Manifest, 'ownership' | 'leastProgram'> {
  // Whoever opens an enrolment file tells by its first answer by which table it goes.
  return {
    leastProgram: leastProgram(store),
    ...(kind === 'enrolment' ? {} : { ownership: ownershipTo(store, officeId) }),
  };
}

function clockOf(store: Store, identity: Identity): Stamp {
  const { ms, counter, stream } = readClock(store, identity);
  return `${ms.toString(16).padStart(12, '0')}${counter.toString(16).padStart(4, '0')}${stream}` as Stamp;
}

/** What a file says of itself, beside what its ledger has to say. */
interface Telling extends Pick<ManifestFacts, 'bundleId' | 'kind' | 'enrolment' | 'period' | 'wallTime' | 'otherKeys'> {
  readonly machine: string;
  /** Of the ledger itself: a snapshot of it may have another. */
  readonly ledgerPath: string;
}

/** The manifest of a file but for its parts (exchange design, Manifest). Call it when all rows are read from the source. */
export function factsOf(
  store: Store,
  consignment: Consignment,
  source: RowSource,
  { machine, ledgerPath, ...told }: Telling,
): ManifestFacts {
  const { identity, own, receiver, peer, from, to } = consignment;
  return {
    format: FORMAT,
    version: [...FORMAT_VERSION],
    requires: ['rows-1'],
    uses: [],
    program: programFacts(),
    ...told,
    number: peer.nextNumber,
    office: { id: own.id, code: own.code, name: own.name, level: own.level },
    stream: streamFacts(store, identity, peer, machine),
    clock: clockOf(store, identity),
    range: { from, to },
    endpoints: endpointsToTell(store, identity, to),
    relayed: relayedStreams(store, source, identity),
    prerequisite:
      from[0] === 0 ? null : { tag: identity.streamTag as Manifest['stream']['tag'], n: from[0], chain: from[1] },
    acknowledgement: acknowledgementTo(store, ledgerPath, peer),
    blobs: [],
    volumes: { index: 1, count: 1 },
    readable: readableFrom(receiver),
    ...(own.parentOfficeId === receiver.id ? {} : asks(store, told.kind, receiver.id)),
  };
}
