import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';
import { Fault } from '../../../shared/contract/faults.ts';
import { fileFault, LEDGER_SUFFIXES, removeLedgerFile } from '../store/files.ts';
import { checkMeta, type Identity } from '../store/meta.ts';
import { openStore } from '../store/open.ts';
import { rebuildTables, verifyRebuild } from '../store/rebuild.ts';
import { sqliteFault } from '../store/sqlite-fault.ts';
import { verify } from '../store/verify.ts';
import { flush, flushFolder, requireSpace } from './backup-now.ts';
import { type CaughtUp, catchUp } from './catch-up.ts';
import { restoredPath } from './finish-restore.ts';
import { noteHighWater, retire } from './high-water.ts';
import { incarnate, type OwnStream, ownStreams } from './incarnation.ts';
import { contentsOf, type Head, headOf, withReadOnly } from './inspect.ts';
import type { BackupHost } from './keeper.ts';
import { machineSigns } from './machine.ts';
import { bringPictures, neededPictures, type PicturesKept } from './pictures.ts';
import { openDamaged } from './readable.ts';
import { readSettings } from './settings.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

/** A name beside the ledger that nothing has yet: `安澜市（2021-05-18 1430 恢复前）.bbledger`. */
function asideName(path: string, now: number): string {
  const day = new Date(now);
  const when = `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())} ${pad(day.getHours())}${pad(day.getMinutes())}`;
  const extension = extname(path);
  const stem = basename(path, extension);
  for (let number = 1; ; number += 1) {
    const aside = join(dirname(path), `${stem}（${when} 恢复前${number > 1 ? ` ${number}` : ''}）${extension}`);
    if (LEDGER_SUFFIXES.every((suffix) => !existsSync(aside + suffix))) return aside;
  }
}

interface RestorePlan {
  readonly backup: string;
  /** The ledger whose place it takes; closed by now, or damaged. */
  readonly target: string;
  readonly now: number;
  /** The ledger at the target cannot be opened: what can be read of its later changes is put in again. */
  readonly damaged: boolean;
}

interface Prepared {
  readonly identity: Identity;
  readonly head: Head;
  readonly streams: readonly OwnStream[];
  readonly caughtUp: CaughtUp | null;
}

function notSound(backup: string): Fault {
  return new Fault('LEDGER_DAMAGED', { what: basename(backup), why: '备份本身不完好' });
}

/** Whether the tables could be made anew from the journal. */
function rebuilt(db: Sqlite): boolean {
  try {
    rebuildTables(db);
  } catch (error) {
    // A record, or the text in which it stands, is lost.
    console.error('tables not rebuilt', error);
    return false;
  }
  return verifyRebuild(db).ok;
}

/**
 * Makes the restored ledger ready beside the target, under a temporary name: copied, checked in full, brought up to date, as
 * a ledger of its own with a new id and stream. The target is not touched.
 *
 * @throws Fault LEDGER_DAMAGED when the backup is not sound, LEDGER_FROM_FUTURE, DISK_FULL, READ_ONLY
 */
function prepareRestore(plan: RestorePlan): Prepared {
  const part = `${restoredPath(plan.target)}.part`;
  try {
    removeLedgerFile(part);
    requireSpace(dirname(plan.target), statSync(plan.backup).size * 2);
    copyFileSync(plan.backup, part);
  } catch (error) {
    rmSync(part, { force: true });
    throw fileFault(error, plan.backup);
  }
  try {
    const store = openStore(part);
    let prepared: Prepared;
    try {
      const verdict = verify(store);
      if (!verdict.ok) throw notSound(plan.backup);
      checkMeta(store);
      // What the chain proves is what was written; a row that is another was spoiled in its table.
      if (!verifyRebuild(store.db).ok && !rebuilt(store.db)) throw notSound(plan.backup);
      const caughtUp = plan.damaged ? catchUpFrom(plan.target, store) : null;
      // What the backup was followed by, others may bring back: it is known for our own.
      const known = plan.damaged ? [] : withReadOnly(plan.target, ownStreams);
      const identity = incarnate(store, 'restored', plan.now, { newLedger: true, known });
      prepared = { identity, head: headOf(store), streams: ownStreams(store), caughtUp };
      store.db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      store.close();
    }
    flush(part);
    renameSync(part, restoredPath(plan.target));
    return prepared;
  } catch (error) {
    removeLedgerFile(part);
    throw sqliteFault(error, plan.target);
  }
}

function catchUpFrom(path: string, store: ReturnType<typeof openStore>): CaughtUp {
  const source = openDamaged(path);
  if (source === null) return { entries: 0, complete: false };
  try {
    return catchUp(source, store);
  } finally {
    source.close();
  }
}

/**
 * Puts the old ledger aside under a new name and the restored one in its place. Cut off between the two, the next opening
 * completes it (`finishRestore`).
 *
 * @returns where the old one is kept; null when there was none
 * @throws Fault READ_ONLY, FILE_LOCKED
 */
function swapIn(target: string, now: number): string | null {
  try {
    const aside = existsSync(target) ? asideName(target, now) : null;
    if (aside !== null) {
      for (const suffix of LEDGER_SUFFIXES)
        if (existsSync(target + suffix)) renameSync(target + suffix, aside + suffix);
    }
    renameSync(restoredPath(target), target);
    flushFolder(dirname(target));
    return aside;
  } catch (error) {
    throw fileFault(error, target);
  }
}

/** Whether a backup may take the place of this ledger. @throws Fault NOT_ALLOWED */
function requireSameOffice(backup: string, present: Identity | null): void {
  if (present === null) return;
  const { officeId, officeName } = withReadOnly(backup, (store) => {
    checkMeta(store);
    return contentsOf(store);
  });
  if (officeId === present.officeId) return;
  throw new Fault('NOT_ALLOWED', {
    why: `这份备份是“${officeName}”的，不是本单位的`,
    cure: '请选择本单位的备份；要看别的单位的备份，请把它复制一份，改扩展名为 .bbledger 后打开',
  });
}

export interface RestoreRequest {
  readonly backup: string;
  readonly target: string;
  /** The ledger that is open at the target; null when it is damaged. */
  readonly present: Identity | null;
  /** Closes the ledger at the target; called once the restored one is ready. */
  readonly release: () => void;
}

export interface RestoreResult {
  readonly keptAs: string | null;
  readonly caughtUp: CaughtUp | null;
  readonly pictures: PicturesKept;
}

/**
 * Restores a backup in the place of a ledger: never over it, the old file is kept beside under a new name. The restored
 * ledger is one of its own, with a new id and a new stream (exchange design, New incarnation).
 *
 * @throws as `prepareRestore` and `swapIn`; NOT_ALLOWED for another office's backup. The ledger is as it was then
 */
export async function restoreInto(host: BackupHost, request: RestoreRequest): Promise<RestoreResult> {
  const { backup, target, present } = request;
  requireSameOffice(backup, present);
  const now = host.now();
  const prepared = prepareRestore({ backup, target, now, damaged: present === null });
  const machine = await machineSigns(prepared.identity.ledgerId);
  request.release();
  const keptAs = swapIn(target, now);
  noteHighWater(host.dataFolder, prepared.identity, prepared, machine);
  if (present !== null) retire(host.dataFolder, present.ledgerId, prepared.identity.streamTag);
  const needed = withReadOnly(target, neededPictures);
  const pictures = await bringPictures(needed, target, backup, readSettings(host.dataFolder).second);
  return { keptAs, caughtUp: prepared.caughtUp, pictures };
}
