import { describe, expect, it } from 'vitest';
import { compareBundle, countedBothWays, leftOutOf, partProblem } from '../../../shared/domain/bundle.ts';
import { rankProblem, reachesRank } from '../../../shared/domain/rank.ts';
import { sixOnes } from '../../../shared/domain/six-ones.ts';
import { expectedForce, forceRuleOf } from '../../../shared/domain/task-force-rule.ts';

describe('rules of teams', () => {
  it('asks deputy-county rank or above of a county leader [B3]', () => {
    expect(reachesRank('countyDeputy', 'countyDeputy')).toBe(true);
    expect(reachesRank('sectionChief', 'countyDeputy')).toBe(false);
    expect(reachesRank(null, 'countyDeputy')).toBeNull();
    expect(rankProblem('countyLeaderId', { name: '张某', rank: 'sectionChief' })).toEqual({
      reason: '“张某”的职级是正科级，县级包保领导应为副处级（副县级）以上',
      cure: '请换人；如职级登记有误，先在“组织 → 人员”中更正',
    });
    expect(rankProblem('officerId', { name: '张某', rank: 'staff' })).toBeNull();
    expect(rankProblem('countyLeaderId', { name: '张某', rank: null })).toBeNull();
  });

  it('names the task force by the list of the project [B4]', () => {
    const people = { cityLeaderId: '副市长', countyLeaderId: '副县长', unitHeadId: '县长' };
    expect(expectedForce(forceRuleOf(['provincialHundred']), people)).toEqual({
      leaderId: '副市长',
      officerId: '县长',
    });
    expect(expectedForce(forceRuleOf(['cityKey', 'cityHundred']), people).leaderId).toBe('副市长');
    expect(expectedForce(forceRuleOf(['cityHundred']), people)).toEqual({ leaderId: '县长', officerId: '副县长' });
    expect(expectedForce(forceRuleOf(['fiveMillion']), people)).toEqual({ leaderId: null, officerId: null });
  });

  it('checks the six ones; a crew is not asked before the works begin [C4]', () => {
    const facts = { leader: '甲', officer: '乙', team: null, plan: ' ', crew: null, mechanism: '周例会', begun: false };
    expect(sixOnes(facts).map((each) => each.state)).toEqual(['has', 'has', 'lacks', 'lacks', 'notYet', 'has']);
    expect(sixOnes({ ...facts, begun: true })[4]).toMatchObject({
      state: 'lacks',
      text: expect.stringContaining('施工队伍'),
    });
  });

  it('counts a bundle once, as one or as its parts, and says both [bundle]', () => {
    const of = (id: string, bundleId: string | null = null) => ({ id, bundleId });
    const projects = [of('甲'), of('乙'), of('乙一', '乙'), of('乙二', '乙'), of('丙一', '不在表中')];
    expect([...leftOutOf(projects, 'whole')]).toEqual(['乙一', '乙二']);
    expect([...leftOutOf(projects, 'parts')]).toEqual(['乙']);
    expect(countedBothWays(projects)).toBe('打包计一个 3 个，按子项计 4 个');
    expect(countedBothWays(projects.slice(0, 2))).toBe('');
  });

  it('refuses a part that is its own bundle or nested, and names the difference of sums', () => {
    const node = (id: string, extra = {}) => ({ id, name: id, isBundle: false, bundleId: null, ...extra });
    expect(partProblem(node('甲'), node('甲'), false)?.reason).toContain('不能是自己的子项');
    expect(partProblem(node('甲'), node('乙', { bundleId: '丙' }), false)?.reason).toContain('不能再有子项');
    expect(partProblem(node('甲', { isBundle: true }), node('乙'), true)?.reason).toContain('并有子项');
    expect(partProblem(node('甲'), node('乙', { isBundle: true }), false)).toBeNull();
    const amounts = (n: number) => ({ totalInvestment: n * 10_000, annualPlan: null, yearToDate: 0 });
    expect(compareBundle(amounts(300), [amounts(100), amounts(220)]).map((each) => each.text)).toEqual([
      '子项合计比打包项目多 20 万元',
      '一致',
      '一致',
    ]);
  });
});
