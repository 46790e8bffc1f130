import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportTo } from '../../../electron/ledger/exchange/export/export.ts';
import type { Importer } from '../../../electron/ledger/exchange/import/importer.ts';
import { disk } from '../../../electron/ledger/exchange/medium.ts';
import { readerOf } from '../../../electron/ledger/exchange/offices/keys.ts';
import { upgradeNotice } from '../../../electron/ledger/exchange/offices/upgrade.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { type OwnerTable, ownersOf, ownTable, tableDigest } from '../../../electron/ledger/store/owners.ts';
import { type Office, type Region, region } from './offices.ts';
import { saying } from './saying.ts';

/** 字段归属表 and the least program version: what the office above says of them, and what is made of it below. */

let world: Region;
let city: Office;
let county: Office;
let town: Office;

beforeEach(async () => {
  world = await region(3);
  city = world.city;
  [county] = world.counties as [Office];
  [town] = world.towns as [Office];
});
afterEach(() => world.close());

type Report = Awaited<ReturnType<Importer['apply']>>;
const words = ({ notes, fault }: Report): string => [...notes, fault?.text ?? ''].join('');

async function write(from: Office, to: Office, facts: object = {}): Promise<string> {
  const options = { actor: from.actor(), medium: saying(facts) };
  return (await exportTo(from.store, { officeId: to.officeId, full: false }, from.stick, options)).path;
}

async function manifestOf(path: string, reader: Office) {
  const bundle = await disk.open(path, readerOf(reader.store, readIdentity(reader.store)));
  await bundle.close();
  return bundle.manifest;
}

/** The city's table in a later program: the owner of a project is decided by the city there. */
const LATER: OwnerTable = { ...ownTable().table, project: { ...ownTable().table['project'], builder: 'city' } };
const later = (version = 99, program = '2.4.0'): object => ({
  ownership: { version, program, digest: tableDigest(LATER), table: LATER },
});

describe('[exchange] ownership table, least program version', () => {
  it('offices of one program send digests only; the table goes where another is held, until it is held', async () => {
    const plain = await manifestOf(await write(city, county), county);
    expect(plain.ownership).toMatchObject({ digest: ownTable().digest });
    expect(plain.ownership?.table).toBeUndefined();
    expect((await manifestOf(await write(county, city), city)).acknowledgement?.owners).toBe(ownTable().digest);
    // The county goes by another table, and says so; what it passes on to its town is the city's.
    await county.read(await write(city, county, later()));
    const up = await write(county, city);
    expect((await manifestOf(up, city)).acknowledgement?.owners).toBe(tableDigest(LATER));
    const down = await write(county, town);
    expect((await manifestOf(down, town)).ownership).toMatchObject({ program: '2.4.0', table: LATER });
    await town.read(down);
    expect(ownersOf(town.store).of('project', 'builder')).toBe('city');
    await county.read(await town.send(county));
    expect((await manifestOf(await write(county, town), town)).ownership?.table).toBeUndefined();
    await city.read(up);
    expect((await manifestOf(await write(city, county), county)).ownership?.table).toEqual(ownTable().table);
  });

  it('the merge and the door below go by the city’s table, and the clerk is told which fields and which version', async () => {
    const id = county.addProject('甲');
    await city.read(await county.send(city));
    const report = await county.read(await write(city, county, later()));
    expect(words(report)).toContain('市里的字段归属与本机程序有 1 处不同（项目“建设单位”由市级决定），已按市里的执行');
    expect(words(report)).toContain('升级到 2.4.0 以上');
    expect(upgradeNotice(county.store)).toMatchObject({ needed: '2.4.0', fields: ['项目“建设单位”由市级决定'] });
    // Here what the county writes is a suggestion now; it was its own before.
    const change = { entity: 'project' as const, id, set: { builder: '某公司' } };
    expect(commit(county.store, { kind: 'edit', title: '改业主', changes: [change] }, county.actor())).toMatchObject({
      proposals: 1,
    });
    expect(county.get('project', id, 'builder')).toBeNull();
    // And what comes from below, whose program still takes the field for its own.
    const below = town.addProject('乙');
    await county.read(await town.send(county));
    town.set('project', below, { builder: '镇里的公司' });
    expect(await county.read(await town.send(county))).toMatchObject({ proposals: 1 });
    expect(county.get('project', below, 'builder')).toBeNull();
  });

  it('a table of an older program, or one that its digest does not fit, changes nothing; nor does one from below', async () => {
    await county.read(await write(city, county, later(99)));
    const own = { version: 1, program: '0.0.9', digest: ownTable().digest, table: ownTable().table };
    await county.read(await write(city, county, { ownership: own }));
    expect(ownersOf(county.store).of('project', 'builder')).toBe('city');
    await town.read(await write(county, town, { ownership: { ...own, version: 100, table: LATER } }));
    expect(ownersOf(town.store).of('project', 'builder')).not.toBe('city');
    await city.read(await write(county, city, later(200)));
    expect(ownersOf(city.store).of('project', 'builder')).not.toBe('city');
    expect(upgradeNotice(city.store)).toBeNull();
  });

  it('an office whose program is older than asked for is told at import and afterwards, at every tier, until it is asked no more', async () => {
    expect(words(await county.read(await write(city, county)))).not.toContain('升级');
    expect(words(await county.read(await write(city, county, { leastProgram: '3.1.0' })))).toMatch(
      /市里要求较新的程序版本。数据没有丢失，请把本机程序（\d[\d.]*）升级到 3.1.0 以上。/u,
    );
    expect(upgradeNotice(county.store)).toMatchObject({ needed: '3.1.0' });
    expect(words(await town.read(await county.send(town)))).toContain('升级到 3.1.0 以上');
    await county.read(await write(city, county, { leastProgram: '0.1.0' }));
    expect(upgradeNotice(county.store)).toBeNull();
  });
});
