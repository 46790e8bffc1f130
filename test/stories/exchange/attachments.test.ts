import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incarnate } from '../../../electron/ledger/backup/incarnation.ts';
import { checkPictures } from '../../../electron/ledger/backup/pictures.ts';
import { listVolumes, writeVolume } from '../../../electron/ledger/exchange/export/volume-write.ts';
import { admit, createEnrolment, exportTo, join as joinAnew } from '../../../electron/ledger/exchange/index.ts';
import { BlobStore } from '../../../electron/ledger/store/blobs.ts';
import type { Change } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import type { ExportResult } from '../../../shared/contract/exchange.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { Office, PASSPHRASE, type Region, region } from './offices.ts';

/** Photos and videos on the stick (exchange design, Attachments and Volumes). */

let world: Region;
let city: Office;
let county: Office;
let project: string;

/** Volumes of 400 kB instead of 1.9 GB; all in one file only up to 100 kB. */
const SMALL = { volumeBytes: 400_000, oneFileBytes: 100_000 };

beforeEach(async () => {
  world = await region();
  city = world.city;
  county = world.counties[0] as Office;
  project = county.addProject('污水处理厂');
});
afterEach(() => world.close());

async function addPhoto(office: Office, bytes: number): Promise<string> {
  const files = new BlobStore(office.store.path);
  const picture = await files.put(randomBytes(bytes));
  const thumb = await files.put(randomBytes(200));
  office.add('attachment', {
    projectId: project,
    kind: 'photo',
    period: '2021-05-2',
    title: '基础施工',
    digest: picture.digest,
    bytes,
    thumbDigest: thumb.digest,
  });
  return picture.digest;
}

function send(from: Office, to: Office, limits = SMALL): Promise<ExportResult> {
  return exportTo(from.store, { officeId: to.officeId, full: false }, from.stick, {
    actor: from.actor(),
    volumeLimits: limits,
  });
}

const volumesOf = (result: ExportResult): string[] =>
  readdirSync(dirname(result.path))
    .filter((name) => name.startsWith(result.fileName.replace('.bbsync', '_附件卷')))
    .sort()
    .map((name) => join(dirname(result.path), name));

/** The disk changes one byte of a stored photo. */
function flip(office: Office, digest: string): void {
  const path = new BlobStore(office.store.path).pathOf(digest);
  const bytes = readFileSync(path);
  bytes[500] = (bytes[500] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Power failed: the file has its name and half of its bytes. */
function cut(office: Office, digest: string): void {
  const path = new BlobStore(office.store.path).pathOf(digest);
  truncateSync(path, Math.floor(statSync(path).size / 2));
}

const held = (office: Office, digests: readonly string[]): number =>
  digests.filter((digest) => new BlobStore(office.store.path).has(digest)).length;

describe('[attachments] photos on the stick', () => {
  it('a few go with the rows in one file and are checked before they are placed', async () => {
    const photos = [await addPhoto(county, 3000), await addPhoto(county, 0 + 1)];
    const sent = await send(county, city);
    expect(sent).toMatchObject({ blobs: 2, volumes: 1, unwritten: 0 });
    expect(await city.read(sent.path)).toMatchObject({ state: 'applied', fault: null });
    expect(held(city, photos)).toBe(2);
    const files = new BlobStore(city.store.path);
    const original = readFileSync(new BlobStore(county.store.path).pathOf(photos[0] ?? ''));
    expect(readFileSync(files.pathOf(photos[0] ?? '')).equals(original)).toBe(true);
  });

  it('are sent once: what the other side has acknowledged does not come again', async () => {
    await addPhoto(county, 3000);
    await city.read((await send(county, city)).path);
    // Not acknowledged yet: the first file may have been lost.
    expect(await send(county, city)).toMatchObject({ blobs: 1 });
    await county.read(await city.send(county));
    expect(await send(county, city)).toMatchObject({ blobs: 0 });
    const later = await addPhoto(county, 2000);
    const sent = await send(county, city);
    expect(sent).toMatchObject({ blobs: 1 });
    await city.read(sent.path);
    expect(held(city, [later])).toBe(1);
  });

  it('many go in volumes: the first is complete without the others, which come in any order, any day', async () => {
    const photos: string[] = [];
    for (let n = 0; n < 12; n += 1) photos.push(await addPhoto(county, 90_000));
    const sent = await send(county, city);
    const volumes = volumesOf(sent);
    expect(sent).toMatchObject({ blobs: 12, unwritten: 0, volumes: volumes.length + 1 });
    expect(volumes.length).toBeGreaterThan(2);
    for (const path of [sent.path, ...volumes]) expect(statSync(path).size).toBeLessThanOrEqual(SMALL.volumeBytes);
    // A volume before the rows: kept, shown by nothing yet.
    const last = volumes.pop() ?? '';
    const early = await city.read(last);
    expect(early).toMatchObject({ state: 'applied', fault: null });
    expect(early.notes[0]).toMatch(/附件卷 \d\/\d：照片、视频 \d+ 个，存入 \d+ 个/u);
    expect(await city.read(sent.path)).toMatchObject({ state: 'applied', arrival: 'new' });
    expect(city.rows('attachment')).toHaveLength(12);
    const before = held(city, photos);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(12);
    for (const path of volumes.reverse()) expect(await city.read(path)).toMatchObject({ state: 'applied' });
    expect(held(city, photos)).toBe(12);
    expect(await city.read(last)).toMatchObject({ state: 'repeated' });
    expect(await city.read(sent.path)).toMatchObject({ state: 'repeated' });
  });

  it('a lost volume is healed: the receiver says what it lacks and gets just that', async () => {
    for (let n = 0; n < 8; n += 1) await addPhoto(county, 90_000);
    const sent = await send(county, city);
    const [lost = '', ...rest] = volumesOf(sent);
    await city.read(sent.path);
    for (const path of rest) await city.read(path);
    rmSync(lost);
    await county.read(await city.send(county));
    const again = await send(county, city);
    expect(again.blobs).toBeGreaterThan(0);
    expect(again.blobs).toBeLessThan(8);
    for (const path of [again.path, ...volumesOf(again)]) await city.read(path);
    const digests = city.rows('attachment').map((row) => String(row['digest']));
    expect(held(city, digests)).toBe(8);
    await county.read(await city.send(county));
    expect(await send(county, city)).toMatchObject({ blobs: 0 });
  });

  it('a damaged volume is refused whole, the ledger as it was', async () => {
    const photos = [];
    for (let n = 0; n < 6; n += 1) photos.push(await addPhoto(county, 90_000));
    const sent = await send(county, city);
    const [volume = ''] = volumesOf(sent);
    const bytes = readFileSync(volume);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(volume, bytes);
    await city.read(sent.path);
    const dumped = city.dump();
    expect(await city.read(volume)).toMatchObject({ state: 'refused', fault: { code: 'SYNC_DAMAGED' } });
    expect(held(city, photos)).toBe(0);
    expect(city.dump()).toBe(dumped);
  });

  it('a photo that the disk has damaged is left out: rows and other photos arrive, and the receiver says what it lacks', async () => {
    const damaged = await addPhoto(county, 90_000);
    const photos = [await addPhoto(county, 90_000), await addPhoto(county, 3000), await addPhoto(county, 3000)];
    flip(county, damaged);
    cut(county, photos[1] ?? '');
    const sent = await send(county, city);
    expect(sent).toMatchObject({ blobs: 2, unwritten: 0 });
    for (const path of [sent.path, ...volumesOf(sent)])
      expect(await city.read(path)).toMatchObject({ state: 'applied', fault: null });
    expect(city.rows('attachment')).toHaveLength(4);
    expect(held(city, [damaged, ...photos])).toBe(2);
    // Who has it whole is asked for it, first of all the clerk, whose camera has it.
    await county.read(await city.send(county));
    expect(await send(county, city)).toMatchObject({ blobs: 0 });
    const files = new BlobStore(county.store.path);
    const mended = readFileSync(join(files.folder, '.damaged', damaged));
    mended[500] = (mended[500] ?? 0) ^ 1;
    expect(await files.put(mended)).toMatchObject({ digest: damaged });
    const again = await send(county, city);
    expect(again).toMatchObject({ blobs: 1 });
    for (const path of [again.path, ...volumesOf(again)]) await city.read(path);
    expect(held(city, [damaged])).toBe(1);
  });

  it('a photo that is damaged at the receiver is put right by the same file, or any other that brings it', async () => {
    const photos = [await addPhoto(county, 90_000), await addPhoto(county, 90_000), await addPhoto(county, 90_000)];
    const sent = await send(county, city);
    const all = [sent.path, ...volumesOf(sent)];
    for (const path of all) await city.read(path);
    flip(city, photos[0] ?? '');
    cut(city, photos[1] ?? '');
    for (const path of all) expect(await city.read(path)).toMatchObject({ fault: null });
    const files = new BlobStore(city.store.path);
    for (const digest of photos) expect(await files.isWhole(digest)).toBe(true);
  });

  it('a damaged photo that is added again is whole again', async () => {
    const files = new BlobStore(county.store.path);
    const bytes = randomBytes(3000);
    const { digest } = await files.put(bytes);
    flip(county, digest);
    await files.put(bytes);
    expect(await files.isWhole(digest)).toBe(true);
  });

  it('a photo that its own office has lost comes back from the office above', async () => {
    const photo = await addPhoto(county, 3000);
    await city.read((await send(county, city)).path);
    await county.read((await send(city, county)).path);
    flip(county, photo);
    // Full check, or the next file in which it would go, puts it aside.
    expect(await checkPictures(county.store)).toEqual(['污水处理厂：基础施工']);
    await city.read((await send(county, city)).path);
    const answer = await send(city, county);
    expect(answer).toMatchObject({ blobs: 1 });
    await county.read(answer.path);
    expect(await new BlobStore(county.store.path).isWhole(photo)).toBe(true);
  });

  it('a photo asked for is sent also where the row that names it is 作废, or one of another project names it there', async () => {
    const bytes = randomBytes(3000);
    const { digest } = await new BlobStore(city.store.path).put(bytes);
    const there = city.addProject('市里的项目', world.counties[1]?.unitId);
    city.add('attachment', { projectId: there, kind: 'photo', digest, bytes: 3000 });
    // The same photo in a project of the county, which takes it back.
    await new BlobStore(county.store.path).put(bytes);
    const row = county.add('attachment', { projectId: project, kind: 'photo', digest, bytes: 3000 });
    county.set('attachment', row, { voided: 1 });
    await city.read((await send(county, city)).path);
    rmSync(new BlobStore(city.store.path).pathOf(digest));
    await county.read((await send(city, county)).path);
    const sent = await send(county, city);
    expect(sent).toMatchObject({ blobs: 1 });
    await city.read(sent.path);
    expect(held(city, [digest])).toBe(1);
  });

  it('an office that enrols anew on a new PC says what it lacks and gets its photos back', async () => {
    const photos = [await addPhoto(county, 90_000), await addPhoto(county, 90_000), await addPhoto(county, 3000)];
    const sent = await send(county, city);
    for (const path of [sent.path, ...volumesOf(sent)]) await city.read(path);
    const request = { unitId: county.unitId, passphrase: PASSPHRASE };
    const { path: enrolmentPath } = await createEnrolment(city.store, request, city.stick, { actor: city.actor() });
    const ledgerPath = join(world.folder, '新电脑', '宝清县.bbledger');
    mkdirSync(dirname(ledgerPath));
    const store = await joinAnew({ enrolmentPath, passphrase: PASSPHRASE, ledgerPath }, { actor: county.actor() });
    const moved = new Office({ ...county, clock: world.clock, stick: city.stick }, store);
    expect(moved.ids('attachment')).toHaveLength(3);
    const first = await send(moved, city);
    const { fingerprint } = await city.preview(first.path);
    await admit(city.store, first.path, fingerprint ?? '', city.actor());
    expect(await city.read(first.path)).toMatchObject({ state: 'applied', fault: null });
    const answer = await send(city, moved);
    for (const path of [...volumesOf(answer), answer.path])
      expect(await moved.read(path)).toMatchObject({ fault: null });
    expect(held(moved, photos)).toBe(3);
    store.close();
  });

  it('thousands that nobody has any more do not keep the others from being asked for', async () => {
    const sent = await send(county, city);
    await city.read(sent.path);
    const photo = await addPhoto(county, 90_000);
    const gone = Array.from({ length: 5200 }, (_, n): Change => {
      const digest = createHash('sha256').update(`${n}`).digest('hex').replace(/^.../u, '000');
      const set = { projectId: project, kind: 'photo', digest, bytes: 1, period: '2021-05-2' };
      return { entity: 'attachment', id: newId(), set };
    });
    county.commit('加入照片', ...gone);
    const [rows, lost] = await send(county, city).then((result) => [result.path, volumesOf(result)] as const);
    expect(lost.length).toBeGreaterThan(0);
    await city.read(rows);
    for (let round = 0; round < 2; round += 1) {
      await county.read((await send(city, county)).path);
      const again = await send(county, city);
      for (const path of [again.path, ...volumesOf(again)]) await city.read(path);
    }
    expect(held(city, [photo])).toBe(1);
  });

  it('a number that comes twice after a restore writes over neither file nor volume that lies on the stick', async () => {
    const backup = county.backUp();
    const photos = [await addPhoto(county, 90_000), await addPhoto(county, 90_000)];
    const sent = await send(county, city);
    const unread = [sent.path, ...volumesOf(sent)];
    const rows = county.ids('attachment');
    county.goBackTo(backup);
    rmSync(new BlobStore(county.store.path).folder, { recursive: true });
    incarnate(county.store, 'restored', world.clock.tick(), { newLedger: true });
    const later = await addPhoto(county, 90_000);
    const again = await send(county, city);
    expect(again.number).toBe(sent.number);
    expect(again.fileName).toBe(sent.fileName.replace('.bbsync', '（2）.bbsync'));
    for (const path of [again.path, ...volumesOf(again), ...unread])
      expect(await city.read(path)).toMatchObject({ state: 'applied', fault: null });
    expect(held(city, [...photos, later])).toBe(3);
    await county.read((await send(city, county)).path);
    expect(county.ids('attachment')).toEqual(expect.arrayContaining(rows));
  });

  it('writing goes on after an interruption and ends in the same bytes', async () => {
    for (let n = 0; n < 4; n += 1) await addPhoto(county, 90_000);
    const sent = await send(county, city);
    const [volume = ''] = volumesOf(sent);
    const whole = readFileSync(volume);
    const [entry] = listVolumes(county.store);
    const part = join(dirname(volume), `.${volume.slice(dirname(volume).length + 1)}.part`);
    rmSync(volume);
    // The stick was pulled after 150 kB, and the last sector is rubbish.
    writeFileSync(part, whole);
    truncateSync(part, 150_000);
    const broken = readFileSync(part);
    broken.fill(0, 149_500);
    writeFileSync(part, broken);
    const written = await writeVolume(
      county.store,
      { bundleId: entry?.bundleId ?? '', volume: entry?.volume ?? 0 },
      county.stick,
      { actor: county.actor() },
    );
    expect(existsSync(part)).toBe(false);
    expect(readFileSync(written.path).equals(whole)).toBe(true);
  });

  it('a photo that has gone when its volume is written is a fault that names it, and the next file goes without it', async () => {
    const photos = [await addPhoto(county, 90_000), await addPhoto(county, 90_000)];
    await send(county, city);
    const [volume] = listVolumes(county.store);
    for (const gone of photos) rmSync(new BlobStore(county.store.path).pathOf(gone));
    const request = { bundleId: volume?.bundleId ?? '', volume: volume?.volume ?? 0 };
    const place = join(world.folder, 'U盘2');
    mkdirSync(place);
    const writing = writeVolume(county.store, request, place, { actor: county.actor() });
    await expect(writing).rejects.toThrow(Fault);
    expect(readdirSync(place).filter((name) => name.endsWith('.bbsync'))).toEqual([]);
    const again = await send(county, city);
    expect(again).toMatchObject({ blobs: 0, unwritten: 0 });
    expect(await city.read(again.path)).toMatchObject({ state: 'applied', fault: null });
  });

  it('cancelled, it keeps what is written and says that the volume is still to be written', async () => {
    for (let n = 0; n < 4; n += 1) await addPhoto(county, 90_000);
    const abort = new AbortController();
    const sent = await exportTo(county.store, { officeId: city.officeId, full: false }, county.stick, {
      actor: county.actor(),
      volumeLimits: SMALL,
      signal: abort.signal,
      onProgress: (title) => {
        if (title.startsWith('附件卷')) abort.abort();
      },
    });
    expect(sent.unwritten).toBeGreaterThan(0);
    expect(listVolumes(county.store).filter((volume) => volume.writtenAt === null)).toHaveLength(sent.unwritten);
    expect(await city.read(sent.path)).toMatchObject({ state: 'applied' });
    for (const { bundleId, volume } of listVolumes(county.store)) {
      const written = await writeVolume(county.store, { bundleId, volume }, county.stick, { actor: county.actor() });
      expect(await city.read(written.path)).toMatchObject({ state: 'applied', fault: null });
    }
    expect(
      held(
        city,
        city.rows('attachment').map((row) => String(row['digest'])),
      ),
    ).toBe(4);
  });
});
