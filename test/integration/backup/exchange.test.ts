import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupsIn } from '../../../electron/ledger/backup/index.ts';
import { headOf } from '../../../electron/ledger/backup/inspect.ts';
import { backupBeforeImport, exportTo, Importer } from '../../../electron/ledger/exchange/index.ts';
import { Desk, type Session } from '../../../electron/ledger/session/index.ts';
import { openAsOf } from '../../../electron/ledger/store/as-of.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { dump } from '../../../electron/ledger/store/dump.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { openStore, type Store } from '../../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import { type JoinedOffices, joinedOffices, submitAll } from '../../helpers/joined-offices.ts';

const COUNTY = '青禾县';
const START = new Date(2021, 4, 18, 11).getTime();

describe('storage and exchange together', () => {
  let offices: JoinedOffices;
  let dataFolder: string;
  let now = START;
  const desks: Desk[] = [];

  beforeAll(async () => {
    offices = await joinedOffices([COUNTY]);
    dataFolder = mkdtempSync(join(tmpdir(), 'baobao-pcs-'));
  }, 60_000);
  afterAll(() => {
    for (const desk of desks) desk.shutdown();
    for (const folder of [offices.folder, dataFolder]) rmSync(folder, { recursive: true, force: true });
  });

  /** Each office works on a PC of its own. */
  function pc(name: string): Desk {
    const clock = (): number => {
      now += 1000;
      return now;
    };
    const desk = new Desk({ dataFolder: join(dataFolder, name), now: clock });
    desks.push(desk);
    return desk;
  }

  async function carry(from: Session, to: Session): Promise<FileReport> {
    const options = { actor: from.actor() };
    const { path } = await exportTo(
      from.store,
      { officeId: to.identity.officeId, full: false },
      offices.stick,
      options,
    );
    const importer = new Importer(to.store);
    const report = await importer.apply(path, { actor: to.actor(), allowMassChange: true });
    await importer.close();
    return report;
  }

  function edit(session: Session, location: string, field: 'location' | 'note' = 'location'): string {
    const id = session.store.db
      .prepare(
        'SELECT p."id" FROM "project" p JOIN "responsibilityUnit" u ON u."id" = p."unitId" WHERE u."name" = ? ORDER BY p."id"',
      )
      .pluck()
      .get(COUNTY) as string;
    commit(
      session.store,
      {
        kind: 'edit',
        title: `修改位置为${location}`,
        changes: [{ entity: 'project', id, set: { [field]: location } }],
      },
      session.actor(),
    );
    return id;
  }

  const locationOf = (store: Store, id: string): unknown =>
    store.db.prepare('SELECT "location" FROM "project" WHERE "id" = ?').pluck().get(id);

  it('a county that was restored from its backup reports on; the city sees a new number series and loses nothing', async () => {
    const city = pc('city');
    const county = pc('county');
    const cityNow = await city.open(offices.city);
    let countyNow = await county.open(offices.counties[COUNTY] ?? '');
    await submitAll(countyNow.store, '2021-05-2');
    expect(await carry(countyNow, cityNow)).toMatchObject({ state: 'applied' });
    const id = edit(countyNow, '备份前');
    const backup = county.requirePresent().keeper.take('manual').path;
    edit(countyNow, '备份后、已上报');
    edit(countyNow, '备份后、已上报、没有再改', 'note');
    expect(await carry(countyNow, cityNow)).toMatchObject({ state: 'applied' });
    const lostTag = readIdentity(countyNow.store).streamTag;

    countyNow = (await county.restore(backup)).session;
    expect(readIdentity(countyNow.store).streamTag).not.toBe(lostTag);
    expect(locationOf(countyNow.store, id)).toBe('备份前');
    const other = edit(countyNow, '恢复后');
    const report = await carry(countyNow, cityNow);
    expect(report.state).toBe('applied');
    expect(report.fault).toBeNull();
    expect(report.newIncarnation).toBeTruthy();
    expect(locationOf(cityNow.store, other)).toBe('恢复后');
    // What the county had reported and lost comes back to it with the city's next file.
    expect((await carry(cityNow, countyNow)).state).toBe('applied');
    expect(countyNow.store.db.prepare('SELECT "note", "location" FROM "project" WHERE "id" = ?').get(id)).toEqual({
      note: '备份后、已上报、没有再改',
      location: '恢复后',
    });
    for (const { store } of [cityNow, countyNow]) {
      expect(verify(store)).toMatchObject({ ok: true });
      expect(verifyRebuild(store.db)).toMatchObject({ ok: true });
    }
    city.shutdown();
    county.shutdown();
  }, 60_000);

  it('before the first file of a run is read a backup is made; without it nothing is read', async () => {
    const city = pc('city-backup');
    const county = pc('county-backup');
    const cityNow = await city.open(offices.city);
    const countyNow = await county.open(offices.counties[COUNTY] ?? '');
    edit(countyNow, '要先备份');
    const { keeper } = city.requirePresent();
    const { n } = headOf(cityNow.store);
    const before = [...dump(cityNow.store)].join('');
    const sent = () =>
      exportTo(countyNow.store, { officeId: cityNow.identity.officeId, full: false }, offices.stick, {
        actor: countyNow.actor(),
      });
    const files = [(await sent()).path, (await sent()).path];
    const readAll = async () => {
      const beforeWrite = backupBeforeImport(keeper);
      const importer = new Importer(cityNow.store);
      const reports: FileReport[] = [];
      for (const path of files) reports.push(await importer.apply(path, { actor: cityNow.actor(), beforeWrite }));
      await importer.close();
      return reports.map(({ state }) => state);
    };
    // The place of the backups is taken by a file.
    mkdirSync(dirname(keeper.folder), { recursive: true });
    writeFileSync(keeper.folder, '');
    expect(await readAll()).toEqual(['refused', 'refused']);
    expect([...dump(cityNow.store)].join('')).toBe(before);
    rmSync(keeper.folder);
    expect(await readAll()).toEqual(['applied', 'applied']);
    const [made, ...more] = backupsIn(keeper.folder);
    expect([made?.reason, more]).toEqual(['before-import', []]);
    const copy = openStore(made?.path ?? '', { readOnly: true });
    expect(headOf(copy).n).toBe(n);
    copy.close();
    city.close();
    county.close();
  });

  it('the city as of before an import is what it was', async () => {
    const city = pc('city');
    const county = pc('county');
    const cityNow = await city.open(offices.city);
    const countyNow = await county.open(offices.counties[COUNTY] ?? '');
    const before = [...dump(cityNow.store)].join('');
    edit(countyNow, '再改一次');
    await carry(countyNow, cityNow);
    expect([...dump(cityNow.store)].join('')).not.toBe(before);
    // The journal tells pinned days of sample data; the number before the import is what is asked for.
    const last = cityNow.store.db
      .prepare('SELECT "at" FROM "journal" ORDER BY "n" DESC LIMIT 1 OFFSET 1')
      .pluck()
      .get();
    const past = openAsOf(cityNow.store, Number(last));
    expect([...dump(past)].join('')).toBe(before);
    past.close();
    city.shutdown();
    county.shutdown();
  }, 60_000);

  it('a damaged city is restored with its imports of after the backup, proved row by row', async () => {
    const city = pc('city');
    const county = pc('county');
    const cityNow = await city.open(offices.city);
    const countyNow = await county.open(offices.counties[COUNTY] ?? '');
    const backup = city.requirePresent().keeper.take('before-import').path;
    edit(countyNow, '导入的');
    await carry(countyNow, cityNow);
    edit(cityNow, '市里建议的');
    const whole = [...dump(cityNow.store)].join('');
    city.shutdown();
    county.shutdown();

    const damaged = openStore(offices.city);
    const page = damaged.db.prepare(`SELECT "rootpage" FROM sqlite_master WHERE "name" = 'person'`).pluck().get();
    damaged.close();
    const handle = openSync(offices.city, 'r+');
    writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (Number(page) - 1) * 4096);
    closeSync(handle);

    const again = pc('city');
    await expect(again.open(offices.city)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    const { session, caughtUp } = await again.restore(backup);
    expect(caughtUp).toMatchObject({ entries: 2, complete: true });
    expect([...dump(session.store)].join('')).toBe(whole);
    expect(verify(session.store).ok).toBe(true);
    expect(verifyRebuild(session.store.db)).toMatchObject({ ok: true });
    again.shutdown();
  }, 60_000);
});
