import { setImmediate as pause } from 'node:timers/promises';
import type { EntityOutcome, FileReport, WaitingCounts } from '../../../../shared/contract/exchange.ts';
import { type EntityName, entityNames, entityOf } from '../../../../shared/dictionary/index.ts';
import { parseStamp, receive, type Stamp, tick } from '../../../../shared/domain/clock.ts';
import { type Reviewed, readReviewed } from '../../rates/index.ts';
import { type Actor, appendJournal, readClock } from '../../store/commit.ts';
import { readIdentity, writeMeta } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { ownersOf } from '../../store/owners.ts';
import { prepared } from '../../store/prepared.ts';
import type { Bundle } from '../bundle/bundle-read.ts';
import { COMMIT_GROUP, ENROLMENT_GROUP } from '../bundle/record.ts';
import { throwIfCancelled } from '../bundle/refuse.ts';
import { cureOwnClock } from '../clock/own-clock.ts';
import { sayOvertaken } from '../clock/restamp.ts';
import { noteForkOf, ShiftBook } from '../clock/shift-book.ts';
import { ChangeLog } from '../merge/change-log.ts';
import { massChange } from '../merge/mass-change.ts';
import { Merge } from '../merge/merge.ts';
import { type EntityTally, type MergeTools, quarantineFrom } from '../merge/merge-tools.ts';
import { keepParked, retryParked, waitingOf } from '../merge/parked.ts';
import { closeTakenAfterAll, reopenRefused } from '../merge/refusals.ts';
import { Retries } from '../merge/retries.ts';
import { RowScope } from '../merge/row-scope.ts';
import { settleDisputes } from '../merge/settle.ts';
import type { Arrival } from '../offices/arrival.ts';
import { formerOf } from '../offices/former.ts';
import { learnOrigins } from '../offices/origins.ts';
import { journalEnd } from '../offices/peers.ts';
import { learnStream, type Signer, StreamBook, signerOf } from '../offices/streams.ts';
import { learnFromAbove, upgradeNotice } from '../offices/upgrade.ts';

/** What a file did to the ledger. */
export interface Merged {
  readonly entities: readonly EntityOutcome[];
  readonly touched: ReadonlySet<EntityName>;
  readonly conflicts: number;
  readonly proposals: number;
  readonly waiting: WaitingCounts;
  readonly placed: number;
  readonly requests: FileReport['requests'];
  /** What a file of the office above asks of our program. */
  readonly upgrade: string | null;
  readonly massChange: string | null;
  readonly journalN: number | null;
  /** Rows of the journal. */
  readonly changes: number;
}

/** A file that may be merged, and how it stands to those before it. */
export interface FileToMerge {
  readonly bundle: Bundle;
  readonly arrival: Arrival;
  /** An enrolment file fills an empty ledger: what it says stands. */
  readonly trusting: boolean;
}

interface MergeRun {
  readonly actor: Actor;
  readonly signal?: AbortSignal | undefined;
  /** Share of the rows, 0 to 1. */
  onProgress(share: number): void;
}

function latestOf(merges: readonly Merge[]): string {
  return (
    merges
      .map((merge) => merge.latest.stamp)
      .sort()
      .at(-1) ?? ''
  );
}

function openProposals(store: Store): ReadonlySet<string> {
  const ids = prepared(store, `SELECT "id" FROM "proposal" WHERE "state" = 'open' AND "voided" = 0`, 'pluck').all();
  return new Set(ids as string[]);
}

/** 更正申请 that are new, and what became of those that waited. */
function requestsSince(before: Reviewed['heldBack'], { heldBack }: Reviewed): FileReport['requests'] {
  const waited = [...before.values()].filter(({ standing }) => standing === 'requested');
  return {
    came: [...heldBack.values()].filter((each) => each.standing === 'requested' && !before.has(each.reportId)).length,
    accepted: waited.filter(({ reportId }) => !heldBack.has(reportId)).length,
    declined: [...heldBack.values()].filter(
      ({ standing, reportId }) => standing === 'declined' && before.get(reportId)?.standing !== 'declined',
    ).length,
  };
}

function outcomesOf(tallies: ReadonlyMap<EntityName, EntityTally>): EntityOutcome[] {
  return entityNames.flatMap((entity) => {
    const tally = tallies.get(entity);
    if (!tally) return [];
    const { added, changed, same, older } = tally;
    return [{ entity, label: entityOf(entity).label, added, changed, same, older }];
  });
}

function learnStreams(store: Store, { manifest }: Bundle): void {
  const { stream, office, relayed } = manifest;
  for (const own of [stream, ...formerOf(store, manifest)]) learnStream(store, { ...own, officeId: office.id });
  for (const other of relayed) learnStream(store, { ...other, openedAt: 0 });
}

/** What the signer is, by our own books: a file's word on its own rank is worth nothing, save that of an enrolment file. */
function signerOfFile(store: Store, { bundle, trusting }: FileToMerge): Signer {
  const { office } = bundle.manifest;
  return trusting
    ? { officeId: office.id, level: office.level, isAbove: true }
    : signerOf(store, readIdentity(store), office.id);
}

function toolsFor(store: Store, file: FileToMerge, log: ChangeLog, now: number): MergeTools {
  const identity = readIdentity(store);
  const signer = signerOfFile(store, file);
  const shifts = new ShiftBook(store);
  return {
    store,
    identity,
    scope: new RowScope(store, identity, shifts),
    owners: ownersOf(store),
    streams: new StreamBook(store, identity, signer),
    log,
    shifts,
    latest: quarantineFrom(now),
    fromAbove: signer.isAbove,
    acknowledged: file.arrival.acknowledged?.ackedN ?? 0,
    trusting: file.trusting,
    replay: false,
    waited: false,
  };
}

/** All rows of a file, segment by segment: the next one is unpacked beside the merge of this one. */
async function mergeRows(merge: Merge, tools: MergeTools, { bundle }: FileToMerge, run: MergeRun): Promise<void> {
  const { store, log, shifts } = tools;
  const { segments } = bundle.manifest;
  let next = segments.length > 0 ? bundle.segment(0) : null;
  for (let index = 0; index < segments.length; index += 1) {
    throwIfCancelled(run.signal);
    const decoded = await next;
    next = index + 1 < segments.length ? bundle.segment(index + 1) : null;
    next?.catch(() => undefined);
    if (decoded === null) continue;
    log.receive(decoded);
    for (const group of decoded.groups) {
      // So that it begins; and the window's questions come in between.
      await pause();
      if (group.entity === COMMIT_GROUP) learnOrigins(store, group, shifts);
      else if (group.entity !== ENROLMENT_GROUP) merge.apply(group);
    }
    run.onProgress((index + 1) / segments.length);
  }
}

/** Our own stamp for what this import makes itself; raises our clock above what came, within its limit. */
function stampAbove(store: Store, latest: string, now: number): Stamp {
  const clock = readClock(store, readIdentity(store));
  const theirs = parseStamp(latest);
  const { stamp } = tick(theirs === null ? clock : receive(clock, theirs, now), now);
  writeMeta(store, 'lastStamp', stamp);
  return stamp;
}

function journal(store: Store, { manifest }: Bundle, log: ChangeLog, stamp: Stamp, actor: Actor): number | null {
  const digest = log.finish();
  if (log.rows === 0) return null;
  return appendJournal(store, {
    identity: readIdentity(store),
    stamp,
    actor,
    kind: 'sync',
    title: `导入${manifest.office.name}第 ${manifest.number} 号交换文件`,
    bundleId: manifest.bundleId,
    undoOf: null,
    changes: log.rows,
    digest,
  });
}

/**
 * Merges one verified file into the tables and writes its entry of the journal, inside the caller's transaction: its rows,
 * what waited for them, what comes of disputes.
 *
 * @throws Fault SYNC_MALFORMED, SYNC_DAMAGED, CANCELLED; SqliteError
 */
export async function mergeFile(store: Store, file: FileToMerge, run: MergeRun): Promise<Merged> {
  const { bundle, arrival } = file;
  const { manifest } = bundle;
  const { actor } = run;
  const { level } = readIdentity(store);
  const [lastN] = journalEnd(store);
  const proposedBefore = openProposals(store);
  const { heldBack } = readReviewed(store);
  const log = new ChangeLog(store, lastN + 1);
  learnStreams(store, bundle);
  if (arrival.kind !== 'late') learnFromAbove(store, manifest);
  // From now on an older value of such a stream is no longer taken for one that its office wrote over.
  for (const tag of arrival.forked) noteForkOf(store, tag);
  const tools = toolsFor(store, file, log, actor.now);
  const merge = new Merge(tools);
  const retries = new Retries(tools, (officeId) => signerOf(store, readIdentity(store), officeId));
  await mergeRows(merge, tools, file, run);
  // Who may decide about whose clock may have come with the rest of the file.
  merge.learnShifts();
  cureOwnClock(store, tools.shifts, actor.now);
  const placed = retryParked(store, (officeId, retry) => retries.mergeFor(officeId, retry));
  merge.sayAgain();
  const merges = [merge, ...retries.merges];
  const kept = keepParked(store, merge.aside.parked, {
    bundleId: manifest.bundleId,
    officeId: manifest.office.id,
    at: actor.now,
  });
  const disputes = merges.flatMap(({ aside }) => aside.disputes);
  const stamp = stampAbove(store, latestOf(merges), actor.now);
  sayOvertaken(tools, merge.overtaken, stamp);
  const settled = settleDisputes(store, disputes, stamp, log);
  const closed = tools.fromAbove ? 0 : closeTakenAfterAll(tools, stamp);
  if (!tools.fromAbove) reopenRefused(tools, disputes, stamp);
  const touched = new Set<EntityName>();
  for (const [entity, tally] of merges.flatMap(({ tallies }) => [...tallies.byEntity])) {
    if (tally.added + tally.changed > 0) touched.add(entity);
  }
  if (settled.conflicts > 0) touched.add('conflict');
  if (settled.proposals + closed > 0) touched.add('proposal');
  const waiting = waitingOf(kept);
  const withdrawn = merges.reduce((sum, { aside }) => sum + aside.withdrawn, 0);
  return {
    entities: outcomesOf(merge.tallies.byEntity),
    touched,
    conflicts: settled.conflicts,
    // Those that the other office made come as rows, and are as new to the clerk as those made here.
    proposals: [...openProposals(store)].filter((id) => !proposedBefore.has(id)).length,
    waiting: { ...waiting, authority: waiting.authority + withdrawn },
    placed,
    upgrade: tools.fromAbove ? (upgradeNotice(store)?.text ?? null) : null,
    requests: requestsSince(heldBack, readReviewed(store)),
    massChange: massChange(store, merge.tallies.byEntity, level === 'city' ? manifest.office.id : null),
    journalN: journal(store, bundle, log, stamp, actor),
    changes: log.rows,
  };
}
