import { choice, choices, date, entity, flag, integer, longText, money, ref, text } from '../field.ts';

export const STAGES = [
  { value: 'reserve', label: '储备' },
  { value: 'planned', label: '谋划', aliases: ['策划', '预备'] },
  { value: 'signed', label: '签约', aliases: ['招商', '在谈'] },
  { value: 'preparing', label: '前期（拟建）', aliases: ['前期', '拟建', '前期工作', '报批'] },
  { value: 'started', label: '开工', aliases: ['新开工', '本年新开工', '已开工'] },
  { value: 'building', label: '在建', aliases: ['续建', '在建（续建）', '建设中'] },
  { value: 'suspended', label: '停工', aliases: ['停建', '缓建'] },
  { value: 'resumed', label: '复工' },
  { value: 'completed', label: '竣工', aliases: ['部分竣工', '完工', '已竣工'] },
  { value: 'inProduction', label: '投产（达产达效）', aliases: ['投产', '达产', '投用'] },
] as const;

export type Stage = (typeof STAGES)[number]['value'];

export const PROJECT_LISTS = [
  { value: 'provincialHundred', label: '省百大', aliases: ['省百大项目', '省重点'] },
  { value: 'cityHundred', label: '市百大', aliases: ['市百大项目'] },
  { value: 'cityKey', label: '市本级重点', aliases: ['市重点', '市本级'] },
  { value: 'fiveMillion', label: '500万产业项目', aliases: ['500万产业', '500万以上产业项目'] },
] as const;

/** 包保项目: what the ledger is about. Fields of domain facts §3.1 to §3.5. */
export const project = entity(
  '项目',
  { scope: 'unit', creator: 'any' },
  {
    code: text('项目编号', { owner: 'unit', group: '基本情况', width: 110, aliases: ['编号', '项目序号'], maxLength: 40 }),
    name: text('项目名称', {
      owner: 'unit',
      required: true,
      group: '基本情况',
      width: 280,
      aliases: ['项目名', '工程名称', '建设名称', '名称', '项目单位及名称', '项目'],
    }),
    unitId: ref('责任单位', 'responsibilityUnit', {
      owner: 'city',
      required: true,
      group: '基本情况',
      width: 120,
      aliases: ['牵头单位', '主管单位', '监管单位', '主责单位', '责任部门', '隶属区县', '所在县区', '县区', '所在市县', '单位'],
      help: '被包保单元，负责填报本项目数据',
    }),
    lists: choices('项目清单', PROJECT_LISTS, {
      owner: 'city',
      group: '基本情况',
      width: 120,
      aliases: ['项目级别', '级别', '清单', '所属清单'],
    }),
    stage: choice('建设阶段', STAGES, {
      owner: 'unit',
      group: '基本情况',
      width: 100,
      aliases: ['项目性质', '建设性质', '项目状态', '批次', '建设状态', '阶段'],
    }),
    category: choice(
      '项目类别',
      [
        { value: 'industry', label: '产业发展', aliases: ['工业', '工业科技', '产业'] },
        { value: 'agriculture', label: '农林水利', aliases: ['农业', '农林水', '水利'] },
        { value: 'transport', label: '交通', aliases: ['交通能源'] },
        { value: 'energy', label: '能源' },
        { value: 'urban', label: '城建环保', aliases: ['基础设施', '城建', '生态环保'] },
        { value: 'service', label: '服务业', aliases: ['商贸', '文旅'] },
        { value: 'social', label: '社会民生', aliases: ['社会事业', '民生'] },
        { value: 'other', label: '其他' },
      ],
      { owner: 'unit', group: '基本情况', width: 96, aliases: ['类别', '行业', '所属行业', '项目类型', '产业类别'] },
    ),
    nature: choice(
      '建设性质',
      [
        { value: 'new', label: '新建' },
        { value: 'expand', label: '扩建', aliases: ['改扩建'] },
        { value: 'rebuild', label: '改建', aliases: ['技改', '技术改造'] },
        { value: 'move', label: '迁建' },
      ],
      { owner: 'unit', group: '基本情况', width: 84, hidden: true },
    ),
    manageClass: choice(
      '管理类别',
      [
        { value: 'assessed', label: '考核类' },
        { value: 'followed', label: '跟踪服务类' },
      ],
      { owner: 'city', group: '基本情况', hidden: true, aliases: ['分级管理'] },
    ),
    nationalCode: text('国家项目代码', {
      owner: 'unit',
      group: '基本情况',
      hidden: true,
      aliases: ['项目代码', '投资项目代码', '在线平台代码'],
      pattern: { source: '^\\d{4}-\\d{6}-\\d{2}-\\d{2}-\\d{6}$', message: '应为24位代码，如 2101-230521-04-01-123456' },
      help: 'GB/T 40058-2021，24位',
    }),
    content: longText('建设内容及规模', {
      owner: 'unit',
      group: '基本情况',
      width: 300,
      aliases: ['建设规模及内容', '建设内容', '建设规模', '主要建设内容', '建设内容及建设规模'],
    }),
    location: text('建设地点', { owner: 'unit', group: '基本情况', width: 150, aliases: ['地址', '建设地址', '项目地点'] }),
    builder: text('建设单位', {
      owner: 'unit',
      group: '基本情况',
      width: 200,
      aliases: ['项目业主', '业主单位', '项目法人', '实施单位', '项目单位', '建设主体', '法人单位', '业主', '业主单位或筹办单位'],
    }),
    investorKind: choice(
      '投资主体',
      [
        { value: 'state', label: '国有' },
        { value: 'stateHeld', label: '国有控股' },
        { value: 'private', label: '民营', aliases: ['民间', '民间投资'] },
        { value: 'foreign', label: '外资' },
        { value: 'joint', label: '合资' },
        { value: 'government', label: '政府投资' },
        { value: 'other', label: '其他' },
      ],
      { owner: 'unit', group: '基本情况', hidden: true },
    ),
    startYear: integer('起始年份', { owner: 'unit', group: '基本情况', hidden: true, min: 1990, max: 2100, width: 84 }),
    endYear: integer('终止年份', { owner: 'unit', group: '基本情况', hidden: true, min: 1990, max: 2100, width: 84 }),
    isBundle: flag('打包项目', { owner: 'city', group: '基本情况', hidden: true, width: 84 }),
    bundleId: ref('所属打包项目', 'project', { owner: 'city', group: '基本情况', hidden: true }),

    totalInvestment: money('总投资', {
      owner: 'unit',
      group: '投资',
      width: 110,
      aliases: ['投资额', '计划总投资', '项目总投资', '总投资额'],
      help: '项目批准或备案的总投资',
    }),
    annualPlan: money('年度计划投资', {
      owner: 'city',
      group: '投资',
      width: 120,
      aliases: ['年度投资', '年计划投资', '投资计划', '年度计划', '年计划', '年度计划投资额', '本年计划投资', '今年计划投资'],
      help: '本年度下达的计划投资，投资率和序时进度的分母',
    }),
    previousInvestment: money('至上年底累计完成投资', {
      owner: 'unit',
      group: '投资',
      width: 130,
      aliases: ['上年底累计', '开工至上年底累计', '至上年底累计', '截至上年底累计完成', '上年底累计完成投资'],
    }),
    annualGoal: longText('年度建设目标', {
      owner: 'unit',
      group: '投资',
      width: 220,
      aliases: ['年度目标', '年度前期工作或形象进度目标', '年计划形象进度', '年度主要建设内容', '年度形象进度目标'],
    }),
    fundCentral: money('中央资金', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['中央预算内', '中央'] }),
    fundProvince: money('省级资金', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['省级'] }),
    fundCity: money('市县资金', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['市级资金', '县级资金', '地方财政'] }),
    fundBond: money('专项债券', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['专项债', '债券'] }),
    fundTreasury: money('抗疫特别国债', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['特别国债'] }),
    fundLoan: money('银行贷款', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['贷款'] }),
    fundOwn: money('企业自筹', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['自筹', '自筹资金'] }),
    fundForeign: money('外资金额', { owner: 'unit', group: '资金来源', hidden: true, aliases: ['利用外资'] }),

    plannedStart: date('计划开工日期', {
      owner: 'unit',
      group: '时间节点',
      width: 116,
      aliases: ['计划开工时间', '拟开工', '拟开工时间', '开工/计划开工时间', '计划开工'],
    }),
    actualStart: date('实际开工日期', { owner: 'unit', group: '时间节点', width: 116, aliases: ['实际开工时间', '开工时间', '开工日期', '开工'] }),
    plannedCompletion: date('计划竣工日期', {
      owner: 'unit',
      group: '时间节点',
      width: 116,
      aliases: ['计划竣工时间', '拟竣工', '拟竣工时间', '计划竣工'],
    }),
    actualCompletion: date('实际竣工日期', { owner: 'unit', group: '时间节点', width: 116, aliases: ['实际竣工时间', '竣工时间', '竣工日期', '竣工'] }),
    productionDate: date('投产日期', { owner: 'unit', group: '时间节点', hidden: true, aliases: ['投产时间', '达产时间'] }),
    suspendedSince: date('停工日期', { owner: 'unit', group: '时间节点', hidden: true }),

    cityLeaderId: ref('市级责任领导', 'person', {
      owner: 'city',
      group: '责任体系',
      width: 110,
      aliases: ['市领导', '包保领导', '市级包保领导', '挂点领导', '市挂钩领导', '挂钩领导'],
    }),
    countyLeaderId: ref('县级包保领导', 'person', { owner: 'unit', group: '责任体系', width: 110, aliases: ['县领导', '县级领导', '县挂钩领导'] }),
    officerId: ref('责任人', 'person', { owner: 'unit', group: '责任体系', width: 90, aliases: ['项目责任人', '责任单位责任人', '负责人'] }),
    taskForceLeaderId: ref('专班班长', 'person', { owner: 'shared', group: '责任体系', width: 90 }),
    taskForceOfficerId: ref('专班责任人', 'person', { owner: 'shared', group: '责任体系', hidden: true }),
    chiefServiceOfficerId: ref('首席服务员', 'person', { owner: 'unit', group: '责任体系', width: 100 }),
    liaisonId: ref('项目联络员', 'person', { owner: 'unit', group: '责任体系', hidden: true, aliases: ['联络员', '联络人'] }),
    builderContact: text('建设单位联系人', { owner: 'unit', group: '责任体系', hidden: true, aliases: ['联系人'] }),
    builderPhone: text('建设单位电话', { owner: 'unit', group: '责任体系', hidden: true, aliases: ['联系电话', '联系方式', '电话'] }),

    landState: text('用地情况', { owner: 'unit', group: '手续与要素', hidden: true, aliases: ['用地手续', '土地征收'] }),
    permitState: longText('前期手续办理情况', { owner: 'unit', group: '手续与要素', hidden: true, aliases: ['前期手续', '手续办理情况', '土地征收及前期手续'] }),
    inStatistics: choice(
      '入统情况',
      [
        { value: 'included', label: '已入统', aliases: ['是', '已纳统'] },
        { value: 'pending', label: '待入统', aliases: ['否', '未入统', '正在办理'] },
        { value: 'exempt', label: '不需入统', aliases: ['不入统'] },
      ],
      { owner: 'unit', group: '手续与要素', width: 90, aliases: ['是否入统', '入统', '入库情况', '是否入库'] },
    ),
    statisticsDate: date('入统日期', { owner: 'unit', group: '手续与要素', hidden: true, aliases: ['入统时间'] }),
    landArea: integer('用地面积', { owner: 'unit', group: '手续与要素', hidden: true, unit: '亩', min: 0, max: 1_000_000 }),
    waiverReason: text('免责理由', { owner: 'city', group: '管理', hidden: true, help: '有正当理由且经批准的，免亮灯' }),
    waiverUntil: date('免责截止', { owner: 'city', group: '管理', hidden: true }),
    note: longText('备注', { owner: 'shared', group: '管理', width: 180, hidden: true }),
    cityNote: longText('市级批注', { owner: 'city', group: '管理', hidden: true }),
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
    unitText: text('责任单位', { owner: 'unit', width: 160 }),
    personId: ref('责任人', 'person', { owner: 'unit' }),
    plannedStart: date('计划开始', { owner: 'unit' }),
    deadline: date('办理时限', { owner: 'unit' }),
    doneOn: date('完成日期', { owner: 'unit' }),
    evidence: text('完成依据', { owner: 'unit', width: 200 }),
    note: text('说明', { owner: 'unit', width: 200 }),
  },
);
