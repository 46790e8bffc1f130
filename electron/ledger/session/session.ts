import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../../../shared/contract/faults.ts';
import type { LedgerStatus } from '../../../shared/contract/session.ts';
import { finishRestore, LedgerKeeper, type RestoreResult, restoreInto, takeBackup } from '../backup/index.ts';
import { openAsOf } from '../store/as-of.ts';
import type { Actor } from '../store/commit.ts';
import { removeLedgerFile, writeFileWhole } from '../store/files.ts';
import { findDamage } from '../store/find-damage.ts';
import { checkMeta, type Identity, readIdentity, readMeta } from '../store/meta.ts';
import { SCHEMA_VERSION } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open.ts';
import { quickCheck } from '../store/quick-check.ts';

/** One open ledger and who works on it. Handlers get it as `context.session`. */
export interface Session {
  readonly store: Store;
  readonly identity: Identity;
  /** The ledger's day `YYYY-MM-DD`: the machine's own, or the fixed day of sample data. */
  today(): string;
  /** Operator and UTC ms for a commit. */
  actor(): Actor;
}

/** What the process knows beside the open ledger. */
export interface Host {
  /** Folder for the sample ledger, the list of recent ledgers, backups. */
  readonly dataFolder: string;
  /** UTC ms. */
  now(): number;
}

/** After the first screen of a start. */
const CHECK_AFTER_MS = 2500;

const pad = (n: number): string => String(n).padStart(2, '0');

/** Local calendar day of an instant. */
export function localDay(ms: number): string {
  const day = new Date(ms);
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

/** The fixed day with the present time of day, so that sample data gets believable instants. */
function pinned(day: string, ms: number): number {
  const present = new Date(ms);
  const [year = 2021, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(
    year,
    month - 1,
    date,
    present.getHours(),
    present.getMinutes(),
    present.getSeconds(),
    present.getMilliseconds(),
  ).getTime();
}

function samePath(left: string, right: string): boolean {
  return left === right || (existsSync(left) && existsSync(right) && realpathSync(left) === realpathSync(right));
}

export function openSession(store: Store, host: Host): Session {
  return {
    store,
    identity: readIdentity(store),
    today() {
      return readMeta(store, 'today') ?? localDay(host.now());
    },
    actor() {
      const day = readMeta(store, 'today');
      return { operator: readMeta(store, 'operator') ?? '', now: day === null ? host.now() : pinned(day, host.now()) };
    },
  };
}

export async function statusOf(session: Session): Promise<LedgerStatus> {
  const { store, identity } = session;
  const office = await store.query
    .selectFrom('office')
    .select('name')
    .where('id', '=', identity.officeId)
    .executeTakeFirst();
  const scheme = await store.query
    .selectFrom('rule')
    .select('name')
    .where('kind', '=', 'scheme')
    .where('voided', '=', 0)
    .orderBy('effectiveFrom', 'desc')
    .executeTakeFirst();
  return {
    path: store.path,
    officeId: identity.officeId,
    officeName: office?.name ?? '',
    level: identity.level,
    operator: readMeta(store, 'operator') ?? '',
    today: session.today(),
    sample: readMeta(store, 'sample') === '1',
    presetName: scheme?.name ?? null,
    schemaVersion: SCHEMA_VERSION,
    asOf: store.asOf,
  };
}

/** Why a ledger cannot be worked on, with what is known of it; the window shows what can be done. */
export interface Trouble {
  readonly path: string;
  /** Null when the program has not opened this file before. */
  readonly ledgerId: string | null;
  readonly officeName: string;
  readonly code: Fault['code'];
  readonly text: string;
}

interface RecentEntry {
  readonly path: string;
  readonly officeName: string;
  readonly openedAt: number;
  /** To find its backups when it cannot be read any more. */
  readonly ledgerId?: string;
}

/** The ledger this process works on: at most one. */
export class Desk {
  readonly host: Host;
  #session: Session | null = null;
  #keeper: LedgerKeeper | null = null;
  /** The past instant that the window looks at. */
  #past: Session | null = null;
  #trouble: Trouble | null = null;
  #startProblem: string | null = null;
  readonly #watchers = new Set<(session: Session | null) => void>();

  constructor(host: Host) {
    this.host = host;
    mkdirSync(host.dataFolder, { recursive: true });
  }

  /** What the window shows: the ledger, or a past instant of it. */
  get session(): Session | null {
    return this.#past ?? this.#session;
  }

  /** The ledger itself, whatever the window looks at. */
  get present(): Session | null {
    return this.#session;
  }

  get keeper(): LedgerKeeper | null {
    return this.#keeper;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** @throws Fault NO_LEDGER */
  require(): Session {
    const { session } = this;
    if (session === null) throw new Fault('NO_LEDGER');
    return session;
  }

  /** The ledger itself and who looks after it. @throws Fault NO_LEDGER */
  requirePresent(): { readonly session: Session; readonly keeper: LedgerKeeper } {
    if (this.#session === null || this.#keeper === null) throw new Fault('NO_LEDGER');
    return { session: this.#session, keeper: this.#keeper };
  }

  onSwitch(watcher: (session: Session | null) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher(this.session);
  }

  /** Closes what is open, without forgetting which it was. */
  #leave(): void {
    this.#endPast();
    this.#keeper?.stop();
    this.#keeper = null;
    this.#session?.store.close();
    this.#session = null;
  }

  /** Takes over an open store; the one before is closed. */
  async adopt(store: Store): Promise<Session> {
    if (this.#session?.store !== store) this.#leave();
    let status: LedgerStatus;
    try {
      checkMeta(store);
      this.#keeper ??= await LedgerKeeper.start(store, this.host);
      this.#session = openSession(store, this.host);
      status = await statusOf(this.#session);
    } catch (error) {
      const damage = error instanceof Fault ? null : findDamage(store);
      this.#leave();
      store.close();
      throw damage ?? error;
    }
    const { identity } = this.#session;
    if (!status.sample) this.#remember(store.path, status.officeName, identity.ledgerId);
    writeFileWhole(this.#currentFile, JSON.stringify({ path: store.path }));
    this.#trouble = null;
    this.#tell();
    return this.#session;
  }

  /** @throws Fault LEDGER_NOT_FOUND, NOT_A_LEDGER, LEDGER_DAMAGED, LEDGER_FROM_FUTURE, LEDGER_BUSY */
  async open(path: string, start?: { readonly checkLater: true }): Promise<Session> {
    // Open here already: another opening would find it in use, by ourselves.
    if (this.#session !== null && samePath(this.#session.store.path, path)) return this.#session;
    finishRestore(path);
    try {
      const store = openStore(path, {
        beforeUpgrade: (db) => takeBackup({ db, path }, this.host, 'before-upgrade'),
        ...start,
      });
      if (start) this.#checkSoon(store);
      return await this.adopt(store);
    } catch (error) {
      throw this.noteTrouble(error, path);
    }
  }

  /** At a start the first screen comes before the check of every page; damage found then closes the ledger. */
  #checkSoon(store: Store): void {
    const timer = setTimeout(() => {
      if (this.#session?.store !== store) return;
      try {
        quickCheck(store.db, store.path);
      } catch (error) {
        console.error('quick check', this.noteTrouble(error, store.path));
      }
    }, CHECK_AFTER_MS);
    timer.unref();
  }

  /**
   * Remembers damage for the page that tells what can be saved. A ledger that is open is closed, so that nothing more is
   * written into it.
   */
  noteTrouble(error: unknown, path: string): unknown {
    if (!(error instanceof Fault)) return error;
    const known = this.#recentEntries().find((entry) => samePath(entry.path, path));
    // A file that was a ledger and is none any more has lost its first page.
    const lost = error.code === 'NOT_A_LEDGER' && known !== undefined;
    if (error.code !== 'LEDGER_DAMAGED' && !lost) return error;
    const fault = lost ? new Fault('LEDGER_DAMAGED', { what: path, why: '文件头损坏' }, { cause: error }) : error;
    const identity = this.#session !== null && samePath(this.#session.store.path, path) ? this.#session.identity : null;
    if (identity !== null) this.#leave();
    this.#trouble = {
      path,
      ledgerId: identity?.ledgerId ?? known?.ledgerId ?? null,
      officeName: known?.officeName ?? '',
      code: fault.code,
      text: fault.message,
    };
    this.#tell();
    return fault;
  }

  /** The operator has read it, or it is cured. */
  clearTrouble(): void {
    this.#trouble = null;
    this.#tell();
  }

  /**
   * The start of the process: the ledger that the program was asked for, else the one that was open when it last ended. A
   * window that showed that one first would take what is typed and clicked for the other.
   */
  async begin(asked: string | undefined): Promise<void> {
    if (asked === undefined) return this.reopen();
    try {
      finishRestore(asked);
      await this.open(asked, { checkLater: true });
    } catch (error) {
      // Of damage there is a page.
      if (this.#trouble !== null) throw error;
      const problem = error instanceof Fault ? error.message : null;
      await this.reopen().finally(() => {
        this.#startProblem = problem;
      });
      throw error;
    }
  }

  /** Opens what was open when the process last ended, if it is still there. */
  async reopen(): Promise<void> {
    if (!existsSync(this.#currentFile)) return;
    const { path } = JSON.parse(readFileSync(this.#currentFile, 'utf8')) as { path: string };
    finishRestore(path);
    try {
      await this.open(path, { checkLater: true });
    } catch (error) {
      if (error instanceof Fault && this.#trouble === null) this.#startProblem = error.message;
      throw error;
    }
  }

  /** Why the ledger asked for, or that of last time, could not be opened, for the window to tell once. */
  takeStartProblem(): string | null {
    const problem = this.#startProblem;
    this.#startProblem = null;
    return problem;
  }

  /** The window turns to a past instant, read-only, or with null back to the ledger itself. @throws Fault NO_LEDGER */
  lookAt(at: number | null): void {
    const { session } = this.requirePresent();
    this.#endPast();
    if (at !== null) this.#past = openSession(openAsOf(session.store, at), { ...this.host, now: () => at });
    this.#tell();
  }

  /**
   * Restores a backup in the place of the open ledger, or of the damaged one.
   *
   * @throws Fault NO_LEDGER, NOT_ALLOWED, LEDGER_DAMAGED when the backup is not sound, DISK_FULL, READ_ONLY, FILE_LOCKED; the
   *   ledger is open again then, as it was
   */
  async restore(backup: string): Promise<{ readonly session: Session } & RestoreResult> {
    const target = this.#session?.store.path ?? this.#trouble?.path;
    if (target === undefined) throw new Fault('NO_LEDGER');
    const present = this.#session?.identity ?? null;
    try {
      const result = await restoreInto(this.host, { backup, target, present, release: () => this.#leave() });
      return { session: await this.open(target), ...result };
    } catch (error) {
      if (this.#session === null && present !== null && existsSync(target)) await this.open(target);
      throw error;
    }
  }

  #endPast(): void {
    this.#past?.store.close();
    this.#past = null;
  }

  close(): void {
    rmSync(this.#currentFile, { force: true });
    this.#leave();
    this.#tell();
  }

  /** The process ends; what is open now is opened again at the next start. */
  shutdown(): void {
    this.#leave();
  }

  /** Path of the sample ledger; an older one is removed, for samples start afresh. */
  freshSamplePath(): string {
    this.close();
    const path = join(this.host.dataFolder, '示例数据.bbledger');
    removeLedgerFile(path);
    return path;
  }

  get #currentFile(): string {
    return join(this.host.dataFolder, 'current.json');
  }

  get #recentFile(): string {
    return join(this.host.dataFolder, 'recent.json');
  }

  recent(): readonly { path: string; officeName: string; openedAt: number; exists: boolean }[] {
    return this.#recentEntries().map(({ path, officeName, openedAt }) => ({
      path,
      officeName,
      openedAt,
      exists: existsSync(path),
    }));
  }

  #recentEntries(): readonly RecentEntry[] {
    if (!existsSync(this.#recentFile)) return [];
    try {
      return JSON.parse(readFileSync(this.#recentFile, 'utf8')) as RecentEntry[];
    } catch {
      // A damaged list of recent files is no reason not to start; it is rewritten at the next opening.
      return [];
    }
  }

  #remember(path: string, officeName: string, ledgerId: string): void {
    const others = this.#recentEntries().filter((entry) => entry.path !== path);
    const list: RecentEntry[] = [{ path, officeName, openedAt: this.host.now(), ledgerId }, ...others].slice(0, 8);
    mkdirSync(dirname(this.#recentFile), { recursive: true });
    writeFileWhole(this.#recentFile, JSON.stringify(list));
  }
}
