import { dirname, join } from 'node:path';
import { type BackupReason, type IncarnationReason, knownReason } from '../../../shared/contract/backup.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { announce } from '../store/commit.ts';
import { readIdentity, readMeta } from '../store/meta.ts';
import { requireFile, requireFree, type Store } from '../store/open.ts';
import { type BackupMade, backupNow } from './backup-now.ts';
import { backupFolder, backupsIn, rotate } from './folder.ts';
import { HighWaterKeeper, readHighWater } from './high-water.ts';
import { incarnate, markGuarded, settleIncarnation } from './incarnation.ts';
import { officeNameOf } from './inspect.ts';
import { machineSigns } from './machine.ts';
import { bringPictures, keepPictures, type NeededPicture, neededPictures, type PicturesKept } from './pictures.ts';
import { copyToSecond } from './second-place.ts';
import { readSettings } from './settings.ts';

/** What the backups need of the process; `Host` of the session has it. */
export interface BackupHost {
  readonly dataFolder: string;
  /** UTC ms. */
  now(): number;
}

const HOUR = 3_600_000;
/** A backup younger than this is young enough; a little under a day, so that the start of each morning makes one. */
const FRESH_MS = 20 * HOUR;
/** The first look after opening waits until the window has drawn. */
const FIRST_LOOK_MS = 5_000;
const LOOK_EVERY_MS = HOUR / 2;

/** The primary backup with its rotation, for whoever has no keeper, such as the command line. @throws as `backupNow` */
export function takeBackup(store: Pick<Store, 'db' | 'path'>, host: BackupHost, reason: BackupReason): BackupMade {
  const folder = backupFolder(host.dataFolder, readIdentity(store).ledgerId);
  const made = backupNow(store, { reason, folder, now: host.now() });
  rotate(folder, host.now());
  return made;
}

export interface StreamState {
  readonly incarnation: number;
  /** UTC ms. */
  readonly openedAt: number;
  /** Null for the first. */
  readonly reason: IncarnationReason | null;
}

/** How the copy to the second place went last. */
export interface SecondState {
  readonly at: number;
  /** Null when it went well. */
  readonly problem: string | null;
  /** Photos and videos that are there too; null when they could not be copied. */
  readonly pictures: PicturesKept | null;
}

/** Looks after one open ledger: which stream it writes, its high-water note, its backups. */
export class LedgerKeeper {
  /** Why the ledger got a new stream at this opening, or null. */
  readonly renewed: IncarnationReason | null;
  readonly #store: Store;
  readonly #host: BackupHost;
  readonly #highWater: HighWaterKeeper | null;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #stopping = new AbortController();
  #copying: Promise<void> = Promise.resolve();
  #second: SecondState | null = null;
  /** The last automatic backup that failed, in words for the operator. */
  #problem: string | null = null;

  private constructor(
    store: Store,
    host: BackupHost,
    opened: { readonly renewed: IncarnationReason | null; readonly highWater: HighWaterKeeper | null },
  ) {
    this.#store = store;
    this.#host = host;
    this.renewed = opened.renewed;
    this.#highWater = opened.highWater;
  }

  /**
   * Before the first write of a session. Sample data is made afresh each time and is not looked after.
   *
   * @throws Fault DISK_FULL, READ_ONLY when a new stream is needed and cannot be noted in the ledger
   */
  static async start(store: Store, host: BackupHost): Promise<LedgerKeeper> {
    if (readMeta(store, 'sample') === '1') return new LedgerKeeper(store, host, { renewed: null, highWater: null });
    const { ledgerId } = readIdentity(store);
    const machine = await machineSigns(ledgerId);
    const renewed = settleIncarnation(store, readHighWater(host.dataFolder, ledgerId), machine, host.now());
    const highWater = new HighWaterKeeper(store, host.dataFolder, machine);
    try {
      highWater.flush();
    } catch (error) {
      console.error('high-water note not written', error);
    }
    markGuarded(store);
    const keeper = new LedgerKeeper(store, host, { renewed, highWater });
    keeper.#schedule();
    return keeper;
  }

  #schedule(): void {
    const first = setTimeout(() => {
      // A backup looks for them itself.
      if (!this.#automatic('start')) this.#bring();
    }, FIRST_LOOK_MS);
    const again = setInterval(() => this.#automatic('daily'), LOOK_EVERY_MS);
    for (const timer of [first, again]) timer.unref();
    this.#timers.push(first, again);
  }

  /** @returns whether a backup was made */
  #automatic(reason: 'start' | 'daily'): boolean {
    if (!this.isDue()) return false;
    try {
      this.take(reason);
      return true;
    } catch (error) {
      // Told on the backup page and tried again at the next look; work goes on.
      this.#problem = error instanceof Fault ? error.message : String(error);
      console.error('automatic backup failed', error);
      return false;
    }
  }

  /** Whether the last backup is older than most of a day; one from the future, by a wrong clock, does not count. */
  isDue(): boolean {
    const now = this.#host.now();
    return !backupsIn(this.folder).some((backup) => backup.at <= now && now - backup.at < FRESH_MS);
  }

  get folder(): string {
    return backupFolder(this.#host.dataFolder, readIdentity(this.#store).ledgerId);
  }

  get second(): SecondState | null {
    return this.#second;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /**
   * Makes a backup, then copies it to the second place in the background, whose failing never fails this.
   *
   * @throws as `backupNow`
   */
  take(reason: BackupReason): BackupMade {
    const made = takeBackup(this.#store, this.#host, reason);
    this.#problem = null;
    const { second } = readSettings(this.#host.dataFolder);
    this.#bring();
    if (second !== null) {
      const { ledgerId, officeId } = readIdentity(this.#store);
      const officeName = officeNameOf(this.#store, officeId);
      const needed = neededPictures(this.#store);
      this.#copying = this.#copying.then(() =>
        this.#copy(made.path, { second, officeName, ledgerId, now: this.#host.now() }, needed),
      );
    }
    return made;
  }

  /** What has gone from beside the ledger may lie in the second place, or under the name that the ledger had before. */
  #bring(): void {
    const { signal } = this.#stopping;
    this.#copying = this.#copying.then(async () => {
      if (signal.aborted) return;
      try {
        const { second } = readSettings(this.#host.dataFolder);
        const beside = join(this.folder, '_');
        const { copied } = await bringPictures(neededPictures(this.#store), this.#store.path, beside, second, signal);
        if (copied > 0) announce(this.#store, new Set<EntityName>(['attachment']));
      } catch (error) {
        // Stopped, or ledger or folder cannot be read: looked for again at the next backup; work goes on.
        console.error('pictures not looked for', error);
      }
    });
  }

  async #copy(
    path: string,
    place: Parameters<typeof copyToSecond>[1],
    needed: readonly NeededPicture[],
  ): Promise<void> {
    try {
      const copy = await copyToSecond(path, place);
      const pictures = await keepPictures(needed, this.#store.path, dirname(copy), this.#stopping.signal);
      this.#second = { at: this.#host.now(), problem: null, pictures };
    } catch (error) {
      const problem = error instanceof Fault ? error.message : String(error);
      this.#second = { at: this.#host.now(), problem, pictures: null };
    }
  }

  /** 换用新编号: the ledger goes on under a stream of its own. @throws Fault DISK_FULL, READ_ONLY */
  renew(): void {
    requireFree(this.#store);
    requireFile(this.#store);
    incarnate(this.#store, 'chosen', this.#host.now());
    this.#highWater?.renewed();
  }

  /** The stream that is written now: which incarnation, since when, why. */
  stream(): StreamState {
    const { streamTag } = readIdentity(this.#store);
    const row = this.#store.db
      .prepare('SELECT "incarnation", "openedAt", "reason" FROM "stream" WHERE "tag" = ?')
      .get(streamTag) as Omit<StreamState, 'reason'> & { readonly reason: string | null };
    return { ...row, reason: knownReason(row.reason) };
  }

  /** Until the copies under way are done. */
  settled(): Promise<void> {
    return this.#copying;
  }

  /** Before the store is closed. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stopping.abort();
    this.#highWater?.stop();
  }
}
