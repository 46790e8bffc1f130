import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decide, proposals } from '../../../electron/ledger/exchange/register/disputes.ts';
import { commitByRules, findingsOf } from '../../../electron/ledger/records/index.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';
import { type Office, type Region, region } from './offices.ts';

const WORK: readonly EntityName[] = ['project', 'stageEvent', 'listMembership', 'link', 'permit'];

let world: Region;
let city: Office;
let county: Office;
let plant: string;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [county] = world.counties as [Office];
  plant = county.addProject('生物质热电联产');
  await city.read(await county.send(city));
});
afterEach(() => world.close());

const byHand = (office: Office, set: Readonly<Record<string, Value>>) =>
  commitByRules(
    office.store,
    { kind: 'edit', title: '修改', changes: [{ entity: 'project', id: plant, set }] },
    office.moment(),
  );
const events = (office: Office) => office.rows('stageEvent').filter((row) => row['voided'] === 0);

describe('the rules at the door of a sync file', () => {
  it('[A6] the event of a stage comes from the office that moved it and travels with it; the merge writes none', async () => {
    byHand(county, { stage: 'started' });
    await city.read(await county.send(city));
    expect(events(city)).toMatchObject([{ projectId: plant, from: 'preparing', to: 'started' }]);
    expect(city.dump(...WORK)).toBe(county.dump(...WORK));
    undo(county.store, county.actor());
    await city.read(await county.send(city));
    expect([city.get('project', plant, 'stage'), events(city)]).toEqual(['preparing', []]);
    expect(city.dump(...WORK)).toBe(county.dump(...WORK));
  });

  it('[A6] a stage proposed by the city brings its event where the county takes it up', async () => {
    expect(byHand(city, { stage: 'started' })).toMatchObject({ proposals: 1, changed: 0 });
    expect(events(city)).toEqual([]);
    await county.read(await city.send(county));
    const [proposal] = proposals(county.store, true);
    decide(county.store, [proposal?.id ?? ''], true, county.moment());
    expect(events(county)).toMatchObject([{ projectId: plant, to: 'started', note: '采纳建议修改' }]);
    await city.read(await county.send(city));
    expect(city.dump(...WORK)).toBe(county.dump(...WORK));
  });

  it('[A6] a proposal that cannot be is stopped where it is made, and where it is taken up', async () => {
    expect(() => byHand(city, { actualStart: '2020-03-01', actualCompletion: '2020-02-01' })).toThrow(
      /早于实际开工日期/u,
    );
    city.set('project', plant, { stage: 'completed' });
    await county.read(await city.send(county));
    const [proposal] = proposals(county.store, true);
    expect(() => decide(county.store, [proposal?.id ?? ''], true, county.moment())).toThrow(/请先登记开工/u);
    expect(proposals(county.store, true)).toHaveLength(1);
    expect(county.get('project', plant, 'stage')).toBe('preparing');
    expect(decide(county.store, [proposal?.id ?? ''], false, county.moment())).toBe(1);
  });

  it('[A5] a received row that breaks a rule is taken as it came, stays told, and the ledgers agree', async () => {
    // Written past the rules, as an older program or a repaired ledger may have done.
    county.set('project', plant, { actualStart: '2021-03-10', actualCompletion: '2021-03-01' });
    const report = await city.read(await county.send(city));
    expect(report).toMatchObject({ state: 'applied', conflicts: 0 });
    expect(city.dump(...WORK)).toBe(county.dump(...WORK));
    const { today } = city.moment();
    expect(findingsOf(city.store, 'project', plant, today)).toMatchObject([
      { field: 'actualCompletion', severity: 'refuse' },
    ]);
    // What was wrong in the file does not stand in the way of other work on the project.
    expect(byHand(city, { annualPlan: 5_000_000 })).toMatchObject({ changed: 1 });
  });
});
