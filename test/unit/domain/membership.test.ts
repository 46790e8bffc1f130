import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/domain/date.ts';
import {
  checkMembership,
  holdsOn,
  type Membership,
  membershipOn,
  overlaps,
  planMove,
} from '../../../shared/domain/membership.ts';

const name = (groupId: string): string => `第${groupId}组`;
const row = (id: string, groupId: string, effectiveFrom: string, effectiveTo: string | null = null): Membership => ({
  id,
  groupId,
  unitId: '甲县',
  effectiveFrom,
  effectiveTo,
});

/** What the ledger does with a plan. */
function apply(
  rows: readonly Membership[],
  unitId: string,
  groupId: string | null,
  from: string,
  id: string,
): readonly Membership[] {
  const plan = planMove(rows, unitId, groupId, from, name);
  if (!plan.ok) return rows;
  const closed = new Map(plan.close.map((close) => [close.id, close.effectiveTo]));
  return [
    ...rows
      .filter((one) => !plan.remove.includes(one.id))
      .map((one) => ({ ...one, effectiveTo: closed.get(one.id) ?? one.effectiveTo })),
    ...(plan.open === null ? [] : [{ ...plan.open, id }]),
  ];
}

describe('单元归组 [A3]', () => {
  it('counts both ends of a span', () => {
    const span = row('1', '一', '2021-01-01', '2021-06-30');
    expect(['2020-12-31', '2021-01-01', '2021-06-30', '2021-07-01'].map((day) => holdsOn(span, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('closes the old row the day before and opens a new one', () => {
    expect(planMove([row('1', '一', '2021-01-01')], '甲县', '二', '2021-07-01', name)).toEqual({
      ok: true,
      close: [{ id: '1', effectiveTo: '2021-06-30' }],
      remove: [],
      open: { groupId: '二', unitId: '甲县', effectiveFrom: '2021-07-01', effectiveTo: null },
    });
  });

  it('replaces a row that began the same day instead of leaving one without days', () => {
    expect(planMove([row('1', '一', '2021-07-01')], '甲县', '二', '2021-07-01', name)).toMatchObject({
      ok: true,
      close: [],
      remove: ['1'],
    });
  });

  it('refuses what would put a unit into two groups on one day, and says which', () => {
    const later = planMove(
      [row('1', '一', '2021-01-01', '2021-07-31'), row('2', '二', '2021-08-01')],
      '甲县',
      '三',
      '2021-06-01',
      name,
    );
    expect(later).toMatchObject({ ok: false });
    expect(later.ok ? '' : later.reason).toContain('自2021年8月1日起已归入“第二组”');
    expect(planMove([row('1', '一', '2021-01-01')], '甲县', '一', '2021-06-01', name)).toMatchObject({ ok: false });
    expect(checkMembership([row('1', '一', '2021-01-01', '2021-06-30')], row('2', '二', '2021-06-30'), name)).toContain(
      '一个单元同一天只能在一个组',
    );
  });

  it('takes a unit out, and refuses to take out one that is in no group', () => {
    expect(planMove([row('1', '一', '2021-01-01')], '甲县', null, '2021-03-01', name)).toMatchObject({
      ok: true,
      close: [{ id: '1', effectiveTo: '2021-02-28' }],
      open: null,
    });
    expect(planMove([], '甲县', null, '2021-03-01', name)).toMatchObject({ ok: false });
  });

  it('refuses days that are none, or in the wrong order', () => {
    expect(planMove([], '甲县', '一', '2021-02-30', name)).toMatchObject({ ok: false });
    expect(checkMembership([], row('1', '一', '2021-05-01', '2021-04-30'), name)).toBe('截止日期早于起始日期');
    expect(checkMembership([], row('1', '一', '2021-05-01', '2021-05-01'), name)).toBeNull();
  });

  it('whatever is moved, no unit is ever in two groups on one day, and the past stays as it was', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2021-01-01', days));
    const move = fc.record({
      unitId: fc.constantFrom('甲县', '乙县'),
      groupId: fc.constantFrom('一', '二', '三', null),
      from: day,
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        let rows: readonly Membership[] = [];
        moves.forEach(({ unitId, groupId, from }, index) => {
          const before = rows;
          rows = apply(rows, unitId, groupId, from, String(index));
          expect(overlaps(rows)).toEqual([]);
          const eve = addDays(from, -1);
          for (const unit of ['甲县', '乙县']) {
            expect(membershipOn(rows, unit, eve)?.groupId).toBe(membershipOn(before, unit, eve)?.groupId);
          }
        });
      }),
    );
  });
});
