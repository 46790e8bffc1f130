import { choice, date, entity, integer, json, longText, ref, text } from '../field.ts';
import { PROJECT_LISTS } from './project.ts';

/**
 * 清单归属 (B6): a project is in a list from one day to another. Rows tell the past; what holds now is also the project's
 * 项目清单. Without a first day: since the ledger began.
 */
export const listMembership = entity(
  '清单归属',
  { scope: 'project', creator: 'city' },
  {
    projectId: ref('项目', 'project', { owner: 'city', required: true }),
    list: choice('清单', PROJECT_LISTS, { owner: 'city', required: true, width: 120 }),
    year: integer('年度', { owner: 'city', min: 2000, max: 2100, width: 72 }),
    effectiveFrom: date('列入日期', { owner: 'city' }),
    effectiveTo: date('移出日期', { owner: 'city', help: '在清单中的最后一天' }),
    note: text('依据', { owner: 'city', width: 220 }),
  },
);

/** Three classes of the reserve pool (漯河2018: 规划建设、招商引资、产业发展). */
export const POOL_CLASSES = [
  { value: 'planning', label: '重大规划建设', aliases: ['规划建设'] },
  { value: 'attraction', label: '重大招商引资', aliases: ['招商引资', '招商'] },
  { value: 'industry', label: '重大产业发展', aliases: ['产业发展', '产业'] },
] as const;

/** 谋划 → 上报 → 落实 → 储备 (E9). */
export const POOL_STEPS = [
  { value: 'planned', label: '谋划' },
  { value: 'reported', label: '上报' },
  { value: 'secured', label: '落实' },
  { value: 'reserved', label: '储备' },
] as const;

/** 储备库 (E9): a project in reserve, its class and how far it has come. */
export const poolEntry = entity(
  '储备项目',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true }),
    poolClass: choice('储备类别', POOL_CLASSES, { owner: 'unit', required: true, width: 120 }),
    step: choice('储备进展', POOL_STEPS, { owner: 'unit', required: true, width: 90 }),
    enteredOn: date('入库日期', { owner: 'unit' }),
    ripeOn: date('预计成熟日期', { owner: 'unit', width: 120, help: '前期工作基本完备、可转为重点项目的日期' }),
    leftOn: date('出库日期', { owner: 'city' }),
    outcome: choice(
      '出库去向',
      [
        { value: 'key', label: '转为重点项目' },
        { value: 'ended', label: '终止' },
        { value: 'other', label: '其他' },
      ],
      { owner: 'city', width: 116 },
    ),
    note: longText('进展说明', { owner: 'unit', width: 260 }),
  },
);

export const ADJUSTMENT_KINDS = [
  { value: 'admit', label: '入库' },
  { value: 'drop', label: '出库' },
  { value: 'replace', label: '替换' },
  { value: 'promote', label: '升级' },
  { value: 'retire', label: '竣工移出' },
] as const;

/** 储备调整 (B6, C9, D13): proposed, approved, done; the reason and the approval stay with it. */
export const poolAdjustment = entity(
  '清单调整',
  { scope: 'project', creator: 'city' },
  {
    batch: text('批次', { owner: 'city', required: true, width: 140, maxLength: 24, help: '半月或季末的一次调整' }),
    kind: choice('调整类别', ADJUSTMENT_KINDS, { owner: 'city', required: true, width: 96 }),
    projectId: ref('项目', 'project', { owner: 'city', required: true, width: 260 }),
    list: choice('清单', PROJECT_LISTS, { owner: 'city', required: true, width: 110 }),
    replacementId: ref('替换项目', 'project', { owner: 'city', width: 260 }),
    state: choice(
      '状态',
      [
        { value: 'proposed', label: '拟调整' },
        { value: 'approved', label: '已批准' },
        { value: 'done', label: '已调整' },
        { value: 'declined', label: '不予调整' },
      ],
      { owner: 'city', required: true, width: 90 },
    ),
    reason: longText('调整理由', { owner: 'city', width: 280 }),
    effectiveOn: date('调整日期', { owner: 'city' }),
    approvedBy: text('批准人', { owner: 'city', width: 120, maxLength: 40 }),
    approvedOn: date('批准日期', { owner: 'city' }),
    approvalNote: text('批准依据', { owner: 'city', width: 220, help: '会议纪要、批示及文号' }),
    figures: json('调整时的数据', { owner: 'city', hidden: true }),
  },
);

/** 评审专家 (E10): who may be asked; name and title are the person's. */
export const expert = entity(
  '评审专家',
  { creator: 'city' },
  {
    personId: ref('姓名', 'person', { owner: 'city', required: true, width: 100 }),
    speciality: text('专业领域', { owner: 'city', width: 160 }),
    source: choice(
      '来源',
      [
        { value: 'academy', label: '高校院所' },
        { value: 'department', label: '主管部门' },
        { value: 'company', label: '企业' },
        { value: 'institution', label: '中介机构' },
        { value: 'other', label: '其他' },
      ],
      { owner: 'city', width: 100 },
    ),
    since: date('聘任日期', { owner: 'city' }),
    until: date('聘期截止', { owner: 'city' }),
    note: text('备注', { owner: 'city', width: 200 }),
  },
);

/** 专家评审意见 (E10). */
export const expertReview = entity(
  '专家评审',
  { scope: 'project', creator: 'city' },
  {
    projectId: ref('项目', 'project', { owner: 'city', required: true, width: 260 }),
    expertId: ref('专家', 'expert', { owner: 'city', required: true, width: 100 }),
    reviewedOn: date('评审日期', { owner: 'city', required: true }),
    conclusion: choice(
      '结论',
      [
        { value: 'pass', label: '通过' },
        { value: 'revise', label: '修改后通过' },
        { value: 'hold', label: '暂缓' },
        { value: 'reject', label: '不通过' },
      ],
      { owner: 'city', width: 104 },
    ),
    risk: choice(
      '风险',
      [
        { value: 'low', label: '低' },
        { value: 'middle', label: '中' },
        { value: 'high', label: '高' },
      ],
      { owner: 'city', width: 70 },
    ),
    opinion: longText('评审意见', { owner: 'city', width: 300 }),
    riskText: text('风险说明', { owner: 'city', width: 220, help: '投资主体、资金配套、盈利保障等方面' }),
  },
);
