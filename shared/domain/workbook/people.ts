import { cleanText, squeeze } from './text.ts';

/** A person as a cell names them. */
export interface PersonText {
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
}

export interface PeopleReading {
  readonly first: PersonText | null;
  /** Names after the first, not taken. */
  readonly others: readonly string[];
  /** No name could be told from the text, or only a single character of one is left. */
  readonly doubtful: boolean;
}

const TITLE_WORD =
  /书记|市长|县长|区长|旗长|州长|镇长|乡长|主任|局长|厅长|主席|常委|部长|秘书长|调研员|巡视员|院长|校长|经理|董事|总裁|厂长|科长|处长|股长|组长|班长|队长|站长|所长|行长|委员|干部|干事|主管|负责人|法人|工程师|会长|社长|馆长|政委|司令|检察长|科员|办事员|专员|参事|顾问|级$/;
const TITLE_END =
  '(?:书记|市长|县长|区长|旗长|州长|镇长|乡长|主任|局长|厅长|主席|常委|部长|秘书长|调研员|巡视员|院长|校长|经理|董事长|董事|总裁|厂长|科长|处长|股长|组长|班长|队长|站长|所长|行长|委员|会长|社长|馆长|检察长|负责人|工程师|科员)';
const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封储靳段焦巴弓牧隗山谷车侯全班仰仲伊宫宁仇栾甘祖武符刘景詹束龙叶幸司韶黎薄白怀从鄂索咸赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡姬申扶冉宰雍桑桂牛寿通边燕冀尚农温庄晏柴瞿阎连习容向古易慎戈廖庾终居衡步耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁敖冷辛阚那简饶曾关查红游权岳帅付仝苟佟爱';
const COMPOUND = '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|呼延|南宫|独孤|拓跋|宇文|长孙';
const HAN = '[\\u3400-\\u9fff]';
const NAME = new RegExp(
  `^(?:(?:${COMPOUND})${HAN}{1,2}|[${SURNAMES}](?:${HAN}{1,2}|某{1,2}|[×xX*]{1,2})|${HAN}{2,4}·${HAN}{2,6}(?:·${HAN}{1,6})?)$`,
);
const LOOSE_NAME = new RegExp(`^${HAN}{2,4}$`);
const NAME_THEN_TITLE = new RegExp(
  `^((?:${COMPOUND})${HAN}{1,2}|[${SURNAMES}]${HAN}{1,2}?)((?:市|县|区|州|旗|镇|乡|党|副|常务|总|董事|主任|局|厅|委|政府|人大|政协|书记|经理|省|项目|公司|开发|管|办公).*)$`,
);
const TITLE_THEN_NAME = new RegExp(`^(.*${TITLE_END})((?:${COMPOUND})${HAN}{1,2}|[${SURNAMES}]${HAN}{1,2})$`);
const PHONE = /(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}(?:-\d{1,5})?|\b\d{7,8}\b)/;

function isName(text: string): boolean {
  return !TITLE_WORD.test(text) && NAME.test(text);
}

function isNameLoosely(text: string): boolean {
  return !TITLE_WORD.test(text) && (NAME.test(text) || LOOSE_NAME.test(text));
}

/** Two-character names are padded to three: '张　三' is 张三. */
function joinPadded(text: string): string {
  return text.replace(
    new RegExp(`(^|[\\s、，,；;（(])([${SURNAMES}])[ \\u3000]+(${HAN})(?=$|[\\s、，,；;（()）])`, 'g'),
    '$1$2$3',
  );
}

function readOne(text: string): PersonText | null {
  let rest = text;
  const phone = PHONE.exec(rest);
  if (phone !== null) rest = rest.replace(phone[0], ' ');
  const inBrackets = [...rest.matchAll(/[（(]([^（()）]*)[)）]/g)]
    .map((match) => (match[1] ?? '').trim())
    .filter((part) => part !== '');
  const tokens = rest
    .replace(/[（(][^（()）]*[)）]/g, ' ')
    .split(/[\s:：]+/)
    .map((token) => token.replace(/^[、，,；;/]+|[、，,；;/]+$/g, ''))
    .filter((token) => token !== '');
  const person = (name: string, titles: readonly string[]): PersonText => {
    const title = [...titles, ...inBrackets].filter((part) => part !== '').join(' ');
    return { name, title: title === '' ? null : title, phone: phone === null ? null : squeeze(phone[1] ?? '') };
  };
  const exact = tokens.findIndex(isName);
  const at = exact >= 0 ? exact : tokens.findIndex(isNameLoosely);
  // '市发改委 张三' before, '张三 市发改委主任' after: what is not the name is the title.
  if (at >= 0)
    return person(
      tokens[at] ?? '',
      tokens.filter((_, index) => index !== at),
    );
  for (const [index, token] of tokens.entries()) {
    const others = tokens.filter((_, position) => position !== index);
    const after = TITLE_THEN_NAME.exec(token);
    if (after !== null) return person(after[2] ?? '', [after[1] ?? '', ...others]);
    const before = NAME_THEN_TITLE.exec(token);
    if (before !== null && TITLE_WORD.test(before[2] ?? ''))
      return person(before[1] ?? '', [before[2] ?? '', ...others]);
  }
  return null;
}

/** Parts that are each a person; a title may hold 、 itself ('魏某某 市委常委、副市长'), and is then not parted. */
function people(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1 && lines.every((line) => isNamedStart(line))) return lines;
  const parts = text
    .split(/[、，,；;/]|\s{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 1 && parts.every((part) => isNamedStart(part))) return parts;
  const words = text.split(/\s+/).filter((part) => part !== '');
  if (words.length > 1 && words.every((word) => isName(word))) return words;
  return [text];
}

function isNamedStart(part: string): boolean {
  const bare = part
    .replace(/[（(][^（()）]*[)）]/g, '')
    .replace(PHONE, '')
    .trim();
  const tokens = bare.split(/\s+/);
  return tokens.length === 1
    ? isName(bare) || TITLE_THEN_NAME.test(bare) || NAME_THEN_TITLE.test(bare)
    : tokens.some(isName);
}

/** Reads '魏某某 市委常委、副市长', '副市长 张三', '李四（13900000000）', '张　三、李　四'. The first person is taken. */
export function readPeople(raw: string): PeopleReading {
  const text = joinPadded(cleanText(raw));
  if (text === '') return { first: null, others: [], doubtful: false };
  const parts = people(text);
  const first = readOne(parts[0] ?? '');
  const others = parts.slice(1).map((part) => readOne(part)?.name ?? part);
  if (first !== null) return { first, others, doubtful: false };
  const bare = squeeze(text);
  // Names lose characters when a table is pasted about; what is left is shown, not dropped.
  return { first: bare.length <= 40 ? { name: bare, title: null, phone: null } : null, others: [], doubtful: true };
}
