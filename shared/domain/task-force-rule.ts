/**
 * 专班 by the project's list (B4, 绥化2020): 省百大 and 市本级重点 are led by the vice mayor in charge, with the head of the
 * responsible unit as 专班责任人; 市百大 by the head of the locality, with the county leader as 专班责任人.
 */
export interface ForceRule {
  readonly key: 'city' | 'county' | 'none';
  readonly text: string;
}

const CITY_LED = ['provincialHundred', 'cityKey'];

export function forceRuleOf(lists: readonly string[]): ForceRule {
  if (lists.some((list) => CITY_LED.includes(list)))
    return { key: 'city', text: '省百大、市本级重点：班长为分管副市长（市级责任领导），专班责任人为责任单位主要领导' };
  if (lists.includes('cityHundred'))
    return { key: 'county', text: '市百大：班长为属地主要领导，专班责任人为县级包保领导' };
  return { key: 'none', text: '所在清单没有规定专班组成' };
}

/** People of a project and its unit, by id; null where nobody is named. */
export interface ForcePeople {
  readonly cityLeaderId: string | null;
  readonly countyLeaderId: string | null;
  /** 主要领导 of the responsible unit. */
  readonly unitHeadId: string | null;
}

/** Who should lead and answer; null where the rule names nobody or that person is not registered. */
export function expectedForce(
  rule: ForceRule,
  people: ForcePeople,
): { readonly leaderId: string | null; readonly officerId: string | null } {
  switch (rule.key) {
    case 'city':
      return { leaderId: people.cityLeaderId, officerId: people.unitHeadId };
    case 'county':
      return { leaderId: people.unitHeadId, officerId: people.countyLeaderId };
    case 'none':
      return { leaderId: null, officerId: null };
  }
}
