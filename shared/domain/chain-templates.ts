import type { TemplateStep } from './chain.ts';

export interface KnownTemplate {
  readonly name: string;
  readonly kind: 'building' | 'preparing';
  readonly note: string;
  readonly steps: readonly TemplateStep[];
}

type Line = readonly [name: string, unitText: string, workingDays: number, after: number | null, evidence: string];

function stepsOf(lines: readonly Line[]): readonly TemplateStep[] {
  return lines.map(([name, unitText, workingDays, after, evidence], index) => ({
    sequence: index + 1,
    name,
    unitText,
    workingDays,
    after,
    evidence,
  }));
}

/** The seven steps of a project being built and the thirteen of one being prepared (domain facts §3.2); days are defaults. */
export const KNOWN_TEMPLATES: readonly KnownTemplate[] = [
  {
    name: '在建、新开工项目（7个节点）',
    kind: 'building',
    note: '从开工进场到正式投产',
    steps: stepsOf([
      ['开工进场', '建设单位', 10, null, '施工许可证、进场照片'],
      ['打桩或基础开挖', '建设单位', 30, 1, '现场照片'],
      ['主体基础浇注完成', '建设单位', 45, 2, '基础验收记录'],
      ['主体封顶', '建设单位', 90, 3, '主体结构验收记录'],
      ['装修或设备安装调试完成', '建设单位', 60, 4, '安装调试记录'],
      ['试投产、部分投产或交付验收', '建设单位', 30, 5, '试运行报告、验收意见'],
      ['正式投产', '建设单位', 20, 6, '竣工验收备案'],
    ]),
  },
  {
    name: '前期工作项目（13个节点）',
    kind: 'preparing',
    note: '从申请报告到具备开工条件，能并联的环节同时办理',
    steps: stepsOf([
      ['申请报告书', '发展和改革局', 10, null, '备案证、核准或项目建议书批复'],
      ['可行性研究报告', '发展和改革局', 20, 1, '可研批复'],
      ['初步设计和概算', '发展和改革局', 15, 2, '初步设计批复'],
      ['规划选址论证', '自然资源局', 15, 1, '选址意见书'],
      ['环境影响评价', '生态环境局', 25, 1, '环评批复'],
      ['用地、用林、用海预审', '自然资源局', 20, 4, '用地预审意见'],
      ['规划“一书两证”', '自然资源局', 20, 6, '建设用地、工程规划许可证'],
      ['施工图审查', '住房和城乡建设局', 15, 3, '审查合格书'],
      ['招标投标', '住房和城乡建设局', 20, 8, '中标通知书'],
      ['开工许可证', '住房和城乡建设局', 7, 9, '施工许可证'],
      ['供地', '自然资源局', 30, 7, '出让合同或划拨决定书'],
      ['供水、供电', '住房和城乡建设局', 20, 11, '接入方案、通水通电记录'],
      ['其他开工准备', '建设单位', 10, 10, '场地平整、临时设施'],
    ]),
  },
];
