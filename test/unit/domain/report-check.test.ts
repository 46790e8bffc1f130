import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Period, parsePeriod } from '../../../shared/domain/period.ts';
import {
  type CheckContext,
  checkReport,
  type Finding,
  type FindingCode,
  maySubmit,
  type ReportFigures,
} from '../../../shared/domain/report-check.ts';

const WAN = 10_000;

function period(key: string): Period {
  const found = parsePeriod(key);
  if (found === null) throw new Error(key);
  return found;
}

const report = (fields: Partial<ReportFigures> = {}): ReportFigures => ({
  period: period('2021-05-2'),
  periodInvestment: 1_200 * WAN,
  yearToDate: 11_000 * WAN,
  fundsInPlace: 20_000 * WAN,
  visibleProgress: '主体结构施工至五层。',
  ...fields,
});

const PREVIOUS = report({
  period: period('2021-05-1'),
  periodInvestment: 1_000 * WAN,
  yearToDate: 9_800 * WAN,
  visibleProgress: '主体结构施工至三层。',
});

const PROJECT = {
  stage: 'building',
  totalInvestment: 80_000 * WAN,
  annualPlan: 30_000 * WAN,
  actualStart: '2020-04-01',
} as const;

const context = (fields: Partial<CheckContext> = {}): CheckContext => ({
  project: PROJECT,
  previous: PREVIOUS,
  recentInvestments: [1_000 * WAN, 900 * WAN],
  ...fields,
});

const codes = (findings: readonly Finding[]): readonly FindingCode[] => findings.map(({ code }) => code);

function only(fields: Partial<ReportFigures>, given: Partial<CheckContext> = {}): Finding {
  const findings = checkReport(report(fields), context(given));
  expect(codes(findings)).toHaveLength(1);
  const [first] = findings;
  if (first === undefined) throw new Error('no finding');
  return first;
}

test('a sound report has no findings', () => {
  expect(checkReport(report(), context())).toEqual([]);
});

describe('累计', () => {
  test('does not add up: the difference is named', () => {
    expect(only({ yearToDate: 12_300 * WAN })).toEqual({
      code: 'cumulativeMismatch',
      severity: 'error',
      field: 'yearToDate',
      text: '上期（2021年5月上旬）累计 9,800 万元＋本期完成 1,200 万元＝11,000 万元，自年初累计 12,300 万元，多 1,300 万元。请核对本期完成和自年初累计。',
    });
    expect(only({ yearToDate: 10_500 * WAN }).text).toContain('少 500 万元');
  });

  test('smaller than last time', () => {
    const finding = only({ yearToDate: 9_000 * WAN });
    expect(finding).toMatchObject({ code: 'cumulativeFell', severity: 'error' });
    expect(finding.text).toContain('自年初累计 9,000 万元，比上期（2021年5月上旬）的 9,800 万元少 800 万元');
    expect(only({ yearToDate: 9_000 * WAN, periodInvestment: null }, { required: [] }).code).toBe('cumulativeFell');
  });

  test('a declared reduction is to be explained, not blocked', () => {
    const findings = checkReport(report({ periodInvestment: -800 * WAN, yearToDate: 9_000 * WAN }), context());
    expect(codes(findings)).toEqual(['negativePeriod', 'cumulativeReduced']);
    expect(findings.every(({ severity }) => severity === 'warn')).toBe(true);
  });

  test('with reports missing between, only what is too small is doubted', () => {
    const gap = { previous: { ...PREVIOUS, period: period('2021-04-2') } };
    expect(checkReport(report({ yearToDate: 13_000 * WAN }), context(gap))).toEqual([]);
    expect(only({ yearToDate: 10_000 * WAN }, gap)).toMatchObject({ code: 'cumulativeMismatch', severity: 'warn' });
  });

  test('begins anew in January', () => {
    const december = { ...PREVIOUS, period: period('2020-12-3'), yearToDate: 60_000 * WAN };
    const january = { period: period('2021-01-1') };
    const given = { previous: december };
    expect(checkReport(report({ ...january, yearToDate: 1_200 * WAN }), context(given))).toEqual([]);
    const carried = checkReport(report({ ...january, yearToDate: 61_200 * WAN }), context(given));
    expect(carried[0]?.code).toBe('cumulativeNotRestarted');
    expect(carried[0]?.text).toBe(
      '自年初累计 61,200 万元仍接着上年的 60,000 万元累加；2021年从零起算，本期应为 1,200 万元。',
    );
    expect(only({ ...january, yearToDate: 1_500 * WAN }, given).text).toContain('多 300 万元');
    const late = { period: period('2021-01-2') };
    expect(checkReport(report({ ...late, yearToDate: 1_300 * WAN }), context(given))).toEqual([]);
    expect(only({ ...late, yearToDate: 1_100 * WAN }, given).code).toBe('periodAboveCumulative');
  });

  test('the first report of all', () => {
    const first = { previous: null, recentInvestments: [] };
    expect(checkReport(report(), context(first))).toEqual([]);
    expect(only({ yearToDate: 1_000 * WAN }, first).code).toBe('periodAboveCumulative');
  });

  test('自开工累计', () => {
    expect(only({ sinceStart: 10_000 * WAN }).code).toBe('sinceStartBelowYear');
    const before = { previous: { ...PREVIOUS, sinceStart: 50_000 * WAN } };
    expect(only({ sinceStart: 49_000 * WAN }, before)).toMatchObject({ code: 'sinceStartFell', severity: 'error' });
    expect(only({ sinceStart: 90_000 * WAN })).toMatchObject({
      code: 'aboveTotalInvestment',
      severity: 'warn',
      field: 'sinceStart',
    });
  });
});

describe('against the project', () => {
  test('total investment', () => {
    const small = { project: { ...PROJECT, totalInvestment: 10_000 * WAN, annualPlan: 10_000 * WAN } };
    expect(codes(checkReport(report(), context(small)))).toEqual(['aboveTotalInvestment', 'fundsAboveTotalInvestment']);
    const slip = { project: { ...PROJECT, totalInvestment: 8 * WAN, annualPlan: null } };
    expect(checkReport(report({ fundsInPlace: 0 }), context(slip))[0]).toMatchObject({
      code: 'farAboveTotalInvestment',
      severity: 'error',
      text: '自年初累计 11,000 万元，达到总投资 8 万元的十倍以上，单位必有一处填错，请更正。',
    });
  });

  test('annual plan', () => {
    const plan = (wan: number) => ({ project: { ...PROJECT, annualPlan: wan * WAN } });
    expect(checkReport(report({ yearToDate: 11_000 * WAN }), context({ ...plan(7_334) }))).toEqual([]);
    expect(only({}, plan(5_500)).text).toBe(
      '自年初累计 11,000 万元，为年度计划 5,500 万元的 200.0 %，超过 150 %。请核对单位。',
    );
  });

  test('invested before the start, or while suspended', () => {
    expect(only({}, { project: { ...PROJECT, stage: 'preparing', actualStart: null } }).code).toBe(
      'investedBeforeStart',
    );
    expect(only({}, { project: { ...PROJECT, actualStart: '2021-05-21' } }).text).toContain('2021年5月21日');
    expect(only({}, { project: { ...PROJECT, stage: 'suspended' } }).code).toBe('investedWhileSuspended');
  });
});

describe('plausibility', () => {
  test('a jump of an order of magnitude', () => {
    const finding = only({ periodInvestment: 10_000 * WAN, yearToDate: 19_800 * WAN });
    expect(finding).toMatchObject({ code: 'unitSuspected', severity: 'warn' });
    expect(finding.text).toBe(
      '本期完成投资 10,000 万元，是上期 1,000 万元的 10.0 倍，疑似单位填错（元、万元、亿元），请核实。',
    );
    const mean = only(
      { periodInvestment: 9_990 * WAN, yearToDate: 19_790 * WAN },
      { recentInvestments: [null, 0, 998 * WAN, 1_000 * WAN] },
    );
    expect(mean.text).toContain('是前2期平均 999 万元的 10.0 倍');
    expect(checkReport(report({ periodInvestment: 9_000 * WAN, yearToDate: 18_800 * WAN }), context())).toEqual([]);
  });

  test('the same words again', () => {
    const finding = only({ visibleProgress: ' 主体结构施工至三层 ' });
    expect(finding.text).toBe('形象进度与上期（2021年5月上旬）相同，而本期完成投资 1,200 万元。请写明本期进展。');
    const idle = report({ visibleProgress: '主体结构施工至三层。', periodInvestment: 0, yearToDate: 9_800 * WAN });
    expect(checkReport(idle, context())).toEqual([]);
  });

  test('missing and negative figures', () => {
    expect(codes(checkReport(report({ periodInvestment: null, visibleProgress: '  ' }), context()))).toEqual([
      'requiredMissing',
      'requiredMissing',
    ]);
    expect(only({ problems: ' ' }, { required: ['problems'] }).text).toBe('存在问题未填，请填写。');
    expect(only({ fundsInPlace: -1 * WAN }).text).toBe('资金到位 -1 万元为负数，请更正。');
  });
});

test('errors come first and block; doubts need an explanation', () => {
  const findings = checkReport(
    report({ yearToDate: 12_300 * WAN, visibleProgress: PREVIOUS.visibleProgress }),
    context(),
  );
  expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warn']);
  expect(maySubmit(findings, '已核实')).toBe(false);
  expect(maySubmit(findings.slice(1), ' ')).toBe(false);
  expect(maySubmit(findings.slice(1), '已核实')).toBe(true);
  expect(maySubmit([], null)).toBe(true);
});

test('sound series of reports are never blocked, whatever the amounts', () => {
  const keys = ['2021-01-1', '2021-01-2', '2021-01-3', '2021-02-1', '2021-02-2'];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 5, maxLength: 5 }), (amounts) => {
      let previous: ReportFigures | null = null;
      let total = 0;
      for (const [index, amount] of amounts.entries()) {
        total += amount;
        const now: ReportFigures = report({
          period: period(keys[index] ?? ''),
          periodInvestment: amount,
          yearToDate: total,
          fundsInPlace: total,
        });
        const findings = checkReport(now, context({ previous, recentInvestments: amounts.slice(0, index) }));
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        previous = now;
      }
    }),
  );
});
