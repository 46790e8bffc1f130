/** Names and phrases of 安澜市, a city that does not exist, nor do its counties and people. */

export const CITY = '安澜市';

export type UnitKind = 'county' | 'zone' | 'department';
export type Category = 'industry' | 'agriculture' | 'transport' | 'energy' | 'urban' | 'service' | 'social';

/** What a project is about; 水利 is a category of its own only here. */
export type Topic = Category | 'water';

export interface UnitWords {
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  /** What its projects are about; a topic named twice comes twice as often. */
  readonly topics: readonly Topic[];
  /** Places inside it. */
  readonly towns: readonly string[];
  /** How many projects it has beside the others. */
  readonly weight: number;
}

const TOWNS: readonly string[] = [
  '东泉镇',
  '三合屯镇',
  '红砬镇',
  '新垦镇',
  '石桥子镇',
  '双柳镇',
  '平岗镇',
  '河湾镇',
  '长垄镇',
  '榆树底镇',
  '兴谷镇',
  '南甸镇',
  '西沟镇',
  '北塘镇',
  '青石岭镇',
  '龙泡镇',
  '十里营镇',
  '胜垦乡',
  '朝霞乡',
  '沙窝乡',
];
const PARKS: readonly string[] = ['东区', '西区', '北区', '食品产业园', '装备产业园', '生物医药园', '新材料园'];

const EVERY: readonly Topic[] = [
  'industry',
  'industry',
  'industry',
  'agriculture',
  'water',
  'transport',
  'energy',
  'urban',
  'urban',
  'service',
  'social',
];
const county = (name: string): UnitWords => ({
  name,
  shortName: name.slice(0, 2),
  kind: 'county',
  topics: EVERY,
  towns: TOWNS,
  weight: 3,
});
const zone = (name: string, shortName: string): UnitWords => ({
  name,
  shortName,
  kind: 'zone',
  topics: ['industry', 'industry', 'industry', 'energy'],
  towns: PARKS,
  weight: 2,
});
const department = (name: string, shortName: string, ...topics: Topic[]): UnitWords => ({
  name,
  shortName,
  kind: 'department',
  topics,
  towns: TOWNS,
  weight: 1,
});

/** The first ten are the usual sample; the rest for larger ones. */
export const UNITS: readonly UnitWords[] = [
  county('青禾县'),
  county('望川县'),
  county('柳溪县'),
  county('白桦县'),
  county('云岭区'),
  county('映湖区'),
  zone('安澜经济开发区', '经开区'),
  department('市交通运输局', '市交通局', 'transport'),
  department('市水务局', '市水务局', 'water'),
  department('市工业和信息化局', '市工信局', 'industry', 'energy'),
  county('松亭县'),
  county('桐泽县'),
  county('榆亭县'),
  county('澄湾县'),
  zone('安澜高新技术产业开发区', '高新区'),
  department('市住房和城乡建设局', '市住建局', 'urban'),
  department('市农业农村局', '市农业局', 'agriculture'),
  department('市文化广电和旅游局', '市文旅局', 'service'),
  department('市教育局', '市教育局', 'social'),
  department('市卫生健康委员会', '市卫健委', 'social'),
];

const SURNAMES = '周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施孔曹严华魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳'.split(
  '',
);
const GIVEN =
  '砚修 望舒 启舟 怀瑾 知禾 云樵 景澄 若川 序宁 书砚 泊言 承岳 廷柏 闻松 逸舟 晏清 牧野 南枝 以恒 述之 行健 朗川 予安 佑宁 岚卿 时雨 叔同 沐辰 子砚 亦农 守拙 问渠 見山 长垣 禾丰 润田'
    .replace('見', '见')
    .split(' ');

/** The n-th invented name; each differs while n is below 46 × 36. */
export function personName(n: number): string {
  const surname = SURNAMES[n % SURNAMES.length] ?? '周';
  const given = GIVEN[(n * 7 + Math.floor(n / SURNAMES.length)) % GIVEN.length] ?? '砚修';
  return surname + given;
}

export interface ProjectWords {
  /** {p} place, {t} town, {u} other town, {n} scale, {c} scale in Chinese numerals. */
  readonly name: string;
  readonly scales: readonly number[];
  readonly content: string;
  /** Least and most total investment, 万元. */
  readonly amounts: readonly [number, number];
  /** Kind of works, for the words of visible progress. */
  readonly works: 'building' | 'line';
  readonly money: 'government' | 'company';
}

type Amounts = ProjectWords['amounts'];

const company = (name: string, scales: readonly number[], amounts: Amounts, content: string): ProjectWords => ({
  name,
  scales,
  amounts,
  content,
  works: 'building',
  money: 'company',
});
const building = (name: string, scales: readonly number[], amounts: Amounts, content: string): ProjectWords => ({
  ...company(name, scales, amounts, content),
  money: 'government',
});
const line = (name: string, scales: readonly number[], amounts: Amounts, content: string): ProjectWords => ({
  ...building(name, scales, amounts, content),
  works: 'line',
});

export const PROJECTS: Readonly<Record<Topic, readonly ProjectWords[]>> = {
  industry: [
    company(
      '{p}{t}{n}万吨玉米深加工项目',
      [10, 20, 30, 45, 60],
      [20000, 300000],
      '新建年加工玉米{n}万吨生产线，建设原料仓、主厂房、成品库及污水处理站等。',
    ),
    company(
      '{p}{t}{n}万吨大豆蛋白精深加工项目',
      [2, 3, 5, 8],
      [8000, 90000],
      '建设年产{n}万吨大豆分离蛋白生产线2条，配套浸出车间、动力车间和质检中心。',
    ),
    company(
      '{p}年产{n}万吨生物有机肥项目',
      [5, 8, 10, 15],
      [2000, 18000],
      '建设发酵车间、造粒车间及仓储设施，年利用畜禽粪污和秸秆，年产有机肥{n}万吨。',
    ),
    company(
      '{p}{t}{n}万吨秸秆综合利用项目',
      [6, 10, 15],
      [1500, 12000],
      '建设秸秆收储站、压块车间和板材生产线，年利用秸秆{n}万吨。',
    ),
    company(
      '{p}装配式建筑构件生产基地项目',
      [12, 20, 30],
      [6000, 60000],
      '建设预制构件生产线4条，年产装配式构件{n}万立方米，配套搅拌站和堆场。',
    ),
    company(
      '{p}{t}中药材饮片加工及仓储项目',
      [3000, 5000, 8000],
      [800, 9000],
      '建设净制、切制、炮制车间和阴凉库，年加工中药材{n}吨。',
    ),
    company(
      '{p}年产{n}台（套）农机装备制造项目',
      [800, 1500, 2000, 3000],
      [5000, 50000],
      '建设机加、焊装、涂装、总装车间，形成年产{n}台（套）免耕播种机和收获机械能力。',
    ),
    company(
      '{p}{t}乳制品加工扩能改造项目',
      [200, 300, 500],
      [3000, 80000],
      '改造灌装和喷粉生产线，日处理鲜奶能力由150吨提高到{n}吨。',
    ),
    company(
      '{p}绿色食品产业园{c}期项目',
      [1, 2, 3],
      [10000, 180000],
      '建设标准化厂房6.8万平方米及园区道路、管网、变电所等配套设施。',
    ),
    company(
      '{p}汽车零部件智能化改造项目',
      [20, 40, 60],
      [2000, 30000],
      '引进数控加工中心和机器人工作站，形成年产{n}万件制动部件能力。',
    ),
    company(
      '{p}{t}亚麻纺织产业园项目',
      [2, 3, 5],
      [5000, 60000],
      '建设梳理、纺纱、织造车间，形成{n}万锭亚麻纱生产能力。',
    ),
    company(
      '{p}{t}{n}万吨鲜食玉米速冻加工项目',
      [1, 2, 3],
      [500, 8000],
      '建设速冻隧道、低温库及包装车间，年加工鲜食玉米{n}万吨。',
    ),
  ],
  agriculture: [
    line(
      '{p}{t}{n}万亩高标准农田建设项目',
      [1, 2, 3, 5],
      [1500, 9000],
      '建设高标准农田{n}万亩，实施土地平整、灌溉排水、田间道路和农田防护工程。',
    ),
    company(
      '{p}{t}{n}头奶牛标准化养殖基地项目',
      [1200, 3000, 5000],
      [6000, 40000],
      '建设牛舍、挤奶厅、青贮窖及粪污处理设施，存栏{n}头。',
    ),
    company(
      '{p}{t}{n}万头生猪标准化养殖项目',
      [5, 10, 20],
      [5000, 45000],
      '建设种猪舍、育肥舍、有机肥车间，年出栏生猪{n}万头。',
    ),
    company(
      '{p}{t}{n}亩棚室蔬菜基地项目',
      [200, 500, 800],
      [500, 6000],
      '建设日光温室和塑料大棚{n}亩，配套育苗中心和预冷库。',
    ),
  ],
  water: [
    line(
      '{p}{t}灌区续建配套与现代化改造工程',
      [18, 26, 40],
      [3000, 40000],
      '衬砌干支渠{n}公里，改造渠首及建筑物，安装量测水设施。',
    ),
    line('{p}{t}中小河流治理工程', [8, 12, 20], [1000, 8000], '综合治理河道{n}公里，新建堤防、护岸和穿堤建筑物。'),
    line('{p}{t}水库除险加固工程', [1, 2, 3], [600, 9000], '对{n}座小型水库实施坝体加固、溢洪道改造和观测设施建设。'),
    line(
      '{p}城乡供水一体化工程',
      [80, 120, 200],
      [12000, 90000],
      '新建净水厂1座，敷设输配水管网{n}公里，覆盖12个乡镇。',
    ),
    line('{p}{t}排涝泵站及沟渠整治工程', [12, 18, 30], [1200, 12000], '更新改造泵站2座，整治排水沟渠{n}公里。'),
  ],
  transport: [
    line(
      '{p}{t}至{u}公路改扩建工程',
      [18, 27, 36, 45],
      [8000, 120000],
      '按二级公路标准改扩建{n}公里，含桥涵、交叉和安防设施。',
    ),
    line('{p}{t}农村公路提档升级工程', [30, 60, 90], [2000, 20000], '改造农村公路{n}公里，同步实施安全生命防护工程。'),
    line('{p}{t}大桥危桥改造工程', [180, 260, 420], [1500, 16000], '拆除重建桥梁1座，桥长{n}米，改造引道1.6公里。'),
    building('{p}{t}客运站及公交枢纽项目', [4000, 6500], [1200, 9000], '建设站房{n}平方米、停车场和充电设施。'),
    line('{p}{t}铁路专用线项目', [6, 9], [15000, 70000], '建设铁路专用线{n}公里，装卸线2条，配套站场设施。'),
  ],
  energy: [
    company(
      '{p}{t}{n}兆瓦风电场项目',
      [50, 100, 150, 200],
      [35000, 160000],
      '安装风力发电机组，总装机{n}兆瓦，建设升压站1座及集电线路。',
    ),
    company(
      '{p}{t}{n}兆瓦生物质热电联产项目',
      [30, 40, 80],
      [25000, 100000],
      '建设高温高压循环流化床锅炉和抽凝式机组，装机{n}兆瓦，配套热网。',
    ),
    company('{p}{t}{n}兆瓦光伏发电项目', [20, 50, 100], [8000, 50000], '建设光伏阵列及升压站，装机{n}兆瓦。'),
    company(
      '{p}{t}集中供热热源及管网改造项目',
      [14, 22, 35],
      [6000, 60000],
      '新建热源1座，改造一次、二次管网{n}公里。',
    ),
  ],
  urban: [
    building(
      '{p}{t}老旧小区改造及配套基础设施项目',
      [8, 18, 26, 42],
      [2000, 45000],
      '改造老旧小区{n}个，实施屋面防水、外墙保温、管网更新、道路和绿化工程。',
    ),
    building(
      '{p}污水处理厂提标改造及配套管网工程',
      [1, 2, 3],
      [4000, 30000],
      '日处理能力{n}万吨，出水达一级A标准，配套截污管网。',
    ),
    building(
      '{p}生活垃圾焚烧发电项目',
      [400, 600, 800],
      [25000, 80000],
      '日处理生活垃圾{n}吨，建设焚烧线、烟气净化和渗滤液处理系统。',
    ),
    line('{p}{t}排水防涝及雨污分流改造工程', [16, 24, 38], [3000, 40000], '新建改建雨污管网{n}公里，改造泵站2座。'),
    line('{p}{t}基础设施补短板项目', [6, 9, 14], [800, 9000], '建设镇区道路{n}公里及给排水、照明、垃圾中转站等。'),
    building(
      '{p}棚户区改造{c}期安置房项目',
      [1, 2, 3],
      [15000, 120000],
      '建设安置房1260套，配套道路、管网和社区用房。',
    ),
  ],
  service: [
    company('{p}{t}农产品冷链物流园项目', [2, 3, 5], [5000, 80000], '建设冷库{n}万吨、分拣车间、交易大厅和信息中心。'),
    company('{p}{t}湿地生态旅游区项目', [12, 20], [3000, 50000], '建设游客中心、栈道{n}公里、停车场和科普馆。'),
    company('{p}电子商务产业园项目', [2, 4], [3000, 30000], '建设电商孵化、仓储分拨用房{n}万平方米。'),
    company(
      '{p}{t}粮食仓储及物流中心项目',
      [10, 20, 30],
      [2000, 35000],
      '建设平房仓和浅圆仓，新增仓容{n}万吨，配套烘干设备。',
    ),
    company('{p}商贸综合体项目', [4, 6, 8], [20000, 200000], '建设商业用房{n}万平方米及地下停车场。'),
  ],
  social: [
    building('{p}人民医院综合楼项目', [180, 300, 500], [9000, 60000], '建设门诊、医技、住院综合楼，设置床位{n}张。'),
    building('{p}职业技术学校实训基地项目', [9000, 14000], [3000, 12000], '建设实训楼{n}平方米，购置实训设备。'),
    building(
      '{p}{t}养老服务中心项目',
      [120, 200, 300],
      [1000, 9000],
      '建设养老用房，设置床位{n}张，配套康复和餐饮设施。',
    ),
    building(
      '{p}第{c}中学迁建项目',
      [2, 3, 4, 6],
      [6000, 30000],
      '建设教学楼、实验楼、宿舍、食堂和运动场，36个教学班规模。',
    ),
    building(
      '{p}疾病预防控制中心能力提升项目',
      [4000, 6000],
      [1500, 9000],
      '建设实验用房{n}平方米，购置检验检测设备。',
    ),
    building('{p}{t}中心卫生院改扩建项目', [40, 60, 90], [500, 4000], '改扩建业务用房，设置床位{n}张。'),
  ],
};

/** Visible progress by share of the whole that is done: [up to this percent, phrases]. Neighbours in time take turns. */
export const PROGRESS: Readonly<
  Record<ProjectWords['works'] | 'before', readonly (readonly [number, readonly string[]])[]>
> = {
  // By how near the planned start is.
  before: [
    [30, ['正在编制可行性研究报告', '正在开展项目选址和现场踏勘', '可研报告修改完善，准备报批']],
    [60, ['正在办理用地预审和规划选址手续', '环评报告已报审，正在修改完善', '用地组卷上报，同步开展勘察']],
    [85, ['初步设计已送审，正在衔接用地指标', '正在组织勘察设计招标', '施工图设计，征地补偿协议签订']],
    [101, ['施工图审查中，同步办理施工许可', '施工招标公告已发布', '场地移交，施工单位进场准备']],
  ],
  building: [
    [5, ['场地平整，临时围挡和项目部搭设', '三通一平基本完成，施工单位进场', '施工便道和临时用水用电接通']],
    [15, ['桩基施工', '基坑开挖，降水井施工', '主厂房基础开挖，桩基检测']],
    [30, ['基础承台浇筑', '地下结构施工，钢筋绑扎', '基础回填，设备基础施工']],
    [55, ['主体结构施工', '主体框架施工，钢结构构件进场', '钢柱吊装，主体二层以上施工']],
    [75, ['主体封顶，二次结构砌筑', '屋面施工，围护墙板安装', '外墙保温和门窗安装']],
    [90, ['室内装修，工艺设备安装', '设备就位，工艺管道安装', '机电安装，室外管网施工']],
    [99, ['设备单机调试，厂区道路硬化', '联动试车，绿化施工', '消防验收准备，收尾工程施工']],
    [101, ['全部建设内容完成，办理竣工验收', '已竣工，资料归档和结算审核']],
  ],
  line: [
    [5, ['施工测量放线，临建搭设', '征地拆迁，施工便道修筑', '施工单位进场，材料检验']],
    [15, ['清表和沟槽开挖', '路基填筑，涵洞基础开挖', '首段管沟开挖，管材进场']],
    [30, ['路基土方和桥涵下部施工', '管道敷设，检查井砌筑', '渠道清淤，边坡修整']],
    [55, ['桥涵主体和基层施工', '主管敷设过半，泵站主体施工', '衬砌施工，建筑物主体施工']],
    [75, ['基层摊铺，桥面系施工', '支管连接，道路恢复', '闸门安装，渠系建筑物施工']],
    [90, ['面层摊铺，安防设施安装', '管网试压，设备安装', '附属工程和生产桥施工']],
    [99, ['标志标线施工，场地清理', '通水试运行，路面恢复', '绿化及管护设施施工']],
    [101, ['全部建设内容完成，办理竣工验收', '已竣工，资料归档和结算审核']],
  ],
};

export const SUSPENDED_PROGRESS: readonly string[] = [
  '项目停工，现场看护',
  '停工中，正在协商复工条件',
  '停工，设备封存，人员留守',
];

export const PROBLEMS: readonly string[] = [
  '剩余3户征收未签协议，影响后续施工面。',
  '建设用地规划许可未取得，施工许可证办理受阻。',
  '银行贷款尚未放款，工程款支付滞后。',
  '砂石等主材涨价且供应不足，影响施工进度。',
  '施工力量投入不足，劳动力缺口约40人。',
  '10千伏线路迁改未完成，临时用电负荷不足。',
  '林地使用审核同意书未批复。',
  '企业自筹资金到位慢，设备订货推迟。',
  '设计变更未批复，局部停工等图。',
  '环评批复未取得，相关工序不能进场。',
];

export const NEXT_STEPS: readonly string[] = [
  '增加施工班组，倒排工期。',
  '完成当前分部工程验收，转入下道工序。',
  '落实材料进场，做好质量安全检查。',
  '加快手续办理，完善容缺要件。',
  '协调资金拨付，签订设备采购合同。',
];
export const NEXT_STEP_PROBLEM = '组织专班会商，限期解决存在问题。';
export const NEXT_STEPS_BEFORE: readonly string[] = [
  '加快前期手续办理，争取早日开工。',
  '跟踪审批进度，补齐申报要件。',
  '落实建设资金和用地指标。',
];

/** Steps of the promotion chain: name, evidence, who answers for it. */
export const CHAIN_BEFORE: readonly (readonly [string, string, string])[] = [
  ['项目立项（备案、核准、审批）', '立项批复文件', '发改部门'],
  ['用地预审与选址', '用地预审与选址意见书', '自然资源部门'],
  ['环境影响评价', '环评批复', '生态环境部门'],
  ['建设用地规划许可', '建设用地规划许可证', '自然资源部门'],
  ['建设工程规划许可', '建设工程规划许可证', '自然资源部门'],
  ['施工图审查', '施工图审查合格书', '住建部门'],
  ['招标投标', '中标通知书', '建设单位'],
];
export const CHAIN_START: readonly (readonly [string, string, string])[] = [
  ['施工许可', '施工许可证', '住建部门'],
  ['开工建设', '开工报告及现场照片', '建设单位'],
];
export const CHAIN_AFTER: readonly (readonly [string, string, string])[] = [
  ['主体工程完工', '主体验收记录', '建设单位'],
  ['竣工验收', '竣工验收报告', '建设单位'],
];
