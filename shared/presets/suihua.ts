import { DEFAULT_TEN_DAY_CADENCE } from '../domain/cadence.ts';
import { DEFAULT_RATE_OPTIONS } from '../domain/four-rates.ts';
import { DEFAULT_LIGHT_RULE } from '../domain/light-rule.ts';
import type { SchemePreset } from './preset.ts';

const { effectiveFrom: _cadenceFrom, ...cadence } = DEFAULT_TEN_DAY_CADENCE;
const { id: _id, version: _version, effectiveFrom: _lightFrom, ...light } = DEFAULT_LIGHT_RULE;

/**
 * 百日会战 (B1 to B9). The document sets scope, window, targets, roles, three reports a month and the papers; days and hour
 * of the reports, the lines of the lights and the reply times are not in it: editable defaults (domain facts §3.7, §4).
 */
export const suihua: SchemePreset = {
  key: 'hundredDays',
  name: '百日会战',
  source: '《绥化市重点项目百日会战行动方案》（2020年）',
  summary: '集中一百天推进重点项目：逐项目建专班，每月三次旬报，经请示市政府同意后发提示单、督办单、警示函。',
  lists: ['provincialHundred', 'cityHundred', 'cityKey'],
  campaign: { name: '百日会战', from: '08-01', to: '11-10' },
  targets: [
    {
      key: 'provincialStart',
      label: '省百大项目开复工率',
      measure: 'commencementRate',
      lists: ['provincialHundred'],
      atLeast: 100,
      text: '省“百大项目”开复工率达到100%',
    },
    {
      key: 'cityHundredStart',
      label: '市百大项目开复工率',
      measure: 'commencementRate',
      lists: ['cityHundred'],
      atLeast: 100,
      text: '市“百大项目”开复工率达到100%',
    },
    {
      key: 'cityKeyStart',
      label: '市本级重点项目开复工率',
      measure: 'commencementRate',
      lists: ['cityKey'],
      atLeast: 100,
      text: '其他计划开工的市本级重点项目开复工率达到100%',
    },
    {
      key: 'investment',
      label: '投资完成率',
      measure: 'investmentRate',
      lists: null,
      atLeast: 80,
      text: '开复工项目投资完成率达到年度计划投资的80%以上',
    },
    {
      key: 'treasuryStart',
      label: '抗疫特别国债项目开工率',
      measure: 'commencementRate',
      lists: null,
      fund: 'fundTreasury',
      atLeast: 100,
      text: '抗疫特别国债项目保证100%开工',
    },
    {
      key: 'treasuryInvestment',
      label: '抗疫特别国债项目投资完成率',
      measure: 'investmentRate',
      lists: null,
      fund: 'fundTreasury',
      atLeast: 100,
      text: '抗疫特别国债项目必须保证100%完成年度计划投资',
    },
    {
      key: 'statistics',
      label: '项目入统率',
      measure: 'statisticsRate',
      lists: null,
      atLeast: 100,
      text: '入统率实现应统尽统',
    },
    {
      key: 'completion',
      label: '竣工投产',
      measure: 'completionRate',
      lists: null,
      atLeast: 100,
      text: '计划在百日会战期间完成全部建设内容的项目，要确保建成投产或试运营',
    },
    {
      key: 'permits',
      label: '手续齐全',
      measure: 'permitsComplete',
      lists: null,
      atLeast: 100,
      text: '确保项目手续齐全；已开工的项目，容缺审批前期手续不全的，要尽快完善',
    },
  ],
  cadence,
  light: { ...light, name: '百日会战亮灯规则', yellowBelow: 10, redBelow: 20 },
  rates: DEFAULT_RATE_OPTIONS,
  roles: [
    {
      field: 'cityLeaderId',
      label: '市级责任领导',
      duty: '统筹抓好分管项目推进，适时调度，协调解决县级层面难以破解的问题',
      lists: ['provincialHundred', 'cityKey'],
      lowestRank: 'cityDeputy',
    },
    {
      field: 'unitId',
      label: '责任单位',
      duty: '牵头抓好项目建设推进，负责项目日常管理、信息报送',
      lists: null,
    },
    {
      field: 'officerId',
      label: '责任人',
      duty: '项目所在地政府主要领导是第一责任人；市本级项目由相关部门主要领导作为责任人',
      lists: null,
    },
    {
      field: 'countyLeaderId',
      label: '县级包保领导',
      duty: '具体负责项目的牵头推进和组织实施，及时向本地主要领导报告',
      lists: ['cityHundred'],
      lowestRank: 'countyDeputy',
    },
    {
      field: 'chiefServiceOfficerId',
      label: '首席服务员',
      duty: '对项目前期工作进行全程领办，时刻掌握最新进展并向包保领导反馈',
      lists: null,
    },
    {
      field: 'taskForceLeaderId',
      label: '专班班长',
      duty: '组织会商，研究解决方案，限期解决；省百大和市本级重点由分管副市长担任，市百大由属地政府主要领导担任',
      lists: null,
    },
  ],
  forms: [
    { kind: 'reminder', replyDays: 5 },
    { kind: 'order', replyDays: 5 },
    { kind: 'warning', replyDays: 3 },
  ],
  approvalSentence: '经请示市政府同意',
  leadingGroup: {
    name: '重点项目百日会战工作领导小组',
    officeHost: '市发展和改革委员会',
    issuer: '重点项目百日会战工作领导小组办公室',
    numberWord: '重办督',
    duties:
      '统筹全市重点项目百日会战，定期调度，协调解决重大问题，督办考核。领导小组办公室设在市发改委，负责日常工作。',
  },
};
