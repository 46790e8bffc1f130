import { describe, expect, it } from 'vitest';
import { checkProjectDays, type ProjectDays } from '../../../shared/domain/project-days.ts';

const none: ProjectDays = {
  plannedStart: null,
  plannedCompletion: null,
  actualStart: null,
  actualCompletion: null,
  productionDate: null,
  suspendedSince: null,
  startYear: null,
  endYear: null,
};
const check = (days: Partial<ProjectDays>) => checkProjectDays({ ...none, ...days }, '2021-05-18');

describe('[A5] days of a project', () => {
  it('are in order: the later one is named with both days and the way on', () => {
    expect(check({ plannedStart: '2021-06-01', plannedCompletion: '2021-05-31' })).toEqual([
      {
        field: 'plannedCompletion',
        severity: 'refuse',
        reason: '计划竣工日期（2021-05-31）早于计划开工日期（2021-06-01）',
        cure: '请核对；两个都要改的，请先改另一个',
      },
    ]);
    expect(check({ actualStart: '2021-03-10', actualCompletion: '2021-03-09' })[0]?.field).toBe('actualCompletion');
    expect(check({ actualCompletion: '2021-03-10', productionDate: '2021-03-09' })[0]?.field).toBe('productionDate');
    expect(check({ actualStart: '2021-03-10', suspendedSince: '2021-03-09' })[0]?.field).toBe('suspendedSince');
    expect(check({ startYear: 2022, endYear: 2021 })[0]?.field).toBe('endYear');
  });

  it('may fall on one day, and may be missing', () => {
    expect(check({ actualStart: '2021-05-18', actualCompletion: '2021-05-18', productionDate: '2021-05-18' })).toEqual(
      [],
    );
    expect(check({})).toEqual([]);
    expect(check({ startYear: 2021, endYear: 2021, plannedCompletion: '2030-01-01' })).toEqual([]);
  });

  it('that tell of what happened are not ahead of today', () => {
    for (const field of ['actualStart', 'actualCompletion', 'productionDate', 'suspendedSince'])
      expect(check({ [field]: '2021-05-19' })).toMatchObject([{ field, cure: '还没有发生的，请填计划日期' }]);
    expect(check({ plannedStart: '2021-05-19' })).toEqual([]);
  });
});
