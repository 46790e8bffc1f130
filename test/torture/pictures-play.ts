import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { addPhoto } from '../../electron/ledger/attachments/intake.ts';
import { incarnate, ownStreams } from '../../electron/ledger/backup/incarnation.ts';
import { bringPictures, checkPictures, keepPictures, neededPictures } from '../../electron/ledger/backup/pictures.ts';
import { clearUnused } from '../../electron/ledger/backup/unused-pictures.ts';
import { openBundle } from '../../electron/ledger/exchange/bundle/bundle-read.ts';
import { listVolumes, writeVolume } from '../../electron/ledger/exchange/export/volume-write.ts';
import { stagePictures } from '../../electron/ledger/exchange/import/pictures-in.ts';
import { undoImport } from '../../electron/ledger/exchange/import/undo-import.ts';
import { exportTo, Importer } from '../../electron/ledger/exchange/index.ts';
import { readerOf } from '../../electron/ledger/exchange/offices/keys.ts';
import { BlobStore } from '../../electron/ledger/store/blobs.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { openStore, type Store } from '../../electron/ledger/store/open.ts';
import { undo } from '../../electron/ledger/store/undo.ts';
import type { ExportResult, FileReport } from '../../shared/contract/exchange.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { Office, officeAbove, partnersOf, type Region } from '../stories/exchange/offices.ts';
import { Broken } from './play.ts';

/** Volumes of one large picture or a few small ones; all in one file only where there is next to nothing. */
const VOLUMES = { volumeBytes: 30_000, oneFileBytes: 6000 };
const DAY = 86_400_000;
const MOST_ROUNDS = 10;

const what = fc.nat(7);
const rot = fc.constantFrom('gone', 'flipped', 'cut', 'empty');

/**
 * What may happen to the pictures of a city and the offices below it; each step does nothing where it cannot be done.
 *
 * @param below how many, counties first
 */
export const pictureStep = (below: number) => {
  const who = fc.nat(below);
  const of = <K extends string>(kind: K) => fc.constant(kind);
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: of('add'), who, project: what, picture: what }) },
    { weight: 2, arbitrary: fc.record({ kind: of('void'), who, row: what }) },
    { weight: 1, arbitrary: fc.record({ kind: of('title'), who, row: what }) },
    { weight: 1, arbitrary: fc.record({ kind: of('move'), project: what, to: fc.nat(below - 1) }) },
    { weight: 6, arbitrary: fc.record({ kind: of('send'), who, to: what, cut: fc.nat(4), full: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ kind: of('volume'), who, volume: what }) },
    { weight: 9, arbitrary: fc.record({ kind: of('read'), file: fc.oneof(fc.nat(3), fc.nat(20)), spoil: fc.nat(9) }) },
    { weight: 3, arbitrary: fc.record({ kind: of('rot'), who, picture: what, how: rot }) },
    { weight: 1, arbitrary: fc.record({ kind: of('folder'), who, back: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: of('backUp'), who }) },
    { weight: 1, arbitrary: fc.record({ kind: of('restore'), who, bring: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: of('newPc'), who, bring: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: of('clone'), who: fc.integer({ min: 1, max: below }), picture: what }) },
    { weight: 2, arbitrary: fc.record({ kind: of('clear'), who, aged: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: of('check'), who }) },
    { weight: 1, arbitrary: fc.record({ kind: of('undo'), who, imported: fc.boolean() }) },
  );
};
export type PictureStep = ReturnType<typeof pictureStep> extends fc.Arbitrary<infer T> ? T : never;

/** What was done, for whoever looks at the count of cases. */
export interface Told {
  sent: number;
  /** Volumes beside them. */
  volumes: number;
  read: number;
  refused: number;
  /** Added. */
  pictures: number;
  /** Brought to some office when all passed to all at the end. */
  healed: number;
  /** Named at the end, and nobody had them any more. */
  lost: number;
}

interface Sent {
  readonly path: string;
  readonly from: Office;
  readonly to: Office;
}

interface Kept {
  readonly ledger: string;
  /** Folder of the second place. */
  readonly second: string;
}

function hold(condition: boolean, why: () => string): void {
  if (!condition) throw new Broken(why());
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A picture of 2 to 20 kB that no packing makes smaller, the same for the same number; its thumbnail is of 100 bytes. */
function content(picture: number): { readonly picture: Buffer; readonly thumb: Buffer } {
  const blocks = Array.from({ length: 60 + (picture % 5) * 140 }, (_, at) =>
    createHash('sha256').update(`${picture}/${at}`).digest(),
  );
  return { picture: Buffer.concat(blocks), thumb: Buffer.concat(blocks.slice(0, 3)) };
}

/** Digests of the files of an office that are what their name says, and of those that are not. */
function lookAt(folder: string): { readonly whole: Set<string>; readonly wrong: Set<string> } {
  const [whole, wrong] = [new Set<string>(), new Set<string>()];
  const groups = existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/u.test(name)) : [];
  for (const group of groups) {
    for (const name of readdirSync(join(folder, group))) {
      const digest = group + name;
      (digestOf(readFileSync(join(folder, group, name))) === digest ? whole : wrong).add(digest);
    }
  }
  return { whole, wrong };
}

/** Digests that the rows of a ledger name, of those in use or of all. */
function named({ db }: Pick<Store, 'db'>, inUse: boolean): Set<string> {
  const where = inUse ? 'WHERE "voided" = 0' : '';
  const rows = db.prepare(`SELECT "digest", "thumbDigest" FROM "attachment" ${where}`).all() as Record<
    'digest' | 'thumbDigest',
    string | null
  >[];
  return new Set(rows.flatMap(({ digest, thumbDigest }) => [digest, thumbDigest]).filter((each) => each !== null));
}

/** Plays a schedule of pictures over a region on files, and tells what does not hold. */
export class PicturesPlay {
  readonly #world: Region;
  readonly #offices: readonly Office[];
  readonly #files: Sent[] = [];
  readonly #kept = new Map<Office, Kept[]>();
  readonly #cloned = new Set<string>();
  #count = 0;
  readonly told: Told = { sent: 0, volumes: 0, read: 0, refused: 0, pictures: 0, healed: 0, lost: 0 };

  constructor(world: Region) {
    this.#world = world;
    this.#offices = [world.city, ...world.counties, ...world.towns];
  }

  #office(index: number): Office {
    const office = this.#offices[index];
    if (!office) throw new RangeError('no such office');
    return office;
  }

  #above(office: Office): Office {
    return officeAbove(this.#world, office);
  }

  #folder(office: Office): string {
    return new BlobStore(office.store.path).folder;
  }

  #newPath(name: string): string {
    this.#count += 1;
    return join(this.#world.folder, `${name}-${this.#count}`);
  }

  /** Each office below has a project that all above know. */
  async begin(): Promise<void> {
    const { city, counties, towns } = this.#world;
    for (const each of [...towns, ...counties]) each.addProject(`${each.name}的项目`);
    for (const each of [...towns, ...counties]) await this.#pass(each, this.#above(each));
    for (const each of counties) await this.#pass(city, each);
    for (const each of towns) await this.#pass(this.#above(each), each);
  }

  async play(item: PictureStep): Promise<void> {
    if (item.kind === 'move') return this.#move(item.project, item.to);
    if (item.kind === 'read') return this.#readSome(item);
    const office = this.#office(item.who);
    const before = lookAt(this.#folder(office)).whole;
    switch (item.kind) {
      case 'add':
        await this.#add(office, item.project, item.picture);
        break;
      case 'void':
      case 'title': {
        const ids = office.ids('attachment');
        const id = ids[item.row % Math.max(1, ids.length)];
        if (id !== undefined) {
          const change = item.kind === 'void' ? { voided: item.row % 3 === 0 ? 0 : 1 } : { title: `说明${item.row}` };
          office.set('attachment', id, change);
        }
        break;
      }
      case 'send':
        await this.#sendSome(office, item);
        break;
      case 'volume': {
        const volumes = listVolumes(office.store);
        const volume = volumes[item.volume % Math.max(1, volumes.length)];
        if (volume) await this.#volumeAgain(office, volume);
        break;
      }
      case 'rot':
        return this.#rot(office, item.picture, item.how);
      case 'folder':
        return this.#folderOf(office, item.back);
      case 'backUp':
        await this.#backUp(office);
        break;
      case 'restore':
        await this.#restore(office, item.bring);
        break;
      case 'newPc':
        return this.#newPc(office, item.bring);
      case 'clone':
        await this.#clone(office, item.picture);
        break;
      case 'clear':
        return this.#clear(office, item.aged, before);
      case 'check':
        await this.#check(office);
        break;
      case 'undo':
        this.#undo(office, item.imported);
    }
    const after = lookAt(this.#folder(office)).whole;
    for (const digest of before) hold(after.has(digest), () => `${office.name} lost ${digest} by ${item.kind}`);
  }

  async #add(office: Office, project: number, number: number): Promise<void> {
    const mine = office.rows('project').filter(({ unitId }) => office === this.#world.city || unitId === office.unitId);
    const projectId = mine[project % Math.max(1, mine.length)]?.['id'];
    if (typeof projectId !== 'string') return;
    const { picture, thumb } = content(number);
    const fileName = `现场${number}.jpg`;
    const source = { path: `/相机/${fileName}`, fileName, bytes: 0, kind: 'photo', mime: 'image/jpeg' } as const;
    const facts = { takenAt: null, sourceDigest: digestOf(picture), used: [], refused: null };
    const added = { projectId, period: null, title: `照片${number}`, source: { ...source, ...facts } };
    const texts = { picture: picture.toString('base64'), thumb: thumb.toString('base64'), width: 64, height: 48 };
    await addPhoto(office.store, { ...added, ...texts }, office.actor());
    this.told.pictures += 1;
    const { whole } = lookAt(this.#folder(office));
    for (const bytes of [picture, thumb])
      hold(whole.has(digestOf(bytes)), () => `${office.name}: a picture just added is not whole`);
  }

  #move(index: number, to: number): void {
    const { city } = this.#world;
    const ids = city.ids('project');
    const id = ids[index % Math.max(1, ids.length)];
    if (id !== undefined) city.set('project', id, { unitId: this.#office(1 + to).unitId });
  }

  async #export(from: Office, to: Office, full: boolean, signal?: AbortController): Promise<ExportResult> {
    const folder = from.stick;
    const there = new Map(this.#sticksOf(from).map((path) => [path, digestOf(readFileSync(path))]));
    const result = await exportTo(from.store, { officeId: to.officeId, full }, folder, {
      actor: from.actor(),
      volumeLimits: VOLUMES,
      ...(signal === undefined
        ? {}
        : {
            signal: signal.signal,
            onProgress: (title: string) => {
              if (title.startsWith('附件卷')) signal.abort();
            },
          }),
    });
    hold(signal !== undefined || result.unwritten === 0, () => `${from.name}: ${result.unwrittenWhy ?? ''}`);
    this.told.sent += 1;
    this.told.volumes += result.volumes - 1;
    for (const path of this.#sticksOf(from)) {
      const before = there.get(path);
      if (before === undefined) this.#files.push({ path, from, to });
      else hold(before === digestOf(readFileSync(path)), () => `${basename(path)} is written over`);
    }
    return result;
  }

  /** The files on an office's stick. */
  #sticksOf({ stick }: Office): readonly string[] {
    const names = readdirSync(stick).filter((name) => name.endsWith('.bbsync'));
    return names.sort().map((name) => join(stick, name));
  }

  async #sendSome(from: Office, item: Extract<PictureStep, { kind: 'send' }>): Promise<void> {
    const partners = partnersOf(this.#world, from);
    const to = partners[item.to % partners.length] ?? this.#world.city;
    await this.#export(from, to, item.full === 0, item.cut === 0 ? new AbortController() : undefined);
  }

  async #volumeAgain(from: Office, { bundleId, volume }: { bundleId: string; volume: number }): Promise<void> {
    const folder = this.#newPath('volume');
    mkdirSync(folder);
    const row = from.store.db.prepare('SELECT "officeId" FROM "volume" WHERE "bundleId" = ?').pluck().get(bundleId);
    const to = this.#offices.find(({ officeId }) => officeId === row) ?? this.#world.city;
    try {
      const { path } = await writeVolume(from.store, { bundleId, volume }, folder, { actor: from.actor() });
      this.#files.push({ path, from, to });
    } catch {
      // A picture that was in it has gone or is damaged here.
    }
  }

  async #readSome({ file, spoil }: Extract<PictureStep, { kind: 'read' }>): Promise<void> {
    const sent = this.#files.at(-1 - (file % Math.max(this.#files.length, 1)));
    if (!sent) return;
    if (spoil === 1) return this.#killAmid(sent);
    if (spoil === 2) return this.#cancel(sent);
    if (spoil > 2) return void (await this.#read(sent));
    const spoiled = this.#newPath('spoiled.bbsync');
    const bytes = readFileSync(sent.path);
    const at = (file * 7919) % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(spoiled, bytes);
    const before = lookAt(this.#folder(sent.to)).whole;
    await sent.to.read(spoiled);
    const { whole, wrong } = lookAt(this.#folder(sent.to));
    void wrong;
    for (const digest of before) hold(whole.has(digest), () => `${sent.to.name} lost ${digest} by a spoiled file`);
    rmSync(spoiled);
  }

  /** The program ends when the pictures of a file are checked and have no place yet. */
  async #killAmid({ path, to }: Sent): Promise<void> {
    const bundle = await openBundle(path, readerOf(to.store, readIdentity(to.store)));
    try {
      await stagePictures(bundle, to.store.path);
    } finally {
      await bundle.close();
    }
  }

  /** The clerk cancels when the first picture is being taken in. */
  async #cancel({ path, to }: Sent): Promise<void> {
    const before = lookAt(this.#folder(to)).whole;
    const abort = new AbortController();
    const importer = new Importer(to.store);
    try {
      const onProgress = (title: string): void => {
        if (title === '核对并存入照片、视频') abort.abort();
      };
      await importer.apply(path, { actor: to.actor(), allowMassChange: true, signal: abort.signal, onProgress });
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'CANCELLED')) throw error;
    } finally {
      await importer.close();
    }
    const { whole } = lookAt(this.#folder(to));
    for (const digest of before) hold(whole.has(digest), () => `${to.name} lost ${digest} by cancelling`);
  }

  async #read(sent: Sent): Promise<FileReport> {
    const { path, from, to } = sent;
    const before = lookAt(this.#folder(to));
    const report = await to.read(path, true);
    this.told.read += 1;
    const after = lookAt(this.#folder(to));
    for (const digest of before.whole) hold(after.whole.has(digest), () => `${to.name} lost ${digest} by reading`);
    for (const digest of after.wrong)
      hold(before.wrong.has(digest), () => `${to.name} has ${digest} damaged by reading`);
    if (report.fault !== null) {
      this.told.refused += 1;
      hold(
        report.fault.code === 'SYNC_FORK' && this.#cloned.has(from.officeId),
        () => `${basename(path)}: ${report.fault?.text ?? ''}`,
      );
    }
    return report;
  }

  #rot(office: Office, index: number, how: 'gone' | 'flipped' | 'cut' | 'empty'): void {
    const folder = this.#folder(office);
    const all = [...lookAt(folder).whole].sort();
    const digest = all[index % Math.max(1, all.length)];
    if (digest === undefined) return;
    const path = new BlobStore(office.store.path).pathOf(digest);
    const bytes = readFileSync(path);
    bytes[index % bytes.length] = (bytes[index % bytes.length] ?? 0) ^ 4;
    if (how === 'gone') rmSync(path);
    else if (how === 'flipped') writeFileSync(path, bytes);
    else truncateSync(path, how === 'cut' ? Math.floor(bytes.length / 2) : 0);
  }

  /** The folder is copied, or what was copied takes its place. */
  #folderOf(office: Office, back: boolean): void {
    const folder = this.#folder(office);
    const copy = `${folder}.copy`;
    if (back && existsSync(copy)) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(copy, folder, { recursive: true });
    } else if (!back && existsSync(folder)) {
      rmSync(copy, { recursive: true, force: true });
      cpSync(folder, copy, { recursive: true });
    }
  }

  /** As the keeper does: the ledger and, both ways, the pictures. */
  async #backUp(office: Office): Promise<void> {
    const second = join(this.#world.folder, `second-${office.name}`);
    const place = join(second, '包保台账备份');
    mkdirSync(place, { recursive: true });
    const ledger = join(place, `${this.#count}.bbbackup`);
    this.#count += 1;
    copyFileSync(office.backUp(), ledger);
    const needed = neededPictures(office.store);
    await bringPictures(needed, office.store.path, ledger, second);
    await keepPictures(needed, office.store.path, place);
    this.#kept.set(office, [...(this.#kept.get(office) ?? []), { ledger, second }]);
    const there = lookAt(join(place, '附件'));
    hold(there.wrong.size === 0, () => `${office.name}: damaged in the second place`);
    const { whole } = lookAt(this.#folder(office));
    for (const { digest } of needed)
      hold(!whole.has(digest) || there.whole.has(digest), () => `${office.name}: ${digest} not kept`);
  }

  async #restore(office: Office, bring: boolean): Promise<void> {
    const kept = this.#kept.get(office)?.at(-1);
    if (!kept) return;
    const known = ownStreams(office.store);
    const { incarnation } = readIdentity(office.store);
    office.goBackTo(kept.ledger);
    incarnate(office.store, 'restored', this.#world.clock.tick(), { newLedger: true, atLeast: incarnation, known });
    if (bring) await this.#bring(office, kept);
  }

  async #bring(office: Office, { ledger, second }: Kept): Promise<void> {
    const needed = neededPictures(office.store);
    await bringPictures(needed, office.store.path, ledger, second);
    const there = lookAt(join(second, '包保台账备份', '附件')).whole;
    const here = lookAt(this.#folder(office));
    for (const { digest } of needed)
      hold(!there.has(digest) || here.whole.has(digest) || here.wrong.has(digest), () => `${digest} not brought`);
  }

  /** The ledger file alone goes to a new PC; perhaps with what the second place has. */
  async #newPc(office: Office, bring: boolean): Promise<void> {
    rmSync(this.#folder(office), { recursive: true, force: true });
    incarnate(office.store, 'machine', this.#world.clock.tick());
    const kept = this.#kept.get(office)?.at(-1);
    if (bring && kept) await this.#bring(office, kept);
  }

  /** A copy of the disk adds a picture, sends it, and is thrown away. */
  async #clone(office: Office, picture: number): Promise<void> {
    const path = this.#newPath('clone.bbledger');
    copyFileSync(office.backUp(), path);
    if (existsSync(this.#folder(office))) cpSync(this.#folder(office), `${path}.files`, { recursive: true });
    const { name, clock, unitId, stick } = office;
    const clone = new Office({ name, clock, unitId, stick }, openStore(path));
    this.#cloned.add(office.officeId);
    await this.#add(clone, picture, picture + 20);
    const above = this.#above(office);
    const first = this.#files.length;
    await this.#export(clone, above, false);
    for (const sent of this.#files.slice(first)) await this.#read(sent);
    // What is left of it is its files.
    for (const [at, sent] of this.#files.entries()) if (at >= first) this.#files[at] = { ...sent, from: office };
    clone.close();
  }

  /** 清理 a quarter of a year later, or with some of the files as old. */
  #clear(office: Office, aged: number, before: ReadonlySet<string>): void {
    const files = new BlobStore(office.store.path);
    const old = new Date(Date.now() - 100 * DAY);
    for (const [at, digest] of [...before].sort().entries())
      if (aged === 0 || at % 3 === aged) utimesSync(files.pathOf(digest), old, old);
    const backups = (this.#kept.get(office) ?? []).map(({ ledger }) => ledger);
    clearUnused(office.store, backups, Date.now());
    const needed = named(office.store, false);
    for (const path of backups) {
      const backup = openStore(path, { readOnly: true });
      for (const digest of named(backup, false)) needed.add(digest);
      backup.close();
    }
    const { whole } = lookAt(files.folder);
    for (const digest of before)
      hold(whole.has(digest) || !needed.has(digest), () => `${office.name}: ${digest} cleared though it is needed`);
  }

  /** What the office did last, or read last, is taken back. */
  #undo(office: Office, imported: boolean): void {
    const last = office.store.db
      .prepare(
        `SELECT "id" FROM "exchange" WHERE "direction" = 'in' AND "outcome" = 'applied' ORDER BY "journalN" DESC LIMIT 1`,
      )
      .pluck()
      .get() as string | undefined;
    try {
      if (!imported) undo(office.store, office.actor());
      else if (last !== undefined) undoImport(office.store, last, office.actor());
    } catch (error) {
      // Nothing to take back, or nothing that may be.
      if (!(error instanceof Fault)) throw error;
    }
  }

  async #check(office: Office): Promise<void> {
    await checkPictures(office.store);
    const { wrong } = lookAt(this.#folder(office));
    for (const { digest } of neededPictures(office.store))
      hold(!wrong.has(digest), () => `${office.name}: ${digest} is damaged and was not put aside`);
  }

  /** A file and all its volumes, read in reverse order. @returns how much was new */
  async #pass(from: Office, to: Office): Promise<number> {
    const first = this.#files.length;
    const result = await this.#export(from, to, false);
    const { whole } = lookAt(this.#folder(to));
    let news = 0;
    for (const sent of this.#files.slice(first).reverse()) {
      const report = await this.#read(sent);
      if (report.fault?.code === 'SYNC_FORK') {
        incarnate(from.store, 'elsewhere', this.#world.clock.tick(), { atLeast: 49 + this.#count });
        return 1 + (await this.#pass(from, to));
      }
      news += report.entities.reduce((sum, entity) => sum + entity.added + entity.changed, 0);
      news += report.conflicts + report.proposals + report.placed + (report.gap === null ? 0 : 1);
    }
    const came = [...lookAt(this.#folder(to)).whole].filter((digest) => !whole.has(digest)).length;
    this.told.healed += came;
    return news + came + result.blobs + this.#askedOf(to);
  }

  /** Pictures that an office has and that others have told it they lack. */
  #askedOf({ store }: Office): number {
    const asked = store.db.prepare('SELECT DISTINCT "digest" FROM "peerLacks"').pluck().all() as string[];
    return asked.filter((digest) => new BlobStore(store.path).has(digest)).length;
  }

  /** Each office looks its pictures over and backs up; then files pass both ways until nobody has news. */
  async settle(): Promise<void> {
    const whole = new Map(this.#offices.map((office) => [office, this.#wholeOf(office)]));
    for (const office of this.#offices) {
      // The PC that stays goes on under a number of its own: until it writes something, nobody could tell it from a late file.
      if (this.#cloned.has(office.officeId))
        incarnate(office.store, 'elsewhere', this.#world.clock.tick(), { atLeast: 49 });
      await this.#check(office);
      if (this.#kept.has(office)) await this.#backUp(office);
    }
    const { counties, towns } = this.#world;
    const up = [...towns, ...counties].map((each) => [each, this.#above(each)] as const);
    const down = [...counties, ...towns].map((each) => [this.#above(each), each] as const);
    const round = [...up, ...down];
    let silent = 0;
    for (const [from, to] of Array.from({ length: MOST_ROUNDS }, () => round).flat()) {
      silent = (await this.#pass(from, to)) === 0 ? silent + 1 : 0;
      if (silent === round.length) return this.#verdict(whole);
    }
    throw new Broken(`still news after ${MOST_ROUNDS} rounds`);
  }

  /** What an office has, beside its ledger or in its second place. */
  #wholeOf(office: Office): ReadonlySet<string> {
    const here = lookAt(this.#folder(office)).whole;
    const second = this.#kept.has(office)
      ? lookAt(join(this.#world.folder, `second-${office.name}`, '包保台账备份', '附件')).whole
      : [];
    return new Set([...here, ...second]);
  }

  /** Whatever an office's rows name, and it or somebody from whom it may come had, is there and is what its name says. */
  #verdict(had: ReadonlyMap<Office, ReadonlySet<string>>): void {
    const inUse = new Map(this.#offices.map((office) => [office, named(office.store, true)]));
    // From office to office, where each on the way names it too.
    const toBeHad = new Map(this.#offices.map((office) => [office, new Set(had.get(office))]));
    for (const _ of this.#offices)
      for (const [office, digests] of inUse)
        for (const partner of partnersOf(this.#world, office))
          for (const digest of digests) if (toBeHad.get(partner)?.has(digest)) toBeHad.get(office)?.add(digest);
    for (const [office, digests] of inUse) {
      const { whole, wrong } = lookAt(this.#folder(office));
      for (const digest of digests) {
        hold(!wrong.has(digest), () => `${office.name}: ${digest} is not what its name says`);
        if (!whole.has(digest)) this.told.lost += 1;
        hold(
          whole.has(digest) || toBeHad.get(office)?.has(digest) !== true,
          () => `${office.name} never gets ${digest}`,
        );
      }
    }
  }
}
