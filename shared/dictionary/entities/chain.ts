import { choice, date, entity, integer, longText, money, ref, text } from '../field.ts';

/** 放假安排: one day on which the calendar differs from the week: a holiday, or a weekend day worked for one. */
export const holiday = entity(
  '放假安排',
  { creator: 'city' },
  {
    date: date('日期', { owner: 'city', required: true, width: 112, aliases: ['放假日期', '调休日期'] }),
    kind: choice(
      '类别',
      [
        { value: 'off', label: '放假', aliases: ['休', '休息', '节假日', '假日'] },
        { value: 'work', label: '上班', aliases: ['班', '调休上班', '补班', '工作日'] },
      ],
      { owner: 'city', required: true, width: 84 },
    ),
    name: text('节日', { owner: 'city', width: 140, maxLength: 40, aliases: ['名称', '节日名称', '说明'] }),
  },
);

/** Kinds of projects that have a chain of their own (domain facts §3.2). */
export const CHAIN_KINDS = [
  { value: 'building', label: '在建、新开工', aliases: ['在建', '新开工'] },
  { value: 'preparing', label: '前期工作', aliases: ['前期', '拟建'] },
  { value: 'other', label: '其他' },
] as const;

/** 链条模板: the steps a kind of project usually takes; the city's, offered to all. */
export const chainTemplate = entity(
  '链条模板',
  { creator: 'city' },
  {
    name: text('模板名称', { owner: 'city', required: true, width: 200 }),
    kind: choice('适用项目', CHAIN_KINDS, { owner: 'city', required: true, width: 110 }),
    sequence: integer('排序', { owner: 'city', min: 0, max: 999, hidden: true }),
    note: text('说明', { owner: 'city', width: 260 }),
  },
);

export const chainTemplateLink = entity(
  '模板环节',
  { creator: 'city' },
  {
    templateId: ref('链条模板', 'chainTemplate', { owner: 'city', required: true, hidden: true }),
    sequence: integer('序号', { owner: 'city', required: true, min: 1, max: 999, width: 62 }),
    name: text('环节名称', { owner: 'city', required: true, width: 200 }),
    unitText: text('责任单位', { owner: 'city', width: 160 }),
    workingDays: integer('办理工作日', { owner: 'city', min: 1, max: 2000, width: 96, unit: '个' }),
    after: integer('前置序号', {
      owner: 'city',
      min: 1,
      max: 999,
      width: 84,
      help: '哪一个环节完成后才能开始；空着的从开始日期算起',
    }),
    evidence: text('完成依据', { owner: 'city', width: 180 }),
  },
);

/** 推进链条环节 (C12): one dated step with unit, person, deadline. */
export const link = entity(
  '环节',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true }),
    sequence: integer('序号', { owner: 'unit', min: 0, max: 999 }),
    name: text('环节名称', { owner: 'unit', required: true, width: 200 }),
    unitText: text('责任单位', { owner: 'unit', width: 160, aliases: ['办理单位', '承办单位'] }),
    personId: ref('责任人', 'person', { owner: 'unit' }),
    plannedStart: date('计划开始', { owner: 'unit' }),
    deadline: date('办理时限', { owner: 'unit' }),
    doneOn: date('完成日期', { owner: 'unit' }),
    evidence: text('完成依据', { owner: 'unit', width: 200 }),
    note: text('说明', { owner: 'unit', width: 200 }),
    predecessorId: ref('前置环节', 'link', { owner: 'unit', width: 160, help: '它完成之后，本环节才能开始' }),
    workingDays: integer('办理工作日', { owner: 'unit', min: 1, max: 2000, width: 96, unit: '个', hidden: true }),
  },
);

/** 月度任务 (E1): the annual goal of one project broken into months. */
export const monthlyTask = entity(
  '月度任务',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    month: text('月份', {
      owner: 'unit',
      required: true,
      width: 84,
      pattern: { source: '^(19|20|21)\\d{2}-(0[1-9]|1[0-2])$', message: '应为月份，如 2021-05' },
    }),
    investment: money('当月计划投资', { owner: 'unit', width: 118, aliases: ['月计划投资额', '当月计划'] }),
    content: longText('当月任务', { owner: 'unit', width: 300, aliases: ['月度任务', '每月工作计划'] }),
    doneOn: date('完成日期', { owner: 'unit', width: 112 }),
    result: text('完成情况', { owner: 'unit', width: 220 }),
  },
);
