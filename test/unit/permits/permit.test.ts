import { describe, expect, it } from 'vitest';
import {
  checkJointApproval,
  checkPermit,
  checkSpecialPermit,
  expiryOf,
  jointClock,
  type PermitKind,
  type PermitRow,
  parallelPicture,
  permitTiming,
  specialStanding,
  stateAfter,
  statisticsGap,
} from '../../../shared/domain/permit.ts';
import { JOINT_LIMIT, KNOWN_PERMITS, planPermits } from '../../../shared/domain/permit-catalogue.ts';
import { workCalendar } from '../../../shared/domain/workday.ts';

const TODAY = '2021-05-18';
const calendar = workCalendar();
const kind: PermitKind = { id: '环评', limitDays: 10, validMonths: 12 };

function permit(more: Partial<PermitRow> = {}): PermitRow {
  return {
    id: '1',
    kindId: '环评',
    state: 'planned',
    plannedSubmit: null,
    plannedApproval: null,
    actualSubmit: null,
    actualApproval: null,
    limitDays: null,
    blockedReason: null,
    commitment: null,
    commitmentDue: null,
    commitmentMet: null,
    validUntil: null,
    ...more,
  };
}

const refusals = (row: PermitRow) =>
  checkPermit(row, TODAY)
    .filter(({ severity }) => severity === 'refuse')
    .map(({ field, reason }) => `${field}：${reason}`);

describe('[C5] states of a permit', () => {
  it('refuses dates out of order and in the future, each at its field', () => {
    expect(refusals(permit({ plannedSubmit: '2021-05-10', plannedApproval: '2021-05-01' }))).toEqual([
      'plannedApproval：计划批复（2021-05-01）早于计划上报（2021-05-10）',
    ]);
    expect(refusals(permit({ state: 'done', actualSubmit: '2021-05-10', actualApproval: '2021-05-01' }))).toEqual([
      'actualApproval：实际批复（2021-05-01）早于实际上报（2021-05-10）',
    ]);
    expect(refusals(permit({ state: 'running', actualSubmit: '2021-05-19' }))).toEqual([
      'actualSubmit：实际上报（2021-05-19）晚于今天（2021-05-18）',
    ]);
    expect(refusals(permit({ state: 'done', actualApproval: '2021-05-10', validUntil: '2021-05-01' }))).toEqual([
      'validUntil：有效期至（2021-05-01）早于实际批复（2021-05-10）',
    ]);
  });

  it('needs an approval for 办结, a reason for 受阻, a promise and its date for 容缺', () => {
    expect(refusals(permit({ state: 'done' }))).toEqual(['state：办结要先填实际批复日期']);
    expect(refusals(permit({ state: 'blocked', blockedReason: ' ' }))).toEqual(['state：受阻要先填受阻原因']);
    expect(refusals(permit({ state: 'conditional' }))).toEqual([
      'state：容缺要先填承诺期限：缺的材料哪一天补齐',
      'state：容缺要先填承诺补齐的材料',
    ]);
    const kept = { state: 'conditional', commitment: '用地手续', commitmentDue: '2021-06-30' } as const;
    expect(refusals(permit(kept))).toEqual([]);
    expect(refusals(permit({ ...kept, actualSubmit: '2021-05-10', commitmentDue: '2021-05-01' }))).toEqual([
      'commitmentDue：承诺期限（2021-05-01）早于实际上报（2021-05-10）',
    ]);
  });

  it('follows the dates that are filled in', () => {
    const running = permit({ state: 'running', actualSubmit: '2021-05-10' });
    expect(stateAfter(permit(), { actualSubmit: '2021-05-10' })).toBe('running');
    expect(stateAfter(running, { actualApproval: '2021-05-17' })).toBe('done');
    expect(stateAfter({ ...running, state: 'done' }, { actualApproval: null })).toBe('running');
    expect(stateAfter(running, { actualSubmit: null })).toBe('planned');
    expect(stateAfter(running, { state: 'blocked', actualApproval: '2021-05-17' })).toBe('blocked');
    const conditional = permit({ state: 'conditional', actualApproval: '2021-05-10' });
    expect(stateAfter(conditional, { commitmentMet: '2021-05-17' })).toBe('done');
    expect(stateAfter(permit({ state: 'blocked' }), { note: null } as Partial<PermitRow>)).toBe('blocked');
  });

  it('tells in working days how it stands', () => {
    const told = (row: PermitRow) => {
      const { words, tone, due } = permitTiming(row, kind, calendar, TODAY, 3);
      return [words, tone, due];
    };
    // Ten working days from 6 May 2021: 8 May is worked.
    expect(told(permit({ state: 'running', actualSubmit: '2021-05-06' }))).toEqual([
      '办理中，还有 1 个工作日',
      'soon',
      '2021-05-19',
    ]);
    expect(told(permit({ state: 'running', actualSubmit: '2021-04-20' }))).toEqual([
      '办理中，超时限 9 个工作日',
      'late',
      '2021-05-06',
    ]);
    expect(told(permit({ state: 'planned', plannedSubmit: '2021-05-14' }))).toEqual([
      '应于 2021-05-14 上报，已晚 2 个工作日',
      'late',
      '2021-05-14',
    ]);
    const done = permit({ state: 'done', actualSubmit: '2021-04-20', actualApproval: '2021-05-12' });
    expect(told(done)).toEqual(['办结，用 15 个工作日，超时限 5 个', 'none', null]);
    expect(told(permit({ state: 'conditional', commitmentDue: '2021-05-12' }))).toEqual([
      '容缺材料逾期 4 个工作日未补',
      'late',
      '2021-05-12',
    ]);
    expect(told(permit({ state: 'exempt' }))).toEqual(['无需办理', 'none', null]);
    expect(told(permit({ state: 'blocked', blockedReason: '指标未落实' }))).toEqual(['受阻：指标未落实', 'late', null]);
  });

  it('warns before an approval expires; the months of the catalogue end with the start of the works', () => {
    const done = permit({ state: 'done', actualApproval: '2020-06-10' });
    expect(expiryOf(done, kind, false, TODAY)).toEqual({ until: '2021-06-10', days: 23, state: 'soon' });
    expect(expiryOf(done, kind, true, TODAY)).toBeNull();
    expect(expiryOf({ ...done, validUntil: '2021-05-01' }, kind, true, TODAY)).toMatchObject({
      state: 'expired',
      days: -17,
    });
    expect(expiryOf({ ...done, validUntil: '2022-05-01' }, kind, true, TODAY)?.state).toBe('valid');
    expect(expiryOf(permit(), kind, false, TODAY)).toBeNull();
  });
});

describe('[D12] parallel approval', () => {
  it('shows permits side by side, of one stage the open one that ends last as the critical one', () => {
    const kinds = new Map<string, PermitKind>([
      ['环评', kind],
      ['图审', { id: '图审', limitDays: 15, validMonths: null }],
    ]);
    const rows = [
      permit({ id: 'a', state: 'done', actualSubmit: '2021-04-01', actualApproval: '2021-04-20' }),
      permit({ id: 'b', state: 'running', actualSubmit: '2021-05-06' }),
      permit({ id: 'c', kindId: '图审', state: 'planned', plannedSubmit: '2021-05-10' }),
      permit({ id: 'd', state: 'exempt' }),
    ];
    expect(parallelPicture(rows, kinds, calendar, TODAY)).toEqual([
      { id: 'a', from: '2021-04-01', to: '2021-04-20', expected: false, critical: false },
      { id: 'b', from: '2021-05-06', to: '2021-05-19', expected: true, critical: false },
      { id: 'c', from: '2021-05-18', to: '2021-06-08', expected: true, critical: true },
    ]);
  });

  it('begins a stage after what is open in the one before, and names what is blocked there as the critical one', () => {
    const kinds = new Map<string, PermitKind>([
      ['用地', { id: '用地', limitDays: 20, validMonths: null, stage: 'land' }],
      ['环评', { ...kind, stage: 'land' }],
      ['图审', { id: '图审', limitDays: 5, validMonths: null, stage: 'construction' }],
    ]);
    const rows = [
      permit({ id: 'a', kindId: '用地', state: 'blocked', actualSubmit: '2021-04-01', blockedReason: '指标' }),
      permit({ id: 'b', state: 'running', actualSubmit: '2021-05-10' }),
      permit({ id: 'c', kindId: '图审', state: 'planned', plannedSubmit: '2021-04-20' }),
    ];
    expect(parallelPicture(rows, kinds, calendar, TODAY).map(({ from, to, critical }) => [from, to, critical])).toEqual(
      [
        ['2021-04-01', '2021-05-18', true],
        ['2021-05-10', '2021-05-24', false],
        ['2021-05-25', '2021-06-01', false],
      ],
    );
  });

  it('plans the permits of one stage side by side and the stages one after another', () => {
    const kinds = [
      { id: '用地', stage: 'land' as const, limitDays: 20 },
      { id: '环评', stage: 'land' as const, limitDays: 25 },
      { id: '规划', stage: 'planning' as const, limitDays: 7 },
      { id: '竣工', stage: 'acceptance' as const, limitDays: 5 },
    ];
    const plan = planPermits(kinds, '2021-05-01', calendar);
    expect([...plan].map(([id, days]) => [id, days.plannedSubmit, days.plannedApproval])).toEqual([
      ['用地', '2021-05-06', '2021-06-02'],
      ['环评', '2021-05-06', '2021-06-09'],
      ['规划', '2021-06-10', '2021-06-22'],
      ['竣工', null, null],
    ]);
    expect(KNOWN_PERMITS).toHaveLength(20);
  });
});

describe('[E6] 38 working days over the joint approval', () => {
  const joint = { startedOn: '2021-04-01', limitDays: JOINT_LIMIT, pausedDays: null, endedOn: null };

  it('counts working days from the day after the start, stops left out', () => {
    // 25 April and 8 May are worked for the holidays around them.
    expect(jointClock(joint, calendar, TODAY)).toMatchObject({
      elapsed: 31,
      left: 7,
      over: 0,
      due: calendar.shift('2021-04-01', 38),
      tone: 'none',
    });
    const paused = jointClock({ ...joint, pausedDays: 5 }, calendar, TODAY);
    expect(paused.elapsed).toBe(26);
    expect(paused.due).toBe(calendar.shift('2021-04-01', 43));
  });

  it('says what is over, and stands still when it has ended', () => {
    expect(jointClock({ ...joint, startedOn: '2021-03-01' }, calendar, TODAY)).toMatchObject({
      elapsed: 54,
      over: 16,
      left: 0,
      tone: 'late',
      words: '已用 54 个，超 16 个工作日',
    });
    const ended = jointClock({ ...joint, startedOn: '2021-03-01', endedOn: '2021-04-09' }, calendar, TODAY);
    expect([ended.elapsed, ended.words, ended.tone]).toEqual([28, '用 28 个工作日办结', 'none']);
  });

  it('refuses an end before the start, questions a stop without a reason', () => {
    const row = { startedOn: '2021-05-10', endedOn: '2021-05-01', pausedDays: 3, note: null };
    expect(checkJointApproval(row, TODAY).map(({ field, severity }) => `${field} ${severity}`)).toEqual([
      'endedOn refuse',
      'note question',
    ]);
  });
});

describe('[E4] special construction permits', () => {
  const special = {
    state: 'granted',
    appliedOn: null,
    validFrom: '2021-05-01',
    validUntil: '2021-05-25',
    scope: '主体结构',
    documentNumber: '1号',
  } as const;

  it('need their span when granted, in order, and hold only in it', () => {
    expect(checkSpecialPermit(special)).toEqual([]);
    expect(checkSpecialPermit({ ...special, validUntil: null }).map(({ field }) => field)).toEqual(['state']);
    expect(checkSpecialPermit({ ...special, validUntil: '2021-04-01' }).map(({ field }) => field)).toEqual([
      'validUntil',
    ]);
    expect(specialStanding(special, TODAY)).toEqual({ words: '有效，还有 7 天', tone: 'soon' });
    expect(specialStanding(special, '2021-06-01').words).toBe('已于 2021-05-25 到期');
    expect(specialStanding({ ...special, state: 'applied' }, TODAY).words).toBe('已申请，未批准前不得施工');
  });
});

describe('[D14] inclusion in statistics', () => {
  const kinds = [
    { value: 'approval', label: '立项批文' },
    { value: 'contract', label: '施工合同' },
  ];
  const project = { totalInvestment: 8_000_000, actualStart: '2021-03-01', inStatistics: 'pending' };

  it('says what can be included, what is, and which paper is missing', () => {
    const ready = [
      { kind: 'approval', state: 'ready' },
      { kind: 'contract', state: 'exempt' },
    ];
    expect(statisticsGap(project, ready.slice(0, 1), kinds)).toEqual({
      standing: 'missing',
      missing: ['contract'],
      words: '应入未入，缺施工合同',
    });
    expect(statisticsGap(project, ready, kinds).standing).toBe('ready');
    expect(statisticsGap({ ...project, inStatistics: 'included' }, [], kinds).standing).toBe('included');
    expect(statisticsGap({ ...project, actualStart: null }, [], kinds).standing).toBe('notYet');
    expect(statisticsGap({ ...project, totalInvestment: 4_000_000 }, [], kinds).standing).toBe('exempt');
  });
});
