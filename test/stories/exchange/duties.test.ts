import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitByRules } from '../../../electron/ledger/records/index.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';
import { type Office, type Region, region } from './offices.ts';

/** Chain, permits, factors, pool and teams through the real file: who writes, who may change it, what the other side sees. */

let world: Region;
let city: Office;
let county: Office;
let plant: string;
let clerk: string;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [county] = world.counties as [Office];
  plant = county.addProject('生物质热电联产');
  clerk = county.add('person', { name: '李某', title: '发改局局长', unitId: county.unitId });
  await city.read(await county.send(city));
});
afterEach(() => world.close());

/** As the window writes it: by the rules. */
function write(office: Office, entity: EntityName, set: Readonly<Record<string, Value>>, id = newId()) {
  const result = commitByRules(
    office.store,
    { kind: 'edit', title: '登记', changes: [{ entity, id, set }] },
    office.moment(),
  );
  return { id, ...result };
}

const up = async () => city.read(await county.send(city));
const down = async () => county.read(await city.send(county));

interface Duty {
  readonly rows: string;
  readonly entity: EntityName;
  set(): Readonly<Record<string, Value>>;
  /** A field of the unit, and another value for it. */
  readonly theirs: readonly [field: string, value: Value];
}

const ofProject = (set: Readonly<Record<string, Value>>) => () => ({ projectId: plant, ...set });
const ofUnit = (set: Readonly<Record<string, Value>>) => () => ({ unitId: county.unitId, ...set });

/** What a county keeps: it decides, the city sees it and may propose. */
const KEPT_BY_THE_COUNTY: readonly Duty[] = [
  {
    rows: '[D2]',
    entity: 'unitGroup',
    set: ofUnit({ name: '宝清县领导小组', officeHost: '发改局', members: '孙某、钱某' }),
    theirs: ['officeHost', '工信局'],
  },
  {
    rows: '[D10]',
    entity: 'outputRecord',
    set: ofProject({ month: '2021-04', output: 3_000_000, jobs: 46 }),
    theirs: ['output', 4_000_000],
  },
  {
    rows: '[D11]',
    entity: 'projectService',
    set: () => ({ projectId: plant, stewardId: clerk, crew: '某建设集团' }),
    theirs: ['crew', '另一集团'],
  },
  {
    rows: '[D11]',
    entity: 'caseMeeting',
    set: ofProject({ matter: '供电接入', metOn: '2021-05-10', decision: '六月底前送电' }),
    theirs: ['decision', '七月底前送电'],
  },
  {
    rows: '[D12]',
    entity: 'permit',
    set: () => ({ projectId: plant, kindId: city.ids('permitKind')[0] ?? '', state: 'planned' }),
    theirs: ['plannedSubmit', '2021-06-01'],
  },
  {
    rows: '[D14]',
    entity: 'statisticsPaper',
    set: ofProject({ kind: 'contract', state: 'missing', dueOn: '2021-06-10' }),
    theirs: ['dueOn', '2021-06-20'],
  },
  {
    rows: '[E1]',
    entity: 'monthlyTask',
    set: ofProject({ month: '2021-06', investment: 1_000_000, content: '主体封顶' }),
    theirs: ['content', '基础完成'],
  },
  {
    rows: '[E4]',
    entity: 'specialPermit',
    set: ofProject({ season: '2021—2022年采暖季', state: 'applied', scope: '主体结构' }),
    theirs: ['scope', '室内装修'],
  },
  {
    rows: '[E5]',
    entity: 'obstruction',
    set: () => ({ projectId: plant, happenedOn: '2021-05-06', kind: 'blocked', matter: '阻拦车辆', officerId: clerk }),
    theirs: ['matter', '阻拦运输'],
  },
  {
    rows: '[E6]',
    entity: 'jointApproval',
    set: ofProject({ startedOn: '2021-05-06', limitDays: 38 }),
    theirs: ['limitDays', 40],
  },
  {
    rows: '[E7]',
    entity: 'factorCase',
    set: ofProject({ group: 'land', matter: '征地协议未签', raisedOn: '2021-05-06' }),
    theirs: ['matter', '协议未签'],
  },
  {
    rows: '[E8]',
    entity: 'financing',
    set: ofProject({ source: 'loan', bank: '农业发展银行', needed: 50_000_000, meetingOn: '2021-04-20' }),
    theirs: ['matched', 30_000_000],
  },
  {
    rows: '[E9]',
    entity: 'poolEntry',
    set: ofProject({ poolClass: 'industry', step: 'planned', enteredOn: '2021-05-01' }),
    theirs: ['step', 'reported'],
  },
  {
    rows: '[E11]',
    entity: 'investmentLead',
    set: ofUnit({ name: '玉米深加工', state: 'lead', foundOn: '2021-05-01' }),
    theirs: ['investor', '某集团'],
  },
];

describe('what a county keeps travels up, and stays its own', () => {
  it.each(KEPT_BY_THE_COUNTY)('$rows $entity', async ({ entity, set, theirs: [field, value] }) => {
    const { id } = write(county, entity, set());
    expect(await up()).toMatchObject({ state: 'applied', conflicts: 0 });
    expect(city.dump(entity)).toBe(county.dump(entity));
    expect(city.get(entity, id, 'voided')).toBe(0);
    // The city may only propose; the county's own change goes through.
    const before = county.get(entity, id, field);
    expect(write(city, entity, { [field]: value }, id)).toMatchObject({ changed: 0, proposals: 1 });
    expect(city.get(entity, id, field)).toBe(before);
    expect(write(county, entity, { [field]: value }, id)).toMatchObject({ proposals: 0 });
    await up();
    expect(city.get(entity, id, field)).toBe(value);
    // Taken back in one step, here and there.
    undo(county.store, county.actor());
    await up();
    expect(city.get(entity, id, field)).toBe(before);
    expect(city.dump(entity)).toBe(county.dump(entity));
  });

  it('[E11] a visit goes with its lead', async () => {
    const lead = write(county, 'investmentLead', { unitId: county.unitId, name: '冷链物流', state: 'talking' }).id;
    write(county, 'leadVisit', { leadId: lead, unitId: county.unitId, visitedOn: '2021-05-06', kind: 'out' });
    await up();
    expect(city.rows('leadVisit')).toMatchObject([{ leadId: lead, visitedOn: '2021-05-06' }]);
    expect(city.dump('investmentLead', 'leadVisit')).toBe(county.dump('investmentLead', 'leadVisit'));
  });
});

describe('what the city keeps travels down, and stays the city’s', () => {
  const KEPT_BY_THE_CITY = [
    ['[D12] the catalogue of permits', 'permitKind', () => ({ name: '压覆矿产', limitDays: 20 }), ['limitDays', 30]],
    [
      '[E1] a template of the chain',
      'chainTemplate',
      () => ({ name: '技改项目', kind: 'other' }),
      ['name', '我的模板'],
    ],
    [
      '[D13] an adjustment of the pool',
      'poolAdjustment',
      () => ({ batch: '2021-05-H2', kind: 'admit', projectId: plant, list: 'cityHundred', state: 'proposed' }),
      ['reason', '改一改'],
    ],
  ] as const;

  it.each(KEPT_BY_THE_CITY)('%s', async (_, entity, set, [field, value]) => {
    const { id } = write(city, entity, set());
    await down();
    expect(county.get(entity, id, 'voided')).toBe(0);
    expect(write(county, entity, { [field]: value }, id)).toMatchObject({ changed: 0, proposals: 1 });
    expect(() => write(county, entity, set())).toThrow();
  });

  it('[E10] experts and what they say of a county’s project', async () => {
    const personId = write(city, 'person', { name: '李教授', title: '某大学教授' }).id;
    const expertId = write(city, 'expert', { personId, speciality: '产业经济' }).id;
    write(city, 'expertReview', { projectId: plant, expertId, reviewedOn: '2021-05-10', risk: 'high' });
    await down();
    expect(county.rows('expertReview')).toMatchObject([{ projectId: plant, risk: 'high' }]);
    expect(county.dump('expert', 'expertReview')).toBe(city.dump('expert', 'expertReview'));
  });

  it('[E9, D13] the way out of the reserve pool and a case’s department are not the county’s alone', async () => {
    const { id } = write(county, 'poolEntry', { projectId: plant, poolClass: 'planning', step: 'reserved' });
    const matter = { projectId: plant, group: 'funds', matter: '资本金', raisedOn: '2021-05-06' };
    const { id: caseId } = write(county, 'factorCase', matter);
    await up();
    expect(write(county, 'poolEntry', { leftOn: '2021-05-12' }, id)).toMatchObject({ changed: 0, proposals: 1 });
    expect(write(city, 'poolEntry', { leftOn: '2021-05-12', outcome: 'key' }, id)).toMatchObject({ proposals: 0 });
    expect(write(city, 'factorCase', { department: '市金融局' }, caseId)).toMatchObject({ proposals: 0 });
    await down();
    expect(county.get('poolEntry', id, 'outcome')).toBe('key');
    expect(county.get('factorCase', caseId, 'department')).toBe('市金融局');
  });

  it('[E12] the leader of the city level is the city’s, that of the county the county’s', async () => {
    const deputy = write(county, 'person', { name: '张某', rank: 'countyDeputy', unitId: county.unitId }).id;
    await up();
    const vice = write(city, 'person', { name: '王某', rank: 'cityDeputy' }).id;
    expect(write(city, 'project', { cityLeaderId: vice }, plant)).toMatchObject({ proposals: 0 });
    expect(write(county, 'project', { countyLeaderId: deputy }, plant)).toMatchObject({ proposals: 0 });
    await up();
    await down();
    for (const office of [city, county])
      expect([office.get('project', plant, 'cityLeaderId'), office.get('project', plant, 'countyLeaderId')]).toEqual([
        vice,
        deputy,
      ]);
  });

  it('[bundle] the city packs projects; the county sees which is a part of which', async () => {
    const part = county.addProject('热电一期');
    await up();
    write(city, 'project', { bundleId: plant }, part);
    await down();
    expect([county.get('project', part, 'bundleId'), county.get('project', plant, 'isBundle')]).toEqual([plant, 1]);
    expect(() => write(city, 'project', { bundleId: plant }, plant)).toThrow(/不能是自己的子项/u);
  });
});
