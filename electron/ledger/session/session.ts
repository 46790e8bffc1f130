import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../../../shared/contract/faults.ts';
import type { LedgerStatus } from '../../../shared/contract/session.ts';
import type { Actor } from '../store/commit.ts';
import { writeFileWhole } from '../store/files.ts';
import { type Identity, readIdentity, readMeta } from '../store/meta.ts';
import { SCHEMA_VERSION } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open.ts';

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
  };
}

/** The ledger this process works on: at most one. */
export class Desk {
  readonly host: Host;
  #session: Session | null = null;
  readonly #watchers = new Set<(session: Session | null) => void>();

  constructor(host: Host) {
    this.host = host;
    mkdirSync(host.dataFolder, { recursive: true });
  }

  get session(): Session | null {
    return this.#session;
  }

  /** @throws Fault NO_LEDGER */
  require(): Session {
    if (this.#session === null) throw new Fault('NO_LEDGER');
    return this.#session;
  }

  onSwitch(watcher: (session: Session | null) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Takes over an open store; the one before is closed. */
  async adopt(store: Store): Promise<Session> {
    if (this.#session?.store !== store) this.#session?.store.close();
    this.#session = openSession(store, this.host);
    const status = await statusOf(this.#session);
    if (!status.sample) this.#remember(store.path, status.officeName);
    writeFileWhole(this.#currentFile, JSON.stringify({ path: store.path }));
    for (const watcher of this.#watchers) watcher(this.#session);
    return this.#session;
  }

  /** @throws Fault LEDGER_NOT_FOUND, NOT_A_LEDGER, LEDGER_DAMAGED, LEDGER_FROM_FUTURE, LEDGER_BUSY */
  async open(path: string): Promise<Session> {
    // Open here already: another opening would find it in use, by ourselves.
    if (this.#session !== null && samePath(this.#session.store.path, path)) return this.#session;
    return this.adopt(openStore(path));
  }

  /** Opens what was open when the process last ended, if it is still there. */
  async reopen(): Promise<void> {
    if (!existsSync(this.#currentFile)) return;
    const { path } = JSON.parse(readFileSync(this.#currentFile, 'utf8')) as { path: string };
    if (existsSync(path)) await this.open(path);
  }

  close(): void {
    rmSync(this.#currentFile, { force: true });
    this.#session?.store.close();
    this.#session = null;
    for (const watcher of this.#watchers) watcher(null);
  }

  /** Path of the sample ledger; an older one is removed, for samples start afresh. */
  freshSamplePath(): string {
    this.close();
    const path = join(this.host.dataFolder, '示例数据.bbledger');
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return path;
  }

  get #currentFile(): string {
    return join(this.host.dataFolder, 'current.json');
  }

  get #recentFile(): string {
    return join(this.host.dataFolder, 'recent.json');
  }

  recent(): readonly { path: string; officeName: string; openedAt: number; exists: boolean }[] {
    if (!existsSync(this.#recentFile)) return [];
    try {
      const list = JSON.parse(readFileSync(this.#recentFile, 'utf8')) as {
        path: string;
        officeName: string;
        openedAt: number;
      }[];
      return list.map((entry) => ({ ...entry, exists: existsSync(entry.path) }));
    } catch {
      // A damaged list of recent files is no reason not to start; it is rewritten at the next opening.
      return [];
    }
  }

  #remember(path: string, officeName: string): void {
    const others = this.recent().filter((entry) => entry.path !== path);
    const list = [
      { path, officeName, openedAt: this.host.now() },
      ...others.map(({ exists: _, ...entry }) => entry),
    ].slice(0, 8);
    mkdirSync(dirname(this.#recentFile), { recursive: true });
    writeFileWhole(this.#recentFile, JSON.stringify(list));
  }
}
