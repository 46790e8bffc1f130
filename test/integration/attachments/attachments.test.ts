import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addFile, addPhoto, inspect, originalOf, takePiece } from '../../../electron/ledger/attachments/intake.ts';
import { attachmentsOf, countsOfPeriod, pictureOf, saveAs } from '../../../electron/ledger/attachments/read.ts';
import { createCityLedger } from '../../../electron/ledger/session/index.ts';
import { BlobStore } from '../../../electron/ledger/store/blobs.ts';
import { type Actor, commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';
import type { Inspected } from '../../../shared/contract/attachments.ts';
import { tinyJpeg, writeJpeg } from '../../helpers/jpeg.ts';

const actor: Actor = { operator: '李某', now: Date.UTC(2021, 4, 18, 2) };
let folder: string;
let store: Store;
let projects: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baobao-attachments-'));
  const path = join(folder, '市.bbledger');
  const city = { path, place: '安澜市', placeShort: '安', operator: '李某', presetId: 'hundredDays', year: 2021 };
  store = createCityLedger(city, actor.now - 1000);
  const unitId = newId();
  const unit = { entity: 'responsibilityUnit', id: unitId, set: { name: '青禾县', kind: 'county' } } as const;
  commit(store, { kind: 'edit', title: '新建', changes: [unit] }, actor);
  projects = ['污水处理厂', '产业园'].map((name) => {
    const id = newId();
    commit(store, { kind: 'edit', title: '新建', changes: [{ entity: 'project', id, set: { name, unitId } }] }, actor);
    return id;
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function look(path: string): Promise<Inspected> {
  const [found] = await inspect(store, [path], {});
  if (!found) throw new Error('nothing');
  return found;
}

async function add(projectId: string, source: Inspected, period: string | null = '2021-05-2'): Promise<string> {
  // As the page would: here the picture is small enough already.
  const picture = readFileSync(source.path).toString('base64');
  const thumb = tinyJpeg({ across: 2, down: 2 }).toString('base64');
  return addPhoto(
    store,
    { projectId, period, title: '基础施工', source, picture, thumb, width: 64, height: 48 },
    actor,
  );
}

describe('[attachments] intake', () => {
  it('takes the time from EXIF, keeps it, and stores the picture by its digest beside the ledger', async () => {
    const source = await look(writeJpeg(join(folder, '现场.jpg'), { takenAt: '2021:05:14 09:30:00' }));
    expect(source).toMatchObject({ kind: 'photo', mime: 'image/jpeg', refused: null, used: [] });
    expect(source.takenAt).toBe(new Date(2021, 4, 14, 9, 30).getTime());
    const id = await add(projects[0] ?? '', source);
    const [item] = await attachmentsOf(store, store.path, projects[0] ?? '');
    expect(item).toMatchObject({ id, day: '2021-05-14', present: true, periodLabel: '2021年5月中旬', used: [] });
    expect(item?.thumb).toMatch(/^data:image\/jpeg;base64,/u);
    expect((await pictureOf(store, store.path, id)).data).toBe(readFileSync(source.path).toString('base64'));
    expect(countsOfPeriod(store, '2021-05-2')).toEqual([{ projectId: projects[0], count: 1 }]);
    expect((await originalOf(source.path)).mime).toBe('image/jpeg');
  });

  it('knows a photo again, in whichever project it was used (C14)', async () => {
    const source = await look(writeJpeg(join(folder, '一.jpg')));
    await add(projects[0] ?? '', source);
    const again = await look(writeJpeg(join(folder, '另一个名字.jpg')));
    expect(again.used).toEqual([{ projectName: '污水处理厂', periodLabel: '2021年5月中旬' }]);
    await add(projects[1] ?? '', again, '2021-05-3');
    const [item] = await attachmentsOf(store, store.path, projects[0] ?? '');
    expect(item?.used).toEqual([{ projectName: '产业园', periodLabel: '2021年5月下旬' }]);
  });

  it('keeps a video as it is, in pieces, and gives a checked copy', async () => {
    const path = join(folder, '航拍.mp4');
    const video = Buffer.concat([
      Buffer.from('0000001866747970', 'hex'),
      Buffer.from('isom'),
      Buffer.alloc(3_000_000, 7),
    ]);
    writeFileSync(path, video);
    const source = await look(path);
    expect(source).toMatchObject({ kind: 'video', mime: 'video/mp4', takenAt: null });
    const id = await addFile(store, { projectId: projects[0] ?? '', period: null, title: '', source }, actor, {});
    const copy = join(folder, '另存.mp4');
    await saveAs(store, store.path, { id, path: copy }, {});
    expect(readFileSync(copy).equals(video)).toBe(true);
    writeFileSync(path, Buffer.concat([video, Buffer.from('x')]));
    await expect(
      addFile(store, { projectId: projects[0] ?? '', period: null, title: '', source }, actor, {}),
    ).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });

  it('refuses what it is not, each file by itself, whatever its name says', async () => {
    writeFileSync(join(folder, '假.jpg'), 'MZ not a picture');
    writeFileSync(
      join(folder, '苹果.heic'),
      Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('heic')]),
    );
    mkdirSync(join(folder, '夹'));
    const names = ['假.jpg', '苹果.heic', '夹', '没有.jpg'];
    const found = await inspect(
      store,
      names.map((name) => join(folder, name)),
      {},
    );
    expect(found.map((each) => each.refused !== null)).toEqual([true, true, true, true]);
    expect(found[1]?.refused).toContain('HEIC');
    await expect(originalOf(join(folder, '假.jpg'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('puts a dropped file together and forgets it once it is taken', async () => {
    const bytes = tinyJpeg({ takenAt: '2021:05:14 09:30:00' });
    const id = newId();
    const piece = (start: number, end: number) => ({
      id,
      fileName: '../../拖入.jpg',
      start,
      data: bytes.subarray(start, end).toString('base64'),
    });
    await takePiece(store, piece(0, 100));
    const path = await takePiece(store, piece(100, bytes.length));
    expect(path.startsWith(join(`${store.path}.files`, '.incoming'))).toBe(true);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    await add(projects[0] ?? '', await look(path));
    expect(() => readFileSync(path)).toThrow();
  });

  it('never takes a digest of a row for a path', () => {
    const files = new BlobStore(store.path);
    expect(files.has('../../etc/passwd')).toBe(false);
    expect(() => files.pathOf('../x')).toThrow();
  });
});
