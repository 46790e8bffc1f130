/** 六个一 (C4): what each project has one of. */
export const SIX_ONES = [
  { key: 'leader', label: '一名包保领导' },
  { key: 'officer', label: '一名责任人' },
  { key: 'team', label: '一个工作专班' },
  { key: 'plan', label: '一个推进方案' },
  { key: 'crew', label: '一支施工队伍' },
  { key: 'mechanism', label: '一套工作机制' },
] as const;

export type SixOneKey = (typeof SIX_ONES)[number]['key'];

/** What is known of a project for the six checks; texts are what proves each. */
export interface SixOnesFacts {
  readonly leader: string | null;
  readonly officer: string | null;
  readonly team: string | null;
  readonly plan: string | null;
  readonly crew: string | null;
  readonly mechanism: string | null;
  /** The works have begun: before that nobody asks for a crew. */
  readonly begun: boolean;
}

export interface SixOne {
  readonly key: SixOneKey;
  readonly label: string;
  readonly state: 'has' | 'lacks' | 'notYet';
  /** What it is, or what to do. */
  readonly text: string;
}

const HOW: Readonly<Record<SixOneKey, string>> = {
  leader: '在项目台账填市级责任领导或县级包保领导',
  officer: '在项目台账填责任人',
  team: '在“专班”登记，或在项目台账填专班班长',
  plan: '在推进链条中排出环节和时限，或填推进方案',
  crew: '在项目页“专班与服务”填施工队伍',
  mechanism: '在项目页“专班与服务”填工作机制',
};

/** The six checks of one project, in their order. */
export function sixOnes(facts: SixOnesFacts): readonly SixOne[] {
  return SIX_ONES.map(({ key, label }): SixOne => {
    const text = facts[key];
    if (text !== null && text.trim() !== '') return { key, label, state: 'has', text };
    if (key === 'crew' && !facts.begun) return { key, label, state: 'notYet', text: '未开工，暂不要求' };
    return { key, label, state: 'lacks', text: HOW[key] };
  });
}
