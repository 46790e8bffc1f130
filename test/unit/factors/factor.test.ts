import { describe, expect, it } from 'vitest';
import {
  checkCase,
  checkFactor,
  checkFinancing,
  checkLead,
  dutyState,
  factorGap,
} from '../../../shared/domain/factor.ts';

const TODAY = '2021-05-18';
const told = (findings: readonly { field: string; severity: string; reason: string }[]) =>
  findings.map(({ field, severity, reason }) => `${severity} ${field}：${reason}`);

describe('[C6] factors', () => {
  const factor = {
    needed: 120,
    obtained: 80,
    measure: '亩',
    deadline: '2021-06-01',
    doneOn: null,
    department: '自然资源局',
  };

  it('compute the gap', () => {
    expect(factorGap(factor)).toBe(40);
    expect(factorGap({ needed: 120, obtained: null })).toBe(120);
    expect(factorGap({ needed: 120, obtained: 150 })).toBe(0);
    expect(factorGap({ needed: null, obtained: 5 })).toBeNull();
  });

  it('cannot be settled while there is a gap; a gap needs a department and a deadline', () => {
    expect(checkFactor(factor, TODAY)).toEqual([]);
    expect(told(checkFactor({ ...factor, doneOn: '2021-05-17' }, TODAY))).toEqual([
      'refuse doneOn：还有缺口 40亩，不能填落实日期；先把“已落实”改为 120',
    ]);
    expect(told(checkFactor({ ...factor, obtained: 130, deadline: null, department: null }, TODAY))).toEqual([
      'question obtained：已落实（130）大于需求（120）',
    ]);
    expect(checkFactor({ ...factor, deadline: null, department: null }, TODAY).map(({ field }) => field)).toEqual([
      'department',
      'deadline',
    ]);
  });

  it('stand by their deadline', () => {
    const words = (deadline: string | null, doneOn: string | null = null) =>
      dutyState({ deadline, doneOn }, TODAY, 3).words;
    expect(words('2021-05-10')).toBe('逾期 8 天');
    expect(words('2021-05-18')).toBe('今天到期');
    expect(words('2021-05-20')).toBe('还有 2 天');
    expect(words(null)).toBe('未定时限');
    expect(words('2021-05-10', '2021-05-12')).toBe('已办结，晚 2 天');
  });
});

describe('[E5] [E7] cases', () => {
  const began = { field: 'raisedOn', label: '提出日期' };
  it('end after they began, and say how', () => {
    const base = { beganOn: '2021-05-01', deadline: '2021-05-20', doneOn: null, result: null };
    expect(checkCase(base, began, TODAY)).toEqual([]);
    expect(told(checkCase({ ...base, deadline: '2021-04-01' }, began, TODAY))).toEqual([
      'refuse deadline：时限（2021-04-01）早于提出日期（2021-05-01）',
    ]);
    expect(told(checkCase({ ...base, doneOn: '2021-05-10' }, began, TODAY))).toEqual(['refuse doneOn：办结要先写结果']);
    expect(checkCase({ ...base, doneOn: '2021-05-10', result: '已解决' }, began, TODAY)).toEqual([]);
    expect(
      checkCase({ ...base, beganOn: '2021-06-01', deadline: null }, began, TODAY).map(({ field }) => field),
    ).toEqual(['raisedOn', 'deadline']);
  });
});

describe('[E8] financing', () => {
  it('questions more matched than needed, more paid than matched, money without a bank', () => {
    const line = { needed: 100, matched: 120, paid: 130, bank: null, meetingOn: null };
    expect(checkFinancing(line, TODAY).map(({ field }) => field)).toEqual(['matched', 'paid', 'bank']);
    expect(checkFinancing({ ...line, matched: 100, paid: 50, bank: '农发行' }, TODAY)).toEqual([]);
  });
});

describe('[E11] leads', () => {
  it('are signed on a day and with an amount, and landed as a project', () => {
    const lead = { state: 'signed', foundOn: '2021-01-05', signedOn: null, agreed: null, projectId: null };
    expect(told(checkLead(lead, TODAY))).toEqual([
      'refuse state：签约、落地要先填签约日期',
      'question agreed：已签约，没有填协议投资',
    ]);
    const landed = { ...lead, state: 'landed', signedOn: '2021-03-01', agreed: 5 };
    expect(checkLead(landed, TODAY).map(({ field }) => field)).toEqual(['projectId']);
    expect(checkLead({ ...landed, signedOn: '2020-12-01' }, TODAY).map(({ field }) => field)).toContain('signedOn');
  });
});
