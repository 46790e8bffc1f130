import { Fault } from '../../../../shared/contract/faults.ts';
import { type EntityName, isEntityName, type Value } from '../../../../shared/dictionary/index.ts';
import { tick } from '../../../../shared/domain/clock.ts';
import { type ChangeMarks, readMarks } from '../../store/change-record.ts';
import { type Actor, announce, appendJournal, readClock } from '../../store/commit.ts';
import { readIdentity, writeMeta } from '../../store/meta.ts';
import { requireFile, requireFree, type Store } from '../../store/open.ts';
import { REMOVED } from '../../store/rebuild.ts';
import { sqliteFault } from '../../store/sqlite-fault.ts';
import { packStamps, readStamps, stampOf } from '../../store/stamps.ts';
import { selectRow, statementsOf } from '../../store/statements.ts';
import type { ChangeRow } from '../../store/tables.ts';
import { ChangeLog } from '../merge/change-log.ts';
import { journalEnd, type PeerRow, writePeer } from '../offices/peers.ts';
import { type EntryCounts, findEntry, type StoredEntry } from '../register/register.ts';

interface Reverted {
  readonly reverted: number;
  readonly kept: number;
}

function mayBeUndone(
  store: Store,
  exchangeId: string,
): StoredEntry & { readonly journalN: number; readonly officeId: string } {
  const entry = findEntry(store, exchangeId);
  if (entry?.direction !== 'in') throw new Fault('UNKNOWN_ROW', { what: '收件登记' });
  const { journalN, officeId } = entry;
  if (entry.outcome !== 'applied' || journalN === null || officeId === null) {
    throw new Fault('RULE_BROKEN', { why: `“${entry.fileName}”没有写入数据或已经撤销`, cure: '不需要撤销' });
  }
  if (entry.kind === 'enrolment') {
    // Without its rows this ledger knows neither itself nor the office above, and can send nothing to anybody.
    throw new Fault('RULE_BROKEN', { why: '本台账由这个入网文件建立', cure: '入网文件不能撤销' });
  }
  const later = store.db
    .prepare(
      `SELECT "fileName" FROM "exchange" WHERE "officeId" = ? AND "direction" = 'in' AND "outcome" = 'applied' AND "journalN" > ? ORDER BY "journalN" DESC LIMIT 1`,
    )
    .get(officeId, journalN) as { fileName: string } | undefined;
  if (later) {
    throw new Fault('RULE_BROKEN', {
      why: `之后又导入过该单位的文件“${later.fileName}”`,
      cure: '请先撤销后导入的那一个',
    });
  }
  return { ...entry, journalN, officeId };
}

/** Takes a row out that the import had brought, where nothing of it was written over since. */
function removeRow(store: Store, entity: EntityName, record: ChangeMarks, log: ChangeLog, stamp: string): boolean {
  const { id, stamp: rowStamp, stamps: exceptions } = record;
  const row = selectRow(store, entity, id);
  if (!row) return false;
  const stamps = readStamps(row);
  const untouched =
    stamps.row === rowStamp && Object.entries(stamps.fields).every(([field, at]) => exceptions[field] === at);
  if (!untouched) return false;
  store.db.prepare(`DELETE FROM "${entity}" WHERE "id" = ?`).run(id);
  log.add(entity, id, JSON.stringify([entity, id, stamp, { [REMOVED]: 1 }]), null);
  return true;
}

/** Puts back the fields of a row that still carry the import's stamps, with the stamps they had. */
function putBack(store: Store, entity: EntityName, record: ChangeMarks, before: string, log: ChangeLog): Reverted {
  const { id, stamp: rowStamp, stamps: exceptions } = record;
  const row = selectRow(store, entity, id);
  const old = JSON.parse(before) as Record<string, readonly [Value, string]>;
  if (!row) return { reverted: 0, kept: Object.keys(old).length };
  const stamps = readStamps(row);
  const fields = { ...stamps.fields };
  const values: Record<string, Value> = {};
  const replaced: Record<string, readonly [Value, string]> = {};
  const restored: Record<string, string> = {};
  for (const [field, [value, stamp]] of Object.entries(old)) {
    const current = stampOf(stamps, field);
    if (current !== (exceptions[field] ?? rowStamp)) continue;
    values[field] = value;
    replaced[field] = [row[field] ?? null, current];
    restored[field] = stamp;
    if (stamp === stamps.row) delete fields[field];
    else fields[field] = stamp;
  }
  const changed = Object.keys(values);
  if (changed.length > 0) {
    statementsOf(store, entity)
      .update(changed)
      .run(...changed.map((field) => values[field]), packStamps(fields), id);
    log.add(entity, id, JSON.stringify([entity, id, stamps.row, values, restored]), JSON.stringify(replaced));
  }
  return { reverted: changed.length, kept: Object.keys(old).length - changed.length };
}

function revert(store: Store, n: number, log: ChangeLog, stamp: string, touched: Set<EntityName>): Reverted {
  const rows = store.db.prepare('SELECT * FROM "change" WHERE "n" = ? ORDER BY "seq" DESC').all(n) as ChangeRow[];
  let reverted = 0;
  let kept = 0;
  for (const row of rows) {
    if (!isEntityName(row.entity)) continue;
    const record = readMarks(row.record);
    if (row.before === null) {
      if (removeRow(store, row.entity, record, log, stamp)) reverted += 1;
      else kept += 1;
    } else {
      const result = putBack(store, row.entity, record, row.before, log);
      reverted += result.reverted;
      kept += result.kept;
    }
    touched.add(row.entity);
  }
  return { reverted, kept };
}

/**
 * 撤销导入: what the import wrote and nobody has written over goes back to what it was, its stamps too, and the sender's
 * acknowledgement with it, so that the same file may be read again. Only the last file of an office can be undone.
 *
 * @returns values and rows put back, and those kept because something later was written over them
 * @throws Fault UNKNOWN_ROW, RULE_BROKEN, LEDGER_HELD, FILE_GONE, DISK_FULL
 */
export function undoImport(store: Store, exchangeId: string, actor: Actor): Reverted {
  const entry = mayBeUndone(store, exchangeId);
  requireFree(store);
  requireFile(store);
  const touched = new Set<EntityName>();
  const run = store.db.transaction((): Reverted => {
    const identity = readIdentity(store);
    const { stamp } = tick(readClock(store, identity), actor.now);
    const log = new ChangeLog(store, journalEnd(store)[0] + 1);
    const result = revert(store, entry.journalN, log, stamp, touched);
    const digest = log.finish();
    if (log.rows > 0) {
      appendJournal(store, {
        identity,
        stamp,
        actor,
        kind: 'sync',
        title: `撤销导入：${entry.fileName}`,
        bundleId: entry.bundleId,
        undoOf: entry.journalN,
        changes: log.rows,
        digest,
      });
    }
    const { before } = JSON.parse(entry.counts) as EntryCounts;
    if (before) writePeer(store, entry.officeId, before as Partial<PeerRow>);
    store.db.prepare(`UPDATE "exchange" SET "outcome" = 'undone' WHERE "id" = ?`).run(exchangeId);
    writeMeta(store, 'lastStamp', stamp);
    return result;
  });
  let result: Reverted;
  try {
    result = run.immediate();
  } catch (error) {
    throw sqliteFault(error, store.path);
  }
  announce(store, touched);
  return result;
}
