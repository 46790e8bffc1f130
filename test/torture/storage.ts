import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupFolder, backupNow, backupsIn, rotate, takeBackup } from '../../electron/ledger/backup/index.ts';
import { createCityLedger, Desk } from '../../electron/ledger/session/index.ts';
import { openAsOf } from '../../electron/ledger/store/as-of.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { createStore } from '../../electron/ledger/store/create.ts';
import { dump } from '../../electron/ledger/store/dump.ts';
import { removeLedgerFile } from '../../electron/ledger/store/files.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { migrateTo, SCHEMA_VERSION } from '../../electron/ledger/store/migrate.ts';
import { connectLedger, openStore, type Store } from '../../electron/ledger/store/open.ts';
import { namesOf } from '../../electron/ledger/store/schema-names.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { foundOffices, fullAtImport, fullStick, killAtExport, killAtImport, type Offices } from './exchange-kills.ts';
import { headOf } from './head.ts';
import { type Cost, lastAck, must, mustBeSound, reopen, runAndKill, toldOf } from './kill.ts';

export interface TortureOptions {
  readonly kills: number;
  readonly seed: number;
  /** One line for each round, for whoever watches. */
  readonly log?: (line: string) => void;
}

export interface TortureResult {
  /** Kills, full disks, read-only places, vanished files, clock jumps. */
  readonly faults: number;
  readonly kills: Readonly<Record<Work, number>>;
  /** Acknowledged changes that were not there afterwards. Must be 0. */
  readonly lost: number;
  /** Acknowledged changes that were looked for. */
  readonly acknowledged: number;
  /** Kills while a sync file was half read or half written. */
  readonly amid: number;
  /** What this machine does not allow, with the reason. */
  readonly skipped: readonly string[];
}

export type Work = 'edit' | 'backup' | 'migrate' | 'restore' | 'import' | 'export';
const WORKS: readonly Work[] = ['edit', 'edit', 'backup', 'migrate', 'restore', 'import', 'import', 'export', 'export'];

const START = new Date(2021, 4, 18, 9).getTime();

/** Small and good enough to be repeated from its seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly dataFolder: string;
  readonly backups: string;
}

function newCity(path: string): Store {
  return createCityLedger(
    { path, place: '安澜市', placeShort: '安', operator: '王某', presetId: 'hundredDays', year: 2021 },
    START,
  );
}

async function newPlace(): Promise<Place> {
  const root = mkdtempSync(join(tmpdir(), 'baobao-torture-'));
  const place = {
    root,
    path: join(root, '市.bbledger'),
    dataFolder: join(root, 'data'),
    backups: join(root, 'backups'),
  };
  mkdirSync(place.backups);
  const desk = new Desk({ dataFolder: place.dataFolder, now: Date.now });
  await desk.adopt(newCity(place.path));
  desk.shutdown();
  return place;
}

/** The ledger as version 1 of the program would have it. */
function downgrade(path: string): void {
  const first = connectLedger(':memory:', { create: true });
  migrateTo(first, 1);
  const kept = namesOf(first);
  first.close();
  const db = connectLedger(path, {});
  db.transaction(() => {
    for (const name of namesOf(db)) {
      const [table = '', column] = name.split('.');
      if (kept.has(name)) continue;
      if (column === undefined) db.exec(`DROP TABLE "${table}"`);
      else if (kept.has(table)) db.exec(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
    }
    db.pragma('user_version = 1');
  })();
  db.close();
}

/** @returns acknowledged changes lost in a kill */
async function lostAfter(place: Place, acknowledged: number): Promise<number> {
  const { desk, lost } = await reopen(place.path, place.dataFolder, acknowledged);
  desk.shutdown();
  return lost;
}

async function killAtEdit(place: Place, random: () => number): Promise<Cost> {
  const { lines } = await runAndKill(['edit', place.path, place.dataFolder], random() * 250);
  const acknowledged = lastAck(lines);
  return { acknowledged, lost: await lostAfter(place, acknowledged) };
}

async function killAtBackup(place: Place, random: () => number): Promise<Cost> {
  const { lines } = await runAndKill(['backup', place.path, place.dataFolder, place.backups], random() * 250);
  const acknowledged = lastAck(lines);
  const lost = await lostAfter(place, acknowledged);
  for (const path of toldOf(lines, 'backup')) must(existsSync(path), `a backup that was told is not there: ${path}`);
  // Whatever bears the name of a backup is one, told or not.
  for (const { path } of backupsIn(place.backups)) {
    const copy = openStore(path, { readOnly: true });
    mustBeSound(copy);
    copy.close();
  }
  const store = openStore(place.path);
  backupNow(store, { reason: 'manual', folder: place.backups, now: Date.now() });
  store.close();
  must(!readdirSync(place.backups).some((name) => name.includes('.part')), 'leftovers of a backup stay');
  for (const name of readdirSync(place.backups)) rmSync(join(place.backups, name));
  return { acknowledged, lost };
}

async function killAtMigration(place: Place, random: () => number): Promise<Cost> {
  const path = join(place.root, '旧版.bbledger');
  const old = { ...place, path };
  removeLedgerFile(path);
  const store = createStore(path, { officeId: newId(), level: 'city', operator: '王某', now: START });
  for (let number = 0; number < 200; number += 1) register(store, `某${number}`);
  const before = [...dump(store)].join('');
  const { n } = headOf(store);
  store.close();
  // Of the people alone, who were there in version 1.
  downgrade(path);
  await runAndKill(['migrate', path, place.dataFolder], random() * 90);
  const lost = await lostAfter(old, n);
  const after = openStore(path);
  must(after.db.pragma('user_version', { simple: true }) === SCHEMA_VERSION, 'not migrated');
  must([...dump(after)].join('') === before, 'a migration changed data');
  const { ledgerId } = readIdentity(after);
  const kept = backupsIn(backupFolder(place.dataFolder, ledgerId)).some(({ reason }) => reason === 'before-upgrade');
  must(kept, 'upgraded without a backup');
  after.close();
  return { acknowledged: n, lost };
}

async function killAtRestore(place: Place, random: () => number): Promise<Cost> {
  const store = openStore(place.path);
  const { path: backup, head } = backupNow(store, { reason: 'manual', folder: place.backups, now: Date.now() });
  store.close();
  const { lines } = await runAndKill(['restore', place.path, place.dataFolder, backup], random() * 400);
  const acknowledged = lastAck(lines);
  // Killed in the middle, the ledger at the path is the restored one, the one before, or waits to be put there.
  const desk = new Desk({ dataFolder: place.dataFolder, now: Date.now });
  const { store: opened } = await desk.open(place.path);
  mustBeSound(opened);
  must(headOf(opened).n >= head.n, 'less than the backup held');
  desk.shutdown();
  // What was acknowledged before a restore is in a file put aside; what was after it, at the path.
  let most = 0;
  for (const name of readdirSync(place.root).filter((file) => file.endsWith('.bbledger'))) {
    const each = openStore(join(place.root, name), { readOnly: true });
    most = Math.max(most, headOf(each).n);
    each.close();
    if (!join(place.root, name).endsWith('市.bbledger')) {
      removeLedgerFile(join(place.root, name));
    }
  }
  return { acknowledged, lost: Math.max(0, acknowledged - most) };
}

const killAt: Readonly<Record<Work, (place: Place, random: () => number, offices: Offices) => Promise<Cost>>> = {
  edit: killAtEdit,
  backup: killAtBackup,
  migrate: killAtMigration,
  restore: killAtRestore,
  import: (_, random, offices) => killAtImport(offices, random),
  export: (_, random, offices) => killAtExport(offices, random),
};

function register(store: Store, name: string, now = Date.now()): number {
  const id = newId();
  const { n } = commit(
    store,
    {
      kind: 'edit',
      title: `登记${name}`,
      changes: [{ entity: 'person', id, set: { name, note: '备注'.repeat(95) } }],
    },
    { operator: '王某', now },
  );
  return n ?? 0;
}

function faultOf(work: () => unknown): Fault | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** What became of one injected fault: acknowledged changes and those lost; or why it could not be tried here. */
type Outcome = Cost | { readonly skipped: string };

const tmpfs = (size: string): readonly string[] => ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs'];

/** Runs with a mounted file system of its own; needs root. */
async function withMount(
  args: readonly string[],
  folder: string,
  work: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', [...args, folder], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    return { skipped: `mount ${args.join(' ')}: ${mounted.stderr?.trim() || String(mounted.error)}` };
  }
  try {
    return await work();
  } finally {
    spawnSync('umount', ['-l', folder]);
  }
}

/** A full disk: refused in words, nothing lost, readable and writable again once there is room. */
function fullDisk(root: string): Promise<Outcome> {
  const folder = join(root, 'full');
  return withMount(tmpfs('6m'), folder, () => {
    const path = join(folder, '市.bbledger');
    let store = newCity(path);
    const ballast = join(folder, 'other.bin');
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    let acknowledged = headOf(store).n;
    let fault: Fault | null = null;
    for (let round = 0; round < 5000 && fault === null; round += 1) {
      fault = faultOf(() => {
        acknowledged = register(store, `某${round}`);
      });
    }
    must(fault?.code === 'DISK_FULL', `a full disk is told as ${fault?.code}`);
    must(headOf(store).n === acknowledged, 'half a change');
    must(
      faultOf(() => backupNow(store, { reason: 'manual', folder: join(folder, 'b'), now: Date.now() }))?.code ===
        'DISK_FULL',
      'a backup that does not fit',
    );
    must(backupsIn(join(folder, 'b')).length === 0, 'half a backup stays');
    store.close();
    // A start on the full disk: opens, or says why; either way nothing changes.
    const refused = faultOf(() => openStore(path).close());
    must(
      refused === null || refused.code === 'DISK_FULL',
      `opened on a full disk: ${refused?.code} ${refused?.message}`,
    );
    rmSync(ballast);
    store = openStore(path);
    mustBeSound(store);
    const lost = Math.max(0, acknowledged - headOf(store).n);
    register(store, '腾出空间后');
    store.close();
    return { lost, acknowledged };
  });
}

/** A write-protected place: refused in words, the ledger as it was. */
function readOnlyPlace(root: string): Promise<Outcome> {
  const source = join(root, 'protected');
  mkdirSync(source);
  const inside = join(source, '市.bbledger');
  const made = newCity(inside);
  const acknowledged = register(made, '某甲');
  backupNow(made, { reason: 'manual', folder: source, now: START });
  made.close();
  const folder = join(root, 'stick');
  return withMount(['--bind', source], folder, () => {
    const remounted = spawnSync('mount', ['-o', 'remount,ro,bind', folder], { encoding: 'utf8' });
    if (remounted.status !== 0) return { skipped: `remount read-only: ${remounted.stderr.trim()}` };
    const path = join(folder, '市.bbledger');
    const fault = faultOf(() => openStore(path));
    must(fault?.code === 'READ_ONLY', `a ledger on a write-protected stick: ${fault?.code} ${fault?.message}`);
    const other = openStore(inside);
    must(
      faultOf(() => backupNow(other, { reason: 'manual', folder: join(folder, 'x'), now: START }))?.code ===
        'READ_ONLY',
      'a backup to a write-protected stick',
    );
    mustBeSound(other);
    const lost = Math.max(0, acknowledged - headOf(other).n);
    other.close();
    // A backup, unlike a ledger, can be read from it: it needs no file beside it.
    const [backup] = backupsIn(folder);
    must(backup !== undefined, 'the backup on the stick');
    const copy = openStore(backup?.path ?? '', { readOnly: true });
    mustBeSound(copy);
    copy.close();
    return { lost, acknowledged };
  });
}

/** A file that vanishes under the program: nothing is acknowledged from then on; the backup of before is whole. */
function vanishingFile(root: string): Outcome {
  const path = join(root, '消失.bbledger');
  const store = newCity(path);
  const acknowledged = register(store, '某甲');
  const { path: backup } = takeBackup(store, { dataFolder: join(root, 'data'), now: Date.now }, 'manual');
  removeLedgerFile(path);
  must(faultOf(() => register(store, '某乙'))?.code === 'FILE_GONE', 'a change went into a file that is gone');
  store.close();
  must(faultOf(() => openStore(path))?.code === 'LEDGER_NOT_FOUND', 'a file that is gone was opened');
  const copy = openStore(backup, { readOnly: true });
  const lost = Math.max(0, acknowledged - headOf(copy).n);
  copy.close();
  return { lost, acknowledged };
}

/** Clock jumps of years, both ways: order and chain stand, rotation never removes the newest backup. */
function clockJumps(root: string, random: () => number): Outcome {
  const path = join(root, '时钟.bbledger');
  const store = newCity(path);
  const folder = join(root, 'jumps');
  let acknowledged = headOf(store).n;
  let last = '';
  for (let round = 0; round < 60; round += 1) {
    const now = Math.floor(START + (random() - 0.5) * 40 * 365 * 86_400_000);
    acknowledged = register(store, `某${round}`, now);
    const stamp = store.db.prepare('SELECT "stamp" FROM "journal" ORDER BY "n" DESC LIMIT 1').pluck().get() as string;
    must(stamp > last, 'a stamp went back');
    last = stamp;
    if (round % 5 === 0) {
      const made = backupNow(store, { reason: 'daily', folder, now });
      rotate(folder, now);
      must(existsSync(made.path), 'rotation removed the backup just made');
    }
  }
  mustBeSound(store);
  const then = openAsOf(store, START);
  must(headOf(then).n <= acknowledged, 'as of');
  then.close();
  const lost = Math.max(0, acknowledged - headOf(store).n);
  store.close();
  return { lost, acknowledged };
}

/**
 * Kills the program at random moments of editing, backing up, upgrading, restoring, reading and writing sync files, and opens
 * the ledger again each time; then a full disk and a full stick, a read-only place, a file that vanishes, a clock that jumps
 * by years.
 *
 * @throws Error naming what does not hold, with the seed
 */
export async function runStorageTorture(options: TortureOptions): Promise<TortureResult> {
  const random = randomOf(options.seed);
  const kills: Record<Work, number> = { edit: 0, backup: 0, migrate: 0, restore: 0, import: 0, export: 0 };
  const skipped: string[] = [];
  let faults = 0;
  let lost = 0;
  let acknowledged = 0;
  let amid = 0;
  let place = await newPlace();
  const offices = await foundOffices();
  const root = mkdtempSync(join(tmpdir(), 'baobao-torture-'));
  try {
    for (let round = 0; round < options.kills; round += 1) {
      const work = WORKS[Math.floor(random() * WORKS.length)] ?? 'edit';
      // A ledger of a new start now and then, so that checking it whole each time stays quick.
      if (round % 25 === 24) {
        rmSync(place.root, { recursive: true, force: true });
        place = await newPlace();
      }
      const outcome = await killAt[work](place, random, offices);
      kills[work] += 1;
      faults += 1;
      lost += outcome.lost;
      acknowledged += outcome.acknowledged;
      amid += outcome.amid === true ? 1 : 0;
      options.log?.(
        `${round + 1}/${options.kills} ${work}: acknowledged ${outcome.acknowledged}, lost ${outcome.lost}`,
      );
    }
    const injections: Readonly<Record<string, () => Outcome | Promise<Outcome>>> = {
      'full disk': () => fullDisk(root),
      'full stick at export': () => withMount(tmpfs('2m'), join(root, 'u'), () => fullStick(offices, join(root, 'u'))),
      'full disk at import': () =>
        withMount(tmpfs('16m'), join(root, 'c'), () => fullAtImport(offices, join(root, 'c'))),
      'read-only place': () => readOnlyPlace(root),
      'vanished file': () => vanishingFile(root),
      'clock jumps': () => clockJumps(root, random),
    };
    for (const [name, inject] of Object.entries(injections)) {
      const outcome = await inject();
      if ('skipped' in outcome) {
        skipped.push(`${name}: ${outcome.skipped}`);
        continue;
      }
      faults += name === 'clock jumps' ? 60 : 1;
      lost += outcome.lost;
      acknowledged += outcome.acknowledged;
      options.log?.(`${name}: acknowledged ${outcome.acknowledged}, lost ${outcome.lost}`);
    }
  } catch (error) {
    throw new Error(`seed ${options.seed}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    for (const folder of [root, place.root, offices.root]) rmSync(folder, { recursive: true, force: true });
  }
  return { faults, kills, lost, acknowledged, amid, skipped };
}
