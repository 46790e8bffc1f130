import { afterEach, describe, expect, it } from 'vitest';
import { pack } from '../../../electron/ledger/exchange/export/export.ts';
import { listParked } from '../../../electron/ledger/exchange/merge/parked.ts';
import { keysOf, officeRow } from '../../../electron/ledger/exchange/offices/keys.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { type Office, type Region, region } from './offices.ts';

/** What cannot be put into a ledger is kept, carried on and shown (exchange design, 'No silent loss'). */

let world: Region;
afterEach(() => world.close());

type First = NonNullable<Parameters<typeof pack>[3]['first']>;

/** A file with rows that this program would not write: those of a newer one, or of one that was changed. */
async function sendWith(from: Office, to: Office, first: First): Promise<string> {
  const office = officeRow(from.store, to.officeId);
  const keys = office ? keysOf(office) : null;
  if (keys === null) throw new Error('no keys');
  const addressees = [{ kind: 'office', officeId: to.officeId, keys }] as const;
  const packing = { kind: 'upward', addressees, enrolment: null, first } as const;
  const request = { officeId: to.officeId, full: false };
  return (await pack(from.store, request, from.stick, packing, { actor: from.actor() })).path;
}

/** A stamp of an office's own, of now. */
function stampOf(office: Office, project: string): string {
  const stamp = String(office.get('project', project, '_stamp'));
  return `${world.clock.tick().toString(16).padStart(12, '0')}0000${stamp.slice(16)}`;
}

describe('[exchange] what is put aside', () => {
  it('a report of the same id with another content is kept beside, the first one stands', async () => {
    world = await region();
    const { city } = world;
    const [county] = world.counties as [Office];
    const projectId = county.addProject('污水处理厂');
    const [submissionId, report] = [newId(), newId()];
    const common = { kind: 'tenDay', period: '2021-05-1' };
    county.commit(
      '报送',
      { entity: 'submission', id: submissionId, set: { ...common, unitId: county.unitId, count: 1 } },
      { entity: 'report', id: report, set: { ...common, projectId, submissionId, yearToDate: 1_000_000 } },
    );
    await city.read(await county.send(city));
    const columns = ['voided', 'projectId', 'submissionId', 'kind', 'period', 'yearToDate'];
    const values = [0, projectId, submissionId, 'tenDay', '2021-05-1', 9_000_000];
    const stamp = stampOf(county, projectId);
    const row = { id: report, stamp, whole: true, columns, values, stamps: null, bases: null };
    const told = await city.read(await sendWith(county, city, [{ entity: 'report', columns, row }]));
    expect(told).toMatchObject({ state: 'applied', waiting: { digest: 1 } });
    expect(told.notes.join('')).toMatch(/有 1 条已报送的记录内容前后不一致，没有采用，已保留备查。/u);
    expect(city.get('report', report, 'yearToDate')).toBe(1_000_000);
    const [kept, ...more] = listParked(city.store, 10);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ reason: 'digest', officeName: county.name, entityLabel: '旬报' });
    expect(kept?.values).toContainEqual({ label: '自年初累计', text: '900 万元' });
    // The same once more is not put aside twice.
    await city.read(await sendWith(county, city, [{ entity: 'report', columns, row }]));
    expect(listParked(city.store, 10)).toHaveLength(1);
  });

  it('what an old county cannot read of its town it carries on unchanged to the city', async () => {
    world = await region(3);
    const { city } = world;
    const [county] = world.counties as [Office];
    const [town] = world.towns as [Office];
    const projectId = town.addProject('粮食烘干塔');
    await county.read(await town.send(county));
    const stamp = String(town.get('project', projectId, '_stamp'));
    const field = {
      id: projectId,
      stamp,
      whole: false,
      columns: ['droneFlights'],
      values: ['每周航拍'],
      stamps: { droneFlights: stampOf(town, projectId) },
      bases: null,
    };
    const columns = ['voided', 'name'];
    const entity = { id: newId(), stamp: stampOf(town, projectId), whole: true, columns, values: [0, '一号机'] };
    const told = await county.read(
      await sendWith(town, county, [
        { entity: 'project', columns: field.columns, row: field },
        { entity: 'drone', columns, row: { ...entity, stamps: null, bases: null } },
      ]),
    );
    expect(told).toMatchObject({ state: 'applied', waiting: { unknown: 2 } });
    await city.read(await county.send(city));
    expect(city.get('project', projectId, 'name')).toBe('粮食烘干塔');
    const records = ({ store }: Office) =>
      store.db.prepare(`SELECT "record" FROM "parked" WHERE "reason" = 'unknown' ORDER BY "record"`).pluck().all();
    expect(records(city)).toHaveLength(2);
    expect(records(city)).toEqual(records(county));
    // Without a word of the newer program's own.
    const shown = listParked(city.store, 10);
    expect(shown.map(({ entityLabel, rowName, values }) => [entityLabel, rowName, values])).toEqual(
      expect.arrayContaining([
        ['项目', '粮食烘干塔', [{ label: '新版本的字段', text: '每周航拍' }]],
        ['新版本的一类记录', '一号机', [{ label: '新版本的字段', text: '一号机' }]],
      ]),
    );
    expect(JSON.stringify(shown.map(({ values, reasonText }) => [values, reasonText]))).not.toMatch(/drone/u);
  });
});
