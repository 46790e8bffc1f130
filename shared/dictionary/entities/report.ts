import { choice, entity, instant, integer, json, longText, money, ref, text } from '../field.ts';

const PERIOD_KINDS = [
  { value: 'tenDay', label: '旬报' },
  { value: 'day', label: '日报' },
  { value: 'week', label: '周报' },
  { value: 'halfMonth', label: '半月报' },
  { value: 'month', label: '月报' },
] as const;

/** The figures of one project for one period (B7; domain facts §3.1). Draft and submitted report carry the same ones. */
const figures = {
  periodInvestment: money('本旬完成投资', {
    owner: 'unit',
    width: 110,
    // 核减: what was reported too high is taken back, with its reason (the check of the report asks for it).
    min: Number.MIN_SAFE_INTEGER,
    help: '核减以前多报的投资填负数，并写核实说明',
    aliases: ['旬完成投资额', '本期完成投资', '本旬完成', '旬完成投资'],
  }),
  yearToDate: money('自年初累计', {
    owner: 'unit',
    width: 110,
    aliases: ['自年初累计完成投资', '本年累计完成', '1月至本旬累计', '年初累计', '累计完成投资'],
  }),
  fundsInPlace: money('资金到位', {
    owner: 'unit',
    width: 110,
    aliases: ['到位资金', '资金到位额', '累计到位资金', '本年到位资金'],
  }),
  visibleProgress: longText('形象进度', {
    owner: 'unit',
    width: 220,
    aliases: ['项目形象进度', '目前项目建设形象进度', '形象', '进展情况'],
  }),
  problems: longText('存在问题', {
    owner: 'unit',
    width: 200,
    aliases: ['项目建设中存在问题', '问题', '存在的问题', '需协调解决的问题'],
  }),
  nextSteps: longText('下步计划', {
    owner: 'unit',
    width: 180,
    aliases: ['下一步计划', '下旬计划', '下步工作', '下一步工作安排'],
  }),
  explanation: longText('核实说明', { owner: 'unit', width: 160, help: '对提示的疑点所作的说明' }),
};

/** 旬报草稿: what a county is filling; stays in the office until it is submitted. */
export const reportDraft = entity(
  '旬报草稿',
  { scope: 'project', creator: 'any', travels: false },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true }),
    kind: choice('报告类别', PERIOD_KINDS, { owner: 'unit', required: true }),
    period: text('报告期', { owner: 'unit', required: true, maxLength: 16 }),
    ...figures,
  },
);

/** 旬报: one project, one period, as submitted. Never changed; a correction is a new row with `supersedes`. */
export const report = entity(
  '旬报',
  { scope: 'project', creator: 'any', appendOnly: true },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true }),
    submissionId: ref('报送批次', 'submission', { owner: 'unit', required: true }),
    kind: choice('报告类别', PERIOD_KINDS, { owner: 'unit', required: true }),
    period: text('报告期', { owner: 'unit', required: true, maxLength: 16 }),
    ...figures,
    supersedes: ref('更正的原报', 'report', { owner: 'unit' }),
  },
);

/** 旬报审核: the leading-group office closes a unit's period; what comes later is a 更正申请 until it is taken. */
export const periodReview = entity(
  '旬报审核',
  { scope: 'unit' },
  {
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'city', required: true }),
    kind: choice('报告类别', PERIOD_KINDS, { owner: 'city', required: true }),
    period: text('报告期', { owner: 'city', required: true, maxLength: 16 }),
    state: choice(
      '审核状态',
      [
        { value: 'reviewed', label: '已审核' },
        { value: 'withdrawn', label: '已取消审核' },
      ],
      { owner: 'city', required: true },
    ),
    reviewedAt: instant('审核时间', { owner: 'city' }),
    operator: text('审核人', { owner: 'city', maxLength: 40 }),
    submissions: json('审核的报送批次', { owner: 'city' }),
    accepted: json('采纳的更正申请', { owner: 'city' }),
    declined: json('不采纳的更正申请及理由', { owner: 'city' }),
    reason: text('取消审核的理由', { owner: 'city' }),
  },
);

/** 报送: one office submits one unit's reports of one period. */
export const submission = entity(
  '报送批次',
  { scope: 'unit', creator: 'any', appendOnly: true },
  {
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'unit', required: true }),
    kind: choice('报告类别', PERIOD_KINDS, { owner: 'unit', required: true }),
    period: text('报告期', { owner: 'unit', required: true, maxLength: 16 }),
    submittedAt: instant('报送时间', { owner: 'unit' }),
    operator: text('报送人', { owner: 'unit', maxLength: 40 }),
    count: integer('项目数', { owner: 'unit', min: 0, max: 100000 }),
    expected: integer('应报数', { owner: 'unit', min: 0, max: 100000 }),
    findings: json('疑点及说明', { owner: 'unit' }),
    reason: text('更正理由', { owner: 'unit' }),
  },
);
