import { Fault } from '../../../../shared/contract/faults.ts';
import { type EntityName, isEntityName } from '../../../../shared/dictionary/index.ts';
import { MAX_RAISE_MS, parseStamp, type Stamp, stampMs, stampStream, tick } from '../../../../shared/domain/clock.ts';
import { planShifts } from '../../../../shared/domain/clock-shift.ts';
import { type Actor, announce, appendJournal, type Change, commit, readClock } from '../../store/commit.ts';
import { newId } from '../../store/id.ts';
import { type Identity, readIdentity, writeMeta } from '../../store/meta.ts';
import { requireFile, requireFree, type Store } from '../../store/open.ts';
import { ownersOf } from '../../store/owners.ts';
import { sqliteFault } from '../../store/sqlite-fault.ts';
import { readStamps } from '../../store/stamps.ts';
import { selectRow } from '../../store/statements.ts';
import { ChangeLog } from '../merge/change-log.ts';
import { type MergeTools, quarantineFrom } from '../merge/merge-tools.ts';
import { countAhead, retryParked, wireRowOf } from '../merge/parked.ts';
import { closeTakenAfterAll, reopenRefused } from '../merge/refusals.ts';
import { Retries } from '../merge/retries.ts';
import { RowScope } from '../merge/row-scope.ts';
import { settleDisputes } from '../merge/settle.ts';
import { officeRow } from '../offices/keys.ts';
import { journalEnd } from '../offices/peers.ts';
import { allStreams, isUnder, parentsOf, StreamBook, signerOf } from '../offices/streams.ts';
import { restampTables } from './restamp.ts';
import { imageTag, ShiftBook } from './shift-book.ts';

/** What of one stream waits because its clock ran ahead. */
interface Ahead {
  stamps: Stamp[];
  /** UTC ms: no value of the rows concerned is later, nor any of the stream that was believed. */
  floor: number;
}

/** The stamps in quarantine that one office's files brought, by stream. */
function aheadOf(store: Store, officeId: string, latest: string): ReadonlyMap<string, Ahead> {
  const records = store.db
    .prepare(`SELECT "record" FROM "parked" WHERE "officeId" = ? AND "reason" = 'clock'`)
    .pluck()
    .all(officeId) as string[];
  const streams = new Map<string, Ahead>();
  for (const record of records) {
    const wire = wireRowOf(record);
    if (wire === null) continue;
    const { row, entity } = wire;
    const before = [...stampsHere(store, entity, row.id), ...(row.bases ?? [])];
    for (const stamp of [row.stamp, ...(row.stamps ?? [])]) {
      if (stamp === undefined || stamp <= latest) continue;
      const tag = stampStream(stamp);
      const ahead = streams.get(tag) ?? { stamps: [], floor: 0 };
      streams.set(tag, ahead);
      ahead.stamps.push(stamp);
      // What it replaced stays before it, and what is here.
      const times = before.flatMap((each) => (each === undefined ? [] : [stampMs(each)]));
      ahead.floor = Math.max(ahead.floor, ...times);
    }
  }
  const believed = store.db.prepare('SELECT max("stamp") FROM "origin" WHERE substr("stamp", 17) = ? AND "stamp" < ?');
  for (const [tag, ahead] of streams) {
    const [first = ''] = ahead.stamps.sort();
    const last = parseStamp(believed.pluck().get(tag, first));
    if (last !== null) ahead.floor = Math.max(ahead.floor, stampMs(last));
    // Where our own clock is behind, what stands here already seems ahead too: that is not to be moved.
    ahead.stamps = ahead.stamps.filter((stamp) => stampMs(stamp) > ahead.floor);
  }
  return streams;
}

/** Of the values of a row that is here. */
function stampsHere(store: Store, entity: string, id: string): readonly Stamp[] {
  const row = isEntityName(entity) ? selectRow(store, entity, id) : undefined;
  if (!row) return [];
  const { row: stamp, fields } = readStamps(row);
  return [stamp, ...Object.values(fields)] as Stamp[];
}

/** The decisions to make, each about what the one before leaves. */
function decisions(
  store: Store,
  streams: ReadonlyMap<string, Ahead>,
  officeId: string,
  by: { readonly identity: Identity; readonly actor: Actor },
): Change[] {
  const { identity, actor } = by;
  const parents = parentsOf(store);
  const owners = new Map(allStreams(store).map((stream) => [stream.tag, stream.officeId]));
  const changes: Change[] = [];
  for (const [tag, { stamps, floor }] of streams) {
    const owner = owners.get(tag) ?? officeId;
    if (owner === identity.officeId || !isUnder(parents, owner, identity.officeId)) continue;
    let streamTag = tag;
    for (const { from, shiftMs } of planShifts(stamps, floor, actor.now)) {
      if (shiftMs === 0) continue;
      const id = newId();
      const set = {
        parentOfficeId: identity.officeId,
        officeId: owner,
        streamTag,
        fromStamp: from,
        shiftMs,
        operator: actor.operator,
        decidedAt: actor.now,
      };
      changes.push({ entity: 'clockShift', id, set });
      streamTag = imageTag(id);
    }
  }
  return changes;
}

/** What waited finds its place, as at an import. */
function place(
  store: Store,
  identity: Identity,
  actor: Actor,
  title: string,
): { placed: number; touched: Set<EntityName> } {
  const { stamp } = tick(readClock(store, identity), actor.now);
  const shifts = new ShiftBook(store);
  const log = new ChangeLog(store, journalEnd(store)[0] + 1);
  const own = signerOf(store, identity, identity.officeId);
  const tools: MergeTools = {
    store,
    identity,
    scope: new RowScope(store, identity, shifts),
    owners: ownersOf(store),
    streams: new StreamBook(store, identity, own),
    log,
    shifts,
    latest: quarantineFrom(actor.now),
    fromAbove: false,
    acknowledged: 0,
    trusting: false,
    replay: false,
    waited: false,
  };
  restampTables(tools);
  const retries = new Retries(tools, (officeId) => signerOf(store, identity, officeId));
  const placed = retryParked(store, (officeId, retry) => retries.mergeFor(officeId, retry));
  const { merges } = retries;
  const disputes = merges.flatMap(({ aside }) => aside.disputes);
  settleDisputes(store, disputes, stamp, log);
  closeTakenAfterAll(tools, stamp);
  reopenRefused(tools, disputes, stamp);
  const touched = new Set<EntityName>(merges.flatMap(({ tallies }) => [...tallies.byEntity.keys()]));
  const digest = log.finish();
  if (log.rows > 0) {
    appendJournal(store, {
      identity,
      stamp,
      actor,
      kind: 'sync',
      title,
      bundleId: null,
      undoOf: null,
      changes: log.rows,
      digest,
    });
    writeMeta(store, 'lastStamp', stamp);
  }
  return { placed, touched: touched.add('conflict').add('proposal') };
}

/**
 * 按收到时间采纳: what an office below wrote while its clock ran more than a day ahead is taken as of now, in the order in
 * which it was written and in its writer's name. The decision goes to all offices and each reads those stamps by it, the
 * office itself too, so that none differs from the others for it; nothing needs to be sent again.
 *
 * @param officeId whose files brought it
 * @returns rows and values that found their place
 * @throws Fault UNKNOWN_ROW, NOT_ALLOWED, RULE_BROKEN, LEDGER_HELD, FILE_GONE, DISK_FULL
 */
export function acceptAhead(store: Store, officeId: string, actor: Actor): { readonly placed: number } {
  const identity = readIdentity(store);
  const office = officeRow(store, officeId);
  if (!office) throw new Fault('UNKNOWN_ROW', { what: '填报端' });
  requireFree(store);
  requireFile(store);
  const run = store.db.transaction(() => {
    if (officeId === identity.officeId || !isUnder(parentsOf(store), officeId, identity.officeId))
      throw new Fault('NOT_ALLOWED', {
        why: `“${office.name}”不是本单位的下级，它的时钟由它自己和它的上级决定`,
        cure: '请提示对方校时后重新导出',
      });
    // By a clock that is behind everybody else's seems to be ahead: theirs would be read as of that wrong time for good.
    if (actor.now + MAX_RAISE_MS < readClock(store, identity).ms)
      throw new Fault('RULE_BROKEN', {
        why: '本机时钟比本台账最近一次保存的时间还早，可能是本机时钟落后，而不是对方超前',
        cure: '请先校准本机日期和时间，再采纳',
      });
    if (countAhead(store, officeId) === 0)
      throw new Fault('RULE_BROKEN', { why: `“${office.name}”没有因时钟超前而暂存的内容`, cure: '不需要采纳' });
    const streams = aheadOf(store, officeId, quarantineFrom(actor.now));
    const changes = decisions(store, streams, officeId, { identity, actor });
    const title = `按收到时间采纳${office.name}的来件`;
    // None where their time has come meanwhile: they find their place as they are.
    commit(store, { kind: 'setup', title, changes }, actor);
    return place(store, identity, actor, title);
  });
  try {
    const { placed, touched } = run.immediate();
    announce(store, touched);
    return { placed };
  } catch (error) {
    throw sqliteFault(error, store.path);
  }
}
