import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoImport } from '../../../electron/ledger/exchange/import/undo-import.ts';
import { Importer, type ImportOptions } from '../../../electron/ledger/exchange/index.ts';
import { readRegister } from '../../../electron/ledger/exchange/register/register.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { type Office, type Region, region } from '../../stories/exchange/offices.ts';

/** The ledger file is deleted or replaced under the program, as a sync tool or a hand on the wrong folder does. */
describe('[exchange] a ledger file that goes away while a file is read', () => {
  let world: Region;
  let city: Office;
  let county: Office;
  let away: string;

  beforeEach(async () => {
    world = await region();
    city = world.city;
    county = world.counties[0] as Office;
    away = join(world.folder, '挪走.bbledger');
  });
  afterEach(() => world.close());

  const goesAway = (): void => renameSync(city.store.path, away);
  const comesBack = (): void => renameSync(away, city.store.path);
  const codeOf = (work: () => unknown): string | null => {
    try {
      work();
      return null;
    } catch (error) {
      return error instanceof Fault ? error.code : String(error);
    }
  };

  async function importWith(path: string, options: Partial<ImportOptions>) {
    const importer = new Importer(city.store);
    try {
      return await importer.apply(path, { actor: city.actor(), ...options });
    } finally {
      await importer.close();
    }
  }

  it('nothing is said to be imported, and nothing is; once it is back, the same file is read as if for the first time', async () => {
    county.addProject('污水处理厂');
    const file = await county.send(city);
    const before = city.dump();
    let gone = false;
    const report = await importWith(file, {
      onProgress: (title) => {
        if (gone || title !== '保存') return;
        gone = true;
        goesAway();
      },
    });
    expect(gone).toBe(true);
    expect(report).toMatchObject({ state: 'refused', fault: { code: 'FILE_GONE' } });
    comesBack();
    expect(city.dump()).toBe(before);
    expect(city.store.gate.holder).toBeNull();
    expect(await city.read(file)).toMatchObject({ state: 'applied', arrival: 'new' });
    expect(city.rows('project')).toHaveLength(1);
  });

  it('another file under its name is not written either', async () => {
    county.addProject('污水处理厂');
    const file = await county.send(city);
    const other = join(world.folder, '别的.bbledger');
    city.store.db.exec(`VACUUM INTO '${other}'`);
    goesAway();
    copyFileSync(other, city.store.path);
    expect(codeOf(() => new Importer(city.store))).toBe('FILE_GONE');
    comesBack();
    expect(await city.read(file)).toMatchObject({ state: 'applied', arrival: 'new' });
  });

  it('neither is an import taken back in it', async () => {
    county.addProject('污水处理厂');
    await city.read(await county.send(city));
    const [entry] = readRegister(city.store, { limit: 1 });
    goesAway();
    expect(codeOf(() => undoImport(city.store, entry?.id ?? '', city.actor()))).toBe('FILE_GONE');
    comesBack();
    expect(city.rows('project')).toHaveLength(1);
  });
});
