import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Light, type LightFigures, lightOf } from '../../../shared/domain/light.ts';
import {
  chooseRule,
  DEFAULT_LIGHT_RULE,
  type LightRule,
  lightRuleSchema,
  timeProgress,
} from '../../../shared/domain/light-rule.ts';
import { compareDifference, formatRate, rateValue } from '../../../shared/domain/rate.ts';
import { anyDate } from './arbitrary.ts';

const WAN = 10_000;
const MAY_END = '2021-05-31';

const BUILDING: LightFigures = {
  stage: 'building',
  annualPlan: 55_100 * WAN,
  yearToDate: 12_300 * WAN,
  plannedStart: '2021-03-01',
  actualStart: '2021-03-10',
  plannedCompletion: '2022-12-31',
  actualCompletion: null,
  openLinks: [],
};

const rule = (fields: Partial<LightRule> = {}): LightRule => ({ ...DEFAULT_LIGHT_RULE, ...fields });
const figures = (fields: Partial<LightFigures> = {}): LightFigures => ({ ...BUILDING, ...fields });
const due = (fields: Partial<LightRule>, date: string): string => formatRate(timeProgress(rule(fields), date));
/** A plan of 100 万元 of which so many percent are done, so that points can be read off. */
const done = (percent: number): Partial<LightFigures> => ({ annualPlan: 100 * WAN, yearToDate: percent * WAN });

describe('序时进度', () => {
  test('month/12 with thirds', () => {
    expect(timeProgress(DEFAULT_LIGHT_RULE, '2021-05-20')).toEqual({ numerator: 14, denominator: 36 });
    expect(due({}, '2021-05-19')).toBe('36.1 %');
    expect(due({}, MAY_END)).toBe('41.7 %');
    expect(due({}, '2021-12-31')).toBe('100.0 %');
    expect(due({}, '2021-01-01')).toBe('0.0 %');
  });

  test('by month and by day', () => {
    expect(due({ granularity: 'month' }, '2021-05-30')).toBe('33.3 %');
    expect(due({ granularity: 'month' }, MAY_END)).toBe('41.7 %');
    expect(timeProgress(rule({ granularity: 'day' }), '2021-05-15')).toEqual({
      numerator: 4 * 31 + 15,
      denominator: 12 * 31,
    });
  });

  test('quarterly targets with straight lines between (Sanya: 20, 50, 75, 100)', () => {
    const curve = { kind: 'quarterly', cumulative: [20, 50, 75, 100] } as const;
    expect(due({ curve }, '2021-03-31')).toBe('20.0 %');
    expect(due({ curve }, '2021-04-30')).toBe('30.0 %');
    expect(due({ curve }, '2021-05-20')).toBe('36.7 %');
    expect(due({ curve }, '2021-12-31')).toBe('100.0 %');
  });

  test('monthly targets', () => {
    const curve = { kind: 'monthly', cumulative: [0, 0, 12.5, 20, 30, 40, 50, 60, 70, 80, 90, 100] } as const;
    expect(due({ curve }, '2021-03-31')).toBe('12.5 %');
    expect(due({ curve }, '2021-05-10')).toBe('23.3 %');
  });

  test('never falls within a year and ends at the whole', () => {
    const granularity = fc.constantFrom('month', 'tenDay', 'day');
    const curve: fc.Arbitrary<LightRule['curve']> = fc.oneof(
      fc.constant({ kind: 'linear' as const }),
      fc.constant({ kind: 'quarterly' as const, cumulative: [20, 50, 75, 100] }),
      fc.constant({ kind: 'monthly' as const, cumulative: [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 100] }),
    );
    fc.assert(
      fc.property(granularity, curve, anyDate, anyDate, (step, shape, one, other) => {
        const year = one.slice(0, 4);
        const [first, last] = [one, `${year}${other.slice(4)}`].sort();
        fc.pre(!other.endsWith('02-29'));
        const [early, late] = [first ?? one, last ?? one].map((date) =>
          timeProgress({ granularity: step, curve: shape }, date),
        );
        if (early === undefined || late === undefined) throw new Error('two dates');
        expect(compareDifference(late, early, 0)).toBeGreaterThanOrEqual(0);
        expect(rateValue(timeProgress({ granularity: step, curve: shape }, `${year}-12-31`))).toBe(1);
      }),
    );
  });
});

describe('进度灯', () => {
  test('says in the field’s words how far behind', () => {
    const result = lightOf(rule(), BUILDING, MAY_END);
    expect(result.light).toBe('yellow');
    expect(result.text).toBe('序时进度 41.7 %，完成 22.3 %，差 19.3 个百分点');
    expect(result).toMatchObject({ ruleId: 'default', ruleVersion: 1 });
    const other = lightOf(rule(), figures({ yearToDate: 12_260 * WAN }), MAY_END);
    expect(other.text).toBe('序时进度 41.7 %，完成 22.3 %，差 19.4 个百分点');
  });

  test('ahead, level and a hair behind', () => {
    expect(lightOf(rule(), figures(done(55)), '2021-06-30').text).toBe('序时进度 50.0 %，完成 55.0 %，超 5.0 个百分点');
    expect(lightOf(rule(), figures(done(50)), '2021-06-30').text).toBe('序时进度 50.0 %，完成 50.0 %，与序时进度持平');
    const hair = lightOf(rule(), figures({ annualPlan: 10_000, yearToDate: 4_998 }), '2021-06-30');
    expect(hair.text).toBe('序时进度 50.0 %，完成 50.0 %，差不足 0.1 个百分点');
    expect(hair.light).toBe('green');
  });

  test.each([
    [40, 'green'],
    [39, 'yellow'],
    [20, 'yellow'],
    [19, 'red'],
  ] as const)('absolute: %d points of 50 done is %s', (percent, light) => {
    expect(lightOf(rule(), figures(done(percent)), '2021-06-30').light).toBe(light);
  });

  test.each([
    [40, 'green'],
    [39, 'yellow'],
    [30, 'yellow'],
    [29, 'red'],
  ] as const)('relative (Wuhan 80/60): %d points of 50 done is %s', (percent, light) => {
    const relative = rule({ basis: 'relative', yellowBelow: 80, redBelow: 60 });
    expect(lightOf(relative, figures(done(percent)), '2021-06-30').light).toBe(light);
  });

  test('relative rules name the share', () => {
    const relative = rule({ basis: 'relative', yellowBelow: 80, redBelow: 60 });
    expect(lightOf(relative, figures(done(35)), '2021-06-30').text).toBe(
      '序时进度 50.0 %，完成 35.0 %，差 15.0 个百分点，为序时进度的 70.0 %',
    );
    expect(lightOf(relative, figures({ ...done(0), plannedStart: null }), '2021-01-05').light).toBe('green');
  });

  test('without a plan, below the threshold, before the start: not applicable', () => {
    expect(lightOf(rule(), figures({ annualPlan: null }), MAY_END)).toMatchObject({
      light: 'none',
      text: '没有年度计划投资，进度不适用',
    });
    expect(lightOf(rule({ minAnnualPlan: 1000 * WAN }), figures({ annualPlan: 800 * WAN }), MAY_END)).toMatchObject({
      light: 'none',
      text: '年度计划投资 800 万元，未达 1,000 万元，不适用',
    });
    const autumn = figures({ plannedStart: '2021-09-01', actualStart: null, stage: 'preparing', yearToDate: 0 });
    expect(lightOf(rule(), autumn, MAY_END)).toMatchObject({ light: 'none', text: '计划2021年9月开工，未到开工时间' });
    expect(lightOf(rule({ judgeBeforeStart: true }), autumn, MAY_END).light).toBe('red');
  });

  test('an unreported figure counts as nothing and is named', () => {
    const result = lightOf(rule(), figures({ yearToDate: null }), MAY_END);
    expect(result.light).toBe('red');
    expect(result.text).toBe('序时进度 41.7 %，完成 0.0 %，差 41.7 个百分点；未报完成投资，按 0 计');
  });
});

describe('other lights', () => {
  const onTime = figures(done(50));

  test('should have started: yellow when the month has passed, red three months on', () => {
    const waiting = figures({ ...done(50), actualStart: null, stage: 'preparing' });
    expect(lightOf(rule(), waiting, '2021-03-31').light).toBe('green');
    expect(lightOf(rule(), waiting, '2021-04-01').light).toBe('yellow');
    expect(lightOf(rule(), waiting, '2021-06-10').text).toContain('计划2021年3月开工，至今未开工，逾期71天');
    expect(lightOf(rule(), waiting, '2021-06-30').light).toBe('yellow');
    expect(lightOf(rule(), waiting, '2021-07-01').light).toBe('red');
    expect(lightOf(rule({ startRedAfterMonths: null }), waiting, '2021-12-31').reasons).toContainEqual(
      expect.objectContaining({ code: 'shouldHaveStarted', light: 'yellow' }),
    );
    expect(lightOf(rule(), { ...waiting, stage: 'building' }, '2021-04-01').light).toBe('green');
    expect(lightOf(rule(), { ...waiting, stage: 'building', actualStart: '2021-04-05' }, '2021-04-01').light).toBe(
      'yellow',
    );
  });

  test('suspended is red, completed is green whatever else', () => {
    expect(lightOf(rule(), { ...onTime, stage: 'suspended' }, '2021-06-30')).toMatchObject({ light: 'red' });
    const finished = figures({
      yearToDate: 0,
      actualCompletion: '2021-05-11',
      openLinks: [{ name: 'x', deadline: '2021-01-01' }],
    });
    expect(lightOf(rule(), finished, MAY_END)).toMatchObject({ light: 'green', text: '项目已于2021年5月11日竣工' });
    expect(lightOf(rule(), finished, '2021-05-10').light).not.toBe('green');
    expect(lightOf(rule(), figures({ stage: 'inProduction' }), MAY_END).text).toBe('项目已竣工');
  });

  test('links: pointed out, yellow, red', () => {
    const link = (deadline: string): LightFigures => ({ ...onTime, openLinks: [{ name: '施工许可', deadline }] });
    const see = (deadline: string) => lightOf(rule(), link(deadline), '2021-06-30');
    expect(see('2021-06-18')).toMatchObject({ light: 'yellow' });
    expect(see('2021-06-18').text).toContain('环节“施工许可”逾期12天');
    expect(see('2021-05-31').light).toBe('yellow');
    expect(see('2021-05-30').light).toBe('red');
    expect(see('2021-07-03')).toMatchObject({ light: 'green' });
    expect(see('2021-07-03').text).toContain('环节“施工许可”还有3天到期');
    expect(see('2021-06-30').text).toContain('环节“施工许可”今天到期');
    expect(see('2021-07-04').reasons).toHaveLength(1);
  });

  test('past the planned completion', () => {
    const late = { ...onTime, plannedCompletion: '2021-06-20' };
    expect(lightOf(rule(), late, '2021-06-30')).toMatchObject({ light: 'yellow' });
    expect(lightOf(rule(), late, '2021-06-30').text).toContain('计划2021年6月20日竣工，至今未竣工，逾期10天');
    expect(lightOf(rule({ judgeCompletion: false }), late, '2021-06-30').light).toBe('green');
  });

  test('yellow periods in a row make red, and stay red until the row is broken', () => {
    const twice = rule({ escalateAfter: 2 });
    const lightAfter = (...previousLights: Light[]) => lightOf(twice, { ...BUILDING, previousLights }, MAY_END);
    expect(lightAfter()).toMatchObject({ light: 'yellow', ownLight: 'yellow' });
    expect(lightAfter('yellow', 'green').light).toBe('yellow');
    expect(lightAfter('green', 'yellow')).toMatchObject({ light: 'red', ownLight: 'yellow' });
    expect(lightAfter('yellow', 'yellow').text).toContain('连续3期黄灯，升为红灯');
    expect(lightAfter('yellow', 'red').light).toBe('yellow');
  });

  test('a waiver holds through its last day and keeps the reasons', () => {
    const waiver = { until: '2021-06-30', cause: '等待征地批复' };
    const result = lightOf(rule({ escalateAfter: 2 }), { ...BUILDING, previousLights: ['yellow'] }, MAY_END, waiver);
    expect(result).toMatchObject({ light: 'green', ownLight: 'green', lightWithoutWaiver: 'red' });
    expect(result.text.startsWith('经市政府同意免责至2021年6月30日（等待征地批复）；序时进度')).toBe(true);
    expect(lightOf(rule(), BUILDING, '2021-06-30', waiver).light).toBe('green');
    expect(lightOf(rule(), BUILDING, '2021-07-01', waiver).light).not.toBe('green');
    expect(lightOf(rule(), figures(done(80)), MAY_END, waiver).reasons).toHaveLength(1);
  });

  test('more investment never makes the light worse', () => {
    const order: readonly Light[] = ['none', 'green', 'yellow', 'red'];
    const amount = fc.integer({ min: 0, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 1, max: 1_000_000_000_000 }),
        anyDate,
        (one, other, annualPlan, date) => {
          const light = (yearToDate: number): number =>
            order.indexOf(lightOf(rule(), figures({ annualPlan, yearToDate }), date).light);
          expect(light(Math.max(one, other))).toBeLessThanOrEqual(light(Math.min(one, other)));
        },
      ),
    );
  });
});

describe('rule versions', () => {
  test('the latest effective one is in force', () => {
    const [first, second, revised] = [
      rule({ effectiveFrom: '2021-01-01' }),
      rule({ effectiveFrom: '2021-06-01', version: 2 }),
      rule({ effectiveFrom: '2021-06-01', version: 3 }),
    ];
    expect(chooseRule([revised, first, second], '2021-05-31')).toBe(first);
    expect(chooseRule([second, revised, first], '2021-06-01')).toBe(revised);
    expect(chooseRule([second], '2021-05-31')).toBeNull();
  });

  test('stored rules are checked', () => {
    expect(lightRuleSchema.parse(JSON.parse(JSON.stringify(DEFAULT_LIGHT_RULE)))).toEqual(DEFAULT_LIGHT_RULE);
    expect(lightRuleSchema.safeParse(rule({ yellowBelow: 40 })).success).toBe(false);
    expect(lightRuleSchema.safeParse(rule({ basis: 'relative', yellowBelow: 60, redBelow: 80 })).success).toBe(false);
    expect(
      lightRuleSchema.safeParse(rule({ curve: { kind: 'quarterly', cumulative: [50, 20, 75, 100] } })).success,
    ).toBe(false);
  });
});
