import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EXCLUSION_TEXT,
  fourRates,
  RATE_KINDS,
  type RateProject,
  rateDefinitions,
  ratesBy,
} from '../../../shared/domain/four-rates.ts';
import { anyDate } from './arbitrary.ts';

const WAN = 10_000;
const DATE = '2021-05-20';

function project(id: string, fields: Partial<RateProject<string>> = {}): RateProject<string> {
  return {
    id,
    plannedStart: null,
    actualStart: null,
    plannedCompletion: null,
    actualCompletion: null,
    annualPlan: null,
    yearToDate: null,
    fundsInPlace: null,
    ...fields,
  };
}

const reason = (id: string, why: keyof typeof EXCLUSION_TEXT) => ({ id, reason: why });

describe('开工率', () => {
  const projects = [
    project('started', { plannedStart: '2021-03-01', actualStart: '2021-03-20' }),
    project('late', { plannedStart: '2021-04-01' }),
    project('autumn', { plannedStart: '2021-09-01' }),
    project('early', { plannedStart: '2022-03-01', actualStart: '2021-05-01' }),
    project('startsAfter', { plannedStart: '2021-05-01', actualStart: '2021-05-21' }),
    project('nextYear', { plannedStart: '2022-01-01' }),
    project('unplanned'),
    project('void', { actualStart: '2021-01-01', voided: true }),
  ];

  test('by default those due in the year, and all that have started', () => {
    const { commencementRate } = fourRates(projects, DATE);
    expect(commencementRate).toMatchObject({ numerator: 2, denominator: 5 });
    expect(commencementRate.formula).toBe('开工率 = 2 ÷ 5 项 = 40.0 %');
    expect(commencementRate.achievedIds).toEqual(['started', 'early']);
    expect(commencementRate.excluded).toEqual([
      reason('nextYear', 'startsLater'),
      reason('unplanned', 'noPlannedStart'),
      reason('void', 'voided'),
    ]);
  });

  test('or only those due by the date', () => {
    const { commencementRate } = fourRates(projects, DATE, { commencementBase: 'dueByDate' });
    expect(commencementRate.formula).toBe('开工率 = 2 ÷ 4 项 = 50.0 %');
    expect(commencementRate.excluded).toContainEqual(reason('autumn', 'startsLater'));
  });
});

describe('投资率 and 资金到位率', () => {
  const projects = [
    project('a', {
      annualPlan: 30_000 * WAN,
      yearToDate: 10_000 * WAN,
      fundsInPlace: 40_000 * WAN,
      fundsPlan: 50_000 * WAN,
    }),
    project('b', { annualPlan: 25_100 * WAN, yearToDate: 2_300 * WAN, fundsInPlace: 23_365 * WAN }),
    project('silent', { annualPlan: 0 }),
    project('noPlan', { yearToDate: 999 * WAN, fundsInPlace: 999 * WAN }),
    project('slip', { annualPlan: 20_000_000_000_000, yearToDate: 1 }),
    project('minus', { annualPlan: 100, yearToDate: -1 }),
  ];

  test('sums are divided, and projects without a plan are in neither part', () => {
    const { investmentRate } = fourRates(projects, DATE);
    expect(investmentRate.formula).toBe('投资率 = 12,300 ÷ 55,100 万元 = 22.3 %');
    expect(investmentRate.includedIds).toEqual(['a', 'b']);
    expect(investmentRate.excluded).toEqual([
      reason('silent', 'noAnnualPlan'),
      reason('noPlan', 'noAnnualPlan'),
      reason('slip', 'amountOutOfRange'),
      reason('minus', 'amountOutOfRange'),
    ]);
  });

  test('funds may exceed the plan; the denominator is a setting', () => {
    const some = projects.slice(0, 4);
    expect(fourRates(some, DATE).fundsRate.formula).toBe('资金到位率 = 63,365 ÷ 55,100 万元 = 115.0 %');
    const { fundsRate } = fourRates(some, DATE, { fundsBase: 'fundsPlan', unit: '亿元' });
    expect(fundsRate.formula).toBe('资金到位率 = 4 ÷ 5 亿元 = 80.0 %');
    expect(fundsRate.excluded[0]).toEqual(reason('b', 'noFundsPlan'));
  });

  test('what was not reported counts as nothing, and is named', () => {
    const { investmentRate } = fourRates([project('x', { annualPlan: 100 * WAN })], DATE);
    expect(investmentRate).toMatchObject({ numerator: 0, denominator: 100 * WAN, assumedZeroIds: ['x'] });
    expect(investmentRate.formula).toBe('投资率 = 0 ÷ 100 万元 = 0.0 %');
  });

  test('an empty set has no rate', () => {
    const rates = fourRates([], DATE);
    expect(rates.investmentRate.formula).toBe('投资率 = 0 ÷ 0 万元 = —');
    expect(rates.commencementRate.formula).toBe('开工率 = 0 ÷ 0 项 = —');
  });
});

describe('竣工率', () => {
  const projects = [
    project('done', { plannedCompletion: '2021-06-30', actualCompletion: '2021-05-01' }),
    project('due', { plannedCompletion: '2021-10-31' }),
    project('ahead', { plannedCompletion: '2022-06-30', actualCompletion: '2021-04-01' }),
    project('future', { plannedCompletion: '2022-06-30' }),
    project('carried', { plannedCompletion: '2020-10-31' }),
    project('old', { plannedCompletion: '2020-10-31', actualCompletion: '2020-12-31' }),
    project('unplanned'),
  ];

  test('planned in the year, with those ahead of plan', () => {
    const { completionRate } = fourRates(projects, DATE);
    expect(completionRate.formula).toBe('竣工率 = 2 ÷ 3 项 = 66.7 %');
    expect(completionRate.excluded).toEqual([
      reason('future', 'completesLater'),
      reason('carried', 'completionDueEarlier'),
      reason('old', 'completedEarlier'),
      reason('unplanned', 'noPlannedCompletion'),
    ]);
  });

  test('or with what was carried over', () => {
    const { completionRate } = fourRates(projects, DATE, { completionBase: 'dueByYearEnd' });
    expect(completionRate).toMatchObject({ numerator: 2, denominator: 4 });
  });
});

describe('groups', () => {
  test('a project may be in several lists or in none', () => {
    const lists: Readonly<Record<string, readonly string[]>> = {
      a: ['省百大', '市百大'],
      b: ['市百大', '市百大'],
      c: [],
    };
    const projects = ['a', 'b', 'c'].map((id) => project(id, { actualStart: '2021-01-01' }));
    const groups = ratesBy(projects, ({ id }) => lists[id] ?? [], DATE);
    expect([...groups].map(([key, rates]) => [key, rates.commencementRate.includedIds])).toEqual([
      ['省百大', ['a']],
      ['市百大', ['a', 'b']],
    ]);
  });

  test('definitions name the date and the options', () => {
    expect(rateDefinitions(DATE).commencementRate).toContain('计划2021年底前开工及已开工');
    expect(rateDefinitions(DATE, { fundsBase: 'fundsPlan' }).fundsRate).toContain('计划到位资金');
  });

  const maybeDate = fc.option(anyDate, { nil: null });
  const amount = fc.option(fc.integer({ min: 0, max: 1_000_000_000_000 }), { nil: null });
  const anyProject = fc.record({
    id: fc.uuid(),
    plannedStart: maybeDate,
    actualStart: maybeDate,
    plannedCompletion: maybeDate,
    actualCompletion: maybeDate,
    annualPlan: amount,
    yearToDate: amount,
    fundsInPlace: amount,
    voided: fc.boolean(),
  });

  test('every project is either included or excluded with a reason, and parts add up to the whole', () => {
    fc.assert(
      fc.property(fc.array(anyProject, { maxLength: 30 }), anyDate, (projects, date) => {
        const whole = fourRates(projects, date);
        const groups = [...ratesBy(projects, ({ id }) => [id.charCodeAt(0) % 3], date).values()];
        for (const kind of RATE_KINDS) {
          const { includedIds, excluded, numerator, denominator } = whole[kind];
          expect([...includedIds, ...excluded.map(({ id }) => id)].sort()).toEqual(projects.map(({ id }) => id).sort());
          expect(groups.reduce((sum, rates) => sum + rates[kind].numerator, 0)).toBe(numerator);
          expect(groups.reduce((sum, rates) => sum + rates[kind].denominator, 0)).toBe(denominator);
          for (const exclusion of excluded) expect(EXCLUSION_TEXT[exclusion.reason]).toBeTruthy();
        }
        for (const kind of ['commencementRate', 'completionRate'] as const) {
          expect(whole[kind].numerator).toBeLessThanOrEqual(whole[kind].denominator);
        }
      }),
    );
  });
});
