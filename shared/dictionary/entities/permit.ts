import { choice, date, entity, flag, integer, longText, ref, text } from '../field.ts';

/** The four stages of approval (domain facts §3.6), and what stands outside them. */
export const PERMIT_STAGES = [
  { value: 'land', label: '立项用地规划许可', aliases: ['立项用地', '第一阶段'] },
  { value: 'planning', label: '工程建设许可', aliases: ['工程规划许可', '第二阶段'] },
  { value: 'construction', label: '施工许可', aliases: ['第三阶段'] },
  { value: 'acceptance', label: '竣工验收', aliases: ['第四阶段'] },
  { value: 'other', label: '其他' },
] as const;

/** 手续目录 (C5): names, departments and limits are the city's to change. */
export const permitKind = entity(
  '手续',
  { creator: 'city' },
  {
    name: text('手续名称', { owner: 'city', required: true, width: 200 }),
    shortName: text('简称', { owner: 'city', width: 90, maxLength: 12, help: '用作办证推进表的列名' }),
    department: text('审批部门', { owner: 'city', width: 160 }),
    stage: choice('审批阶段', PERMIT_STAGES, { owner: 'city', width: 150 }),
    limitDays: integer('办理时限', { owner: 'city', min: 0, max: 400, width: 90, unit: '工作日', help: '0 为即办' }),
    validMonths: integer('有效期', { owner: 'city', min: 1, max: 240, width: 80, unit: '月' }),
    joint: flag('计入联审', { owner: 'city', width: 84, help: '在联合审批总时限之内办理' }),
    sequence: integer('序号', { owner: 'city', min: 0, max: 999, width: 62 }),
    note: text('说明', { owner: 'city', width: 240 }),
  },
);

export const PERMIT_STATES = [
  { value: 'planned', label: '计划办理' },
  { value: 'running', label: '办理中', aliases: ['正在办理', '已受理'] },
  { value: 'done', label: '办结', aliases: ['办理完成', '已办结', '√'] },
  { value: 'blocked', label: '受阻', aliases: ['办理受阻'] },
  { value: 'conditional', label: '容缺', aliases: ['容缺办理', '容缺受理'] },
  { value: 'exempt', label: '无需', aliases: ['无需办理', '—'] },
] as const;

/** 项目办证 (C5, D12): four dates, the state, what blocks it or what is still owed. */
export const permit = entity(
  '办证',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    kindId: ref('手续', 'permitKind', { owner: 'unit', required: true, width: 180 }),
    state: choice('办理状态', PERMIT_STATES, { owner: 'unit', required: true, width: 96 }),
    plannedSubmit: date('计划上报', { owner: 'unit', width: 112, group: '计划' }),
    plannedApproval: date('计划批复', { owner: 'unit', width: 112, group: '计划' }),
    actualSubmit: date('实际上报', { owner: 'unit', width: 112, group: '实际' }),
    actualApproval: date('实际批复', { owner: 'unit', width: 112, group: '实际' }),
    limitDays: integer('时限', {
      owner: 'unit',
      min: 0,
      max: 400,
      width: 80,
      unit: '工作日',
      help: '空着的按手续目录',
    }),
    blockedReason: text('受阻原因', { owner: 'unit', width: 200 }),
    commitment: text('承诺补齐的材料', { owner: 'unit', width: 200, group: '容缺' }),
    commitmentDue: date('承诺期限', { owner: 'unit', width: 112, group: '容缺' }),
    commitmentMet: date('补齐日期', { owner: 'unit', width: 112, group: '容缺' }),
    documentNumber: text('批复文号', { owner: 'unit', width: 180 }),
    validUntil: date('有效期至', { owner: 'unit', width: 112 }),
    personId: ref('经办人', 'person', { owner: 'unit', width: 90 }),
    note: text('备注', { owner: 'unit', width: 180 }),
  },
);

/** 联合审批总时限 (E6): one clock over a project's joint approval. */
export const jointApproval = entity(
  '联审计时',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    startedOn: date('启动日期', { owner: 'unit', required: true, width: 112 }),
    limitDays: integer('总时限', { owner: 'unit', required: true, min: 1, max: 400, width: 90, unit: '工作日' }),
    pausedDays: integer('停表', {
      owner: 'unit',
      min: 0,
      max: 400,
      width: 84,
      unit: '工作日',
      help: '补正材料、公示、专家评审等不计入时限的工作日',
    }),
    endedOn: date('办结日期', { owner: 'unit', width: 112 }),
    note: text('说明', { owner: 'unit', width: 240 }),
  },
);

/** 采暖季特许施工 (E4): leave to go on building while sites are stopped. */
export const specialPermit = entity(
  '特许施工',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    season: text('管控时段', { owner: 'unit', width: 150, help: '如“2020—2021年采暖季”' }),
    scope: longText('特许施工范围', { owner: 'unit', width: 260 }),
    measures: longText('扬尘管控措施', { owner: 'unit', width: 220 }),
    appliedOn: date('申请日期', { owner: 'unit', width: 112 }),
    state: choice(
      '办理结果',
      [
        { value: 'applied', label: '已申请' },
        { value: 'granted', label: '已批准' },
        { value: 'refused', label: '未批准' },
        { value: 'revoked', label: '已撤销' },
      ],
      { owner: 'unit', required: true, width: 96 },
    ),
    department: text('批准部门', { owner: 'unit', width: 150 }),
    documentNumber: text('许可文号', { owner: 'unit', width: 160 }),
    validFrom: date('许可起', { owner: 'unit', width: 112 }),
    validUntil: date('许可止', { owner: 'unit', width: 112 }),
    note: text('备注', { owner: 'unit', width: 180 }),
  },
);

/** What a statistics office asks for before a project is counted (domain facts §3.7). */
export const STATISTICS_PAPERS = [
  { value: 'approval', label: '立项批文', aliases: ['备案证', '核准批复', '可研批复'] },
  { value: 'contract', label: '施工合同' },
  { value: 'licence', label: '营业执照' },
  { value: 'photo', label: '现场照片', aliases: ['开工照片'] },
  { value: 'platform', label: '在线平台截图' },
] as const;

/** 入统材料 (D14): one paper of one project. */
export const statisticsPaper = entity(
  '入统材料',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    kind: choice('材料', STATISTICS_PAPERS, { owner: 'unit', required: true, width: 130 }),
    state: choice(
      '齐备情况',
      [
        { value: 'missing', label: '缺' },
        { value: 'ready', label: '齐', aliases: ['有', '已备齐'] },
        { value: 'exempt', label: '不需要' },
      ],
      { owner: 'unit', required: true, width: 90 },
    ),
    readyOn: date('备齐日期', { owner: 'unit', width: 112 }),
    dueOn: date('补齐期限', { owner: 'unit', width: 112 }),
    note: text('说明', { owner: 'unit', width: 240 }),
  },
);
