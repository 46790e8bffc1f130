import { choice, date, decimal, entity, longText, money, ref, text } from '../field.ts';

export const FACTOR_KINDS = [
  { value: 'land', label: '土地', aliases: ['用地'] },
  { value: 'funds', label: '资金' },
  { value: 'labour', label: '用工', aliases: ['劳动力', '用人'] },
  { value: 'water', label: '用水', aliases: ['供水', '水'] },
  { value: 'power', label: '用电', aliases: ['供电', '电'] },
  { value: 'gas', label: '用气', aliases: ['供气', '气'] },
  { value: 'environment', label: '环境容量', aliases: ['环境指标', '能耗'] },
  { value: 'demolition', label: '征拆', aliases: ['征地拆迁', '拆迁'] },
] as const;

/** 要素保障 (C6): what a project needs, what it has, who is to provide the rest and by when. The gap is computed. */
export const factor = entity(
  '要素',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    kind: choice('要素', FACTOR_KINDS, { owner: 'unit', required: true, width: 90 }),
    item: text('内容', { owner: 'unit', width: 200, help: '如“二期用地”“双回路供电”' }),
    measure: text('计量单位', { owner: 'unit', width: 84, maxLength: 20, help: '如 亩、万元、人、千伏安、户' }),
    needed: decimal('需求', { owner: 'unit', min: 0, max: 1_000_000_000, width: 90 }),
    obtained: decimal('已落实', { owner: 'unit', min: 0, max: 1_000_000_000, width: 90 }),
    department: text('保障部门', { owner: 'unit', width: 160 }),
    personId: ref('责任人', 'person', { owner: 'unit', width: 90 }),
    deadline: date('落实时限', { owner: 'unit', width: 112 }),
    doneOn: date('落实日期', { owner: 'unit', width: 112 }),
    note: longText('说明', { owner: 'unit', width: 220 }),
  },
);

export const FACTOR_GROUPS = [
  { value: 'funds', label: '资金保障组' },
  { value: 'land', label: '土地保障组' },
  { value: 'planning', label: '规划保障组' },
  { value: 'environment', label: '环境保障组' },
] as const;

/** 要素专项组个案 (E7): the case book of one factor group. */
export const factorCase = entity(
  '要素个案',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, width: 240 }),
    group: choice('专项组', FACTOR_GROUPS, { owner: 'shared', required: true, width: 110 }),
    matter: longText('需解决的事项', { owner: 'unit', width: 280 }),
    raisedOn: date('提出日期', { owner: 'unit', width: 112 }),
    department: text('承办部门', { owner: 'shared', width: 150 }),
    personId: ref('承办人', 'person', { owner: 'shared', width: 90 }),
    deadline: date('办理时限', { owner: 'shared', width: 112 }),
    doneOn: date('办结日期', { owner: 'shared', width: 112 }),
    result: longText('办理结果', { owner: 'shared', width: 240 }),
  },
);

/** 施工环境案件 (E5): obstruction of a site, the responsible officer and the result. */
export const obstruction = entity(
  '施工环境案件',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, width: 240 }),
    happenedOn: date('发生日期', { owner: 'unit', required: true, width: 112 }),
    kind: choice(
      '类别',
      [
        { value: 'blocked', label: '阻挠施工', aliases: ['阻工'] },
        { value: 'forced', label: '强买强卖、强揽工程' },
        { value: 'fees', label: '乱收费、乱检查' },
        { value: 'dispute', label: '征拆、权属纠纷' },
        { value: 'wages', label: '欠薪纠纷' },
        { value: 'other', label: '其他' },
      ],
      { owner: 'unit', width: 150 },
    ),
    matter: longText('情况', { owner: 'unit', width: 280 }),
    unitText: text('处置单位', { owner: 'shared', width: 150 }),
    officerId: ref('处置责任人', 'person', { owner: 'shared', width: 100 }),
    deadline: date('处置时限', { owner: 'shared', width: 112 }),
    doneOn: date('办结日期', { owner: 'shared', width: 112 }),
    result: longText('处置结果', { owner: 'shared', width: 240 }),
  },
);

/** 融资对接 (E8): one source for one project: the bank, the meeting, needed and matched. */
export const financing = entity(
  '融资对接',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, width: 240 }),
    source: choice(
      '资金渠道',
      [
        { value: 'loan', label: '银行贷款' },
        { value: 'policy', label: '政策性银行' },
        { value: 'bond', label: '专项债券' },
        { value: 'fund', label: '产业基金' },
        { value: 'equity', label: '股权、引资' },
        { value: 'other', label: '其他' },
      ],
      { owner: 'unit', required: true, width: 110 },
    ),
    bank: text('金融机构', { owner: 'unit', width: 170, aliases: ['银行', '合作银行'] }),
    needed: money('融资需求', { owner: 'unit', width: 110 }),
    matched: money('已对接', { owner: 'unit', width: 110, help: '签约或承诺的金额' }),
    paid: money('已到账', { owner: 'unit', width: 110 }),
    meetingOn: date('对接会日期', { owner: 'unit', width: 112 }),
    meeting: text('对接会', { owner: 'unit', width: 200 }),
    contact: text('联系人及电话', { owner: 'unit', width: 150, hidden: true }),
    deadline: date('落实时限', { owner: 'unit', width: 112 }),
    note: longText('进展', { owner: 'unit', width: 240 }),
  },
);

/** 招商线索 (E11). */
export const investmentLead = entity(
  '招商线索',
  { scope: 'unit', creator: 'any' },
  {
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'unit', required: true, width: 120 }),
    name: text('线索名称', { owner: 'unit', required: true, width: 260, aliases: ['拟引进项目', '项目名称'] }),
    investor: text('投资方', { owner: 'unit', width: 180 }),
    origin: text('来源', { owner: 'unit', width: 120, help: '从哪里得来，如展会、商会、以商招商' }),
    planned: money('意向投资', { owner: 'unit', width: 110 }),
    state: choice(
      '进展',
      [
        { value: 'lead', label: '线索' },
        { value: 'talking', label: '洽谈' },
        { value: 'visited', label: '考察' },
        { value: 'signed', label: '签约' },
        { value: 'landed', label: '落地' },
        { value: 'dropped', label: '放弃' },
      ],
      { owner: 'unit', required: true, width: 84 },
    ),
    officerId: ref('招商责任人', 'person', { owner: 'unit', width: 100 }),
    foundOn: date('登记日期', { owner: 'unit', width: 112 }),
    signedOn: date('签约日期', { owner: 'unit', width: 112 }),
    agreement: text('协议名称', { owner: 'unit', width: 200 }),
    agreed: money('协议投资', { owner: 'unit', width: 110 }),
    projectId: ref('落地项目', 'project', { owner: 'unit', width: 200 }),
    note: longText('备注', { owner: 'unit', width: 200 }),
  },
);

/** 招商拜访 (E11): going to the investor, or the investor coming. */
export const leadVisit = entity(
  '招商拜访',
  { scope: 'unit', creator: 'any' },
  {
    leadId: ref('招商线索', 'investmentLead', { owner: 'unit', required: true, width: 220 }),
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'unit', required: true, hidden: true }),
    visitedOn: date('日期', { owner: 'unit', required: true, width: 112 }),
    kind: choice(
      '方式',
      [
        { value: 'out', label: '外出拜访' },
        { value: 'in', label: '来访接待' },
        { value: 'call', label: '电话、视频' },
      ],
      { owner: 'unit', required: true, width: 100 },
    ),
    leader: text('带队领导', { owner: 'unit', width: 120 }),
    participants: text('参加人员', { owner: 'unit', width: 180 }),
    result: longText('成果', { owner: 'unit', width: 300 }),
  },
);
