import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../shared/contract/faults.ts';
import { LedgerKeeper, takeBackup } from '../ledger/backup/index.ts';
import { type Host, openSession, type Session } from '../ledger/session/index.ts';
import { fileFault } from '../ledger/store/files.ts';
import { findDamage } from '../ledger/store/find-damage.ts';
import { checkMeta, writeMeta } from '../ledger/store/meta.ts';
import { SCHEMA_VERSION } from '../ledger/store/migrate.ts';
import { openStore, type Store } from '../ledger/store/open.ts';

/** Options every command takes. */
export interface CommonOptions {
  readonly ledger: string;
  readonly operator?: string;
  /** Local time to act at, `YYYY-MM-DDTHH:mm`; the machine's own when absent. */
  readonly clock?: string;
  readonly json?: boolean;
}

/**
 * The program's own folder, the same as the window's, so that both see how far this PC has seen a ledger and keep its backups
 * in one place. BAOBAO_DATA_DIR names another.
 */
function dataFolder(): string {
  const given = process.env['BAOBAO_DATA_DIR'];
  if (given !== undefined && given !== '') return given;
  const settings =
    process.platform === 'win32'
      ? (process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'))
      : (process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'));
  return join(settings, '包保台账');
}

/** @throws Fault INVALID_VALUE when the clock cannot be read */
export function hostOf(options: Pick<CommonOptions, 'clock'>): Host {
  if (options.clock === undefined) return { dataFolder: dataFolder(), now: Date.now };
  const start = new Date(options.clock).getTime();
  if (Number.isNaN(start))
    throw new Fault('INVALID_VALUE', { what: '--clock', why: '应为 2021-05-18T10:00 这样的时间' });
  const offset = start - Date.now();
  return { dataFolder: dataFolder(), now: () => Date.now() + offset };
}

/** A folder to write into, made when it is not there. @throws Fault INVALID_VALUE, READ_ONLY, DISK_FULL, FILE_GONE */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR'))
      throw new Fault('INVALID_VALUE', { what: path, why: '是文件，不是文件夹' }, { cause: error });
    throw fileFault(error, path);
  }
}

function openToWrite(path: string, host: Host): Store {
  return openStore(path, { beforeUpgrade: (db) => takeBackup({ db, path }, host, 'before-upgrade') });
}

/** Read-only, but for a ledger of an older version, which has to be brought up to date first. */
function openToRead(path: string, host: Host): Store {
  const store = openStore(path, { readOnly: true });
  if ((store.db.pragma('user_version', { simple: true }) as number) === SCHEMA_VERSION) return store;
  store.close();
  return openToWrite(path, host);
}

/** Over a damaged ledger any command stumbles somehow. */
function told(store: Store, error: unknown): unknown {
  return error instanceof Fault ? error : (findDamage(store) ?? error);
}

/** Opens the ledger for a command that only looks; also beside a window that has it open. */
export async function withReading<T>(options: CommonOptions, work: (session: Session) => Promise<T> | T): Promise<T> {
  const host = hostOf(options);
  const store = openToRead(options.ledger, host);
  try {
    checkMeta(store);
    return await work(openSession(store, host));
  } catch (error) {
    throw told(store, error);
  } finally {
    store.close();
  }
}

/** Opens the ledger for one command and closes it whatever happens. @throws Fault LEDGER_BUSY while a window has it open */
export async function withSession<T>(
  options: CommonOptions,
  work: (session: Session, keeper: LedgerKeeper) => Promise<T> | T,
): Promise<T> {
  const host = hostOf(options);
  const store = openToWrite(options.ledger, host);
  let keeper: LedgerKeeper | undefined;
  try {
    checkMeta(store);
    keeper = await LedgerKeeper.start(store, host);
    if (options.operator !== undefined) writeMeta(store, 'operator', options.operator);
    const result = await work(openSession(store, host), keeper);
    await keeper.settled();
    return result;
  } catch (error) {
    throw told(store, error);
  } finally {
    keeper?.stop();
    store.close();
  }
}
