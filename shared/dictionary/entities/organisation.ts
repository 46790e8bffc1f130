import { choice, date, entity, integer, longText, ref, text } from '../field.ts';

/** 填报端: where a ledger is kept. Keys and admission belong to the exchange (enrolment). */
export const office = entity(
  '填报端',
  { scope: 'above', creator: 'city' },
  {
    code: text('填报端代码', { owner: 'city', required: true, maxLength: 32 }),
    name: text('填报端名称', { owner: 'city', required: true, aliases: ['单位名称'] }),
    level: choice(
      '层级',
      [
        { value: 'city', label: '市级' },
        { value: 'county', label: '县区级' },
        { value: 'town', label: '乡镇或实施单位' },
      ],
      { owner: 'city', required: true },
    ),
    parentOfficeId: ref('上级填报端', 'office', { owner: 'city' }),
    status: choice(
      '入网状态',
      [
        { value: 'invited', label: '已发入网文件' },
        { value: 'admitted', label: '已入网' },
        { value: 'revoked', label: '已注销' },
      ],
      { owner: 'above' },
    ),
    signKey: text('签名公钥', { owner: 'above', hidden: true, maxLength: 400 }),
    boxKey: text('加密公钥', { owner: 'above', hidden: true, maxLength: 400 }),
    contact: text('联系电话', { owner: 'shared' }),
  },
);

/** 责任单位、被包保单元 (A3): county, zone, department or town; owner of its projects' data. */
export const responsibilityUnit = entity(
  '责任单位',
  { creator: 'city' },
  {
    name: text('单位名称', {
      owner: 'city',
      required: true,
      width: 200,
      aliases: ['责任单位', '县区', '牵头单位', '主管单位'],
    }),
    shortName: text('简称', { owner: 'city' }),
    kind: choice(
      '单位类别',
      [
        { value: 'county', label: '县（市、区）', aliases: ['县区', '县'] },
        { value: 'zone', label: '开发区', aliases: ['经开区', '高新区', '新区'] },
        { value: 'department', label: '市直单位', aliases: ['部门', '市直部门'] },
        { value: 'town', label: '镇街', aliases: ['乡镇', '街道'] },
      ],
      { owner: 'city' },
    ),
    officeId: ref('填报端', 'office', { owner: 'city' }),
    sequence: integer('序号', { owner: 'city', min: 0, max: 9999 }),
  },
);

export const PERSON_RANKS = [
  { value: 'cityChief', label: '正厅级', aliases: ['正地厅级', '正厅'] },
  { value: 'cityDeputy', label: '副厅级', aliases: ['副地厅级', '副厅'] },
  { value: 'countyChief', label: '正处级（正县级）', aliases: ['正处级', '正县级', '正县处级', '正处', '正县'] },
  { value: 'countyDeputy', label: '副处级（副县级）', aliases: ['副处级', '副县级', '副县处级', '副处', '副县'] },
  { value: 'sectionChief', label: '正科级', aliases: ['正乡科级', '正科'] },
  { value: 'sectionDeputy', label: '副科级', aliases: ['副乡科级', '副科'] },
  { value: 'staff', label: '科员及其他', aliases: ['科员'] },
] as const;

/** The only table with names, titles and telephone numbers. */
export const person = entity(
  '人员',
  { creator: 'any' },
  {
    name: text('姓名', { owner: 'shared', required: true, maxLength: 40 }),
    title: text('职务', { owner: 'shared', width: 200 }),
    rank: choice('职级', PERSON_RANKS, { owner: 'shared' }),
    unitId: ref('所在单位', 'responsibilityUnit', { owner: 'shared' }),
    workplace: text('单位（未列入责任单位的）', { owner: 'shared', hidden: true }),
    phone: text('联系电话', { owner: 'shared', maxLength: 40 }),
    note: text('备注', { owner: 'shared', hidden: true }),
  },
);

/** 领导小组 (A1). */
export const leadingGroup = entity(
  '领导小组',
  {},
  {
    name: text('领导小组名称', { owner: 'city', required: true, width: 360 }),
    officeHost: text('办公室设在', { owner: 'city' }),
    directorId: ref('办公室主任', 'person', { owner: 'city' }),
    issuer: text('发文机关标志', { owner: 'city', help: '督办文书、通报抬头的单位名称' }),
    numberWord: text('发文字号代字', { owner: 'city', maxLength: 20, help: '如“绥重办督”，用于〔2021〕4号之前' }),
    duties: longText('工作职责', { owner: 'city' }),
  },
);

export const leadingGroupMember = entity(
  '领导小组成员',
  {},
  {
    leadingGroupId: ref('领导小组', 'leadingGroup', { owner: 'city', required: true }),
    personId: ref('姓名', 'person', { owner: 'city', required: true }),
    role: choice(
      '组内职务',
      [
        { value: 'leader', label: '组长' },
        { value: 'executiveDeputy', label: '常务副组长' },
        { value: 'deputy', label: '副组长' },
        { value: 'member', label: '成员' },
        { value: 'memberUnit', label: '成员单位' },
      ],
      { owner: 'city', required: true },
    ),
    sequence: integer('排序', { owner: 'city', min: 0, max: 9999 }),
  },
);

/** 包保推进组 (A2). */
export const promotionGroup = entity(
  '包保推进组',
  {},
  {
    name: text('推进组名称', { owner: 'city', required: true, width: 180 }),
    sequence: integer('序号', { owner: 'city', min: 0, max: 99 }),
    leaderId: ref('组长', 'person', { owner: 'city' }),
    liaisonId: ref('联络员', 'person', { owner: 'city' }),
    officeHost: text('组办公室设在', { owner: 'city' }),
    directorId: ref('组办公室主任', 'person', { owner: 'city' }),
    duties: longText('职责', { owner: 'city' }),
  },
);

export const groupMember = entity(
  '推进组成员',
  {},
  {
    groupId: ref('推进组', 'promotionGroup', { owner: 'city', required: true }),
    personId: ref('姓名', 'person', { owner: 'city', required: true }),
    sequence: integer('排序', { owner: 'city', min: 0, max: 999 }),
  },
);

/** 单元归组 (A3): a unit belongs to one group at a time; reassignment closes one row and opens the next. */
export const groupUnit = entity(
  '包保关系',
  {},
  {
    groupId: ref('推进组', 'promotionGroup', { owner: 'city', required: true }),
    unitId: ref('被包保单元', 'responsibilityUnit', { owner: 'city', required: true }),
    effectiveFrom: date('起始日期', { owner: 'city', required: true }),
    effectiveTo: date('截止日期', { owner: 'city' }),
  },
);
