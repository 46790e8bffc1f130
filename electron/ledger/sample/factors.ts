import type { Value } from '../../../shared/dictionary/index.ts';
import { addDays, type IsoDate } from '../../../shared/domain/date.ts';
import type { Change } from '../store/commit.ts';
import type { DetailedProject } from './details.ts';
import type { Random } from './random.ts';

type Need = readonly [
  kind: string,
  item: string,
  measure: string,
  department: string,
  low: number,
  high: number,
  step: number,
];

const NEEDS: readonly Need[] = [
  ['funds', '项目贷款', '万元', '金融服务局', 800, 30_000, 100],
  ['labour', '施工高峰期用工', '人', '人力资源和社会保障局', 40, 600, 10],
  ['water', '施工和生产用水', '吨/日', '水务局', 60, 1_800, 20],
  ['power', '双回路供电', '千伏安', '供电公司', 400, 12_000, 200],
  ['gas', '生产用气', '立方米/日', '住房和城乡建设局', 200, 6_000, 100],
  ['environment', '化学需氧量排放指标', '吨/年', '生态环境局', 3, 60, 1],
  ['demolition', '红线内征收', '户', '自然资源局', 4, 90, 1],
];

/** The gaps of projects that lag are open; the others' are closed. */
export function factorsOf(
  project: DetailedProject,
  today: IsoDate,
  random: Random,
  nextId: () => string,
): readonly Change[] {
  const { profile, unit, id: projectId } = project;
  if (profile === 'reserve' || profile.startsWith('completed') || profile === 'inProduction') return [];
  const place = unit.words.kind === 'department' ? '市' : unit.words.shortName;
  const open = profile === 'lateYellow' || profile === 'lateRed' || profile === 'red' || profile === 'suspended';
  const area = project.set['landArea'];
  const rows: Change[] = [];
  const add = (kind: string, item: string, measure: string, department: string, needed: number): void => {
    const met = random.chance(open ? 0.35 : 0.82);
    const obtained = met ? needed : Math.floor(needed * random.between(0, 0.85));
    const deadline = met
      ? addDays(today, -random.integer(20, 200))
      : addDays(today, random.integer(open ? -40 : 2, 70));
    const set: Record<string, Value> = {
      projectId,
      kind,
      item,
      measure,
      needed,
      obtained,
      department: department === '供电公司' ? `${place}${department}` : `${place}${department}`,
      personId: random.pick(unit.officerIds),
      deadline,
    };
    if (met) set['doneOn'] = addDays(deadline, -random.integer(0, 12));
    rows.push({ entity: 'factor', id: nextId(), set });
  };
  if (typeof area === 'number' && random.chance(0.7)) add('land', '项目用地', '亩', '自然资源局', area);
  for (const [kind, item, measure, department, low, high, step] of NEEDS) {
    if (!random.chance(kind === 'funds' ? 0.35 : 0.22)) continue;
    add(kind, item, measure, department, Math.round(random.between(low, high) / step) * step || step);
  }
  return rows;
}

const MATTERS: Readonly<Record<string, readonly string[]>> = {
  funds: ['项目资本金未全部到位，银行要求先补足再放款', '专项债券资金未拨付，施工单位停工待款'],
  land: ['红线内还有农户未签征收协议', '新增建设用地指标缺口，组卷未上报'],
  planning: ['控制性详细规划需调整，容积率不满足', '配套道路规划未定，出入口无法报批'],
  environment: ['污染物排放总量指标未落实', '防护距离内有居民点，环评无法批复'],
};
const RESULTS: Readonly<Record<string, string>> = {
  funds: '市金融局协调银团，首笔贷款已发放',
  land: '县政府包户推进，协议全部签订',
  planning: '规委会审议通过，调整方案已批复',
  environment: '指标从市级储备库调剂解决',
};
const DEPARTMENTS: Readonly<Record<string, string>> = {
  funds: '市金融服务局',
  land: '市自然资源局',
  planning: '市自然资源局',
  environment: '市生态环境局',
};
const OBSTRUCTIONS = [
  ['blocked', '附近村民以补偿款未兑现为由阻拦施工车辆', '包片民警到场，镇政府当日兑付尾款，恢复施工'],
  ['forced', '个别人强行承揽土方运输', '公安机关立案查处，运输按合同执行'],
  ['dispute', '地上附着物权属争议，两户未清点', '司法所调解，共同签字确认'],
  ['fees', '同一事项多头检查，影响混凝土浇筑', '并为一次联合检查'],
  ['wages', '劳务分包拖欠工资，工人停工', '建设单位从工资保证金先行支付'],
] as const;
const BANKS = ['工商银行安澜分行', '农业发展银行安澜分行', '建设银行安澜分行', '安澜农商银行', '国家开发银行省分行'];

/** Cases of factor groups, obstruction cases and financing, for some projects. */
export function casesOf(
  project: DetailedProject,
  today: IsoDate,
  random: Random,
  nextId: () => string,
): readonly Change[] {
  const { profile, unit, id: projectId } = project;
  const rows: Change[] = [];
  const isOpen = profile === 'lateYellow' || profile === 'lateRed' || profile === 'red' || profile === 'suspended';
  const isAlive = !profile.startsWith('completed') && profile !== 'inProduction' && profile !== 'reserve';
  const place = unit.words.kind === 'department' ? '市' : unit.words.shortName;
  if (isAlive && random.chance(isOpen ? 0.4 : 0.05)) {
    const group = random.pick(['funds', 'land', 'planning', 'environment']);
    const raisedOn = addDays(today, -random.integer(20, 80));
    const done = !isOpen || random.chance(0.3);
    const deadline = done ? addDays(raisedOn, random.integer(10, 18)) : addDays(today, random.integer(-20, 30));
    rows.push({
      entity: 'factorCase',
      id: nextId(),
      set: {
        projectId,
        group,
        matter: random.pick(MATTERS[group] ?? []),
        raisedOn,
        department: DEPARTMENTS[group] ?? null,
        deadline,
        ...(done ? { doneOn: addDays(raisedOn, random.integer(5, 19)), result: RESULTS[group] ?? null } : {}),
      },
    });
  }
  const building = project.actualStart !== null && isAlive;
  if (building && random.chance(isOpen ? 0.12 : 0.03)) {
    const [kind, matter, result] = random.pick(OBSTRUCTIONS);
    const happenedOn = addDays(today, -random.integer(6, 70));
    const done = random.chance(0.65);
    rows.push({
      entity: 'obstruction',
      id: nextId(),
      set: {
        projectId,
        happenedOn,
        kind,
        matter,
        unitText: `${place}公安局`,
        officerId: random.pick(unit.officerIds),
        deadline: addDays(happenedOn, 7),
        ...(done ? { doneOn: addDays(happenedOn, random.integer(1, 6)), result } : {}),
      },
    });
  }
  const loan = project.set['fundLoan'];
  if (isAlive && typeof loan === 'number' && random.chance(0.4)) {
    const share = random.chance(0.55) ? 1 : random.between(0, 0.8);
    const matched = Math.floor((loan * share) / 1_000_000) * 1_000_000;
    rows.push({
      entity: 'financing',
      id: nextId(),
      set: {
        projectId,
        source: random.chance(0.3) ? 'policy' : 'loan',
        ...(matched > 0 || random.chance(0.6) ? { bank: random.pick(BANKS) } : {}),
        needed: loan,
        matched,
        paid: Math.floor((matched * random.between(0, 0.9)) / 1_000_000) * 1_000_000,
        meetingOn: addDays(today, -random.integer(10, 120)),
        meeting: '重点项目银企对接会',
        note: matched === loan ? '已签贷款合同，按进度放款' : '正在补充授信材料',
        ...(matched < loan ? { deadline: addDays(today, random.integer(-15, 60)) } : {}),
      },
    });
  }
  return rows;
}
