import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { listVolumes, writeVolume } from '../../electron/ledger/exchange/export/volume-write.ts';
import { exportTo, filesIn } from '../../electron/ledger/exchange/index.ts';
import { BlobStore, digestFile } from '../../electron/ledger/store/blobs.ts';
import { dump } from '../../electron/ledger/store/dump.ts';
import { openStore, type Store } from '../../electron/ledger/store/open.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { addProjectWithPhoto, officeAbove, VOLUMES } from './county-work.ts';
import { headOf } from './head.ts';
import { type Cost, lastAck, must, mustBeSound, reopen, runAndKill, toldOf } from './kill.ts';
import { meet, readFile } from './meet.ts';

/** A city and a county that know each other, and a stick with files of the county's that the city has not read. */
export interface Offices {
  readonly root: string;
  readonly city: string;
  readonly county: string;
  readonly stick: string;
  /** Each carries what those before it carry, for nothing is acknowledged. */
  readonly files: readonly { readonly name: string; readonly bundleId: string; readonly projects: number }[];
}

const FILES = 8;
const actor = () => ({ operator: '李某', now: Date.now() });

/** Made once a run and copied for each kill: passphrases are slow on purpose. */
export async function foundOffices(): Promise<Offices> {
  const root = mkdtempSync(join(tmpdir(), 'baobao-torture-'));
  const stick = join(root, 'U盘');
  mkdirSync(stick);
  const { city, county } = await meet(root, 1, actor);
  const files: Offices['files'][number][] = [];
  for (let number = 1; number <= FILES; number += 1) {
    await addProjectWithPhoto(county, actor(), 150);
    const sent = await exportFrom(county, stick);
    const row = county.db.prepare('SELECT "bundleId" FROM "exchange" WHERE "id" = ?').pluck().get(sent.exchangeId);
    files.push({ name: sent.fileName, bundleId: row as string, projects: 150 * number });
  }
  const offices = { root, city: city.path, county: county.path, stick, files };
  city.close();
  county.close();
  return offices;
}

function exportFrom(store: Store, stick: string) {
  return exportTo(store, { officeId: officeAbove(store), full: false }, stick, {
    actor: actor(),
    volumeLimits: VOLUMES,
  });
}

/** A ledger of its own to be hurt, with its photos. */
function copyOf(ledger: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, basename(ledger));
  copyFileSync(ledger, path);
  cpSync(`${ledger}.files`, `${path}.files`, { recursive: true, force: true });
  return path;
}

/** What a county sends, as text. */
const sentBy = (store: Store): string => [...dump(store, ['project', 'attachment'])].join('');

function photosOf(store: Store): string[] {
  return store.db.prepare('SELECT "digest" FROM "attachment" ORDER BY "id"').pluck().all() as string[];
}

/** Whatever lies at the place of a photo is that photo, whole. */
async function mustHoldWholePhotos(ledger: string): Promise<void> {
  const { folder } = new BlobStore(ledger);
  const groups = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name.length === 2);
  for (const group of groups) {
    for (const name of readdirSync(join(folder, group.name))) {
      const { digest } = await digestFile(join(folder, group.name, name));
      must(digest === group.name + name, `a photo is not what its name says: ${name}`);
    }
  }
}

/** The city reads all that lies on a stick; nothing there may be half a file. */
async function readAll(city: Store, stick: string): Promise<void> {
  for (const path of filesIn(stick)) {
    const report = await readFile(city, path, actor());
    must(
      report.state === 'applied' || report.state === 'repeated',
      `${basename(path)}: ${report.state} ${report.fault?.text ?? ''}`,
    );
  }
}

function mustHaveArrived(city: Store, county: Store): void {
  must(sentBy(city) === sentBy(county), 'the city does not show what the county sent');
  const files = new BlobStore(city.path);
  must(
    photosOf(county).every((digest) => files.has(digest)),
    'a photo did not arrive',
  );
}

const begun = (lines: readonly string[]): number => lines.filter((line) => line.startsWith('begin')).length;

/** The city is killed while it reads the county's files: each of them is in wholly or not at all; then all are read. */
export async function killAtImport(offices: Offices, random: () => number): Promise<Cost> {
  const root = mkdtempSync(join(tmpdir(), 'baobao-torture-'));
  try {
    const path = join(root, basename(offices.city));
    copyFileSync(offices.city, path);
    const data = join(root, 'data');
    const { lines } = await runAndKill(['import', path, data, offices.stick], random() * 1800);
    const acknowledged = lastAck(lines);
    const { desk, store, lost } = await reopen(path, data, acknowledged);
    const applied = new Set(
      store.db.prepare(`SELECT "bundleId" FROM "exchange" WHERE "direction" = 'in'`).pluck().all() as string[],
    );
    const told = toldOf(lines, 'read');
    const forgotten = offices.files.filter(({ name, bundleId }) => told.includes(name) && !applied.has(bundleId));
    const inside = store.db.prepare('SELECT count(*) FROM "project"').pluck().get() as number;
    const expected = Math.max(0, ...offices.files.filter((f) => applied.has(f.bundleId)).map((f) => f.projects));
    must(inside === expected, `${inside} projects are in, the register says ${expected}`);
    if (told.length > 0) await mustHoldWholePhotos(path);
    await readAll(store, offices.stick);
    mustBeSound(store);
    await mustHoldWholePhotos(path);
    const county = openStore(offices.county, { readOnly: true });
    mustHaveArrived(store, county);
    county.close();
    desk.shutdown();
    return {
      acknowledged: acknowledged + told.length,
      lost: lost + forgotten.length,
      amid: begun(lines) > told.length,
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What a killed export left under its temporary name is no sync file, unless every byte of it was there. */
async function mustNotPassForWhole(stick: string, city: Store): Promise<void> {
  const parts = readdirSync(stick).filter((name) => name.endsWith('.part'));
  const given = join(stick, '..', '改名');
  mkdirSync(given, { recursive: true });
  for (const name of parts) {
    must(!filesIn(stick).some((path) => basename(path) === name), 'a half-written file is offered');
    const renamed = join(given, name.replace(/^\./u, '').replace(/\.part$/u, ''));
    copyFileSync(join(stick, name), renamed);
    const report = await readFile(city, renamed, actor());
    // Killed between the last byte and the renaming: signature, digests and every photo of it were just checked.
    if (report.state === 'applied' || report.state === 'repeated') continue;
    must(report.state === 'refused', `half a file is ${report.state}`);
  }
}

/** The county is killed while it writes files: what bears the name of a sync file is whole; then it goes on, all arrives. */
export async function killAtExport(offices: Offices, random: () => number): Promise<Cost> {
  const root = mkdtempSync(join(tmpdir(), 'baobao-torture-'));
  try {
    const path = copyOf(offices.county, join(root, '县'));
    const cityPath = join(root, basename(offices.city));
    copyFileSync(offices.city, cityPath);
    const stick = join(root, 'U盘');
    mkdirSync(stick);
    const data = join(root, 'data');
    const { lines } = await runAndKill(['export', path, data, stick], random() * 900);
    const acknowledged = lastAck(lines);
    const { desk, store, lost } = await reopen(path, data, acknowledged);
    const present = new Set(readdirSync(stick));
    const gone = toldOf(lines, 'written').filter((name) => !present.has(name));
    const city = openStore(cityPath);
    await mustNotPassForWhole(stick, city);
    await readAll(city, stick);
    mustBeSound(city);
    // As after a power cut: the clerk opens the program and sends again.
    for (const { bundleId, volume } of listVolumes(store)) {
      await writeVolume(store, { bundleId, volume }, stick, { actor: actor() });
    }
    const sent = await exportFrom(store, stick);
    must(sent.unwritten === 0, sent.unwrittenWhy ?? 'unwritten');
    const left = readdirSync(stick).filter((name) => name.endsWith('.part'));
    must(left.length === 0, `leftovers stay on the stick: ${left.join(', ')}`);
    await readAll(city, stick);
    mustHaveArrived(city, store);
    await mustHoldWholePhotos(cityPath);
    city.close();
    desk.shutdown();
    const written = toldOf(lines, 'written').length;
    return { acknowledged: acknowledged + written, lost: lost + gone.length, amid: begun(lines) > written };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

async function codeOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

/** A stick that is full: nothing on it bears the name of a sync file, and the next number is not spent. */
export async function fullStick(offices: Offices, stick: string): Promise<Cost> {
  const root = mkdtempSync(join(tmpdir(), 'baobao-torture-'));
  const county = openStore(copyOf(offices.county, root));
  try {
    const { n } = headOf(county);
    writeFileSync(join(stick, 'other.bin'), Buffer.alloc(1_600_000));
    const code = await codeOf(() => exportFrom(county, stick));
    must(code === 'DISK_FULL', `a full stick is told as ${code}`);
    must(readdirSync(stick).length === 1, 'half a file stays on a full stick');
    mustBeSound(county);
    rmSync(join(stick, 'other.bin'));
    const sent = await exportFrom(county, root);
    must(sent.number === offices.files.length + 2, `number ${sent.number} after a failed export`);
    return { acknowledged: n, lost: Math.max(0, n - headOf(county).n) };
  } finally {
    county.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** The disk of the ledger fills up while a file is read: refused, the ledger as it was; with room again it is read. */
export async function fullAtImport(offices: Offices, folder: string): Promise<Cost> {
  const path = join(folder, basename(offices.city));
  copyFileSync(offices.city, path);
  const city = openStore(path);
  try {
    const before = [...dump(city)].join('');
    const { n } = headOf(city);
    const ballast = join(folder, 'other.bin');
    const file = join(offices.stick, offices.files.at(-1)?.name ?? '');
    writeFileSync(ballast, Buffer.alloc(Math.max(0, freeBytes(folder) - 200_000)));
    const report = await readFile(city, file, actor());
    must(
      report.state === 'refused' && report.fault?.code === 'DISK_FULL',
      `told as ${report.fault?.code ?? report.state}`,
    );
    must([...dump(city)].join('') === before, 'half a file is in');
    rmSync(ballast);
    const again = await readFile(city, file, actor());
    must(again.state === 'applied' && again.arrival === 'new', `with room again: ${again.state} ${again.arrival}`);
    mustBeSound(city);
    return { acknowledged: n, lost: Math.max(0, n - headOf(city).n) };
  } finally {
    city.close();
  }
}
