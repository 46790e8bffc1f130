import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownStreams } from '../../../electron/ledger/backup/incarnation.ts';
import { backupsFor, backupsOf } from '../../../electron/ledger/backup/list.ts';
import { previewBackup } from '../../../electron/ledger/backup/preview.ts';
import { salvage } from '../../../electron/ledger/backup/salvage.ts';
import { writeSettings } from '../../../electron/ledger/backup/settings.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { connectLedger, openStore } from '../../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { damage, Office, officeAfterBackup } from './office.ts';

const DAY = 86_400_000;

describe('restore', () => {
  let office: Office;
  beforeEach(async () => {
    office = new Office();
    await office.create();
    office.register('某甲');
  });
  afterEach(() => office.close());

  const ledgers = (): string[] =>
    readdirSync(office.root)
      .filter((name) => name.includes('.bbledger'))
      .sort();

  it('tells before what would be lost to view', () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    office.register('某乙', '某丙');
    const preview = previewBackup(path, office.store);
    expect(preview).toMatchObject({
      officeName: '安澜市重点项目百日会战工作领导小组办公室',
      entries: 2,
      reason: 'manual',
      projects: 0,
    });
    expect(preview.comparison).toMatchObject({ kind: 'same-office', newer: 2, onlyInBackup: 0 });
    expect(preview.comparison.kind === 'same-office' && preview.comparison.lines.map((line) => line.title)).toEqual([
      '登记某丙',
      '登记某乙',
    ]);
    expect(preview.last?.title).toBe('登记某甲');
  });

  it('is not spoiled by what a killed restore left beside its temporary file', async () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    // A rollback journal, as of a program that was killed while it turned the copy to WAL.
    const part = `${office.path}.restored.part`;
    copyFileSync(path, part);
    const db = connectLedger(part, {});
    db.pragma('cache_size = 1');
    db.exec('BEGIN; UPDATE "meta" SET "value" = hex(zeroblob(5000)); DELETE FROM "journal"; DELETE FROM "change"');
    copyFileSync(`${part}-journal`, `${part}-kept`);
    db.exec('ROLLBACK');
    db.close();
    renameSync(`${part}-kept`, `${part}-journal`);
    for (let number = 0; number < 40; number += 1) office.register(`某${number}`);
    const { path: newer } = office.desk.requirePresent().keeper.take('manual');
    await office.desk.restore(newer);
    expect(verify(office.store)).toMatchObject({ ok: true });
    expect(office.people()).toHaveLength(41);
    expect(ledgers().filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('takes the place of the ledger as another one, and keeps the old file', async () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    office.register('某乙');
    const before = readIdentity(office.store);
    const { keptAs } = await office.desk.restore(path);
    const after = readIdentity(office.store);
    expect(office.store.path).toBe(office.path);
    expect(office.people()).toEqual(['某甲']);
    expect(after.ledgerId).not.toBe(before.ledgerId);
    expect(after.streamTag).not.toBe(before.streamTag);
    expect(after).toMatchObject({ officeId: before.officeId, incarnation: 2 });
    expect(office.desk.keeper).toMatchObject({ renewed: null });
    expect(office.desk.keeper?.stream()).toMatchObject({ reason: 'restored', incarnation: 2 });
    expect(basename(keptAs ?? '')).toBe('安澜市（2021-05-18 0902 恢复前）.bbledger');
    const old = openStore(keptAs ?? '', { readOnly: true });
    expect(old.db.prepare('SELECT count(*) FROM "person" WHERE "name" = ?').pluck().get('某乙')).toBe(1);
    old.close();
    office.register('某丁');
    expect(verify(office.store).ok).toBe(true);
    expect(verifyRebuild(office.store.db).ok).toBe(true);
    // The backups from before stay in the list.
    expect(
      backupsOf(office.store, office.dataFolder, '安澜市重点项目百日会战工作领导小组办公室').map((entry) => entry.path),
    ).toContain(path);
  });

  it('the old file, opened again, does not go on with its stream', async () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    const before = readIdentity(office.store);
    const { keptAs } = await office.desk.restore(path);
    await office.desk.open(keptAs ?? '');
    expect(office.desk.keeper?.renewed).toBe('elsewhere');
    expect(readIdentity(office.store).streamTag).not.toBe(before.streamTag);
  });

  it('twice from the same backup gives two ledgers; the second knows for its own what the first wrote', async () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    await office.desk.restore(path);
    const first = readIdentity(office.store);
    const { keptAs } = await office.desk.restore(path);
    const second = readIdentity(office.store);
    expect(second.ledgerId).not.toBe(first.ledgerId);
    expect(keptAs).toMatch(/恢复前 2）/u);
    expect(ownStreams(office.store).map(({ tag }) => tag)).toEqual(
      expect.arrayContaining([first.streamTag, second.streamTag]),
    );
  });

  it('of another office is refused, the ledger stays open', async () => {
    const other = new Office();
    await other.create();
    const { path } = other.desk.requirePresent().keeper.take('manual');
    expect(previewBackup(path, office.store).comparison.kind).toBe('other-office');
    await expect(office.desk.restore(path)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    other.close();
    office.register('某乙');
    expect(office.people()).toHaveLength(2);
  });

  it('of a damaged backup is refused, the ledger stays open', async () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    damage(path, 8192, 4096);
    await expect(office.desk.restore(path)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    office.register('某乙');
    expect(office.desk.trouble).toBeNull();
    expect(ledgers().filter((name) => name.includes('restored'))).toEqual([]);
  });

  it('cut off between its renames is completed at the next opening', async () => {
    const { path } = office.desk.requirePresent().keeper.take('manual');
    office.desk.shutdown();
    const store = openStore(office.path);
    const ready = `${office.path}.restored`;
    store.db.prepare('VACUUM INTO ?').run(ready);
    store.close();
    renameSync(office.path, join(office.root, '旧.bbledger'));
    writeFileSync(`${office.path}-wal`, 'of the old one');
    await office.desk.open(office.path);
    expect(office.people()).toEqual(['某甲']);
    expect(existsSync(ready)).toBe(false);
    expect(path).toBeTruthy();
  });
});

describe('a damaged ledger', () => {
  let office: Office;
  let backup: string;

  beforeEach(async () => {
    ({ office, backup } = await officeAfterBackup());
  });
  afterEach(() => office.close());

  /** A page that holds rows of the person table. */
  function damageTable(table: string): void {
    const store = openStore(office.path);
    const page = store.db.prepare(`SELECT "rootpage" FROM sqlite_master WHERE "name" = ?`).pluck().get(table) as number;
    store.close();
    damage(office.path, (page - 1) * 4096, 4096);
  }

  const openAgain = async (): Promise<unknown> => {
    office.desk = office.start();
    try {
      await office.desk.open(office.path);
      return null;
    } catch (error) {
      return error;
    }
  };

  it('is told with what to do, and its backups are found', async () => {
    damageTable('person');
    const fault = await openAgain();
    expect(fault).toBeInstanceOf(Fault);
    expect(office.desk.trouble).toMatchObject({ path: office.path, code: 'LEDGER_DAMAGED' });
    expect(office.desk.trouble?.text).toContain('备份');
    const found = backupsFor(office.desk.trouble ?? { ledgerId: null, officeName: '' }, office.dataFolder);
    expect(found.map((entry) => entry.path)).toEqual([backup]);
  });

  it('is restored with what was saved after the backup, as far as the journal can be read', async () => {
    damageTable('person');
    await openAgain();
    const { caughtUp, keptAs } = await office.desk.restore(backup);
    expect(caughtUp).toEqual({ entries: 2, complete: true });
    expect(office.people()).toEqual(['某丙', '某乙', '某甲'].sort());
    expect(office.desk.trouble).toBeNull();
    expect(verify(office.store).ok).toBe(true);
    expect(verifyRebuild(office.store.db)).toMatchObject({ ok: true });
    expect(existsSync(keptAs ?? '')).toBe(true);
    expect(office.desk.keeper?.stream()).toMatchObject({ reason: 'restored' });
  });

  it('whose journal is gone is restored to the backup, and says that it may not be all', async () => {
    damageTable('journal');
    await openAgain();
    const { caughtUp } = await office.desk.restore(backup);
    expect(caughtUp).toEqual({ entries: 0, complete: false });
    expect(office.people()).toEqual(['某甲']);
  });

  it('without a first page, or empty, is damage and not somebody else’s file', async () => {
    damage(office.path, 0, 4096);
    await openAgain();
    expect(office.desk.trouble?.text).toContain('文件头损坏');
    truncateSync(office.path, 0);
    const fault = await openAgain();
    expect(fault).toMatchObject({ code: 'LEDGER_DAMAGED' });
    const { caughtUp } = await office.desk.restore(backup);
    expect(caughtUp).toEqual({ entries: 0, complete: false });
    expect(office.people()).toEqual(['某甲']);
  });

  it('gives out what can be read, as a workbook and as text', async () => {
    damageTable('person');
    const saved = await salvage(office.path, office.root, office.now);
    expect(saved.rows).toBeGreaterThan(20);
    expect(saved.lost).toEqual(['“人员”表有一部分读不出来，已从流水补出 3 行']);
    expect(readdirSync(saved.folder).sort()).toEqual(['数据.json', '数据.xlsx']);
    const json = JSON.parse((await import('node:fs')).readFileSync(join(saved.folder, '数据.json'), 'utf8')) as {
      person: { name: string }[];
    };
    // The table's page is lost; the changes in the journal still tell who was in it.
    expect(json.person.map((person) => person.name)).toEqual(expect.arrayContaining(['某甲', '某乙', '某丙']));
  });
});

describe('automatic backups', () => {
  let office: Office;
  beforeEach(async () => {
    office = new Office();
    await office.create();
  });
  afterEach(() => office.close());

  it('are due when the last is older than most of a day', () => {
    const { keeper } = office.desk.requirePresent();
    expect(keeper.isDue()).toBe(true);
    keeper.take('start');
    expect(keeper.isDue()).toBe(false);
    office.now += DAY;
    expect(keeper.isDue()).toBe(true);
    // A clock that went back does not wait until it has caught up.
    office.now -= 400 * DAY;
    expect(keeper.isDue()).toBe(true);
  });

  it('go to the second place too, which never stands in the way', async () => {
    const second = join(office.root, 'stick');
    mkdirSync(second);
    writeSettings(office.dataFolder, { second });
    const { keeper } = office.desk.requirePresent();
    const { path } = keeper.take('daily');
    await keeper.settled();
    expect(keeper.second?.problem).toBeNull();
    const [folder = ''] = readdirSync(second);
    expect(folder).toMatch(/^包保台账备份_安澜市重点项目百日会战工作领导小组办公室_[0-9a-f]{8}$/u);
    expect(readdirSync(join(second, folder))).toEqual([basename(path)]);
    const copy = openStore(join(second, folder, basename(path)), { readOnly: true });
    expect(verify(copy).ok).toBe(true);
    copy.close();

    renameSync(second, `${second}-pulled-out`);
    office.now += DAY;
    keeper.take('daily');
    await keeper.settled();
    expect(keeper.second?.problem).toContain('U盘');
    expect(keeper.problem).toBeNull();
  });
});
