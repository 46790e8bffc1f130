import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainLight } from '../../../electron/ledger/rates/explain.ts';
import { behindRate } from '../../../electron/ledger/rates/four-rates.ts';
import { figuresAt, groupsOn, lightsAt, ratesAt } from '../../../electron/ledger/rates/index.ts';
import { fillCells } from '../../../electron/ledger/reports/fill.ts';
import { submitPeriod } from '../../../electron/ledger/reports/index.ts';
import { isReadable } from '../../../shared/domain/rule-body.ts';
import { type Office, openOffice, WAN } from '../reports/office.ts';

const kind = 'tenDay' as const;

describe('rates and lights of a date [A4, C12]', () => {
  let office: Office;
  let unit: string;
  let plant: string;

  beforeEach(() => {
    office = openOffice('2021-05-18');
    unit = office.unit('青禾县', { sequence: 1 });
    plant = office.project(unit, '生物质热电联产', { lists: '["cityHundred","provincialHundred"]' });
  });
  afterEach(() => office.close());

  const report = async (period: string, projectId: string, yearToDate: number, on: string, correcting = false) => {
    office.today = on;
    const edit = (field: 'periodInvestment' | 'yearToDate' | 'visibleProgress', value: string | number) => ({
      projectId,
      field,
      value,
    });
    await fillCells(
      office.store,
      {
        kind,
        period,
        correcting,
        edits: [
          edit('periodInvestment', 10 * WAN),
          edit('yearToDate', yearToDate * WAN),
          edit('visibleProgress', `${period}`),
        ],
      },
      office.actor(),
    );
    return submitPeriod(
      office.store,
      { kind, period, incomplete: true, ...(correcting ? { reason: '核实' } : {}) },
      office.actor(),
    );
  };
  const done = async (date: string) =>
    (await figuresAt(office.store, date)).find((figures) => figures.id === plant)?.yearToDate;

  it('takes the latest report in force of the year: ended periods, and the running one once handed in', async () => {
    await report('2021-04-3', plant, 1_000, '2021-04-28');
    await report('2021-05-2', plant, 1_020, '2021-05-18');
    expect(await done('2021-04-25')).toBeNull();
    expect(await done('2021-04-28')).toBe(1_000 * WAN);
    expect(await done('2021-05-17')).toBe(1_000 * WAN);
    expect(await done('2021-05-18')).toBe(1_020 * WAN);
    expect(await done('2021-12-31')).toBe(1_020 * WAN);
    expect(await done('2022-01-10')).toBeNull();
    expect(await done('2020-12-31')).toBeNull();
  });

  it('takes a correction in place of what it corrects', async () => {
    await report('2021-05-1', plant, 1_000, '2021-05-08');
    await report('2021-05-1', plant, 940, '2021-05-18', true);
    expect(await done('2021-05-18')).toBe(940 * WAN);
  });

  it('gives a light with its reason in words', async () => {
    await report('2021-05-3', plant, 1_338, '2021-05-27');
    const { lights, rule } = await lightsAt(office.store, '2021-05-31');
    expect(rule).toMatchObject({ ruleId: 'default', version: 1 });
    expect(lights).toMatchObject([
      {
        name: '生物质热电联产',
        unitName: '青禾县',
        light: 'yellow',
        text: '序时进度 41.7 %，完成 22.3 %，差 19.4 个百分点',
      },
    ]);
  });

  it('judges each date by the rule in force then, and escalates', async () => {
    const body = JSON.stringify({
      basis: 'absolute',
      yellowBelow: 5,
      redBelow: 40,
      curve: { kind: 'linear' },
      granularity: 'tenDay',
      minAnnualPlan: null,
      escalateAfter: 2,
      startRedAfterMonths: null,
      judgeBeforeStart: false,
      judgeCompletion: true,
      linkRedAfterDays: null,
      remindDays: 3,
      waiverAuthority: '市政府',
    });
    const id = office.add('rule', { kind: 'light', name: '市亮灯规则', version: 2, effectiveFrom: '2021-05-11', body });
    await report('2021-05-3', plant, 1_338, '2021-05-27');
    const [before] = (await lightsAt(office.store, '2021-05-10')).lights;
    expect(before).toMatchObject({ light: 'red', ruleId: 'default' });
    const [now] = (await lightsAt(office.store, '2021-05-31')).lights;
    // 中旬 has no report: 38.9 points behind is yellow under the new rule, and so is 下旬.
    expect(now).toMatchObject({ light: 'red', ruleId: id, ruleVersion: 2 });
    expect(now?.text).toContain('连续2期黄灯，升为红灯');
    const why = await explainLight(office.store, plant, '2021-05-31');
    expect(why.history.slice(0, 2)).toMatchObject([
      { label: '2021年5月中旬', light: 'yellow' },
      { label: '2021年5月上旬', light: 'red' },
    ]);
    expect(why.curve[4]).toMatchObject({ month: 5, done: 22.3 });
    expect(why.ruleText.join()).toContain('连续 2 期黄灯升为红灯');
  });

  it('names a rule that cannot be read instead of falling back', async () => {
    const mark = { name: '坏规则', version: 1, effectiveFrom: '2021-01-01', body: '{"basis":"absolute"}' };
    const id = office.add('rule', { kind: 'light', ...mark });
    await expect(lightsAt(office.store, '2021-05-31')).rejects.toThrow(
      /规则“坏规则”第1版的内容无法使用.*“设置 → 现行规则”中作废这一版；县区等市级的下行文件到后再试/u,
    );
    // What the table of 设置 goes by; the way on that the message names leads out.
    expect(isReadable('light', { id, ...mark })).toBe(false);
    expect(isReadable('rates', { id, ...mark, body: '{"unit":"亿元"}' })).toBe(true);
    expect(isReadable('cadence', { id, ...mark, body: '不是' })).toBe(false);
    office.set('rule', id, { voided: 1 });
    expect((await lightsAt(office.store, '2021-05-31')).rule).toMatchObject({ ruleId: 'default' });
  });

  it('divides sums, by unit and by list, with the projects behind each figure', async () => {
    const other = office.unit('乌林县', { sequence: 2 });
    const depot = office.project(other, '粮食仓储', { annualPlan: 4_000 * WAN, actualStart: null, stage: 'building' });
    office.project(other, '冷链园', { annualPlan: null, actualStart: null, plannedStart: null, stage: 'preparing' });
    await report('2021-05-2', plant, 1_200, '2021-05-18');
    const summary = await ratesAt(office.store, { date: '2021-05-20', by: 'unit' });
    expect(
      summary.rows.map((row) => [
        row.label,
        row.projects,
        row.rates.investmentRate.text,
        row.rates.commencementRate.text,
      ]),
    ).toEqual([
      ['青禾县', 1, '20.0 %', '100.0 %'],
      ['乌林县', 2, '0.0 %', '100.0 %'],
    ]);
    expect(summary.total.rates.investmentRate).toMatchObject({
      formula: '投资率 = 1,200 ÷ 10,000 万元 = 12.0 %',
      included: 2,
      excluded: 1,
      assumed: 1,
    });
    const lists = await ratesAt(office.store, { date: '2021-05-20', by: 'list' });
    expect(lists.rows.map((row) => [row.label, row.projects])).toEqual([
      ['省百大', 1],
      ['市百大', 1],
      ['未列入清单', 2],
    ]);
    const behind = await behindRate(office.store, { date: '2021-05-20', by: 'unit' }, other, 'commencementRate');
    expect(behind.included).toEqual([
      {
        id: depot,
        name: '粮食仓储',
        unitName: '乌林县',
        numerator: 1,
        denominator: 1,
        note: '未填实际开工日期，按建设阶段计为已开工',
      },
    ]);
    expect(behind.excluded).toMatchObject([{ name: '冷链园', reason: '未填计划开工日期，且未开工' }]);
  });

  it('counts a bundle once, or as its parts', async () => {
    const bundle = office.project(unit, '老旧小区改造（打包）', { isBundle: 1, annualPlan: 3_000 * WAN });
    for (const name of ['一期', '二期', '三期'])
      office.project(unit, name, { bundleId: bundle, annualPlan: 1_000 * WAN });
    const whole = await ratesAt(office.store, { date: '2021-05-20', by: 'city' });
    const parts = await ratesAt(office.store, { date: '2021-05-20', by: 'city', counting: 'parts' });
    expect([whole.total.projects, whole.total.annualPlan]).toEqual([2, 9_000 * WAN]);
    expect([parts.total.projects, parts.total.annualPlan]).toEqual([4, 9_000 * WAN]);
    const { excluded } = await behindRate(office.store, { date: '2021-05-20', by: 'city' }, 'city', 'investmentRate');
    expect(excluded.map((each) => each.reason)).toEqual(Array(3).fill('打包项目的子项，已计入打包项目'));
  });

  it('puts a unit into the group it belonged to on the date [A3]', async () => {
    const [first, second] = [
      office.add('promotionGroup', { name: '第一推进组', sequence: 1 }),
      office.add('promotionGroup', { name: '第二推进组', sequence: 2 }),
    ];
    office.add('groupUnit', { groupId: first, unitId: unit, effectiveFrom: '2021-01-01', effectiveTo: '2021-05-10' });
    office.add('groupUnit', { groupId: second, unitId: unit, effectiveFrom: '2021-05-11' });
    const names = async (date: string) =>
      (await ratesAt(office.store, { date, by: 'group' })).rows.map((row) => row.label);
    expect([await names('2020-12-31'), await names('2021-05-10'), await names('2021-05-11')]).toEqual([
      ['未归组'],
      ['第一推进组'],
      ['第二推进组'],
    ]);
    expect((await groupsOn(office.store, '2021-05-10')).map((group) => group.units.length)).toEqual([1, 0]);
    expect((await lightsAt(office.store, '2021-05-11', { groupIds: [first] })).lights).toEqual([]);
  });
});
