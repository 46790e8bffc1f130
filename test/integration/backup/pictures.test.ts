import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupsIn } from '../../../electron/ledger/backup/index.ts';
import { checkPictures } from '../../../electron/ledger/backup/pictures.ts';
import { previewBackup } from '../../../electron/ledger/backup/preview.ts';
import { writeSettings } from '../../../electron/ledger/backup/settings.ts';
import { clearUnused, unusedPictures } from '../../../electron/ledger/backup/unused-pictures.ts';
import { BlobStore } from '../../../electron/ledger/store/blobs.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import { Office } from './office.ts';

const DAY = 86_400_000;

describe('[attachments] backups', () => {
  let office: Office;
  let stick: string;
  let projectId: string;

  const edit = (
    title: string,
    entity: 'responsibilityUnit' | 'project' | 'attachment',
    set: Record<string, unknown>,
  ) => {
    const id = newId();
    office.now += 60_000;
    commit(
      office.store,
      { kind: 'edit', title, changes: [{ entity, id, set: set as Record<string, string> }] },
      { operator: '王某', now: office.now },
    );
    return id;
  };
  const addPhoto = async (title: string, bytes = 3000): Promise<string> => {
    const { digest } = await new BlobStore(office.path).put(randomBytes(bytes));
    edit('加入照片', 'attachment', { projectId, kind: 'photo', title, digest, bytes });
    return digest;
  };
  const take = async () => {
    const { keeper } = office.desk.requirePresent();
    const made = keeper.take('manual');
    await keeper.settled();
    return { path: made.path, second: keeper.second };
  };
  /** The folder of this ledger in the second place. */
  const place = (): string => join(stick, readdirSync(stick)[0] ?? '');

  beforeEach(async () => {
    office = new Office();
    await office.create();
    stick = join(office.root, 'U盘');
    mkdirSync(stick);
    writeSettings(office.dataFolder, { second: stick });
    const unitId = edit('登记单位', 'responsibilityUnit', { name: '青禾县', kind: 'county' });
    projectId = edit('登记项目', 'project', { name: '污水处理厂', unitId });
  });
  afterEach(() => office.close());

  it('photos go to the second place once, by content, and are read back', async () => {
    const first = await addPhoto('基础施工');
    expect((await take()).second).toMatchObject({ problem: null, pictures: { total: 1, copied: 1, missing: [] } });
    const copy = BlobStore.in(join(place(), '附件'));
    expect(copy.sizeOf(first)).toBe(3000);
    const { mtimeMs } = statSync(copy.pathOf(first));
    const second = await addPhoto('主体封顶');
    expect((await take()).second).toMatchObject({ pictures: { total: 2, copied: 1, missing: [] } });
    expect(statSync(copy.pathOf(first)).mtimeMs).toBe(mtimeMs);
    expect(copy.has(second)).toBe(true);
  });

  it('a photo that is nowhere is named, and stands in no way', async () => {
    await addPhoto('基础施工');
    const lost = await addPhoto('主体封顶');
    rmSync(new BlobStore(office.path).pathOf(lost));
    const { path, second } = await take();
    expect(second).toMatchObject({ problem: null, pictures: { copied: 1, missing: ['污水处理厂：主体封顶'] } });
    const preview = previewBackup(path, office.store, { ledgerPath: office.path, second: stick });
    expect(preview.pictures).toEqual({ total: 2, missing: ['污水处理厂：主体封顶'] });
  });

  it('one that the disk has damaged is named, is not copied, and keeps no other from being copied', async () => {
    const damaged = await addPhoto('基础施工');
    const sound = await addPhoto('主体封顶');
    truncateSync(new BlobStore(office.path).pathOf(damaged), 100);
    expect((await take()).second).toMatchObject({
      problem: null,
      pictures: { total: 2, copied: 1, missing: ['污水处理厂：基础施工'] },
    });
    const copy = BlobStore.in(join(place(), '附件'));
    expect([damaged, sound].map((digest) => copy.has(digest))).toEqual([false, true]);
  });

  it('what has gone from beside the ledger, or is damaged there, comes back from the second place', async () => {
    const files = new BlobStore(office.path);
    const [gone, flipped, sound] = [await addPhoto('基础施工'), await addPhoto('主体封顶'), await addPhoto('竣工')];
    await take();
    rmSync(files.pathOf(gone));
    const bytes = readFileSync(files.pathOf(flipped));
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(files.pathOf(flipped), bytes);
    expect(await checkPictures(office.store)).toEqual(['污水处理厂：主体封顶']);
    expect([gone, flipped, sound].map((digest) => files.has(digest))).toEqual([false, false, true]);
    // The only copy of a photo may be looked at all the same.
    expect(readFileSync(join(files.folder, '.damaged', flipped)).equals(bytes)).toBe(true);
    expect((await take()).second).toMatchObject({ pictures: { total: 3, copied: 0, missing: [] } });
    for (const digest of [gone, flipped, sound]) expect(await files.isWhole(digest)).toBe(true);
    expect(await checkPictures(office.store)).toEqual([]);
  });

  it('the ledger that a restore put aside, opened again, finds its photos under its old name; so does one renamed', async () => {
    const { path } = await take();
    const later = await addPhoto('备份以后加的');
    const { keptAs } = await office.desk.restore(path);
    await office.desk.open(keptAs ?? '');
    expect(new BlobStore(keptAs ?? '').has(later)).toBe(false);
    const { keeper } = office.desk.requirePresent();
    keeper.take('manual');
    await keeper.settled();
    expect(await new BlobStore(keptAs ?? '').isWhole(later)).toBe(true);
    expect(keeper.second).toMatchObject({ problem: null, pictures: { missing: [] } });
  });

  it('a damaged copy in one folder of the second place does not hide a whole one in another', async () => {
    const photo = await addPhoto('基础施工');
    const { path } = await take();
    // The ledger goes on under another id, in a folder of its own.
    await office.desk.restore(path);
    const { path: later } = await take();
    const [first = '', second = ''] = readdirSync(stick).sort();
    const own = existsSync(join(stick, first, basename(later))) ? first : second;
    truncateSync(BlobStore.in(join(stick, own, '附件')).pathOf(photo), 0);
    rmSync(new BlobStore(office.path).folder, { recursive: true });
    const { pictures } = await office.desk.restore(join(stick, own, basename(later)));
    expect(pictures).toMatchObject({ copied: 1, missing: [] });
    expect(await new BlobStore(office.path).isWhole(photo)).toBe(true);
  });

  it('a second place that cannot be read stands in no way of a restore: the photos are named as missing', async () => {
    await addPhoto('基础施工');
    const { path } = await take();
    rmSync(new BlobStore(office.path).folder, { recursive: true, force: true });
    rmSync(stick, { recursive: true });
    writeFileSync(stick, 'no folder any more');
    const { pictures } = await office.desk.restore(path);
    expect(pictures).toMatchObject({ total: 1, copied: 0, missing: ['污水处理厂：基础施工'] });
  });

  it('on a new PC they come back with the ledger', async () => {
    const photo = await addPhoto('基础施工');
    await take();
    // The PC's disk is gone; the stick is what is left.
    office.desk.shutdown();
    const [backup] = backupsIn(place());
    for (const name of readdirSync(office.root)) {
      if (name !== 'U盘') rmSync(join(office.root, name), { recursive: true, force: true });
    }
    office.desk = office.start();
    await office.create();
    const other = office.store.db
      .prepare(`SELECT "value" FROM "meta" WHERE "key" = 'officeId'`)
      .pluck()
      .get() as string;
    expect(other).toBeDefined();
    office.desk.close();
    rmSync(office.path);
    writeFileSync(office.path, 'damaged');
    await office.desk.open(office.path).catch(() => undefined);
    const { pictures } = await office.desk.restore(backup?.path ?? '');
    expect(pictures).toMatchObject({ total: 1, copied: 1, missing: [] });
    expect(new BlobStore(office.path).has(photo)).toBe(true);
  });

  it('what nothing needs any more is told and cleared; what undo, journal or a backup may need stays', async () => {
    const files = new BlobStore(office.path);
    const used = await addPhoto('基础施工');
    const undone = await addPhoto('加错的');
    undo(office.store, { operator: '王某', now: office.now + 1000 });
    const { digest: orphan } = await files.put(randomBytes(500));
    const { digest: young } = await files.put(randomBytes(500));
    const old = new Date(Date.now() - 100 * DAY);
    for (const digest of [used, undone, orphan]) utimesSync(files.pathOf(digest), old, old);
    const { path } = await take();
    expect(unusedPictures(office.store, [path], Date.now())).toEqual({ count: 1, bytes: 500, unsure: null });
    // A backup that cannot be read may need anything.
    const broken = join(dirname(path), 'broken.bbbackup');
    writeFileSync(broken, 'no backup');
    expect(clearUnused(office.store, [path, broken], Date.now())).toMatchObject({
      count: 0,
      unsure: 'broken.bbbackup',
    });
    expect(files.has(orphan)).toBe(true);
    expect(clearUnused(office.store, [path], Date.now())).toMatchObject({ count: 1, bytes: 500 });
    expect([used, undone, orphan, young].map((digest) => files.has(digest))).toEqual([true, true, false, true]);
  });

  it('where the ledger itself cannot be read to the end, nothing is cleared', async () => {
    await addPhoto('基础施工');
    const files = new BlobStore(office.path);
    const { digest } = await files.put(randomBytes(500));
    const old = new Date(Date.now() - 100 * DAY);
    utimesSync(files.pathOf(digest), old, old);
    expect(unusedPictures(office.store, [], Date.now())).toMatchObject({ count: 1, unsure: null });
    // It stands in a text that was received, and that is gone.
    const lost = JSON.stringify(['attachment', 'id', 'stamp', 'no such text', [0, 20, 40]]);
    office.store.db.prepare(`UPDATE "change" SET "record" = ? WHERE "entity" = 'attachment'`).run(lost);
    const unsure = { count: 0, bytes: 0, unsure: basename(office.path) };
    expect(unusedPictures(office.store, [], Date.now())).toEqual(unsure);
    expect(clearUnused(office.store, [], Date.now())).toEqual(unsure);
    expect(files.has(digest)).toBe(true);
  });

  it('photos added after a restore to an older backup stay for the ledger that was put aside', async () => {
    const { path } = await take();
    const later = await addPhoto('恢复以前加的');
    const files = new BlobStore(office.path);
    const old = new Date(Date.now() - 100 * DAY);
    utimesSync(files.pathOf(later), old, old);
    await office.desk.restore(path);
    expect(unusedPictures(office.store, [path], Date.now())).toEqual({ count: 0, bytes: 0, unsure: null });
  });
});
