import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  admit,
  createEnrolment,
  join,
  registerBelow,
  revoke,
} from '../../../electron/ledger/exchange/offices/enrolment.ts';
import { officeRow } from '../../../electron/ledger/exchange/offices/keys.ts';
import { conflicts, decide, proposals } from '../../../electron/ledger/exchange/register/disputes.ts';
import { overview } from '../../../electron/ledger/exchange/register/overview.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { Office, PASSPHRASE, type Region, region } from './offices.ts';

const WORK: readonly EntityName[] = ['project', 'link', 'submission', 'report', 'conflict', 'proposal'];

let world: Region;
let city: Office;
let county: Office;
let other: Office;
let town: Office;
let project: string;

/** Town → county → city. */
async function up(): Promise<void> {
  for (const [from, to] of [
    [town, county],
    [county, city],
  ] as const)
    expect(await to.read(await from.send(to))).toMatchObject({ state: 'applied', fault: null });
}

async function down(): Promise<void> {
  for (const [from, to] of [
    [city, county],
    [county, town],
  ] as const)
    expect(await to.read(await from.send(to))).toMatchObject({ state: 'applied', fault: null });
}

describe('[exchange] three tiers: a town reports to its county, the county to the city', () => {
  beforeEach(async () => {
    world = await region(3);
    city = world.city;
    [county, other] = world.counties as [Office, Office];
    [town] = world.towns as [Office];
    project = town.addProject('粮食烘干塔');
    await up();
  });
  afterEach(() => world.close());

  it('what a town writes reaches the city through its county, in its own name', async () => {
    town.add('link', { projectId: project, name: '立项' });
    town.set('project', project, { stage: 'started', note: '已进场' });
    await up();
    for (const office of [county, city]) expect(office.dump(...WORK)).toBe(town.dump(...WORK));
    const stamp = JSON.parse(String(city.get('project', project, '_stamps'))) as Record<string, string>;
    expect(
      city.store.db.prepare('SELECT "operator", "officeId" FROM "origin" WHERE "stamp" = ?').get(stamp['note']),
    ).toEqual({ operator: '七星泡镇经办人', officeId: town.officeId });
    // The neighbour county hears nothing of it.
    await other.read(await city.send(other));
    expect(other.rows('project')).toEqual([]);
  });

  it('what the city sets comes down through the county', async () => {
    city.set('project', project, { annualPlan: 5_000_000 });
    await down();
    expect(town.get('project', project, 'annualPlan')).toBe(5_000_000);
    expect(county.get('project', project, 'annualPlan')).toBe(5_000_000);
  });

  it('the county may not write in its town’s rows: the town decides what it suggests', async () => {
    county.set('project', project, { stage: 'started', note: '县里看过' });
    expect(county.get('project', project, 'stage')).toBe('preparing');
    expect(proposals(county.store, true).map(({ mine }) => mine)).toEqual([false, false]);
    await town.read(await county.send(town));
    const open = proposals(town.store, true);
    expect(open.map(({ mine, field }) => [field, mine]).sort()).toEqual([
      ['note', true],
      ['stage', true],
    ]);
    const stage = open.find(({ field }) => field === 'stage');
    decide(town.store, [stage?.id ?? ''], true, town.moment());
    await up();
    for (const office of [county, city]) {
      expect(office.get('project', project, 'stage')).toBe('started');
      expect(proposals(office.store, true)).toHaveLength(1);
    }
  });

  it('a town’s wish for a city field is decided by the city, and its answer comes down', async () => {
    city.set('project', project, { annualPlan: 1_000_000 });
    await down();
    town.set('project', project, { annualPlan: 2_000_000 });
    await up();
    expect(proposals(county.store, true)[0]).toMatchObject({ mine: false });
    const [wish] = proposals(city.store, true);
    expect(wish).toMatchObject({ mine: true, fieldLabel: '年度计划投资' });
    decide(city.store, [wish?.id ?? ''], true, city.moment());
    await down();
    expect(town.get('project', project, 'annualPlan')).toBe(2_000_000);
    expect(proposals(town.store, true)).toEqual([]);
  });

  it('town and city edit one field without knowing: the later stays, the other is shown in all three', async () => {
    city.set('project', project, { note: '市里写的' });
    town.set('project', project, { note: '镇里写的' });
    await up();
    await down();
    for (const office of [city, county, town]) {
      expect(office.get('project', project, 'note')).toBe('镇里写的');
      const [shown, ...more] = conflicts(office.store, true);
      expect(more).toEqual([]);
      expect(shown).toMatchObject({
        kept: { value: '镇里写的', officeName: '七星泡镇' },
        other: { value: '市里写的', officeName: city.name === '市办' ? expect.any(String) : '' },
      });
    }
  });

  it('a lost file between town and county heals with the next, also above', async () => {
    town.set('project', project, { note: '第一次' });
    await town.send(county);
    town.set('project', project, { stage: 'started' });
    await up();
    expect([city.get('project', project, 'note'), city.get('project', project, 'stage')]).toEqual([
      '第一次',
      'started',
    ]);
  });

  it('the town’s unit passes to the county: from then on the county writes, and the town’s earlier values stay', async () => {
    town.set('project', project, { stage: 'started' });
    await up();
    city.set('responsibilityUnit', town.unitId, { officeId: county.officeId });
    await down();
    county.set('project', project, { stage: 'building' });
    town.set('project', project, { stage: 'completed' });
    await up();
    await down();
    for (const office of [city, county]) expect(office.get('project', project, 'stage')).toBe('building');
    expect(proposals(county.store, true)).toMatchObject([{ field: 'stage', mine: true }]);
  });

  it('a clone of the town is found out by the county, and named', async () => {
    const clone = town.clone();
    town.addProject('原机');
    clone.addProject('克隆');
    await county.read(await town.send(county));
    const refused = await county.read(await clone.send(county));
    expect(refused.fault?.code).toBe('SYNC_FORK');
    expect(refused.fault?.text).toContain('七星泡镇');
    clone.close();
  });

  it('the county ends the town’s access, and lets it in again', async () => {
    revoke(county.store, town.officeId, county.actor());
    expect((await county.read(await town.send(county))).fault?.code).toBe('SYNC_REVOKED_SENDER');
    await city.read(await county.send(city));
    expect(officeRow(city.store, town.officeId)?.status).toBe('revoked');
    const file = await createEnrolment(
      county.store,
      { officeId: town.officeId, passphrase: PASSPHRASE },
      county.stick,
      { actor: county.actor() },
    );
    const request = {
      enrolmentPath: file.path,
      passphrase: PASSPHRASE,
      ledgerPath: joinPath(world.folder, '七星泡镇新电脑.bbledger'),
    };
    const store = await join(request, { actor: county.actor() });
    const moved = new Office({ name: '七星泡镇', clock: world.clock, stick: county.stick, unitId: town.unitId }, store);
    expect(moved.get('project', project, 'name')).toBe('粮食烘干塔');
    const first = await moved.send(county);
    const candidate = await county.preview(first);
    expect(candidate).toMatchObject({ state: 'candidate', sender: { name: '七星泡镇' } });
    await admit(county.store, first, candidate.fingerprint ?? '', county.actor());
    expect(await county.read(first)).toMatchObject({ state: 'applied' });
    expect(moved.complaints()).toEqual([]);
    moved.close();
  });

  it('only the city says who is under whom, and only the county next above invites', async () => {
    const unitId = city.add('responsibilityUnit', { name: '朝阳乡', kind: 'town' });
    await down();
    const invite = (office: Office, request: { readonly unitId?: string; readonly officeId?: string }) =>
      createEnrolment(office.store, { ...request, passphrase: PASSPHRASE }, office.stick, { actor: office.actor() });
    await expect(invite(county, { unitId })).rejects.toThrow('市里还没有把该单位登记');
    await expect(invite(other, { officeId: town.officeId })).rejects.toThrow('市里还没有把该单位登记');
    await expect(invite(town, { unitId })).rejects.toThrow('入网由上级单位办理');
    expect(() => registerBelow(county.store, { unitId, aboveId: county.officeId }, county.actor())).toThrow(
      '由市级登记',
    );
    const { officeId } = registerBelow(city.store, { unitId, aboveId: county.officeId }, city.actor());
    await down();
    expect(overview(county.store).peers.map(({ name, status }) => [name, status])).toContainEqual([
      '朝阳乡',
      'invited',
    ]);
    expect((await invite(county, { officeId })).officeId).toBe(officeId);
  });

  it('a county cannot raise its town to a city, nor put it under another', async () => {
    county.set('office', town.officeId, { level: 'city' });
    county.set('office', town.officeId, { parentOfficeId: other.officeId });
    expect(officeRow(county.store, town.officeId)).toMatchObject({ level: 'town', parentOfficeId: county.officeId });
    other.set('office', town.officeId, { status: 'revoked' });
    await city.read(await other.send(city));
    expect(officeRow(city.store, town.officeId)?.status).toBe('admitted');
  });
});
