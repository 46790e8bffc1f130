import { hostname } from 'node:os';
import * as z from 'zod';
import { knownReason } from '../../../../shared/contract/backup.ts';
import type { FileReport, IdentityNotice } from '../../../../shared/contract/exchange.ts';
import { readIdentity, readNote, writeMeta } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import type { Manifest } from '../bundle/manifest.ts';
import type { EntryCounts } from '../register/register.ts';
import { endpointsOf } from './peers.ts';

interface ReadFile {
  readonly number: number | null;
  readonly at: number;
  readonly toN: number;
  readonly counts: string;
}

/** Which PCs write one stream, and since when: what was read before against the file that is refused. */
export function describeFork(store: Store, manifest: Manifest): NonNullable<FileReport['fork']> {
  const ours = new Map(endpointsOf(store, manifest.stream.tag));
  const theirs = new Map(manifest.endpoints);
  const files = store.db
    .prepare(
      `SELECT "number", "at", "toN", "counts" FROM "exchange"
        WHERE "officeId" = ? AND "direction" = 'in' AND "outcome" = 'applied' AND "toN" IS NOT NULL ORDER BY "toN" DESC, "at"`,
    )
    .all(manifest.office.id) as ReadFile[];
  const known = files.filter(({ toN }) => ours.has(toN));
  const common = known.find(({ toN }) => theirs.get(toN) === ours.get(toN)) ?? null;
  const read = known[0];
  return {
    common: common === null ? null : { number: common.number, at: common.at },
    read: {
      machine: read === undefined ? null : ((JSON.parse(read.counts) as EntryCounts).machine ?? null),
      number: read?.number ?? null,
      at: read?.at ?? null,
    },
    refused: { machine: manifest.stream.machine ?? null, number: manifest.number, at: manifest.wallTime },
  };
}

const told = z.object({
  /** Refused files that were told of; the office above tells of each again for a while. */
  seen: z.array(z.string()),
  open: z.object({ own: z.boolean(), taken: z.boolean().default(false), at: z.number() }).nullable(),
});
type Told = z.infer<typeof told>;

function readTold(store: Store): Told {
  return readNote(store, 'forkTold', told) ?? { seen: [], open: null };
}

function writeTold(store: Store, told: Told): void {
  writeMeta(store, 'forkTold', JSON.stringify(told));
}

type ToldBundle = NonNullable<Manifest['acknowledgement']>['bundles'][number];

/** The other side tells which of our files it refused, or took in beside others, because two PCs write as this office. */
export function learnForks(store: Store, bundles: readonly ToldBundle[]): void {
  const told = readTold(store);
  const { streamTag } = readIdentity(store);
  const written = store.db
    .prepare(
      `SELECT "at" >= (SELECT "openedAt" FROM "stream" WHERE "tag" = ?) FROM "exchange" WHERE "direction" = 'out' AND "bundleId" = ?`,
    )
    .pluck();
  const wasTaken = (bundle: ToldBundle): boolean => bundle.beside === true && bundle.outcome !== 'forked';
  const fresh = bundles.filter((bundle) => {
    if (told.seen.includes(bundle.bundleId)) return false;
    // A file of ours from before we went on under the present number is late, and no second PC's.
    if (wasTaken(bundle)) return written.get(streamTag, bundle.bundleId) !== 0;
    return bundle.outcome === 'forked';
  });
  if (fresh.length === 0) return;
  writeTold(store, {
    seen: [...told.seen, ...fresh.map(({ bundleId }) => bundleId)].slice(-200),
    open: {
      own: fresh.some(({ bundleId }) => written.get(streamTag, bundleId) !== undefined),
      taken: fresh.every(wasTaken),
      at: Math.max(...fresh.map(({ at }) => at)),
    },
  });
}

/** The operator has seen to it. */
export function settleFork(store: Store): void {
  writeTold(store, { ...readTold(store), open: null });
}

/** What the office should know of its own identity before it sends the next file; null when all is ordinary. */
export function identityNotice(store: Store): IdentityNotice | null {
  const { open } = readTold(store);
  if (open !== null) return { kind: 'forked', ...open, machine: hostname() };
  const { streamTag } = readIdentity(store);
  const stream = store.db.prepare('SELECT "reason", "openedAt" FROM "stream" WHERE "tag" = ?').get(streamTag) as
    | { readonly reason: string | null; readonly openedAt: number }
    | undefined;
  const reason = knownReason(stream?.reason);
  // A file that was written under the stream has told of it.
  if (stream === undefined || reason === null || endpointsOf(store, streamTag).length > 0) return null;
  return { kind: 'renewed', reason, at: stream.openedAt };
}
