import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBundle } from '../../../electron/ledger/exchange/bundle/bundle-read.ts';
import { readerOf } from '../../../electron/ledger/exchange/offices/keys.ts';
import { chooseSuite } from '../../../electron/ledger/exchange/offices/suite-choice.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { type Office, type Region, region } from './offices.ts';

let world: Region;
let city: Office;
let county: Office;

beforeEach(async () => {
  world = await region();
  city = world.city;
  county = world.counties[0] as Office;
});
afterEach(() => world.close());

async function suiteOfFile(path: string, reader: Office): Promise<number> {
  const bundle = await openBundle(path, readerOf(reader.store, readIdentity(reader.store)));
  await bundle.close();
  return bundle.manifest.suite;
}

const chosen = process.env['STORY_SUITE'] === '2' ? 2 : 1;

describe(`[exchange] the city chooses the suite (now ${chosen})`, () => {
  it('files are of the suite that it chose, both ways', async () => {
    expect(await suiteOfFile(await county.send(city), city)).toBe(chosen);
    expect(await suiteOfFile(await city.send(county), county)).toBe(chosen);
  });

  it('changes it under way: files on their way are read, later ones are of the other suite', async () => {
    const other = chosen === 1 ? 2 : 1;
    const project = county.addProject('污水处理厂');
    const before = await county.send(city);
    chooseSuite(city.store, other, city.actor());
    const told = await city.send(county);
    expect(await county.read(told)).toMatchObject({ state: 'applied', fault: null });
    expect(await city.read(before)).toMatchObject({ state: 'applied', fault: null });
    const after = await county.send(city);
    expect(await suiteOfFile(after, city)).toBe(other);
    expect(await city.read(after)).toMatchObject({ state: 'applied', fault: null });
    expect(city.get('project', project, 'name')).toBe('污水处理厂');
    const answer = await city.send(county);
    expect(await suiteOfFile(answer, county)).toBe(other);
    expect(await county.read(answer)).toMatchObject({ state: 'applied', fault: null });
  });

  it('a partner of an older program goes on in suite 1 until it shows keys of the other', async () => {
    // As both were before there was a second suite.
    for (const { store } of [city, county]) {
      store.db.exec(`DELETE FROM "peerSuite"; DELETE FROM "keyring" WHERE "name" <> 'own'`);
    }
    for (const { id } of city.rows('office')) {
      const bare = (field: string): string => String(city.get('office', String(id), field)).split(' ')[0] ?? '';
      city.set('office', String(id), { signKey: bare('signKey'), boxKey: bare('boxKey') });
    }
    await county.read(await city.send(county));
    city.store.db.exec('DELETE FROM "peerSuite"');
    if (chosen === 1) chooseSuite(city.store, 2, city.actor());
    expect(await suiteOfFile(await city.send(county), county)).toBe(1);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await city.read(await county.send(city))).toMatchObject({ fault: null });
      if (turn === 0 && chosen === 2) chooseSuite(city.store, 2, city.actor());
      expect(await county.read(await city.send(county))).toMatchObject({ fault: null });
    }
    expect(await suiteOfFile(await county.send(city), city)).toBe(2);
    expect(await suiteOfFile(await city.send(county), county)).toBe(2);
  });
});
