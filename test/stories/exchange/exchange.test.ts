import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, type Region, region } from './offices.ts';

describe('[exchange] a city and three counties', () => {
  let world: Region;
  let city: Office;
  let baoqing: Office;
  let youyi: Office;

  beforeEach(async () => {
    world = await region();
    city = world.city;
    [baoqing, youyi] = world.counties as [Office, Office];
  });
  afterEach(() => world.close());

  const newProject = (office: Office, county: Office, name: string): string =>
    office.add('project', { name, unitId: world.unitOf(county), totalInvestment: 10_000_000 });

  it('a project and its link reach the city, and the city is told what', async () => {
    const id = newProject(baoqing, baoqing, '污水处理厂');
    baoqing.add('link', { projectId: id, name: '立项' });
    const file = await baoqing.send(city);
    const preview = await city.preview(file);
    expect(preview).toMatchObject({ state: 'ready', arrival: 'new', conflicts: 0, proposals: 0 });
    expect(city.get('project', id, 'name')).toBeUndefined();
    const report = await city.read(file);
    expect(report).toMatchObject({ state: 'applied', fault: null });
    expect(report.entities.find((entity) => entity.entity === 'project')).toMatchObject({ added: 1, changed: 0 });
    expect(city.get('project', id, 'name')).toBe('污水处理厂');
    expect(city.dump('project', 'link')).toBe(baoqing.dump('project', 'link'));
  });

  it('what the city does for one county reaches that county and no other', async () => {
    const id = newProject(baoqing, baoqing, '污水处理厂');
    await city.read(await baoqing.send(city));
    city.set('project', id, { annualPlan: 5_000_000 });
    await baoqing.read(await city.send(baoqing));
    await youyi.read(await city.send(youyi));
    expect(baoqing.get('project', id, 'annualPlan')).toBe(5_000_000);
    expect(youyi.rows('project')).toEqual([]);
  });
});
