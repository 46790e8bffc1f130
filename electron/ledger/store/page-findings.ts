import { entityOf, isEntityName } from '../../../shared/dictionary/index.ts';

/** Findings that are told one by one. */
const MOST_TOLD = 20;

const tableLabel = (name: string): string => (isEntityName(name) ? entityOf(name).label : name);

/** One line of SQLite's check as clerks can read it; the names and numbers in it are for technicians. */
function inChinese(text: string): string {
  const index = /(?:missing from|entries in|non-unique entry in) index (\S+)/u.exec(text);
  if (index) return `索引“${index[1]}”与它的表不符`;
  const cell = /^(?:NULL value in|non-\w+ value in|\w+ value in|CHECK constraint failed in) (\w+)(?:\.(\w+))?/u.exec(
    text,
  );
  if (cell) return `“${tableLabel(cell[1] ?? '')}”表中有不是本程序写入的值`;
  const page = /\b[Pp]age (\d+)/u.exec(text);
  return page ? `第 ${page[1]} 个数据页损坏` : '数据页损坏';
}

/** Findings of SQLite's check in Chinese, each once. */
export function pageFindings(texts: readonly string[]): readonly string[] {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '' && !line.startsWith('***'));
  return [...new Set(lines.map(inChinese))].slice(0, MOST_TOLD);
}
