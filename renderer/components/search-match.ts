import { pinyin } from 'pinyin-pro';

/**
 * Signs that places, units and people use with a reading other than the dictionary's first. The text is searched under
 * each of them, so that whoever types either finds it.
 */
const OTHER_READINGS: Readonly<Record<string, readonly string[]>> = {
  重: ['zhong', 'chong'],
  长: ['chang', 'zhang'],
  行: ['hang', 'xing'],
  乐: ['le', 'yue'],
  单: ['dan', 'shan'],
  曾: ['zeng', 'ceng'],
  解: ['jie', 'xie'],
  区: ['qu', 'ou'],
  仇: ['chou', 'qiu'],
  查: ['cha', 'zha'],
  朴: ['pu', 'piao'],
  盖: ['gai', 'ge'],
  召: ['zhao', 'shao'],
  会: ['hui', 'kuai'],
  六: ['liu', 'lu'],
  厦: ['sha', 'xia'],
  蔚: ['wei', 'yu'],
  尉: ['wei', 'yu'],
  都: ['du', 'dou'],
  车: ['che', 'ju'],
  尹: ['yin'],
  覃: ['qin', 'tan'],
  藏: ['zang', 'cang'],
  调: ['diao', 'tiao'],
  降: ['jiang', 'xiang'],
  传: ['chuan', 'zhuan'],
  大: ['da', 'dai'],
  华: ['hua'],
  任: ['ren'],
  宁: ['ning'],
  石: ['shi', 'dan'],
  量: ['liang'],
};

/** Readings of a sign beside the dictionary's first. */
export function otherReadings(sign: string): readonly string[] {
  return OTHER_READINGS[sign] ?? [];
}

/** At most this many readings of one text. */
const MOST_READINGS = 8;
const HAN = /\p{Script=Han}/u;
const SEPARATOR = '\n';

const cache = new Map<string, string>();
/** Labels repeat a great deal, free text does not: beyond this the cache starts anew. */
const CACHE_LIMIT = 60_000;

function tidy(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function syllables(text: string, surname: 'off' | 'head'): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, surname, nonZh: 'consecutive' }).map((part) =>
    part.toLowerCase().replace(/\s+/g, ''),
  );
}

/** Readings of a text, the likeliest first, one syllable (or run of other signs) per item. */
function readings(text: string): readonly (readonly string[])[] {
  const base = syllables(text, 'off');
  const found: (readonly string[])[] = [base];
  const asName = text.length <= 4 ? syllables(text, 'head') : base;
  if (asName.join(' ') !== base.join(' ')) found.push(asName);
  const signs = [...text.replace(/\P{Script=Han}+/gu, (run) => (run.trim() === '' ? '' : '\u0000'))];
  if (signs.length !== base.length) return found;
  signs.forEach((sign, index) => {
    const others = OTHER_READINGS[sign];
    if (others === undefined) return;
    for (const reading of [...found]) {
      for (const other of others) {
        if (other === reading[index] || found.length >= MOST_READINGS) continue;
        found.push(reading.map((syllable, at) => (at === index ? other : syllable)));
      }
    }
  });
  return found;
}

function pinyinOf(text: string): string {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parts = new Set<string>();
  for (const reading of readings(text)) {
    parts.add(reading.join(''));
    parts.add(reading.map((syllable) => (/^[a-z]/.test(syllable) ? syllable[0] : syllable)).join(''));
  }
  const result = [...parts].join(SEPARATOR);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(text, result);
  return result;
}

/**
 * What a search looks into: the text itself, its full pinyin and its initials, of every reading it may have.
 * Several texts (the cells of a row) may be given; a word never matches across two of them.
 */
export function buildSearchText(...texts: readonly (string | null | undefined)[]): string {
  const parts: string[] = [];
  for (const text of texts) {
    if (text === null || text === undefined || text === '') continue;
    const tidied = tidy(text).replace(/\s+/g, ' ').trim();
    parts.push(tidied);
    if (HAN.test(tidied)) parts.push(pinyinOf(tidied));
  }
  return parts.join(SEPARATOR);
}

/** The words of a query; all must be found. Empty for a blank query. */
export function queryWords(query: string): readonly string[] {
  return tidy(query)
    .replace(/['’]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether every word of the query is in a text made by `buildSearchText`: Chinese, full pinyin or initials. */
export function matches(searchText: string, query: string | readonly string[]): boolean {
  const words = typeof query === 'string' ? queryWords(query) : query;
  return words.every((word) => searchText.includes(word));
}
