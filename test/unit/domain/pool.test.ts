import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listsOn, planLists } from '../../../shared/domain/list-membership.ts';
import {
  type Adjustment,
  batchOf,
  checkRun,
  DEFAULT_POOL_RULE,
  inWindow,
  isComparable,
  isStuck,
  listChanges,
  type PoolProject,
} from '../../../shared/domain/pool.ts';

const WAN = 10_000;
const rule = DEFAULT_POOL_RULE;
const project = (id: string, extra: Partial<PoolProject> = {}): PoolProject => ({
  id,
  name: id,
  stage: 'building',
  lists: ['cityHundred'],
  totalInvestment: 10_000 * WAN,
  annualPlan: 4_000 * WAN,
  actualCompletion: null,
  bundleId: null,
  ...extra,
});
const known = (...projects: PoolProject[]) => new Map(projects.map((each) => [each.id, each]));
const adjust = (kind: Adjustment['kind'], projectId: string, extra: Partial<Adjustment> = {}): Adjustment => ({
  id: `${kind}-${projectId}`,
  kind,
  projectId,
  list: 'cityHundred',
  replacementId: null,
  reason: '推进受阻',
  ...extra,
});
const stops = (adjustments: Adjustment[], projects: ReadonlyMap<string, PoolProject>, date = '2021-06-18') =>
  checkRun(rule, adjustments, projects, date)
    .filter((finding) => finding.severity === 'stop')
    .map((finding) => `${finding.field}：${finding.reason}`);

describe('adjustments of the pool [B6]', () => {
  it('swaps only for a comparable investment, exact at the border', () => {
    expect(isComparable(rule, 10_000, 12_000)).toBe(true);
    expect(isComparable(rule, 10_000, 12_001)).toBe(false);
    expect(isComparable(rule, 10_000, 8_000)).toBe(true);
    expect(isComparable(rule, 10_000, null)).toBeNull();
    const small = project('小', { lists: [], totalInvestment: 7_000 * WAN });
    const [first] = stops([adjust('replace', '甲', { replacementId: '小' })], known(project('甲'), small));
    expect(first).toContain('投资规模不相当');
    expect(first).toContain('-30 %，超过 ±20 %');
  });

  it('refuses a run that lowers count or plan, and lets completed and promoted ones go', () => {
    const two = known(project('甲'), project('乙'), project('丙', { lists: [], annualPlan: 3_000 * WAN }));
    expect(stops([adjust('drop', '甲')], two)[0]).toContain('项目数减少 1 个（2 → 1）');
    expect(stops([adjust('drop', '甲'), adjust('admit', '丙')], two)[0]).toContain('年度计划投资减少 1,000 万元');
    const richer = known(project('甲'), project('丙', { lists: [], annualPlan: 4_000 * WAN }));
    expect(stops([adjust('drop', '甲'), adjust('admit', '丙')], richer)).toEqual([]);
    const done = known(project('甲', { stage: 'completed', actualCompletion: '2021-04-01' }), project('乙'));
    expect(stops([adjust('retire', '甲')], done)).toEqual([]);
    expect(stops([adjust('retire', '乙')], done)).toEqual(['projectId：项目没有竣工，不能按竣工移出']);
  });

  it('promotes only inside a window and only from the list below', () => {
    const all = known(project('甲'), project('乙', { lists: ['cityKey'] }));
    expect(inWindow(rule, '2021-05-31')).toBe(true);
    expect(inWindow(rule, '2021-06-01')).toBe(false);
    expect(stops([adjust('promote', '甲')], all, '2021-05-18')).toEqual([]);
    expect(stops([adjust('promote', '甲')], all, '2021-06-18')[0]).toContain('不在升级窗口期内（5月1日至5月31日');
    expect(stops([adjust('promote', '乙')], all, '2021-05-18')[0]).toContain('不在市百大中');
  });

  it('wants a reason, and one row per project and list', () => {
    const all = known(project('甲'), project('丙', { lists: [] }));
    expect(stops([adjust('admit', '丙', { reason: ' ' })], all)).toEqual(['reason：没有写调整理由']);
    expect(stops([adjust('admit', '丙'), adjust('admit', '丙', { id: 'x' })], all)[0]).toContain('出现两次');
  });

  it('counts a bundle with its parts once', () => {
    const all = known(project('包'), project('一', { bundleId: '包' }), project('二', { bundleId: '包' }));
    const [change] = listChanges(rule, [adjust('drop', '一')], all);
    expect(change).toMatchObject({ before: { count: 1 }, after: { count: 1 }, problem: null });
  });

  it('finds a project stuck only when every period is behind', () => {
    const due = { numerator: 1, denominator: 2 };
    const pace = (yearToDate: number | null) => ({ date: '2021-06-30', due, yearToDate });
    expect(isStuck(rule, 100, [pace(20), pace(25), pace(29)])).toBe(true);
    expect(isStuck(rule, 100, [pace(20), pace(30), pace(29)])).toBe(false);
    expect(isStuck(rule, 100, [pace(null), pace(null)])).toBe(false);
    expect(isStuck(rule, null, [pace(0), pace(0), pace(0)])).toBe(false);
  });

  it('names the run of a half month and of a quarter', () => {
    expect(batchOf('halfMonth', '2021-05-18')).toEqual({ key: '2021-05-H2', label: '2021年5月下半月调整' });
    expect(batchOf('quarter', '2021-05-18').label).toContain('二季度末调整');
  });
});

describe('list memberships [B6]', () => {
  it('tell the lists of every day, whatever changes follow one another', () => {
    const lists = ['cityHundred', 'cityKey', 'provincialHundred'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.subarray(lists), fc.integer({ min: 1, max: 27 })), { maxLength: 8 }),
        (steps) => {
          const days = [...steps].map(([wanted, day]) => ({ wanted, day: `2021-05-${String(day).padStart(2, '0')}` }));
          days.sort((left, right) => (left.day < right.day ? -1 : 1));
          let spans: Parameters<typeof planLists>[0] = [];
          let now: readonly string[] = ['cityHundred'];
          for (const { wanted, day } of days) {
            const plan = planLists(spans, now, wanted, day);
            const closed = new Map(plan.close.map((each) => [each.id, each.effectiveTo]));
            spans = [
              ...spans
                .filter((span) => !plan.remove.includes(span.id))
                .map((span) => ({ ...span, effectiveTo: closed.get(span.id) ?? span.effectiveTo })),
              ...plan.open.map((span) => ({ ...span, id: `s${day}${span.list}${spans.length}`, projectId: 'p' })),
            ];
            now = wanted;
          }
          const last = days.at(-1);
          if (last !== undefined && spans.length > 0)
            expect(listsOn(spans, last.day).get('p')).toEqual([...now].sort());
          if (spans.length > 0) expect(listsOn(spans, '2021-04-30').get('p')).toEqual(['cityHundred']);
        },
      ),
    );
  });
});
