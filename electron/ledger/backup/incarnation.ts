import type { IncarnationReason } from '../../../shared/contract/backup.ts';
import { newId, newStreamTag } from '../store/id.ts';
import { type Identity, readIdentity, readMeta, writeMeta } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { chainAt, type Head, headOf } from './inspect.ts';
import { isOtherMachine } from './machine.ts';

/** A stream that this ledger has written. */
export interface OwnStream {
  readonly tag: string;
  readonly ledgerId: string;
  readonly incarnation: number;
  readonly openedAt: number;
}

/** Every stream that this ledger has written, its present one among them. */
export function ownStreams({ db }: Pick<Store, 'db'>): OwnStream[] {
  return db
    .prepare('SELECT "tag", "ledgerId", "incarnation", "openedAt" FROM "stream" WHERE "own" = 1')
    .all() as OwnStream[];
}

/** How far this PC has seen a ledger, kept outside it and outside its backups. Never ahead of what is saved. */
export interface HighWater {
  readonly ledgerId: string;
  readonly incarnation: number;
  readonly streamTag: string;
  readonly n: number;
  readonly chain: string;
  /** As `machineSigns`. */
  readonly machine: readonly string[];
  /** Also those that a backup put back does not know. Left out by older versions. */
  readonly streams?: readonly OwnStream[] | undefined;
}

/** What a stream that we have written ourselves is called, is not to be told us by others: they might claim any. */
function learnOwn({ db }: Pick<Store, 'db'>, officeId: string, streams: readonly OwnStream[]): void {
  const learn = db.prepare(
    `INSERT INTO "stream" ("tag", "officeId", "ledgerId", "incarnation", "openedAt", "own") VALUES (?, ?, ?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET "own" = 1`,
  );
  for (const { tag, ledgerId, incarnation, openedAt } of streams)
    learn.run(tag, officeId, ledgerId, incarnation, openedAt);
}

/** Whether the ledger file may go on with its stream; null when it may. */
export function judge(
  ledger: { readonly identity: Identity; readonly head: Head; readonly chainAt: (n: number) => string | null },
  seen: HighWater | null,
  machine: readonly string[],
): IncarnationReason | null {
  if (seen === null) return 'missing';
  if (isOtherMachine(seen.machine, machine)) return 'machine';
  // Another copy has gone on under its own stream, here or elsewhere.
  if (seen.streamTag !== ledger.identity.streamTag) return ledger.head.n < seen.n ? 'behind' : 'elsewhere';
  if (ledger.head.n < seen.n) return 'behind';
  return ledger.chainAt(seen.n) === seen.chain ? null : 'elsewhere';
}

/**
 * Opens a new stream of this ledger, in one transaction: nothing numbered by the old one is ever given again. The old
 * stream ends at the journal's present end.
 *
 * @param atLeast incarnation numbers that are known to be used
 * @param known streams that this ledger has written, though it has gone back to before some of them
 * @param keepsRead nothing of the ledger is lost: what was read of others stays read
 */
export function incarnate(
  store: Store,
  reason: IncarnationReason,
  now: number,
  options: {
    readonly newLedger?: boolean;
    readonly atLeast?: number;
    readonly known?: readonly OwnStream[];
    readonly keepsRead?: boolean;
  } = {},
): Identity {
  return store.db
    .transaction((): Identity => {
      const old = readIdentity(store);
      const identity: Identity = {
        ...old,
        ledgerId: options.newLedger === true ? newId() : old.ledgerId,
        incarnation: Math.max(old.incarnation, options.atLeast ?? 0) + 1,
        streamTag: newStreamTag(),
      };
      learnOwn(store, old.officeId, options.known ?? []);
      writeMeta(store, 'ledgerId', identity.ledgerId);
      writeMeta(store, 'incarnation', String(identity.incarnation));
      writeMeta(store, 'streamTag', identity.streamTag);
      writeMeta(store, 'guarded', '1');
      // What this ledger lacks its partners may have, and may not send for it was this office's own: they are told that nothing
      // of theirs is here, so that each sends everything once, and an older file in between is a gap until then.
      if (options.keepsRead !== true)
        store.db.prepare(`UPDATE "peer" SET "readN" = 0, "readChain" = '' WHERE "readStream" IS NOT NULL`).run();
      store.db
        .prepare(
          'INSERT INTO "stream" ("tag", "officeId", "ledgerId", "incarnation", "openedAt", "own", "reason", "previousTag", "previousN") VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)',
        )
        .run(
          identity.streamTag,
          identity.officeId,
          identity.ledgerId,
          identity.incarnation,
          now,
          reason,
          old.streamTag,
          headOf(store).n,
        );
      return identity;
    })
    .immediate();
}

/**
 * Before a ledger is worked on: goes on with its stream, or opens a new one without asking. A ledger that was never guarded
 * has just been made; `markGuarded` follows once its note is written.
 */
export function settleIncarnation(
  store: Store,
  seen: HighWater | null,
  machine: readonly string[],
  now: number,
): IncarnationReason | null {
  if (readMeta(store, 'guarded') === null) return null;
  const identity = readIdentity(store);
  const reason = judge({ identity, head: headOf(store), chainAt: (n) => chainAt(store, n) }, seen, machine);
  if (reason !== null) incarnate(store, reason, now, { atLeast: seen?.incarnation ?? 0, known: seen?.streams ?? [] });
  return reason;
}

/**
 * From now on a missing note means another PC. Only after the first note was tried: a kill between the two would look like
 * another PC and cost a stream.
 */
export function markGuarded(store: Store): void {
  if (readMeta(store, 'guarded') === null) writeMeta(store, 'guarded', '1');
}
