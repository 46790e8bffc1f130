import type { MoneyUnit } from '../../dictionary/field.ts';
import { importFields, SEQUENCE, titleKey, YEARS } from './target.ts';
import { squeeze, stripMarks } from './text.ts';

/** A heading taken apart. */
export interface Heading {
  /** Normalised: no spaces, marks, brackets, unit; '2021年' is '年度'. */
  readonly key: string;
  /** The same with what stood in brackets. */
  readonly full: string;
  /** Money unit written in it; 'other' when the unit is no money (万吨, 万平方米, %); null when none is written. */
  readonly unit: MoneyUnit | 'other' | null;
  /** The unit that is no money, as written. */
  readonly measure: string | null;
}

export interface Candidate {
  readonly field: string;
  /** 0 to 1. */
  readonly confidence: number;
}

const MONEY_WORDS: Readonly<Record<string, MoneyUnit>> = {
  元: '元',
  万元: '万元',
  万: '万元',
  亿元: '亿元',
  亿: '亿元',
  人民币元: '元',
  人民币万元: '万元',
};
const OTHER_UNIT =
  /^(?:[百千万亿]*(?:吨|件|平方米|平方公里|m2|m3|立方米|公顷|亩|公里|千米|米|个|项|户|人|家|套|台|千瓦|兆瓦|kw|mw|千瓦时|辆)|%|‰|天|月|年|美元|万美元)(?:\/年)?$/i;
const BRACKETS = /[([{【〔〈<]([^()[\]{}【】〔〕〈〉<>]*)[)\]}】〕〉>]/g;

function unitWord(text: string): MoneyUnit | 'other' | null {
  const word = text.replace(/^(?:金额)?(?:计量)?单位[::]?/, '');
  const money = Object.hasOwn(MONEY_WORDS, word) ? MONEY_WORDS[word] : undefined;
  if (money !== undefined) return money;
  return OTHER_UNIT.test(word) ? 'other' : null;
}

function withoutYear(text: string): string {
  return text
    .replace(/(?:截至|截止|至|到)?(?:19|20)\d\d年(?:度)?(?:12月)?(?:底|末)/g, '上年底')
    .replace(/(?:去年|上年度?)(?:底|末)/g, '上年底')
    .replace(/(?:19|20)\d\d年度?/g, '年度')
    .replace(/(?:本|今|当)年度?/g, '年度')
    .replace(/(?:年度)+/g, '年度');
}

/** Takes a heading apart: '2021年\n计划投资（万元）★' → key '年度计划投资', unit 万元. */
export function readHeading(text: string): Heading {
  const tidy = stripMarks(squeeze(text)).replace(/^(?:\d{1,2}[.、](?=\D)|其中:)/, '');
  let unit: MoneyUnit | 'other' | null = null;
  let measure: string | null = null;
  let full = tidy;
  let key = tidy.replace(BRACKETS, (whole, inside: string) => {
    const found = unitWord(inside);
    unit ??= found;
    if (found === 'other') measure ??= inside;
    if (found !== null) full = full.replace(whole, '');
    return '';
  });
  const trailing = /^(.{2,}?)[/:,-]?(亿元|万元)$/.exec(key);
  if (trailing !== null && unit === null) {
    unit = unitWord(trailing[2] ?? '');
    key = trailing[1] ?? key;
    full = key;
  }
  const strip = (word: string): string => withoutYear(word).replace(/[:：,，。.、;；]+$/, '');
  return { key: strip(key), full: strip(full.replace(/[()[\]{}【】]/g, '')), unit, measure };
}

/** '单位：万元' in a line above the table; 元/万元/亿元 or null. */
export function unitOfTitle(text: string): MoneyUnit | null {
  const match = /单位[::]?((?:人民币)?(?:亿元|万元|元))/.exec(squeeze(text));
  const found = match === null ? null : unitWord(match[1] ?? '');
  return found === 'other' ? null : found;
}

/** Columns that offices compute themselves; they are known, and not imported. */
export function isComputed(heading: Heading): boolean {
  return (
    /^导入问题|率$|比例|占比|百分比|%|^占|完成比|同比|增幅|增速|排名|名次/.test(heading.full) ||
    (heading.unit === 'other' && /占|率|比/.test(heading.key))
  );
}

interface Pattern {
  readonly field: string;
  readonly test: RegExp;
  readonly not?: RegExp;
  readonly confidence: number;
}

/** Forms of headings that a list of words cannot catch (domain facts §3.1 to §3.5). */
const PATTERNS: readonly Pattern[] = [
  { field: SEQUENCE, test: /^(?:序号?|顺序号?|编序|no|行号)$/i, confidence: 1 },
  { field: YEARS, test: /起止年|^建设年[限份]$|^(?:建设|计划)?(?:周期|工期|期限)$|^建设起止|^起止/, confidence: 0.95 },
  { field: YEARS, test: /^建设(?:时间|期)$/, confidence: 0.8 },
  { field: 'previousInvestment', test: /上年底.*(?:累计|完成|投资)/, not: /率|比|计划/, confidence: 0.9 },
  { field: 'annualPlan', test: /^年度(?:计划|安排|目标|拟)(?:完成)?(?:总)?投资(?:额|任务|目标)?$/, confidence: 0.95 },
  {
    field: 'annualPlan',
    test: /^(?:年度)?投资(?:计划|目标|任务)(?:额|数)?$|^年度投资额?$|^年度计划(?:数|额)?$/,
    confidence: 0.9,
  },
  { field: 'yearToDate', test: /^年度(?:累计|实际|已)?完成(?:投资)?额?$/, confidence: 0.85 },
  {
    field: 'yearToDate',
    test: /^(?:年度|自年初)?(?:[1一]月?[-至到~])\d{0,2}月(?:底|末|份)?.*完成/,
    not: /率|比|占|形象|计划/,
    confidence: 0.9,
  },
  {
    field: 'yearToDate',
    test: /^(?:截至|截止|至|到)(?:年度)?\d{0,2}月(?:底|末|份)?(?:累计|实际)?完成/,
    not: /率|比|占|形象|计划|旬/,
    confidence: 0.8,
  },
  { field: 'yearToDate', test: /^(?:自)?年初(?:以来|至今)?.*累计/, not: /率|比|到位/, confidence: 0.9 },
  {
    field: 'periodInvestment',
    test: /^(?:本|\d{0,2}月?[上中下]|)旬(?:实际)?(?:完成|投资)/,
    not: /率|比|占|累计|计划/,
    confidence: 0.9,
  },
  { field: 'fundsInPlace', test: /(?:资金|投资).{0,2}到位/, not: /率|比/, confidence: 0.75 },
  {
    field: 'annualGoal',
    test: /^年度.*(?:形象|目标|主要建设内容|建设内容|工作内容|建设任务|工作目标)/,
    not: /投资(?:目标)?额?$/,
    confidence: 0.85,
  },
  {
    field: 'visibleProgress',
    test: /形象(?:进度|进展)|(?:进展|进度)情况|^(?:工程|项目|建设|目前|当前).{0,4}(?:进度|进展)$|^(?:进度|进展)$/,
    not: /目标|计划|照片|年度(?!.*月)/,
    confidence: 0.85,
  },
  { field: 'problems', test: /问题|困难/, not: /解决|措施|建议|整改/, confidence: 0.8 },
  { field: 'nextSteps', test: /下(?:一)?步|下(?:一)?旬/, confidence: 0.8 },
  { field: 'plannedStart', test: /^(?:计划|拟|预计|年度计划)(?:新)?开工/, confidence: 0.85 },
  { field: 'plannedCompletion', test: /^(?:计划|拟|预计|年度计划)(?:建成|完工|竣工|投产|完成时间)/, confidence: 0.8 },
  { field: 'actualStart', test: /^实际?开工/, confidence: 0.8 },
  { field: 'unitId', test: /(?:责任|牵头|主管|监管|主责|包保)单位/, confidence: 0.85 },
  {
    field: 'unitId',
    test: /^(?:所属|所在|隶属|所在省辖)?(?:县|市县|县区|区县|县市区|地区|区域|辖区|属地|市、县区)$/,
    confidence: 0.85,
  },
  { field: 'builder', test: /业主|法人/, not: /负责|联系|电话|代表$/, confidence: 0.8 },
  { field: 'builder', test: /^(?:建设|实施|承建|承办|项目|投资|筹办)(?:责任)?(?:单位|主体|企业)/, confidence: 0.75 },
  { field: 'builder', test: /^建设单位及(?:责任人|负责人)$/, confidence: 0.9 },
  { field: 'location', test: /(?:地点|地址|位置|所在地)$/, confidence: 0.8 },
  {
    field: 'content',
    test: /(?:建设|工程|主要).{0,4}(?:内容|规模|范围)|项目概况|工程概况/,
    not: /年度/,
    confidence: 0.8,
  },
  {
    field: 'cityLeaderId',
    test: /市.{0,4}(?:领导|责任人)$|^(?:挂点|包保|挂钩|联系|包抓)领导$/,
    not: /县|区/,
    confidence: 0.85,
  },
  { field: 'countyLeaderId', test: /(?:县|区).{0,6}领导$/, confidence: 0.85 },
  { field: 'officerId', test: /责任人$/, not: /市|县|区|专班|业主|建设单位/, confidence: 0.75 },
  { field: 'nature', test: /^项目性质$/, confidence: 0.9 },
  { field: 'stage', test: /^(?:项目|建设)?(?:阶段|进展阶段|状态)$/, confidence: 0.85 },
  { field: 'name', test: /^(?:重点)?(?:建设)?(?:项目|工程)(?:全称|名)?称?$/, confidence: 0.85 },
  { field: 'code', test: /^(?:项目)?(?:编号|编码|库编号)$/, confidence: 0.9 },
];

interface Word {
  readonly word: string;
  readonly field: string;
  readonly confidence: number;
}

const words: readonly Word[] = importFields.flatMap(({ key, label, field }) =>
  key === SEQUENCE
    ? []
    : [
        { word: readHeading(label).key, field: key, confidence: 1 },
        ...(field?.aliases ?? []).map((alias) => ({ word: readHeading(alias).key, field: key, confidence: 0.97 })),
      ],
);

/** Endings that do not change what a heading means. */
const LOOSE_END = /(?:情况|金额|数额|额度|额|名称|姓名|小计|合计|总计|一览|\(.*\))$/;
const loosen = (text: string): string => text.replace(/^(?:项目|工程)(?=.{2})/, '').replace(LOOSE_END, '');

/** A figure for a part of the year is not the figure for the year. */
const PART_OF_YEAR = /\d+月|[上下]半年|季度|当月|本月|月计划|月度|月完成|旬/;

function contained(key: string, { word, confidence }: Word): number {
  const [shorter, longer] = key.length < word.length ? [key, word] : [word, key];
  if (shorter.length < 3 || !longer.includes(shorter)) return 0;
  if (PART_OF_YEAR.test(key) || /完成|累计|计划|实际|上年底|年度/.test(longer.replace(shorter, ''))) return 0;
  return confidence * (0.45 + 0.4 * (shorter.length / longer.length));
}

function wordConfidence(key: string, entry: Word): number {
  if (key === entry.word) return entry.confidence;
  if (loosen(key) === loosen(entry.word) && loosen(key).length >= 2) return entry.confidence * 0.88;
  return contained(key, entry);
}

const cache = new Map<string, readonly Candidate[]>();

function candidatesOfKey(key: string): readonly Candidate[] {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const best = new Map<string, number>();
  const claim = (field: string, confidence: number): void => {
    if (confidence > (best.get(field) ?? 0)) best.set(field, confidence);
  };
  for (const entry of words) claim(entry.field, wordConfidence(key, entry));
  for (const { field, test, not, confidence } of PATTERNS) {
    if (test.test(key) && !(not?.test(key) ?? false)) claim(field, confidence);
  }
  const found = [...best]
    .filter(([, confidence]) => confidence > 0.3)
    .map(([field, confidence]) => ({ field, confidence }))
    .sort((a, b) => b.confidence - a.confidence);
  if (cache.size > 5000) cache.clear();
  cache.set(key, found);
  return found;
}

/** Child headings that say nothing without their parent. */
const GENERIC = /^(?:名称|单位名称|单位|小计|合计|总计|金额|姓名|内容|总额|数额|全称|时间|日期|)$/;

/** People and telephones under a parent heading mean the parent's people (domain facts §3.3, 漳州明细表). */
const UNDER_PARENT: readonly {
  readonly parent: RegExp;
  readonly child: RegExp;
  /** Null: known, and not imported. */
  readonly field: string | null;
  readonly confidence?: number;
}[] = [
  {
    parent: /业主|建设单位|项目单位|法人|实施单位/,
    child: /^(?:联系人|联络人)$/,
    field: 'builderContact',
  },
  {
    parent: /业主|建设单位|项目单位|法人|实施单位/,
    child: /^(?:负责人|责任人|法人代表)$/,
    field: 'builderContact',
    confidence: 0.8,
  },
  { parent: /业主|建设单位|项目单位|法人|实施单位/, child: /^(?:电话|联系电话|联系方式|手机)$/, field: 'builderPhone' },
  { parent: /责任单位|牵头单位|主管单位|挂钩单位/, child: /^(?:责任人|负责人)$/, field: 'officerId' },
  { parent: /责任单位|牵头单位|主管单位|挂钩单位/, child: /^(?:联络员|联络人|联系人)$/, field: 'liaisonId' },
  {
    parent: /责任单位|牵头单位|主管单位|挂钩单位|领导|专班|服务员|联络员/,
    child: /^(?:电话|联系电话|联系方式|手机)$/,
    field: null,
  },
  { parent: /市.{0,4}领导|^(?:挂点|包保|挂钩)领导$/, child: /^职务$/, field: titleKey('cityLeaderId') },
  { parent: /(?:县|区).{0,6}领导/, child: /^职务$/, field: titleKey('countyLeaderId') },
  { parent: /责任人/, child: /^职务$/, field: titleKey('officerId') },
];

function merge(lists: readonly (readonly Candidate[])[], weights: readonly number[]): readonly Candidate[] {
  const best = new Map<string, number>();
  lists.forEach((list, index) => {
    for (const { field, confidence } of list) {
      const weighted = confidence * (weights[index] ?? 1);
      if (weighted > (best.get(field) ?? 0)) best.set(field, weighted);
    }
  });
  return [...best].map(([field, confidence]) => ({ field, confidence })).sort((a, b) => b.confidence - a.confidence);
}

/**
 * What a column may mean, best first.
 *
 * @param path texts of its heading from the parent down; one text for a plain heading
 */
export function candidatesOf(path: readonly string[]): readonly Candidate[] {
  const headings = path.map(readHeading);
  const last = headings.at(-1);
  if (last === undefined) return [];
  const parents = headings.slice(0, -1);
  const joined = readHeading(path.join(''));
  const whole = [candidatesOfKey(joined.key), candidatesOfKey(joined.full)];
  if (parents.length === 0) return isComputed(last) ? [] : merge(whole, [1, 0.98]);

  for (const { parent, child, field, confidence = 0.95 } of UNDER_PARENT) {
    if (!child.test(last.key) || !parents.some(({ key }) => parent.test(key))) continue;
    return field === null ? [] : [{ field, confidence }];
  }
  if (isComputed(last)) return [];
  const nearest = parents.at(-1);
  const parentList = nearest === undefined ? [] : candidatesOfKey(nearest.key);
  if (GENERIC.test(last.key)) return merge([...whole, parentList], [1, 1, 0.95]);
  // A child that only narrows the year's figure to a part of the year is not the year's figure.
  const parentWeight = PART_OF_YEAR.test(last.key) ? 0 : 0.5;
  return merge([...whole, candidatesOfKey(last.key), parentList], [1, 1, 0.97, parentWeight]);
}

/** Unit that holds for a column: its own, else its parents', nearest first. */
export function unitOfPath(path: readonly string[]): MoneyUnit | 'other' | null {
  for (const text of [...path].reverse()) {
    const { unit } = readHeading(text);
    if (unit !== null) return unit;
  }
  return null;
}
