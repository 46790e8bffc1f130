import { describe, expect, it } from 'vitest';
import { STAGES, type Stage } from '../../../shared/dictionary/index.ts';
import {
  conversionOf,
  datesAfter,
  isRefusal,
  movesFrom,
  type StageLife,
  stageFaults,
  stageMove,
} from '../../../shared/domain/stage.ts';

const all = STAGES.map(({ value }) => value);
const none = { stage: null, actualStart: null, actualCompletion: null, productionDate: null, suspendedSince: null };

describe('stages [A6]', () => {
  it('leads from a reserve to production, and refuses each jump with a way on', () => {
    const path: Stage[] = [
      'reserve',
      'signed',
      'preparing',
      'started',
      'building',
      'suspended',
      'resumed',
      'completed',
      'inProduction',
    ];
    for (const [index, to] of path.slice(1).entries())
      expect(isRefusal(stageMove(path[index] ?? null, to))).toBe(false);
    for (const from of all) {
      for (const to of all) {
        const move = stageMove(from, to);
        if (isRefusal(move)) expect(`${move.reason}${move.cure}`).toMatch(/不能直接改为.+[\u4e00-\u9fa5]/u);
        else if (move !== null) expect(movesFrom(from).some((each) => each.to === to)).toBe(true);
      }
    }
    expect(stageMove('reserve', 'completed')).toEqual({
      reason: '“储备”不能直接改为“竣工”',
      cure: '请先登记开工，再登记竣工',
    });
    expect(stageMove('suspended', 'building')).toMatchObject({ cure: expect.stringContaining('先登记复工') });
  });

  it('names what is wrong at its field: future day, order of days, missing paper, missing reason', () => {
    const dates = { ...none, stage: 'building' as const, actualStart: '2021-03-01' };
    const faults = (step: Partial<Parameters<typeof stageFaults>[1]>, last: string | null = null) =>
      stageFaults(
        dates,
        { to: 'completed', date: '2021-05-01', evidence: '验收报告', note: null, ...step },
        '2021-05-18',
        last,
      ).map((fault) => fault.field);
    expect(faults({})).toEqual([]);
    expect(faults({ date: '2021-06-01' })).toEqual(['date']);
    expect(faults({ date: '2021-02-01' })).toEqual(['date']);
    expect(faults({}, '2021-05-02')).toEqual(['date']);
    expect(faults({ evidence: ' ' })).toEqual(['evidence']);
    expect(faults({ to: 'suspended', evidence: null })).toEqual(['note']);
    expect(faults({ to: 'inProduction' })).toEqual(['to']);
    expect(faults({ to: 'building' })).toEqual(['to']);
  });

  it('sets the dates that follow', () => {
    const at = (stage: Stage, to: Stage) => datesAfter({ ...none, stage }, { to, date: '2021-05-01' });
    expect(at('preparing', 'started')).toEqual({ actualStart: '2021-05-01' });
    expect(at('building', 'suspended')).toEqual({ suspendedSince: '2021-05-01' });
    expect(at('suspended', 'resumed')).toEqual({ suspendedSince: null });
    expect(at('completed', 'inProduction')).toEqual({ productionDate: '2021-05-01' });
    expect(at('completed', 'building')).toMatchObject({ actualCompletion: null });
    expect(at('started', 'preparing')).toMatchObject({ actualStart: null });
  });
});

describe('conversion [D10]', () => {
  it('counts reserves that began and works that yield', () => {
    const life = (extra: Partial<StageLife>): StageLife => ({
      unitId: 'u',
      stage: 'reserve',
      knownSince: '2020-02-01',
      actualStart: null,
      actualCompletion: null,
      productionDate: null,
      ...extra,
    });
    const projects = [
      life({}),
      life({ stage: 'building', actualStart: '2021-03-01' }),
      life({ stage: 'inProduction', actualStart: '2019-03-01', productionDate: '2021-04-01' }),
      life({ stage: 'inProduction', actualStart: '2018-03-01', productionDate: '2020-04-01' }),
      life({ knownSince: '2022-01-01' }),
    ];
    expect(conversionOf(projects, 2021)).toMatchObject({
      reserve: 2,
      started: 1,
      underWay: 2,
      inProduction: 1,
      startRate: { numerator: 1, denominator: 2 },
      outputRate: { numerator: 1, denominator: 2 },
    });
  });
});
