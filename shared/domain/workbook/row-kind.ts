import { squeeze } from './text.ts';

/**
 * What a row below the header is.
 * - `data`: a project; `continued`: a further row of the project above it
 * - `subtotal`: 合计, 小计, 其中; `category`: 一、…（共12项）; `unitGroup`: 南宁市人民政府 | 16 | 金额
 * - `note`: 注：…, signatures; `columnNumbers`: 1 2 3 4 …; `header`: headings or title repeated on a later page
 */
export type RowKind =
  | 'data'
  | 'continued'
  | 'subtotal'
  | 'category'
  | 'unitGroup'
  | 'note'
  | 'columnNumbers'
  | 'header'
  | 'blank';

const TOTAL = /^(?:全[市县区省]|本[页表])?(?:总?合计|总计|小计|共计|累计|总数)(?:数)?(?:[(（].*[)）])?(?:[:：].*)?$/;
const TOTAL_END = /(?:合计|小计|总计)(?:[(（]?(?:共)?\d+[项个][)）]?)?[:：]?$/;
const OF_WHICH = /^(?:其中|按.{1,6}分)[:：,，]?/;
const NOTE =
  /^(?:注|备注|说明|附注|填表说明|填报说明|提示|口径)[:：\d1-9一、.]|^[(（]?注[)）]?[:：]|^[★☆●○▲△◆※*][^，。]{0,4}(?:为|表示|代表|系|指)|^(?:单位负责人|填报单位|填表单位|审核人?|制表人?|填报人|填表人|统计负责人|联系电话|报送日期|填报日期|分管领导|主要领导签字|签字)[:：]/;
const SOURCE = /^(?:资料|数据)来源[:：]/;

const ENUMERATORS: readonly (readonly [number, RegExp])[] = [
  [1, /^第[一二三四五六七八九十]+(?:部分|类|批|章)[、:：.．]?/],
  [1, /^[一二三四五六七八九十]{1,3}[、.．]/],
  [1, /^[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[、.．]?/],
  [2, /^[(（][一二三四五六七八九十]{1,3}[)）][、.．]?/],
  // How deep a 【】 lies cannot be told; at the top it takes nothing from the rows above.
  [1, /^【[^】]*】$/],
  [4, /^[(（]\d{1,3}[)）][、.．]?/],
  [4, /^[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳][、.．]?/],
  [5, /^(?:——|--|—)/],
];
/** Enumerators strong enough to make a category of a row; '(1)' and '①' also number projects. */
const STRONG = 3;

const COUNT = /[(（]?(?:共|计|合计)?\s*(\d+)\s*(?:项|个)[)）]?$/;

/** A category's text without its enumerator, count and closing signs. */
export interface CategoryText {
  /** 1 for 一、, 2 for （一）, deeper for (1), ① and ——; 9 when there is none. */
  readonly level: number;
  readonly label: string;
  readonly count: number | null;
}

export function readCategory(text: string): CategoryText {
  const raw = text.replace(/\s+/g, '');
  const found = ENUMERATORS.find(([, pattern]) => pattern.test(raw));
  const body =
    found === undefined || found[1].source.startsWith('^【') ? raw.replace(/[【】]/g, '') : raw.replace(found[1], '');
  const count = COUNT.exec(body);
  return {
    level: found?.[0] ?? 9,
    label: body.replace(COUNT, '').replace(/[:：（(]+$/, ''),
    count: count === null ? null : Number(count[1]),
  };
}

export function isTotal(text: string): boolean {
  const tidy = squeeze(text).replace(/^(?:[一二三四五六七八九十]+、)/, '');
  return TOTAL.test(tidy) || OF_WHICH.test(tidy) || (tidy.length <= 24 && TOTAL_END.test(tidy));
}

export function isNote(text: string): boolean {
  const tidy = text.replace(/\s+/g, '');
  return NOTE.test(tidy) || SOURCE.test(tidy);
}

/** Column numbers under a header: 1 2 3 4, (1) (2) (3), 甲 乙 1 2. */
export function areColumnNumbers(texts: readonly string[]): boolean {
  const numbers = texts
    .map((text) => squeeze(text).replace(/^[([]|[)\]]$/g, ''))
    .filter((text) => !/^[甲乙丙丁戊A-Z]$/.test(text));
  if (numbers.length < 3 || !numbers.every((text) => /^\d{1,3}(?:[=＝].*)?$/.test(text))) return false;
  const values = numbers.map((text) => Number.parseInt(text, 10));
  return values.every((value, index) => index === 0 || value === (values[index - 1] ?? 0) + 1) && (values[0] ?? 9) <= 3;
}

/** A count of projects, as offices write it in any column of a total or category row. */
export function isCount(text: string): boolean {
  return /^(?:共|计)?\d+(?:项|个)?$/.test(squeeze(text));
}

/** '南宁市人民政府', '宝清县': a text that names a government, zone or department. */
export function looksLikeUnit(text: string): boolean {
  return (
    /(?:人民政府|政府|管委会|管理委员会|办事处|委员会|[局厅县区市旗镇乡]|街道|集团|公司|中心)$/.test(squeeze(text)) &&
    squeeze(text).length <= 20
  );
}

/** Whether the text in the column of numbers marks a category: 一, （一）, Ⅱ. */
export function isCategoryNumber(text: string): boolean {
  return /^[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.]?$|^[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+$/.test(text.replace(/\s+/g, ''));
}

export function hasStrongEnumerator(text: string): boolean {
  return readCategory(text).level <= STRONG;
}

export function hasEnumerator(text: string): boolean {
  return readCategory(text).level < 9;
}
