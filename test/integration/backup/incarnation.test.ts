import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HighWater, ownStreams } from '../../../electron/ledger/backup/incarnation.ts';
import { isOtherMachine, machineSigns } from '../../../electron/ledger/backup/machine.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import { Office } from './office.ts';

describe('a stream is never used twice', () => {
  let office: Office;
  let note: string;

  beforeEach(async () => {
    office = new Office();
    await office.create();
    office.register('某甲', '某乙');
    note = join(office.dataFolder, 'high-water', `${readIdentity(office.store).ledgerId}.json`);
  });
  afterEach(() => office.close());

  const reopen = async (dataFolder?: string): Promise<string | null> => {
    office.desk.shutdown();
    office.desk = office.start(dataFolder);
    await office.desk.open(office.path);
    return office.desk.keeper?.renewed ?? null;
  };
  const readNote = (): HighWater => JSON.parse(readFileSync(note, 'utf8')) as HighWater;

  it('is not chosen while a file is read in', async () => {
    const { keeper, session } = office.desk.requirePresent();
    session.store.gate.holder = '正在导入交换文件';
    expect(() => keeper.renew()).toThrow('正在导入交换文件');
    session.store.gate.holder = null;
    keeper.renew();
    expect(keeper.stream().reason).toBe('chosen');
  });

  it('an ordinary restart goes on with it', async () => {
    const before = readIdentity(office.store);
    expect(await reopen()).toBeNull();
    expect(readIdentity(office.store)).toEqual(before);
    expect(before.incarnation).toBe(1);
  });

  it('the note is never ahead of what is saved, and at rest says where the ledger is', async () => {
    office.desk.shutdown();
    expect(readNote().n).toBe(3);
    await office.desk.open(office.path);
    office.register('某丙', '某丁');
    expect(readNote().n).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(readNote().n).toBe(5);
  });

  it('a program killed before the note was written goes on with it', async () => {
    const held = readFileSync(note);
    office.register('某丙');
    office.desk.shutdown();
    writeFileSync(note, held);
    expect(await reopen()).toBeNull();
  });

  it('an older copy put back is recognised, whatever its date', async () => {
    office.desk.shutdown();
    copyFileSync(office.path, `${office.path}.old`);
    await office.desk.open(office.path);
    const before = readIdentity(office.store);
    office.register('某丙');
    office.desk.shutdown();
    copyFileSync(`${office.path}.old`, office.path);
    expect(await reopen()).toBe('behind');
    const after = readIdentity(office.store);
    expect(after).toMatchObject({ ledgerId: before.ledgerId, incarnation: 2 });
    expect(after.streamTag).not.toBe(before.streamTag);
    const stream = office.store.db.prepare('SELECT * FROM "stream" WHERE "tag" = ?').get(after.streamTag);
    expect(stream).toMatchObject({ own: 1, reason: 'behind', previousTag: before.streamTag, previousN: 3 });
    office.register('某丁');
    expect(verify(office.store).ok).toBe(true);
    expect(await reopen()).toBeNull();
  });

  it('the same older copy put back twice knows for its own what it wrote in between, and nothing else', async () => {
    office.desk.shutdown();
    copyFileSync(office.path, `${office.path}.old`);
    const written: string[] = [];
    for (const name of ['某丙', '某丁', '某戊']) {
      await office.desk.open(office.path);
      office.register(name);
      written.push(readIdentity(office.store).streamTag);
      office.desk.shutdown();
      copyFileSync(`${office.path}.old`, office.path);
    }
    expect(await reopen()).toBe('behind');
    const { streamTag, incarnation } = readIdentity(office.store);
    expect(incarnation).toBe(4);
    expect(
      ownStreams(office.store)
        .map(({ tag }) => tag)
        .sort(),
    ).toEqual([...written, streamTag].sort());
  });

  it('a note of an older version, which names no streams, is read as before', async () => {
    office.desk.shutdown();
    const { streams: _, ...older } = readNote();
    writeFileSync(note, JSON.stringify({ ...older, n: older.n + 1 }));
    expect(await reopen()).toBe('behind');
    expect(ownStreams(office.store)).toHaveLength(2);
  });

  it('without the note, as on another PC, a new stream is opened', async () => {
    office.desk.shutdown();
    rmSync(note);
    expect(await reopen()).toBe('missing');
    expect(await reopen()).toBeNull();
  });

  it('an unreadable note counts as none', async () => {
    office.desk.shutdown();
    writeFileSync(note, '');
    expect(await reopen()).toBe('missing');
  });

  it('other hardware with the same files, as of a copied disk, is recognised', async () => {
    office.desk.shutdown();
    writeFileSync(note, JSON.stringify({ ...readNote(), machine: ['a', 'b', 'c'] }));
    const signs = await machineSigns(readNote().ledgerId);
    expect(await reopen()).toBe(signs.length > 0 ? 'machine' : null);
  });

  it('worked on elsewhere and brought back is recognised', async () => {
    expect(await reopen(join(office.root, 'other-pc'))).toBe('missing');
    office.register('某丙');
    expect(await reopen()).toBe('elsewhere');
    expect(readIdentity(office.store).incarnation).toBe(3);
  });

  it('two copies that both went on end up in two streams', async () => {
    office.desk.shutdown();
    const copy = join(office.root, '副本.bbledger');
    copyFileSync(office.path, copy);
    await office.desk.open(office.path);
    office.register('某丙');
    const first = readIdentity(office.store).streamTag;
    await office.desk.open(copy);
    expect(office.desk.keeper?.renewed).toBe('behind');
    office.register('某丁', '某戊');
    const second = readIdentity(office.store).streamTag;
    await office.desk.open(office.path);
    expect(office.desk.keeper?.renewed).toBe('behind');
    const third = readIdentity(office.store);
    expect(new Set([first, second, third.streamTag]).size).toBe(3);
    expect(third.incarnation).toBe(3);
  });

  it('years of clock error change nothing', async () => {
    office.now = new Date(2035, 0, 1).getTime();
    office.register('某丙');
    office.now = new Date(1999, 0, 1).getTime();
    office.register('某丁');
    expect(await reopen()).toBeNull();
    expect(verify(office.store).ok).toBe(true);
    expect(office.people()).toEqual(['某丁', '某丙', '某乙', '某甲']);
  });
});

describe('signs of a PC', () => {
  it('a replaced disk or card is no other PC, foreign hardware is', () => {
    expect(isOtherMachine(['a', 'b', 'c'], ['a', 'b', 'd'])).toBe(false);
    expect(isOtherMachine(['a', 'b'], ['a', 'b', 'c', 'd'])).toBe(false);
    expect(isOtherMachine(['a', 'b', 'c'], ['a', 'e', 'f'])).toBe(true);
    expect(isOtherMachine(['a'], ['b'])).toBe(true);
    expect(isOtherMachine([], ['b'])).toBe(false);
    expect(isOtherMachine(['a'], [])).toBe(false);
  });

  it('are steady, and differ with the ledger so that nobody can be followed by them', async () => {
    expect(await machineSigns('x')).toEqual(await machineSigns('x'));
    const [first] = await machineSigns('x');
    if (first !== undefined) expect(await machineSigns('y')).not.toContain(first);
  });
});
