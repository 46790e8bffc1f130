/** Marks offices put before or after names and headings (domain facts §3.5). */
const MARKS = '★☆●○▲△◆◇■□※*#✓√';
const LEADING_MARKS = new RegExp(`^[${MARKS}\\s]+`, 'u');
const TRAILING_MARKS = new RegExp(`[${MARKS}\\s]+$`, 'u');
const ALL_MARKS = new RegExp(`[${MARKS}]`, 'gu');
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;
const CJK = '\\u3400-\\u9fff\\uf900-\\ufaff\\u3000-\\u303f\\uff00-\\uffef';
const SPACE_BY_CJK = new RegExp(`(?<=[${CJK}])\\s+|\\s+(?=[${CJK}])`, 'gu');
const TENTATIVE = /[（(]\s*(?:暂定名?|名称暂定|暂名)\s*[）)]/g;
const LEADING_NUMBER = /^\d{1,4}\s*[、．.]\s*(?![\d])/;

/** Words in a cell that say 'nothing here': dashes, 待定 (domain facts §3.5). */
const LONGEST_PLACEHOLDER = 12;
const PLACEHOLDERS = new Set([
  '',
  '-',
  '--',
  '---',
  '/',
  '\\',
  '//',
  '.',
  '...',
  '......',
  '待定',
  '未定',
  '暂定',
  '暂无',
  '无数据',
  'N/A',
  'n/a',
  '#N/A',
]);

/** Text that is already half-width and without spaces; most cells are, and there are many. */
const PLAIN = /^[\u4e00-\u9fff\w.,%+-]*$/;

/** Half-width, without any space, line break or invisible sign; dashes all alike. */
export function squeeze(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, '')
    .replace(/[\u2010-\u2015\u2212\u2500\u30fc]/g, '-');
}

export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= LONGEST_PLACEHOLDER && PLACEHOLDERS.has(squeeze(trimmed));
}

/** Long text: Windows line breaks, outer space and invisible signs go; line breaks stay. */
export function cleanText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\u00a0\u3000 ]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** One line: line breaks and the spaces between Chinese characters go. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(SPACE_BY_CJK, '').replace(/\s+/g, ' ').trim();
}

/**
 * A project's name without line breaks, padding, ★●▲ before or after, a number typed before it ('12、') and （暂定名）.
 */
export function cleanName(text: string): { readonly name: string; readonly tentative: boolean } {
  const line = cleanLine(text);
  const certain = line.replace(TENTATIVE, '');
  const name = certain.replace(LEADING_MARKS, '').replace(LEADING_NUMBER, '').replace(TRAILING_MARKS, '').trim();
  return { name, tentative: certain !== line };
}

/** Name reduced to what tells projects apart: without marks, punctuation, spaces and case. */
export function nameKey(text: string): string {
  return squeeze(text.replace(TENTATIVE, ''))
    .replace(ALL_MARKS, '')
    .replace(/[\p{P}\p{S}]/gu, '')
    .toLowerCase();
}

export function stripMarks(text: string): string {
  return text.replace(ALL_MARKS, '');
}

/** Shortened for a message, so that a cell with a page of text does not fill the screen. */
export function quote(text: string): string {
  const line = cleanText(text).replace(/\n/g, ' ');
  return `“${line.length > 24 ? `${line.slice(0, 24)}…` : line}”`;
}
