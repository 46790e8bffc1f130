import { choice, date, entity, integer, longText, ref, text } from '../field.ts';

export const TASK_FORCE_LEVELS = [
  { value: 'city', label: '市级专班' },
  { value: 'county', label: '县级专班' },
  { value: 'site', label: '实施单位专班' },
] as const;

/** 专班 (A7): of the city, of a county or of the unit that builds; for one project or for a field of work. */
export const taskForce = entity(
  '专班',
  { scope: 'unit', creator: 'any' },
  {
    level: choice('层级', TASK_FORCE_LEVELS, { owner: 'unit', required: true, width: 110 }),
    name: text('专班名称', { owner: 'unit', required: true, width: 240 }),
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'unit', width: 120, help: '市级专班不填' }),
    projectId: ref('负责项目', 'project', { owner: 'unit', width: 240, help: '只负责一个项目的专班填' }),
    parentId: ref('上级专班', 'taskForce', { owner: 'unit', width: 180 }),
    leaderId: ref('班长', 'person', { owner: 'unit', width: 90 }),
    officerId: ref('责任人', 'person', { owner: 'unit', width: 90 }),
    formedOn: date('成立日期', { owner: 'unit' }),
    document: text('成立文件', { owner: 'unit', width: 180 }),
    dailyReport: choice(
      '日报',
      [
        { value: 'yes', label: '每日报进度' },
        { value: 'no', label: '不报' },
      ],
      { owner: 'unit', width: 100 },
    ),
    duties: longText('职责', { owner: 'unit', width: 280 }),
  },
);

const MEMBER_ROLES = [
  { value: 'deputy', label: '副班长' },
  { value: 'member', label: '成员' },
  { value: 'liaison', label: '联络员' },
] as const;

export const taskForceMember = entity(
  '专班成员',
  { scope: 'unit', creator: 'any' },
  {
    taskForceId: ref('专班', 'taskForce', { owner: 'unit', required: true, hidden: true }),
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'unit', hidden: true }),
    personId: ref('姓名', 'person', { owner: 'unit', required: true, width: 100 }),
    role: choice('专班职务', MEMBER_ROLES, { owner: 'unit', required: true, width: 100 }),
    sequence: integer('排序', { owner: 'unit', min: 0, max: 999, width: 70 }),
  },
);

/** 单位领导小组 (D2): each unit's own group and its office. */
export const unitGroup = entity(
  '单位领导小组',
  { scope: 'unit', creator: 'any' },
  {
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'city', required: true, width: 120 }),
    name: text('领导小组名称', { owner: 'unit', required: true, width: 280 }),
    leaderId: ref('组长', 'person', { owner: 'unit', width: 90 }),
    deputyId: ref('副组长', 'person', { owner: 'unit', width: 90 }),
    members: longText('成员', { owner: 'unit', width: 220, help: '成员的姓名和职务' }),
    officeHost: text('办公室设在', { owner: 'unit', width: 180 }),
    directorId: ref('办公室主任', 'person', { owner: 'unit', width: 100 }),
    liaisonId: ref('联络员', 'person', { owner: 'unit', width: 90 }),
    document: text('成立文件', { owner: 'unit', width: 180 }),
    formedOn: date('成立日期', { owner: 'unit' }),
  },
);

/** 督查问责办 (C1): a body of its own beside the leading group's office. */
export const inspectionOffice = entity(
  '督查问责办',
  {},
  {
    name: text('机构名称', { owner: 'city', required: true, width: 280 }),
    officeHost: text('设在', { owner: 'city', width: 200 }),
    directorId: ref('主任', 'person', { owner: 'city', width: 100 }),
    deputyId: ref('副主任', 'person', { owner: 'city', width: 100 }),
    contact: text('联系电话', { owner: 'city', width: 150, maxLength: 40 }),
    duties: longText('职责', { owner: 'city', width: 300 }),
  },
);

/** 督查跟办: who of the inspection office follows up a sheet or an overdue link, until when, with what result. */
export const inspectionTask = entity(
  '督查跟办',
  { creator: 'city' },
  {
    subject: choice(
      '事项',
      [
        { value: 'sheet', label: '督办文书' },
        { value: 'link', label: '逾期环节' },
        { value: 'instruction', label: '领导指示' },
      ],
      { owner: 'city', required: true, width: 100 },
    ),
    subjectId: text('事项记录', { owner: 'city', required: true, hidden: true, maxLength: 64 }),
    officerId: ref('跟办人', 'person', { owner: 'city', width: 100 }),
    manner: choice(
      '方式',
      [
        { value: 'window', label: '窗口催办' },
        { value: 'site', label: '实地督办' },
        { value: 'chain', label: '链条跟办' },
        { value: 'progress', label: '进度评办' },
      ],
      { owner: 'city', width: 100 },
    ),
    dueOn: date('跟办期限', { owner: 'city' }),
    doneOn: date('办结日期', { owner: 'city' }),
    result: longText('跟办情况', { owner: 'city', width: 280 }),
  },
);

/** 服务保障: steward, crew and mechanism of one project (C4, D11); its leaders stand in the project itself. */
export const projectService = entity(
  '服务保障',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    stewardId: ref('项目管家', 'person', { owner: 'unit', width: 100 }),
    plan: text('推进方案', { owner: 'unit', width: 220, help: '一个推进方案：名称或文号' }),
    crew: text('施工队伍', { owner: 'unit', width: 220, aliases: ['施工单位', '总承包单位'] }),
    crewManager: text('施工负责人', { owner: 'unit', width: 110, maxLength: 40 }),
    crewPhone: text('施工负责人电话', { owner: 'unit', width: 130, maxLength: 40 }),
    mechanism: text('工作机制', { owner: 'unit', width: 260, help: '一套工作机制：如周例会、现场办公、日报告' }),
  },
);

/** 一事一议 (D11): one matter, one meeting, what was decided. */
export const caseMeeting = entity(
  '一事一议',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    matter: text('议题', { owner: 'unit', required: true, width: 240 }),
    metOn: date('会议日期', { owner: 'unit' }),
    hostId: ref('主持人', 'person', { owner: 'unit', width: 90 }),
    participants: text('参加单位', { owner: 'unit', width: 200 }),
    decision: longText('议定事项', { owner: 'unit', width: 280 }),
    unitText: text('办理单位', { owner: 'unit', width: 140 }),
    deadline: date('办理期限', { owner: 'unit' }),
    doneOn: date('办结日期', { owner: 'unit' }),
    result: text('办理结果', { owner: 'unit', width: 220 }),
  },
);

/**
 * 领导指示 (C3, 南昌2020): what a hooked-up leader asked for. The project's liaison tells the leading group's office; the
 * inspection office follows it up (`inspectionTask`).
 */
export const leaderInstruction = entity(
  '领导指示',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, width: 240 }),
    leaderId: ref('挂点领导', 'person', { owner: 'shared', required: true, width: 90 }),
    givenOn: date('指示日期', { owner: 'shared', required: true, width: 112 }),
    content: text('指示和要求', { owner: 'shared', required: true, width: 300, maxLength: 1000 }),
    unitText: text('办理单位', { owner: 'shared', width: 150 }),
    deadline: date('办理期限', { owner: 'shared', width: 112 }),
    liaisonId: ref('反馈人', 'person', { owner: 'shared', width: 90, help: '把指示报领导小组办公室的项目联络员' }),
    reportedOn: date('反馈日期', { owner: 'shared', width: 112, help: '报领导小组办公室的日期' }),
    doneOn: date('办结日期', { owner: 'shared', width: 112 }),
    result: longText('办理结果', { owner: 'shared', width: 260 }),
  },
);
