import { describe, expect, it } from 'vitest';
import {
  type ChainLink,
  chainDays,
  chainState,
  checkLink,
  checkMonthlyTask,
  checkTemplate,
  divideByMonths,
  monthsOf,
  planChain,
  remindersOf,
} from '../../../shared/domain/chain.ts';
import { KNOWN_TEMPLATES } from '../../../shared/domain/chain-templates.ts';
import { workCalendar } from '../../../shared/domain/workday.ts';

const TODAY = '2021-05-18';
const calendar = workCalendar();

function link(id: string, more: Partial<ChainLink> = {}): ChainLink {
  return {
    id,
    name: id,
    sequence: null,
    plannedStart: null,
    deadline: null,
    doneOn: null,
    evidence: null,
    predecessorId: null,
    ...more,
  };
}

describe('[C12] promotion chain', () => {
  it('has templates of 7 and 13 steps that are sound', () => {
    expect(KNOWN_TEMPLATES.map(({ kind, steps }) => [kind, steps.length])).toEqual([
      ['building', 7],
      ['preparing', 13],
    ]);
    for (const { steps } of KNOWN_TEMPLATES) expect(checkTemplate(steps)).toEqual([]);
  });

  it('computes the days of a template in working days, across holidays, step after step', () => {
    const steps = [
      { sequence: 1, name: '甲', unitText: null, workingDays: 3, after: null, evidence: null },
      { sequence: 2, name: '乙', unitText: null, workingDays: 2, after: 1, evidence: null },
      { sequence: 3, name: '丙', unitText: null, workingDays: 5, after: null, evidence: null },
    ];
    // 1 to 5 May 2021 off, Saturday 8 May worked, 25 April too.
    expect(planChain(steps, '2021-04-29', calendar).map((step) => [step.plannedStart, step.deadline])).toEqual([
      ['2021-04-29', '2021-05-06'],
      ['2021-05-07', '2021-05-08'],
      ['2021-04-29', '2021-05-08'],
    ]);
  });

  it('refuses a template whose steps wait for a missing or a later one, or have no days', () => {
    const step = { name: '甲', unitText: null, workingDays: 3, after: null, evidence: null };
    const findings = checkTemplate([
      { ...step, sequence: 1, after: 2 },
      { ...step, sequence: 2, after: 9 },
      { ...step, sequence: 2, workingDays: null },
    ]);
    expect(findings.map(({ sequence, field }) => `${sequence} ${field}`)).toEqual([
      '1 after',
      '2 sequence',
      '2 after',
      '2 after',
      '2 sequence',
      '2 workingDays',
    ]);
  });

  it('questions a link before its predecessor, at the field, with the reason', () => {
    const first = link('初步设计', { plannedStart: '2021-05-01', deadline: '2021-06-10' });
    const second = link('施工图审查', {
      plannedStart: '2021-04-20',
      deadline: '2021-06-01',
      predecessorId: '初步设计',
    });
    expect(checkLink(second, [first, second], TODAY)).toEqual([
      {
        field: 'deadline',
        severity: 'question',
        reason: '办理时限（2021-06-01）早于前置环节“初步设计”的时限（2021-06-10）',
      },
      {
        field: 'plannedStart',
        severity: 'question',
        reason: '计划开始（2021-04-20）早于前置环节“初步设计”的计划开始（2021-05-01）',
      },
    ]);
    const done = { ...second, plannedStart: null, deadline: null, doneOn: '2021-05-10', evidence: '合格书' };
    expect(checkLink(done, [first, done], TODAY).map(({ reason }) => reason)).toEqual(['前置环节“初步设计”还没有完成']);
  });

  it('refuses days out of order, a day in the future, and predecessors in a circle', () => {
    const of = (one: ChainLink, ...others: ChainLink[]) =>
      checkLink(one, [one, ...others], TODAY)
        .filter(({ severity }) => severity === 'refuse')
        .map(({ field, reason }) => `${field}：${reason}`);
    expect(of(link('甲', { plannedStart: '2021-06-02', deadline: '2021-06-01' }))).toEqual([
      'deadline：办理时限（2021-06-01）早于计划开始（2021-06-02）',
    ]);
    expect(of(link('甲', { doneOn: '2021-05-19' }))).toEqual(['doneOn：完成日期（2021-05-19）晚于今天（2021-05-18）']);
    expect(of(link('甲', { predecessorId: '甲' }))).toEqual(['predecessorId：不能以自己为前置环节']);
    expect(of(link('甲', { predecessorId: '丁' }))).toEqual(['predecessorId：前置环节不在本项目的链条里，或已作废']);
    expect(of(link('甲', { predecessorId: '乙' }), link('乙', { predecessorId: '甲' }))).toEqual([
      'predecessorId：“乙”本身要等本环节，互为前置',
    ]);
    expect(of(link('甲', { predecessorId: '乙' }), link('乙', { predecessorId: '丙' }), link('丙'))).toEqual([]);
  });

  it('[C7] reminds ahead: late links and those due within some days, the most pressing first', () => {
    const links = [
      link('远', { deadline: '2021-06-30' }),
      link('临期', { deadline: '2021-05-20' }),
      link('逾期', { deadline: '2021-05-01' }),
      link('完成', { deadline: '2021-05-01', doneOn: '2021-05-03' }),
      link('未定'),
    ];
    expect(remindersOf(links, TODAY, 3).map(({ id }) => id)).toEqual(['逾期', '临期']);
    const told = links.map((each) => {
      const state = chainState(each, TODAY, 3);
      return [state, chainDays(each, state, TODAY)];
    });
    expect(told).toEqual([
      ['open', 43],
      ['dueSoon', 2],
      ['overdue', 17],
      ['done', 2],
      ['undated', null],
    ]);
  });
});

describe('[E1] monthly tasks', () => {
  it('divide the annual plan so that the months sum to it to the yuan', () => {
    expect(monthsOf(2021, 3, 5)).toEqual(['2021-03', '2021-04', '2021-05']);
    expect(divideByMonths(60_000_000, 12)).toEqual(Array.from({ length: 12 }, () => 5_000_000));
    const parts = divideByMonths(100_003_456, 7);
    expect(parts).toEqual([14_280_000, 14_280_000, 14_280_000, 14_290_000, 14_290_000, 14_290_000, 14_293_456]);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(100_003_456);
    expect(divideByMonths(100, 0)).toEqual([]);
  });

  it('refuse a month twice and a completion in the future, question one without words', () => {
    const task = { month: '2021-05', doneOn: '2021-04-30', result: null };
    expect(checkMonthlyTask(task, ['2021-05', '2021-05'], TODAY).map(({ field }) => field)).toEqual([
      'month',
      'doneOn',
      'result',
    ]);
    expect(checkMonthlyTask({ ...task, doneOn: '2021-06-01', result: '完成' }, ['2021-05'], TODAY)).toEqual([
      { field: 'doneOn', severity: 'refuse', reason: '完成日期（2021-06-01）晚于今天（2021-05-18）' },
    ]);
  });
});
