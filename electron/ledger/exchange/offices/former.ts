import type { Identity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { LIMITS } from '../bundle/limits.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { chainAt, endpointsOf, type PeerRow, type Point } from './peers.ts';
import { allStreams } from './streams.ts';

type FormerStream = Manifest['stream']['former'][number];

/** Export end points told of a stream that was left. */
const ENDPOINTS_TOLD = 50;

/**
 * The streams that this ledger had before its present one, the latest first, each with its last export end points and, as
 * the last of them, the place where this ledger left it. Empty once the receiver has read a file of the present stream.
 */
export function formerStreams(store: Store, identity: Identity, peer: PeerRow): FormerStream[] {
  if (peer.ackedStream === identity.streamTag && peer.ackedN > 0) return [];
  const own = new Map(allStreams(store).map((stream) => [stream.tag, stream]));
  const former: FormerStream[] = [];
  let stream = own.get(identity.streamTag);
  while (stream?.previousTag && stream.previousN !== null && former.length < LIMITS.formerStreams) {
    const left = own.get(stream.previousTag);
    const end = stream.previousN;
    const chain = chainAt(store, end);
    if (left === undefined || chain === undefined) break;
    const points = endpointsOf(store, left.tag).filter(([n]) => n < end);
    former.push({
      tag: left.tag as FormerStream['tag'],
      ledgerId: left.ledgerId,
      incarnation: left.incarnation,
      openedAt: left.openedAt,
      points: [...points.slice(-ENDPOINTS_TOLD), [end, chain]],
    });
    stream = left;
  }
  return former;
}

/** The sender's former streams; those that our books give to another office are not its own to speak of. */
export function formerOf(store: Store, { office, stream }: Manifest): readonly FormerStream[] {
  const owner = prepared(store, 'SELECT "officeId" FROM "stream" WHERE "tag" = ?', 'pluck');
  return stream.former.filter(({ tag }) => [undefined, office.id].includes(owner.get(tag) as string | undefined));
}

/** A stream as its ledger left it, against what we know of it. */
export interface Leaving {
  readonly tag: string;
  /** Last number up to which both are known to be the same; that of the end where nothing speaks against it. */
  readonly common: number;
  /**
   * - `one`: what we have of it lies on one line with what the sender's ledger had when it left;
   * - `unknown`: we know later numbers, and nothing of the place where it was left: it may have gone on on another PC;
   * - `two`: chains differ, or the sender has not written what we have read.
   */
  readonly line: 'one' | 'unknown' | 'two';
}

export function leavingOf(store: Store, { tag, points }: FormerStream): Leaving {
  const known = endpointsOf(store, tag);
  const told = new Map<number, string>(points);
  const first = points[0]?.[0] ?? 0;
  const end = points.at(-1)?.[0] ?? 0;
  const within = known.filter(([n]) => n >= first && n <= end);
  const shared = within.filter(([n, chain]) => told.get(n) === chain);
  if (shared.length === within.length) {
    const isBeyond = (known.at(-1)?.[0] ?? 0) > end;
    if (!isBeyond || within.at(-1)?.[0] === end) return { tag, common: end, line: 'one' };
  }
  const common = shared.at(-1)?.[0] ?? 0;
  return { tag, common, line: shared.length === within.length ? 'unknown' : 'two' };
}

/**
 * Whether a file of a stream that its office has left ends beside what we know of it: an end point of the ledger that left it
 * is among those that it told then.
 */
export function isBeside(known: readonly Point[], [n, chain]: Point): boolean {
  const last = known.at(-1)?.[0] ?? -1;
  return n <= last && known.every(([at, there]) => at !== n || there !== chain);
}
