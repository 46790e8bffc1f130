import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { formerOf, isBeside, type Leaving, leavingOf } from './former.ts';
import { chainAt, endpointsOf, type PeerRow, type Point, readPeer } from './peers.ts';

/** How a file stands to the files read before it (exchange design, Streams and table of situations). */
export interface Arrival {
  readonly kind: 'new' | 'late' | 'repeated';
  /** When and as which register entry it was imported before. */
  readonly before: { readonly at: number; readonly id: string } | null;
  readonly gap: { readonly from: number; readonly to: number } | null;
  readonly newIncarnation: boolean;
  /** What is known of the sender after this file is applied. */
  readonly peer: Pick<PeerRow, 'readStream' | 'readN' | 'readChain' | 'listFrom' | 'gapFrom' | 'gapTo'>;
  readonly acknowledged: Pick<PeerRow, 'ackedStream' | 'ackedN'> | null;
  /** Two PCs write one stream: the number at which their chains differ. */
  readonly fork: number | null;
  /** They wrote one that the office has left since, by its chains. */
  readonly oldFork: boolean;
  /** This file is of such a number: by the other PC, or from before the office left it. */
  readonly beside: boolean;
  /** Streams of that office whose values need not lie on one line: nobody may be taken to have seen an older one of them. */
  readonly forked: readonly string[];
  /** How far the sender's clock is behind ours at least, ms; 0 when nothing shows it. */
  readonly clockBehind: number;
}

/**
 * Written by an office that has read nothing of our present stream yet: what it has of the one before, which we may have lost
 * with a disk, it left out as our own, unless it sent everything.
 */
function leavesOutOurs(store: Store, { acknowledgement, range }: Manifest): boolean {
  if (acknowledgement === null || range.from[0] === 0) return false;
  return acknowledgement.stream !== readIdentity(store).streamTag;
}

function importedBefore(store: Store, bundleId: string): Arrival['before'] {
  const row = prepared(
    store,
    `SELECT "id", "at" FROM "exchange" WHERE "bundleId" = ? AND "direction" = 'in' AND "outcome" = 'applied' LIMIT 1`,
  ).get(bundleId) as { id: string; at: number } | undefined;
  return row ?? null;
}

/**
 * The fork test, exact: every end point that we know within the reach of the file's list must be in that list, the file's
 * own end must be among ours where ours reach, and where both know a number the chains must be equal.
 */
function forkAt(known: readonly Point[], peer: PeerRow, manifest: Manifest): number | null {
  const { from, to } = manifest.range;
  const listed = new Map<number, string>(manifest.endpoints);
  listed.set(to[0], to[1]);
  const ours = new Map<number, string>(known);
  const first = Math.min(...listed.keys());
  for (const [n, chain] of known) {
    if (n < first || n > to[0]) continue;
    if (listed.get(n) !== chain) return n;
  }
  const listFrom = peer.readStream === manifest.stream.tag ? peer.listFrom : null;
  const last = known.at(-1)?.[0] ?? -1;
  if (listFrom !== null && to[0] >= listFrom && to[0] <= last && ours.get(to[0]) !== to[1]) return to[0];
  const start = ours.get(from[0]);
  return start !== undefined && start !== from[1] ? from[0] : null;
}

/** How far we had read what the file builds on: of its stream, or of one that its ledger had before. */
function readBefore(
  peer: PeerRow,
  { stream }: Manifest,
  leavings: readonly Leaving[],
): { readonly n: number; readonly newIncarnation: boolean } {
  if (peer.readStream === null) return { n: 0, newIncarnation: false };
  if (peer.readStream === stream.tag) return { n: peer.readN, newIncarnation: false };
  const common = leavings.find(({ tag }) => tag === peer.readStream)?.common ?? 0;
  return { n: Math.min(peer.readN, common), newIncarnation: true };
}

/** A file of an incarnation that its office has left: its rows still count, its numbers do not. */
function isFormer(store: Store, peer: PeerRow, manifest: Manifest): boolean {
  if (peer.readStream === null || peer.readStream === manifest.stream.tag) return false;
  const current = prepared(store, 'SELECT "openedAt", "ledgerId", "incarnation" FROM "stream" WHERE "tag" = ?').get(
    peer.readStream,
  ) as { openedAt: number; ledgerId: string; incarnation: number } | undefined;
  if (!current) return false;
  const { stream } = manifest;
  if (current.ledgerId === stream.ledgerId) return stream.incarnation < current.incarnation;
  return stream.openedAt < current.openedAt;
}

/** Whether two PCs are known to have written a stream. */
function isForked(store: Store, tag: string): boolean {
  return prepared(store, `SELECT 1 FROM "stream" WHERE "tag" = ? AND "reason" = 'forked'`).get(tag) !== undefined;
}

/** Our own place that the sender says it has read: believed where our journal has that chain there. */
function acknowledgedBy(store: Store, manifest: Manifest): Arrival['acknowledged'] {
  const said = manifest.acknowledgement;
  if (said === null) return { ackedStream: null, ackedN: 0 };
  if (chainAt(store, said.n) === said.chain) return { ackedStream: said.stream, ackedN: said.n };
  // We have been restored to before that number, or it is another ledger's: send everything again.
  return { ackedStream: null, ackedN: 0 };
}

/**
 * A file that answers one of ours says when: by a right clock after we had written it. That it is old shows nothing, for
 * sticks lie about.
 */
function clockBehind(store: Store, { acknowledgement, wallTime }: Manifest): number {
  const read = acknowledgement?.bundles.flatMap(({ bundleId, outcome }) => (outcome === 'applied' ? [bundleId] : []));
  const written = prepared(
    store,
    `SELECT max("at") FROM "exchange" WHERE "direction" = 'out' AND "bundleId" IN (SELECT "value" FROM json_each(?))`,
    'pluck',
  ).get(JSON.stringify(read ?? [])) as number | null;
  return written === null ? 0 : Math.max(0, written - wallTime);
}

export function assessArrival(store: Store, manifest: Manifest): Arrival {
  const peer = readPeer(store, manifest.office.id);
  const { from, to } = manifest.range;
  const before = importedBefore(store, manifest.bundleId);
  const former = isFormer(store, peer, manifest);
  const known = endpointsOf(store, manifest.stream.tag);
  const fork = forkAt(known, peer, manifest);
  const isOffLine = former && (fork !== null || isBeside(known, to));
  const leavings = formerOf(store, manifest).map((former) => leavingOf(store, former));
  const read = readBefore(peer, manifest, leavings);
  const late = former || (!read.newIncarnation && peer.readStream !== null && to[0] < peer.readN);
  const gap = !late && from[0] > read.n ? { from: read.n + 1, to: from[0] } : null;
  const listFrom = manifest.endpoints[0]?.[0] ?? to[0];
  const unchanged = {
    readStream: peer.readStream,
    readN: peer.readN,
    readChain: peer.readChain,
    listFrom: peer.listFrom,
    gapFrom: peer.gapFrom,
    gapTo: peer.gapTo,
  };
  const after = ((): Arrival['peer'] => {
    if (late) return unchanged;
    // Its rows are applied, but what lies in the gap, or was left out, was never read: only up to there may be acknowledged.
    if (gap !== null || leavesOutOurs(store, manifest)) {
      const fresh = peer.readStream === null || read.newIncarnation;
      const here = fresh ? { readStream: manifest.stream.tag, readN: 0, readChain: '' } : unchanged;
      return { ...here, listFrom, gapFrom: gap?.from ?? null, gapTo: gap?.to ?? null };
    }
    return { readStream: manifest.stream.tag, readN: to[0], readChain: to[1], listFrom, gapFrom: null, gapTo: null };
  })();
  return {
    kind: before ? 'repeated' : late ? 'late' : 'new',
    before,
    gap,
    newIncarnation: read.newIncarnation && !former,
    peer: after,
    acknowledged: late ? null : acknowledgedBy(store, manifest),
    // Numbers of a stream that was left are not gone by any more: its rows come in, whichever PC wrote them.
    fork: former ? null : fork,
    beside: isOffLine || (former && isForked(store, manifest.stream.tag)),
    oldFork: isOffLine || leavings.some(({ line }) => line === 'two'),
    forked: [
      ...(fork !== null || isOffLine ? [manifest.stream.tag] : []),
      ...leavings.filter(({ line }) => line !== 'one').map(({ tag }) => tag),
    ],
    clockBehind: clockBehind(store, manifest),
  };
}
